"""Comments on a draft: who is asked by when, what they say, what became of it."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.directives.access import COMMENT, DRAFT
from nenmong.directives.actions.drafting import has_text, keep
from nenmong.directives.actions.moving import draft_only, locked, text_of
from nenmong.directives.models import Comment, CommentRequest, Directive
from nenmong.directives.rules.differences import paragraphs
from nenmong.directives.rules.kinds import LONGEST_COMMENT
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.org.rules import is_under

MOST_ASKED = 500
MOST_COMMENTS = 200  # of one unit on one draft


@action
def ask_comments(
    *, actor: Actor, directive_uid: str, unit_uids: Collection[str], due_on: date
) -> Directive:
    """Ask units under the issuer to comment by a day; the text is kept as the version they read.

    A unit that was asked before is asked anew, about the version of today.

    Raises:
        NotAllowed, DomainError: `directives.not_a_draft`, `directives.no_text`,
            `directives.nobody`, `directives.not_below`, `directives.day_is_past`,
            `directives.too_many`.
    """
    one = locked(actor, directive_uid, DRAFT)
    draft_only(one)
    has_text(one)
    if due_on <= clock.today():
        raise DomainError(
            "directives.day_is_past", _("The day is past, or today. Give them some days.")
        )
    units = list(Unit.objects.filter(uid__in=unit_uids, last_day=None))
    if not units:
        raise DomainError("directives.nobody", _("Choose at least one unit."))
    if len(units) > MOST_ASKED:
        raise DomainError(
            "directives.too_many",
            _("At most %(most)s units are asked at once. Choose fewer.") % {"most": MOST_ASKED},
        )
    if strange := [u.name for u in units if not _below(u, one.issuer)]:
        raise DomainError(
            "directives.not_below",
            _("Not under %(issuer)s: %(units)s. Choose units under it.")
            % {"issuer": one.issuer.name, "units": ", ".join(strange[:5])},
        )
    version = keep(one)
    number = version.number if version else 1
    before = {row.unit_id: row for row in one.requests.select_for_update()}
    changed = 0
    for unit in units:
        row = before.get(unit.uid)
        if row is None:
            CommentRequest.objects.create(
                directive=one, unit=unit, number=number, asked_on=clock.today(), due_on=due_on
            )
        elif (row.number, row.due_on) == (number, due_on):
            continue
        else:
            if row.number != number:
                row.answered_on = None
            row.number, row.due_on, row.asked_on = number, due_on, clock.today()
            row.save(update_fields=["number", "due_on", "asked_on", "answered_on"])
        changed += 1
    if changed:
        audit.record(
            actor, "directives.comments_asked", one, unit_path=one.issuer.path, units=changed
        )
    return one


def _below(unit: Unit, issuer: Unit) -> bool:
    return unit.uid != issuer.uid and is_under(unit.path, issuer.path)


def _request(actor: Actor, request_uid: str) -> CommentRequest:
    """Return a request of a draft that is still open to comments, locked.

    Raises:
        NotAllowed: `access.denied`.
        DomainError: `directives.not_a_draft`.
    """
    row = (
        CommentRequest.objects.select_for_update(of=("self",))
        .select_related("directive", "unit")
        .get(uid=request_uid)
    )
    access.require(actor, COMMENT, row.unit)
    if row.directive.state != Directive.State.DRAFT:
        raise DomainError(
            "directives.comments_closed",
            _(
                "“%(title)s” is %(state)s: comments are closed. Phone %(issuer)s if it cannot wait."
            )
            % {
                "title": row.directive.title, "state": row.directive.get_state_display(),
                "issuer": row.directive.issuer.name,
            },
        )  # fmt: skip
    return row


@action
def comment(*, actor: Actor, request_uid: str, text: str, paragraph: int | None = None) -> Comment:
    """Say something of a draft, or of one of its paragraphs; behind the day asked for, too.

    Raises:
        NotAllowed, DomainError: `directives.comments_closed`, `directives.no_comment`,
            `directives.no_paragraph`, `directives.too_many`, `core.too_long`.
    """
    row = _request(actor, request_uid)
    if not (text := text_of(text, LONGEST_COMMENT)):
        raise DomainError("directives.no_comment", _("Write what you would change, and why."))
    version = row.directive.versions.filter(number=row.number).first()
    there = len(paragraphs(version.text)) if version else 0
    if paragraph is not None and not 1 <= paragraph <= there:
        raise DomainError(
            "directives.no_paragraph",
            _("The draft has %(count)s paragraphs. Choose one of them, or the whole.")
            % {"count": there},
        )
    said = Comment.objects.filter(request=row)
    if same := said.filter(text=text, paragraph=paragraph, number=row.number).first():
        return same
    if said.count() >= MOST_COMMENTS:
        raise DomainError(
            "directives.too_many",
            _("One unit makes at most %(most)s comments. Put several into one.")
            % {"most": MOST_COMMENTS},
        )
    made = Comment.objects.create(
        request=row, number=row.number, paragraph=paragraph, text=text, at=clock.now()
    )
    audit.record(actor, "directives.commented", made, unit_path=row.unit.path)
    return made


@action
def take_back_comment(*, actor: Actor, comment_uid: str) -> CommentRequest:
    """Take a comment back that nobody has weighed yet.

    Raises:
        NotAllowed, DomainError: `directives.comments_closed`, `directives.weighed_already`.
    """
    made = Comment.objects.get(uid=comment_uid)
    row = _request(actor, made.request_id)
    made = Comment.objects.select_for_update().get(uid=comment_uid)
    if made.outcome:
        raise DomainError(
            "directives.weighed_already",
            _("%(issuer)s has answered this comment: it stays.")
            % {"issuer": row.directive.issuer.name},
        )
    audit.record(actor, "directives.comment_taken_back", made, unit_path=row.unit.path)
    made.delete()
    return row


@action
def finish_comments(*, actor: Actor, request_uid: str) -> CommentRequest:
    """Say that a unit has said all it has to say, or that it has nothing to say.

    Raises:
        NotAllowed, DomainError: `directives.comments_closed`.
    """
    row = _request(actor, request_uid)
    if row.answered_on is None:
        row.answered_on = clock.today()
        row.save(update_fields=["answered_on"])
        audit.record(actor, "directives.comments_finished", row, unit_path=row.unit.path)
    return row


@action
def weigh_comment(
    *, actor: Actor, comment_uid: str, outcome: str, why: str = "", was: str | None = None
) -> Comment:
    """Say what became of a comment: taken in, partly, or not, with the reason.

    Args:
        was: the outcome that stood there when the page was opened; another one means that somebody
            weighed it since.

    Raises:
        NotAllowed, DomainError: `directives.unknown_outcome`, `directives.no_reason`,
            `directives.weighed_meanwhile`, `core.too_long`.
    """
    made = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("request__directive__issuer")
        .get(uid=comment_uid)
    )
    issuer = made.request.directive.issuer
    access.require(actor, DRAFT, issuer)
    if outcome not in Comment.Outcome.values:
        raise DomainError(
            "directives.unknown_outcome", _("Was it taken in, partly, or not? Choose one.")
        )
    why = fitting(clean(why), 500)
    if outcome != Comment.Outcome.TAKEN and not why:
        raise DomainError(
            "directives.no_reason", _("Why not, or not wholly? Who commented reads it.")
        )
    if (made.outcome, made.outcome_why) != (outcome, why):
        if was is not None and was != made.outcome:
            raise DomainError(
                "directives.weighed_meanwhile",
                _(
                    "Somebody weighed this comment meanwhile: %(outcome)s. What they wrote stands "
                    "above, what you typed below; choose once more."
                )
                % {"outcome": made.get_outcome_display() or _("not yet weighed")},
            )
        made.outcome, made.outcome_why = outcome, why
        made.save(update_fields=["outcome", "outcome_why"])
        audit.record(actor, "directives.comment_weighed", made, unit_path=issuer.path)
    return made
