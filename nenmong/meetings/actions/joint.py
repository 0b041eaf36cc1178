"""A thematic meeting several cells sit in together; each counts its own members and seals its own.

Whoever takes two locks here takes the host's meeting first, then the part's, then the row between.
"""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings import access as one_meeting
from nenmong.meetings.actions.locking import locked, refuse
from nenmong.meetings.events import MeetingPlanned
from nenmong.meetings.models import AgendaItem, JointPart, Meeting, Postponement
from nenmong.meetings.models.meeting import PLANNED, WORKING, Business, MeetingKind
from nenmong.meetings.rules import calendar
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.org.queries import grassroots_of

TEXTS = ("summary", "conclusion", "prompts")


def _locked_host(meeting_uid: str) -> Meeting:
    """Return the meeting asked to, locked; who may is for the caller to ask."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(uid=meeting_uid)


def _part(part_uid: str) -> JointPart:
    return JointPart.objects.select_related("unit").get(uid=part_uid)


@action
def ask_to_join(*, actor: Actor, meeting_uid: str, unit_uid: str) -> JointPart:
    """Ask another cell of the same committee to sit with a planned thematic meeting.

    A cell that declined may be asked again; one that is asked already is not asked twice.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_its_kind`, `meetings.not_beside`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    if meeting.kind != MeetingKind.THEMATIC or meeting.joint_uid:
        raise DomainError(
            "meetings.not_its_kind",
            _("Other cells are asked to a thematic meeting of your own cell only."),
        )
    beside = Unit.objects.cells().filter(parent=meeting.unit.parent_id, last_day=None)
    unit = beside.exclude(uid=meeting.unit_id).filter(uid=unit_uid).first()
    if unit is None:
        raise DomainError(
            "meetings.not_beside", _("Choose another cell of the same committee above.")
        )
    part = JointPart.objects.filter(bucket=meeting.bucket, meeting=meeting, unit=unit).first()
    if part and part.state in (JointPart.State.ASKED, JointPart.State.ACCEPTED):
        return part
    if part is None:
        part = JointPart(bucket=meeting.bucket, meeting=meeting, unit=unit)
    part.state, part.answered_at, part.part_uid = JointPart.State.ASKED, None, None
    part.save()
    audit.record(actor, "meetings.asked_to_join", part, unit_path=meeting.unit.path)
    return part


@action
def accept_joint(*, actor: Actor, part_uid: str) -> Meeting:
    """Sit with the meeting one was asked to: the cell's own one is planned, at the same hour.

    It has the host's agenda, without what only the host has to deal with. A second call answers
    with the same meeting.

    Raises:
        NotAllowed: `actor` may not prepare meetings of the cell that was asked.
        DomainError: `meetings.host_begun` when the host's meeting is being prepared no more;
            `meetings.asked_no_more`.
    """
    part = _part(part_uid)
    access.require(actor, "meetings.prepare", part.unit)
    host = _locked_host(part.meeting_id)
    part = _part(part_uid)
    if part.state == JointPart.State.ACCEPTED and part.part_uid:
        return Meeting.objects.get(uid=part.part_uid)
    if part.state == JointPart.State.WITHDRAWN:
        raise DomainError(
            "meetings.asked_no_more",
            _(
                "This invitation holds no more: one of the two cells was reorganised. Plan a "
                "meeting of your own, or call the cell that asked you."
            ),
        )
    if host.status not in PLANNED:
        raise DomainError(
            "meetings.host_begun",
            _("That meeting has begun or is cancelled. Call the cell that asked you."),
        )
    unit = part.unit
    meeting = Meeting.objects.create(
        bucket=unit.bucket, unit=unit, grassroots=grassroots_of(unit), kind=host.kind,
        subject=host.subject, month=calendar.month_of(clock.local(host.starts_at).date()),
        starts_at=host.starts_at, fixed_day=clock.local(host.starts_at).date(), place=host.place,
        joint_uid=host.uid,
    )  # fmt: skip
    common = host.items.filter(matter_uid=None)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            bucket=unit.bucket, meeting=meeting, position=position, step=item.step,
            title=item.title, minutes=item.minutes, presenter=item.presenter,
            # A place kept empty stays one; other business is the host's own.
            business=item.business if item.business == Business.CLASSIFIED else "",
        )
        for position, item in enumerate(common, start=1)
    )  # fmt: skip
    part.state, part.answered_at = JointPart.State.ACCEPTED, clock.now()
    part.part_uid = meeting.uid
    part.save()
    audit.record(actor, "meetings.joint_accepted", meeting, unit_path=unit.path)
    events.emit(MeetingPlanned(meeting_uid=meeting.uid))
    return meeting


@action
def decline_joint(*, actor: Actor, part_uid: str) -> JointPart:
    """Say that the cell does not come. A second call changes nothing.

    Raises:
        NotAllowed: `actor` may not prepare meetings of the cell that was asked.
        DomainError: `meetings.accepted_already`.
    """
    part = _part(part_uid)
    access.require(actor, "meetings.prepare", part.unit)
    _locked_host(part.meeting_id)
    part = _part(part_uid)
    if part.state in (JointPart.State.DECLINED, JointPart.State.WITHDRAWN):
        return part
    if part.state == JointPart.State.ACCEPTED:
        raise DomainError(
            "meetings.accepted_already",
            _("Your cell has accepted already. Open its meeting and leave the joint one there."),
        )
    part.state, part.answered_at = JointPart.State.DECLINED, clock.now()
    part.save()
    audit.record(actor, "meetings.joint_declined", part, unit_path=part.unit.path)
    return part


@action
def withdraw_joint(*, actor: Actor, part_uid: str) -> Meeting:
    """Take back that a cell was asked; a meeting it has planned for it becomes its own.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.part_begun`.
    """
    part = JointPart.objects.get(uid=part_uid)
    meeting = locked(actor, part.meeting_id, "meetings.prepare", PLANNED)
    part = JointPart.objects.get(uid=part_uid)  # as it is behind the lock
    if part.part_uid:
        own = Meeting.objects.select_for_update().get(uid=part.part_uid)
        if own.joint_uid == meeting.uid:
            if own.status not in (*PLANNED, Meeting.Status.CANCELLED):
                raise DomainError(
                    "meetings.part_begun",
                    _("That cell has begun its meeting already. It sits with yours."),
                )
            own.joint_uid = None
            own.save(update_fields=["joint_uid"])
    audit.record(actor, "meetings.joint_withdrawn", part, unit_path=meeting.unit.path)
    part.delete()
    return meeting


@action
def leave_joint(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Hold the cell's own planned meeting apart from the joint one. A second call does nothing.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    if meeting.joint_uid is None:
        return meeting
    parts = JointPart.objects.filter(meeting=meeting.joint_uid, part_uid=meeting.uid)
    parts.update(state=JointPart.State.DECLINED, part_uid=None, answered_at=clock.now())
    meeting.joint_uid = None
    meeting.save(update_fields=["joint_uid"])
    audit.record(actor, "meetings.joint_left", meeting, unit_path=meeting.unit.path)
    return meeting


@action
def follow_host(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Bring a part that has not begun to the hour and place of its host's meeting.

    Another day is written down with the reason the host gave.

    Raises:
        NotAllowed: `actor` may not prepare this meeting.
    """
    meeting = _locked_host(meeting_uid)
    one_meeting.require(actor, "meetings.prepare", meeting)
    host = Meeting.objects.filter(uid=meeting.joint_uid).first() if meeting.joint_uid else None
    if host is None or meeting.status not in PLANNED or host.status == Meeting.Status.CANCELLED:
        return meeting
    if (meeting.starts_at, meeting.place) == (host.starts_at, host.place):
        return meeting
    why = Postponement.objects.filter(
        bucket=host.bucket, meeting=host, now_at=host.starts_at
    ).last()
    if why and meeting.starts_at != host.starts_at:
        Postponement.objects.create(
            bucket=meeting.bucket, meeting=meeting, was_at=meeting.starts_at,
            now_at=host.starts_at, reason=why.reason, agreed_by=why.agreed_by,
            noted_at=clock.now(),
        )  # fmt: skip
    meeting.starts_at, meeting.place = host.starts_at, host.place
    meeting.save(update_fields=["starts_at", "place"])
    audit.record(actor, "meetings.host_followed", meeting, unit_path=meeting.unit.path)
    return meeting


