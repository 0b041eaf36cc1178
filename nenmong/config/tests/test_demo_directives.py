"""Documents of the demo: sent, over quota, withdrawn, prolonged; drafts in work."""

from datetime import date

import pytest

from nenmong.config.demo.build import build
from nenmong.config.demo.choices import Choices
from nenmong.directives.actions.recounting import differences
from nenmong.directives.models import Comment, Delivery, Directive, Sending

pytestmark = pytest.mark.django_db
DAY, WORD = date(2026, 7, 10), "sen-sen-sen"
WARD = ("Chi bộ Tổ dân phố số 3", "Chi bộ Tổ dân phố số 4", "Chi bộ Cơ quan Đảng ủy phường")


def test_a_built_demo_has_documents_sent_and_drafts_in_work():
    build(Choices(DAY, chosen=True, months=2, only=WARD), password=WORD)
    assert Sending.objects.count() == 4
    assert not Sending.objects.exclude(state="sent").exists()
    assert Sending.objects.exclude(over_why="").count() == 1
    assert Delivery.objects.filter(state="waiting").exists()
    assert Delivery.objects.filter(state="discussed", meeting_uid__isnull=False).count() >= 2
    assert Delivery.objects.filter(state="withdrawn").exists()
    assert Directive.objects.filter(state="withdrawn").count() == 1
    assert Directive.objects.filter(state="submitted").count() == 1
    assert Comment.objects.count() == 2
    assert Comment.objects.exclude(outcome="").count() == 1
    assert not list(differences())
