"""Preparing a meeting: its day, its agenda, and what waits to come before it."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions import months
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.actions.standing import put_on_agenda, take_from_missed, takes_matters
from nenmong.meetings.actions.thematic import set_thematic_item
from nenmong.meetings.events import MeetingPlanned, MeetingTimeSet
from nenmong.meetings.models import (
    AgendaItem,
    Matter,
    Meeting,
    PlannedTopic,
)
from nenmong.meetings.models.meeting import PLANNED, MeetingQuerySet
from nenmong.meetings.rules import agenda, calendar, kinds, putting_off
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.org.queries import grassroots_of
from nenmong.rulebook import queries as rulebook
from nenmong.ui import formats


@action
def plan_meeting(
    *,
    actor: Actor,
    unit_uid: str,
    month: date | None = None,
    kind: str = "",
    subject: str = "",
    starts_at: datetime | None = None,
    topic_uid: str = "",
) -> Meeting:
    """Open the preparation of a meeting: without a kind, of a unit's next regular one.

    A regular meeting is held on the fixed day, its hour and place are those of the one before, and
    its agenda is the order in force with everything that waits. A month that has its meeting is
    answered with it; so is a meeting of the same kind and hour. Where the plan of the year has a
    topic for the month, the regular meeting has a thematic part.

    Args:
        month: of a regular meeting; another's is that of the day it is held on.
        subject: what a thematic or extraordinary meeting is about.
        starts_at: when another kind than a regular one is held; a cell committee meets the day
            before its cell where nothing is said.
        topic_uid: the topic of the year's plan a thematic meeting takes up, whatever words and
            month it is held under; without one, that of the same words and month.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.not_its_kind`, `meetings.no_subject`, `core.no_day`,
            `meetings.too_far_ahead`, `core.too_long`.
    """
    # The lock on the unit makes two who plan at once share one meeting.
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    subject = fitting(clean(subject), 300)
    wanted = kind_of(unit, kind)
    if wanted.monthly:
        return plan_regular(actor, unit, month, wanted, subject)
    return plan_other(actor, unit, wanted, subject, starts_at, topic_uid=topic_uid)


@within_action
def plan_other(
    actor: Actor, unit: Unit, wanted: kinds.Kind, subject: str, starts_at: datetime | None,
    *, topic_uid: str = "", told: bool = True,
) -> Meeting:  # fmt: skip
    """Lay out a meeting of another kind; `told`: it is written into the audit here."""
    if wanted.code in SUBJECT_ASKED and not subject:
        raise DomainError("meetings.no_subject", _("What is it about? Write the topic in a line."))
    if starts_at is None:
        if not wanted.of_committee or not unit.is_cell:
            raise DomainError("core.no_day", _("On which day? Write it like 30/6/2026."))
        starts_at = _day_before(unit)
    day = clock.local(starts_at).date()
    _not_too_far(calendar.month_of(day))
    others = Meeting.objects.of_unit(unit.uid).exclude(status=Meeting.Status.CANCELLED)
    if existing := others.filter(kind=wanted.code, starts_at=starts_at).first():
        return existing
    last = others.filter(kind=wanted.code, starts_at__lt=starts_at).order_by("-starts_at").first()
    meeting = Meeting.objects.create(
        bucket=unit.bucket, unit=unit, grassroots=grassroots_of(unit), kind=wanted.code,
        subject=subject, month=calendar.month_of(day), starts_at=starts_at, fixed_day=day,
        place=last.place if last else "",
    )  # fmt: skip
    if wanted.thematic:
        _tie_topic(meeting, topic_uid)
    return _begun(actor, meeting, told=told)


def _tie_topic(meeting: Meeting, topic_uid: str = "") -> None:
    """Say in the plan of the year which meeting took a topic up: the one about the same words.

    One that is named is the one, whatever its words and its month.
    """
    named = Q(uid__in=[topic_uid] if topic_uid else [])
    of_unit = PlannedTopic.objects.filter(plan__unit=meeting.unit_id)
    topics = list(of_unit.filter(named | Q(month=meeting.month)))
    taken = {topic.meeting_uid for topic in topics if topic.meeting_uid} - {meeting.uid}
    going = Meeting.objects.of_unit(meeting.unit_id).filter(uid__in=taken)
    going = going.exclude(status=Meeting.Status.CANCELLED)
    elsewhere = set(going.values_list("uid", flat=True)) if taken else set()
    for topic in topics:
        about = bool(meeting.subject) and topic.title == meeting.subject
        if topic_uid:
            about = topic.uid == topic_uid
        if about and topic.meeting_uid not in elsewhere:
            topic.meeting_uid = meeting.uid
        elif not about and topic.meeting_uid == meeting.uid:
            topic.meeting_uid = None
    PlannedTopic.objects.bulk_update(topics, ["meeting_uid"])


SUBJECT_ASKED = ("thematic", "extraordinary")


def kind_of(unit: Unit, kind: str) -> kinds.Kind:
    kind = kind or (kinds.REGULAR if unit.is_cell else kinds.COMMITTEE)
    if kind not in kinds.held_by(is_cell=unit.is_cell):
        raise DomainError(
            "meetings.not_its_kind",
            _("%(unit)s does not hold meetings of this kind. Choose one of those shown.")
            % {"unit": unit.name},
        )
    return kinds.of(kind)


def _not_too_far(month: date) -> None:
    today = clock.today()
    if month > calendar.month_of(today).replace(year=today.year + 1):
        raise DomainError(
            "meetings.too_far_ahead",
            _("This meeting lies more than a year ahead. Check month and year."),
        )


@within_action
def plan_regular(
    actor: Actor,
    unit: Unit,
    month: date | None,
    wanted: kinds.Kind,
    subject: str,
    entry: str = Meeting.Entry.LIVE,
    told: bool = True,
) -> Meeting:
    """Lay out a regular meeting, or answer with the one the month has; `told` as there."""
    regular = Meeting.objects.of_unit(unit.uid).regular()
    month = calendar.month_of(month) if month else _next_month(unit, regular)
    _not_too_far(month)
    # One a month: the latest up to this one is this month's own, or the one before it.
    before = regular.filter(month__lte=month).order_by("-month").first()
    if before and before.month == month:
        return before
    topic = None
    if wanted.code == kinds.REGULAR:
        open_topics = PlannedTopic.objects.filter(plan__unit=unit, month=month, meeting_uid=None)
        topic = open_topics.first()
    if topic:
        wanted, subject = kinds.of(kinds.REGULAR_THEMATIC), topic.title
    book = rulebook.book_now(unit, month)
    day = calendar.fixed_day(month, book.value("meetings.regular.fixed_day"))
    usual = time.fromisoformat(book.value("meetings.regular.usual_hour"))
    hour = clock.local(before.starts_at).time() if before else usual
    meeting = Meeting.objects.create(
        bucket=unit.bucket, unit=unit, grassroots=grassroots_of(unit), kind=wanted.code,
        subject=subject if wanted.thematic else "", month=month, fixed_day=day,
        starts_at=clock.at_hour(day, hour), place=before.place if before else "", entry=entry,
    )  # fmt: skip
    if topic:
        topic.meeting_uid = meeting.uid
        topic.save(update_fields=["meeting_uid"])
    return _begun(actor, meeting, told=told)


def _next_month(unit: Unit, regular: MeetingQuerySet) -> date:
    today = clock.today()
    recent = regular.filter(month__gte=calendar.month_of(today))
    taken = set(recent.values_list("month", flat=True))
    day = rulebook.book_now(unit, today).value("meetings.regular.fixed_day")
    return calendar.month_of(calendar.next_due(today=today, day=day, taken=taken))


def _day_before(unit: Unit) -> datetime:
    """Return the hour of the cell's next regular meeting, a day earlier."""
    regular = Meeting.objects.of_unit(unit.uid).regular()
    coming = regular.filter(status=Meeting.Status.PLANNED, starts_at__gte=clock.now())
    if following := coming.order_by("starts_at").first():
        return following.starts_at - timedelta(days=1)
    book = rulebook.book_now(unit, clock.today())
    month = _next_month(unit, regular)
    day = calendar.fixed_day(month, book.value("meetings.regular.fixed_day")) - timedelta(days=1)
    return clock.at_hour(day, time.fromisoformat(book.value("meetings.regular.usual_hour")))


def _begun(actor: Actor, meeting: Meeting, *, told: bool) -> Meeting:
    """Draft the agenda of a new meeting and announce it."""
    takes = takes_matters(meeting)
    if takes:
        take_from_missed(meeting)
    _draft_agenda(meeting, takes=takes)
    months.add(meeting, planned=1)
    if told:
        audit.record(
            actor, "meetings.planned", meeting, unit_path=meeting.unit.path, kind=meeting.kind,
            month=str(meeting.month),
        )  # fmt: skip
    events.emit(MeetingPlanned(meeting_uid=meeting.uid))
    return meeting


def _draft_agenda(meeting: Meeting, *, takes: bool) -> None:
    """Write the drafted agenda, and put every waiting matter on it where it takes any."""
    steps = rulebook.value(kinds.of(meeting.kind).steps, meeting.fixed_day)
    waiting = list(Matter.objects.waiting_for(meeting.unit_id)) if takes else []
    if meeting.month < calendar.month_of(clock.today()):
        # An older meeting entered late: what came up after its month was not before it.
        waiting = [m for m in waiting if m.since < calendar.next_month(meeting.month)]
    lines = agenda.draft(
        steps,
        [agenda.Waiting(m.uid, m.kind, m.title, m.minutes) for m in waiting],
        (get_language() or "vi")[:2],
        subject=meeting.subject,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            bucket=meeting.bucket, meeting=meeting, position=position, step=line.step,
            title=line.title, minutes=line.minutes, matter_uid=line.matter_uid,
        )
        for position, line in enumerate(lines, start=1)
    )  # fmt: skip
    if waiting:
        put_on_agenda(meeting, waiting)


@action
def set_time(*, actor: Actor, meeting_uid: str, starts_at: datetime, place: str) -> Meeting:
    """Set at what hour and where a planned meeting is held; another day may need a reason.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.other_month`, `meetings.day_needs_reason`,
            `meetings.no_place`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    day = clock.local(starts_at).date()
    not_too_far(meeting, starts_at)
    if putting_off.asks_reason(
        day=day, was=clock.local(meeting.starts_at).date(), fixed=meeting.fixed_day,
        notified=meeting.notice_at is not None, monthly=kinds.of(meeting.kind).monthly,
    ):  # fmt: skip
        raise DomainError(
            "meetings.day_needs_reason",
            _(
                "Another day takes a reason and who agreed. Open “Postpone or cancel” and write "
                "both there; hour and place are changed here."
            ),
        )
    if not (place := fitting(clean(place), 200)):
        raise DomainError("meetings.no_place", _("Where do you meet? Enter the place."))
    if (meeting.starts_at, meeting.place) != (starts_at, place):
        meeting.starts_at, meeting.place = starts_at, place
        meeting.save(update_fields=["starts_at", "place"])
        audit.record(actor, "meetings.time_set", meeting, unit_path=meeting.unit.path)
        events.emit(MeetingTimeSet(meeting_uid=meeting.uid))
    return meeting


