"""Who may do what with one opinion: the cell that raised it, the desk it lies on, the office above.

A desk's right reaches only what lies on it; an office routes what lies on desks under it, and does
not answer for them. Who follows a party group raises for its members, and has no other right.
"""

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.errors import NotAllowed
from nenmong.opinions.models import Opinion, Raiser
from nenmong.opinions.rules.states import State, Who
from nenmong.org import access as org
from nenmong.org.models import OFFICES, Following, Member, Unit, in_force
from nenmong.org.rules import lineage

VIEW, RAISE, CELL, NAMES = "opinions.view", "opinions.raise", "opinions.send", "opinions.names"
DESK, ROUTE, SIGN = "opinions.desk", "opinions.route", "opinions.sign"
EDIT_DESKS, EDIT_FIELDS = "opinions.edit_desks", "opinions.edit_fields"


def may_act(actor: Actor, opinion: Opinion, who: Who, *, routing: bool = False) -> bool:
    """Say whether a move is `actor`'s; `routing` for those that only pass it on. No query."""
    if getattr(actor, "is_program", False):
        return True
    if who is Who.CELL:
        return org.may(actor, CELL, opinion.unit.path)
    if who is Who.DESK:
        if opinion.desk_id == opinion.unit_id:
            return org.may(actor, CELL, opinion.unit.path)
        at_desk = org.may(actor, DESK, opinion.desk.path)
        return at_desk or (routing and org.may(actor, ROUTE, opinion.desk.path))
    return False


def require_act(actor: Actor, opinion: Opinion, who: Who, *, routing: bool = False) -> None:
    """Refuse a move that is not `actor`'s.

    Raises:
        NotAllowed: `access.denied`, saying on which desk the opinion lies.
    """
    if not may_act(actor, opinion, who, routing=routing):
        raise NotAllowed(
            "access.denied",
            _("This is not yours to do: the opinion lies with %(desk)s now. Ask there.")
            % {"desk": opinion.desk.name},
        )


def of_cell(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` belongs to the cell that raised it. No query."""
    return getattr(actor, "is_program", False) or org.may(actor, RAISE, opinion.unit.path)


def raised_it(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` raised it between two meetings; asked of oneself alone. Two queries."""
    raised = Raiser.objects.filter(bucket=opinion.bucket, opinion=opinion)
    uid = raised.values_list("member_uid", flat=True).first()
    return uid is not None and Member.objects.filter(uid=uid, user=actor.uid).exists()


def speaks(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` speaks for the cell about it: its secretary, or who raised it."""
    return may_act(actor, opinion, Who.CELL) or (
        of_cell(actor, opinion) and raised_it(actor, opinion)
    )


def require_speaks(actor: Actor, opinion: Opinion) -> None:
    """Refuse who does not speak for the cell about it.

    Raises:
        NotAllowed: `access.denied`.
    """
    if not speaks(actor, opinion):
        raise NotAllowed(
            "access.denied",
            _("Only the secretary of the cell, or who raised it, attaches something here."),
        )


def may_attach(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` brings or takes the cell's files now: while it is with the cell.

    Asked by a desk, only who speaks for all of it: what is attached then goes there at once.
    """
    if opinion.state == State.ASKED:
        return may_act(actor, opinion, Who.CELL)
    return opinion.state == State.AT_CELL and speaks(actor, opinion)


def groups_followed(actor: Actor, unit: Unit) -> list[str]:
    """Return the party groups of a cell that `actor` follows today. One query."""
    rows = Following.objects.filter(
        in_force(clock.today()), unit=unit, member__user=actor.uid, group_uid__isnull=False
    )
    return [uid for uid in rows.values_list("group_uid", flat=True) if uid]


def follows_group(actor: Actor, unit: Unit) -> bool:
    """Say whether `actor` follows a party group of a cell today. One query."""
    return bool(groups_followed(actor, unit))


def may_raise(actor: Actor, unit: Unit) -> bool:
    """Say whether `actor` may raise an opinion in a cell: a member, or who follows a group."""
    return org.may(actor, RAISE, unit.path) or follows_group(actor, unit)


def may_part(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` takes an opinion out of its issue: who is at its desk, or routes it."""
    path = opinion.desk.path
    return org.may(actor, DESK, path) or org.may(actor, ROUTE, path)


def may_join(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` joins an opinion with others now. No query."""
    return opinion.state in {State.WAITING, State.ACCEPTED} and may_part(actor, opinion)


def may_sort(actor: Actor, opinion: Opinion) -> bool:
    """Say whether `actor` says of which kind and field it is: its cell, its desk, who routes it."""
    return opinion.is_open and (
        may_act(actor, opinion, Who.CELL) or may_act(actor, opinion, Who.DESK, routing=True)
    )


def signs(actor: Actor, desk: Unit) -> bool:
    """Say whether `actor` signs what a desk answers. No query.

    A board or an authority works for the committee it stands under; a committee signs for itself.
    """
    paths = lineage(desk.path)
    return any(org.may(actor, SIGN, path) for path in paths[-2 if desk.kind in OFFICES else -1 :])
