"""Letting someone in to one meeting: a helper who types, a member who chairs it in absence."""

from django.utils.translation import gettext as _

from nenmong.accounts.models import User
from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import GivenRight, Meeting
from nenmong.meetings.models.meeting import NOT_SEALED
from nenmong.meetings.queries.paper import day_of, numbered
from nenmong.org import queries as org


@action
def give_right(
    *, actor: Actor, meeting_uid: str, role: str, member_uid: str = "", username: str = ""
) -> GivenRight:
    """Let a person work on one meeting until its seal; who holds it already is answered with it.

    Args:
        role: `helper` types; `chair` chairs and seals in absence, and belongs to the cell.
        member_uid: a member on the roll of the meeting, with an account; or
        username: the name the person signs in with.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_role`, `meetings.not_on_the_roll`,
            `meetings.no_account`, `meetings.no_such_account`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", NOT_SEALED)
    if role not in GivenRight.Role.values:
        raise DomainError("meetings.unknown_role", _("Choose what this person may do."))
    user = _person(meeting, role, member_uid, username)
    same = {"bucket": meeting.bucket, "meeting": meeting, "role": role, "user": user}
    if held := GivenRight.objects.filter(**same, ended_at=None).first():
        return held
    right = GivenRight.objects.create(
        **same, name=user.full_name[:120], given_at=clock.now(), given_by_uid=actor.uid
    )
    audit.record(actor, "meetings.right_given", right, unit_path=meeting.unit.path, role=role)
    return right


def _person(meeting: Meeting, role: str, member_uid: str, username: str) -> User:
    """Return the account meant; whoever chairs is on the cell's roll."""
    roll = {row.member_uid: row for row in numbered(meeting, day_of(meeting))}
    if member_uid:
        if member_uid not in roll:
            raise DomainError(
                "meetings.not_on_the_roll",
                _("This person is not on the roll. Choose a name."),
            )
        if not (users := org.users_of([member_uid])):
            raise DomainError(
                "meetings.no_account",
                _("%(name)s has no account yet. The office above opens one; then come back here.")
                % {"name": roll[member_uid].name},
            )
        return users[0]
    user = User.objects.filter(username=clean(username), is_active=True).first()
    if user is None:
        raise DomainError(
            "meetings.no_such_account",
            _("Nobody signs in under this name. Ask the person for their sign-in name."),
        )
    own = org.member_of(user.uid)
    if role == GivenRight.Role.CHAIR and (own is None or own[0] not in roll):
        raise DomainError(
            "meetings.not_on_the_roll",
            _("%(name)s does not belong to the cell. Only a member chairs its meeting.")
            % {"name": user.full_name},
        )
    return user


@action
def end_right(*, actor: Actor, meeting_uid: str, right_uid: str) -> Meeting:
    """Take back a right given for one meeting; a second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", NOT_SEALED)
    right = GivenRight.objects.get(uid=right_uid, bucket=meeting.bucket, meeting=meeting)
    if right.ended_at is None:
        right.ended_at = clock.now()
        right.save(update_fields=["ended_at"])
        audit.record(actor, "meetings.right_ended", right, unit_path=meeting.unit.path)
    return meeting
