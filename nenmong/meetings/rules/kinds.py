"""What each kind of meeting takes from the rulebook: names of rules, never values.

A kind without a rule of a sort has none: nobody asks a least length of an extraordinary meeting.
"""

from dataclasses import dataclass

REGULAR, THEMATIC, REGULAR_THEMATIC = "regular", "thematic", "regular_thematic"
CELL_COMMITTEE, COMMITTEE = "cell_committee", "committee"
ATTENDANCE_BAR = "meetings.regular.attendance_bar"
MAJORITY, OF_COMMITTEE = "meetings.vote.majority", "meetings.vote.committee"
ADMISSION = "meetings.vote.admission"


@dataclass(frozen=True)
class Kind:
    """Where the rules of one kind of meeting stand in the rulebook."""

    code: str
    length: str | None = None  # least minutes
    bar: str | None = None  # attendance asked for
    quorum: str | None = None  # without which it is no meeting
    majority: str = MAJORITY
    of_committee: bool = False  # its roll is who holds a post of the committee
    thematic: bool = False  # counts for the thematic meeting of a quarter
    monthly: bool = False
    resolves: bool = True  # ends in a resolution that is voted

    @property
    def steps(self) -> str:
        return f"meetings.{self.code}.steps"


KINDS = {
    kind.code: kind
    for kind in (
        Kind(REGULAR, "meetings.regular.minimum_minutes", ATTENDANCE_BAR, monthly=True),
        Kind(
            REGULAR_THEMATIC, "meetings.regular_thematic.minimum_minutes", ATTENDANCE_BAR,
            thematic=True, monthly=True,
        ),
        Kind(THEMATIC, bar=ATTENDANCE_BAR, thematic=True),
        Kind("extraordinary", bar=ATTENDANCE_BAR),
        Kind(
            CELL_COMMITTEE, quorum="meetings.committee.quorum", majority=OF_COMMITTEE,
            of_committee=True, resolves=False,
        ),
        Kind(COMMITTEE, quorum="meetings.committee.quorum", majority=OF_COMMITTEE,
             of_committee=True),
        Kind("congress", quorum="meetings.congress.quorum"),
    )
}  # fmt: skip
OF_A_CELL = tuple(code for code in KINDS if code != COMMITTEE)
OF_A_COMMITTEE = (COMMITTEE, "congress")
# The posts that make up a committee: at a cell the cell committee, above it the committee itself.
SEATS = ("secretary", "deputy", "head", "committee_member")
CHAIRS = ("secretary", "head", "deputy")  # who presides, the first there is


def of(code: str) -> Kind:
    """Return what a kind of meeting takes from the rulebook.

    Raises:
        KeyError: there is no such kind.
    """
    return KINDS[code]


def held_by(*, is_cell: bool) -> tuple[str, ...]:
    """Return the kinds of meetings a cell holds, or a committee above cells."""
    return OF_A_CELL if is_cell else OF_A_COMMITTEE


def rule_of_vote(kind: Kind, business: str) -> str:
    """Return the rule by which a question passes: of the kind, else of what is decided."""
    if kind.of_committee:
        return kind.majority
    return ADMISSION if business in {"admission", "make_official"} else kind.majority


def base_of(rule: str, *, present: int, official: int, total: int) -> int:
    """Return what the share of a vote is taken of.

    Args:
        present: official members there.
        official: official members on the roll.
        total: all on the roll of a committee.

    Source: Điều lệ Đảng (2011).
    """
    return {ADMISSION: official, OF_COMMITTEE: total}.get(rule, present)
