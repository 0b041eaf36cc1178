"""The arithmetic of a meeting: votes, the roll, the agenda, months, texts, links."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core.rules import sha256
from nenmong.meetings.rules import agenda, attendance, calendar, seal, texts, votes
from nenmong.rulebook.rules.terms import term_of

small = st.integers(0, 300)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))

# ── votes ───────────────────────────────────────────────────────────────────────────────────

HALF = Fraction(1, 2)


@given(small, small, small, small)
def test_a_tally_adds_up_or_does_not(agreed, against, other, base):
    fits = votes.adds_up(agreed=agreed, against=against, other=other, base=base)
    assert fits == (agreed + against + other == base)


@pytest.mark.parametrize("number", ["agreed", "against", "other"])
def test_a_negative_number_never_adds_up(number):
    tally = {"agreed": 3, "against": 3, "other": 3, number: -1}
    assert not votes.adds_up(**tally, base=5)


@given(base=st.integers(1, 300), data=st.data())
def test_more_than_half_is_more_than_half(base, data):
    agreed = data.draw(st.integers(0, base))
    passed = votes.passes(agreed=agreed, base=base, bar=HALF, strict=True)
    assert passed == (agreed > base - agreed)
    assert votes.passes(agreed=agreed, base=base, bar=HALF, strict=False) == (
        agreed >= base - agreed
    )


@given(base=st.integers(1, 300), agreed=small)
def test_one_more_vote_never_fails_what_passed(base, agreed):
    if agreed < base and votes.passes(agreed=agreed, base=base, bar=Fraction(2, 3), strict=False):
        assert votes.passes(agreed=agreed + 1, base=base, bar=Fraction(2, 3), strict=False)


@pytest.mark.parametrize(
    ("agreed", "base", "passed"), [(0, 0, False), (5, 10, False), (6, 10, True), (1, 1, True)]
)
def test_votes_by_example(agreed, base, passed):
    assert votes.passes(agreed=agreed, base=base, bar=HALF, strict=True) is passed


@pytest.mark.parametrize("agreed", [-1, 11])
def test_more_hands_than_people_is_a_fault(agreed):
    with pytest.raises(ValueError, match="does not fit"):
        votes.passes(agreed=agreed, base=10, bar=HALF, strict=True)


# ── the roll ────────────────────────────────────────────────────────────────────────────────

MEMBERSHIPS = ["official", "probationary", "temporary", "exempt", "special_duty", "away"]


@st.composite
def rolls(draw):
    memberships = draw(st.lists(st.sampled_from(MEMBERSHIPS), max_size=40))
    return [
        (membership, draw(st.sampled_from(attendance.choices_for(membership))))
        for membership in memberships
    ]


@given(rolls())
def test_everyone_on_a_roll_is_counted_once(roll):
    counts = attendance.count(roll)
    assert counts.total == len(roll) == counts.due + counts.exempt + counts.special_duty
    assert counts.due == counts.present + counts.excused + counts.unexcused
    assert counts.official + counts.probationary + counts.temporary <= counts.total
    assert counts.late <= counts.present <= counts.due
    assert (counts.unexcused > 0) <= (counts.present < counts.due)


@given(rolls())
def test_who_may_vote_is_there_and_not_probationary(roll):
    there = [m for m, status in roll if status in {*attendance.CAME, "exempt_present"}]
    assert attendance.count(roll).official_present == len(there) - there.count("probationary")


@given(rolls())
def test_the_rate_is_exact_and_missing_when_nobody_is_due(roll):
    counts = attendance.count(roll)
    rate = attendance.rate(present=counts.present, due=counts.due)
    assert (rate is None) == (counts.due == 0)
    assert rate is None or rate * counts.due == counts.present


@pytest.mark.parametrize(("present", "due"), [(-1, 5), (6, 5), (1, 0)])
def test_a_rate_of_numbers_that_do_not_fit_is_a_fault(present, due):
    with pytest.raises(ValueError, match="does not fit"):
        attendance.rate(present=present, due=due)


@pytest.mark.parametrize("membership", MEMBERSHIPS)
def test_before_the_call_everyone_stands_as_they_may(membership):
    first = attendance.first_status(membership)
    assert first in attendance.choices_for(membership)
    assert (first == "present") == (membership in {"official", "probationary", "temporary"})


@given(st.lists(st.booleans(), max_size=30))
def test_the_longest_run_is_the_longest(missed):
    words = "".join("x" if m else " " for m in missed).split()
    assert attendance.longest_run(missed) == max(map(len, words), default=0)


# ── the agenda ──────────────────────────────────────────────────────────────────────────────

STEPS = ["opening", "review", "documents", "discussion", "criticism", "closing"]
steps = st.lists(st.sampled_from(STEPS), unique=True).map(
    lambda some: [{"step": s, "minutes": 10, "title": {"vi": s, "en": s}} for s in some]
)
waiting = st.lists(st.sampled_from(["task", "topic", "answer"]), max_size=12).map(
    lambda kinds: [agenda.Waiting(str(n), kind, f"Việc {n}") for n, kind in enumerate(kinds)]
)


@given(steps, waiting)
def test_a_draft_leaves_nothing_out_and_repeats_nothing(order, matters):
    lines = agenda.draft(order, matters)
    own = [m.uid for m in matters if m.kind != "task"]
    assert [line.matter_uid for line in lines if line.matter_uid] == own  # in the order given
    assert [line.step for line in lines if not line.matter_uid] == [s["step"] for s in order]
    assert all(0 < line.minutes <= agenda.MAX_MINUTES for line in lines)


@given(steps, waiting)
def test_what_waits_comes_before_the_month_s_own_tasks(order, matters):
    lines = [line.step for line in agenda.draft(order, matters)]
    if "discussion" in lines and agenda.TOPIC in lines:
        assert lines.index("discussion") == len(lines) - 1 - lines[::-1].index(agenda.TOPIC) + 1


@given(st.lists(small, unique=True, min_size=1), st.integers(-400, 400), st.data())
def test_a_moved_item_moves_alone(order, by, data):
    uids = list(map(str, order))
    uid = data.draw(st.sampled_from(uids))
    after = agenda.moved(uids, uid, by)
    assert sorted(after) == sorted(uids)
    assert [u for u in after if u != uid] == [u for u in uids if u != uid]
    assert after.index(uid) == min(max(uids.index(uid) + by, 0), len(uids) - 1)


def test_what_is_not_on_the_agenda_cannot_be_moved():
    with pytest.raises(ValueError, match="not in list"):
        agenda.moved(["a"], "b", 1)


# ── months and days ─────────────────────────────────────────────────────────────────────────


@given(days)
def test_months_follow_each_other(day):
    month = calendar.month_of(day)
    assert month.day == 1
    assert month <= day < calendar.next_month(month)
    assert calendar.next_month(month) - timedelta(days=1) >= day
    assert calendar.previous_month(calendar.next_month(month)) == month
    assert calendar.month_of(month - timedelta(days=1)) == calendar.previous_month(month)


@given(days, st.integers(1, 31))
def test_the_fixed_day_lies_in_its_month(day, number):
    month = calendar.month_of(day)
    fixed = calendar.fixed_day(month, number)
    assert calendar.month_of(fixed) == month
    assert fixed.day == number or calendar.month_of(fixed + timedelta(days=1)) != month


@pytest.mark.parametrize(
    ("month", "day", "fixed"),
    [((2026, 2), 31, 28), ((2024, 2), 30, 29), ((2026, 4), 31, 30), ((2026, 12), 31, 31)],
)
def test_short_months_end_earlier(month, day, fixed):
    assert calendar.fixed_day(date(*month, 1), day) == date(*month, fixed)


@pytest.mark.parametrize("day", [0, 32, -1])
def test_no_month_has_such_a_day(day):
    with pytest.raises(ValueError, match="no day"):
        calendar.fixed_day(date(2026, 1, 1), day)


@given(days, st.integers(1, 31), st.sets(st.integers(0, 3)))
def test_the_next_meeting_is_of_a_month_without_one(today, day, months):
    ahead = [calendar.month_of(today)]
    for _ in range(5):
        ahead.append(calendar.next_month(ahead[-1]))
    taken = {ahead[number] for number in months}
    due = calendar.next_due(today=today, day=day, taken=taken)
    month = calendar.month_of(due)
    assert month not in taken
    if taken:  # nobody is sent back to a month before the last meeting there is
        assert month == calendar.next_month(max(taken))
    else:
        assert month in ahead[:2]
    assert due == calendar.fixed_day(month, day)


@pytest.mark.parametrize(
    ("today", "taken", "due"),
    [
        ((2026, 10, 10), [], (2026, 10, 3)),  # late, but still for this month
        ((2026, 10, 28), [], (2026, 11, 3)),
        ((2026, 10, 1), [(2026, 10, 1)], (2026, 11, 3)),
        ((2026, 12, 28), [], (2027, 1, 3)),
        ((2026, 11, 24), [(2026, 12, 1)], (2027, 1, 3)),  # December was held early: on, not back
    ],
)
def test_the_next_meeting_by_example(today, taken, due):
    months = [date(*month) for month in taken]
    assert calendar.next_due(today=date(*today), day=3, taken=months) == date(*due)


@pytest.mark.parametrize(
    ("day", "term"), [((2014, 1, 1), 2015), ((2019, 12, 31), 2015), ((2025, 1, 1), 2025)]
)
def test_the_term_of_a_day(day, term):
    starts = [date(year, 1, 1) for year in (2020, 2015, 2025)]
    assert term_of(date(*day), starts) == date(term, 1, 1)


# ── two people, one text ────────────────────────────────────────────────────────────────────

words = st.text(max_size=3)


@given(was=words, now=words, new=words)
def test_nobody_s_words_are_written_over_unseen(was, now, new):
    outcome = texts.outcome(was=was, now=now, new=new)
    assert (outcome == texts.Outcome.WRITE) == (was == now and new != now)
    assert (outcome == texts.Outcome.UNCHANGED) == (new == now)


# ── links ───────────────────────────────────────────────────────────────────────────────────

hashes = st.text(max_size=4).map(sha256)


@given(st.lists(hashes, max_size=2), hashes, hashes, hashes)
def test_a_link_changes_with_anything_it_holds(previous, record, names, other):
    link = seal.link(previous, record_hash=record, names=names)
    assert link == seal.link(list(previous), record_hash=record, names=names)
    for changed in (
        seal.link([*previous, other], record_hash=record, names=names),
        seal.link(previous, record_hash=sha256(record), names=names),
        seal.link(previous, record_hash=record, names=sha256(names)),
    ):
        assert changed != link
    if record != names:
        assert seal.link(previous, record_hash=names, names=record) != link


def test_a_salt_hides_a_short_list():
    assert seal.names_hash("a", "Ái") != seal.names_hash("b", "Ái")


def test_the_code_on_paper_is_the_link_s_beginning():
    assert seal.short("0123456789abcdef") == "0123-4567-89AB"


@given(days, st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_a_month_lies_in_one_span_and_one_month_is_its_last(day, every):
    month = calendar.month_of(day)
    first, after = calendar.span_of(month, every)
    assert first <= month < after
    months = [first]
    while (following := calendar.next_month(months[-1])) < after:
        months.append(following)
    assert len(months) == every
    assert [calendar.is_last_of_span(one, every) for one in months] == [False] * (every - 1) + [
        True
    ]


@pytest.mark.parametrize("every", [0, -3, 5, 24])
def test_a_span_divides_a_year(every):
    with pytest.raises(ValueError, match="does not divide a year"):
        calendar.span_of(date(2026, 1, 1), every)
