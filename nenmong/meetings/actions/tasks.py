"""Tasks: given by one meeting, reported at the next."""

from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked, locked_item, name_on_the_roll
from nenmong.meetings.models import AgendaItem, CarryOver, Meeting, Task, TaskReport
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.models.meeting import NOT_SEALED, WORKING


@action
def assign_task(
    *,
    actor: Actor,
    item_uid: str,
    title: str,
    due_on: date | None,
    owner_uid: str = "",
    owner: str = "",
) -> Task:
    """Make a conclusion a task: what, who, by when.

    Args:
        owner_uid: a member on the roll; or
        owner: whoever else does it, in words ("Chi ủy", "Chi đoàn").

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_task`, `meetings.no_owner`,
            `meetings.no_deadline`, `meetings.deadline_passed`, `meetings.not_on_the_roll`,
            `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.work", WORKING)
    task = write_task(meeting, item, title, due_on, owner_uid, owner)
    _count(meeting)
    audit.record(actor, "meetings.task_assigned", task, unit_path=meeting.unit.path)
    return task


@within_action
def write_task(
    meeting: Meeting, item: AgendaItem, title: str, due_on: date | None, owner_uid: str, owner: str
) -> Task:
    """Write a task once it says what, who and by when; the meeting's counter is not touched."""
    if not (title := fitting(clean(title), 300)):
        raise DomainError("meetings.no_task", _("What is to be done? Write the task in a line."))
    if due_on is None:
        raise DomainError("meetings.no_deadline", _("By when? Choose a day for the task."))
    if due_on < (meeting.held_on or clock.today()):
        raise DomainError(
            "meetings.deadline_passed",
            _("The day lies before the meeting. Choose a day after it."),
        )
    owner = fitting(clean(owner), 120)
    if owner_uid:
        owner = name_on_the_roll(meeting, owner_uid)
    if not owner:
        raise DomainError("meetings.no_owner", _("Who does it? Choose a name or write who."))
    return Task.objects.create(
        bucket=meeting.bucket, unit=meeting.unit, meeting=meeting, item=item, title=title,
        owner=owner, owner_uid=owner_uid or None, due_on=due_on,
    )  # fmt: skip


@action
def remove_task(*, actor: Actor, task_uid: str) -> Meeting:
    """Take back a task of a meeting that is not sealed yet.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting_uid = Task.objects.values_list("meeting_id", flat=True).get(uid=task_uid)
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    Task.objects.filter(bucket=meeting.bucket, uid=task_uid).delete()
    _count(meeting)
    audit.record(actor, "meetings.task_removed", meeting, unit_path=meeting.unit.path)
    return meeting


def _count(meeting: Meeting) -> None:
    meeting.tasks = Task.objects.filter(bucket=meeting.bucket, meeting=meeting).count()
    meeting.save(update_fields=["tasks"])


@action
def report_task(
    *, actor: Actor, meeting_uid: str, task_uid: str, state: str, result: str
) -> TaskReport:
    """Record what a meeting is told of an earlier task; before the meeting too, while preparing it.

    What was to be left to the next meeting is so no more: what is not done comes back by itself.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_state`, `meetings.no_result`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", NOT_SEALED)
    report, changed = write_report(meeting, task_uid, state, result)
    if changed:
        audit.record(actor, "meetings.task_reported", report, unit_path=meeting.unit.path)
    return report


@within_action
def write_report(
    meeting: Meeting, task_uid: str, state: str, result: str
) -> tuple[TaskReport, bool]:
    """Write how an earlier task stands; returns the report, and whether anything changed."""
    if state not in TaskState.values:
        raise DomainError("meetings.unknown_state", _("Choose how the task stands."))
    result = fitting(clean(result), 500)
    if state != TaskState.DONE and not result:
        raise DomainError(
            "meetings.no_result",
            _("The task is not done yet: write in a few words how it stands, or what hinders it."),
        )
    report = TaskReport.objects.get(bucket=meeting.bucket, meeting=meeting, task_uid=task_uid)
    changed = (report.state, report.result) != (state, result)
    if changed:
        report.state, report.result = state, result
        report.save(update_fields=["state", "result"])
        CarryOver.objects.filter(
            bucket=meeting.bucket, meeting=meeting, matter_uid=report.matter_uid
        ).delete()
    return report, changed