def not_too_far(meeting: Meeting, starts_at: datetime) -> None:
    """Refuse a day that is no longer one for this meeting.

    Raises:
        DomainError: `meetings.other_month`.
    """
    day = clock.local(starts_at).date()
    if putting_off.too_far(day=day, fixed=meeting.fixed_day):
        raise DomainError(
            "meetings.other_month",
            _("This day is more than a month from %(day)s, the day fixed. Check month and year.")
            % {"day": formats.day(meeting.fixed_day)},
        )


@action
def set_thematic(*, actor: Actor, meeting_uid: str, subject: str) -> Meeting:
    """Give a regular meeting a thematic part about `subject`; without one, take it away.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_its_kind`, `meetings.classified`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    subject = fitting(clean(subject), 300)
    if not kinds.of(meeting.kind).monthly:
        raise DomainError(
            "meetings.not_its_kind",
            _("Only a regular meeting is given a thematic part, or loses it."),
        )
    if meeting.subject == subject:
        return meeting
    kind = kinds.of(kinds.REGULAR_THEMATIC if subject else kinds.REGULAR)
    meeting.kind, meeting.subject = kind.code, subject
    meeting.save(update_fields=["kind", "subject"])
    _tie_topic(meeting)
    steps = rulebook.value(kinds.of(kinds.REGULAR_THEMATIC).steps, meeting.fixed_day)
    set_thematic_item(meeting, next(s for s in steps if s["step"] == agenda.THEMATIC))
    _take_topic(meeting)
    audit.record(
        actor, "meetings.thematic_set", meeting, unit_path=meeting.unit.path, kind=kind.code
    )
    return meeting


def _take_topic(meeting: Meeting) -> None:
    """Mark the topic of the year's plan that this meeting takes up, and no other."""
    of_unit = PlannedTopic.objects.filter(plan__unit=meeting.unit_id)
    topics = list(of_unit.filter(Q(meeting_uid=meeting.uid) | Q(meeting_uid=None)))
    taken = next((one for one in topics if meeting.subject == one.title), None)
    for topic in topics:
        topic.meeting_uid = meeting.uid if topic is taken else None
    PlannedTopic.objects.bulk_update(topics, ["meeting_uid"])
