"""Closing a meeting: ended, sealed, filed."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nenmong.accounts.actions import spend_code_of
from nenmong.accounts.rules import typed_code
from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.ids import new_uid
from nenmong.core.rules import canonical, sha256
from nenmong.meetings import access
from nenmong.meetings.actions import months
from nenmong.meetings.actions.absences import forget_answers
from nenmong.meetings.actions.answers_read import answers_judged
from nenmong.meetings.actions.holding import leave_items
from nenmong.meetings.actions.hours import LONGEST
from nenmong.meetings.actions.locking import locked, refuse
from nenmong.meetings.actions.numbering import next_number
from nenmong.meetings.events import MeetingFiled, MinutesSealed
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    ChainHead,
    GivenRight,
    Matter,
    Meeting,
    MeetingDocument,
    NameEntry,
    NotedOpinion,
    Postponement,
    SealedRecord,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.queries import chains, rows
from nenmong.meetings.queries.facts import measured_by
from nenmong.meetings.queries.numbers import MINUTES, RESOLUTION
from nenmong.meetings.queries.record import Parts, assembled, named, names_parts_of, parts_of
from nenmong.meetings.rules import kinds
from nenmong.meetings.rules import seal as seals
from nenmong.org import queries as org
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book

WAYS_TO_FILE = ("here", "e_handbook", "paper")


@action
def close_meeting(*, actor: Actor, meeting_uid: str) -> Meeting:
    """End a meeting: the item under way ends with it. A second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    open_or_held = (Meeting.Status.OPEN, Meeting.Status.HELD)
    meeting = locked(actor, meeting_uid, "meetings.work", open_or_held)
    if meeting.status == Meeting.Status.HELD:
        return meeting
    # A clock that was set back meanwhile must not make it end before it began.
    meeting.closed_at = max(clock.now(), meeting.opened_at or clock.now())
    meeting.status = Meeting.Status.HELD
    leave_items(meeting, meeting.closed_at)
    meeting.save(update_fields=["closed_at", "status"])
    months.add(meeting, held=1)
    audit.record(actor, "meetings.closed", meeting, unit_path=meeting.unit.path)
    return meeting


@action
def seal_minutes(*, actor: Actor, meeting_uid: str, code: str = "") -> Meeting:
    """Freeze the minutes of a held meeting and send on what came of it; a second call does nothing.

    Args:
        code: of the secretary's or deputy's own sheet, and used up by it: where who seals only
            types for the cell, and no signed scan is attached.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_closed`, `meetings.no_chair`,
            `meetings.hours_disorder`, `meetings.no_place`, `meetings.not_adopted`,
            `meetings.roll_changed`, `meetings.tasks_not_reported`, `meetings.answers_not_judged`,
            `meetings.matters_left`,
            `meetings.no_proof`, `accounts.no_such_code`.
    """
    meeting = locked(actor, meeting_uid, "meetings.seal", Meeting.Status.values)
    if meeting.status == Meeting.Status.SEALED:
        return meeting
    resolved = _ready(meeting)
    proof = _proof(meeting, code) if access.seals_on_proof(actor, meeting) else {}
    parts = parts_of(meeting)
    outcomes = _outcomes(meeting, parts)
    meeting.status, meeting.sealed_at = Meeting.Status.SEALED, clock.now()
    meeting.sealed_by = str(actor)[:120]
    day = meeting.held_on or clock.today()
    book = rulebook.book(meeting.unit_id, day)
    meeting.minutes_number = next_number(meeting, MINUTES, book)
    if resolved:
        meeting.resolution_number = next_number(meeting, RESOLUTION, book)
    meeting.save()
    GivenRight.objects.filter(bucket=meeting.bucket, meeting=meeting, ended_at=None).update(
        ended_at=meeting.sealed_at
    )
    _hang_in_chain(actor, meeting, parts, book)
    binding = resolved or not kinds.of(meeting.kind).resolves
    _settle(meeting, parts.tasks, *outcomes, binding=binding)
    forget_answers(meeting)
    months.add(meeting, sealed=1, **months.sums_of(meeting))
    audit.record(actor, "meetings.minutes_sealed", meeting, unit_path=meeting.unit.path, **proof)
    events.emit(MinutesSealed(meeting_uid=meeting.uid))
    return meeting


def _proof(meeting: Meeting, code: str) -> dict[str, str]:
    """Return by what someone seals who only types for the cell; refuse where there is nothing."""
    if digits := typed_code(code):
        posts = org.posts(meeting.unit_id, clock.today())
        who_seal = [post.member_uid for post in posts if post.role in kinds.CHAIRS]
        return {"code_of": spend_code_of(org.users_of(who_seal), digits).user_id}
    scans = meeting.documents.filter(sort=MeetingDocument.Sort.SCAN, taken_off_at=None)
    if scan := scans.values_list("sha256", flat=True).first():
        return {"scan": scan}
    raise DomainError(
        "meetings.no_proof",
        _(
            "You type for the cell. Before the seal, attach the scan of the signed minutes, or "
            "type a code from the secretary's sheet; or let the secretary seal."
        ),
    )


