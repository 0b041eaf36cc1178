"""The reorganisation of 1/7/2025 on the real tree: districts end, wards merge, seals hold."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from nenmong.config.demo import packs
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.tree import SHAPES, found_units, place_of
from nenmong.config.demo.tree import plan as demo_tree
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.meetings import actions as meetings
from nenmong.meetings.models import Matter, Meeting, MeetingMonth, SealedRecord, Task
from nenmong.meetings.queries import recount, verify
from nenmong.meetings.tests import journey
from nenmong.org import queries, rules
from nenmong.org.actions import apply_plan, undo_plan
from nenmong.org.models import Membership, Post, Unit, UnitSuccession, UnitVersion
from nenmong.org.tests.factories import UnitFactory
from nenmong.org.tests.plans import dump

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY, EVE = date(2025, 7, 1), date(2025, 6, 30)
MERGED = ("26-244-8737", "26-244-8740", "26-244-8743")  # Hùng Vương, Hai Bà Trưng, Phúc Thắng
PHUC_YEN = "Đảng ủy phường Phúc Yên"


def rows_of_2025():
    path = settings.PACKS / "demo" / "phu-tho-2025.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [packs.UnitRow(**row) for row in csv.DictReader(file)]


def called(row):
    """Return how a place's committee is called, and its body."""
    kind, name, organization = SHAPES[row.division_type]
    place = place_of(row)
    said = {"name": name, "organization_name": organization}
    return {"kind": str(kind), "locality": place} | {
        key: text.format(place=place) for key, text in said.items()
    }


def plan_of_2025(**beside):
    """Write the plan from both lists.

    A commune whose name is on the list of 2025 goes on; which others went into which is not in our
    data, so they only move, and names that are new are founded.
    """
    new = {row.name: row for row in rows_of_2025()}
    province = new.pop("Tỉnh Phú Thọ")
    known = {row.name for row in packs.units() if row.division_type in {"xã", "phường", "thị trấn"}}
    said = called(province)
    said.pop("kind")
    communes = [row for row in packs.units() if row.parent_code.count("-") == 1]
    steps = [
        {"rename": "26", **said, "code": province.code},
        {"move": [row.code for row in communes if row.code not in MERGED], "under": "26"},
        {
            "merge": list(MERGED),
            "into": {"code": new["Phường Phúc Yên"].code, "under": "26"}
            | called(new.pop("Phường Phúc Yên")),
        },
        {"dissolve": [row.code for row in packs.units() if row.parent_code == "26"]},
        *(
            {"found": {"code": row.code, "under": "26"} | called(row)}
            for row in new.values()
            if row.name not in known
        ),
    ]
    plan = {"plan": "phu-tho-2025", "day": DAY.isoformat(), "steps": steps} | beside
    return yaml.safe_dump(plan, allow_unicode=True, sort_keys=False)


@pytest.fixture
def cells():
    """The tree of 2024 with a cell in each of the three wards and one elsewhere, two seals each."""
    found_units(actor=SYSTEM, tree=demo_tree(Choices(day=DAY, only=("-",))))
    UnitVersion.objects.update(first_day=date(2024, 1, 1))
    made = []
    for number, code in enumerate((*MERGED, "26-244-8746")):
        ward = Unit.objects.get(code=code)
        path = rules.child_path(ward.path, 1)
        cell, secretary, _scribe = journey.cell(4, parent=ward, path=path, bucket=ward.bucket)
        for month in (3, 4 + number % 2):
            journey.sealed(cell, secretary, date(2025, month, 3))
        made.append(cell)
    return made


def sound():
    checked = verify.verify()
    assert checked.findings == []
    assert list(recount.differences()) == []
    return checked.meetings


def test_the_list_of_2025_has_148_communes_and_wards():
    rows = rows_of_2025()
    assert [row.division_type for row in rows].count("tỉnh") == 1
    assert len(rows) == 149
    assert len({row.code for row in rows}) == 149


