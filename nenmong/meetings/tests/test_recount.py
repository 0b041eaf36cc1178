"""Counters say what the rows say, whatever was done; where one does not, it is found and mended."""

from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Matter, Meeting, MeetingMonth
from nenmong.meetings.models.month import SUMS
from nenmong.meetings.queries.recount import differences
from nenmong.meetings.rules import attendance
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
COUNTERS = [*attendance.count([]).as_dict(), "speakers", "opinions", "tasks"]


# ── whatever is done ────────────────────────────────────────────────────────────────────────

STATUSES = ["present", "late", "excused", "unexcused", "special_duty", "exempt_present", "asleep"]
OPS = [
    "plan", "open", "roll", "join", "speak", "opine", "mend", "unsay", "task", "untask", "report",
    "propose", "take", "leave", "chair", "vote", "go", "close", "seal", "file", "finish",
]  # fmt: skip


class Nothing(Exception):  # noqa: N818
    """There is nothing here to do it with."""


class Cell:
    """One cell in which anyone does anything, whether it fits or not."""

    def __init__(self, parent=None):
        self.unit, self.secretary, _scribe = journey.cell(3, **{"parent": parent} if parent else {})
        MemberFactory.of(self.unit, status="exempt")
        MemberFactory.of(self.unit, status="probationary")
        self.month = date(2026, 9, 1)

    def pick(self, rows, number):
        if not (rows := list(rows)):
            raise Nothing
        return rows[number % len(rows)]

    def do(self, op, number):
        meeting = Meeting.objects.of_unit(self.unit.uid).order_by("-month").first()
        with (
            suppress(DomainError, ObjectDoesNotExist, Nothing),
            clock.at(journey.evening(self.month.replace(day=3), number)),
        ):
            if meeting is None and op not in {"plan", "propose", "finish"}:
                raise Nothing
            getattr(self, op)(meeting, number)

    def run(self, action, **said):
        return getattr(actions, action)(actor=self.secretary, **said)

    def plan(self, meeting, _number):
        if meeting is None or meeting.status == "sealed":
            self.month = date(2026, self.month.month % 12 + 1, 1)
        self.run("plan_meeting", unit_uid=self.unit.uid, month=self.month)

    def open(self, meeting, _number):
        self.run("open_meeting", meeting_uid=meeting.uid)
        place = {"field": "place", "was": "", "text": "Nhà văn hóa"}
        self.run("write_text", meeting_uid=meeting.uid, **place)

    def roll(self, meeting, number):
        row = self.pick(meeting.attendances.all(), number)
        called = {row.member_uid: Called(self.pick(STATUSES, number // 3))}
        self.run("record_roll", meeting_uid=meeting.uid, called=called)

    def join(self, meeting, number):
        if number % 2:
            MemberFactory.of(self.unit)
        self.run("refresh_roll", meeting_uid=meeting.uid)

    def _line(self, meeting, number):
        row = self.pick(meeting.attendances.all(), number)
        return {
            "item_uid": self.pick(meeting.items.all(), number).uid,
            "member_uid": row.member_uid,
        }

    def speak(self, meeting, number):
        self.run("add_speech", text="Nhất trí", **self._line(meeting, number))

    def opine(self, meeting, number):
        self.run("note_opinion", text="Đề nghị", **self._line(meeting, number))

    def mend(self, meeting, number):
        line = self.pick(meeting.speeches.all(), number)
        row = self.pick(meeting.attendances.all(), number // 2)
        said = {"kind": "speech", "line_uid": line.uid, "text": "Khác"}
        self.run("change_line", member_uid=row.member_uid, **said)

    def unsay(self, meeting, number):
        kind = ["speech", "opinion"][number % 2]
        lines = meeting.speeches if kind == "speech" else meeting.opinions_noted
        self.run("remove_line", kind=kind, line_uid=self.pick(lines.all(), number).uid)

    def task(self, meeting, number):
        item = self.pick(meeting.items.all(), number)
        self.run(
            "assign_task", item_uid=item.uid, title="Việc", owner="Chi ủy",
            due_on=date(2027, 1, 1 + number % 20),
        )  # fmt: skip

    def untask(self, meeting, number):
        self.run("remove_task", task_uid=self.pick(meeting.assigned.all(), number).uid)

    def report(self, meeting, number):
        for row in meeting.reports.all():
            state = self.pick(["done", "doing", "not_done"], number)
            said = {"task_uid": row.task_uid, "state": state, "result": "Còn lại"}
            self.run("report_task", meeting_uid=meeting.uid, **said)

    def propose(self, _meeting, _number):
        self.run("propose_topic", unit_uid=self.unit.uid, title="Ngõ 8")

    def _matter(self, number):
        return self.pick(Matter.objects.filter(unit=self.unit.uid), number)

    def take(self, meeting, number):
        matter = self._matter(number)
        self.run("take_matter", meeting_uid=meeting.uid, matter_uid=matter.uid)

    def leave(self, meeting, number):
        matter = self._matter(number)
        self.run("carry_over", meeting_uid=meeting.uid, matter_uid=matter.uid, reason="Hết giờ")

    def chair(self, meeting, number):
        row = self.pick(meeting.attendances.all(), number)
        said = {"chair_uid": row.member_uid, "secretary_uid": row.member_uid}
        self.run("name_officers", meeting_uid=meeting.uid, **said)

    def vote(self, meeting, _number):
        for about in ("resolution", "minutes"):
            tally = {"agreed": meeting.official_present, "against": 0, "other": 0}
            self.run("record_vote", meeting_uid=meeting.uid, about=about, **tally)

    def go(self, meeting, _number):
        for item in meeting.items.all():
            self.run("go_to_item", item_uid=item.uid)

    def close(self, meeting, _number):
        self.run("close_meeting", meeting_uid=meeting.uid)

    def seal(self, meeting, _number):
        self.run("seal_minutes", meeting_uid=meeting.uid)

    def file(self, meeting, _number):
        self.run("file_documents", meeting_uid=meeting.uid, how="here")

    def finish(self, meeting, number):
        """All that sealing asks for, one after the other."""
        for op in ("plan", "open", "go", "vote", "close", "report", "seal"):
            self.do(op, number)


@pytest.mark.slow  # several whole meetings an example
@settings(max_examples=6, suppress_health_check=[*HealthCheck])
@given(
    st.lists(
        st.tuples(st.sampled_from(OPS), st.integers(0, 40), st.booleans()), min_size=10, max_size=50
    )
)
def test_whatever_was_done_the_counters_say_what_the_rows_say(steps):
    one = Cell()
    cells = [one, Cell(one.unit.parent)]
    for op, number, which in steps:
        cells[which].do(op, number)
    assert list(differences()) == []
    assert queries.verify.verify().findings == []
    for matter in Matter.objects.filter(state="on_agenda"):
        assert Meeting.objects.exclude(status="sealed").filter(uid=matter.meeting_uid).exists()


def test_the_steps_above_do_come_to_a_seal():
    cell = Cell()
    for op in ("plan", "speak", "finish", "file", "plan", "open", "speak", "task", "finish"):
        cell.do(op, 7)
    assert sorted(Meeting.objects.values_list("status", "filed_how")) == [
        ("sealed", ""), ("sealed", "here"),
    ]  # fmt: skip


# ── a number that was changed ───────────────────────────────────────────────────────────────


def recount(**options):
    out = StringIO()
    try:
        call_command("recount", stdout=out, **options)
    except SystemExit as ended:
        return ended.code, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


@pytest.fixture
def sealed():
    unit, secretary, _scribe = journey.cell(4)
    return journey.sealed(unit, secretary)


@pytest.mark.parametrize("counter", COUNTERS)
def test_a_counter_of_a_meeting_is_mended_and_its_seal_holds_again(sealed, counter):
    was = getattr(sealed, counter)
    Meeting.objects.update(**{counter: was + 5})
    assert queries.verify.verify().findings
    code, lines = recount(dry_run=True)
    assert (code, f"{counter} is {was + 5}, should be {was}" in lines[0]) == (1, True)
    assert recount()[0] == 1
    assert recount()[0] == 0
    assert getattr(Meeting.objects.get(), counter) == was
    assert queries.verify.verify().findings == []


@pytest.mark.parametrize("column", SUMS)
def test_a_sum_of_a_month_is_mended(sealed, column):
    was = getattr(MeetingMonth.objects.get(), column)
    MeetingMonth.objects.update(**{column: was + 5})
    assert [recount()[0], recount()[0]] == [1, 0]
    assert getattr(MeetingMonth.objects.get(), column) == was


def test_a_month_lost_or_made_up_is_mended(sealed):
    row = MeetingMonth.objects.get()
    row.pk, row.month = None, date(2020, 1, 1)
    row.save(force_insert=True)
    MeetingMonth.objects.filter(month=sealed.month).delete()
    code, lines = recount()
    assert code == 1
    assert len(lines) > 2
    assert recount()[0] == 0
    mended = MeetingMonth.objects.get()
    assert (mended.month, mended.path) == (sealed.month, sealed.unit.parent.path)


def test_how_often_a_matter_was_left_is_mended(sealed):
    Matter.objects.update(carried=7)
    assert [recount()[0], recount()[0]] == [1, 0]
    assert Matter.objects.get().carried == 0


def test_where_nothing_differs_nothing_is_written(sealed):
    before = AuditEntry.objects.count()
    assert recount()[0] == 0
    assert AuditEntry.objects.count() == before


def test_an_empty_installation_has_nothing_to_count():
    assert recount()[0] == 0
    assert list(differences()) == []
