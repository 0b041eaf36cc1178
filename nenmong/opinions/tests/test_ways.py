"""Whole ways of opinions: two desks, not solved and again, promises, issues, any order at all."""

from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.workdays import workdays
from nenmong.opinions import actions
from nenmong.opinions.actions.nudging import sweep
from nenmong.opinions.actions.recounting import differences
from nenmong.opinions.models import Answer, Opinion, OpinionMonth, OpinionMove
from nenmong.opinions.rules import clocks, states
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.ready import evening
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return ready.place()


def again(opinion):
    return Opinion.objects.select_related("desk", "unit").get(uid=opinion.uid)


def whats(opinion):
    return list(opinion.moves.values_list("what", flat=True))


def test_two_desks_not_solved_and_again_to_solved(at):
    answer = ready.answered(at)
    opinion = again(answer.opinion)
    assert (opinion.state, opinion.desk) == ("answered", at.cell)
    ready.judged(answer, "not_solved", solved=1, partly=2, not_solved=9, reason="Lại cháy")
    opinion = again(opinion)
    assert (opinion.state, opinion.desk, opinion.returned) == ("waiting", at.desk, 1)
    assert opinion.due_on
    second = actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    assert second != answer
    ready.judged(second, "solved", solved=12, partly=0, not_solved=0)
    opinion = again(opinion)
    assert (opinion.state, opinion.verdict) == ("closed", "solved")
    assert whats(opinion) == [
        "raised", "sorted", "send", "forward", "accept", "answer", "not_solved", "answer", "solved",
    ]  # fmt: skip
    row = OpinionMonth.objects.get()
    assert (row.raised, row.sent, row.answered, row.solved, row.not_solved) == (1, 1, 2, 1, 1)


def test_the_cell_settles_it_itself_and_judges_it(at):
    opinion = ready.raised(at)
    actions.keep(actor=at.secretary, opinion_uid=opinion.uid)
    opinion = again(opinion)
    assert (opinion.state, opinion.desk, opinion.due_on) == ("accepted", at.cell, None)
    answer = actions.answer(actor=at.secretary, opinion_uid=opinion.uid, draft=ready.DONE)
    assert answer.signed_by == answer.written_by == ""  # names of the cell stay there
    ready.judged(answer, "not_solved")
    assert again(opinion).state == "at_cell"


@pytest.mark.parametrize(("draft", "verdict", "state", "kept"), [
    (ready.WILL_DO, "", "roadmap", "await"),
    (ready.WILL_DO, "partly", "roadmap", "await"),
    (ready.WILL_DO, "not_solved", "waiting", "not_solved"),
    (ready.WILL_DO, "solved", "closed", "solved"),
    (ready.PARTLY, "partly", "closed", "partly"),
    (ready.CANNOT, "", "closed", "heard"),
    (ready.DONE, "", "closed", "heard"),
])  # fmt: skip
def test_what_the_cell_makes_of_it(at, draft, verdict, state, kept):
    answer = ready.answered(at, draft)
    ready.judged(answer, verdict)
    opinion = again(answer.opinion)
    assert (opinion.state, opinion.verdict) == (state, kept)


def test_an_opinion_is_heard_without_a_vote(at):
    answer = ready.answered(at, ready.HEARD, kind="opinion")
    ready.judged(answer, "solved")
    assert again(answer.opinion).verdict == "heard"


def test_what_asked_for_something_is_not_only_heard(at):
    opinion = ready.accepted(at)
    with pytest.raises(DomainError, match=r"opinions\.only_heard"):
        actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.HEARD)


def test_a_promise_comes_back_on_its_day(at):
    answer = ready.answered(at, ready.WILL_DO)
    ready.judged(answer, "")
    opinion = again(answer.opinion)
    assert (opinion.desk, opinion.due_on) == (at.desk, date(2026, 12, 20))
    with clock.at(evening(date(2026, 12, 19))):
        sweep()
    assert again(opinion).state == "roadmap"
    with clock.at(evening(date(2026, 12, 21))):
        sweep()
        opinion = again(opinion)
        assert (opinion.state, opinion.desk) == ("accepted", at.desk)
        assert opinion.due_on == workdays().after(date(2026, 12, 21), 15)
        sweep()
    assert whats(opinion).count("come_due") == 1


def test_a_clock_stands_while_the_cell_is_asked(at):
    opinion = ready.accepted(at)
    due = opinion.due_on
    actions.ask(actor=at.clerk, opinion_uid=opinion.uid, question="Ngõ 12 nào?")
    assert again(opinion).due_on is None
    with clock.at(evening(clock.today() + timedelta(days=14))):
        actions.reply(actor=at.secretary, opinion_uid=opinion.uid, text="Ngõ 12 tổ 3")
    opinion = again(opinion)
    assert opinion.state == "accepted"
    stood = workdays().between(clock.today(), clock.today() + timedelta(days=14))
    assert workdays().between(due, opinion.due_on) == stood


