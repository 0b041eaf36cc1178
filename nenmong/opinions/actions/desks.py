"""What a desk does with what lies on it: accepts, asks, passes on, returns, and says why."""

from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.opinions import access
from nenmong.opinions.actions.moving import Turn, locked, move_all, reason_of, together, who_acts
from nenmong.opinions.models import Answer, DeskField, Opinion
from nenmong.opinions.rules.states import Move, State, Who
from nenmong.org.models import CELLS, Unit


def desk_for(opinion: Opinion, desk_uid: str) -> Unit:
    """Return a desk an opinion may go to: a committee above its cell, or one that handles fields.

    Raises:
        DomainError: `opinions.unknown_desk`.
    """
    desk = Unit.objects.filter(uid=desk_uid, last_day=None).exclude(kind__in=CELLS).first()
    if desk is not None:
        above = opinion.unit.path.startswith(desk.path)
        if above or DeskField.objects.filter(unit=desk).exists():
            return desk
    raise DomainError(
        "opinions.unknown_desk", _("No desk stands there. Choose one of those shown.")
    )


@action
def accept(*, actor: Actor, opinion_uid: str, seen: int | None = None) -> Opinion:
    """Accept what lies on the desk; from now on it owes an answer. All of an issue at once.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`.
    """
    opinion = locked(opinion_uid, seen=seen)
    by = who_acts(actor, opinion, Move.ACCEPT)
    if opinion.state == State.ACCEPTED:
        return opinion
    return move_all(actor, together(opinion), Turn(Move.ACCEPT, by=by), handler_uid=actor.uid)


@action
def forward(
    *, actor: Actor, opinion_uid: str, desk_uid: str, reason: str, seen: int | None = None
) -> Opinion:
    """Pass an opinion on to another desk, with the reason; a new clock begins there.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.unknown_desk`, `opinions.no_reason`, `core.too_long`.
    """
    opinion = locked(opinion_uid, seen=seen)
    by = who_acts(actor, opinion, Move.FORWARD)
    desk = desk_for(opinion, desk_uid)
    if desk.uid == opinion.desk_id:
        raise DomainError(
            "opinions.same_desk", _("It lies with %(desk)s already.") % {"desk": desk.name}
        )
    turn = Turn(Move.FORWARD, reason=reason_of(reason), by=by, to=desk)
    return _away(actor, opinion, turn)


@action
def give_back(*, actor: Actor, opinion_uid: str, reason: str, seen: int | None = None) -> Opinion:
    """Return an opinion to where it came from, with the reason: the desk before, or the cell.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.no_reason`, `core.too_long`.
    """
    opinion = locked(opinion_uid, seen=seen)
    by = who_acts(actor, opinion, Move.RETURN)
    stays = opinion.stays.exclude(desk=opinion.desk_id).select_related("desk").order_by("-uid")
    before = next((stay.desk for stay in stays if stay.desk.last_day is None), opinion.unit)
    turn = Turn(Move.RETURN, reason=reason_of(reason), by=by, to=before)
    return _away(actor, opinion, turn)


def _away(actor: Actor, opinion: Opinion, turn: Turn) -> Opinion:
    """Let an opinion, and all of its issue, leave the desk; what was being answered there falls."""
    leaving = together(opinion)
    Answer.objects.filter(
        opinion__in=[one.uid for one in leaving],
        state__in=[Answer.State.DRAFT, Answer.State.TO_SIGN],
    ).update(state=Answer.State.DROPPED)
    return move_all(actor, leaving, turn)


@action
def ask(*, actor: Actor, opinion_uid: str, question: str, seen: int | None = None) -> Opinion:
    """Ask the cell for more; the clock stands until it has said it.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.no_reason`, `core.too_long`.
    """
    opinion = locked(opinion_uid, seen=seen)
    by = who_acts(actor, opinion, Move.ASK)
    return move_all(actor, [opinion], Turn(Move.ASK, reason=reason_of(question), by=by))


@action
def take_on(*, actor: Actor, opinion_uid: str) -> Opinion:
    """Say that one has taken an opinion on at one's desk; it is among one's own there.

    Raises:
        NotAllowed: it does not lie on a desk of `actor`'s.
    """
    opinion = locked(opinion_uid)
    access.require_act(actor, opinion, Who.DESK)
    if opinion.handler_uid != actor.uid:
        opinion.handler_uid = actor.uid
        opinion.save(update_fields=["handler_uid"])
        audit.record(actor, "opinions.taken_on", opinion, unit_path=opinion.unit.path)
    return opinion
