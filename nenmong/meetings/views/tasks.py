"""Tasks between two meetings: the cell's table, one task, and what its owner says of it."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.rules import clean
from nenmong.meetings import actions, doors, forms, queries
from nenmong.meetings.models import Meeting, Task
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.queries.owners import owner_in
from nenmong.meetings.queries.tasks import OPEN, SHOWN, Row, Table
from nenmong.meetings.rules import tasks as rules
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.ui import formats, sheets
from nenmong.ui.keys import key_of, new_key
from nenmong.ui.reading import read_day

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def owners(meeting: Meeting, people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return who may be given a task, as one list: committee, party groups, whoever is on the roll.

    One query.
    """
    day = meeting.held_on or meeting.fixed_day
    committee = rules.committee_name(is_cell=meeting.unit.is_cell)
    groups = queries.tasks.groups_on(meeting.unit, day) if meeting.unit.is_cell else []
    return [
        people[0],
        ("committee", committee),
        *((f"group:{group.uid}", group.name) for group in groups),
        *people[1:],
    ]


def read_owner(request: HttpRequest) -> dict[str, str]:
    """Return who was chosen, or written, as an action takes it."""
    kind, _colon, uid = request.POST.get("member", "").rpartition(":")
    if uid == "committee":
        kind, uid = "committee", ""
    return {
        "owner_kind": kind if kind in {"group", "committee"} else "",
        "owner_uid": uid,
        "owner": request.POST.get("owner", ""),
    }


def reported_at(meeting: Meeting, due: date | None) -> date:
    """Return the month whose meeting hears of a task that this meeting gives."""
    day = (meeting.held_on or meeting.fixed_day).day
    return rules.reporting_month(month=meeting.month, day=day, due=due)


# ── the cell's table ────────────────────────────────────────────────────────────────────────


def _table(request: UserRequest, uid: str) -> tuple[Unit, str, str, Table]:
    unit = get_object_or_404(access.visible_units(request.user), uid=uid)
    access.require(request.user, "meetings.agenda", unit)
    shown = request.GET.get("xem", "")
    shown = shown if shown in SHOWN else OPEN
    owner = clean(request.GET.get("ai", ""))[:120]
    offset = forms.read_count(request.GET.get("tu", ""), "tu")
    return (
        unit,
        shown,
        owner,
        queries.tasks.table(unit.uid, shown=shown, owner=owner, offset=offset),
    )


@login_required
@require_safe
def table(request: UserRequest, uid: str) -> HttpResponse:
    unit, shown, owner, rows = _table(request, uid)
    names = rows.owners if not owner or owner in rows.owners else [*rows.owners, owner]
    context = {
        "unit": unit, "shown": shown, "owner": owner, "table": rows,
        "owner_choices": [("", _("everyone")), *((name, name) for name in names)],
    }  # fmt: skip
    return render(request, "meetings/task_table.html", context)


@login_required
@require_safe
def sheet(request: UserRequest, uid: str) -> HttpResponse:
    """What the table shows, as a workbook."""
    _unit, _shown, _owner, rows = _table(request, uid)
    heads = [
        _("Task"), _("Who does it"), _("By when"), _("State at start"), _("State"), _("Result"),
        _("Time it comes back"), _("Latest word"),
    ]  # fmt: skip
    answer = HttpResponse(sheets.write_xlsx(heads, map(_line, rows.rows)), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="nhiem-vu.xlsx"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _line(row: Row) -> list[str]:
    words = dict(TaskState.choices)
    task, last = row.task, row.last
    said = f"{formats.day(last.said_at)}, {last.by_name}: {last.text}" if last else ""
    return [
        task.title, task.owner, formats.day(task.due_on) if task.due_on else "",
        str(words.get(row.state_at_start, "")), str(words.get(row.state, "")), row.result,
        str(row.times), said,
    ]  # fmt: skip


# ── one task ────────────────────────────────────────────────────────────────────────────────


def _task_for(request: UserRequest, uid: str, permission: str) -> Task:
    """Return a task as far as it exists for who asks (404) and they may do this (403)."""
    return doors.task_for(request.user, uid, permission)


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    task = _task_for(request, uid, "meetings.agenda")
    actor = request.user
    meeting = task.meeting
    open_ = task.done_on is None and meeting.status == Meeting.Status.SEALED
    speaks = (
        open_
        and access.may(actor, "meetings.own_tasks", task.unit.path)
        and (
            access.may(actor, "meetings.prepare", task.unit.path)
            or owner_in(actor, task.unit_id).owns(task)
        )
    )
    context: dict[str, Any] = {
        "task": task,
        "course": queries.tasks.course(task),
        "speaks": speaks,
        "reported": reported_at(meeting, task.due_on),
        "key": new_key(),
    }
    return render(request, "meetings/task.html", context)


def _back(uid: str, at: str) -> HttpResponse:
    return to("task", uid, at=at)


@login_required
@require_POST
def note_progress(request: UserRequest, uid: str) -> HttpResponse:
    _task_for(request, uid, "meetings.own_tasks")
    actions.note_progress(
        actor=request.user, key=key_of(request), task_uid=uid, text=request.POST.get("text", "")
    )
    return _back(uid, "tien-do")


@login_required
@require_POST
def declare(request: UserRequest, uid: str) -> HttpResponse:
    _task_for(request, uid, "meetings.own_tasks")
    actions.declare_done(actor=request.user, task_uid=uid, words=request.POST.get("words", ""))
    return _back(uid, "tien-do")


@login_required
@require_POST
def take_back(request: UserRequest, uid: str) -> HttpResponse:
    _task_for(request, uid, "meetings.own_tasks")
    actions.take_back_declaration(actor=request.user, task_uid=uid)
    return _back(uid, "tien-do")


@login_required
@require_POST
def renew(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    task_uid = request.POST.get("task", "")
    actions.renew_task(
        actor=request.user, meeting_uid=uid, task_uid=task_uid,
        due_on=read_day(request.POST.get("due_on", "")), **read_owner(request),
    )  # fmt: skip
    report = meeting.reports.get(task_uid=task_uid)
    item = meeting.items.filter(step="review").first()
    if item is None:
        return redirect("meetings:detail", uid)
    return to("item", item.uid, at=f"nv-{report.uid}")
