"""Tasks between two meetings: the unit's list, one with its course, what its owner says of it."""

from enum import StrEnum
from typing import Annotated, Any

from ninja import Query, Schema, Status
from pydantic import Field

from nenmong.accounts.requests import ApiRequest
from nenmong.core.rules import clean
from nenmong.meetings import actions, doors, queries
from nenmong.meetings.api import sent
from nenmong.meetings.api.shapes import ProgressOut, TaskCourseOut, TaskOut
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import Meeting, Task, TaskProgress
from nenmong.meetings.models.matter import TaskState
from nenmong.org import doors as org
from nenmong.ui.api import MOST_ROWS, Key, Page, Uid, page_of

theme = Theme("tasks")


class Shown(StrEnum):
    """Which tasks."""

    OPEN = "open"
    DONE = "done"
    ALL = "all"


class TaskListing(Schema):
    """What a list of tasks is asked for."""

    shown: Shown = Shown.OPEN
    owner: str = Field("", max_length=120, description="As it is written in the rows.")
    after: Annotated[Uid | None, Field(description="`next` of the page before.")] = None
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Rows of a page, at most.")


@theme.get("/units/{uid:uid}/tasks", response=Page[TaskOut], operation_id="meetings_list_tasks")
def list_tasks(
    request: ApiRequest, uid: Uid, listing: Annotated[TaskListing, Query()]
) -> dict[str, Any]:
    """The tasks a unit gave itself at sealed meetings."""
    unit = org.unit_for(request.auth, uid, "meetings.agenda")
    rows = Task.objects.filter(unit=unit.uid, meeting__status=Meeting.Status.SEALED)
    if listing.shown is Shown.OPEN:
        rows = rows.open()
    elif listing.shown is Shown.DONE:
        rows = rows.filter(state=TaskState.DONE)
    if owner := clean(listing.owner):
        rows = rows.filter(owner=owner)
    return page_of(rows, listing.after, listing.limit)


@theme.get("/tasks/{uid:uid}", response=TaskCourseOut, operation_id="meetings_show_task")
def show_task(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One task, every word said of it, and what each sealed meeting was told."""
    task = doors.task_for(request.auth, uid, "meetings.agenda")
    course = queries.tasks.course(task)
    return {
        "task": task, "times": course.row.times, "progress": course.progress,
        "reports": course.reports,
    }  # fmt: skip


@theme.post(
    "/tasks/{uid:uid}/progress", response={201: ProgressOut}, operation_id="meetings_note_progress"
)
def note_progress(
    request: ApiRequest, uid: Uid, key: Key, said: sent.WordsIn
) -> Status[TaskProgress]:
    """Note in words how a task goes."""
    actor = request.auth
    doors.task_for(actor, uid, "meetings.own_tasks")
    return Status(201, actions.note_progress(actor=actor, key=key, task_uid=uid, text=said.text))


@theme.post("/tasks/{uid:uid}/done", response=TaskOut, operation_id="meetings_declare_done")
def declare_done(request: ApiRequest, uid: Uid, key: Key, said: sent.DeclareIn) -> Task:
    """Say that a task is done; the next meeting judges."""
    actor = request.auth
    doors.task_for(actor, uid, "meetings.own_tasks")
    return actions.declare_done(actor=actor, key=key, task_uid=uid, words=said.words)


@theme.post(
    "/tasks/{uid:uid}/undone", response=TaskOut, operation_id="meetings_take_back_declaration"
)
def take_back_declaration(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Task:
    """Take back that a task is done, as long as no meeting judged it."""
    actor = request.auth
    doors.task_for(actor, uid, "meetings.own_tasks")
    return actions.take_back_declaration(actor=actor, key=key, task_uid=uid)
