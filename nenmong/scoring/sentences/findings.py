"""The sentence of each finding, and of each decision that is refused: what, where, what next."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.scoring.rules.findings import Finding
from nenmong.scoring.rules.pack import Condition
from nenmong.scoring.rules.scoring import Refused
from nenmong.scoring.sentences.conditions import condition_words, number_words, value_words
from nenmong.scoring.sentences.facts import LABELS, NOT_SO

FINDINGS = {
    # Reading
    "too_big": gettext_lazy(
        "The file is larger than %(most)s KB, no form is. Choose the form's own file."
    ),
    "encoding": gettext_lazy(
        "The file is not saved as UTF-8. Open it in an editor and save it as UTF-8."
    ),
    "control": gettext_lazy(
        "An invisible character stands here. Delete the line and type it again."
    ),
    "tab": gettext_lazy("A tab stands here. Use blanks instead of tabs."),
    "not_yaml": gettext_lazy(
        "The file cannot be read from here on. Look at the blanks at the beginning of the"
        " line, at colons, quotes and brackets."
    ),
    "not_a_form": gettext_lazy(
        "This file is not a form. A form begins with “pack:”, “version:” and “name:”."
    ),
    "documents": gettext_lazy("A second form begins here. Put each form into a file of its own."),
    "anchor": gettext_lazy(
        "A reference (& or *) stands here. Write the lines out in full instead, or put "
        "quotes around the text."
    ),
    "tag": gettext_lazy("A tag of YAML stands here. Delete it, or put quotes around the text."),
    "too_much": gettext_lazy(
        "The file holds more, or is nested deeper, than any form. Choose the form's own "
        "file."
    ),
    "key": gettext_lazy(
        "A list or group stands where a key is expected. Write a word and a colon."
    ),
    "key_twice": gettext_lazy("“%(key)s” stands twice in the same place. Delete one of them."),
    "long_number": gettext_lazy("A number with too many digits stands here. Write it shorter."),
    "no_such_day": gettext_lazy("There is no day %(day)s. Write year-month-day, like 2025-11-01."),
    # Shape
    "not_a_mapping": gettext_lazy("Under “%(key)s” keys with values are expected, like “vi: …”."),
    "unknown_key": gettext_lazy("A form has no “%(key)s” here. Did you mean “%(nearest)s”?"),
    "no_such_key": gettext_lazy("A form has no “%(key)s” here. Delete it."),
    "missing_key": gettext_lazy("“%(key)s” is missing here. Add it."),
    "not_a_list": gettext_lazy("“%(key)s” must be a list with at least one entry."),
    "not_an_id": gettext_lazy(
        "“%(key)s: %(value)s” is not a code. Use letters, digits, dots and dashes without"
        " blanks, in quotes if it looks like a number."
    ),
    "not_text": gettext_lazy(
        "“%(key)s” must be words, at most 1000 letters; put quotes around them."
    ),
    "not_one_of": gettext_lazy("“%(key)s” must be one of: %(choices)s."),
    "not_a_day": gettext_lazy("“%(key)s” must be a day, like 2025-11-01, without quotes."),
    "not_points": gettext_lazy(
        "“%(key)s: %(value)s” does not fit. Write a number from 0 with at most four "
        "decimals."
    ),
    "not_positive": gettext_lazy("“%(key)s” must be above 0."),
    "number_as_text": gettext_lazy(
        "“%(key)s” holds a number as text: %(value)s. Write it without quotes and signs, "
        "with a point before decimals."
    ),
    "not_a_number": gettext_lazy("“%(key)s: %(value)s” is not a number. Write one, like 0.9."),
    "days_reversed": gettext_lazy(
        "The last day of the form lies before its first. Mend one of them."
    ),
    "explain_full": gettext_lazy(
        "“explain_full” names more than %(most)s criteria. Take some out."
    ),
    "max_without_total": gettext_lazy(
        "A form without points (total: null) has no “max”. Delete it, or give the form a "
        "total."
    ),
    "too_many": gettext_lazy("“%(key)s” has more than %(most)s entries. Take some out."),
    "way_missing": gettext_lazy(
        "It is not said how this criterion gets its points. Add one of: judged, yes_no, "
        "levels, deduct, met."
    ),
    "ways_several": gettext_lazy(
        "This criterion gets its points in more than one way: %(ways)s. Keep one."
    ),
    "met_with_points": gettext_lazy(
        "“met” is only for forms without points (total: null). Use yes_no or levels."
    ),
    "points_without_total": gettext_lazy(
        "A form without points (total: null) has only “met” criteria. Replace “%(way)s”."
    ),
    "grade_bar": gettext_lazy("Grades of this form are given by “%(wanted)s”. Delete “%(key)s”."),
    "fact_not_yes_no": gettext_lazy(
        "“%(name)s” is a number, yes_no needs a fact that is yes or no. Use levels."
    ),
    "fact_not_number": gettext_lazy("“%(name)s” is yes or no, deduct needs a number. Use yes_no."),
    "empty_condition": gettext_lazy(
        "This condition is empty. Write a fact and its bound, or delete the condition."
    ),
    "nested_any": gettext_lazy("“any” stands inside “any”. Write each entry with facts only."),
    "not_yes_no": gettext_lazy("“%(name)s” is yes or no. Write “is: true” or “is: false”."),
    "otherwise_not_last": gettext_lazy(
        "Level %(number)s has no condition but is not the last. Give it a condition or "
        "move it to the end."
    ),
    "too_intricate": gettext_lazy(
        "The conditions of this criterion are too intricate to be checked. Split it into "
        "several criteria."
    ),
    # Names
    "unknown_fact": gettext_lazy("There is no fact “%(name)s”. The nearest is “%(nearest)s”."),
    "unknown_criterion": gettext_lazy(
        "The form has no criterion “%(name)s”. The nearest is “%(nearest)s”."
    ),
    "unknown_grade": gettext_lazy(
        "The form has no grade “%(name)s”. The nearest is “%(nearest)s”."
    ),
    "duplicate_criterion": gettext_lazy(
        "Two criteria have the id “%(id)s”. Give one of them another."
    ),
    "duplicate_group": gettext_lazy("Two groups have the id “%(id)s”. Give one of them another."),
    "duplicate_grade": gettext_lazy("Two grades have the id “%(id)s”. Give one of them another."),
    "duplicate_override": gettext_lazy(
        "Two overrides have the id “%(id)s”. Give one of them another."
    ),
    # Sums and order
    "sum_total": gettext_lazy(
        "The groups add up to %(sum)s points, the form's total is %(whole)s. Make them "
        "agree."
    ),
    "sum_group": gettext_lazy(
        "The criteria of group “%(id)s” add up to %(sum)s points, its max is %(whole)s. "
        "Make them agree."
    ),
    "points_above_max": gettext_lazy(
        "%(points)s points are given here, but the criterion's max is %(max)s. Lower one "
        "or raise the other."
    ),
    "grade_min_order": gettext_lazy(
        "The min of grade “%(id)s” is not below that of the grade before. List grades "
        "from the best down."
    ),
    "grade_missed_at_most_order": gettext_lazy(
        "Grade “%(id)s” does not let more be missed than the grade before. List grades "
        "from the best down."
    ),
    "grade_missed_open": gettext_lazy(
        "Grade “%(id)s” lets any number be missed but is not the last. Give it a number."
    ),
    "grade_last_not_0": gettext_lazy(
        "The last grade, “%(id)s”, must have min 0, so that every meeting has a grade."
    ),
    "grade_last_not_open": gettext_lazy(
        "The last grade, “%(id)s”, must have missed_at_most: null, so that every meeting "
        "has a grade."
    ),
    # Reasoning
    "impossible": gettext_lazy("No meeting can satisfy this condition: %(when)s. Mend its bounds."),
    "hidden": gettext_lazy(
        "Level %(number)s is never reached, earlier levels take everything it wants. Move"
        " it up or change its condition."
    ),
    "gap": gettext_lazy(
        "No level fits these values: %(values)s. The criterion then stays without points "
        "until a person decides. Add a level, or one without a condition at the end."
    ),
    "unreachable": gettext_lazy(
        "When %(values)s, the best meeting possible reaches %(best)s of %(total)s points."
    ),
    "unreachable_always": gettext_lazy(
        "Even the best meeting possible reaches only %(best)s of %(total)s points."
    ),
}  # fmt: skip

REFUSALS = {
    "unknown_criterion": gettext_lazy(
        "The form has no criterion “%(name)s”. The nearest is “%(nearest)s”."
    ),
    "wants_yes_no": gettext_lazy("“%(name)s” is answered by yes or no (true or false)."),
    "wants_points": gettext_lazy("“%(name)s” is given points, a number."),
    "outside": gettext_lazy("“%(name)s” is given 0 to %(max)s points."),
    "off_step": gettext_lazy("“%(name)s” is given points in steps of %(step)s."),
}  # fmt: skip


def finding_words(finding: Finding) -> str:
    """Return what was found as a sentence, with its line where that is known."""
    words = str(FINDINGS[finding.reason]) % _words(finding.params)
    if finding.line is None:
        return words
    return _("Line %(line)s: %(sentence)s") % {"line": finding.line, "sentence": words}


def refusal_words(refused: Refused) -> str:
    """Return why a person's decision was not taken."""
    return str(REFUSALS[refused.code]) % _words(refused.params)


def _words(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _word(value) for key, value in params.items()}


def _word(value: Any) -> Any:
    match value:
        case Condition():
            return condition_words(value)
        case Decimal() | Fraction():
            return number_words(value)
        case Mapping():
            return "; ".join(_pair(name, one) for name, one in value.items())
    return value


def _pair(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(LABELS[name] if value else NOT_SO.get(name, name))
    return f"{LABELS.get(name, name)} = {value_words(name, value)}"
