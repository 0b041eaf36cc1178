"""The arithmetic of documents: load against quota, days of bulletins, differences, states."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.directives.rules import bulletins, kinds, load, states
from nenmong.directives.rules.differences import Way, compare, paragraphs
from nenmong.directives.rules.load import Load

numbers = st.integers(0, 200)
loads = st.builds(Load, numbers, numbers, numbers, numbers)
days = st.dates(date(2018, 1, 1), date(2040, 12, 31))
texts = st.lists(st.text(st.sampled_from("ab c"), max_size=12), max_size=6).map("\n".join)


@given(st.lists(st.tuples(st.sampled_from("xyz"), loads), max_size=20), loads, loads)
def test_load_by_kind_counts_every_cell_once(cells, added, quota):
    rows = load.by_kind(cells, added, dict.fromkeys("xyz", quota))
    assert sum(row.cells for row in rows) == len(cells)
    over = sum(bool(load.over(one + added, quota)) for _kind, one in cells)
    assert sum(row.over for row in rows) == over
    for row in rows:
        assert bool(row.over) == bool(row.tightest)
        for name in load.MEASURES:
            assert getattr(row.typical, name) <= getattr(row.most, name)


def test_a_quota_of_nothing_is_none():
    assert load.over(Load(9, 9, 9, 9), Load()) == ()
    assert load.over(Load(6, 41, 45, 0), Load(5, 40, 45, 10)) == ("documents", "pages")


@pytest.mark.parametrize(
    ("today", "fixed", "month"),
    [("2026-11-02", 3, "2026-11-01"), ("2026-11-03", 3, "2026-12-01"),
     ("2026-12-20", 3, "2027-01-01"), ("2026-12-01", 28, "2026-12-01")],
)  # fmt: skip
def test_the_month_whose_meetings_are_still_to_come(today, fixed, month):
    assert load.month_for(date.fromisoformat(today), fixed) == date.fromisoformat(month)


@given(days, st.integers(1, 28))
def test_bulletins_are_due_before_what_they_are_for(today, day):
    for row in bulletins.expected(today, day):
        assert row.due_on < row.for_month
        assert row.for_month - row.due_on <= timedelta(days=31)
        assert row.for_month.day == 1


def test_the_thematic_one_is_out_at_the_end_of_the_quarter_before():
    assert bulletins.thematic_due(date(2027, 1, 1)) == date(2026, 12, 31)
    assert bulletins.monthly_due(date(2027, 1, 1), 15) == date(2026, 12, 15)
    assert bulletins.is_late(date(2026, 12, 15), None, date(2026, 12, 16))
    assert not bulletins.is_late(date(2026, 12, 15), date(2026, 12, 15), date(2027, 1, 9))


@given(texts, texts)
def test_a_comparison_holds_both_texts(before, after):
    rows = compare(before, after)

    def joined(left_out):
        kept = (" ".join(text for way, text in row.pieces if way is not left_out) for row in rows)
        return [" ".join(text.split()) for text in kept if text.strip()]

    def plain(text):
        return [" ".join(line.split()) for line in paragraphs(text)]

    assert joined(Way.TAKEN) == plain(after)
    assert joined(Way.ADDED) == plain(before)
    assert [row.number for row in rows if row.number] == list(range(1, len(plain(after)) + 1))


def test_what_did_not_change_is_not_marked():
    rows = compare("Một.\nHai ba.\nBốn.", "Một.\nHai năm.\nBốn.\nSáu.")
    assert [row.changed for row in rows] == [False, True, False, True]


@given(st.lists(st.tuples(st.sampled_from(states.Move), st.booleans()), max_size=12))
def test_a_document_is_always_in_one_state_and_its_end_is_one(moves):
    state, seen = states.State.DRAFT, []
    for move, meets in moves:
        unadopted = move is states.Move.ISSUE and meets and state is states.State.DRAFT
        if move not in states.possible(state) or unadopted:
            with pytest.raises(states.NotPossibleError) as refused:
                states.after(state, move, meets=meets)
            assert refused.value.possible == states.possible(state)
            continue
        state = states.after(state, move, meets=meets)
        seen.append(state)
        assert state in states.State
    ended = [at for at, one in enumerate(seen) if one in states.ENDED]
    assert ended in ([], [len(seen) - 1])


@pytest.mark.parametrize(
    ("number", "count"),
    [("05-HD/ĐU", 5), ("127-hd/TU", 127), (" 7-HD", 7), ("05-CT/ĐU", None), ("HD/05", None),
     ("", None), ("٣-HD/ĐU", None)],
)  # fmt: skip
def test_the_number_of_a_printed_one(number, count):
    assert kinds.counted(number, "HD") == count


@given(st.integers(1, 999))
def test_a_number_reads_as_it_was_written(number):
    assert kinds.counted(kinds.number_text(number, "HD", "ĐU"), "HD") == number