def test_the_province_of_2025(cells, django_assert_max_num_queries):
    assert Unit.objects.filter(kind="commune_committee").count() == 121
    assert sound() == 8
    months, before = list(MeetingMonth.objects.values()), dump()
    with django_assert_max_num_queries(1400):
        apply_plan(actor=SYSTEM, text=plan_of_2025())
    province = Unit.objects.get(code="25")
    assert (province.name, province.name_fold) == ("Tỉnh ủy Phú Thọ", "tinh uy phu tho")

    # The districts have ended, their communes stand under the province.
    districts = Unit.objects.filter(kind="district_committee")
    assert {district.last_day for district in districts} == {EVE}
    live = UnitVersion.objects.filter(last_day=None, kind="commune_committee")
    assert set(live.values_list("parent_id", flat=True)) == {province.uid}
    names = set(live.values_list("name", flat=True))
    assert {called(row)["name"] for row in rows_of_2025()[1:]} <= names

    # Every cell is where it was, in today's tree and in that of its meetings.
    phuc_yen = Unit.objects.get(name=PHUC_YEN)
    for cell, code in zip(cells, (*MERGED, "26-244-8746"), strict=True):
        cell.refresh_from_db()
        ward = Unit.objects.get(code=code)
        above = phuc_yen if code in MERGED else ward
        assert (cell.parent, cell.path[:-4]) == (above, above.path)
        assert rules.is_under(cell.path, province.path)
        was, now = (queries.version_on(cell.uid, day) for day in (EVE, DAY))
        assert (was.parent, now.parent) == (ward, above)
        assert queries.version_on(was.parent_id, EVE).parent.kind == "district_committee"
        assert (queries.version_on(ward.uid, DAY) is None) == (code in MERGED)
    assert {s.from_unit.code for s in UnitSuccession.objects.filter(to_unit=phuc_yen)} == set(
        MERGED
    )
    assert sound() == 8
    assert list(MeetingMonth.objects.values()) == months

    undo_plan(actor=SYSTEM, plan_code="phu-tho-2025")
    assert dump() == before
    assert sound() == 8
    # What was taken back can be applied anew.
    apply_plan(actor=SYSTEM, text=plan_of_2025())
    assert sound() == 8


def test_the_command_says_what_it_will_do_and_does_it(cells, tmp_path, capsys):
    path = tmp_path / "plan.yaml"
    path.write_text(plan_of_2025(), encoding="utf-8")
    before = dump()

    def said(*options):
        out = StringIO()
        call_command("reorganise", path, *options, stdout=out)
        return out.getvalue()

    effect = said("--dry-run")
    assert dump() == before
    assert PHUC_YEN in effect
    assert "Thành ủy Phúc Yên" in effect
    said()
    assert dump() != before
    said("--undo")
    assert dump() == before
    for wrong in ("plan: x", "\xff", plan_of_2025(day="2030-01-01")):
        path.write_bytes(wrong.encode("latin-1", "ignore") if wrong == "\xff" else wrong.encode())
        with pytest.raises(SystemExit) as ended:
            call_command("reorganise", path, stdout=StringIO(), stderr=StringIO())
        assert ended.value.code == 1
    assert dump() == before


# ── cells that merge ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def three():
    """Three cells of one ward, two with seals, all with a matter that waits."""
    ward = UnitFactory().parent
    made = [journey.cell(4, parent=ward) for _ in range(3)]
    for number, (cell, secretary, _scribe) in enumerate(made):
        for month in (4, 5)[: 2 - number]:
            journey.sealed(cell, secretary, date(2025, month, 3))
        meetings.propose_topic(actor=secretary, unit_uid=cell.uid, title=f"Việc {number}")
    return made


def merging(three, into="{name: Chi bộ Liên thôn, as: moi}", day=DAY, **said):
    units = [cell.uid for cell, *_ in three]
    return f"plan: gop\nday: {day}\nsteps:\n  - {{merge: [{', '.join(units)}], into: {into}}}\n"


