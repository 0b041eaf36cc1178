"""The demo: texts and units are whole, the same choices build the same, nothing else is touched."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from nenmong.accounts.models import User
from nenmong.config.demo import accounts, marker, packs, program, tree
from nenmong.config.demo.build import build, empty
from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import FOUNDED, Choices
from nenmong.config.demo.deck import Deck
from nenmong.config.demo.habits import USUAL
from nenmong.config.demo.marker import Holds
from nenmong.config.demo.names import Names, blocked
from nenmong.config.demo.program import Due, days_of
from nenmong.config.demo.sentences import Refused
from nenmong.config.demo.trail import trail
from nenmong.core import tet
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry
from nenmong.core.rules import fold
from nenmong.meetings import actions, queries
from nenmong.meetings.models import (
    CorrectionNote,
    Matter,
    Meeting,
    MeetingDocument,
    Speech,
    Task,
    YearPlan,
)
from nenmong.org.models import Member, Membership, MemberStatus, Post, Unit, UnitKind
from nenmong.org.tests.factories import UnitFactory

DAY = date(2026, 7, 10)
WORD = "sen"
CELL = "Chi bộ Tổ dân phố số 3"
TINY = Choices(DAY, chosen=True, months=1, only=(CELL,))


# ── units, names, texts ─────────────────────────────────────────────────────────────────────


def test_all_units_of_2024_are_there_each_below_its_own():
    rows = packs.units()
    types = {row.code: row.division_type for row in rows}
    assert len(types) == len(rows) == 1 + 9 + 121
    for row in rows[1:]:
        assert row.code.startswith(row.parent_code + "-")
        above = {"tỉnh"} if row.division_type in {"thành phố", "huyện"} else {"thành phố", "huyện"}
        assert types[row.parent_code] in above


def test_committees_bear_the_names_of_their_units():
    units = {unit.code: unit for unit in tree.plan(TINY).units}
    shown = [
        (unit.name, unit.organization_name, unit.locality, unit.kind)
        for unit in (units["26"], units["26-244"], units["26-244-8746"], units["26-246-8761"])
    ]
    assert shown == [
        ("Tỉnh ủy Vĩnh Phúc", "Đảng bộ tỉnh Vĩnh Phúc", "Vĩnh Phúc", "provincial_committee"),
        ("Thành ủy Phúc Yên", "Đảng bộ thành phố Phúc Yên", "Phúc Yên", "district_committee"),
        ("Đảng ủy phường Xuân Hòa", "Đảng bộ phường Xuân Hòa", "Xuân Hòa", "commune_committee"),
        ("Đảng ủy thị trấn Lập Thạch", "Đảng bộ thị trấn Lập Thạch", "Lập Thạch",
         "commune_committee"),
    ]  # fmt: skip
    buckets = {unit.bucket for unit in units.values() if unit.kind == UnitKind.DISTRICT_COMMITTEE}
    assert buckets == set(range(1, 10))


def test_a_province_has_its_cells_and_members_to_the_last_one():
    cells = tree.plan(Choices(DAY, scale="province")).cells
    assert len(cells) == 3114
    assert sum(cell.members for cell in cells) == 64296
    assert min(cell.members for cell in cells) >= tree.LEAST_MEMBERS
    assert len({cell.unit.path for cell in cells}) == 3114
    assert {cell.unit.parent.kind for cell in cells} == {UnitKind.COMMUNE_COMMITTEE}


@given(total=st.integers(0, 5000), count=st.integers(1, 60), least=st.integers(0, 20))
def test_shares_add_up_and_none_is_too_small(total, count, least):
    total += least * count
    parts = tree.shares(total, count, least=least, rng=chance(1, "shares"))
    assert sum(parts) == total
    assert min(parts) >= least


def test_names_are_the_same_for_the_same_seed_and_never_those_of_known_persons():
    makers = [Names(chance(seed, "names")) for seed in (1, 1, 2)]
    first, again, other = ([maker.new() for _ in range(2000)] for maker in makers)
    assert first == again
    assert first != other
    assert len(set(first)) == 2000
    assert not blocked() & {fold(name) for name in first + other}


def test_a_blocked_name_is_made_again(monkeypatch):
    next_name = Names(chance(1, "names")).new()
    monkeypatch.setattr("nenmong.config.demo.names.blocked", lambda: {fold(next_name)})
    assert Names(chance(1, "names")).new() != next_name


@pytest.mark.parametrize("said", packs.pack("cells")["cells"], ids=lambda said: said["name"])
def test_every_cell_has_texts_that_can_be_filled(said):
    cell = tree.Cell(Unit(cell_kind=said["kind"], locality="Xuân Hòa"), said["members"], said=said)
    deck = Deck(cell, seed=1, start=0)
    drawn = [deck.draw(DAY, chance(1, "draw")) for _ in packs.topics(said["kind"])]
    assert len({topic.title for topic in drawn}) == len(drawn)
    for topic in drawn:
        lines = [topic.summary, topic.conclusion, *topic.speeches, *topic.opinions]
        lines += [text for task in topic.tasks for text in (task.task, task.done, task.hindered)]
        assert all(line and "{" not in line and len(line) <= 300 for line in lines)
        assert len(topic.speeches) >= 3
    assert 18 <= said["members"] <= 42
    assert set(said["statuses"]) <= set(MemberStatus.values)


@pytest.mark.parametrize("name", ["army", "health", "kindergarten"])
def test_decks_of_cells_elsewhere_can_be_filled(name):
    cell = next(
        cell for cell in tree.plan(Choices(DAY)).cells
        if not cell.in_ward and cell.said["deck"] == name
        and cell.unit.parent.name == "Đảng ủy xã Ngọc Thanh"
    )  # fmt: skip
    deck = Deck(cell, seed=1, start=0)
    drawn = [deck.draw(DAY, chance(1, "draw")) for _ in packs.topics(name)]
    lines = [line for topic in drawn for line in (topic.summary, topic.conclusion, *topic.opinions)]
    assert all(line and "{" not in line and "phường" not in line for line in lines)
    assert all(len(topic.speeches) >= 3 for topic in drawn)


def test_every_cell_has_habits_and_a_deck_and_some_are_weak():
    cells = tree.plan(Choices(DAY, scale="province")).cells
    assert all(cell.said["hour"] and cell.said["place"] and cell.said["area"] for cell in cells)
    assert all(packs.topics(cell.said.get("deck", cell.unit.cell_kind)) for cell in cells)
    again = tree.plan(Choices(DAY, scale="province")).cells
    assert [(cell.said, cell.temper) for cell in cells] == [
        (cell.said, cell.temper) for cell in again
    ]
    weak = sum(cell.temper.away >= 2 for cell in cells)
    assert 0.15 < weak / len(cells) < 0.25


# ── choices ─────────────────────────────────────────────────────────────────────────────────


def read(**given):
    usual = {"scale": "district", "today": "2026-07-10", "months": "2", "seed": "1"}
    return Choices.read(real=date(2026, 11, 24), **usual | given)


@pytest.mark.parametrize("wrong", [
    {"scale": "country"}, {"scale": ""}, {"today": "10/07/2026"}, {"today": "2026-02-30"},
    {"today": "1999-01-01"}, {"today": "2100-01-01"}, {"today": "20260710"}, {"months": "37"},
    {"months": "-1"}, {"months": "hai"}, {"months": "1.5"}, {"seed": "x"}, {"seed": "-3"},
    {"today": "2021-01-10", "months": "24"},
])  # fmt: skip
def test_a_choice_that_cannot_be_used_is_told_in_both_languages(wrong):
    with pytest.raises(Refused) as refused:
        read(**wrong)
    vi, en = str(refused.value).split("\n")
    assert all(line.endswith((".", ".”")) for line in (vi, en))
    assert "%" not in vi + en


def test_choices_come_back_from_the_database_as_they_went_in():
    choices = read(scale="province", months="36", seed="0")
    assert choices == Choices(DAY, chosen=True, scale="province", months=36, seed=0)
    assert Choices.from_dict(choices.as_dict()) == choices
    assert read(today="") == Choices(date(2026, 11, 24))
    assert not read(today="2026-11-24").chosen


@pytest.mark.parametrize(("wanted", "built", "met"), [
    (Choices(DAY), Choices(DAY), True),
    (Choices(DAY), Choices(date(2026, 7, 1)), True),  # no day asked for: what was written stays
    (Choices(DAY), Choices(date(2026, 7, 1), chosen=True), False),
    (Choices(DAY, chosen=True), Choices(date(2026, 7, 1)), False),
    (Choices(DAY, chosen=True), Choices(DAY), True),
    (Choices(DAY, seed=2), Choices(DAY), False),
    (Choices(DAY, months=3), Choices(DAY), False),
    (Choices(DAY, scale="province"), Choices(DAY), False),
])  # fmt: skip
def test_when_a_demo_is_what_is_asked_for(wanted, built, met):
    assert wanted.are_met_by(built) is met


@pytest.mark.parametrize("today", [
    date(2026, 7, 1), date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 31), date(2024, 2, 29),
    date(2026, 1, 2), date(2099, 12, 31),
])  # fmt: skip
@pytest.mark.parametrize("said", packs.pack("cells")["cells"], ids=lambda said: said["name"])
def test_meetings_lie_before_today_one_a_month(said, today):
    held, coming = days_of(said, Choices(today, months=3))
    assert len(held) == 3
    assert held[-1] < today <= coming
    months = [day.year * 12 + day.month for day in [*held, coming]]
    steps = [after - before for before, after in pairwise(months)]
    assert steps == [1, 1, 2 if said.get("late") else 1]
    if said.get("workday"):
        assert all(day.weekday() < 5 for day in held)


# ── building ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_tiny_demo_is_sound_and_shows_what_is_to_do():
    build(TINY, password=WORD)
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    held, coming = Meeting.objects.regular().order_by("month")
    assert (held.status, held.held_on) == (Meeting.Status.SEALED, date(2026, 6, 13))
    (before,) = Meeting.objects.filter(kind="cell_committee", status=Meeting.Status.SEALED)
    assert 1 <= (held.held_on - before.held_on).days <= 2
    assert held.speakers > 1
    assert held.opinions > 0
    assert (coming.status, coming.place) == (Meeting.Status.PLANNED, "Nhà văn hóa tổ dân phố số 3")
    reports = [report.state for report in coming.reports.all()]
    assert "" in reports  # the next step of its secretary
    assert Matter.objects.filter(kind="topic", meeting_uid=coming.uid).count() == 2
    assert timezone.localdate(AuditEntry.objects.latest("at").at) == DAY
    assert not Post.objects.filter(first_day__gt=DAY).exists()
    assert not Membership.objects.filter(first_day__gt=DAY).exists()
    assert DBTaskResult.objects.count() < 10

    shown = accounts.accounts()
    assert [one.username for one in shown] == [
        "bithu", "thuky", "chiuy", "dangvien", "vanphong_ubnd", "phong_tnmt", "so_yte",
        "thanhuy", "vanphong_tinh", "bantochuc", "kiemtra", "lanhdao", "tocongtac", "quantri",
    ]  # fmt: skip
    assert all(one.post for one in shown)
    assert shown[-2].post.startswith("Theo dõi: Đảng ủy phường Xuân Hòa; ")
    assert shown[0].post == f"Bí thư, {CELL}"
    assert all(User.objects.get(username=one.username).check_password(WORD) for one in shown)
    assert Member.objects.filter(memberships__isnull=False).count() == 32
    assert {"official", "probationary", "exempt"} == set(
        Membership.objects.values_list("status", flat=True)
    )


@pytest.mark.parametrize("today", [
    date(2026, 7, 1), date(2026, 7, 3), date(2026, 9, 15), date(2026, 8, 31), date(2026, 2, 16),
    date(2024, 2, 29), date(2026, 1, 2),
])  # fmt: skip
@pytest.mark.django_db
def test_the_secretary_shown_meets_within_days_and_has_something_left_to_do(today):
    """On whatever day of the month the demo is built, on a day of Tết too."""
    build(replace(TINY, day=today, months=2), password=WORD)
    bithu = User.objects.get(username="bithu")
    coming = Meeting.objects.regular().get(status=Meeting.Status.PLANNED)
    assert 1 <= (coming.starts_at.date() - today).days <= 9
    assert coming.unit.name == CELL
    assert not tet.first_day(timezone.localdate(coming.starts_at))
    assert (coming.notice_at, coming.draft_resolution) == (None, "")
    assert coming.documents.count() == 1
    assert coming.items.exclude(prompts="").exists()
    states = set(coming.reports.values_list("state", flat=True))
    assert "" in states
    assert actions.record_notice(
        actor=bithu, meeting_uid=coming.uid, to="members", way="chat"
    ).sent_at
    assert YearPlan.objects.exclude(reported_at=None).exists()
    assert CorrectionNote.objects.exists()
    held = Meeting.objects.regular().sealed()
    assert all(one.notice_at and one.draft_ready_at and one.documents_at for one in held)
    assert trail(today).faults == []
    assert queries.verify.verify().findings == []


WARD = (
    CELL, "Chi bộ Tổ dân phố số 4", "Chi bộ Tổ dân phố số 5", "Chi bộ Xóm Đồi",
    "Chi bộ Cơ quan Đảng ủy phường",
)  # fmt: skip


@pytest.mark.parametrize("today", [DAY, date(2026, 2, 18)])
@pytest.mark.django_db
def test_each_account_shown_reaches_something_of_its_own(today):
    build(Choices(today, chosen=True, months=3, only=WARD), password=WORD)
    users = {user.username: user for user in User.objects.all()}
    (paper,) = queries.paper.given_to(users["nguoigiup"].uid)
    assert (paper.role, paper.meeting.status) == ("helper", Meeting.Status.PLANNED)
    assert paper.meeting.starts_at.date() < today
    seen = {
        name: Meeting.objects.visible_to(users[name]).sealed()
        for name in ("chiuy", "uyvien", "dangvien", "danguy")
    }
    assert seen["chiuy"].filter(kind="cell_committee").exists()
    assert not seen["dangvien"].filter(kind="cell_committee").exists()
    assert seen["uyvien"].filter(kind="committee").count() == 2
    assert seen["danguy"].filter(kind="cell_committee").exists()
    assert Task.objects.filter(owner_uid=Member.objects.get(user=users["dangvien"]).uid).exists()
    assert Meeting.objects.sealed().filter(entry=Meeting.Entry.PAPER).exclude(typed_by="").exists()
    joint = Meeting.objects.filter(kind="thematic").values_list("status", flat=True)
    assert list(joint) == [Meeting.Status.SEALED] * 3
    assert MeetingDocument.objects.filter(sort="scan").exists()
    assert list(queries.documents.changed_files()) == []
    assert trail(today).faults == []
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []


def test_a_month_close_to_tet_is_mostly_put_off_and_not_into_tet():
    near = [date(2025, 2, 3), date(2026, 2, 12), date(2027, 2, 3), date(2027, 2, 5)]
    for day in near:
        due = Due(day, day.replace(day=1))
        rngs = [chance(1, "tet", day, number) for number in range(40)]
        became = [program.became(due, {}, USUAL, rng, date(2028, 1, 1)) for rng in rngs]
        late = [one for one in became if one.day > day]
        assert len(late) >= 10
        assert all(one.day > tet.day_after(program.near_tet(day)) for one in late)
        assert all(one.month == due.month for one in became)
    assert program.near_tet(date(2026, 3, 3)) is None


def story_of(choices):
    build(choices, password=WORD)
    said = list(Speech.objects.order_by("uid").values_list("text", "said_at"))
    people = sorted(Member.objects.values_list("full_name", "birth_year"))
    empty()
    return said, people


@pytest.mark.django_db(transaction=True)
def test_the_same_choices_tell_the_same_story():
    first, again = story_of(TINY), story_of(TINY)
    other = story_of(Choices(DAY, chosen=True, months=0, seed=2, only=(CELL,)))
    assert first == again
    assert first[0]
    assert other[0] == []
    assert other[1] != first[1]


# ── what lies in the database ───────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_marker_tells_an_empty_database_a_broken_off_demo_and_a_whole_one():
    assert marker.look().holds is Holds.NOTHING
    marker.begin(actor=SYSTEM, choices=TINY)
    UnitFactory()
    assert marker.look() == marker.Found(Holds.HALF_A_DEMO)
    marker.finish(actor=SYSTEM, choices=TINY)
    assert marker.look() == marker.Found(Holds.DEMO, TINY)


@pytest.mark.django_db
def test_what_no_demo_built_is_never_emptied(settings, tmp_path):
    settings.HOME = tmp_path
    unit = UnitFactory()
    assert marker.look().holds is Holds.SOMETHING_ELSE
    empty()
    with pytest.raises(CommandError, match="NENMONG_HOME"):
        call_command("demo", no_serve=True)
    assert Unit.objects.filter(uid=unit.uid).exists()
    assert not AuditEntry.objects.exists()


def test_the_world_of_the_demo_begins_before_its_first_meeting():
    assert read(today="2026-07-10", months="36").first_month > FOUNDED
