"""What every change of a document shares: locking it, moving it on, texts as they are kept."""

from django.utils.translation import gettext as _

from nenmong.core.actions import within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean, clean_lines
from nenmong.core.texts import fitting
from nenmong.directives.models import Directive
from nenmong.directives.rules import kinds, states
from nenmong.directives.rules.states import Move, State
from nenmong.org import access


def locked(
    actor: Actor, directive_uid: str, permission: str, *, seen: int | None = None
) -> Directive:
    """Return a document, locked until the action ends, with its issuer.

    Args:
        permission: that `actor` needs where it is issued.
        seen: its `version` when the page was opened; another one means that somebody wrote since.

    Raises:
        Directive.DoesNotExist: there is none.
        NotAllowed: `access.denied`.
        DomainError: `directives.changed_meanwhile`.
    """
    one = (
        Directive.objects.select_for_update(of=("self",))
        .select_related("issuer")
        .get(uid=directive_uid)
    )
    access.require(actor, permission, one.issuer)
    if seen is not None and one.version != seen:
        raise DomainError(
            "directives.changed_meanwhile",
            _(
                "Somebody changed “%(title)s” while you were writing: it is %(state)s now. Open it "
                "again; what you typed is still in the form."
            )
            % {"title": one.title, "state": one.get_state_display()},
        )
    return one


def only_the_program(actor: Actor) -> None:
    """Refuse what follows by itself to whoever is a person.

    Raises:
        NotAllowed: `access.denied`.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed("access.denied", _("This follows by itself; nobody does it by hand."))


@within_action
def step(one: Directive, move: Move, **columns: object) -> None:
    """Move a document on and write these columns with it.

    Raises:
        DomainError: `directives.not_possible`, saying what is.
    """
    try:
        meets = kinds.of(one.kind).meets and not one.outside_issuer
        after = states.after(State(one.state), move, meets=meets)
    except states.NotPossibleError as error:
        raise not_possible(one, error.possible) from error
    write(one, state=after.value, **columns)


@within_action
def write(one: Directive, **columns: object) -> None:
    """Write columns of a document, and that it is another version of itself now."""
    for name, value in columns.items():
        setattr(one, name, value)
    one.version += 1
    one.save(update_fields=[*columns, "version", "search_fold"])


def not_possible(one: Directive, moves: tuple[Move, ...]) -> DomainError:
    """Return the refusal of a move, saying what is possible instead."""
    words = {
        Move.SUBMIT: _("put it before the meeting"), Move.TAKE_BACK: _("take it back"),
        Move.ISSUE: _("issue it"), Move.REPLACE: _("replace it"),
        Move.WITHDRAW: _("withdraw it"), Move.DROP: _("give it up"),
    }  # fmt: skip
    can = ", ".join(words[move] for move in moves if move in words) or _("nothing any more")
    return DomainError(
        "directives.not_possible",
        _("“%(title)s” is %(state)s. What can be done with it: %(moves)s.")
        % {"title": one.title, "state": one.get_state_display(), "moves": can},
    )


def draft_only(one: Directive) -> None:
    """Refuse to write on what is no draft any more.

    Raises:
        DomainError: `directives.not_a_draft`.
    """
    if one.state != Directive.State.DRAFT:
        raise DomainError(
            "directives.not_a_draft",
            _(
                "“%(title)s” is %(state)s: its words stand. Take it back from the meeting first, "
                "or replace it by a new document."
            )
            % {"title": one.title, "state": one.get_state_display()},
        )


def title_of(text: str) -> str:
    """Return what a document is about, as it is kept.

    Raises:
        DomainError: `directives.no_title`, `core.too_long`.
    """
    if not (title := fitting(clean(text), 300)):
        raise DomainError(
            "directives.no_title", _("The document has no abstract yet. Write what it is about.")
        )
    return title


def text_of(text: str, most: int = kinds.LONGEST_TEXT) -> str:
    """Return a text of several paragraphs as it is kept.

    Raises:
        DomainError: `core.too_long`.
    """
    return fitting(clean_lines(text), most)


def reason_of(text: str) -> str:
    """Return a reason as it is kept.

    Raises:
        DomainError: `directives.no_reason`, `core.too_long`.
    """
    if not (reason := fitting(clean(text), 500)):
        raise DomainError(
            "directives.no_reason", _("Why? A sentence is enough; the cells read it.")
        )
    return reason
