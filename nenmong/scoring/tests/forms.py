"""Forms for tests: the issued ones, small ones made by hand, and random ones."""

from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from nenmong.scoring.rules.facts import FACTS
from nenmong.scoring.rules.loading import load
from nenmong.scoring.rules.pack import Pack

FOLDER = Path(__file__).resolve().parents[3] / "packs" / "criteria"
ISSUED = ("an-phu-2025", "hd12-2018", "hd42-2025")


def issued(code: str) -> bytes:
    return (FOLDER / f"{code}.yaml").read_bytes()


def form(*criteria: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a form of one group, its total what the criteria add up to."""
    total = sum(one.get("max", 0) for one in criteria)
    each = [{"name": {"vi": "Tiêu chí"}, **one} for one in criteria]
    return {
        "pack": "thu-2025",
        "version": "2025.1",
        "name": {"vi": "Phiếu thử"},
        "source": {"document": "Thử", "date": None, "url": ""},
        "completeness": "full",
        "effective_from": "2025-11-01",
        "effective_to": None,
        "applies_to": {},
        "total": total,
        "step": 0.5,
        "groups": [{"id": "all", "name": {"vi": "Nhóm"}, "max": total, "criteria": each}],
        "grades": [
            {"id": "good", "name": {"vi": "Tốt"}, "min": total * 9 / 10},
            {"id": "fair", "name": {"vi": "Khá"}, "min": total * 7 / 10},
            {"id": "poor", "name": {"vi": "Kém"}, "min": 0},
        ],
        **changes,
    }


def written(content: Any) -> bytes:
    """Return a form as YAML without references, its days as days."""

    class Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False)
    return text.replace("'2025-11-01'", "2025-11-01").encode()


def pack_of(*criteria: dict[str, Any], **changes: Any) -> Pack:
    loaded = load(written(form(*criteria, **changes)))
    assert loaded.pack is not None, loaded.findings
    return loaded.pack


# --- random ones -----------------------------------------------------------------------------

RATES = ("attendance_rate", "speakers_rate", "tasks_done_rate")
COUNTS = (
    "unexcused_absences", "late_members", "tasks_due", "duration_shortfall", "members_present",
    "speakers", "members_due", "days_from_fixed_day",
)  # fmt: skip
YES_NO = ("has_cell_committee", "committee_met_before", "minutes_adopted")
NUMBERS = (*RATES, *COUNTS, "duration_ratio")


def bounds(name: str) -> st.SearchStrategy[dict[str, Any]]:
    if name in YES_NO:
        return st.fixed_dictionaries({"is": st.booleans()})
    numbers = (
        st.sampled_from([0, 0.25, 0.4, 0.5, 0.9, 1])
        if name in RATES or name == "duration_ratio"
        else st.integers(0, 4)
    )
    return st.dictionaries(
        st.sampled_from(["min", "max", "above", "below", "is"]), numbers, min_size=1, max_size=2
    )


def some_tests(most) -> st.SearchStrategy[dict[str, Any]]:
    names = st.lists(st.sampled_from([*NUMBERS, *YES_NO]), min_size=1, max_size=most, unique=True)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries({name: bounds(name) for name in chosen})
    )


def whens() -> st.SearchStrategy[dict[str, Any]]:
    entries = st.lists(some_tests(2), min_size=1, max_size=2)
    return st.one_of(
        some_tests(2),
        some_tests(2),
        st.builds(lambda first, more: {**first, "any": more}, some_tests(1), entries),
    )


levels = st.builds(
    lambda some, last: {"levels": [*some, *([{"points": last}] if last is not None else [])]},
    st.lists(
        st.fixed_dictionaries({"points": st.integers(0, 10), "when": whens()}),
        min_size=1, max_size=4,
    ),
    st.none() | st.integers(0, 10),
)  # fmt: skip
deducts = st.builds(
    lambda fact, per, points, floor: {
        "deduct": {"fact": fact, "per": per, "points": points, "floor": floor}
    },
    st.sampled_from(NUMBERS), st.sampled_from([0.1, 1, 2]), st.sampled_from([0.5, 1, 3]),
    st.integers(0, 4),
)  # fmt: skip
ways = st.one_of(
    levels, levels, deducts, st.just({"judged": {}}), st.just({"yes_no": {}}),
    st.sampled_from(YES_NO).map(lambda fact: {"yes_no": {"fact": fact}}),
)  # fmt: skip


@st.composite
def criteria(draw: Any) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        one = {"id": f"c{number}", "max": 10, **draw(ways)}
        if draw(st.booleans()):
            gives = draw(st.sampled_from(["full", "excluded"]))
            one["not_applicable"] = {"when": draw(some_tests(2)), "gives": gives}
        found.append(one)
    return found


@st.composite
def packs(draw: Any) -> Pack:
    """A random form, with an override now and then; it may be odd, but it is one."""
    overrides = [
        {"id": f"o{number}", "grade": draw(st.sampled_from(["fair", "poor"])),
         "when": draw(some_tests(2)), "reason": {"vi": "Lý do"}}
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return pack_of(*draw(criteria()), overrides=overrides)


def value_of(name: str) -> st.SearchStrategy[Any]:
    rule = FACTS[name]
    if rule.type == "bool":
        return st.booleans()
    if rule.type == "rate":
        return st.one_of(
            st.sampled_from([Decimal("0.25"), Decimal("0.4"), Decimal("0.5"), Decimal("0.9")]),
            st.fractions(0, 1, max_denominator=30),
        )
    if rule.type == "int":
        return st.integers(-3 if rule.signed else 0, 6)
    return st.fractions(0, 2, max_denominator=30)


@st.composite
def facts(draw: Any, *, whole: bool = False) -> dict[str, Any]:
    """Facts that agree with the relations; without `whole` any may be missing."""
    found = {name: draw(value_of(name)) for name in (*RATES, *COUNTS, *YES_NO)}
    required = draw(st.sampled_from([30, 45, 60, 90, 120]))
    minutes = draw(st.integers(0, 130))
    found |= {
        "required_minutes": required, "duration_minutes": minutes,
        "duration_shortfall": max(0, required - minutes),
        "duration_ratio": Fraction(minutes, required),
    }  # fmt: skip
    low, middle, high = sorted([found["speakers"], found["members_present"], found["members_due"]])
    found |= {"speakers": low, "members_present": middle, "members_due": high}
    if found["unexcused_absences"] and found["attendance_rate"] == 1:
        found["unexcused_absences"] = 0
    if not found["has_cell_committee"]:
        found["committee_met_before"] = True
    for due, rate in (("members_due", "attendance_rate"), ("tasks_due", "tasks_done_rate")):
        if found[due] == 0:
            found[rate] = None
    if not whole:
        for name in draw(st.sets(st.sampled_from(sorted(found)), max_size=4)):
            found[name] = None
    return found


@st.composite
def decisions(draw: Any, pack: Pack) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, criterion in pack.criteria.items():
        if draw(st.booleans()):
            yes_no = type(criterion.way).__name__ == "YesNo"
            found[name] = draw(
                st.booleans() if yes_no else st.integers(0, 20).map(lambda half: Decimal(half) / 2)
            )
    return found


def without_overrides(pack: Pack) -> Pack:
    names = [one.name for one in fields(pack) if one.init]
    return Pack(**{name: getattr(pack, name) for name in names} | {"overrides": ()})
