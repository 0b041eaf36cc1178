"""Preparing a meeting: its day, its agenda, and what waits to come before it."""

from datetime import date, datetime, time
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions import months
from nenmong.meetings.actions.locking import locked, locked_item
from nenmong.meetings.events import MeetingPlanned
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting, Task, TaskReport
from nenmong.meetings.models.meeting import (
    NOT_SEALED,
    PLANNED,
    PLANNED_OR_OPEN,
    REGULAR_KINDS,
    MeetingKind,
)
from nenmong.meetings.rules import agenda, calendar
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.org.queries import grassroots_of
from nenmong.rulebook import queries as rulebook
from nenmong.ui import formats


@action
def plan_meeting(*, actor: Actor, unit_uid: str, month: date | None = None) -> Meeting:
    """Open the preparation of a unit's next regular meeting, or of that of `month`.

    The day is the fixed one, hour and place are those of the meeting before, and the agenda is the
    order in force with everything that waits. A month that has its meeting is answered with it.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.not_a_cell`, `meetings.too_far_ahead`.
    """
    # The lock on the unit makes two who plan at once share one meeting.
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    if not unit.is_cell:
        raise DomainError("meetings.not_a_cell", _("Only a cell holds these meetings."))
    regular = Meeting.objects.of_unit(unit_uid).filter(kind__in=REGULAR_KINDS)
    today = clock.today()
    if month is None:
        recent = regular.filter(month__gte=calendar.month_of(today))
        taken = set(recent.values_list("month", flat=True))
        day = rulebook.book_now(unit, today).value("meetings.regular.fixed_day")
        month = calendar.month_of(calendar.next_due(today=today, day=day, taken=taken))
    month = calendar.month_of(month)
    if month > calendar.month_of(today).replace(year=today.year + 1):
        raise DomainError(
            "meetings.too_far_ahead",
            _("This meeting lies more than a year ahead. Check month and year."),
        )
    if existing := regular.in_month(month).first():
        return existing
    meeting = _planned(unit, month, regular.filter(month__lt=month).order_by("-month").first())
    _take_from_missed(meeting)
    _draft_agenda(meeting)
    months.add(meeting, planned=1)
    audit.record(actor, "meetings.planned", meeting, unit_path=unit.path, month=str(month))
    events.emit(MeetingPlanned(meeting_uid=meeting.uid))
    return meeting


def _planned(unit: Unit, month: date, before: Meeting | None) -> Meeting:
    book = rulebook.book_now(unit, month)
    day = calendar.fixed_day(month, book.value("meetings.regular.fixed_day"))
    if before is None:
        hour = time.fromisoformat(book.value("meetings.regular.usual_hour"))
    else:
        hour = clock.local(before.starts_at).time()
    return Meeting.objects.create(
        bucket=unit.bucket, unit=unit, grassroots=grassroots_of(unit), kind=MeetingKind.REGULAR,
        month=month, starts_at=clock.at_hour(day, hour), fixed_day=day,
        place=before.place if before else "",
    )  # fmt: skip


def _take_from_missed(meeting: Meeting) -> None:
    """Make wait again what stands on an agenda whose time went by without a meeting.

    What was already said of its tasks while preparing comes along.
    """
    missed = Meeting.objects.of_unit(meeting.unit_id).filter(
        status=Meeting.Status.PLANNED, month__lt=meeting.month, starts_at__lt=clock.now()
    )
    if not (uids := list(missed.values_list("uid", flat=True))):
        return
    standing = Matter.objects.filter(
        unit=meeting.unit_id, state=Matter.State.ON_AGENDA, meeting_uid__in=uids
    )
    matters = list(standing.values_list("uid", flat=True))
    for model in (AgendaItem, CarryOver):
        model._default_manager.filter(meeting__in=uids, matter_uid__in=matters).delete()
    TaskReport.objects.filter(meeting__in=uids, matter_uid__in=matters).update(meeting=meeting)
    standing.update(state=Matter.State.WAITING)


def _draft_agenda(meeting: Meeting) -> None:
    """Write the drafted agenda, and put every waiting matter on it."""
    steps = rulebook.value("meetings.regular.steps", meeting.fixed_day)
    waiting = list(Matter.objects.waiting_for(meeting.unit_id))
    lines = agenda.draft(
        steps,
        [agenda.Waiting(m.uid, m.kind, m.title) for m in waiting],
        (get_language() or "vi")[:2],
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            bucket=meeting.bucket, meeting=meeting, position=position, step=line.step,
            title=line.title, minutes=line.minutes, matter_uid=line.matter_uid,
        )
        for position, line in enumerate(lines, start=1)
    )  # fmt: skip
    put_on_agenda(meeting, waiting)


