"""A whole meeting sent by a program that keeps its own books: laid out if need be, and entered."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings import access
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.actions.locking import refuse
from nenmong.meetings.actions.paper import write_whole
from nenmong.meetings.actions.planning import kind_of, plan_other, plan_regular
from nenmong.meetings.models import Meeting
from nenmong.meetings.models.meeting import NOT_SEALED
from nenmong.meetings.queries.paper import typed_of
from nenmong.meetings.rules import calendar, kinds
from nenmong.meetings.rules.paper import Entered, fingerprint
from nenmong.org import access as org
from nenmong.org.models import Unit


@action
def send_meeting(
    *,
    actor: Actor,
    unit_uid: str,
    entered: Entered,
    kind: str = "",
    month: date | None = None,
    subject: str = "",
    draft: bool = False,
    seen: str = "",
) -> Meeting:
    """Enter the meeting a unit held on a day, whole; where it is not planned, it is laid out first.

    A regular meeting is the one of its month. Another one is that of its kind on that day. What was
    begun already is replaced only where `seen` says that the sender knows what stands there; the
    same again changes nothing.

    Args:
        kind: nothing: a cell's regular meeting, a committee's own.
        month: of a regular meeting that was held in another; nothing: that of the day.
        draft: as `enter_meeting`.
        seen: as `enter_meeting`.

    Raises:
        NotAllowed: `actor` prepares no meetings there, and does not enter them for the unit either.
        DomainError: as `plan_meeting`; `meetings.sealed`, `meetings.cancelled`,
            `meetings.recorded_live`, `meetings.typed_meanwhile`, `meetings.entered_already`,
            `meetings.held_already`.
        NotEntered: `meetings.not_entered`, with what does not fit by place; nothing is written.
    """
    # The lock on the unit makes two who send at once follow each other. Its key stays free: whoever
    # holds the meeting may write rows of the unit meanwhile, or each would wait for the other.
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    own = org.may(actor, "meetings.prepare", unit.path)
    if not own:
        org.require(actor, access.ENTER, unit)
    wanted = kind_of(unit, kind)
    if not own and not wanted.monthly:
        raise DomainError(
            "meetings.not_its_kind",
            _("For a cell, only its regular meeting is entered. Its secretary enters the others."),
        )
    day = _day_of(entered)
    found = _found(unit, wanted, month or day, entered.opened_at, day)
    planned = found is None
    if found is None:
        found = _laid_out(actor, unit, wanted, month or day, _begins(entered, day), subject)
    meeting = _locked(actor, found.uid, for_the_unit=not own)
    before = (meeting.status, fingerprint(typed_of(meeting)))
    begun = meeting.status != Meeting.Status.PLANNED
    written = write_whole(actor, meeting, entered, draft=draft, seen=seen, planned=planned)
    if begun and not seen and (written.status, fingerprint(typed_of(written))) != before:
        raise DomainError(
            "meetings.entered_already",
            _(
                "This meeting is entered already, and not as you send it. Read what stands there, "
                "then send yours together with its “seen”."
            ),
        )
    return written


def _day_of(entered: Entered) -> date:
    """Return the day a meeting was held on; here nothing else says which one is meant."""
    if entered.held_on or entered.opened_at is None:
        day = entered.held_on
    else:
        day = clock.local(entered.opened_at).date()
    if day is None:
        error = DomainError("core.no_day", _("On which day? Write it like 30/6/2026."))
        raise NotEntered({"held_on": error})
    if day > clock.today():
        error = DomainError(
            "meetings.day_to_come",
            _("This day has not come yet. Send the meeting once it was held."),
        )
        raise NotEntered({"held_on": error})
    return day


def _begins(entered: Entered, day: date) -> datetime:
    return entered.opened_at or clock.at_hour(day, time())


def _found(
    unit: Unit, wanted: kinds.Kind, month: date, opened_at: datetime | None, day: date
) -> Meeting | None:
    """Return the meeting meant, if it is there. Two queries at most.

    Raises:
        DomainError: `meetings.held_already` where that day has one of this kind at another hour.
    """
    rows = Meeting.objects.of_unit(unit.uid)
    if wanted.monthly:
        return rows.regular().in_month(calendar.month_of(month)).first()
    rows = rows.filter(kind=wanted.code).exclude(status=Meeting.Status.CANCELLED)
    begins, ends = clock.at_hour(day, time()), clock.at_hour(day, time.max)
    to_be = rows.filter(held_on=None, starts_at__gte=begins, starts_at__lte=ends)
    there: list[Meeting] = [
        *rows.filter(held_on=day).order_by("uid"),
        *to_be.order_by("starts_at", "uid"),
    ]
    if exact := [one for one in there if opened_at in {one.opened_at, one.starts_at}]:
        return exact[0]
    if waiting := [one for one in there if one.status == Meeting.Status.PLANNED]:
        return waiting[0]
    if there:
        raise DomainError(
            "meetings.held_already",
            _(
                "A meeting of this kind stands on that day already, at another hour. Send yours to "
                "its own address, or with the hour it began."
            ),
        )
    return None


@within_action
def _laid_out(
    actor: Actor, unit: Unit, wanted: kinds.Kind, month: date, begins: datetime, subject: str
) -> Meeting:
    """Lay the meeting out; the audit says so in the line of its entering."""
    subject = fitting(clean(subject), 300)
    if wanted.monthly:
        return plan_regular(actor, unit, month, wanted, subject, told=False)
    return plan_other(actor, unit, wanted, subject, begins, told=False)


@within_action
def _locked(actor: Actor, uid: str, *, for_the_unit: bool) -> Meeting:
    """Return the meeting locked; who types for a unit opens it for typing by this."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("unit")
    meeting = rows.get(uid=uid)
    if for_the_unit and meeting.status == Meeting.Status.PLANNED:
        meeting.entry = Meeting.Entry.PAPER
    access.require(actor, "meetings.work", meeting)
    if meeting.status not in NOT_SEALED:
        refuse(meeting)
    return meeting
