"""Who may do what at one meeting: by a post, or given for that meeting alone.

A helper types for the secretary; a member named to chair it also seals. The office above types in a
meeting held on paper, and then only that one. Who types for a cell seals for it only on proof: the
scan its people signed, or a code of its secretary.
"""

from django.utils.translation import gettext as _

from nenmong.core.audit import Actor
from nenmong.core.errors import NotAllowed
from nenmong.meetings.models import GivenRight, Meeting
from nenmong.org import access as org

_TYPES = frozenset({"meetings.view", "meetings.agenda", "meetings.work", "meetings.seal"})
GIVEN = {
    GivenRight.Role.HELPER: _TYPES,
    GivenRight.Role.CHAIR: _TYPES | {"meetings.names"},
}
_ON_PAPER = frozenset({"meetings.work", "meetings.seal"})
ENTER = "meetings.enter"  # the office above, for what came to it on paper


def may(actor: Actor, permission: str, meeting: Meeting) -> bool:
    """Say whether `actor` may do this at a meeting. A query only where no post allows it."""
    if org.may(actor, permission, meeting.unit.path):
        return True
    on_paper = permission in _ON_PAPER and meeting.entry == Meeting.Entry.PAPER
    if on_paper and org.may(actor, ENTER, meeting.unit.path):
        return True
    return any(permission in GIVEN[role] for role in given(actor, meeting))


def seals_on_proof(actor: Actor, meeting: Meeting) -> bool:
    """Say whether `actor`, who may seal this meeting, does so only for the cell, and not as it."""
    if org.may(actor, "meetings.seal", meeting.unit.path):
        return False
    return GivenRight.Role.CHAIR not in given(actor, meeting)


def given(actor: Actor, meeting: Meeting) -> list[GivenRight.Role]:
    """Return what `actor` was given for this meeting alone. One query."""
    rows = GivenRight.objects.filter(
        bucket=meeting.bucket, meeting=meeting, user=actor.uid, ended_at=None
    )
    return [GivenRight.Role(role) for role in rows.values_list("role", flat=True)]


def require(actor: Actor, permission: str, meeting: Meeting) -> None:
    """Refuse unless `actor` may do this at a meeting.

    Raises:
        NotAllowed: `access.denied`.
    """
    if not may(actor, permission, meeting):
        raise NotAllowed(
            "access.denied",
            _("You may not do this for %(unit)s. Ask its secretary to grant you the right.")
            % {"unit": meeting.unit.name},
        )