@within_action
def put_on_agenda(meeting: Meeting, matters: list[Matter]) -> None:
    """Mark matters as standing on this agenda, and open a report for each task among them."""
    for matter in matters:
        matter.state, matter.meeting_uid = Matter.State.ON_AGENDA, meeting.uid
    Matter.objects.bulk_update(matters, ["state", "meeting_uid"])
    reported = set(meeting.reports.values_list("matter_uid", flat=True))
    by_task = {
        m.source_uid: m.uid for m in matters if m.kind == Matter.Kind.TASK and m.uid not in reported
    }
    tasks = Task.objects.filter(unit=meeting.unit_id, uid__in=list(by_task))
    TaskReport.objects.bulk_create(
        TaskReport(
            bucket=meeting.bucket, meeting=meeting, task_uid=task.uid,
            matter_uid=by_task[task.uid], title=task.title, owner=task.owner, due_on=task.due_on,
            state_at_start=task.state,
        )
        for task in sorted(tasks, key=lambda task: (task.due_on or date.max, task.uid))
    )  # fmt: skip


@action
def set_time(*, actor: Actor, meeting_uid: str, starts_at: datetime, place: str) -> Meeting:
    """Set when and where a planned meeting is held; its month stays.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.other_month`, `meetings.no_place`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    day = clock.local(starts_at).date()
    if abs((day - meeting.fixed_day).days) > 31:  # noqa: PLR2004 -- a month before or after
        raise DomainError(
            "meetings.other_month",
            _("This day is more than a month from %(day)s, the day fixed. Check month and year.")
            % {"day": formats.day(meeting.fixed_day)},
        )
    if not (place := fitting(clean(place), 200)):
        raise DomainError("meetings.no_place", _("Where do you meet? Enter the place."))
    if (meeting.starts_at, meeting.place) != (starts_at, place):
        meeting.starts_at, meeting.place = starts_at, place
        meeting.save(update_fields=["starts_at", "place"])
        audit.record(actor, "meetings.time_set", meeting, unit_path=meeting.unit.path)
    return meeting


def _title(text: str) -> str:
    if not (title := fitting(clean(text), 300)):
        raise DomainError(
            "meetings.no_title", _("The item has no words yet. Write what it is about.")
        )
    return title


def _minutes(minutes: int) -> int:
    if not 0 < minutes <= agenda.MAX_MINUTES:
        raise DomainError(
            "meetings.bad_minutes",
            _("An item lasts from 1 to %(most)s minutes. Enter a whole number.")
            % {"most": agenda.MAX_MINUTES},
        )
    return minutes


@action
def add_item(*, actor: Actor, meeting_uid: str, title: str, minutes: int) -> AgendaItem:
    """Add an item before the closing one.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_title`, `meetings.bad_minutes`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_OPEN)
    item = _insert(meeting, _title(title), _minutes(minutes), None)
    audit.record(actor, "meetings.item_added", item, unit_path=meeting.unit.path)
    return item


def _insert(meeting: Meeting, title: str, minutes: int, matter_uid: str | None) -> AgendaItem:
    """Write an item where topics go, and move those behind it on by one."""
    items = list(meeting.items.all())
    behind = next((i for i in items if i.step in {"criticism", "closing"}), None)
    position = behind.position if behind else len(items) + 1
    later = [item for item in items if item.position >= position]
    for item in later:
        item.position += 1
    AgendaItem.objects.bulk_update(later, ["position"])
    return AgendaItem.objects.create(
        bucket=meeting.bucket, meeting=meeting, position=position, step=agenda.TOPIC,
        title=title, minutes=minutes, matter_uid=matter_uid,
    )  # fmt: skip


@action
def change_item(*, actor: Actor, item_uid: str, title: str, minutes: int) -> AgendaItem:
    """Change the words or the minutes of an item.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_title`, `meetings.bad_minutes`,
            `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED_OR_OPEN)
    title, minutes = _title(title), _minutes(minutes)
    if (item.title, item.minutes) != (title, minutes):
        item.title, item.minutes = title, minutes
        item.save(update_fields=["title", "minutes"])
        audit.record(actor, "meetings.item_changed", item, unit_path=meeting.unit.path)
    return item


@action
def move_item(*, actor: Actor, item_uid: str, by: int) -> AgendaItem:
    """Move an item up (negative) or down.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED)
    items = {other.uid: other for other in meeting.items.all()}
    order = agenda.moved(list(items), item_uid, by)
    if order == list(items):
        return item
    for position, uid in enumerate(order, start=1):
        items[uid].position = position
    AgendaItem.objects.bulk_update(items.values(), ["position"])
    audit.record(actor, "meetings.item_moved", item, unit_path=meeting.unit.path)
    return items[item_uid]


@action
def drop_item(*, actor: Actor, item_uid: str) -> Meeting:
    """Take an item off the agenda. One that a matter stands behind is carried over instead.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.matter_needs_reason`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.prepare", PLANNED)
    if item.matter_uid:
        raise DomainError(
            "meetings.matter_needs_reason",
            _("A matter waits behind this item. Leave it to the next meeting, with the reason."),
        )
    audit.record(actor, "meetings.item_dropped", item, unit_path=meeting.unit.path)
    item.delete()
    return meeting


