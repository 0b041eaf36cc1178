"""How an opinion moves: state, desk, clock, timeline and month change together, here alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import connection
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.core.workdays import Workdays
from nenmong.opinions import access
from nenmong.opinions.actions import months
from nenmong.opinions.events import OpinionMoved
from nenmong.opinions.models import DeskField, DeskStay, Issue, Opinion, OpinionMove
from nenmong.opinions.models.opinion import LONGEST
from nenmong.opinions.rules import clocks, states
from nenmong.opinions.rules.states import Move, State, Who
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book

# What a move adds to the month it happens in.
COUNTED = {
    Move.SEND: "sent", Move.SOLVED: "solved", Move.PARTLY: "partly",
    Move.NOT_SOLVED: "not_solved", Move.HEARD: "heard", Move.WITHDRAW: "withdrawn",
    Move.REOPEN: "reopened",
}  # fmt: skip
ACCEPT_DAYS, ANSWER_DAYS = "opinions.accept_days", "opinions.answer_days"


def locked(opinion_uid: str, *, seen: int | None = None) -> Opinion:
    """Return an opinion, locked until the action ends, with its units. At most two queries.

    The row is locked without its units: whoever waits for a lock on PostgreSQL is given the row as
    it is by then, beside units as they were joined before, and where the desk has changed, none.

    Args:
        seen: its `version` when the page was opened; another one means that somebody wrote since.

    Raises:
        Opinion.DoesNotExist: there is none.
        DomainError: `opinions.changed_meanwhile`.
    """
    units = ("unit__parent", "desk", "grassroots")
    opinion = known = Opinion.objects.select_related(*units).get(uid=opinion_uid)
    if connection.features.has_select_for_update:  # else an action holds the whole file already
        if known.issue_uid:  # those of an issue move together: whoever moves them comes one by one
            list(Issue.objects.select_for_update(no_key=True).filter(uid=known.issue_uid))
        opinion = Opinion.objects.select_for_update().get(uid=opinion_uid)
        with_units([opinion], known.unit, known.desk, known.grassroots)
    if seen is not None and opinion.version != seen:
        raise DomainError(
            "opinions.changed_meanwhile",
            _(
                "Somebody did something with this opinion while you were writing: it is %(state)s "
                "with %(desk)s now. Look at it as it stands; what you typed is on this page still."
            )
            % {"state": opinion.get_state_display(), "desk": opinion.desk.name},
        )
    return opinion


def with_units(opinions: Sequence[Opinion], *known: Unit) -> None:
    """Put the units beside opinions that were read without. One query, none where all are known."""
    units = {unit.uid: unit for unit in known}
    needed = {
        uid for one in opinions for uid in (one.unit_id, one.desk_id, one.grassroots_id)
    } - units.keys()
    if needed:
        units |= Unit.objects.in_bulk(needed)
    for one in opinions:
        one.unit, one.desk = units[one.unit_id], units[one.desk_id]
        one.grassroots = units[one.grassroots_id]


def reason_of(text: str) -> str:
    """Return a reason as it is kept.

    Raises:
        DomainError: `opinions.no_reason`, `core.too_long`.
    """
    text = fitting(clean(text), LONGEST)
    if not text:
        raise DomainError("opinions.no_reason", _("Why? A sentence is enough; it is shown."))
    return text


def together(opinion: Opinion) -> list[Opinion]:
    """Return the opinions that move with this one: all of its issue on the same desk, locked."""
    if opinion.issue_uid is None:
        return [opinion]
    rows = list(
        Opinion.objects.select_for_update()
        .filter(issue_uid=opinion.issue_uid, desk=opinion.desk_id, state=opinion.state)
        .exclude(uid=opinion.uid)
        .order_by("uid")
    )
    with_units(rows, opinion.unit, opinion.desk, opinion.grassroots)
    return [opinion, *rows]


def not_possible(opinion: Opinion) -> DomainError:
    """Return the refusal of a move, saying what is possible instead."""
    moves = [
        str(OpinionMove.What(move.value).label) for move in states.possible(State(opinion.state))
    ]
    can = ", ".join(moves) or str(_("nothing any more"))
    return DomainError(
        "opinions.not_possible",
        _("This opinion is %(state)s, with %(desk)s. What can be done with it: %(moves)s.")
        % {"state": opinion.get_state_display(), "desk": opinion.desk.name, "moves": can},
    )


@dataclass
class Calendar:
    """The days and rules of today, read once for all opinions that move together."""

    books: dict[str, Book] = field(default_factory=dict)

    @cached_property
    def days(self) -> Workdays:
        return rulebook.workdays()

    def book(self, unit: Unit) -> Book:
        if unit.uid not in self.books:
            self.books[unit.uid] = rulebook.book_now(unit, clock.today())
        return self.books[unit.uid]

    def allowed(self, desk: Unit, field_: str) -> tuple[int, int]:
        """Return the working days to accept and to answer there."""
        book = self.book(desk)
        own = None
        if field_:  # what is not sorted yet has no days of its own
            rows = DeskField.objects.filter(unit=desk, field=field_)
            own = rows.values_list("answer_days", flat=True).first()
        return book.value(ACCEPT_DAYS), own or book.value(ANSWER_DAYS)


@dataclass(frozen=True)
class Turn:
    """One move: who makes it, what it is, and what stands in the timeline."""

    move: Move
    reason: str = ""
    by: str = ""
    subject_uid: str | None = None
    to: Unit | None = None  # the desk it goes to, where it goes to another


# The columns that any move may change.
MOVED = (
    "state", "desk", "since", "handler_uid", "sent_on", "due_on", "nudge_on", "nudged", "ended_on",
    "version",
)  # fmt: skip


@within_action
def step(opinion: Opinion, turn: Turn, calendar: Calendar, **changed: object) -> None:
    """Make one move with one opinion; `changed` are other columns that change with it.

    Raises:
        DomainError: `opinions.not_possible`.
    """
    today = clock.today()
    stay = opinion.stays.filter(left_on=None).first()  # none once it has ended
    desk = turn.to or opinion.desk
    own = desk.uid == opinion.unit_id
    accepted = stay is not None and stay.accepted_on is not None
    try:
        after = states.after(
            State(opinion.state), turn.move, to_cell=own, accepted=accepted, own=own
        )
    except states.NotPossibleError as error:
        raise not_possible(opinion) from error
    opinion.state = after
    if turn.move is Move.SEND:
        opinion.sent_on = opinion.sent_on or today
    _clock(opinion, stay, turn.move, desk, calendar)
    if after in states.ENDED:
        opinion.ended_on = today
    elif turn.move is Move.REOPEN:
        opinion.ended_on = None
    for name, value in changed.items():
        setattr(opinion, name, value)
    opinion.version += 1
    opinion.save(update_fields=[*MOVED, *changed])
    write(opinion, turn.move.value, reason=turn.reason, by=turn.by, subject_uid=turn.subject_uid)
    if counted := COUNTED.get(turn.move):
        months.add(opinion, **{counted: 1})
    events.emit(OpinionMoved(opinion_uid=opinion.uid))


def _clock(
    opinion: Opinion, stay: DeskStay | None, move: Move, desk: Unit, calendar: Calendar
) -> None:
    """Let the clock of the desk run, stand or end, and the next day that matters with it."""
    today = clock.today()
    ended = opinion.state in states.ENDED
    # Judged "not solved" it begins anew, also on the desk where it lies already.
    leaves = ended or desk.uid != opinion.desk_id or move in {Move.NOT_SOLVED, Move.AWAIT}
    if stay is not None and leaves:
        _stand_no_more(stay, today)
        stay.left_on = today
        stay.save(update_fields=["left_on", "pauses"])
    if ended:
        opinion.due_on = opinion.nudge_on = None
        return
    if stay is None or leaves:
        stay = arrive(opinion, desk, calendar)
    before = stay.accepted_on, list(stay.pauses)
    if opinion.state == State.ACCEPTED and stay.accepted_on is None:
        stay.accepted_on = today
    if opinion.state in {State.ASKED, State.ROADMAP}:
        stay.pauses.append([today.isoformat(), None])
    else:
        _stand_no_more(stay, today)
    if (stay.accepted_on, stay.pauses) != before:
        stay.save(update_fields=["accepted_on", "pauses"])
    set_due(opinion, stay, calendar)


def _stand_no_more(stay: DeskStay, today: date) -> None:
    stay.pauses = [[start, end or today.isoformat()] for start, end in stay.pauses]


@within_action
def arrive(opinion: Opinion, desk: Unit, calendar: Calendar) -> DeskStay:
    """Put an opinion on a desk: with a clock there, or none where the cell itself has it."""
    opinion.desk, opinion.since, opinion.handler_uid, opinion.nudged = desk, clock.today(), None, 0
    own = desk.uid == opinion.unit_id
    accept, answer = (None, None) if own else calendar.allowed(desk, opinion.field)
    return DeskStay.objects.create(
        bucket=opinion.bucket, opinion=opinion, desk=desk, arrived_on=clock.today(),
        accept_days=accept, answer_days=answer,
    )  # fmt: skip


def set_due(opinion: Opinion, stay: DeskStay, calendar: Calendar) -> None:
    """Set the next day that matters, and the days on which somebody is told that it is late."""
    opinion.due_on = opinion.nudge_on = None
    allowed = {State.WAITING: stay.accept_days, State.ACCEPTED: stay.answer_days}.get(
        State(opinion.state)
    )
    if allowed is None:
        return
    if opinion.state == State.WAITING and stay.answer_days is not None:
        allowed = min(allowed, stay.answer_days)
    today = clock.today()
    opinion.due_on = clocks.due(stay.for_clock, today, calendar.days, allowed)
    opinion.nudge_on = next_nudge(opinion, calendar)


def next_nudge(opinion: Opinion, calendar: Calendar) -> date | None:
    """Return the day on which the next one is told: the desk, the office above, the head."""
    if opinion.due_on is None or opinion.nudged >= len(NUDGES):
        return None
    book = calendar.book(opinion.desk)
    steps = clocks.late_steps(
        opinion.due_on, calendar.days, before=book.value("opinions.remind_days"),
        help_=book.value("opinions.help_days"), head=book.value("opinions.head_days"),
    )  # fmt: skip
    return steps[opinion.nudged]


NUDGES = ("reminded", "help", "head")


@within_action
def write(
    opinion: Opinion, what: str, *, reason: str = "", by: str = "", subject_uid: str | None = None
) -> OpinionMove:
    """Write one line of the timeline."""
    return OpinionMove.objects.create(
        bucket=opinion.bucket, opinion=opinion, what=what, at=clock.now(), on=clock.today(),
        desk=opinion.desk, reason=reason, by=by[:120], subject_uid=subject_uid,
    )  # fmt: skip


@within_action
def move_all(actor: Actor, opinions: Sequence[Opinion], turn: Turn, **changed: object) -> Opinion:
    """Make one move with opinions that go together; audited once, with how many they were."""
    calendar = Calendar()
    for opinion in opinions:
        step(opinion, turn, calendar, **changed)
    first = opinions[0]
    audit.record(
        actor, f"opinions.{turn.move.value}", first, unit_path=first.unit.path, count=len(opinions)
    )
    return first


# A desk of the cell's own passes nothing on: it sends, after a look at the words, or answers.
OF_DESKS_ALONE = frozenset({Move.ACCEPT, Move.FORWARD, Move.RETURN, Move.ASK})


def who_acts(actor: Actor, opinion: Opinion, move: Move) -> str:
    """Return the name that stands beside a move; of a cell none, whose names stay there.

    Raises:
        NotAllowed: the move is not `actor`'s.
        DomainError: `opinions.not_possible`, where the cell's own desk would pass it on.
    """
    who = states.WAYS[move].who
    if opinion.desk_id == opinion.unit_id and move in OF_DESKS_ALONE:
        access.require_act(actor, opinion, who)
        raise not_possible(opinion)
    routing = move in {Move.FORWARD, Move.RETURN}
    access.require_act(actor, opinion, who, routing=routing)
    of_cell = who is Who.CELL or opinion.desk_id == opinion.unit_id
    return "" if of_cell else str(actor)
