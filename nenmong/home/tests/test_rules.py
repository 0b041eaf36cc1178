"""Which step comes first: there is always exactly one, and never one a person may not take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.home.rules import next_step

STATUSES = st.sampled_from(["", "planned", "open", "held"])


@pytest.mark.parametrize(
    ("status", "days", "unfiled", "step"),
    [
        ("open", None, True, "go_on"),
        ("held", None, True, "seal"),
        ("planned", 0, True, "begin"),
        ("planned", -3, False, "begin"),
        ("planned", 5, True, "file"),
        ("planned", 5, False, "prepare"),
        ("", None, True, "file"),
        ("", None, False, "plan"),
    ],
)
def test_a_secretary(status, days, unfiled, step):
    assert next_step(
        status=status, days=days, unfiled=unfiled, may_work=True, may_prepare=True, may_seal=True
    ) == step  # fmt: skip


@given(status=STATUSES, days=st.none() | st.integers(-40, 40))
def test_a_member_only_looks(status, days):
    step = next_step(
        status=status, days=days, unfiled=False, may_work=False, may_prepare=False, may_seal=False
    )
    assert step == ("see" if status else "wait")


@given(status=STATUSES, days=st.none() | st.integers(-40, 40), prepare=st.booleans())
def test_who_may_not_work_is_never_sent_to_work(status, days, prepare):
    step = next_step(
        status=status, days=days, unfiled=False, may_work=False, may_prepare=prepare, may_seal=False
    )
    assert step not in {"go_on", "seal", "read", "begin", "prepare"}


def test_the_minutes_secretary_reads_through_what_the_secretary_seals():
    held = {"status": "held", "days": None, "unfiled": False, "may_work": True}
    assert next_step(**held, may_prepare=False, may_seal=False) == "read"
    assert next_step(**held, may_prepare=True, may_seal=True) == "seal"
