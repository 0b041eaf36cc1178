"""The one next step of a document: what its page offers first."""

from hypothesis import given
from hypothesis import strategies as st

from nenmong.directives.rules.states import BEING_MADE, State
from nenmong.directives.rules.steps import Course, Step, next_step

counts = st.integers(0, 9)
courses = st.builds(
    Course, st.sampled_from(list(State)), meets=st.booleans(), goes_down=st.booleans(),
    has_text=st.booleans(), has_gist=st.booleans(), asked=counts, answered=counts, late=counts,
    said=counts, unweighed=counts, sent=st.booleans(),
)  # fmt: skip


def course(**said):
    return Course(**({"state": State.DRAFT, "meets": True, "goes_down": True} | said))


def test_a_regulation_goes_its_whole_way():
    way = [
        course(),
        course(has_text=True),
        course(has_text=True, asked=3),
        course(has_text=True, asked=3, answered=3, said=2, unweighed=1),
        course(has_text=True, asked=3, answered=3, said=2),
        course(state=State.SUBMITTED, has_text=True),
        course(state=State.ADOPTED, has_text=True),
        course(state=State.ADOPTED, has_text=True, has_gist=True),
        course(state=State.ISSUED, has_text=True, has_gist=True),
        course(state=State.ISSUED, has_text=True, has_gist=True, sent=True),
    ]
    assert [next_step(one) for one in way] == [
        Step.WRITE, Step.ASK, Step.WAIT, Step.WEIGH, Step.SUBMIT, Step.MEETING, Step.DESCRIBE,
        Step.ISSUE, Step.SEND, Step.NONE,
    ]  # fmt: skip


def test_nobody_waits_for_who_let_the_day_pass():
    assert next_step(course(has_text=True, asked=3, answered=1, late=2)) == Step.SUBMIT


def test_a_cell_asks_nobody_and_sends_nothing():
    cell = {"goes_down": False, "has_text": True}
    assert next_step(course(**cell)) == Step.SUBMIT
    assert next_step(course(**cell, meets=False)) == Step.ISSUE
    assert next_step(course(**cell, state=State.ISSUED)) == Step.NONE


@given(courses)
def test_every_document_has_one_step_and_only_drafts_are_written_on(one):
    step = next_step(one)
    if step in {Step.WRITE, Step.ASK, Step.WAIT, Step.WEIGH, Step.SUBMIT}:
        assert one.state == State.DRAFT
    if one.state not in BEING_MADE | {State.ISSUED}:
        assert step == Step.NONE
    if step == Step.ISSUE:
        assert one.state == State.ADOPTED or not one.meets
