"""Pages of documents asked for and forms sent, by somebody at a browser."""

from datetime import timedelta

from django.urls import reverse

from nenmong.core import clock
from nenmong.directives import actions
from nenmong.directives.tests import ready


def to(name, *uids, query=""):
    return reverse(f"directives:{name}", args=uids) + query


def page(client, who, name, *uids, query="", status=200):
    client.force_login(who)
    answer = client.get(to(name, *uids, query=query))
    assert answer.status_code == status
    return answer.content.decode()


def post(client, who, name, *uids, status=302, headers=None, **said):
    client.force_login(who)
    answer = client.post(to(name, *uids), said, headers=headers or {})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def asked(at, units=(), days=10):
    one = ready.regulation(at)
    return actions.ask_comments(
        actor=at.office, directive_uid=one.uid, due_on=clock.today() + timedelta(days=days),
        unit_uids=[unit.uid for unit in units or (at.cell,)],
    )  # fmt: skip


def vars_of(row):
    return dict(enumerate(getattr(row, "cells", row)))
