"""What a unit works on: drafts and how far they are, what it is asked, what is due, what is out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from nenmong.core import clock
from nenmong.directives.models import (
    Comment,
    CommentRequest,
    Delivery,
    Directive,
    DirectiveVersion,
    Sending,
)
from nenmong.directives.queries.bulletins import Expected, to_come
from nenmong.directives.rules import kinds, states
from nenmong.directives.rules.states import State
from nenmong.directives.rules.steps import Course, Step, next_step
from nenmong.org.models import Unit

MOST = 60  # rows of one list; a committee has a handful
LATELY = 8
SOON = timedelta(days=30)  # before a day on which something is to be reviewed


@dataclass(frozen=True)
class Draft:
    """A document with how far it is."""

    one: Directive
    course: Course

    @property
    def step(self) -> Step:
        return next_step(self.course)


@dataclass(frozen=True)
class Out:
    """A document that went out, and where it stands with those it was sent to."""

    one: Directive
    reached: int
    discussed: int


@dataclass(frozen=True)
class Desk:
    """The workplace for documents of one unit."""

    drafts: list[Draft]
    to_comment: list[CommentRequest]
    commented: list[CommentRequest]
    to_pass_on: list[Delivery]
    bulletins: list[Expected]
    reviews: list[Directive]  # to be looked at again, soon or by now
    out: list[Out]


def desk(unit: Unit) -> Desk:
    """Return all that lies there. Eleven queries, none for each row."""
    drafts = Directive.objects.filter(issuer=unit).drafts().select_related("issuer")[:MOST]
    asked = CommentRequest.objects.filter(unit=unit).select_related("directive__issuer")
    waiting = asked.filter(answered_on=None, directive__state=State.DRAFT)
    passing = Delivery.objects.filter(unit=unit, state=Delivery.State.TO_PASS_ON)
    return Desk(
        drafts=with_course(drafts),
        to_comment=list(waiting.order_by("due_on", "uid")[:MOST]),
        commented=list(asked.exclude(answered_on=None).order_by("-answered_on", "-uid")[:LATELY]),
        to_pass_on=list(passing.select_related("directive").order_by("due_on", "uid")[:MOST]),
        bulletins=to_come(unit, clock.today()),
        reviews=_to_review(unit),
        out=_out(unit),
    )


def _to_review(unit: Unit) -> list[Directive]:
    rows = Directive.objects.filter(
        issuer=unit, state=Directive.State.ISSUED, review_on__lte=clock.today() + SOON
    )
    return list(rows.order_by("review_on", "uid")[:LATELY])


def with_course(rows: Iterable[Directive]) -> list[Draft]:
    """Return documents with how far they are. Three queries more."""
    found = list(rows)
    uids = [one.uid for one in found]
    requests = _requests(uids)
    said = _comments(uids)
    sent = set(Sending.objects.filter(directive__in=uids).values_list("directive_id", flat=True))
    return [
        Draft(one, _course(one, requests.get(one.uid), said.get(one.uid), sent=one.uid in sent))
        for one in found
    ]


def _requests(uids: Collection[str]) -> dict[str, tuple[int, int, int]]:
    """Return how many were asked, have answered, and let their day pass."""
    open_ = Q(answered_on=None)
    rows = (
        CommentRequest.objects.filter(directive__in=uids)
        .order_by().values("directive_id")
        .annotate(
            asked=Count("uid"), answered=Count("uid", filter=~open_),
            late=Count("uid", filter=open_ & Q(due_on__lt=clock.today())),
        )
    )  # fmt: skip
    return {
        directive: (asked, answered, late)
        for directive, asked, answered, late in rows.values_list(
            "directive_id", "asked", "answered", "late"
        )
    }


def _comments(uids: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return how many comments there are, and how many nobody has weighed."""
    rows = (
        Comment.objects.filter(request__directive__in=uids)
        .order_by().values("request__directive_id")
        .annotate(said=Count("uid"), open=Count("uid", filter=Q(outcome="")))
    )  # fmt: skip
    return {
        directive: (said, unweighed)
        for directive, said, unweighed in rows.values_list("request__directive_id", "said", "open")
    }


def _course(
    one: Directive, requests: tuple[int, int, int] | None, said: tuple[int, int] | None, *,
    sent: bool,
) -> Course:  # fmt: skip
    asked, answered, late = requests or (0, 0, 0)
    comments, unweighed = said or (0, 0)
    return Course(
        State(one.state), meets=kinds.of(one.kind).meets and not one.outside_issuer,
        goes_down=not one.issuer.is_cell, has_text=bool(one.text), has_gist=bool(one.gist),
        asked=asked, answered=answered, late=late, said=comments, unweighed=unweighed, sent=sent,
    )  # fmt: skip


def _out(unit: Unit) -> list[Out]:
    """Return what was issued last. Two queries."""
    rows = Directive.objects.filter(issuer=unit).exclude(state__in=states.DRAFTS)
    found = list(rows.order_by("-issued_on", "-uid")[:LATELY])
    counted = (
        Delivery.objects.filter(directive__in=[one.uid for one in found], counted=True)
        .exclude(state__in=[Delivery.State.TO_PASS_ON, Delivery.State.PASSED_ON])
        .order_by().values("directive_id")
        .annotate(
            reached=Count("uid"),
            discussed=Count("uid", filter=Q(state=Delivery.State.DISCUSSED)),
        )
    )  # fmt: skip
    known = {
        directive: (reached, discussed)
        for directive, reached, discussed in counted.values_list(
            "directive_id", "reached", "discussed"
        )
    }
    return [Out(one, *known.get(one.uid, (0, 0))) for one in found]


def versions(one: Directive) -> list[DirectiveVersion]:
    """Return the versions that were kept, the last one first; without their texts. One query."""
    return list(one.versions.defer("text").order_by("-number"))


def version_texts(one: Directive, numbers: Collection[int]) -> dict[int, DirectiveVersion]:
    """Return versions by number. One query."""
    return {row.number: row for row in one.versions.filter(number__in=numbers)}


def replaceable(one: Directive) -> list[Directive]:
    """Return what a document may come in the place of: in force, of its issuer. One query.

    Those of its own kind first.
    """
    rows = Directive.objects.filter(issuer=one.issuer_id, state=Directive.State.ISSUED)
    found = rows.exclude(uid=one.uid).order_by("-issued_on", "-uid")[:MOST]
    return sorted(found, key=lambda old: old.kind != one.kind)
