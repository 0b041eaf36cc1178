"""Votes, as tallies: by show of hands or by secret ballot, by the rule of what is decided."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked, not_classified
from nenmong.meetings.models import AgendaItem, Meeting, Vote
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.rules import kinds, votes
from nenmong.rulebook import queries as rulebook


@dataclass(frozen=True)
class Ballots:
    """What came of a secret ballot: its papers, and what stood on the valid ones."""

    issued: int
    returned: int
    spoiled: int
    agreed: int
    against: int
    other: int = 0


@action
def record_vote(
    *,
    actor: Actor,
    meeting_uid: str,
    about: str,
    agreed: int,
    against: int,
    other: int,
    question: str = "",
    item_uid: str = "",
) -> Vote:
    """Record a show of hands as a tally; a second one on the same question takes the first's place.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_vote`, `meetings.no_question`,
            `meetings.no_quorum`, `meetings.tally`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    if about not in Vote.About.values:
        raise DomainError("meetings.unknown_vote", _("Choose what was voted on."))
    tally = by_hands(meeting, agreed, against, other)
    asked = _asked(meeting, about, item_uid, question)
    return _recorded(actor, meeting, Vote.About(about), asked, tally)


def by_hands(meeting: Meeting, agreed: int, against: int, other: int) -> dict[str, Any]:
    """Return a show of hands as it is written down, once the numbers add up."""
    voters = meeting.official_present
    if not votes.adds_up(agreed=agreed, against=against, other=other, base=voters):
        raise DomainError(
            "meetings.tally",
            _(
                "The three numbers make %(sum)s, but %(base)s official members are present. "
                "Count again, or mend the roll."
            )
            % {"sum": agreed + against + other, "base": voters},
        )
    tally = {"agreed": agreed, "against": against, "other": other, "way": Vote.Way.HANDS}
    return tally | {"issued": None, "returned": None, "spoiled": None}


@action
def record_ballot(
    *, actor: Actor, meeting_uid: str, item_uid: str, question: str, ballots: Ballots
) -> Vote:
    """Record a secret ballot on a question of an item, as `record_vote` does a show of hands.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_question`, `meetings.no_quorum`,
            `meetings.ballots`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    tally = by_ballot(meeting, ballots)
    asked = _asked(meeting, Vote.About.ITEM, item_uid, question)
    return _recorded(actor, meeting, Vote.About.ITEM, asked, tally)


def by_ballot(meeting: Meeting, ballots: Ballots) -> dict[str, Any]:
    """Return a ballot as it is written down, once its papers add up."""
    voters, papers = meeting.official_present, ballots
    said = papers.agreed + papers.against + papers.other
    valid = votes.adds_up(
        agreed=papers.agreed, against=papers.against, other=papers.other,
        base=papers.returned - papers.spoiled,
    )  # fmt: skip
    if not (valid and 0 <= papers.spoiled <= papers.returned <= papers.issued <= voters):
        raise DomainError(
            "meetings.ballots",
            _(
                "The ballots do not add up: %(issued)s given out to %(voters)s who may vote, "
                "%(returned)s came back, %(spoiled)s of them spoiled, %(sum)s counted. Count again."
            )
            % {
                "issued": papers.issued, "voters": voters, "returned": papers.returned,
                "spoiled": papers.spoiled, "sum": said,
            },
        )  # fmt: skip
    return asdict(papers) | {"way": Vote.Way.BALLOT}


def _asked(
    meeting: Meeting, about: str, item_uid: str, question: str
) -> tuple[AgendaItem | None, str]:
    """Return what was voted on: an item with its question, or one of the closing votes."""
    question = fitting(clean(question), 500)
    if about != Vote.About.ITEM:
        return None, question
    item = AgendaItem.objects.get(uid=item_uid, bucket=meeting.bucket, meeting=meeting)
    not_classified(item)
    if not question:
        raise DomainError("meetings.no_question", _("What was voted on? Write the question."))
    return item, question


def _recorded(
    actor: Actor,
    meeting: Meeting,
    about: Vote.About,
    asked: tuple[AgendaItem | None, str],
    tally: dict[str, Any],
) -> Vote:
    vote, changed = write_vote(meeting, about, asked, tally)
    if changed:
        audit.record(actor, "meetings.voted", vote, unit_path=meeting.unit.path, about=about)
    return vote


@within_action
def write_vote(
    meeting: Meeting,
    about: Vote.About,
    asked: tuple[AgendaItem | None, str],
    tally: dict[str, Any],
) -> tuple[Vote, bool]:
    """Write a tally by the rule of what is decided, in the place of an earlier one.

    Returns the vote, and whether anything changed.
    """
    item, question = asked
    kind = kinds.of(meeting.kind)
    _has_quorum(meeting, kind)
    key = kinds.rule_of_vote(kind, item.business if item else "")
    rule = rulebook.rule(key, meeting.held_on or clock.today())
    base = base_of(meeting, key)
    same: dict[str, Any] = {"bucket": meeting.bucket, "meeting": meeting, "about": about}
    if item:
        same |= {"item": item, "question": question}
    passed = votes.passes(agreed=tally["agreed"], base=base, bar=rule.fraction, strict=rule.strict)
    values = tally | {
        "question": question, "base": base, "voters": meeting.official_present, "rule": key,
        "passed": passed,
    }  # fmt: skip
    if recorded := Vote.objects.filter(**same | values).first():
        return recorded, False
    vote, _made = Vote.objects.update_or_create(**same, defaults=values | {"voted_at": clock.now()})
    return vote, True


def base_of(meeting: Meeting, rule: str) -> int:
    """Return what the share of a vote by a rule is taken of at this meeting."""
    present = meeting.official_present
    # Whoever is exempt and came votes, so they count among those whose two thirds are asked for.
    official = max(meeting.official + meeting.exempt_present, present)
    return kinds.base_of(rule, present=present, official=official, total=meeting.total)


def _has_quorum(meeting: Meeting, kind: kinds.Kind) -> None:
    """Refuse a vote of a congress or a committee that too few came to."""
    if kind.quorum is None:
        return
    rule = rulebook.rule(kind.quorum, meeting.held_on or clock.today())
    if not votes.passes(
        agreed=meeting.present, base=meeting.total, bar=rule.fraction, strict=rule.strict
    ):
        raise DomainError(
            "meetings.no_quorum",
            _(
                "%(present)s of %(total)s are present: too few to decide, at least %(bar)s are "
                "needed. Mend the roll, or call the meeting again."
            )
            % {"present": meeting.present, "total": meeting.total, "bar": rule.value},
        )
