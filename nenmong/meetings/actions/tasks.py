"""Tasks: given by one meeting, reported at the next."""

from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import (
    locked,
    locked_item,
    name_on_the_roll,
    not_classified,
)
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting, Task, TaskReport
from nenmong.meetings.models.matter import OwnerKind, TaskState
from nenmong.meetings.models.meeting import NOT_SEALED, WORKING, Business
from nenmong.meetings.rules import tasks
from nenmong.org.models import PartyGroup, in_force


@action
def assign_task(
    *,
    actor: Actor,
    item_uid: str,
    title: str,
    due_on: date | None,
    owner_kind: str = "",
    owner_uid: str = "",
    owner: str = "",
) -> Task:
    """Make a conclusion a task: what, who, by when.

    Args:
        owner_kind: `member`, `group`, `committee`; without one a member if `owner_uid` is given.
        owner_uid: of the member on the roll, or of the party group; or
        owner: whoever else does it, in words ("Chi đoàn").

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.classified`, `meetings.no_task`,
            `meetings.no_owner`, `meetings.no_deadline`, `meetings.deadline_passed`,
            `meetings.not_on_the_roll`, `meetings.no_such_group`, `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.work", WORKING)
    task = write_task(meeting, item, title, due_on, (owner_kind, owner_uid, owner))
    _count(meeting)
    audit.record(actor, "meetings.task_assigned", task, unit_path=meeting.unit.path)
    return task


@within_action
def write_task(
    meeting: Meeting, item: AgendaItem, title: str, due_on: date | None, who: tuple[str, str, str]
) -> Task:
    """Write a task once it says what, who and by when; the meeting's counter is not touched.

    `who` are the kind of owner, its uid, and words where it has none.
    """
    not_classified(item)
    if not (title := fitting(clean(title), 300)):
        raise DomainError("meetings.no_task", _("What is to be done? Write the task in a line."))
    due_on = _due(meeting, due_on)
    kind, owner_uid, owner = _owner(meeting, *who)
    return Task.objects.create(
        bucket=meeting.bucket, unit=meeting.unit, meeting=meeting, item=item, title=title,
        owner=owner, owner_kind=kind, owner_uid=owner_uid or None, due_on=due_on,
    )  # fmt: skip


def _due(meeting: Meeting, due_on: date | None) -> date:
    if due_on is None:
        raise DomainError("meetings.no_deadline", _("By when? Choose a day for the task."))
    if due_on < (meeting.held_on or clock.today()):
        raise DomainError(
            "meetings.deadline_passed",
            _("The day lies before the meeting. Choose a day after it."),
        )
    return due_on


def _owner(meeting: Meeting, kind: str, uid: str, words: str) -> tuple[str, str, str]:
    """Return kind, uid and name of who does a task; in words alone it has no kind and no uid."""
    name = fitting(clean(words), 120)
    if kind == OwnerKind.COMMITTEE:
        return kind, "", tasks.committee_name(is_cell=meeting.unit.is_cell)
    if kind == OwnerKind.GROUP:
        day = meeting.held_on or clock.today()
        groups = PartyGroup.objects.filter(in_force(day), unit=meeting.unit_id, uid=uid)
        if (group := groups.first()) is None:
            raise DomainError(
                "meetings.no_such_group",
                _("The cell has no such party group on this day. Choose who does it again."),
            )
        return kind, group.uid, group.name
    if uid:
        return OwnerKind.MEMBER, uid, name_on_the_roll(meeting, uid)
    if not name:
        raise DomainError("meetings.no_owner", _("Who does it? Choose a name or write who."))
    return "", "", name


@action
def remove_task(*, actor: Actor, task_uid: str) -> Meeting:
    """Take back a task of a meeting that is not sealed yet.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting_uid = Task.objects.values_list("meeting_id", flat=True).get(uid=task_uid)
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    _leave_with_the_old(meeting, task_uid)
    Task.objects.filter(bucket=meeting.bucket, uid=task_uid).delete()
    _count(meeting)
    audit.record(actor, "meetings.task_removed", meeting, unit_path=meeting.unit.path)
    return meeting


