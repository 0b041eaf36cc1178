"""What the page of one opinion shows beside its way: what may be done with it, and to whom."""

from dataclasses import dataclass

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.workdays import Workdays
from nenmong.opinions import access
from nenmong.opinions.models import Opinion
from nenmong.opinions.queries.detail import Detail, detail
from nenmong.opinions.queries.fields import Offered, offered
from nenmong.opinions.queries.given_away import given_away
from nenmong.opinions.rules.states import Move, State, Who
from nenmong.org import access as org
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.rules import Rule

FORMS = {
    Move.KEEP: "keep", Move.SEND: "send", Move.REPLY: "reply", Move.WITHDRAW: "withdraw",
    Move.REOPEN: "reopen", Move.ACCEPT: "accept", Move.FORWARD: "forward",
    Move.RETURN: "give_back", Move.ASK: "ask", Move.ANSWER: "answer",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """An opinion as one person works with it."""

    detail: Detail
    own: bool  # belongs to its cell
    of_desk: bool  # works at the desk it lies on
    named: bool  # its cell is named to this person, and may be opened
    may_sort: bool
    may_part: bool
    may_take_on: bool
    may_sign: bool  # the answer that lies before them
    head_signs: bool  # another signs what they write
    desks: list[Offered]  # it may go to, the one proposed first
    given_away: list[str]  # what its words give away, for its cell
    rules: list[Rule]  # that hold on this desk
    own_days: int | None  # working days the desk has set itself for the field
    together: int  # opinions that move with it
    may_attach: bool  # files of the cell

    @property
    def forms(self) -> frozenset[str]:
        """The doors of what may be done now, by their names."""
        found = {FORMS[move] for move in self.detail.may & FORMS.keys()}
        if "withdraw" in found and self.detail.opinion.state == State.AT_CELL:
            found.add("change_words")
        more = {"sort": self.may_sort, "part": self.may_part, "take_on": self.may_take_on}
        return frozenset(found | {name for name, may in more.items() if may})


def page_of(actor: Actor, opinion: Opinion, days: Workdays | None = None) -> Page:
    """Return all that the page shows. At most eighteen queries, none for each row."""
    found = detail(actor, opinion, days)
    at_desk = access.may_act(actor, opinion, Who.DESK)
    elsewhere = opinion.desk_id != opinion.unit_id
    draft = found.draft
    signs = access.signs(actor, opinion.desk)
    book = rulebook.book_now(opinion.desk, clock.today()) if elsewhere else None
    clocks_rule = {
        State.WAITING: "opinions.accept_days", State.ACCEPTED: "opinions.answer_days",
        State.ASKED: "opinions.answer_days",
    }.get(State(opinion.state))  # fmt: skip
    rules = [book.rule(clocks_rule)] if book and clocks_rule else []
    stay = found.stages[-1] if found.stages else None
    own_days = stay.clock.allowed if stay and clocks_rule == "opinions.answer_days" else None
    head = bool(book and book.value("opinions.head_signs"))
    return Page(
        detail=found,
        own=org.may(actor, access.RAISE, opinion.unit.path),
        of_desk=at_desk and elsewhere,
        named=found.unit == opinion.unit.name
        and org.may(actor, access.VIEW, opinion.unit.path),
        may_sort=access.may_sort(actor, opinion),
        may_part=found.issue is not None and access.may_part(actor, opinion),
        may_take_on=at_desk and elsewhere and opinion.is_open
        and opinion.handler_uid != actor.uid,
        may_sign=draft is not None and draft.state == draft.State.TO_SIGN and signs,
        head_signs=head and not org.may(actor, access.SIGN, opinion.desk.path),
        desks=_desks(opinion) if {Move.SEND, Move.FORWARD} & found.may else [],
        given_away=given_away(opinion, found.files) if Move.SEND in found.may else [],
        rules=rules,
        own_days=own_days if rules and own_days != rules[0].value else None,
        together=_together(opinion) if elsewhere else 1,
        may_attach=access.may_attach(actor, opinion),
    )  # fmt: skip


def _desks(opinion: Opinion) -> list[Offered]:
    """Return the desks it may go to; from the cell the committee above comes first."""
    desks = offered(opinion)
    if opinion.desk_id == opinion.unit_id:
        desks.sort(key=lambda one: one.desk.uid != opinion.unit.parent_id)
    return desks


def _together(opinion: Opinion) -> int:
    """Return how many opinions of its issue lie with it, itself among them."""
    if opinion.issue_uid is None:
        return 1
    return Opinion.objects.filter(
        issue_uid=opinion.issue_uid, desk=opinion.desk_id, state=opinion.state
    ).count()
