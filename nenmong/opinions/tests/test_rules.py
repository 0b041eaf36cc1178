"""The pure rules: the machine, the clocks, what an answer lacks, what a text gives away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core.rules import fold
from nenmong.core.workdays import workdays
from nenmong.opinions.rules import answers, clocks, routing, states, texts
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.opinions.rules.states import Move, State

TODAY = date(2026, 11, 24)


# ── states ──────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from(State), st.sampled_from(Move), st.booleans(), st.booleans(), st.booleans())
def test_a_move_leads_somewhere_or_says_what_does(state, move, to_cell, accepted, own):
    leads = state in states.WAYS[move].before
    assert (move in states.possible(state)) == leads
    if leads:
        assert states.after(state, move, to_cell=to_cell, accepted=accepted, own=own) in State
    else:
        with pytest.raises(states.NotPossibleError) as refused:
            states.after(state, move, to_cell=to_cell, accepted=accepted, own=own)
        assert refused.value.possible == states.possible(state)


def test_every_state_is_reached_and_every_open_one_left():
    reached = {way.after for way in states.WAYS.values()} | {State.AT_CELL}
    assert reached == set(State)
    assert all(states.possible(state) for state in states.OPEN)
    assert states.possible(State.WITHDRAWN) == ()


def test_only_what_was_told_is_closed():
    closing = {move for move, way in states.WAYS.items() if way.after is State.CLOSED}
    assert all(states.WAYS[move].before == {State.ANSWERED} for move in closing)


# ── clocks ──────────────────────────────────────────────────────────────────────────────────


@st.composite
def histories(draw):
    """Stays one after another, each standing still now and then."""
    day = draw(st.dates(date(2024, 1, 1), date(2025, 12, 31)))
    begun, found = day, []
    for number in range(count := draw(st.integers(1, 6))):
        arrived, pauses = day, []
        for _ in range(draw(st.integers(0, 2))):
            day += timedelta(days=draw(st.integers(0, 20)))
            start = day
            day += timedelta(days=draw(st.integers(0, 40)))
            pauses.append((start, day))
        day += timedelta(days=draw(st.integers(0, 30)))
        left = day if number < count - 1 else draw(st.sampled_from([day, None]))
        found.append(clocks.Stay(arrived, left, tuple(pauses)))
    return begun, found, day


@given(histories())
def test_clock_times_sum_to_the_elapsed_working_time(history):
    begun, stays, today = history
    assert clocks.total(stays, today, workdays()) == workdays().between(begun, today)


@given(histories(), st.integers(1, 30))
def test_on_its_due_day_a_clock_has_run_all_it_may(history, allowed):
    _begun, stays, today = history
    stay = clocks.Stay(stays[0].arrived_on, None, stays[0].pauses)
    due = clocks.due(stay, today, workdays(), allowed)
    clock = clocks.read(stay, max(due, today), workdays(), allowed)
    assert clock.over == (0 if due >= today else workdays().between(due, today))


def test_a_clock_that_stands():
    stay = clocks.Stay(date(2026, 11, 2), None, ((date(2026, 11, 9), None),))
    clock = clocks.read(stay, TODAY, workdays(), 10)
    assert (clock.ran, clock.standing, clock.over) == (5, True, 0)
    assert clock.stood == 10  # 10 to 23 November; the 24th is off


def test_who_is_told_when():
    days = clocks.late_steps(date(2026, 11, 20), workdays(), before=2, help_=3, head=7)
    assert days == [date(2026, 11, 18), date(2026, 11, 26), date(2026, 12, 2)]


# ── answers ─────────────────────────────────────────────────────────────────────────────────

GOOD = {
    Result.DONE: {"who": "Tổ quản lý đô thị", "done_on": date(2026, 11, 20)},
    Result.WILL_DO: {"who": "Tổ quản lý đô thị", "promised_on": date(2026, 12, 20),
                     "means": "vốn sự nghiệp của phường"},
    Result.PARTLY: {"who": "Tổ quản lý đô thị", "rest": "35 m cuối ngõ, quý I"},
    Result.CANNOT: {"basis": "Luật Đất đai 2024, Điều 79"},
    Result.NOT_OURS: {"whose": "Sở Xây dựng"},
    Result.HEARD: {},
}  # fmt: skip
WORDS = "Đã nạo vét 120 m cống và thay 4 nắp hố ga."


@pytest.mark.parametrize("result", Result)
def test_each_result_says_what_it_has_to(result):
    assert answers.missing(Draft(result, WORDS, **GOOD[result]), TODAY) == []
    for name in GOOD[result]:
        less = {key: value for key, value in GOOD[result].items() if key != name}
        assert answers.missing(Draft(result, WORDS, **less), TODAY) == [name]


@pytest.mark.parametrize("text", [
    "Đã ghi nhận ý kiến của chi bộ.", "ĐÃ CHUYỂN", "Xin tiếp thu ý kiến của đồng chí.",
    "Đã chuyển cơ quan chức năng.", "Cảm ơn đồng chí.",
])  # fmt: skip
def test_noted_alone_is_no_answer(text):
    draft = Draft(Result.DONE, text, **GOOD[Result.DONE])
    assert answers.missing(draft, TODAY) == ["says_nothing"]
    assert answers.empty_words(text)
    assert answers.missing(Draft(Result.DONE, f"{text} {WORDS}", **GOOD[Result.DONE]), TODAY) == []


def test_a_quarter_is_no_day():
    assert answers.vague_days("sẽ thay bóng đèn trong quý III") == ["trong quy iii"]
    assert answers.vague_days("xong ngày 20/12/2026") == []


def test_days_that_cannot_be():
    passed = GOOD[Result.WILL_DO] | {"promised_on": TODAY}
    assert answers.missing(Draft(Result.WILL_DO, WORDS, **passed), TODAY) == ["day_passed"]
    ahead = GOOD[Result.DONE] | {"done_on": date(2026, 11, 25)}
    assert answers.missing(Draft(Result.DONE, WORDS, **ahead), TODAY) == ["day_to_come"]


@given(st.text(), st.sampled_from(Result))
def test_any_text_is_read(text, result):
    lacks = answers.missing(Draft(result, text), TODAY)
    assert set(lacks) <= {*answers.ASKED[result], "text", "says_nothing"}
    assert all(words in fold(text) for words in answers.vague_days(text))


# ── texts ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "found"), [
    ("Đề nghị gặp đồng chí Nguyễn Văn Hùng.", ["Nguyễn Văn Hùng"]),
    ("NGUYỄN VĂN HÙNG nói rõ hơn", ["Nguyễn Văn Hùng"]),
    ("nhà ông Nguyễn Hùng bị ngập", ["Nguyễn Văn Hùng"]),
    ("nhà ông Văn Hùng bị ngập", ["Nguyễn Văn Hùng"]),
    ("Các anh hùng liệt sĩ chưa được quy tập", []),
    ("Cống ngõ 5 ngập khi mưa", []),
])  # fmt: skip
def test_names_in_a_text(text, found):
    assert texts.names(text, ["Nguyễn Văn Hùng", "Lê Thị Nhung", "Hòa"]) == found


@pytest.mark.parametrize(("text", "found"), [
    ("gọi 0912 345 678 để hẹn", ["0912 345 678"]), ("số +84.912.345.678", ["+84.912.345.678"]),
    ("điện 02113861234", ["02113861234"]), ("kế hoạch năm 2026, 120 m cống", []),
    ("công văn số 0123/UBND", []),
])  # fmt: skip
def test_phone_numbers_in_a_text(text, found):
    assert texts.phones(text) == found


# ── routing ─────────────────────────────────────────────────────────────────────────────────


def test_the_nearest_desk_for_the_field_comes_first():
    desks = [
        routing.Handles("province", "0001", "works"),
        routing.Handles("ward", "00010001", "works"),
        routing.Handles("other", "00010002", "works"),
        routing.Handles("land", "00010001", "land"),
    ]
    found = routing.proposed("000100010003", "works", desks)
    assert found == ["ward", "province"]
    assert routing.proposed("000100010003", "works", desks, past=["ward"]) == ["province", "ward"]