def test_late_is_said_to_the_desk_then_as_help_then_to_the_head(at):
    opinion = ready.accepted(at)
    for days, steps in (
        (0, []),
        (13, ["reminded"]),
        (18, ["reminded", "help"]),
        (30, ["reminded", "help", "head"]),
        (60, ["reminded", "help", "head"]),
    ):
        with clock.at(evening(workdays().after(clock.today(), days))):
            sweep()
            sweep()
        told = [what for what in whats(opinion) if what in {"reminded", "help", "head"}]
        assert told == steps
    actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    assert again(opinion).nudge_on is None


def test_the_head_signs_where_the_rulebook_says(at):
    ready.head_signs(at)
    opinion = ready.accepted(at)
    answer = actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    assert answer.state == "to_sign"
    assert again(opinion).state == "accepted"
    actions.save_answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.CANNOT)
    with pytest.raises(DomainError, match=r"opinions\.not_to_sign"):
        actions.sign_answer(actor=at.head, answer_uid=answer.uid)
    actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    signed = actions.sign_answer(actor=at.head, answer_uid=answer.uid)
    assert (signed.state, signed.signed_by) == ("signed", str(at.head))
    assert again(opinion).state == "answered"


def test_an_issue_of_four_cells_has_one_answer_and_four_judgements(at):
    others = [ready.place(at.ward) for _ in range(3)]
    opinions = [ready.sent(place) for place in (at, *others)]
    issue = actions.join(
        actor=at.office, desk_uid=at.ward.uid, title="Đèn đường",
        opinion_uids=[one.uid for one in opinions],
    )  # fmt: skip
    actions.forward(
        actor=at.office, opinion_uid=opinions[0].uid, desk_uid=at.desk.uid, reason="Hạ tầng"
    )
    assert {again(one).desk for one in opinions} == {at.desk}
    out = actions.part(actor=at.clerk, opinion_uid=opinions[3].uid, reason="Đường khác")
    assert out.issue_uid is None
    answer = actions.answer(actor=at.clerk, opinion_uid=opinions[1].uid, draft=ready.DONE)
    assert [again(one).state for one in opinions] == ["answered"] * 3 + ["waiting"]
    answers = {one.opinion_id: one for one in Answer.objects.filter(issue_uid=issue.uid)}
    assert len(answers) == 3
    assert len({one.number for one in answers.values()}) == 3
    assert answer.uid in {one.uid for one in answers.values()}
    ready.judged(answers[opinions[0].uid], "solved")
    ready.judged(answers[opinions[1].uid], "not_solved")
    states_now = [again(one).state for one in opinions]
    assert states_now == ["closed", "waiting", "answered", "waiting"]
    assert differences() == []


def test_two_desks_answer_at_once(at):
    opinion = ready.accepted(at)
    seen = opinion.version
    colleague = UserFactory.holding("desk", at.desk)
    actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE, seen=seen)
    with pytest.raises(DomainError, match=r"opinions\.changed_meanwhile"):
        actions.answer(actor=colleague, opinion_uid=opinion.uid, draft=ready.CANNOT, seen=seen)
    assert Answer.objects.count() == 1


def test_the_desk_it_left_cannot_answer(at):
    opinion = ready.accepted(at)
    actions.give_back(actor=at.clerk, opinion_uid=opinion.uid, reason="Không phải việc ở đây")
    assert again(opinion).desk == at.ward
    with pytest.raises(NotAllowed):
        actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)


def test_an_answer_to_what_was_taken_back(at):
    opinion = ready.accepted(at)
    actions.save_answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    actions.withdraw(actor=at.secretary, opinion_uid=opinion.uid, reason="Đã xong")
    assert opinion.answers.get().state == "dropped"
    with pytest.raises(DomainError, match=r"opinions\.not_possible") as refused:
        actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    assert str(OpinionMove.What.SEND.label) not in str(refused.value.message)
    assert str(Opinion.State.WITHDRAWN.label) in str(refused.value.message)


def test_names_and_numbers_do_not_leave_unseen(at):
    MemberFactory.of(at.cell, full_name="Trần Thị Bình Yên")
    opinion = ready.raised(at, "Đề nghị gặp chị Trần Thị Bình Yên, số 0912 345 678.")
    with pytest.raises(DomainError, match=r"opinions\.gives_away") as refused:
        actions.send(actor=at.secretary, opinion_uid=opinion.uid)
    assert "0912 345 678" in str(refused.value.message)
    assert "Trần Thị Bình Yên" in str(refused.value.message)
    actions.send(actor=at.secretary, opinion_uid=opinion.uid, looked=True)


def test_texts_that_are_no_opinion(at):
    for text, code in (
        ("", "no_words"),
        ("a", "no_words"),
        ("\x00\x07" * 30, "no_words"),
        ("x" * 50_000, "too_long"),
    ):
        with pytest.raises(DomainError, match=code):
            ready.raised(at, text)
    assert ready.raised(at, "Đèn\x00 ngõ 12\x07 hỏng lâu rồi").text == "Đèn ngõ 12 hỏng lâu rồi"