def seal_next(cell, day, merged_secretary):
    member = merged_secretary.members.get()
    Post.objects.create(
        bucket=member.bucket, member=member, unit=cell, role="secretary", title="Bí thư",
        first_day=day - timedelta(days=30),
    )  # fmt: skip
    merged_secretary.__dict__.pop("_holdings", None)
    return journey.sealed(cell, merged_secretary, day)


def test_a_merged_cell_starts_from_all_heads(three):
    with clock.at(journey.evening(date(2025, 8, 1))):
        apply_plan(actor=SYSTEM, text=merging(three))
    cell = Unit.objects.get(name="Chi bộ Liên thôn")
    assert len(queries.roll(cell.uid, DAY)) == 12
    for old, *_ in three:
        assert queries.roll(old.uid, DAY) == []
        assert len(queries.roll(old.uid, EVE)) == 4
    assert not Post.objects.filter(last_day=None).exists()
    open_matters = Matter.objects.exclude(state="discharged")
    assert set(open_matters.values_list("unit_id", "state")) == {(cell.uid, "waiting")}
    assert set(Task.objects.exclude(state="done").values_list("unit_id", flat=True)) == {cell.uid}
    assert sound() == 3  # an open task goes on elsewhere, and its meeting's seal holds

    day = date(2025, 9, 3)
    waiting = open_matters.count()
    meeting = seal_next(cell, day, three[0][1])
    assert meeting.reports.count() + meeting.items.exclude(matter_uid=None).count() == waiting
    heads = {SealedRecord.objects.filter(unit=old).latest("position").link for old, *_ in three[:2]}
    record = SealedRecord.objects.get(meeting=meeting)
    assert (set(record.previous), len(record.previous)) == (heads, 2)
    assert sound() == 4
    journey.sealed(cell, three[0][1], date(2025, 10, 3))
    assert len(SealedRecord.objects.get(unit=cell, position=2).previous) == 1
    assert sound() == 5

    # Every tampering is named, before the merger, at it and behind it.
    for record in SealedRecord.objects.order_by("position"):
        SealedRecord.objects.filter(pk=record.pk).update(link="0" * 64)
        assert record.meeting_id in {f.meeting_uid for f in verify.verify().findings}
        SealedRecord.objects.filter(pk=record.pk).update(link=record.link)
    assert sound() == 5
    first = SealedRecord.objects.get(meeting=meeting)
    SealedRecord.objects.filter(pk=first.pk).update(previous=first.previous[:1])
    assert meeting.uid in {f.meeting_uid for f in verify.verify().findings}
    SealedRecord.objects.filter(pk=first.pk).update(previous=first.previous)
    for lost in UnitSuccession.objects.filter(from_unit=three[0][0]):
        lost.delete()
        assert meeting.uid in {f.meeting_uid for f in verify.verify().findings}
    task = Task.objects.filter(unit=cell, meeting__unit=three[1][0]).first()
    if task:
        Task.objects.filter(pk=task.pk).update(unit=three[2][0])
        assert task.meeting_id in {f.meeting_uid for f in verify.verify().findings}


def test_a_cell_that_takes_others_in_follows_both_chains_once(three):
    (cell, secretary, _), *others = three
    with clock.at(journey.evening(date(2025, 8, 1))):
        apply_plan(actor=SYSTEM, text=merging(others, into=cell.uid))
    assert sound() == 3
    journey.sealed(cell, secretary, date(2025, 9, 3))
    journey.sealed(cell, secretary, date(2025, 10, 3))
    lengths = SealedRecord.objects.filter(unit=cell).order_by("position")
    assert [len(record.previous) for record in lengths] == [0, 1, 2, 1]
    assert sound() == 5