def _count(meeting: Meeting) -> None:
    meeting.tasks = Task.objects.filter(bucket=meeting.bucket, meeting=meeting).count()
    meeting.save(update_fields=["tasks"])


def _leave_with_the_old(meeting: Meeting, task_uid: str) -> None:
    """Give the matter behind a task that was given anew back to the task it was."""
    matter = Matter.objects.before(meeting).filter(source_uid=task_uid).first()
    if matter is not None:
        matter.source_uid = meeting.reports.get(matter_uid=matter.uid).task_uid
        matter.save(update_fields=["source_uid"])


@action
def renew_task(
    *,
    actor: Actor,
    meeting_uid: str,
    task_uid: str,
    due_on: date | None,
    owner_kind: str = "",
    owner_uid: str = "",
    owner: str = "",
) -> Task:
    """Give a task that is not done anew at the meeting it comes back to: with another day or owner.

    What the earlier meeting sealed stays as it is. A new task of this meeting takes its place,
    behind the same matter, so that it comes back once and its count goes on. A second call changes
    the new task; without an owner it keeps the one it has.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_deadline`, `meetings.deadline_passed`,
            `meetings.not_reported`, `meetings.no_item`, `meetings.not_on_the_roll`,
            `meetings.no_such_group`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    due_on = _due(meeting, due_on)
    report = TaskReport.objects.get(bucket=meeting.bucket, meeting=meeting, task_uid=task_uid)
    if report.state in ("", TaskState.DONE):
        raise DomainError(
            "meetings.not_reported",
            _("Only a task that is not done is given anew. Note first how it stands."),
        )
    matter = Matter.objects.before(meeting).get(uid=report.matter_uid)
    current = Task.objects.get(unit=meeting.unit_id, uid=str(matter.source_uid))
    if owner_kind or owner_uid or clean(owner):
        kind, owner_uid, owner = _owner(meeting, owner_kind, owner_uid, owner)
    else:
        kind, owner_uid, owner = current.owner_kind, current.owner_uid or "", current.owner
    said = (kind, owner_uid or None, owner, due_on)
    if current.uid == task_uid:
        open_items = meeting.items.exclude(business=Business.CLASSIFIED)
        item = open_items.filter(step="review").first() or open_items.last()
        if item is None:
            raise DomainError(
                "meetings.no_item",
                _("The agenda has no item under which to give the task. Add one first."),
            )
        task = Task(
            bucket=meeting.bucket, unit=meeting.unit, meeting=meeting, item=item,
            title=current.title, state=report.state,
        )  # fmt: skip
    else:
        task = current
        if (task.owner_kind, task.owner_uid, task.owner, task.due_on) == said:
            return task
    task.owner_kind, task.owner_uid, task.owner, task.due_on = said
    task.save()
    matter.source_uid = task.uid
    matter.save(update_fields=["source_uid"])
    _count(meeting)
    audit.record(actor, "meetings.task_renewed", task, unit_path=meeting.unit.path, was=task_uid)
    return task


@action
def report_task(
    *, actor: Actor, meeting_uid: str, task_uid: str, state: str, result: str
) -> TaskReport:
    """Record what a meeting is told of an earlier task; before the meeting too, while preparing it.

    What was to be left to the next meeting is so no more: what is not done comes back by itself.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_state`, `meetings.no_result`,
            `meetings.given_anew`, `core.too_long`.
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
    if state == TaskState.DONE and given_anew(meeting, report):
        raise DomainError(
            "meetings.given_anew",
            _("This task was given anew at this meeting. Take the new one back first."),
        )
    changed = (report.state, report.result) != (state, result)
    if changed:
        report.state, report.result = state, result
        report.save(update_fields=["state", "result"])
        CarryOver.objects.filter(
            bucket=meeting.bucket, meeting=meeting, matter_uid=report.matter_uid
        ).delete()
    return report, changed


def given_anew(meeting: Meeting, report: TaskReport) -> bool:
    """Say whether the task of this report was given anew at the meeting. One query."""
    matters = Matter.objects.before(meeting).filter(uid=report.matter_uid)
    return matters.exclude(source_uid=report.task_uid).exists()