@action
def take_common_texts(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Copy what the host's scribe wrote under the common items where nothing is written here.

    Never over words of one's own; a second call finds nothing to do.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_joint`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", (*PLANNED, *WORKING))
    if meeting.status in PLANNED:
        refuse(meeting)
    host = Meeting.objects.filter(uid=meeting.joint_uid).first() if meeting.joint_uid else None
    if host is None:
        raise DomainError(
            "meetings.not_joint", _("This meeting is not held jointly: there is nothing to take.")
        )
    items = list(meeting.items.all())
    theirs = _by_name(host.items.filter(matter_uid=None))
    taken = []
    for name, item in _by_name(items).items():
        common = theirs.get(name)
        if common and item.business != Business.CLASSIFIED and _fill(item, common):
            item.saved_at = clock.now()
            taken.append(item)
    if taken:
        AgendaItem.objects.bulk_update(taken, [*TEXTS, "saved_at"])
        audit.record(
            actor, "meetings.common_taken", meeting, unit_path=meeting.unit.path, items=len(taken)
        )
    return meeting


def _by_name(items: Iterable[AgendaItem]) -> dict[tuple[str, str, int], AgendaItem]:
    """Return items by step, words, and how manieth of the same they are."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for item in items:
        # A step of the order comes once, whatever its title says; a topic is told by its words.
        name = (item.step, item.title if item.step == "topic" else "")
        seen[name] += 1
        found[*name, seen[name]] = item
    return found


def _fill(item: AgendaItem, common: AgendaItem) -> bool:
    """Copy texts where there are none; say whether any was."""
    empty = [name for name in TEXTS if getattr(common, name) and not getattr(item, name).strip()]
    for name in empty:
        setattr(item, name, getattr(common, name))
    return bool(empty)
