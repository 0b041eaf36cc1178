"""Drafting a document: begun, written, kept as versions, put before the meeting that adopts it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.directives.access import DRAFT
from nenmong.directives.actions.moving import (
    draft_only,
    locked,
    only_the_program,
    reason_of,
    step,
    text_of,
    title_of,
    write,
)
from nenmong.directives.events import DraftSubmitted
from nenmong.directives.models import Directive, DirectiveVersion
from nenmong.directives.rules import bulletins, kinds
from nenmong.directives.rules.states import Move
from nenmong.org import access
from nenmong.org.models import Unit


@dataclass(frozen=True)
class Decided:
    """What a meeting made of a draft that came before it."""

    meeting_uid: str
    on: date
    agreed: int
    voters: int
    passed: bool


def _kind(unit: Unit, kind: str, outside_issuer: str) -> kinds.Kind:
    offered = kinds.KINDS if outside_issuer else kinds.offered(is_cell=unit.is_cell)
    if kind not in offered:
        raise DomainError(
            "directives.unknown_kind",
            _("%(unit)s does not issue documents of this kind. Choose one of those shown.")
            % {"unit": unit.name},
        )
    return kinds.of(kind)


@action
def start_draft(
    *,
    actor: Actor,
    unit_uid: str,
    kind: str,
    title: str,
    text: str = "",
    for_month: date | None = None,
    outside_issuer: str = "",
) -> Directive:
    """Begin a document.

    Args:
        for_month: of a bulletin, any day of the month, or of the quarter, it is for.
        outside_issuer: who issued it, where a paper from outside the program is entered.

    Raises:
        NotAllowed: `actor` does not draft there.
        DomainError: `directives.unknown_kind`, `directives.no_title`, `directives.no_month`,
            `directives.bulletin_is_there`, `core.too_long`.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, DRAFT, unit)
    outside_issuer = fitting(clean(outside_issuer), 200)
    taken = _kind(unit, kind, outside_issuer)
    one = Directive.objects.create(
        issuer=unit, kind=kind, title=title_of(title), text=text_of(text),
        for_month=_month(unit, taken, for_month), outside_issuer=outside_issuer,
        made_on=clock.today(),
    )  # fmt: skip
    audit.record(actor, "directives.draft_begun", one, unit_path=unit.path, kind=kind)
    return one


def _month(unit: Unit, kind: kinds.Kind, day: date | None) -> date | None:
    """Return the first day of what a bulletin is for; None of what is no bulletin."""
    if not (kind.monthly or kind.quarterly):
        return None
    if day is None:
        raise DomainError("directives.no_month", _("For which month is the bulletin? Choose it."))
    month = bulletins.quarter_of(day) if kind.quarterly else day.replace(day=1)
    same = Directive.objects.filter(issuer=unit, kind=kind.code, for_month=month)
    if there := same.exclude(state__in=["dropped", "withdrawn"]).first():
        raise DomainError(
            "directives.bulletin_is_there",
            _("There is a bulletin of %(month)s already: “%(title)s”. Open that one.")
            % {"month": f"{month:%m/%Y}", "title": there.title},
        )
    return month


@action
def change_draft(
    *, actor: Actor, directive_uid: str, title: str, text: str, seen: int | None = None
) -> Directive:
    """Write on a draft. The last version that was kept stays as it was.

    Raises:
        NotAllowed, DomainError: `directives.changed_meanwhile`, `directives.not_a_draft`,
            `directives.no_title`, `core.too_long`.
    """
    one = locked(actor, directive_uid, DRAFT, seen=seen)
    draft_only(one)
    columns = {"title": title_of(title), "text": text_of(text)}
    if any(getattr(one, name) != value for name, value in columns.items()):
        write(one, **columns)
        audit.record(actor, "directives.draft_changed", one, unit_path=one.issuer.path)
    return one