def test_a_merger_of_mergers_and_of_a_split_reaches_the_heads_behind(three):
    first, second, third = (cell for cell, *_ in three)
    days = [date(2025, 7, day) for day in (1, 8, 15)]
    texts = [
        merging(three[:2]),
        f"plan: chia\nday: 2025-07-08\nsteps:\n  - split: {third.uid}\n    into:\n"
        "      - {name: Chi bộ A, code: A}\n      - {name: Chi bộ B, code: B}\n",
    ]
    for day, text in zip(days, texts, strict=False):
        with clock.at(journey.evening(day)):
            apply_plan(actor=SYSTEM, text=text)
    both = Unit.objects.get(name="Chi bộ Liên thôn")
    text = (
        f"plan: lai\nday: 2025-07-15\nsteps:\n"
        f"  - {{merge: [{both.uid}, A, B], into: {{name: Chi bộ Chung}}}}\n"
    )
    with clock.at(journey.evening(days[2])):
        apply_plan(actor=SYSTEM, text=text)
    cell = Unit.objects.get(name="Chi bộ Chung")
    meeting = seal_next(cell, date(2025, 9, 3), three[0][1])
    heads = {
        SealedRecord.objects.filter(unit=old).latest("position").link for old in (first, second)
    }
    assert set(SealedRecord.objects.get(meeting=meeting).previous) == heads
    assert sound() == 4
    assert len(queries.roll(cell.uid, date(2025, 9, 3))) == 12


def test_undo_is_refused_once_a_meeting_hangs_on_it(three):
    before = dump()
    with clock.at(journey.evening(date(2025, 8, 1))):
        apply_plan(actor=SYSTEM, text=merging(three))
        cell = Unit.objects.get(name="Chi bộ Liên thôn")
    with clock.at(journey.evening(date(2025, 8, 2))):
        undo_plan(actor=SYSTEM, plan_code="gop")
        assert dump() == before
        apply_plan(actor=SYSTEM, text=merging(three))
        cell = Unit.objects.get(name="Chi bộ Liên thôn")
        meetings.plan_meeting(actor=SYSTEM, unit_uid=cell.uid)
        with pytest.raises(DomainError, match=r"org\.done_since_plan") as refused:
            undo_plan(actor=SYSTEM, plan_code="gop")
        assert "Chi bộ Liên thôn" in str(refused.value.message)


def test_undo_is_refused_after_a_day(three):
    with clock.at(journey.evening(date(2025, 8, 1))):
        apply_plan(actor=SYSTEM, text=merging(three))
    with (
        clock.at(journey.evening(date(2025, 8, 3))),
        pytest.raises(DomainError, match=r"org\.undo_too_late"),
    ):
        undo_plan(actor=SYSTEM, plan_code="gop")


@pytest.mark.parametrize(
    ("ready", "code"), [("open", "org.plan_in_session"), ("late", "org.plan_met_since")]
)
def test_a_cell_in_session_or_met_since_is_not_ended(three, ready, code):
    cell, secretary, _scribe = three[2]
    if ready == "open":
        journey.opened(cell, secretary, date(2025, 6, 3))
    else:
        journey.sealed(cell, secretary, date(2025, 8, 3))
    before = dump()
    with pytest.raises(DomainError, match=code):
        apply_plan(actor=SYSTEM, text=merging(three))
    assert dump() == before


def test_what_stood_on_the_agenda_of_a_meeting_never_held_waits_for_the_heir(three):
    cell, secretary, _scribe = three[2]
    with clock.at(journey.evening(date(2025, 6, 28))):
        meeting = meetings.plan_meeting(actor=secretary, unit_uid=cell.uid)
    assert Matter.objects.get(unit=cell).state == "on_agenda"
    before = dump()
    with clock.at(journey.evening(date(2025, 7, 2))):
        apply_plan(actor=SYSTEM, text=merging(three))
        assert Matter.objects.get(title="Việc 2").state == "waiting"
        assert Meeting.objects.get(uid=meeting.uid).unit == cell
        assert list(recount.differences()) == []
        undo_plan(actor=SYSTEM, plan_code="gop")
    assert dump() == before


def test_a_dissolved_cell_needs_an_heir(three):
    cell = three[2][0]
    text = f"plan: x\nday: {DAY}\nsteps: [{{dissolve: {cell.uid}}}]"
    with pytest.raises(DomainError) as refused:
        apply_plan(actor=SYSTEM, text=text)
    assert refused.value.code == "org.plan_members_left"
    assert Membership.objects.filter(unit=cell, last_day=None).count() == 4
