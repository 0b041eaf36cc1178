"""What is read of opinions: budgets, what is seen by whom, likeness, the register."""

from datetime import date

import pytest

from nenmong.core import clock
from nenmong.core.rules import fold
from nenmong.opinions import actions
from nenmong.opinions.models import Opinion, OpinionField
from nenmong.opinions.queries import alike, detail, issues, lists
from nenmong.opinions.queries.fields import desks_offered, fields, fields_and_workdays
from nenmong.opinions.queries.shown import Sized, shown_as, sized
from nenmong.opinions.rules import likeness
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.ready import evening
from nenmong.org.access import holdings
from nenmong.org.models import Unit
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.models import CalendarDay

pytestmark = pytest.mark.django_db

LAMPS = [
    "Đèn đường ngõ 9 hỏng mấy tháng nay, buổi tối trẻ em đi học rất nguy hiểm.",
    "Hệ thống đèn chiếu sáng ngõ 12 hỏng từ tháng 5.",
]
OTHERS = [
    "Cống thoát nước ngõ 5 ngập khi mưa to, nước tràn vào nhà.",
    "Danh sách hộ được vay vốn chưa niêm yết công khai ở nhà văn hóa.",
    "Trường tiểu học thiếu phòng học bộ môn.",
]


@pytest.fixture
def at():
    place = ready.place()
    for _ in range(6):
        MemberFactory.of(place.cell)
    for user in (place.office, place.clerk, place.secretary, place.head):
        holdings(user)  # one query a request
    return place


def test_the_likest_come_first():
    texts = {str(n): fold(text) for n, text in enumerate([*OTHERS, *LAMPS])}
    found = likeness.likest(fold(ready.TEXT), texts, 6, 20)
    assert {key for key, _score in found} == {"3", "4"}
    assert likeness.likest(fold("Đề nghị cấp ủy quan tâm"), texts, 6, 25) == []
    assert likeness.likest("", texts, 6, 25) == []
    assert likeness.likest(fold(LAMPS[0]), {"0": fold(LAMPS[0])}, 1, 25) == [("0", 100)]


def test_the_inbox_of_a_desk(at, django_assert_max_num_queries):
    for text in [*LAMPS, *OTHERS]:
        ready.on_desk(at, text)
    first = Opinion.objects.order_by("uid").first()
    actions.accept(actor=at.clerk, opinion_uid=first.uid)
    with django_assert_max_num_queries(4):
        found = lists.inbox(at.clerk, at.desk)
    assert len(found.rows) == found.counts["all"] == 5
    assert found.counts["mine"] == 1
    with clock.at(evening(date(2026, 12, 30))), django_assert_max_num_queries(4):
        late = lists.inbox(at.clerk, at.desk, "late")
    assert len(late.rows) == 5
    assert all(row.left < 0 for row in late.rows)


def test_a_list_has_four_queries_and_only_what_is_seen(at, django_assert_max_num_queries):
    elsewhere = ready.place()
    ready.sent(elsewhere, LAMPS[0])
    for text in OTHERS:
        ready.sent(at, text)
    with django_assert_max_num_queries(4):
        found = lists.listed(at.office, at.ward, lists.Filters())
    assert found.total == len(found.rows) == 3
    asked = lists.Filters(text="CONG THOAT nuoc", field="works")
    assert [row.text for row in lists.listed(at.office, at.ward, asked).rows] == [OTHERS[0]]
    assert lists.listed(at.office, at.ward, lists.Filters(state="ended")).total == 0


def test_what_became_of_what_a_cell_said(at, django_assert_max_num_queries):
    ready.raised(at, OTHERS[0])
    ready.judged(ready.answered(at, text=OTHERS[1]), "solved")
    ready.answered(at, text=OTHERS[2])
    ready.sent(at, LAMPS[0])
    with django_assert_max_num_queries(5):
        found = lists.of_cell(at.secretary, at.cell)
    assert (found.raised, found.answered, found.solved) == (4, 2, 1)
    assert [len(part) for part in (found.to_do, found.to_judge, found.elsewhere, found.ended)] == [
        1, 1, 1, 1,
    ]  # fmt: skip


def test_one_opinion_with_its_way(at, django_assert_max_num_queries):
    answer = ready.answered(at)
    ready.judged(answer, "not_solved")
    opinion = Opinion.objects.select_related("unit", "desk").get()
    with django_assert_max_num_queries(7):
        found = detail.detail(at.clerk, opinion)
    assert [stage.desk_uid for stage in found.stages] == [
        at.cell.uid, at.ward.uid, at.desk.uid, at.cell.uid, at.desk.uid,
    ]  # fmt: skip
    assert found.stages[-1].now
    assert {"accept", "forward", "return", "ask", "answer"} <= {m.value for m in found.may}
    assert detail.detail(at.member, opinion).may == frozenset()
    assert "withdraw" in {m.value for m in detail.detail(at.secretary, opinion).may}


def test_a_draft_is_the_desk_s_own(at):
    opinion = ready.accepted(at)
    actions.save_answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    opinion = Opinion.objects.select_related("unit", "desk").get()
    assert detail.detail(at.clerk, opinion).draft
    for other in (at.secretary, at.member, at.office):
        assert detail.detail(other, opinion).draft is None


def test_desks_are_offered_the_likely_one_first(at):
    opinion = ready.sent(at)
    offered = desks_offered(Opinion.objects.select_related("unit").get(uid=opinion.uid))
    assert offered[0] == at.desk
    assert at.ward not in offered
    assert at.ward.parent in offered