@within_action
def keep(one: Directive, note: str = "") -> DirectiveVersion | None:
    """Keep the text as a version, unless the last one is just that; return the version it is."""
    last = one.versions.order_by("-number").first()
    if last is not None and (last.title, last.text) == (one.title, one.text):
        return last
    if not one.text:
        return last
    return DirectiveVersion.objects.create(
        directive=one, number=last.number + 1 if last else 1, title=one.title, text=one.text,
        note=note, at=clock.now(),
    )  # fmt: skip


@action
def keep_version(*, actor: Actor, directive_uid: str, note: str = "") -> Directive:
    """Keep the text of a draft as a version of its own, with a few words on what was changed.

    Raises:
        NotAllowed, DomainError: `directives.not_a_draft`, `directives.no_text`, `core.too_long`.
    """
    one = locked(actor, directive_uid, DRAFT)
    draft_only(one)
    has_text(one)
    before = one.versions.count()
    kept = keep(one, fitting(clean(note), 300))
    if kept is not None and kept.number > before:
        audit.record(
            actor, "directives.version_kept", one, unit_path=one.issuer.path, number=kept.number
        )
    return one


def has_text(one: Directive) -> None:
    """Refuse to go on with a document that has no words yet.

    Raises:
        DomainError: `directives.no_text`.
    """
    if not one.text:
        raise DomainError(
            "directives.no_text", _("The draft has no text yet. Write it, or bring it from Word.")
        )


@action
def submit_draft(*, actor: Actor, directive_uid: str) -> Directive:
    """Put a draft before the next meeting of who issues it; its text is kept as a version.

    Raises:
        NotAllowed, DomainError: `directives.not_possible`, `directives.no_text`.
    """
    one = locked(actor, directive_uid, DRAFT)
    if one.state == Directive.State.SUBMITTED:
        return one
    has_text(one)
    step(one, Move.SUBMIT, submitted_to=one.issuer_id)
    keep(one)
    audit.record(actor, "directives.submitted", one, unit_path=one.issuer.path)
    events.emit(DraftSubmitted(directive_uid=one.uid))
    return one


@action
def take_back(*, actor: Actor, directive_uid: str) -> Directive:
    """Take a draft back before the meeting has decided on it; it is written on again.

    Raises:
        NotAllowed, DomainError: `directives.not_possible`.
    """
    one = locked(actor, directive_uid, DRAFT)
    if one.state == Directive.State.DRAFT:
        return one
    step(one, Move.TAKE_BACK, submitted_to=None)
    audit.record(actor, "directives.taken_back", one, unit_path=one.issuer.path)
    events.emit(DraftSubmitted(directive_uid=one.uid))
    return one


@action
def note_decided(*, actor: Actor, directive_uid: str, decided: Decided) -> Directive:
    """Write what a meeting decided on a draft: adopted, or back to who drafts it.

    Raises:
        NotAllowed: only the program does this, when minutes are sealed.
    """
    only_the_program(actor)
    one = locked(actor, directive_uid, DRAFT)
    if one.state != Directive.State.SUBMITTED:
        return one  # told before, or taken back meanwhile
    columns: dict[str, object] = {"agreed": decided.agreed, "voters": decided.voters}
    if decided.passed:
        step(one, Move.ADOPT, **columns, adopted_on=decided.on, adopted_at=decided.meeting_uid)
    else:
        step(one, Move.REFUSE, **columns, submitted_to=None)
    audit.record(
        actor, "directives.decided", one, unit_path=one.issuer.path,
        meeting=decided.meeting_uid, passed=decided.passed,
    )  # fmt: skip
    return one


@action
def drop_draft(*, actor: Actor, directive_uid: str, reason: str) -> Directive:
    """Give a draft up; it is kept, with the reason.

    Raises:
        NotAllowed, DomainError: `directives.not_possible`, `directives.no_reason`,
            `core.too_long`.
    """
    one = locked(actor, directive_uid, DRAFT)
    if one.state == Directive.State.DROPPED:
        return one
    step(one, Move.DROP, ended_on=clock.today(), ended_why=reason_of(reason), submitted_to=None)
    audit.record(actor, "directives.dropped", one, unit_path=one.issuer.path)
    events.emit(DraftSubmitted(directive_uid=one.uid))
    return one
