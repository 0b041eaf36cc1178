"""Issues: how many cells of how many communes raised one matter, since when, what became of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from nenmong.core.audit import Actor
from nenmong.opinions.models import Issue, Opinion
from nenmong.opinions.queries.lists import Row, rows_of
from nenmong.opinions.queries.shown import seen_by
from nenmong.opinions.rules.states import ENDED
from nenmong.rulebook import queries as rulebook

PAGE = 100


@dataclass(frozen=True)
class IssueRow:
    """An issue as it is looked over: of what `actor` sees of its parts."""

    uid: str
    title: str
    field: str
    cells: int
    communes: int
    since: date
    open: int
    answered: int
    solved: int
    desk: str  # where its parts lie, or how many places


def visible(actor: Actor) -> dict[str, list[Opinion]]:
    """Return the parts that `actor` sees of every issue, by issue. One query."""
    parts: dict[str, list[Opinion]] = defaultdict(list)
    seen = seen_by(actor, Opinion.objects.all()).exclude(issue_uid=None).select_related("desk")
    for row in seen.order_by("uid"):
        if row.issue_uid:
            parts[row.issue_uid].append(row)
    return parts


def issues(actor: Actor, *, open_only: bool = True, offset: int = 0) -> list[IssueRow]:
    """Return issues, the largest first. Two queries."""
    parts = visible(actor)
    rows = Issue.objects.filter(uid__in=list(parts)).in_bulk()
    found = [_row(rows[uid], of_issue) for uid, of_issue in parts.items() if uid in rows]
    if open_only:
        found = [row for row in found if row.open]
    found.sort(key=lambda row: (-row.cells, row.since, row.uid))
    return found[offset : offset + PAGE]


def _row(issue: Issue, parts: list[Opinion]) -> IssueRow:
    # A cell's own desk is not named: it may be a small one.
    here = [part for part in parts if part.state not in ENDED and part.desk_id != part.unit_id]
    desks = {part.desk.name for part in here}
    return IssueRow(
        uid=issue.uid, title=issue.title, field=issue.field,
        cells=len({part.unit_id for part in parts}),
        communes=len({part.grassroots_id for part in parts}),
        since=min(part.raised_on for part in parts),
        open=sum(part.state not in ENDED for part in parts),
        answered=sum(part.answer_uid is not None for part in parts),
        solved=sum(part.verdict == Opinion.Verdict.SOLVED for part in parts),
        desk=", ".join(sorted(desks)[:2]),
    )  # fmt: skip


@dataclass(frozen=True)
class IssueDetail:
    """An issue with its parts as rows."""

    issue: Issue
    summary: IssueRow
    rows: list[Row]


def issue_detail(actor: Actor, issue: Issue) -> IssueDetail | None:
    """Return an issue and the parts `actor` sees; None where it sees none. Five queries."""
    seen = seen_by(actor, Opinion.objects.all()).filter(issue_uid=issue.uid)
    parts = list(seen.select_related("desk"))
    if not parts:
        return None
    rows = rows_of(actor, seen.order_by("raised_on", "uid"), rulebook.workdays())
    return IssueDetail(issue, _row(issue, parts), rows)
