"""The demo: texts and units are whole, the same choices build the same, nothing else is touched."""

import fcntl
import os
import socket
import stat
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from nenmong.accounts.models import User
from nenmong.config.demo import accounts, marker, packs, tree
from nenmong.config.demo.build import build, empty
from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import FOUNDED, Choices
from nenmong.config.demo.deck import Deck
from nenmong.config.demo.marker import Holds
from nenmong.config.demo.names import Names, blocked
from nenmong.config.demo.sentences import Refused
from nenmong.config.demo.story import days_of
from nenmong.config.management.commands import demo
from nenmong.core import ids
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry
from nenmong.core.rules import fold
from nenmong.meetings import queries
from nenmong.meetings.models import Matter, Meeting, Speech
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
    held, coming = Meeting.objects.order_by("month")
    assert (held.status, held.held_on) == (Meeting.Status.SEALED, date(2026, 7, 3))
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
        "bithu", "thuky", "dangvien", "thanhuy", "bantochuc", "kiemtra", "lanhdao", "tocongtac",
        "quantri",
    ]  # fmt: skip
    assert all(one.post for one in shown)
    assert shown[-2].post.startswith("Theo dõi: Đảng ủy phường Xuân Hòa; ")
    assert shown[0].post == f"Bí thư, {CELL}"
    assert all(User.objects.get(username=one.username).check_password(WORD) for one in shown)
    assert Member.objects.filter(memberships__isnull=False).count() == 32
    assert {"official", "probationary", "exempt"} == set(
        Membership.objects.values_list("status", flat=True)
    )


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


# ── the command ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.TODAY = None
    return tmp_path


@pytest.fixture
def built(monkeypatch):
    """The choices built so far, each leaving its marker and one account behind."""
    seen = []

    def quick(choices, *, password, progress):
        marker.begin(actor=SYSTEM, choices=choices)
        User.objects.create_user("bithu", password, full_name="Đỗ Thị Mơ")
        if choices.seed:  # a seed of 0 is broken off
            marker.finish(actor=SYSTEM, choices=choices)
        seen.append(choices)

    monkeypatch.setattr(demo, "build", quick)
    return seen


@pytest.mark.django_db(transaction=True)
def test_the_same_choices_keep_the_demo_and_others_build_it_anew(home, built, capsys):
    call_command("demo", no_serve=True, today="2026-07-10")
    User.objects.create_user("khach", "x", full_name="Khách")
    call_command("demo", no_serve=True, today="2026-07-10")
    assert len(built) == 1
    assert User.objects.filter(username="khach").exists()
    capsys.readouterr()
    call_command("demo", no_serve=True, today="2026-07-10", seed="0")
    said = capsys.readouterr().out
    assert "10/07/2026" in said
    assert not User.objects.filter(username="khach").exists()
    assert marker.look().holds is Holds.HALF_A_DEMO
    call_command("demo", no_serve=True, today="2026-07-10", seed="0")
    assert len(built) == 3


@pytest.mark.django_db
def test_the_password_is_kept_for_the_next_start_and_read_by_nobody_else(home, built, capsys):
    call_command("demo", no_serve=True)
    file = home / accounts.FILE
    made = file.read_text().strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(made) == 14
    assert f": {made}\n" in capsys.readouterr().out
    assert User.objects.get().check_password(made)

    call_command("demo", no_serve=True, password=WORD)
    call_command("demo", no_serve=True)
    assert file.read_text() == f"{WORD}\n"
    assert User.objects.get().check_password(WORD)
    assert AuditEntry.objects.filter(verb="accounts.password_set").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", [True, False])
def test_another_password_is_set_in_a_demo_built_by_an_earlier_start(
    home, built, monkeypatch, lost
):
    call_command("demo", no_serve=True)
    monkeypatch.setattr(ids, "_held", ids._Held())  # as in a new process
    if lost:
        (home / accounts.FILE).unlink()
    call_command("demo", no_serve=True, password=None if lost else WORD)
    (kept,) = (home / accounts.FILE).read_text().split()
    assert User.objects.get().check_password(kept)
    assert AuditEntry.objects.filter(verb="accounts.password_set").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("today", ["", "2026-07-10"])
def test_what_is_served_knows_that_it_is_a_demo_and_its_day(home, built, today, monkeypatch):
    calls = []
    monkeypatch.setattr(demo, "call_command", lambda *a, **k: calls.append((a, k)))
    monkeypatch.setattr(os, "environ", {"NENMONG_TODAY": "2020-02-02"})
    call_command("demo", today=today, port=free_port())
    assert os.environ["NENMONG_DEMO"] == "1"
    assert os.environ.get("NENMONG_TODAY", "") == today
    assert calls[-1][0] == ("serve",)
    assert "NENMONG_HOSTS" not in os.environ
    call_command("demo", today=today, host="0.0.0.0", port=free_port())  # noqa: S104
    assert os.environ["NENMONG_HOSTS"] == "*"  # by whatever name a phone in the network calls it


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_taken_is_told_before_anything_is_built(home, built):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port}") as error:
            call_command("demo", port=port)
    assert f"Cổng {port}" in str(error.value)
    assert built == []


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(home, built, port):
    with pytest.raises(CommandError, match="--port"):
        call_command("demo", port=port)


def test_an_empty_password_is_refused(home, built):
    with pytest.raises(CommandError, match="--password"):
        call_command("demo", no_serve=True, password="")


def test_a_folder_that_cannot_be_written_to_is_told(settings, tmp_path, built):
    (tmp_path / "file").touch()
    settings.HOME = tmp_path / "file" / "home"
    with pytest.raises(CommandError, match="NENMONG_HOME"):
        call_command("demo", no_serve=True)


def test_a_demo_that_is_served_is_not_built_anew(home):
    with demo.locked(home) as first:
        with demo.locked(home), pytest.raises(Refused):
            demo.change_lock(first, fcntl.LOCK_EX)
        demo.change_lock(first, fcntl.LOCK_EX)


def test_an_old_demo_says_how_to_build_it_for_today(capsys):
    demo.Command().say_age(Choices(timezone.localdate() - timedelta(days=40)))
    assert "--today" in capsys.readouterr().out


def test_help_shows_every_option():
    text = demo.Command().create_parser("nenmong", "demo").format_help()
    for option in ("scale", "today", "months", "port", "host", "password", "no-serve", "seed"):
        assert f"--{option}" in text
    assert "%" not in text


def test_the_world_of_the_demo_begins_before_its_first_meeting():
    assert read(today="2026-07-10", months="36").first_month > FOUNDED
