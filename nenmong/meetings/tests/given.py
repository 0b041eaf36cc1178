"""Tasks given to someone, for tests of what becomes of them."""

from datetime import date

from hypothesis import strategies as st

from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.org.models import Membership, PartyGroup
from nenmong.org.tests.factories import (
    LONG_AGO,
)

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 3) for month in (10, 11, 12))
LATER = date(2026, 12, 20)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def given_to(here, state="opened", **owner):
    """A task given at a meeting in October."""
    meeting = getattr(journey, state)(*here, OCTOBER)
    item = meeting.items.get(step="discussion")
    return actions.assign_task(
        actor=here[1], item_uid=item.uid, title="Dỡ mái vẩy", due_on=LATER, **owner
    )


def sealed_with(here, **owner):
    """A task of a sealed meeting, given to someone."""
    meeting = journey.held(*here, OCTOBER, task="")
    item = meeting.items.get(step="discussion")
    task = actions.assign_task(
        actor=here[1], item_uid=item.uid, title="Dỡ mái vẩy", due_on=LATER, **owner
    )
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    return task


def group_of(unit, *members, name="Tổ đảng số 1"):
    group = PartyGroup.objects.create(bucket=unit.bucket, unit=unit, name=name, first_day=LONG_AGO)
    Membership.objects.filter(member__in=members).update(group_uid=group.uid)
    return group
