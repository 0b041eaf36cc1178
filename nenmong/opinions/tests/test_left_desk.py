"""A form about an opinion that has left the desk meanwhile: said, with what was typed."""

import pytest
from django.urls import reverse

from nenmong.opinions import actions
from nenmong.opinions.models import Answer
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
TYPED = "Đã thay 6 bóng đèn và sửa tủ điện ngõ 12."


def send(client, user, opinion, name="answer"):
    client.force_login(user)
    form = {"do": "finish", "result": "done", "text": TYPED, "reason": TYPED}
    return client.post(reverse(f"opinions:{name}", args=[opinion.uid]), form)


@pytest.mark.parametrize("name", ["answer", "give_back", "answer_check"])
def test_answered_meanwhile_by_a_colleague(client, name):
    at = ready.place()
    opinion = ready.answered(at).opinion
    page = send(client, UserFactory.holding("desk", at.desk), opinion, name)
    assert page.status_code == 422
    said = page.content.decode()
    assert TYPED in said
    assert str(at.clerk) in said
    assert Answer.objects.count() == 1


def test_passed_on_meanwhile(client):
    at = ready.place()
    opinion = ready.accepted(at)
    actions.forward(
        actor=at.office, opinion_uid=opinion.uid, desk_uid=at.ward.uid, reason="Phường trả lời"
    )
    page = send(client, at.clerk, opinion)
    assert page.status_code == 422
    assert TYPED in page.content.decode()


def test_where_it_never_lay_it_does_not_exist(client):
    at = ready.place()
    elsewhere = UnitFactory(kind="authority", parent=at.ward)
    stranger = UserFactory.holding("desk", elsewhere)
    for opinion in (ready.answered(at).opinion, ready.accepted(at, "Cống ngõ 5 ngập khi mưa to.")):
        assert send(client, stranger, opinion).status_code == 404
        assert send(client, stranger, opinion, "answer_check").status_code == 404
