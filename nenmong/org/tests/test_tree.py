"""The dated tree: what lies under a unit, where its bucket comes from, what it was called when."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.org import actions, queries, rules
from nenmong.org.actions import NewUnit
from nenmong.org.models import Unit, UnitVersion
from nenmong.org.tests.factories import LONG_AGO, UnitFactory, WardFactory

pytestmark = pytest.mark.django_db
once = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def found(parent, kind, name="Tên", **said):
    return actions.create_unit(
        actor=SYSTEM, parent_uid=parent and parent.uid, unit=NewUnit(kind, name, **said),
        first_day=LONG_AGO,
    )  # fmt: skip


# ── what lies under a unit ──────────────────────────────────────────────────────────────────


@once
@given(parents=st.lists(st.integers(0, 30), max_size=12))
def test_the_lookup_says_what_the_rule_says(parents):
    units = [WardFactory()]
    for number in parents:
        units.append(WardFactory(parent=units[number % len(units)]))
    every = list(Unit.objects.values_list("path", flat=True))
    for unit in units:
        under = Unit.objects.under(unit.path).values_list("path", flat=True)
        assert sorted(under) == sorted(p for p in every if rules.is_under(p, unit.path))


def test_the_lookup_is_answered_by_an_index():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is read whole
    plan = Unit.objects.filter(path__under="0001").order_by().explain()
    assert "org_unit_path" in plan or "sqlite_autoindex_org_unit" in plan
    assert "path>" in plan.replace(" ", "") or "Index Cond" in plan


def test_the_lookup_stands_on_joined_rows_too(django_assert_num_queries):
    cell = UnitFactory()
    UnitFactory()
    with django_assert_num_queries(1):
        assert [v.unit_id for v in UnitVersion.objects.filter(
            unit__path__under=cell.parent.path, kind="cell"
        )] == [cell.uid]  # fmt: skip


# ── founding ────────────────────────────────────────────────────────────────────────────────


def test_a_bucket_is_given_under_a_province_inherited_and_kept():
    province = found(None, "provincial_committee")
    wards = [found(province, "commune_committee") for _ in range(3)]
    cells = [found(ward, "cell") for ward in wards for _ in range(2)]
    given = [ward.bucket for ward in wards]
    assert len(set(given)) == 3
    assert [cell.bucket for cell in cells] == [bucket for bucket in given for _ in range(2)]
    renamed = actions.rename_unit(
        actor=SYSTEM, unit_uid=cells[0].uid, name="Khác", from_day=date(2026, 1, 1)
    )
    assert renamed.bucket == given[0]


def test_siblings_have_paths_of_their_own_in_order_of_founding():
    ward = WardFactory()
    paths = [found(ward, "cell").path for _ in range(3)]
    assert paths == [rules.child_path(ward.path, number) for number in (1, 2, 3)]


@pytest.mark.slow  # threads that wait for each other
def test_units_founded_at_once_have_paths_of_their_own(together):
    ward = WardFactory()
    cells = together(*[lambda: found(ward, "cell").path] * 4)
    assert sorted(cells) == [rules.child_path(ward.path, number) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "club"}, "org.unknown_kind"),
        ({"cell_kind": "club"}, "org.unknown_kind"),
        ({"name": " \x00 "}, "org.no_unit_name"),
        ({"name": "x" * 201}, "core.too_long"),
        ({"locality": "x" * 101}, "core.too_long"),
        ({"code": "taken"}, "org.code_taken"),
    ],
)
def test_a_unit_that_is_not_right_is_not_founded(said, code):
    ward = WardFactory(code="taken")
    with pytest.raises(DomainError) as refused:
        found(ward, **{"kind": "cell"} | said)
    assert refused.value.code == code
    assert Unit.objects.count() == 1


def test_a_unit_stands_under_one_that_is_there_and_no_cell():
    cell = UnitFactory()
    with pytest.raises(DomainError, match=r"org\.under_a_cell"):
        found(cell, "cell")
    with pytest.raises(DomainError, match=r"org\.parent_not_there"):
        actions.create_unit(
            actor=SYSTEM, parent_uid=cell.parent.uid, unit=NewUnit("cell", "Tên"),
            first_day=LONG_AGO - timedelta(days=1),
        )  # fmt: skip


# ── what it was called when ─────────────────────────────────────────────────────────────────


def rename(unit, name, day):
    return actions.rename_unit(actor=SYSTEM, unit_uid=unit.uid, name=name, from_day=day)


def test_a_unit_is_read_as_it_was():
    unit = UnitFactory(name="Cũ")
    rename(unit, "Mới", date(2026, 7, 1))
    names = {
        day: queries.version_on(unit.uid, day).name
        for day in (LONG_AGO, date(2026, 6, 30), date(2026, 7, 1), date(2030, 1, 1))
    }
    assert list(names.values()) == ["Cũ", "Cũ", "Mới", "Mới"]
    assert queries.version_on(unit.uid, LONG_AGO - timedelta(days=1)) is None
    unit.refresh_from_db()
    assert (unit.name, unit.name_fold) == ("Mới", "moi")


@once
@given(days=st.lists(st.dates(date(2019, 1, 1), date(2027, 12, 31)), min_size=1, max_size=6))
def test_versions_never_overlap_and_leave_no_gap(days):
    unit = UnitFactory()
    with clock.at(clock.at_hour(date(2026, 11, 24), clock.local(clock.now()).time())):
        for number, day in enumerate(days):
            with suppress(DomainError):  # before the last change, or still to come
                rename(unit, f"Tên {number}", day)
    versions = list(unit.versions.order_by("first_day"))
    held = [rules.Span(version.first_day, version.last_day) for version in versions]
    assert not rules.overlaps(held)
    assert held[0].first == LONG_AGO
    assert [one.last + timedelta(days=1) for one in held[:-1]] == [s.first for s in held[1:]]
    assert held[-1].last is None
    unit.refresh_from_db()
    assert versions[-1].name == unit.name


def test_a_name_still_to_come_is_not_today_s():
    unit = UnitFactory()
    with pytest.raises(DomainError, match=r"org\.day_to_come"):
        rename(unit, "Mới", clock.today() + timedelta(days=1))


def test_the_same_name_again_changes_nothing():
    unit = UnitFactory(name="Cũ")
    rename(unit, " Cũ ", date(2026, 7, 1))
    assert unit.versions.count() == 1


def test_the_grassroots_organisation_is_the_nearest_above():
    cell = UnitFactory()
    grassroots = UnitFactory(kind="grassroots_committee", parent=cell.parent)
    below = UnitFactory(parent=grassroots)
    alone = UnitFactory(kind="grassroots_cell", parent=None)
    assert queries.grassroots_of(cell) == cell.parent
    assert queries.grassroots_of(below) == grassroots
    assert queries.grassroots_of(alone) == alone