def _ready(meeting: Meeting) -> bool:
    """Refuse to seal what is not finished, saying what is missing; say whether it was resolved."""
    if meeting.status == Meeting.Status.PLANNED:
        refuse(meeting)
    if meeting.status == Meeting.Status.OPEN:
        raise DomainError(
            "meetings.not_closed",
            _("The minutes cannot be sealed: the meeting is still in session. End it first."),
        )
    if not (meeting.chair_uid and meeting.secretary_uid):
        raise DomainError(
            "meetings.no_chair",
            _("Who chaired and who kept the minutes? Both sign: choose them first."),
        )
    if meeting.opened_at and meeting.closed_at and meeting.closed_at - meeting.opened_at > LONGEST:
        raise DomainError(
            "meetings.hours_disorder",
            _("The minutes cannot be sealed: the meeting is over a day long. Mend its hours."),
        )
    if not meeting.place:
        raise DomainError(
            "meetings.no_place",
            _("The minutes cannot be sealed: where did you meet? Enter the place first."),
        )
    closing = list(meeting.votes.exclude(about=Vote.About.ITEM))
    passed = {vote.about: vote.passed for vote in closing}
    asked = kinds.of(meeting.kind).resolves and Vote.About.RESOLUTION not in passed
    if asked or not passed.get(Vote.About.MINUTES):
        raise DomainError(
            "meetings.not_adopted",
            _(
                "The minutes cannot be sealed: there is no vote on the resolution, or the minutes "
                "are not adopted. Enter the tallies first."
            ),
        )
    if any(vote.voters != meeting.official_present for vote in closing):
        raise DomainError(
            "meetings.roll_changed",
            _(
                "The roll was mended after the votes: %(base)s official members are present now. "
                "Enter both tallies again."
            )
            % {"base": meeting.official_present},
        )
    return passed.get(Vote.About.RESOLUTION, False)


def _outcomes(
    meeting: Meeting, parts: Parts
) -> tuple[list[Matter], dict[str, CarryOver], dict[str, TaskReport]]:
    """Return the matters of this agenda, what is carried over, what was reported; none is open."""
    matters = list(Matter.objects.before(meeting).filter(state=Matter.State.ON_AGENDA))
    carried = {c.matter_uid: c for c in parts.carried}
    reports = {r.matter_uid: r for r in parts.reports}
    open_ = [m for m in matters if m.uid not in carried]
    unsaid = [m.title for m in open_ if m.uid in reports and not reports[m.uid].state]
    if unsaid:
        raise DomainError(
            "meetings.tasks_not_reported",
            _("Tasks of the last resolution without a result: %(titles)s. Record how each stands.")
            % {"titles": "; ".join(unsaid)},
        )
    discussed = {item.matter_uid for item in parts.items if item.state == AgendaItem.State.DONE}
    left = [m.title for m in open_ if m.uid not in reports and m.uid not in discussed]
    if left:
        raise DomainError(
            "meetings.matters_left",
            _(
                "Not discussed: %(titles)s. Take it up, or leave it to the next meeting "
                "with the reason."
            )
            % {"titles": "; ".join(left)},
        )
    answers_judged(parts, carried)
    return matters, carried, reports


def _hang_in_chain(actor: Actor, meeting: Meeting, parts: Parts, book: Book) -> SealedRecord:
    """Freeze record and names sheet behind the last link of the unit, and of those it took in."""
    moment = meeting.sealed_at or clock.now()
    head, _made = ChainHead.objects.select_for_update().get_or_create(
        bucket=meeting.bucket, unit=meeting.unit
    )
    own = [head.link] if head.link else []
    previous = own + chains.joined_before(meeting.unit_id, moment)
    roll, entries = names_parts_of(meeting)
    of_record, of_names = rows.of_memory(
        meeting,
        {
            AgendaItem: parts.items, Speech: parts.speeches, NotedOpinion: parts.opinions,
            Vote: parts.votes, Task: parts.tasks, TaskReport: parts.reports,
            AnswerRead: parts.answers, CarryOver: parts.carried,
            Postponement: parts.postponed, Attendance: roll, NameEntry: entries,
        },
    )  # fmt: skip
    names = named(meeting, roll, entries, {speech.uid for speech in parts.speeches})
    sealed = frozen(
        head, previous, meeting, actor.uid, assembled(meeting, parts) | {
            "rules": measured_by(book, meeting.kind), "rows": of_record
        }, names | {"rows": of_names},
    )  # fmt: skip
    sealed.save(force_insert=True)
    head.save(update_fields=["position", "link"])
    return sealed


