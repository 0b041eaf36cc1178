"""What the cell does with an opinion: settles it itself, sends it up, says more, takes it back."""

from django.utils.translation import gettext as _

from nenmong.core import audit, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.opinions import access
from nenmong.opinions.actions.attaching import not_looked_at
from nenmong.opinions.actions.desks import desk_for
from nenmong.opinions.actions.moving import Turn, locked, move_all, not_possible, reason_of, write
from nenmong.opinions.actions.raising import words
from nenmong.opinions.events import OpinionEnded
from nenmong.opinions.models import Answer, Opinion, OpinionFile, OpinionMove
from nenmong.opinions.queries.fields import fields
from nenmong.opinions.queries.given_away import given_away
from nenmong.opinions.rules.states import Move, State, Who


def _cell(actor: Actor, opinion_uid: str, seen: int | None = None) -> Opinion:
    opinion = locked(opinion_uid, seen=seen)
    access.require_act(actor, opinion, Who.CELL)
    return opinion


@action
def change_words(*, actor: Actor, opinion_uid: str, text: str, seen: int | None = None) -> Opinion:
    """Mend the words of an opinion that has not left its cell.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.words_stand`,
            `opinions.no_words`, `core.too_long`.
    """
    opinion = _cell(actor, opinion_uid, seen)
    if opinion.state != State.AT_CELL:
        raise DomainError(
            "opinions.words_stand",
            _("The opinion has left the cell as it was written. Say more where the desk asks."),
        )
    text = words(text)
    if text != opinion.text:
        opinion.text = text
        opinion.version += 1
        opinion.save(update_fields=["text", "text_fold", "version"])
        audit.record(actor, "opinions.words_changed", opinion, unit_path=opinion.unit.path)
    return opinion


@action
def keep(*, actor: Actor, opinion_uid: str, seen: int | None = None) -> Opinion:
    """Let the cell settle it itself; it answers itself, and judges the answer.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`.
    """
    opinion = _cell(actor, opinion_uid, seen)
    if opinion.state == State.ACCEPTED and opinion.desk_id == opinion.unit_id:
        return opinion
    return move_all(actor, [opinion], Turn(Move.KEEP))


@action
def send(
    *,
    actor: Actor,
    opinion_uid: str,
    desk_uid: str = "",
    looked: bool = False,
    seen: int | None = None,
) -> Opinion:
    """Send an opinion beyond the cell: to the office above where no desk is said.

    Args:
        looked: the secretary has seen which names and numbers stand in its words, has looked at
            each file, and lets them go.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.gives_away`, `opinions.files_not_looked_at`, `opinions.unknown_desk`.
    """
    opinion = _cell(actor, opinion_uid, seen)
    desk = desk_for(opinion, desk_uid) if desk_uid else opinion.unit.parent
    if desk is None or desk.uid == opinion.unit_id:
        raise DomainError(
            "opinions.unknown_desk", _("No desk stands there. Choose one of those shown.")
        )
    if opinion.state == State.WAITING and opinion.desk_id == desk.uid:
        return opinion
    shown = OpinionFile.objects.filter(bucket=opinion.bucket, opinion=opinion, answer_uid=None)
    files = list(shown)
    found = [] if looked else given_away(opinion, files)
    if found:
        raise DomainError(
            "opinions.gives_away",
            _(
                "These words would go beyond the cell: %(found)s. Mend the text so that nobody is "
                "known by it, or confirm that it may go as it is."
            )
            % {"found": "; ".join(found)},
        )
    if files and not looked:
        raise not_looked_at()
    if files:
        shown.update(beyond=True)
    return move_all(actor, [opinion], Turn(Move.SEND, to=desk))


@action
def reply(*, actor: Actor, opinion_uid: str, text: str, seen: int | None = None) -> Opinion:
    """Say what the desk asked for; its clock goes on.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.no_reason`, `core.too_long`.
    """
    opinion = _cell(actor, opinion_uid, seen)
    return move_all(actor, [opinion], Turn(Move.REPLY, reason=reason_of(text)))


@action
def withdraw(*, actor: Actor, opinion_uid: str, reason: str, seen: int | None = None) -> Opinion:
    """Take an opinion back before it is answered; it leaves its issue, drafts of answers fall.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.no_reason`, `core.too_long`.
    """
    opinion = _cell(actor, opinion_uid, seen)
    if opinion.state == State.WITHDRAWN:
        return opinion
    reason = reason_of(reason)
    move_all(actor, [opinion], Turn(Move.WITHDRAW, reason=reason))
    opinion.answers.filter(state__in=[Answer.State.DRAFT, Answer.State.TO_SIGN]).update(
        state=Answer.State.DROPPED
    )
    events.emit(OpinionEnded(opinion_uid=opinion.uid))
    return opinion


@action
def reopen(*, actor: Actor, opinion_uid: str, reason: str, seen: int | None = None) -> Opinion:
    """Raise again what was solved and came back: it goes to who answered, with a new clock.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.no_reason`, `core.too_long`.
    """
    opinion = _cell(actor, opinion_uid, seen)
    if opinion.answerer is None and opinion.state == State.CLOSED:
        raise not_possible(opinion)
    turn = Turn(Move.REOPEN, reason=reason_of(reason), to=opinion.answerer)
    return move_all(actor, [opinion], turn, answer_uid=None)


@action
def sort(
    *, actor: Actor, opinion_uid: str, kind: str, field: str, seen: int | None = None
) -> Opinion:
    """Say of which kind and field an opinion is; whoever has it may, and its cell.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.unknown_kind`,
            `opinions.unknown_field`, `opinions.not_possible`.
    """
    opinion = locked(opinion_uid, seen=seen)
    if not access.may_act(actor, opinion, Who.CELL):
        access.require_act(actor, opinion, Who.DESK, routing=True)
    if not opinion.is_open:
        raise not_possible(opinion)
    if kind not in Opinion.Kind.values:
        raise DomainError("opinions.unknown_kind", _("Choose what kind of opinion it is."))
    known = fields()
    if field not in known or (known[field].retired and field != opinion.field):
        raise DomainError("opinions.unknown_field", _("Choose a field from the list."))
    if (opinion.kind, opinion.field) == (kind, field):
        return opinion
    opinion.kind, opinion.field = kind, field
    opinion.version += 1
    opinion.save(update_fields=["kind", "field", "version"])
    of_cell = opinion.desk_id == opinion.unit_id
    write(opinion, OpinionMove.What.SORTED, by="" if of_cell else str(actor))
    audit.record(actor, "opinions.sorted", opinion, unit_path=opinion.unit.path)
    return opinion
