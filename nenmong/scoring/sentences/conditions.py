"""Conditions and ways of giving points as sentences that anybody at a meeting understands."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nenmong.scoring.rules.facts import FACTS, Value
from nenmong.scoring.rules.pack import (
    Condition,
    Criterion,
    Deduct,
    Judged,
    Level,
    Levels,
    Met,
    Test,
    YesNo,
)
from nenmong.scoring.rules.shape import plain
from nenmong.scoring.sentences.facts import LABELS, NONE, NOT_SO, WHOLE

Number = int | Decimal | Fraction


def fact_words(name: str) -> str:
    """Return what a fact is called, with a capital letter."""
    return _capital(str(LABELS.get(name, name)))


def number_words(value: Number) -> str:
    """Return a number as it is written: 92,5 in Vietnamese, never more than two decimals."""
    if isinstance(value, Fraction):
        value = plain(Decimal(round(value * 100)) / 100)
    text = format(plain(Decimal(value)), "f")
    return text.replace(".", ",") if (get_language() or "vi").startswith("vi") else text


def value_words(name: str, value: Value | None) -> str:
    """Return the value of a fact: a share as per cent, yes or no as a word."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in FACTS and (FACTS[name].type == "rate" or name == "duration_ratio"):
        return number_words(value * 100) + "%"
    return number_words(value)


def condition_words(condition: Condition) -> str:
    """Return a condition as one sentence without a full stop."""
    return _capital(_condition(condition))


def _condition(condition: Condition) -> str:
    parts = [_test(test) for test in condition.tests]
    if condition.any:
        entries = [_joined(_test(test) for test in entry) for entry in condition.any]
        either = entries[0]
        for entry in entries[1:]:
            either = _("%(first)s, or %(second)s") % {"first": either, "second": entry}
        parts.append(either if not parts else f"({either})")
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    each = list(parts)
    if len(each) < 2:  # noqa: PLR2004 -- one needs no word between
        return "".join(each)
    return _("%(first)s and %(second)s") % {"first": ", ".join(each[:-1]), "second": each[-1]}


def _test(test: Test) -> str:
    bounds = {one.operator: one.value for one in test.comparisons}
    name, exact = test.fact, bounds.get("is")
    if isinstance(exact, bool):
        return str(LABELS[name] if exact else NOT_SO.get(name, name))
    if len(bounds) == 1:
        if exact == 0 and name in NONE:
            return str(NONE[name])
        if exact == 1 and name in WHOLE:
            return str(WHOLE[name])
    if set(bounds) == {"min", "max"}:
        words = _("from %(low)s to %(high)s") % {
            "low": value_words(name, bounds["min"]), "high": value_words(name, bounds["max"]),
        }  # fmt: skip
    else:
        words = _joined(_bound(key, value_words(name, value)) for key, value in bounds.items())
    return f"{LABELS[name]} {words}"


def _bound(operator: str, value: str) -> str:
    words = {
        "min": _("from %(value)s up"),
        "max": _("at most %(value)s"),
        "above": _("above %(value)s"),
        "below": _("under %(value)s"),
        "is": _("exactly %(value)s"),
    }[operator]
    return words % {"value": value}


def level_words(level: Level) -> str:
    """Return a level: what it wants and the points it gives."""
    wants = condition_words(level.when) if level.when else _("Otherwise")
    if isinstance(level.points, bool):
        return wants
    return _("%(condition)s: %(points)s points") % {
        "condition": wants, "points": number_words(level.points),
    }  # fmt: skip


def way_words(criterion: Criterion) -> str:
    """Return how a criterion gets its points, its levels with semicolons between."""
    most = number_words(criterion.max or Decimal(0))
    match criterion.way:
        case Judged():
            words = _("A person judges: 0 to %(max)s points") % {"max": most}
        case YesNo(fact=None):
            words = _("A person says yes or no: %(max)s points or 0") % {"max": most}
        case YesNo(fact=str() as fact):
            words = _("%(fact)s: %(max)s points, otherwise 0") % {
                "fact": fact_words(fact), "max": most,
            }  # fmt: skip
        case Levels(levels=levels):
            words = _levels(levels)
        case Deduct():
            words = _deduct(criterion.way, most)
        case Met(when=None):
            words = _("A person says whether it is met")
        case Met(when=Condition() as when):
            words = _("Met when: %(condition)s") % {"condition": _condition(when)}
        case _:
            words = ""
    if criterion.not_applicable is None:
        return words
    if criterion.not_applicable.gives == "full":
        more = _("%(way)s. Full marks when: %(condition)s")
    else:
        more = _("%(way)s. Not counted when: %(condition)s")
    return more % {"way": words, "condition": _condition(criterion.not_applicable.when)}


def _levels(levels: Sequence[Level]) -> str:
    return "; ".join(level_words(level) for level in levels)


def _deduct(way: Deduct, most: str) -> str:
    words = _("%(max)s points, less %(points)s for every %(per)s of: %(fact)s; at least %(floor)s")
    return words % {
        "max": most, "points": number_words(way.points), "per": value_words(way.fact, way.per),
        "fact": LABELS[way.fact], "floor": number_words(way.floor),
    }  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
