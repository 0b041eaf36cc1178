"""Two at once: two desks, two clerks, two secretaries. An opinion is in one state, counted once."""

import pytest

from nenmong.core.errors import DomainError
from nenmong.core.keeping import STORE, Kept
from nenmong.opinions import actions
from nenmong.opinions.actions.recounting import differences
from nenmong.opinions.models import Answer, DeskField, DeskStay, Opinion, OpinionFile, OpinionMonth
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.slow


def sure(opinion, *, moves):
    """What holds whoever came first: one desk, one open stay, each move once, counts that agree."""
    now = Opinion.objects.get(uid=opinion.uid)
    assert DeskStay.objects.filter(opinion=now, left_on=None).count() == 1
    assert DeskStay.objects.get(opinion=now, left_on=None).desk_id == now.desk_id
    made = list(now.moves.values_list("what", flat=True))
    assert sum(made.count(one) for one in moves) == 1
    assert differences() == []
    return now


def after(together, look):
    """Look at what came of it, as the threads left it."""
    (found,) = together(look)
    if isinstance(found, BaseException):
        raise found


def refused(results):
    """Of two calls one went through, and the other was told why not."""
    faults = [one for one in results if isinstance(one, Exception)]
    (fault,) = faults
    assert isinstance(fault, DomainError), fault
    return fault


def answering(actor, opinion, draft=ready.DONE):
    return lambda: actions.answer(actor=actor, opinion_uid=opinion.uid, draft=draft)


def police(at):
    desk = UnitFactory(kind="authority", parent=at.ward, name="Công an phường")
    DeskField.objects.create(unit=desk, field="security")
    return desk


def test_two_clerks_of_a_desk_answer_at_once(together):
    at = ready.place()
    other = UserFactory.holding("desk", at.desk)
    opinion = ready.accepted(at)
    results = together(answering(at.clerk, opinion), answering(other, opinion, ready.CANNOT))
    assert refused(results).code == "opinions.not_possible"

    def look():
        now = sure(opinion, moves=["answer"])
        signed = Answer.objects.get(opinion=now, state="signed")
        assert now.answer_uid == signed.uid
        assert now.state == "answered"

    after(together, look)


def test_a_desk_answers_while_the_office_passes_it_to_another(together):
    at = ready.place()
    other = police(at)
    opinion = ready.accepted(at)

    def forward():
        return actions.forward(
            actor=at.office, opinion_uid=opinion.uid, desk_uid=other.uid, reason="Trật tự"
        )

    fault = refused(together(answering(at.clerk, opinion), forward))
    assert fault.code in {"opinions.not_possible", "access.denied"}

    def look():
        went = Answer.objects.filter(opinion=opinion.uid, state="signed").exists()
        now = Opinion.objects.get(uid=opinion.uid)
        assert (now.state, now.desk_id) == (
            ("answered", at.cell.uid) if went else ("waiting", other.uid)
        )
        assert now.moves.filter(what="answer").exists() == went
        assert DeskStay.objects.get(opinion=now, left_on=None).desk_id == now.desk_id
        assert differences() == []

    after(together, look)


def test_two_desks_answer_at_once_each_what_lies_on_it(together):
    at = ready.place()
    desk = police(at)
    policeman = UserFactory.holding("desk", desk)
    first, second = ready.accepted(at), ready.sent(at, f"{ready.TEXT} 2")
    actions.forward(actor=at.office, opinion_uid=second.uid, desk_uid=desk.uid, reason="Trật tự")
    actions.accept(actor=policeman, opinion_uid=second.uid)
    results = together(answering(at.clerk, first), answering(policeman, second))
    assert [(one.state, one.number) for one in results] == [("signed", 1)] * 2

    def look():
        for opinion in (first, second):
            assert sure(opinion, moves=["answer"]).state == "answered"
        assert OpinionMonth.objects.get().answered == 2

    after(together, look)


def test_two_clerks_answer_two_opinions_of_one_issue_at_once(together):
    at = ready.place()
    other = UserFactory.holding("desk", at.desk)
    opinions = [ready.accepted(at, f"{ready.TEXT} {n}") for n in range(2)]
    uids = [one.uid for one in opinions]
    actions.join(actor=at.clerk, desk_uid=at.desk.uid, opinion_uids=uids, title="Đèn")
    results = together(answering(at.clerk, opinions[0]), answering(other, opinions[1]))
    assert refused(results).code == "opinions.not_possible"

    def look():
        for opinion in opinions:  # one answer went to both
            assert sure(opinion, moves=["answer"]).state == "answered"

    after(together, look)


def test_letters_of_a_desk_bear_each_its_own_number(together):
    at = ready.place()
    clerks = [at.clerk, UserFactory.holding("desk", at.desk), UserFactory.holding("desk", at.desk)]
    opinions = [ready.accepted(at, f"{ready.TEXT} {n}") for n in range(3)]
    results = together(*map(answering, clerks, opinions))
    assert sorted(one.number for one in results) == [1, 2, 3]


def test_two_secretaries_send_at_once(together):
    at = ready.place()
    deputy = UserFactory.holding("deputy", at.cell)
    opinion = ready.raised(at)

    def sending(who, desk):
        return lambda: actions.send(
            actor=who, opinion_uid=opinion.uid, desk_uid=desk.uid, looked=True
        )

    results = together(sending(at.secretary, at.ward), sending(deputy, at.desk))
    assert refused(results).code == "opinions.not_possible"

    def look():
        now = sure(opinion, moves=["send"])
        assert now.state == "waiting"
        assert OpinionMonth.objects.get().sent == 1

    after(together, look)


def test_both_send_to_the_same_desk_and_it_is_sent_once(together):
    at = ready.place()
    deputy = UserFactory.holding("deputy", at.cell)
    opinion = ready.raised(at)
    results = together(
        lambda: actions.send(actor=at.secretary, opinion_uid=opinion.uid),
        lambda: actions.send(actor=deputy, opinion_uid=opinion.uid),
    )
    assert [one.state for one in results] == ["waiting"] * 2

    def look():
        sure(opinion, moves=["send"])
        assert OpinionMonth.objects.get().sent == 1

    after(together, look)


def test_a_file_comes_while_the_opinion_is_sent(together, settings, tmp_path):
    """Either it was there to be looked at, or it stays out: never does it go unseen."""
    settings.HOME = tmp_path
    at = ready.place()
    opinion = actions.raise_opinion(actor=at.member, unit_uid=at.cell.uid, text=ready.TEXT)
    file = Kept(STORE.keep(b"%PDF-1.7"), "pdf", 8)
    together(
        lambda: actions.send(actor=at.secretary, opinion_uid=opinion.uid),
        lambda: actions.attach_file(
            actor=at.member, opinion_uid=opinion.uid, title="Ảnh", file=file
        ),
    )

    def look():
        now = Opinion.objects.get(uid=opinion.uid)
        files = OpinionFile.objects.filter(opinion=now)
        assert now.state == ("at_cell" if files.exists() else "waiting")
        assert not files.filter(beyond=True).exists()

    after(together, look)