@pytest.mark.parametrize(("members", "shown"), [(2, "ward"), (8, "cell")])
def test_a_small_cell_is_not_named_beyond_itself(members, shown):
    at = ready.place()
    for _ in range(members - 2):
        MemberFactory.of(at.cell)
    name = getattr(at, shown).name
    assert shown_as(at.office, [at.cell.uid]) == {at.cell.uid: name}
    assert shown_as(at.member, [at.cell.uid]) == {at.cell.uid: at.cell.name}


def test_a_desk_sees_only_what_lies_on_it(at):
    mine, other = ready.on_desk(at, OTHERS[0]), ready.sent(at, OTHERS[1])
    seen = Opinion.objects.visible_to(at.clerk)
    assert list(seen) == [mine]
    actions.give_back(actor=at.clerk, opinion_uid=mine.uid, reason="Không phải việc ở đây")
    assert not Opinion.objects.visible_to(at.clerk).exists()
    assert set(Opinion.objects.visible_to(at.office)) == {mine, other}
    assert not Opinion.objects.visible_to(UserFactory()).exists()


def test_what_is_alike_and_what_was_answered(at, django_assert_max_num_queries):
    ready.judged(ready.answered(at, text=LAMPS[0]), "solved")
    ready.sent(at, OTHERS[0])
    near = ready.sent(at, LAMPS[1])
    opinion = ready.sent(at)
    with django_assert_max_num_queries(3):
        found = alike.alike(at.office, opinion)
    assert [one.uid for one in found] == [near.uid]
    with django_assert_max_num_queries(3):
        before = alike.answered_before(at.office, ready.TEXT)
    assert [(one.asked, one.verdict) for one in before] == [(LAMPS[0], "solved")]
    with django_assert_max_num_queries(3):
        assert len(alike.register(at.office, "BONG DEN ngo 9")) == 1
    assert alike.register(at.office, "không có chữ này") == []
    assert alike.register(ready.place().office, "đèn") == []


def test_an_issue_as_it_is_looked_over(at, django_assert_max_num_queries):
    second = ready.place(at.ward)
    uids = [ready.sent(at, LAMPS[0]).uid, ready.sent(second, LAMPS[1]).uid]
    issue = actions.join(actor=at.office, desk_uid=at.ward.uid, opinion_uids=uids, title="Đèn")
    with django_assert_max_num_queries(2):
        [row] = issues.issues(at.office)
    assert (row.cells, row.communes, row.open, row.answered) == (2, 1, 2, 0)
    with django_assert_max_num_queries(5):
        found = issues.issue_detail(at.office, issue)
    assert [one.uid for one in found.rows] == uids
    # A cell sees its own part alone.
    assert issues.issues(at.secretary)[0].cells == 1
    assert issues.issue_detail(UserFactory(), issue) is None


def test_what_has_not_left_the_cell_is_not_seen_above(at):
    opinion = ready.raised(at)
    seen = [at.office, at.head, UserFactory.holding("board", at.ward.parent)]
    assert not any(Opinion.objects.visible_to(one).exists() for one in seen)
    assert Opinion.objects.visible_to(at.member).exists()
    actions.keep(actor=at.secretary, opinion_uid=opinion.uid)
    answer = actions.answer(actor=at.secretary, opinion_uid=opinion.uid, draft=ready.DONE)
    assert not Opinion.objects.visible_to(at.office).exists()
    ready.judged(answer, "not_solved")
    actions.send(actor=at.secretary, opinion_uid=opinion.uid)
    assert all(Opinion.objects.visible_to(one).exists() for one in seen)
    actions.give_back(actor=at.office, opinion_uid=opinion.uid, reason="Chi bộ tự làm được")
    assert Opinion.objects.visible_to(at.office).exists()


MOST_TO_RAISE, MOST_TO_SEND = 11, 16  # with those that begin and end the transaction


def test_raised_and_sent_up_reads_nothing_twice(at, django_assert_max_num_queries):
    said = {"actor": at.secretary, "unit_uid": at.cell.uid}
    actions.raise_opinion(**said, text="Đề nghị sửa nắp cống trước nhà văn hóa.", kind="proposal")
    with django_assert_max_num_queries(MOST_TO_RAISE):
        raised = actions.raise_opinion(**said, text="Đề nghị phát quang ngõ.", kind="proposal")
    with django_assert_max_num_queries(MOST_TO_SEND):
        actions.send(actor=at.secretary, opinion_uid=raised.uid)


def test_fields_and_calendar_are_read_together_as_each_alone(at, django_assert_num_queries):
    OpinionField.objects.create(code="works", name_vi="Đường ngõ", name_en="Lanes", retired=True)
    OpinionField.objects.create(code="added", name_vi="Việc khác", name_en="Else")
    CalendarDay.objects.create(day=date(2026, 12, 12), works=True, name="Làm bù")
    CalendarDay.objects.create(day=date(2026, 12, 14), works=False, name="Nghỉ bù")
    with django_assert_num_queries(1):
        known, days = fields_and_workdays()
    assert known == fields()
    assert list(known) == list(fields())
    assert days is rulebook.workdays()
    assert days.works(date(2026, 12, 12))
    assert not days.works(date(2026, 12, 14))


def test_a_cell_known_with_the_list_is_named_as_one_read_for_itself(at):
    small, wide = UnitFactory(parent=at.ward), Unit.objects.filter(parent=at.ward)
    known = [Sized._make(row) for row in sized(wide)]
    uids = [small.uid, at.cell.uid]
    alone = shown_as(at.office, uids)
    assert alone == {small.uid: at.ward.name, at.cell.uid: at.cell.name}
    assert shown_as(at.office, uids, known) == alone
    assert shown_as(at.office, uids, known[:1]) == alone
