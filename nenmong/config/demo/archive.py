"""Older documents, written in bulk before any cell is told: issued, sent, passed on to cells.

What each cell made of one is told with its meetings (`bulk/letters.py`). So are the cells elsewhere
up to today: what the ward's committee sends and passes on lately goes by the actions (`documents`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, time, timedelta
from typing import Any

from nenmong.config.demo import shelf
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.deck import told_in
from nenmong.config.demo.desks import word_of
from nenmong.config.demo.program import FIXED_DAY
from nenmong.config.demo.shelf import Paper
from nenmong.config.demo.tree import Cell, Tree
from nenmong.core import audit, clock
from nenmong.core.actions import SYSTEM, action
from nenmong.core.audit import Actor
from nenmong.core.ids import new_uid
from nenmong.directives.models import (
    Delivery,
    Directive,
    DirectiveChange,
    DirectiveVersion,
    Sending,
)
from nenmong.directives.models.month import LOADS
from nenmong.directives.queries.targets import quota_of
from nenmong.directives.rules import bulletins, kinds
from nenmong.directives.rules.load import Load, month_for, over
from nenmong.directives.rules.reach import Level
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook

MORNING = time(9)
PREPARED = timedelta(days=6)  # before it is issued
ADOPTED = timedelta(days=2)
SEATS = 15  # of a committee that adopted one
MOST_MONTHS = 3  # by which a document is put off where the quota is full


@dataclass
class Archive:
    """The rows of older documents, and what they ask of the cells of each commune by month."""

    tree: Tree
    choices: Choices
    directives: list[Directive] = field(default_factory=list)
    changes: list[DirectiveChange] = field(default_factory=list)
    versions: list[DirectiveVersion] = field(default_factory=list)
    sendings: list[Sending] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    asked: dict[tuple[str, date], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def __post_init__(self) -> None:
        """Find the communes that have cells."""
        self.cells: dict[str, list[Unit]] = defaultdict(list)
        self.communes: dict[str, Unit] = {}
        self._quotas: dict[str, Load] = {}
        for cell in self.tree.cells:
            commune = cell.unit.parent
            assert commune is not None  # noqa: S101 -- every cell of the demo stands under one
            self.cells[commune.uid].append(cell.unit)
            self.communes[commune.uid] = commune

    # ── who and whom ────────────────────────────────────────────────────────────────────────

    def issuer(self, paper: Paper) -> Unit | None:
        """Return who issues a document; None where it is not in the demo."""
        ward = self.tree.ward
        if paper.by == shelf.CELL:
            return shown(self.tree.cells)
        above = {shelf.WARD: ward, shelf.DISTRICT: ward.parent, shelf.PROVINCE: self.tree.units[0]}
        return above[paper.by]

    def passing(self, paper: Paper) -> list[Unit]:
        """Return the committees that pass a document on to their cells, in their order."""
        issuer = self.issuer(paper)
        rows = [
            one for one in self.communes.values()
            if issuer is not None and one.path.startswith(issuer.path)
        ]  # fmt: skip
        return sorted(rows, key=lambda one: one.path)

    # ── rows ────────────────────────────────────────────────────────────────────────────────

    def add(self, paper: Paper) -> None:
        """Put in a document that was issued, with what it was sent by."""
        issuer = self.issuer(paper)
        if issuer is None:
            return
        one = self._issued(paper, issuer)
        if paper.by == shelf.CELL:
            return
        if not paper.passed:
            self.to_cells(one, paper, issuer, paper.day)
            return
        communes = self.passing(paper)
        root = self._sent(one, paper, issuer, paper.day, communes)
        root.level, root.pass_on = Level.GRASSROOTS.value, True
        root.picked = sorted(unit.uid for unit in communes)
        root.over_why = paper.said.get("over", "")
        for commune in communes:
            self.pass_on(one, paper, root, commune)
            self.deliveries.append(
                Delivery(
                    bucket=commune.bucket, unit=commune, first_unit=commune, grassroots=commune,
                    directive=one, sending=root, batch=0, state=Delivery.State.PASSED_ON,
                    month=root.month, came_on=paper.day, due_on=one.due_on,
                    discussed_on=paper.day + shelf.PASSED_AFTER,
                )
            )  # fmt: skip

    def pass_on(self, one: Directive, paper: Paper, root: Sending, commune: Unit) -> None:
        """Let a commune send on to its cells, with words of its own, what came to it."""
        sending = self.to_cells(one, paper, commune, paper.day + shelf.PASSED_AFTER)
        if sending is not None:
            sending.parent, sending.words = root, _said_there(shelf.words_of(paper), commune)

    def to_cells(self, one: Directive, paper: Paper, unit: Unit, day: date) -> Sending | None:
        """Send a document to the cells of a commune."""
        if day >= self.choices.day:
            return None
        wanted = paper.said.get("kinds", ())
        cells = [c for c in self.cells[unit.uid] if not wanted or c.cell_kind in wanted]
        if not cells:
            return None
        sending = self._sent(one, paper, unit, day, cells)
        sending.level, sending.cell_kinds = Level.CELLS.value, sorted(wanted)
        return sending

    def _issued(self, paper: Paper, issuer: Unit) -> Directive:
        said, kind = paper.said, kinds.of(paper.said["kind"])
        one = Directive(
            uid=new_uid(), issuer=issuer, kind=kind.code, state=Directive.State.ISSUED,
            title=paper.title, number=paper.number, text=said["text"], gist=said["gist"],
            questions=said["questions"],
            asked=said["asked"], due_on=paper.due_on, pages=said["pages"],
            minutes=said["minutes"], fields=said.get("fields", 0), for_month=paper.for_month,
            made_on=paper.day - PREPARED, issued_on=paper.day, valid_from=paper.day, version=3,
        )  # fmt: skip
        if kind.meets:
            one.adopted_on = paper.day - ADOPTED
            one.agreed = one.voters = SEATS
        if "review" in said:
            one.review_on = paper.day + timedelta(days=said["review"])
        if "withdrawn" in said:
            ended = paper.day + timedelta(days=said["withdrawn"]["after"])
            if ended < self.choices.day:
                one.state, one.ended_on = Directive.State.WITHDRAWN, ended
                one.ended_why = said["withdrawn"]["why"]
        for number in said.get("replaces", ()):
            self._replaced(number, one)
        self.directives.append(one)
        self.versions.append(
            DirectiveVersion(
                directive=one, number=1, title=one.title, text=one.text,
                at=clock.at_hour(paper.day, MORNING),
            )
        )  # fmt: skip
        self.changes += [
            DirectiveChange(directive=one, cell_kind=cell_kind, text=text)
            for cell_kind, text in said.get("changes", {}).items()
        ]
        return one

    def _replaced(self, number: str, by: Directive) -> None:
        """End an earlier document, if it is of the months that are told."""
        for old in self.directives:
            if old.number == number and old.issuer_id == by.issuer_id:
                old.state, old.ended_on, old.replaced_by = (
                    Directive.State.REPLACED, by.valid_from, by,
                )  # fmt: skip
                old.ended_why = f"Thay bằng {by.name}"

    def _sent(
        self, one: Directive, paper: Paper, unit: Unit, day: date, to: Sequence[Unit]
    ) -> Sending:
        asks = Load(1, one.pages, one.minutes, one.fields)
        goes_on = paper.passed and unit.uid == one.issuer_id
        reason = paper.said.get("over", "")
        month = first_month(day) if goes_on or reason else self._month(unit, day, asks)
        if not goes_on:
            self.asked[unit.uid, month].update(_counts(asks))
        sending = Sending(
            uid=new_uid(), directive=one, unit=unit, root=unit, month=month, asked=one.asked,
            due_on=one.due_on, pages=one.pages, minutes=one.minutes, fields=one.fields,
            over_why=reason,
            state=Sending.State.SENT, sent_at=clock.at_hour(day, MORNING), total=len(to),
            done=len(to), batches=1, reached=max(child.path for child in to),
        )  # fmt: skip
        self.sendings.append(sending)
        return sending

    def _month(self, unit: Unit, day: date, asks: Load) -> date:
        """Return the first month whose quota still has room for what is asked."""
        month = first_month(day)
        for _ in range(MOST_MONTHS):
            known = self.asked[unit.uid, month]
            load = Load(**{name: known[name] for name in LOADS}) + asks
            if not over(load, self._quota(unit, day)):
                return month
            month = bulletins.following(month)
        return month

    def _quota(self, unit: Unit, day: date) -> Load:
        if unit.uid not in self._quotas:
            self._quotas[unit.uid] = quota_of(rulebook.book_now(unit, day))
        return self._quotas[unit.uid]


def first_month(day: date) -> date:
    """Return the month whose meetings a document of this day can come before."""
    return month_for(day, int(rulebook.value(FIXED_DAY, day)))


def _counts(load: Load) -> Mapping[str, int]:
    return dict(zip(LOADS, astuple(load), strict=True))


def _said_there(words: str, commune: Unit) -> str:
    return told_in(word_of(commune), words)


def shown(cells: Iterable[Cell]) -> Unit | None:
    """Return the cell whose people sign in."""
    return next((cell.unit for cell in cells if cell.said.get("prepares")), None)


@action
def write_older(*, actor: Actor, tree: Tree, choices: Choices, papers: Sequence[Paper]) -> Archive:
    """Write these documents and what they were sent by; the cells' part comes with their story."""
    archive = Archive(tree, choices)
    for paper in papers:
        archive.add(paper)
    _write(archive)
    root = tree.units[0]
    audit.record(
        actor, "directives.imported", root, unit_path=root.path, directives=len(archive.directives)
    )
    return archive


