"""Facts of a meeting: each one's value, and when it is not known; then from real rows."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.conf import settings

from nenmong.core import clock
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Attendance, Matter
from nenmong.meetings.rules.facts import RULES, Sheet, facts
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.journey import rules_of
from nenmong.org.tests.factories import MemberFactory, UserFactory
from nenmong.rulebook.models import UnitRule

OPENED = datetime(2026, 10, 3, 12, 30, tzinfo=UTC)
COUNTS = {"total": 12, "due": 10, "present": 8, "excused": 1, "unexcused": 1, "late": 2}
SEALED = Sheet(
    counts=COUNTS,
    opened_at=OPENED,
    closed_at=OPENED + timedelta(minutes=100, seconds=59),
    held_on=date(2026, 10, 5),
    fixed_day=date(2026, 10, 3),
    required_minutes=90,
    required_steps=frozenset({"opening", "review", "closing"}),
    steps_held=frozenset({"opening", "closing", "topic"}),
    review_minutes=12,
    speakers=4,
    excused_runs={"a": 3, "b": 3, "c": 1},
    task_states=("done", "doing", "done"),
    tasks_assigned=2,
    resolution_passed=True,
    minutes_passed=True,
    sealed=True,
    thematic=True,
    thematic_due=False,
    cell_committee=True,
    committee_met_at=OPENED - timedelta(days=1),
    notice_at=OPENED - timedelta(days=3, hours=12),
    documents_at=OPENED - timedelta(days=1),
    upper_notified_at=OPENED - timedelta(days=1),
    draft_ready_at=OPENED - timedelta(hours=1),
    prompts_ready_at=OPENED - timedelta(hours=1),
    review_noted=True,
    conveyed={"directive": (True, False), "answer": (True,)},
    filed_at=OPENED + timedelta(minutes=100, seconds=59, days=1, hours=12),
)
# Sealed, and nothing recorded beyond what sealing asks for.
BARE = replace(
    SEALED, steps_held=frozenset(), review_minutes=0, speakers=0, excused_runs={}, task_states=(),
    tasks_assigned=0, resolution_passed=None, minutes_passed=None, filed_at=None,
    thematic=False, committee_met_at=None, notice_at=None, documents_at=None,
    upper_notified_at=None, draft_ready_at=None, prompts_ready_at=None, review_noted=False,
    conveyed={}, now=SEALED.closed_at + timedelta(hours=6),
)  # fmt: skip
PLANNED = Sheet(
    counts=dict.fromkeys(COUNTS, 0), opened_at=None, closed_at=None, held_on=None,
    fixed_day=date(2026, 10, 3), required_minutes=90, required_steps=frozenset({"opening"}),
    steps_held=frozenset(), review_minutes=0, speakers=0, starts_at=OPENED,
)  # fmt: skip

# name: (known, of SEALED, of BARE, of PLANNED)
TABLE = {
    "members_total": ("R", 12, 12, None),
    "members_due": ("R", 10, 10, None),
    "members_present": ("R", 8, 8, None),
    "attendance_rate": ("R", Fraction(4, 5), Fraction(4, 5), None),
    "excused_absences": ("R", 1, 1, None),
    "unexcused_absences": ("R", 1, 1, None),
    "late_members": ("R", 2, 2, None),
    "longest_excused_run": ("R", 3, 0, None),
    "duration_minutes": ("R", 100, 100, None),
    "required_minutes": ("R", 90, 90, 90),
    "duration_shortfall": ("R", 0, 0, None),
    "duration_ratio": ("R", Fraction(10, 9), Fraction(10, 9), None),
    "days_from_fixed_day": ("R", 2, 2, None),
    "procedure_steps_rate": ("R", Fraction(2, 3), Fraction(0), None),
    "has_thematic_part": ("R", True, False, False),
    "thematic_due": ("R", False, False, None),
    "has_cell_committee": ("R", True, True, None),
    "committee_met_before": ("R", True, False, None),
    "notice_days_before": ("R", Fraction(7, 2), -1, -1),
    "documents_days_before": ("R", Fraction(1), -1, -1),
    "upper_member_notified": ("R", True, False, None),
    "draft_resolution_ready": ("R", True, False, None),
    "discussion_prompts": ("R", True, False, None),
    "praise_or_reminder": ("R", True, False, None),
    "directives_due": ("R", 2, 0, 0),
    "directives_conveyed_rate": ("R", Fraction(1, 2), None, None),
    "answers_due": ("R", 1, 0, 0),
    "answers_conveyed_rate": ("R", Fraction(1), None, None),
    "speakers": ("R", 4, 0, None),
    "speakers_rate": ("R", Fraction(1, 2), Fraction(0), None),
    "review_minutes": ("R", 12, 0, None),
    "tasks_due": ("D", 3, 0, 0),
    "tasks_done_rate": ("D", Fraction(2, 3), None, None),
    "resolution_adopted": ("R", True, False, None),
    "minutes_adopted": ("R", True, False, None),
    "tasks_assigned": ("R", True, False, None),
    "documents_filed_days_after": ("L", Fraction(3, 2), Fraction(1, 4), None),
}


def value(name, sheet, **said):
    return facts(replace(sheet, **said))[name].value


@pytest.mark.parametrize("name", TABLE)
def test_what_is_recorded_and_what_is_not(name):
    known, sealed, bare, planned = TABLE[name]
    assert [value(name, sheet) for sheet in (SEALED, BARE, PLANNED)] == [sealed, bare, planned]
    assert type(value(name, SEALED)) is type(sealed)
    assert facts(SEALED)[name].known == known


def test_no_fact_is_left_out():
    assert set(RULES) == set(TABLE)


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("attendance_rate", {"counts": COUNTS | {"due": 0, "present": 0}}, None),
        ("speakers_rate", {"counts": COUNTS | {"present": 0}}, None),
        # Those exempt who came may speak; they are not among those present of those due.
        ("speakers", {"speakers": 9}, 8),
        ("speakers_rate", {"speakers": 9}, Fraction(1)),
        ("duration_shortfall", {"closed_at": OPENED + timedelta(minutes=70, seconds=59)}, 20),
        ("duration_ratio", {"required_minutes": 0}, None),
        ("days_from_fixed_day", {"held_on": date(2026, 9, 30)}, -3),
        ("procedure_steps_rate", {"required_steps": frozenset()}, None),
        ("tasks_done_rate", {"task_states": ("done", "")}, None),  # missing until said
        ("tasks_due", {"task_states": ("done", "")}, 2),
        ("tasks_done_rate", {"task_states": ("doing", "not_done", "open")}, Fraction(0)),
        ("resolution_adopted", {"resolution_passed": False}, False),
        # Not sealed yet: what is recorded counts, what is not may still come.
        ("resolution_adopted", {"resolution_passed": None, "sealed": False}, None),
        ("minutes_adopted", {"minutes_passed": False, "sealed": False}, False),
        ("speakers", {"speakers": 0, "sealed": False}, None),
        ("speakers", {"speakers": 1, "sealed": False}, 1),
        ("tasks_assigned", {"tasks_assigned": 0, "sealed": False}, None),
        ("tasks_assigned", {"tasks_assigned": 1, "sealed": False}, True),
        ("procedure_steps_rate", {"closed_at": None, "sealed": False}, None),
        ("review_minutes", {"closed_at": None, "sealed": False}, None),
        ("documents_filed_days_after", {"filed_at": OPENED}, Fraction(0)),
        ("committee_met_before", {"cell_committee": False, "committee_met_at": None}, True),
        ("committee_met_before", {"cell_committee": None}, None),
        # What came after the opening was not there in time; days before may be negative.
        ("notice_days_before", {"notice_at": OPENED + timedelta(days=2)}, Fraction(-2)),
        ("upper_member_notified", {"upper_notified_at": OPENED + timedelta(minutes=1)}, False),
        ("draft_resolution_ready", {"draft_ready_at": OPENED}, True),
        ("directives_conveyed_rate", {"closed_at": None}, None),
        ("duration_shortfall", {"required_minutes": None}, None),
        ("required_minutes", {"required_minutes": None}, None),
    ],
)
def test_at_the_edges(name, said, expected):
    assert value(name, SEALED, **said) == expected


# What the program would have recorded, and nobody wrote on the paper form.
BLANK_ON_PAPER = {
    "committee_met_before", "notice_days_before", "documents_days_before", "praise_or_reminder",
    "upper_member_notified", "draft_resolution_ready", "discussion_prompts", "speakers",
    "speakers_rate", "review_minutes", "tasks_assigned",
}  # fmt: skip


def test_a_blank_on_paper_is_missing_never_zero():
    on_paper = facts(replace(BARE, paper=True))
    assert {name for name in BLANK_ON_PAPER if on_paper[name].value is not None} == set()
    rest = {name for name in TABLE if on_paper[name].value != facts(BARE)[name].value}
    assert rest == BLANK_ON_PAPER
    filled = facts(replace(SEALED, paper=True))
    assert all(filled[name].value == facts(SEALED)[name].value for name in TABLE)


def test_numbers_say_what_they_were_made_of():
    found = facts(SEALED)
    assert found["attendance_rate"].evidence == {"present": 8, "due": 10}
    assert found["longest_excused_run"].evidence == {"count": 3, "members": 2}
    assert found["tasks_done_rate"].evidence == {"done": 2, "due": 3}
    assert found["duration_ratio"].evidence == {"minutes": 100, "required": 90}


# ── from rows ───────────────────────────────────────────────────────────────────────────────


def read(meeting):
    meeting.refresh_from_db()
    return {
        name: fact.value
        for name, fact in queries.facts.facts_of(meeting, rules_of(meeting)).items()
    }


def test_the_table_of_docs_is_the_code_s():
    text = (settings.BASE_DIR / "docs" / "facts.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([RLD]) \|", text, re.MULTILINE))
    assert told == {name: known for name, (known, _rule) in RULES.items()}


@pytest.mark.django_db
def test_a_sealed_meeting_s_facts(django_assert_num_queries):
    unit, secretary, _scribe = journey.cell(7)
    MemberFactory.of(unit, status="exempt")
    meeting = journey.sealed(unit, secretary)
    found = read(meeting)
    assert {name: found[name] for name in (
        "members_total", "members_due", "members_present", "excused_absences", "speakers",
        "duration_minutes", "days_from_fixed_day", "procedure_steps_rate", "resolution_adopted",
        "minutes_adopted", "tasks_assigned", "longest_excused_run", "tasks_due",
    )} == {
        "members_total": 8, "members_due": 7, "members_present": 6, "excused_absences": 1,
        "speakers": 1, "duration_minutes": 100, "days_from_fixed_day": 0,
        "procedure_steps_rate": 1, "resolution_adopted": True, "minutes_adopted": True,
        "tasks_assigned": True, "longest_excused_run": 1, "tasks_due": 0,
    }  # fmt: skip
    book = rules_of(meeting)
    with django_assert_num_queries(7):
        queries.facts.facts_of(meeting, book)


@pytest.mark.django_db
def test_going_back_to_an_item_counts_only_the_time_spent_on_it():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.opened(unit, secretary)
    day = meeting.held_on
    by_step = {item.step: item.uid for item in meeting.items.all()}
    for minute, step in [(10, "criticism"), (22, "closing"), (40, "criticism"), (45, "closing")]:
        with clock.at(journey.evening(day, minute)):
            actions.go_to_item(actor=secretary, item_uid=by_step[step])
    with clock.at(journey.evening(day, 50)):
        actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)
    assert read(meeting)["review_minutes"] == 12 + 5
    item = meeting.items.get(step="criticism")
    assert clock.minutes_between(item.started_at, item.ended_at) == 35  # as the record says


@pytest.mark.django_db
def test_a_run_of_absences_is_one_member_s_of_this_year():
    unit, secretary, _scribe = journey.cell(4)
    one, other = (MemberFactory.of(unit).uid for _ in range(2))
    away = {
        (2025, 12): {one}, (2026, 1): {one}, (2026, 2): {one, other}, (2026, 3): {other},
        (2026, 4): {one},
    }  # fmt: skip
    longest = []
    for (year, month), missing in away.items():
        meeting = journey.opened(unit, secretary, date(year, month, 3))
        called = {uid: Called("excused", "Đi xa") for uid in missing}
        actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=called)
        longest.append(read(meeting)["longest_excused_run"])
    assert longest == [1, 1, 2, 2, 2]
    assert queries.facts.excused_runs(meeting) == {one: 2}  # of those away this time


@pytest.mark.django_db
def test_tasks_reported_are_those_due_by_now():
    unit, secretary, _scribe = journey.cell()
    journey.sealed(unit, secretary, date(2026, 10, 3))  # its task is due on the 23rd
    soon = journey.planned(unit, secretary, date(2026, 11, 3))
    found = read(soon)
    assert (found["tasks_due"], found["tasks_done_rate"]) == (1, None)
    report = soon.reports.get()
    actions.report_task(
        actor=secretary, meeting_uid=soon.uid, task_uid=report.task_uid, state="done", result=""
    )
    assert read(soon)["tasks_done_rate"] == 1
    soon.reports.update(due_on=date(2026, 11, 4))
    assert (read(soon)["tasks_due"], read(soon)["tasks_done_rate"]) == (0, None)


def held_by(secretary, unit, kind, day, **said):
    """Hold and end a meeting of another kind on a day."""
    with clock.at(journey.evening(day)):
        meeting = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind=kind, subject="Chuyên đề",
            starts_at=journey.evening(day), **said,
        )  # fmt: skip
        actions.open_meeting(actor=secretary, meeting_uid=meeting.uid)
        return actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("month", "thematic", "due"),
    [(8, None, False), (9, None, True), (9, (2026, 7), False), (9, (2026, 6), True)],
)
def test_a_thematic_meeting_is_due_in_the_last_month_of_a_quarter(month, thematic, due):
    unit, secretary, _scribe = journey.cell()
    if thematic:
        held_by(secretary, unit, "thematic", date(*thematic, 20))
    meeting = journey.sealed(unit, secretary, date(2026, month, 3))
    assert read(meeting)["thematic_due"] == due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "met"),
    [
        (date(2026, 10, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 9, 2), False),
        (None, False),
    ],
)
def test_the_cell_committee_met_before_its_cell_and_after_the_meeting_before(day, met):
    unit, secretary, _scribe = journey.cell()
    UserFactory.holding("committee_member", unit)
    if day and day < date(2026, 9, 3):
        held_by(secretary, unit, "cell_committee", day)
    journey.sealed(unit, secretary, date(2026, 9, 3))
    if day and day > date(2026, 9, 3):
        held_by(secretary, unit, "cell_committee", day)
    found = read(journey.sealed(unit, secretary, date(2026, 10, 3)))
    assert (found["has_cell_committee"], found["committee_met_before"]) == (True, met)


@pytest.mark.django_db
def test_what_was_conveyed_is_read_from_the_meeting_s_own_rows():
    unit, secretary, _scribe = journey.cell()
    for title in ("Chỉ thị 50", "Hướng dẫn 42"):
        matter = actions.propose_topic(actor=secretary, unit_uid=unit.uid, title=title)
        Matter.objects.filter(uid=matter.uid).update(kind="directive")
    meeting = journey.held(unit, secretary)
    left = Matter.objects.get(title="Hướng dẫn 42")
    actions.carry_over(
        actor=secretary, meeting_uid=meeting.uid, matter_uid=left.uid, reason="Hết giờ"
    )
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    journey.planned(unit, secretary, date(2026, 11, 3))  # which takes up what was left
    found = read(sealed)
    assert (found["directives_due"], found["directives_conveyed_rate"]) == (2, Fraction(1, 2))


@pytest.mark.django_db
def test_something_said_in_self_criticism_is_a_praise_or_a_reminder():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.held(unit, secretary)
    assert read(meeting)["praise_or_reminder"] is None
    item = meeting.items.get(step="criticism")
    actions.add_speech(
        actor=secretary, item_uid=item.uid, text="Biểu dương tổ 2.", member_uid=meeting.chair_uid
    )
    assert read(meeting)["praise_or_reminder"] is True


@pytest.mark.django_db
def test_a_planned_meeting_has_no_roll_yet():
    unit, secretary, _scribe = journey.cell()
    found = read(journey.planned(unit, secretary))
    assert found["members_total"] is found["attendance_rate"] is found["speakers"] is None
    assert found["required_minutes"] == 90
    assert not Attendance.objects.exists()


@pytest.mark.django_db
def test_what_was_sealed_is_measured_by_the_rules_it_was_sealed_with():
    unit, secretary, _scribe = journey.cell()
    sealed = journey.sealed(unit, secretary)
    record = queries.verify.record_in(queries.verify.sealed_of(sealed))
    assert record["rules"]["meetings.regular.minimum_minutes"]["value"] == 90
    UnitRule.objects.create(  # as if the unit had stood under another committee on that day
        unit=unit, key="meetings.regular.minimum_minutes", value=120, document="QĐ", short="ĐU",
        first_day=date(2026, 1, 1),
    )  # fmt: skip
    sheet = queries.facts.sheet_of(sealed, rules_of(sealed), record)
    assert sheet.required_minutes == 90
    assert queries.facts.sheet_of(sealed, rules_of(sealed)).required_minutes == 120
    assert queries.verify.verify().findings == []