@action
def propose_topic(*, actor: Actor, unit_uid: str, title: str) -> Matter:
    """Put a topic before a cell's next meeting.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.no_title`, `core.too_long`.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    matter = Matter.objects.create(
        bucket=unit.bucket, unit=unit, kind=Matter.Kind.TOPIC, title=_title(title),
        asked=Matter.Asked.DISCUSS, since=clock.today(),
    )  # fmt: skip
    audit.record(actor, "meetings.topic_proposed", matter, unit_path=unit.path)
    return matter


@action
def take_matter(*, actor: Actor, meeting_uid: str, matter_uid: str) -> Meeting:
    """Put a waiting matter on this agenda, or take back that it was left to the next meeting.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_waiting`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_OPEN)
    matter = Matter.objects.select_for_update().get(uid=matter_uid, unit=meeting.unit_id)
    waiting = matter.state == Matter.State.WAITING
    here = (Matter.State.ON_AGENDA, meeting.uid)
    if not waiting and (matter.state, matter.meeting_uid) != here:
        raise DomainError(
            "meetings.not_waiting",
            _("This is done already, or another meeting has taken it up. Open the page again."),
        )
    choice = CarryOver.objects.filter(bucket=meeting.bucket, meeting=meeting, matter_uid=matter_uid)
    taken_back, _by_table = choice.delete()
    if waiting:
        put_on_agenda(meeting, [matter])
    missing = not meeting.items.filter(matter_uid=matter_uid).exists()
    if insert := matter.kind != Matter.Kind.TASK and missing:
        _insert(meeting, matter.title, agenda.MATTER_MINUTES, matter.uid)
    if not (waiting or taken_back or insert):
        return meeting
    audit.record(actor, "meetings.matter_taken", matter, unit_path=meeting.unit.path)
    return meeting


@action
def carry_over(
    *, actor: Actor, meeting_uid: str, reason: str, matter_uid: str = "", item_uid: str = ""
) -> CarryOver:
    """Leave a matter to the next meeting, with the reason. It stays in sight until it is done.

    An item no matter stands behind becomes one: a topic of the next meeting.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_reason`, `meetings.already_reported`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", NOT_SEALED)
    if not (reason := fitting(clean(reason), 500)):
        raise DomainError(
            "meetings.no_reason",
            _("Why is it left to the next meeting? A few words are enough."),
        )
    matter = _matter_of(meeting, matter_uid, item_uid)
    if meeting.reports.filter(matter_uid=matter.uid).exclude(state="").exists():
        raise DomainError(
            "meetings.already_reported",
            _(
                "This task has a result already. Change the result instead: what is not done "
                "comes back at the next meeting by itself."
            ),
        )
    choice: dict[str, Any] = {
        "bucket": meeting.bucket, "meeting": meeting, "matter_uid": matter.uid,
    }  # fmt: skip
    if same := CarryOver.objects.filter(**choice, reason=reason).first():
        return same
    carried, made = CarryOver.objects.update_or_create(
        **choice, defaults={"reason": reason, "title": matter.title}
    )
    if meeting.status == Meeting.Status.PLANNED:
        meeting.items.filter(matter_uid=matter.uid).delete()
    audit.record(actor, "meetings.matter_carried", matter, unit_path=meeting.unit.path, first=made)
    return carried


def _matter_of(meeting: Meeting, matter_uid: str, item_uid: str) -> Matter:
    """Return the matter named, or the one behind the item, made where there was none."""
    if matter_uid:
        return Matter.objects.get(uid=matter_uid, unit=meeting.unit_id, meeting_uid=meeting.uid)
    item = AgendaItem.objects.get(uid=item_uid, bucket=meeting.bucket, meeting=meeting)
    if item.matter_uid:
        return Matter.objects.get(uid=item.matter_uid, unit=meeting.unit_id)
    matter = Matter.objects.create(
        bucket=meeting.bucket, unit=meeting.unit, kind=Matter.Kind.TOPIC, source_uid=item.uid,
        title=item.title, asked=Matter.Asked.DISCUSS, state=Matter.State.ON_AGENDA,
        meeting_uid=meeting.uid, since=clock.today(),
    )  # fmt: skip
    item.matter_uid = matter.uid
    item.save(update_fields=["matter_uid"])
    return matter