def write_more(archive: Archive, paper: Paper, sending: Sending) -> None:
    """Let the communes beside the ward pass on what was just sent to them by the action."""
    more = Archive(archive.tree, archive.choices, asked=archive.asked)
    for commune in more.passing(paper):
        if commune.uid != archive.tree.ward.uid:
            more.pass_on(sending.directive, paper, sending, commune)
    passed = [one.unit_id for one in more.sendings]
    if passed:
        _passed_on(actor=SYSTEM, archive=more, sending=sending, passed=passed, paper=paper)


@action
def _passed_on(
    *, actor: Actor, archive: Archive, sending: Sending, passed: Sequence[str], paper: Paper
) -> None:
    """Write what communes passed on, and that they did."""
    _write(archive)
    Delivery.objects.filter(sending=sending, unit__in=passed).update(
        state=Delivery.State.PASSED_ON, discussed_on=paper.day + shelf.PASSED_AFTER
    )
    audit.record(
        actor, "directives.imported", sending, unit_path=sending.root.path, directives=len(passed)
    )


def _write(archive: Archive) -> None:
    replaced: dict[str, Any] = {}
    for one in archive.directives:
        if one.replaced_by is not None:
            replaced[one.number] = one.replaced_by
            one.replaced_by = None
    tables: tuple[list[Any], ...] = (
        archive.directives, archive.versions, archive.changes, archive.sendings, archive.deliveries,
    )  # fmt: skip
    for rows in tables:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
    for one in archive.directives:
        if one.state == Directive.State.REPLACED:
            one.replaced_by = replaced[one.number]
            one.save(update_fields=["replaced_by"])
