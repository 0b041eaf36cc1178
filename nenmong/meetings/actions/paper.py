"""Meetings held on paper: entered whole afterwards, by the cell, a helper or the office above."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings import access
from nenmong.meetings.actions import months
from nenmong.meetings.actions.entering import NotEntered, write_all
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.actions.planning import plan_regular
from nenmong.meetings.models import Meeting
from nenmong.meetings.models.meeting import NOT_SEALED, PLANNED_OR_OPEN
from nenmong.meetings.queries.paper import typed_of
from nenmong.meetings.rules import kinds
from nenmong.meetings.rules.paper import MOMENTS, Entered, fingerprint
from nenmong.org import access as org
from nenmong.org.models import Unit


@action
def enter_meeting(
    *, actor: Actor, meeting_uid: str, entered: Entered, draft: bool = False, seen: str = ""
) -> Meeting:
    """Enter a meeting that was held on paper, all in one; it is then held and waits for the seal.

    What was entered before is replaced. Entering the same again changes nothing. The roll is that
    of the day, and so are the rules.

    Args:
        draft: not all of it is typed yet; the meeting stays open and can be entered again.
        seen: the fingerprint of what stood there when the typing began, where that is to be
            checked: what someone else typed meanwhile is not written over unseen.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.recorded_live`, `meetings.typed_meanwhile`,
            `meetings.empty_roll`.
        NotEntered: `meetings.not_entered`, with what does not fit by place; nothing is written.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", NOT_SEALED)
    return write_whole(actor, meeting, entered, draft=draft, seen=seen)


@within_action
def write_whole(
    actor: Actor,
    meeting: Meeting,
    entered: Entered,
    *,
    draft: bool,
    seen: str,
    planned: bool = False,
) -> Meeting:
    """Write a whole meeting that is locked already; `planned`: it was laid out for this only."""
    begun = meeting.status != Meeting.Status.PLANNED
    if begun and meeting.entry != Meeting.Entry.PAPER:
        raise DomainError(
            "meetings.recorded_live",
            _("This meeting is recorded here while it is held. Go on in its own pages."),
        )
    before = typed_of(meeting)
    if seen and seen != fingerprint(before):
        raise DomainError(
            "meetings.typed_meanwhile",
            _(
                "Someone else has typed in this meeting since you opened the page. What you typed "
                "is kept below: compare, then save again."
            ),
        )
    if not begun:  # what the program itself noted while the meeting was prepared stays noted
        noted = {n: getattr(entered, n) or getattr(before, n) for n in MOMENTS}
        entered = replace(entered, **noted)
    was = (meeting.status, meeting.entry, meeting.typed_by_uid)
    meeting.status = Meeting.Status.OPEN if draft else Meeting.Status.HELD
    meeting.entry = Meeting.Entry.PAPER
    if not org.may(actor, "meetings.work", meeting.unit.path):
        meeting.typed_by_uid, meeting.typed_by = actor.uid, str(actor)[:120]
    place = transaction.savepoint()
    if refused := write_all(meeting, entered, ended=not draft).errors:
        raise NotEntered(refused)
    meeting.save()
    now = (meeting.status, meeting.entry, meeting.typed_by_uid)
    if begun and now == was and typed_of(meeting) == before:
        transaction.savepoint_rollback(place)
        return Meeting.objects.select_related("unit").get(uid=meeting.uid)
    transaction.savepoint_commit(place)
    if held := (not draft) - (was[0] == Meeting.Status.HELD):
        months.add(meeting, held=held)
    audit.record(
        actor, "meetings.typed_in", meeting, unit_path=meeting.unit.path, draft=draft,
        status=meeting.status, planned=planned,
    )  # fmt: skip
    return meeting


@action
def start_paper(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Open a planned meeting of a cell below for typing in what came on paper; twice is once.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.recorded_live`.
    """
    meeting = locked(actor, meeting_uid, access.ENTER, PLANNED_OR_OPEN)
    if meeting.entry == Meeting.Entry.PAPER:
        return meeting
    if meeting.status != Meeting.Status.PLANNED:
        raise DomainError(
            "meetings.recorded_live",
            _("This meeting is recorded here while it is held. Go on in its own pages."),
        )
    return _on_paper(actor, meeting)


@action
def plan_paper_meeting(*, actor: Actor, unit_uid: str, month: date) -> Meeting:
    """Lay out the regular meeting of a month of a cell below, to type in what came on paper.

    A month that has its meeting is answered with it, as `start_paper` does.

    Raises:
        NotAllowed: `actor` may not enter meetings there.
        DomainError: `meetings.not_its_kind`, `meetings.month_to_come`.
    """
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    org.require(actor, access.ENTER, unit)
    if not unit.is_cell:
        raise DomainError(
            "meetings.not_its_kind",
            _("%(unit)s does not hold meetings of this kind. Choose one of those shown.")
            % {"unit": unit.name},
        )
    if month > clock.today():
        raise DomainError(
            "meetings.month_to_come",
            _("This month has not come yet. What was held already is entered from paper."),
        )
    regular = Meeting.objects.of_unit(unit.uid).regular()
    if meeting := regular.in_month(month.replace(day=1)).select_related("unit").first():
        if meeting.status != Meeting.Status.PLANNED or meeting.entry == Meeting.Entry.PAPER:
            return meeting
        return _on_paper(actor, meeting)
    return plan_regular(actor, unit, month, kinds.of(kinds.REGULAR), "", entry=Meeting.Entry.PAPER)


def _on_paper(actor: Actor, meeting: Meeting) -> Meeting:
    meeting.entry = Meeting.Entry.PAPER
    meeting.save(update_fields=["entry"])
    audit.record(actor, "meetings.paper_started", meeting, unit_path=meeting.unit.path)
    return meeting
