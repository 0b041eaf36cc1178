"""Issuing a document: its gist, number and days; replaced, withdrawn, prolonged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.directives.access import DRAFT, ISSUE
from nenmong.directives.actions.drafting import keep
from nenmong.directives.actions.moving import locked, reason_of, step, text_of, write
from nenmong.directives.events import DirectiveChanged
from nenmong.directives.models import Directive, DirectiveChange
from nenmong.directives.queries.numbers import term_of
from nenmong.directives.rules import kinds
from nenmong.directives.rules.states import ENDED, Move
from nenmong.org.models import Unit
from nenmong.org.queries import cell_kinds

LIMITS = {
    "pages": (1, kinds.MOST_PAGES), "minutes": (1, kinds.MOST_MINUTES),
    "fields": (0, kinds.MOST_FIELDS),
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """What a document says to a cell, and what it asks of it."""

    gist: str
    asked: str
    questions: tuple[str, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)  # by kind of cell; "" = for all
    due_on: date | None = None
    pages: int = 1
    minutes: int = 10
    fields: int = 0


@action
def describe(
    *, actor: Actor, directive_uid: str, about: About, seen: int | None = None
) -> Directive:
    """Write the gist of a document, what changes for whom, what is asked by when.

    Once it has gone out the words stand: what cells were told is not changed behind their backs.

    Raises:
        NotAllowed, DomainError: `directives.changed_meanwhile`, `directives.is_out`,
            `directives.unknown_kind`, `directives.unknown_asked`, `directives.bad_number`,
            `core.too_long`.
    """
    one = locked(actor, directive_uid, DRAFT, seen=seen)
    if one.sendings.exists() or one.state in ENDED:
        raise DomainError(
            "directives.is_out",
            _("The document has gone out: what cells were told stands. Replace it by a new one."),
        )
    columns = _columns(about)
    changes = _changes(about.changes)
    before = dict(one.changes.values_list("cell_kind", "text"))
    if changes == before and all(getattr(one, name) == said for name, said in columns.items()):
        return one
    one.changes.all().delete()
    DirectiveChange.objects.bulk_create(
        DirectiveChange(directive=one, cell_kind=kind, text=text) for kind, text in changes.items()
    )
    write(one, **columns)
    audit.record(actor, "directives.described", one, unit_path=one.issuer.path)
    return one


def _columns(about: About) -> dict[str, object]:
    if about.asked not in Directive.Asked.values:
        raise DomainError(
            "directives.unknown_asked", _("What is asked of the cells? Choose one of those shown.")
        )
    numbers = {name: getattr(about, name) for name in LIMITS}
    for name, number in numbers.items():
        least, most = LIMITS[name]
        if not least <= number <= most:
            raise DomainError(
                "directives.bad_number",
                _("Pages, minutes and fields are whole numbers: pages 1 to %(pages)s, minutes 1 to "
                  "%(minutes)s, fields 0 to %(fields)s.")
                % {name: limit[1] for name, limit in LIMITS.items()},
            )  # fmt: skip
    typed = [fitting(clean(text), kinds.LONGEST_QUESTION) for text in about.questions]
    questions = [text for text in typed if text]
    if len(questions) > kinds.MOST_QUESTIONS:
        raise DomainError(
            "directives.too_many_questions",
            _("At most %(most)s questions: a meeting discusses two or three well.")
            % {"most": kinds.MOST_QUESTIONS},
        )
    gist = text_of(about.gist, kinds.LONGEST_GIST)
    return numbers | {
        "gist": gist, "asked": about.asked, "due_on": about.due_on, "questions": questions,
    }  # fmt: skip


def _changes(said: Mapping[str, str]) -> dict[str, str]:
    known = {"", *cell_kinds()}
    if unknown := set(said) - known:
        raise DomainError(
            "directives.unknown_kind",
            _("No such kind of cell: %(kinds)s. Choose one of those shown.")
            % {"kinds": ", ".join(sorted(unknown))},
        )
    kept = {kind: text_of(text, 1000) for kind, text in said.items()}
    return {kind: text for kind, text in sorted(kept.items()) if text}


@dataclass(frozen=True)
class Issued:
    """With what number and days a document is issued, and what it replaces."""

    number: str
    issued_on: date
    valid_from: date
    valid_until: date | None = None
    replaces: Collection[str] = ()  # uids
    review_on: date | None = None


@action
def issue(*, actor: Actor, directive_uid: str, issued: Issued) -> Directive:
    """Issue a document: an adopted one, or a draft of a kind that needs no meeting.

    Raises:
        NotAllowed, DomainError: `directives.not_possible`, `directives.no_number`,
            `directives.number_taken`, `directives.days_disorder`, `directives.not_to_replace`,
            `core.too_long`.
    """
    one = locked(actor, directive_uid, ISSUE)
    number = fitting(clean(issued.number), 40)
    if one.state == Directive.State.ISSUED and one.number == number:
        return one
    Unit.objects.select_for_update().get(uid=one.issuer_id)  # numbers are given one at a time
    _number(one, number, issued.issued_on)
    _days(one, issued)
    replaced = _to_replace(one, issued.replaces)
    step(
        one, Move.ISSUE, number=number, issued_on=issued.issued_on, valid_from=issued.valid_from,
        valid_until=issued.valid_until, review_on=issued.review_on,
    )  # fmt: skip
    keep(one)
    for old in replaced:
        step(
            old, Move.REPLACE, replaced_by=one, ended_on=max(issued.valid_from, clock.today()),
            ended_why=_("Replaced by %(name)s") % {"name": one.name},
        )  # fmt: skip
        events.emit(DirectiveChanged(directive_uid=old.uid))
    audit.record(
        actor, "directives.issued", one, unit_path=one.issuer.path,
        replaces=[old.uid for old in replaced],
    )  # fmt: skip
    return one


def _number(one: Directive, number: str, day: date) -> None:
    letters = kinds.of(one.kind).letters
    if letters and not number:
        raise DomainError(
            "directives.no_number",
            _("The document has no number. Type it as it is printed, like 05-%(letters)s/ĐU.")
            % {"letters": letters},
        )
    if not number:
        return
    term = term_of(one.issuer_id, day)
    same = Directive.objects.filter(
        issuer=one.issuer_id, number=number, issued_on__gte=term, outside_issuer=one.outside_issuer
    )
    if taken := same.exclude(uid=one.uid).first():
        raise DomainError(
            "directives.number_taken",
            _("The number %(number)s is taken in this term, by “%(title)s”. Type the next one.")
            % {"number": number, "title": taken.title},
        )


def _days(one: Directive, issued: Issued) -> None:
    ends = issued.valid_until
    future = issued.issued_on > clock.today()
    if future or (ends is not None and ends < issued.valid_from):
        raise DomainError(
            "directives.days_disorder",
            _(
                "The days do not follow one another: issued today or before, valid from a day, "
                "until a later one."
            ),
        )
    if one.adopted_on and issued.issued_on < one.adopted_on:
        raise DomainError(
            "directives.days_disorder",
            _("It was adopted on %(day)s: it cannot be issued before.")
            % {"day": f"{one.adopted_on:%d/%m/%Y}"},
        )


def _to_replace(one: Directive, uids: Collection[str]) -> list[Directive]:
    """Return the documents of the same issuer that `one` comes in the place of, locked."""
    rows = Directive.objects.select_for_update(of=("self",)).select_related("issuer")
    found = list(rows.filter(uid__in=uids, issuer=one.issuer_id).exclude(uid=one.uid))
    wrong = [old.name for old in found if not old.in_work]
    if len(found) < len(set(uids)) or wrong:
        raise DomainError(
            "directives.not_to_replace",
            _("Only documents in force of %(unit)s are replaced. Not so: %(names)s")
            % {"unit": one.issuer.name, "names": ", ".join(wrong) or _("one that was chosen")},
        )
    return found


@action
def withdraw(*, actor: Actor, directive_uid: str, reason: str) -> Directive:
    """Withdraw a document: where it still waits, it waits no more, and cells read why.

    Raises:
        NotAllowed, DomainError: `directives.not_possible`, `directives.no_reason`,
            `core.too_long`.
    """
    one = locked(actor, directive_uid, ISSUE)
    if one.state == Directive.State.WITHDRAWN:
        return one
    step(one, Move.WITHDRAW, ended_on=clock.today(), ended_why=reason_of(reason))
    audit.record(actor, "directives.withdrawn", one, unit_path=one.issuer.path)
    events.emit(DirectiveChanged(directive_uid=one.uid))
    return one


@action
def prolong(*, actor: Actor, directive_uid: str, due_on: date) -> Directive:
    """Give cells until a later day; it reaches every one where the document still waits.

    Raises:
        NotAllowed, DomainError: `directives.not_in_work`, `directives.not_later`.
    """
    one = locked(actor, directive_uid, ISSUE)
    in_work(one)
    if one.due_on == due_on:
        return one
    if due_on <= clock.today() or (one.due_on is not None and due_on < one.due_on):
        raise DomainError(
            "directives.not_later", _("Choose a day behind today, and behind the day set before.")
        )
    write(one, due_on=due_on)
    audit.record(actor, "directives.prolonged", one, unit_path=one.issuer.path)
    events.emit(DirectiveChanged(directive_uid=one.uid))
    return one


@within_action
def in_work(one: Directive) -> None:
    """Refuse what only a document in work allows.

    Raises:
        DomainError: `directives.not_in_work`.
    """
    if not one.in_work:
        raise DomainError(
            "directives.not_in_work",
            _("“%(title)s” is %(state)s; only a document that was issued and stands goes out.")
            % {"title": one.title, "state": one.get_state_display()},
        )


@action
def note_review(
    *, actor: Actor, directive_uid: str, reviewed_on: date, review_on: date | None = None
) -> Directive:
    """Note that a document was looked at again and stands, and when the next time is.

    Raises:
        NotAllowed, DomainError: `directives.not_in_work`, `directives.days_disorder`.
    """
    one = locked(actor, directive_uid, ISSUE)
    in_work(one)
    if (one.reviewed_on, one.review_on) == (reviewed_on, review_on):
        return one
    if reviewed_on > clock.today() or (review_on is not None and review_on <= reviewed_on):
        raise DomainError(
            "directives.days_disorder",
            _("It was reviewed today or before, and the next time is behind that."),
        )
    write(one, reviewed_on=reviewed_on, review_on=review_on)
    audit.record(actor, "directives.reviewed", one, unit_path=one.issuer.path)
    return one