def test_recount_mends_the_month_table(at):
    ready.judged(ready.answered(at), "solved")
    OpinionMonth.objects.update(solved=7)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("recount", "--dry-run", stdout=out)
    assert "solved 7, 1" in out.getvalue()
    with pytest.raises(SystemExit):
        call_command("recount", stdout=out)
    assert OpinionMonth.objects.get().solved == 1
    call_command("recount", stdout=out)


def test_the_daily_sweep_takes_opinions_along():
    assert "nenmong.opinions.actions.nudging.sweep" in django_settings.NENMONG_SWEPT


# ── any order at all ────────────────────────────────────────────────────────────────────────

DRAFTS = [ready.DONE, ready.WILL_DO, ready.PARTLY, ready.CANNOT]
STEPS = [
    "keep", "send", "accept", "forward", "give_back", "ask", "reply", "answer", "judge",
    "withdraw", "reopen", "join", "part", "days",
]  # fmt: skip


class Anything(DjangoTestCase):
    """Random moves by whoever may: the promises of the whole machine hold after each."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_always_in_one_state_and_on_one_desk(self, data):
        at = ready.place()
        other = ready.place(at.ward)
        day = date(2026, 3, 2)
        with clock.at(evening(day)):
            opinions = [ready.raised(one) for one in (at, other, at) if one]
            opinions = list({one.uid: one for one in opinions}.values())
        for _ in range(data.draw(st.integers(1, 25))):
            step = data.draw(st.sampled_from(STEPS))
            if step == "days":
                day += timedelta(days=data.draw(st.integers(1, 40)))
                with clock.at(evening(day)):
                    sweep()
                continue
            opinion = data.draw(st.sampled_from(opinions))
            with clock.at(evening(day)), suppress(DomainError, NotAllowed):
                self._do(step, opinion, at, other, data, opinions)
            self._holds(opinions, day)

    def _do(self, step, opinion, at, other, data, opinions):
        now = again(opinion)
        place = at if now.unit_id == at.cell.uid else other
        desk = {at.ward.uid: at.office, at.desk.uid: at.clerk, other.desk.uid: other.clerk}.get(
            now.desk_id, place.secretary
        )
        said = {"opinion_uid": opinion.uid}
        match step:
            case "keep" | "send":
                getattr(actions, step)(actor=place.secretary, **said)
            case "accept":
                actions.accept(actor=desk, **said)
            case "forward":
                to = data.draw(st.sampled_from([at.desk.uid, at.ward.uid, other.desk.uid]))
                actions.forward(actor=desk, desk_uid=to, reason="Chuyển", **said)
            case "give_back":
                actions.give_back(actor=desk, reason="Trả lại", **said)
            case "ask":
                actions.ask(actor=desk, question="Ở đâu?", **said)
            case "reply":
                actions.reply(actor=place.secretary, text="Ngõ 12", **said)
            case "answer":
                actions.answer(actor=desk, draft=data.draw(st.sampled_from(DRAFTS)), **said)
            case "judge" if now.answer_uid:
                verdict = data.draw(st.sampled_from(["", "solved", "partly", "not_solved"]))
                told = ready.told(verdict, on=clock.today())
                actions.judge(actor=SYSTEM, answer_uid=now.answer_uid, told=told)
            case "withdraw" | "reopen":
                getattr(actions, step)(actor=place.secretary, reason="Vì", **said)
            case "join":
                uids = [one.uid for one in opinions]
                actions.join(actor=desk, desk_uid=now.desk_id, opinion_uids=uids, title="Một việc")
            case "part":
                actions.part(actor=desk, **said)

    def _holds(self, opinions, day):
        for one in opinions:
            now = again(one)
            stays = list(now.stays.all())
            open_ = [stay for stay in stays if stay.left_on is None]
            assert len(open_) == (1 if now.is_open else 0)
            assert all(stay.desk_id == now.desk_id for stay in open_)
            end = now.ended_on or day
            read = [stay.for_clock for stay in stays]
            running = clocks.total(read, end, workdays())
            # A time after its end and before it was raised again belongs to nobody.
            gaps = sum(
                workdays().between(before.left_on, after.arrived_on)
                for before, after in pairwise(stays)
            )
            assert running + gaps == workdays().between(now.raised_on, end)
            if now.state == "closed":
                assert now.answers.filter(told_on__isnull=False).exists()
            assert now.state in set(states.State)
        assert differences() == []


def test_whoever_stands_two_steps_above_does_not_sign(at):
    ready.head_signs(at)
    opinion = ready.accepted(at)
    answer = actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    above = UserFactory.holding("head", at.ward.parent)
    with pytest.raises(NotAllowed):
        actions.sign_answer(actor=above, answer_uid=answer.uid)
    signed = actions.sign_answer(actor=at.head, answer_uid=answer.uid)
    assert signed.state == "signed"
