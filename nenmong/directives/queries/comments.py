"""Comments on a draft, beside the paragraphs they speak of; who was asked, and who has answered."""

from collections import defaultdict
from dataclasses import dataclass, field

from nenmong.core import clock
from nenmong.directives.models import Comment, CommentRequest, Directive, DirectiveVersion
from nenmong.directives.rules.differences import paragraphs
from nenmong.org.models import OFFICES, Unit

MOST_OFFERED = 500  # units to choose from, the nearest first


@dataclass(frozen=True)
class Said:
    """A paragraph with what units said of it; number None: of the whole."""

    number: int | None
    text: str
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Beside:
    """One version of a draft with all comments on it."""

    number: int
    whole: Said
    paragraphs: list[Said]
    others: dict[int, int]  # comments on other versions, by number
    unweighed: int


def beside(one: Directive, number: int | None = None) -> Beside | None:
    """Return a version with what was said of it, side by side. Two queries.

    Args:
        number: of the version; none: the last one that somebody was asked about.
    """
    said = list(
        Comment.objects.filter(request__directive=one).select_related("request__unit")
        .order_by("request__unit__path", "uid")
    )  # fmt: skip
    rows = one.versions.all()
    version = rows.filter(number=number).first() if number else None
    version = version or rows.filter(
        number__in=one.requests.order_by("-number").values("number")[:1]
    ).first()  # fmt: skip
    version = version or rows.order_by("-number").first()
    return _beside(version, said) if version else None


def _beside(version: DirectiveVersion, said: list[Comment]) -> Beside:
    here: dict[int | None, list[Comment]] = defaultdict(list)
    others: dict[int, int] = defaultdict(int)
    for comment in said:
        if comment.number == version.number:
            here[comment.paragraph].append(comment)
        else:
            others[comment.number] += 1
    return Beside(
        version.number,
        Said(None, "", here[None]),
        [
            Said(number, text, here[number])
            for number, text in enumerate(paragraphs(version.text), start=1)
        ],
        dict(sorted(others.items())),
        sum(not comment.outcome for rows in here.values() for comment in rows),
    )


@dataclass(frozen=True)
class Asked:
    """A unit that was asked: answered, still within its days, or late."""

    request: CommentRequest
    comments: int
    late: bool


def asked(one: Directive) -> list[Asked]:
    """Return who was asked, in the order of units. Two queries."""
    today = clock.today()
    counts: dict[str, int] = defaultdict(int)
    for uid in Comment.objects.filter(request__directive=one).values_list("request_id", flat=True):
        counts[uid] += 1
    rows = one.requests.select_related("unit").order_by("unit__path")
    return [
        Asked(row, counts[row.uid], row.answered_on is None and row.due_on < today)
        for row in rows
    ]  # fmt: skip


def offered(one: Directive) -> list[Unit]:
    """Return the units that may be asked: those directly under the issuer. One query."""
    rows = Unit.objects.filter(parent=one.issuer_id, last_day=None).exclude(kind__in=OFFICES)
    return list(rows.order_by("path")[:MOST_OFFERED])


def own(request: CommentRequest) -> Beside | None:
    """Return the version a unit was asked about, with what it said itself. Two queries.

    What it said of another version is counted there, too.
    """
    version = request.directive.versions.filter(number=request.number).first()
    said = list(request.comments.all())
    return _beside(version, said) if version else None


def earlier(request: CommentRequest) -> list[Comment]:
    """Return what a unit said of versions before. One query."""
    return list(request.comments.exclude(number=request.number).order_by("uid"))
