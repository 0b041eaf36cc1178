"""Whatever plans follow each other: the tree stays dated and whole, and each is undone exactly."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from nenmong.core.errors import DomainError
from nenmong.org import rules
from nenmong.org.models import (
    Member,
    Membership,
    Reorganisation,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from nenmong.org.tests.factories import LONG_AGO
from nenmong.org.tests.plans import apply, dump, planted, undo

pytestmark = pytest.mark.django_db

# A step is written when its turn comes, with cells c, d and wards w, v of that day's tree.
STEPS = [
    "{{rename: {c}, name: Khác}}",
    "{{rename: {w}, name: Khác}}",
    "{{move: {c}, under: {w}}}",
    "{{move: {w}, under: {v}}}",
    "{{merge: [{c}], into: {d}}}",
    "{{merge: [{c}, {d}], into: {{name: G, under: {w}}}}}",
    "{{merge: [{w}, {v}], into: {{name: G, under: P}}}}",
    "{{split: {c}, into: [{{name: A}}, {{name: B}}]}}",
    "{{split: {w}, into: [{{name: A, under: P}}, {{name: B, under: P}}]}}",
    "{{dissolve: {c}, into: {d}}}",
    "{{dissolve: {w}, into: {v}}}",
    "{{found: {{name: F, kind: commune_committee, under: {w}}}}}",
]
numbers = st.integers(0, 9)
steps = st.tuples(st.sampled_from(STEPS), numbers, numbers, numbers, numbers)


def written(step):
    template, *numbers = step
    live = Unit.objects.exclude(versions=None).filter(last_day=None).order_by("path")
    cells = list(live.filter(kind="cell").values_list("uid", flat=True))
    wards = list(live.filter(kind="commune_committee").values_list("uid", flat=True))
    c, d, w, v = numbers
    return template.format(
        c=cells[c % len(cells)], d=cells[d % len(cells)],
        w=wards[w % len(wards)], v=wards[v % len(wards)],
    )  # fmt: skip


one_plan = st.tuples(st.lists(steps, min_size=1, max_size=2), st.integers(0, 3))


@pytest.mark.slow  # twenty trees, each changed up to five times
@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(one_plan, min_size=2, max_size=5))
def test_any_plans_keep_the_tree_dated_and_are_undone_exactly(plans):
    Unit.objects.update(parent=None)  # of the example before
    for model in (UnitSuccession, Reorganisation, UnitVersion, Membership, Member, Unit):
        model.objects.all().delete()
    planted()
    done = 0
    days = [date(2026, 10, 1 + number) for number in range(len(plans))]
    for number, (some, chance) in enumerate(plans):
        before = dump()
        text = [written(step) for step in some]
        applied = None
        with suppress(DomainError):
            applied = apply(*text, day=days[number].isoformat(), code=f"plan {number}")
        if applied is None:
            assert dump() == before
            continue
        done += 1
        sound([LONG_AGO, *days, date(2026, 11, 1)])
        if chance == 0:
            undo(f"plan {number}")
            assert dump() == before
    event(f"{done} applied")


def sound(days):
    """Every promise of the dated tree."""
    units = {unit.uid: unit for unit in Unit.objects.exclude(versions=None)}
    assert len({unit.path for unit in units.values()}) == len(units)
    spans = {}
    for version in UnitVersion.objects.all():
        spans.setdefault(version.unit_id, []).append(version)
    for uid, versions in spans.items():
        versions.sort(key=lambda version: version.first_day)
        held = [rules.Span(version.first_day, version.last_day) for version in versions]
        assert not rules.overlaps(held)
        assert [s.last + timedelta(days=1) for s in held[:-1]] == [s.first for s in held[1:]]
        assert held[-1].last == units[uid].last_day
        if units[uid].last_day is None:
            now = versions[-1]
            assert (now.path, now.parent_id, now.name) == (
                units[uid].path, units[uid].parent_id, units[uid].name,
            )  # fmt: skip
    for day in days:
        there = {v.unit_id: v for some in spans.values() for v in some
                 if rules.Span(v.first_day, v.last_day).holds(day)}  # fmt: skip
        assert len({v.path for v in there.values()}) == len(there)
        for version in there.values():
            if version.parent_id:
                assert version.path[:-4] == there[version.parent_id].path
        members = Counter(Membership.objects.on(day).values_list("member_id", flat=True))
        assert set(members.values()) == {1}
        assert sum(members.values()) == 12
        assert set(Membership.objects.on(day).values_list("unit_id", flat=True)) <= set(there)
