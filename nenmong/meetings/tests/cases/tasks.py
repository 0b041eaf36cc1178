"""Cases of tasks between meetings, and of those given anew."""

from datetime import date

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.models import Task
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory


def on_task(*, declared=False, **said):
    def ready():
        unit, secretary, _scribe = journey.cell(4)
        journey.sealed(unit, secretary)
        given = {"actor": secretary, "task_uid": Task.objects.get().uid}
        if declared:
            actions.declare_done(**given)
        return given | said, UserFactory.holding("member", unit)

    return ready


def renewing():
    unit, secretary, _scribe = journey.cell(4)
    journey.sealed(unit, secretary)
    meeting = journey.held(unit, secretary, date(2026, 11, 3), task="")
    said = {"actor": secretary, "meeting_uid": meeting.uid, "task_uid": Task.objects.get().uid}
    actions.report_task(**said, state="doing", result="Còn hai hộ")
    return said | {"due_on": date(2026, 12, 20)}, UserFactory.holding("member", unit)


CASES = {
    "note_progress": Case(on_task(text="Đã dỡ ba hộ"), SAME),
    "declare_done": Case(on_task(words="Đã dỡ xong"), SAME),
    "take_back_declaration": Case(on_task(declared=True), SAME),
    "renew_task": Case(renewing, SAME),
}