def frozen(
    head: ChainHead,
    previous: list[str],
    meeting: Meeting,
    by_uid: str,
    record: dict[str, Any],
    names: dict[str, Any],
) -> SealedRecord:
    """Return what a seal freezes, and move the head of the chain to it; nothing is written."""
    head.position += 1
    sealed = SealedRecord(
        uid=new_uid(), bucket=meeting.bucket, meeting=meeting, unit=meeting.unit,
        position=head.position, previous=previous, names_salt=secrets.token_hex(16),
        sealed_at=meeting.sealed_at or clock.now(), sealed_by_uid=by_uid,
    )  # fmt: skip
    sealed.record = canonical(record | {"seal": sealed.own_columns()})
    sealed.record_hash = sha256(sealed.record)
    sealed.names = canonical(names)
    sealed.names_hash = seals.names_hash(sealed.names_salt, sealed.names)
    sealed.link = seals.link(previous, record_hash=sealed.record_hash, names=sealed.names_hash)
    head.link = sealed.link
    return sealed


def _settle(
    meeting: Meeting,
    tasks_given: Sequence[Task],
    matters: Sequence[Matter],
    carried: dict[str, CarryOver],
    reports: dict[str, TaskReport],
    *,
    binding: bool,
) -> None:
    """Discharge what is done, put what is not before the next meeting, and so every new task.

    A task given anew goes on as the new one, behind the same matter: it is counted once, and how
    often it came back is not forgotten. Where the resolution was not passed (`binding` is false)
    its tasks bind nobody: they end here, and what was to be given anew goes on as it was.
    """
    given = {task.uid: task for task in tasks_given}
    anew: dict[str, Task] = {}  # the task it was → the one it is now
    for matter in matters:
        report = reports.get(matter.uid)
        unfinished = report is not None and report.state != TaskState.DONE
        if report and matter.source_uid != report.task_uid:
            if binding and matter.source_uid in given:
                anew[report.task_uid] = given[matter.source_uid]
                matter.due_on = given[matter.source_uid].due_on
            else:
                matter.source_uid = report.task_uid
        if matter.uid in carried or unfinished:
            matter.state, matter.carried = Matter.State.WAITING, matter.carried + 1
        else:
            matter.state = Matter.State.DISCHARGED
    Matter.objects.bulk_update(matters, ["state", "carried", "source_uid", "due_on"])
    told = {r.task_uid: r for r in reports.values() if r.state}
    tasks = list(Task.objects.filter(unit=meeting.unit_id, uid__in=list(told)))
    for task in tasks:
        report = told[task.uid]
        task.state, task.result = report.state, report.result
        closed = report.state == TaskState.DONE or task.uid in anew
        task.done_on = meeting.held_on if closed else None
        if task.uid in anew:
            task.state = TaskState.NOT_DONE
        if not closed:
            task.declared_on = None  # it was said to be done, and the meeting judged otherwise
    if not binding:
        for task in given.values():
            task.state, task.done_on = TaskState.NOT_DONE, meeting.held_on
        tasks += given.values()
    Task.objects.bulk_update(tasks, ["state", "result", "done_on", "declared_on"])
    going_on = {task.uid for task in anew.values()}
    Matter.objects.bulk_create(
        Matter(
            bucket=task.bucket, unit=meeting.unit, kind=Matter.Kind.TASK, source_uid=task.uid,
            title=task.title, asked=Matter.Asked.REPORT_BACK, due_on=task.due_on,
            since=meeting.held_on or clock.today(),
        )
        for task in given.values()
        if binding and task.uid not in going_on
    )  # fmt: skip


@action
def file_documents(*, actor: Actor, meeting_uid: str, how: str, on: date | None = None) -> Meeting:
    """File the finished documents: here by one press, or noted as filed elsewhere, and when.

    Args:
        how: `here`, `e_handbook` or `paper`.
        on: the day they were filed elsewhere; today where nothing is said.

    Raises:
        NotAllowed: `actor` may not file there.
        DomainError: `meetings.not_sealed`, `meetings.unknown_way`, `meetings.bad_filing_day`.
    """
    meeting = locked(actor, meeting_uid, "meetings.file", Meeting.Status.values)
    if meeting.status != Meeting.Status.SEALED:
        raise DomainError(
            "meetings.not_sealed", _("Only sealed minutes are filed. Seal the minutes first.")
        )
    if how not in WAYS_TO_FILE:
        raise DomainError("meetings.unknown_way", _("Choose how the documents were filed."))
    today = clock.today()
    day = on or today
    if how != "here" and not (meeting.held_on or today) <= day <= today:
        raise DomainError(
            "meetings.bad_filing_day",
            _("They were filed between the day of the meeting and today. Check the day."),
        )
    if meeting.filed_at is None:
        meeting.filed_at, meeting.filed_how = clock.now(), how
        meeting.filed_on = None if how == "here" or day == today else day
        meeting.save(update_fields=["filed_at", "filed_how", "filed_on"])
        months.add(meeting, filed=1)
        audit.record(actor, "meetings.filed", meeting, unit_path=meeting.unit.path, how=how)
        events.emit(MeetingFiled(meeting_uid=meeting.uid))
    return meeting
