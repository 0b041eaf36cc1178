"""A session is read as Django reads it: never past its end, never under a key it does not know."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from nenmong.core.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept():
    store = SessionStore()
    store["who"] = "bí thư"
    store.save()
    return store.session_key


def test_a_session_is_read_and_is_one_of_django_s(django_assert_num_queries):
    key = kept()
    with django_assert_num_queries(1):
        assert SessionStore(key)["who"] == "bí thư"
    assert db.SessionStore(key)["who"] == "bí thư"
    older = db.SessionStore()
    older["who"] = "văn phòng"
    older.save()
    assert SessionStore(older.session_key)["who"] == "văn phòng"


def test_one_that_has_ended_or_that_nobody_began_holds_nothing():
    key = kept()
    Session.objects.filter(session_key=key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    for unknown in (key, "a" * 32):
        store = SessionStore(unknown)
        assert store.get("who") is None
        assert store.session_key is None
