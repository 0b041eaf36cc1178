"""Every text has its Vietnamese, and the check would say so if one had not."""

import pytest
from babel.messages.catalog import Catalog

from scripts import messages


def test_the_vietnamese_catalogue_is_complete():
    assert list(messages.faults(messages.stored(), messages.wanted())) == []


def test_no_text_hides_in_an_f_string():
    assert list(messages.unseen(messages.SOURCE)) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("""f"{_('Member')}, {unit}" """, True),
        ("""f"{str(gettext('Member')).lower():>9}" """, True),
        ("""f"{translation.gettext('Member')}" """, True),
        ("""_("Member") + f", {unit}" """, False),
        ("""f"{word(_)}" """, False),
    ],
)
def test_a_text_in_an_f_string_is_found(tmp_path, line, found):
    for folder in ("house", "house/tests"):  # what tests say is never shown
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.py").write_text(f"\n{line}\n", encoding="utf-8")
    faults = list(messages.unseen(tmp_path / "house"))
    assert [fault.endswith(" house/one.py:2") for fault in faults] == [True] * found


def catalogue(**sentence):
    made = Catalog(locale="vi")
    made.add("Sealed by %(name)s", flags=["python-format"], **sentence)
    return made


@pytest.mark.parametrize(
    ("has", "fault"),
    [
        ({}, "missing"),
        ({"string": ""}, "missing"),
        ({"string": "%(ten)s đã chốt"}, "named"),
        ({"string": "%(name)s đã chốt!"}, "exclamation mark"),
        ({"string": "%(name)s đã chốt "}, "blank at the edge"),
    ],
)
def test_a_gap_is_found(has, fault):
    faults = list(messages.faults(catalogue(**has), catalogue()))
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_text_that_is_gone_is_found():
    assert list(messages.faults(catalogue(string="%(name)s đã chốt"), Catalog())) == [
        "left over: Sealed by %(name)s"
    ]


def test_an_unsure_sentence_is_found():
    unsure = catalogue(string="%(name)s đã chốt")
    next(messages.texts(unsure)).flags.add("fuzzy")
    assert list(messages.faults(unsure, catalogue())) == ["unsure (fuzzy): Sealed by %(name)s"]


def test_sentences_are_filled_in_by_their_english():
    made = catalogue()
    made.add(("%(count)s day", "%(count)s days"))
    made.add("May", context="month")
    unknown = messages.fill(
        made,
        {
            "Sealed by %(name)s": "%(name)s đã chốt",
            "%(count)s day": "%(count)s ngày",
            "month|May": "tháng 5",
            "Gone": "Không còn",
        },
    )
    assert unknown == ["Gone"]
    assert made.get("May", "month").string == "tháng 5"
    assert made.get("%(count)s day").string == ("%(count)s ngày",)
