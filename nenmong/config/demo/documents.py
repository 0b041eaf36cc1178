"""Documents of the last two months, by the actions of real life: issued, sent, passed on, ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from nenmong.accounts.models import User
from nenmong.config.demo import archive, shelf
from nenmong.config.demo.archive import Archive, first_month
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.rounds import follow
from nenmong.config.demo.shelf import PASSED_AFTER, Paper
from nenmong.config.demo.tree import Tree
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.models import Directive, Sending
from nenmong.directives.queries.targets import To
from nenmong.directives.rules import bulletins
from nenmong.directives.rules.reach import Level
from nenmong.org.models import Unit

MORNING = time(9)
BEGUN = timedelta(days=3)  # before it is issued
OVER = "directives.over_quota"
MOST_MONTHS = 3
Event = tuple[date, Callable[[], None]]


@dataclass
class Recent:
    """What comes by the actions: the documents from a day on, and who does it."""

    tree: Tree
    choices: Choices
    papers: Sequence[Paper]
    archive: Archive

    @property
    def ward(self) -> Unit:
        return self.tree.ward

    def sent_from_above(self) -> None:
        """Let the province issue and send what the communes pass on; those elsewhere do at once."""
        for paper in self.papers:
            if not paper.passed:
                continue
            issuer = self.archive.issuer(paper)
            head, office = _sitting(issuer)
            if issuer is None or head is None or office is None:
                continue
            one = self._issue(paper, issuer, head, office)
            communes = self.archive.passing(paper)
            to = To(
                level=Level.GRASSROOTS.value, pass_on=True,
                picked=tuple(sorted(unit.uid for unit in communes)),
            )  # fmt: skip
            sending = _send(one, issuer, to, paper.day, office, head)
            archive.write_more(self.archive, paper, sending)

    def events(self) -> list[Event]:
        """Return what the ward's committee does, each with its day, the earliest first."""
        head, office = _sitting(self.ward)
        if head is None or office is None:
            return []
        found: list[Event] = []
        for paper in self.papers:
            if paper.passed:
                day = paper.day + PASSED_AFTER
                if day < self.choices.day and self._is_sent(paper):
                    found.append((day, partial(self._pass_on, paper, office, head)))
            elif paper.by == shelf.WARD:
                found.append((paper.day, partial(self._own, paper, office, head)))
                found += self._later(paper, head)
        return sorted(found, key=lambda event: event[0])

    def _later(self, paper: Paper, head: User) -> list[Event]:
        """Return what becomes of a document once it is out: withdrawn, or prolonged."""
        found: list[Event] = []
        if gone := paper.said.get("withdrawn"):
            day = paper.day + timedelta(days=gone["after"])
            found.append((day, lambda: self._withdraw(paper, head, gone["why"], day)))
        if "prolonged" in paper.said and paper.due_on:
            on = paper.day + timedelta(days=12)
            later = paper.day + timedelta(days=paper.said["prolonged"])
            found.append((on, lambda: self._prolong(paper, head, later, on)))
        return [event for event in found if event[0] < self.choices.day]

    # ── the actions ─────────────────────────────────────────────────────────────────────────

    def _own(self, paper: Paper, office: User, head: User) -> None:
        one = self._issue(paper, self.ward, head, office)
        to = To(cell_kinds=tuple(paper.said.get("kinds", ())))
        _send(one, self.ward, to, paper.day, office, head, over_why=paper.said.get("over", ""))

    def _pass_on(self, paper: Paper, office: User, head: User) -> None:
        one = self._there(paper)
        day = paper.day + PASSED_AFTER
        _send(one, self.ward, To(), day, office, head, words=shelf.words_of(paper))

    def _withdraw(self, paper: Paper, head: User, why: str, day: date) -> None:
        with clock.at(clock.at_hour(day, MORNING)):
            actions.withdraw(actor=head, directive_uid=self._there(paper).uid, reason=why)
            follow()

    def _prolong(self, paper: Paper, head: User, later: date, day: date) -> None:
        with clock.at(clock.at_hour(day, MORNING)):
            actions.prolong(actor=head, directive_uid=self._there(paper).uid, due_on=later)
            follow()

    def _issue(self, paper: Paper, issuer: Unit, head: User, office: User) -> Directive:
        said = paper.said
        about = About(
            gist=said["gist"], asked=said["asked"], questions=tuple(said["questions"]),
            due_on=paper.due_on, changes=said.get("changes", {}), pages=said["pages"],
            minutes=said["minutes"], fields=said.get("fields", 0),
        )  # fmt: skip
        with clock.at(clock.at_hour(paper.day - BEGUN, MORNING)):
            one = actions.start_draft(
                actor=office, unit_uid=issuer.uid, kind=said["kind"], title=paper.title,
                text=said["text"], for_month=paper.for_month,
            )  # fmt: skip
            actions.describe(actor=office, directive_uid=one.uid, about=about)
        replaced = Directive.objects.filter(
            issuer=issuer, number__in=said.get("replaces", ()), state=Directive.State.ISSUED
        )
        issued = Issued(
            number=paper.number, issued_on=paper.day, valid_from=paper.day,
            replaces=list(replaced.values_list("uid", flat=True)),
        )  # fmt: skip
        with clock.at(clock.at_hour(paper.day, MORNING)):
            one = actions.issue(actor=head, directive_uid=one.uid, issued=issued)
            follow()
        return one

    def _there(self, paper: Paper) -> Directive:
        return Directive.objects.get(title=paper.title, issued_on=paper.day)

    def _is_sent(self, paper: Paper) -> bool:
        return Sending.objects.filter(
            directive__title=paper.title, directive__issued_on=paper.day, pass_on=True
        ).exists()


def _send(
    one: Directive, unit: Unit, to: To, day: date, office: User, head: User, **said: str
) -> Sending:
    """Send a document: for the first month whose quota has room, or with the head's reason."""
    month = first_month(day)
    with clock.at(clock.at_hour(day, time(10))):
        for _ in range(MOST_MONTHS):
            try:
                sending = actions.send(
                    actor=head if said.get("over_why") else office, directive_uid=one.uid,
                    unit_uid=unit.uid, to=to, month=month, **said,
                )  # fmt: skip
            except DomainError as refused:
                if refused.code != OVER:
                    raise
                month = bulletins.following(month)
            else:
                break
        follow()
    return Sending.objects.select_related("directive", "root").get(uid=sending.uid)


def _sitting(unit: Unit | None) -> tuple[User | None, User | None]:
    """Return the head and the office of a committee."""
    return (holder(unit, "head"), holder(unit, "office")) if unit else (None, None)


def holder(unit: Unit, role: str) -> User | None:
    """Return who has a post and an account there."""
    rows = User.objects.filter(members__posts__unit=unit, members__posts__role=role)
    return rows.order_by("uid").first()


def begin(tree: Tree, choices: Choices, border: date) -> Recent:
    """Write what was issued before a day in bulk; return what comes by the actions from it on."""
    papers = shelf.papers(choices)
    older = [paper for paper in papers if paper.day < border or paper.by == shelf.CELL]
    with clock.at(clock.at_hour(choices.day, MORNING)):
        written = archive.write_older(actor=SYSTEM, tree=tree, choices=choices, papers=older)
    recent = [paper for paper in papers if paper.day >= border and paper.by != shelf.CELL]
    return Recent(tree, choices, recent, written)


__all__ = ["Event", "Recent", "begin", "holder"]
