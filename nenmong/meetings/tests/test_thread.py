"""The thread of the house: what one meeting resolves opens the next one's agenda."""

from datetime import date

import pytest

from nenmong.meetings import actions, queries
from nenmong.meetings.models import Matter, Meeting, Task
from nenmong.meetings.tests import journey

pytestmark = pytest.mark.django_db


@pytest.mark.slow  # two whole meetings
def test_a_task_comes_back_by_itself_and_is_discharged():
    unit, secretary, _scribe = journey.cell()
    journey.sealed(unit, secretary, date(2026, 10, 3))

    second = journey.planned(unit, secretary, date(2026, 11, 3))
    agenda = queries.work.agenda(second)
    assert [r.title for r in agenda.reports] == ["Vận động sáu hộ dỡ mái vẩy"]
    assert agenda.unsaid == agenda.reports
    assert second.fixed_day == date(2026, 11, 3)

    second = journey.sealed(unit, secretary, date(2026, 11, 3), task="")
    assert Matter.objects.get().state == Matter.State.DISCHARGED
    assert Task.objects.get().state == "done"
    assert (second.minutes_number, second.resolution_number) == (2, 2)
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    assert actions.seal_minutes(actor=secretary, meeting_uid=second.uid) == second
    assert Meeting.objects.count() == 2
