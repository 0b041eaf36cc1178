"""Between two meetings: how a task goes, and that its owner says it is done."""

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.models import Meeting, Task, TaskProgress
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.queries.owners import owner_in
from nenmong.org import access

DONE = "Đã làm xong."  # what is noted where its owner says no more


def _locked(actor: Actor, task_uid: str) -> Task:
    """Return an open task, locked, that `actor` may speak of: as its owner, or as the secretary.

    Raises:
        Task.DoesNotExist: there is none.
        NotAllowed: `access.denied`.
        DomainError: `meetings.not_sealed`, `meetings.task_closed`.
    """
    tasks = Task.objects.select_for_update(of=("self",)).select_related("unit", "meeting")
    task = tasks.get(uid=task_uid)
    access.require(actor, "meetings.own_tasks", task.unit)
    # Before it is asked whose it is: a task that can still be taken back is nobody's yet.
    if task.meeting.status != Meeting.Status.SEALED:
        raise DomainError(
            "meetings.not_sealed",
            _("The minutes of this meeting are not sealed yet. Report how the task goes after it."),
        )
    if not (
        access.may(actor, "meetings.prepare", task.unit.path)
        or owner_in(actor, task.unit_id).owns(task)
    ):
        raise NotAllowed(
            "access.denied",
            _("This task is not yours. Its owner, or the secretary, says how it goes."),
        )
    if task.state == TaskState.DONE or task.done_on:
        raise DomainError(
            "meetings.task_closed",
            _("This task is closed: the meeting has judged it. There is nothing more to report."),
        )
    return task


def _say(actor: Actor, task: Task, text: str) -> TaskProgress:
    return TaskProgress.objects.create(
        bucket=task.bucket, task=task, text=text, said_at=clock.now(), by_uid=actor.uid,
        by_name=str(actor)[:120],
    )  # fmt: skip


def _last(task: Task) -> TaskProgress | None:
    return TaskProgress.objects.filter(bucket=task.bucket, task=task).order_by("uid").last()


@action
def note_progress(*, actor: Actor, task_uid: str, text: str) -> TaskProgress:
    """Note in words how a task goes. The same words twice in a row are noted once.

    Raises:
        NotAllowed, DomainError: as `_locked`; `meetings.no_words`, `core.too_long`.
    """
    task = _locked(actor, task_uid)
    if not (text := fitting(clean(text), 500)):
        raise DomainError("meetings.no_words", _("How does it go? Write a few words."))
    last = _last(task)
    if last and (last.text, last.by_uid) == (text, actor.uid):
        return last
    said = _say(actor, task, text)
    audit.record(actor, "meetings.progress_noted", task, unit_path=task.unit.path)
    return said


@action
def declare_done(*, actor: Actor, task_uid: str, words: str = "") -> Task:
    """Say that a task is done; the next meeting judges. A second call only adds what is new in it.

    Raises:
        NotAllowed, DomainError: as `_locked`; `core.too_long`.
    """
    task = _locked(actor, task_uid)
    words = fitting(clean(words), 500)
    last = _last(task)
    if task.declared_on and (not words or (last and last.text == words)):
        return task
    _say(actor, task, words or DONE)
    if task.declared_on is None:
        task.declared_on = clock.today()
        task.save(update_fields=["declared_on"])
    audit.record(actor, "meetings.task_declared", task, unit_path=task.unit.path)
    return task


@action
def take_back_declaration(*, actor: Actor, task_uid: str) -> Task:
    """Take back that a task is done, as long as no meeting judged it. The words stay.

    Raises:
        NotAllowed, DomainError: as `_locked`.
    """
    task = _locked(actor, task_uid)
    if task.declared_on is not None:
        task.declared_on = None
        task.save(update_fields=["declared_on"])
        audit.record(actor, "meetings.declaration_taken_back", task, unit_path=task.unit.path)
    return task
