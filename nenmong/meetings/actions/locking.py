"""How every action here begins: the meeting locked, the person allowed, the state one that fits."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings import access
from nenmong.meetings.models import AgendaItem, Attendance, Meeting
from nenmong.meetings.rules import attendance, business


def locked(actor: Actor, meeting_uid: str, permission: str, statuses: Collection[str]) -> Meeting:
    """Return the meeting, locked until the action ends, with its unit.

    Raises:
        Meeting.DoesNotExist: there is none.
        NotAllowed: `access.denied`.
        DomainError: `meetings.sealed`, `meetings.cancelled`, `meetings.not_open`,
            `meetings.already_open`.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("unit").get(uid=meeting_uid)
    )
    access.require(actor, permission, meeting)
    if meeting.status not in statuses:
        refuse(meeting)
    return meeting


def refuse(meeting: Meeting) -> None:
    """Say why this meeting cannot take what was asked in its present state."""
    if meeting.status == Meeting.Status.SEALED:
        raise DomainError(
            "meetings.sealed",
            _("The minutes are sealed and stay so. A mistake is said in a note beside them."),
        )
    if meeting.status == Meeting.Status.CANCELLED:
        raise DomainError(
            "meetings.cancelled",
            _("This meeting was cancelled. Take the cancelling back first, then go on."),
        )
    if meeting.status == Meeting.Status.PLANNED:
        raise DomainError(
            "meetings.not_open", _("The meeting has not begun yet. Open it first, then record.")
        )
    raise DomainError(
        "meetings.already_open",
        _("The meeting has begun already. Its agenda is changed item by item from here on."),
    )


def locked_item(
    actor: Actor, item_uid: str, permission: str, statuses: Collection[str]
) -> tuple[Meeting, AgendaItem]:
    """Return an item and its meeting, the meeting locked. Two queries."""
    meeting_uid = AgendaItem.objects.values_list("meeting_id", flat=True).get(uid=item_uid)
    meeting = locked(actor, meeting_uid, permission, statuses)
    return meeting, AgendaItem.objects.get(uid=item_uid, bucket=meeting.bucket)


def not_classified(item: AgendaItem) -> None:
    """Refuse to write under an item that is a state secret: its words belong in another book.

    Raises:
        DomainError: `meetings.classified`.
    """
    if item.business == business.CLASSIFIED:
        raise DomainError(
            "meetings.classified",
            _(
                "This item is a state secret: nothing of it is written here. It is recorded in the "
                "book kept for it, by the rules on the protection of state secrets."
            ),
        )


def not_on_the_roll() -> DomainError:
    return DomainError(
        "meetings.not_on_the_roll", _("This person is not on the roll. Choose a name.")
    )


def name_on_the_roll(meeting: Meeting, member_uid: str, *, speaks: bool = False) -> str:
    """Return the name under which a member stands on a meeting's roll.

    Raises:
        DomainError: `meetings.not_on_the_roll`; `meetings.speaker_absent` where they are to have
            spoken and are noted as absent.
    """
    roll = Attendance.objects.filter(bucket=meeting.bucket, meeting=meeting, member_uid=member_uid)
    return name_of(roll.first(), speaks=speaks)


def name_of(row: Attendance | None, *, speaks: bool = False) -> str:
    """Return the name of a row of the roll; see `name_on_the_roll`."""
    if row is None:
        raise not_on_the_roll()
    if speaks and row.status not in attendance.THERE:
        raise DomainError(
            "meetings.speaker_absent",
            _("%(name)s is noted as absent. Mend the roll, or choose who really spoke.")
            % {"name": row.name},
        )
    return row.name
