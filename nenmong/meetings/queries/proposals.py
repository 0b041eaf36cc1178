"""What is proposed for a meeting in preparation: topics, and a word when its agenda repeats."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, Meeting, PlannedTopic
from nenmong.meetings.queries import facts, lists
from nenmong.meetings.queries.measures import Measures, measures
from nenmong.meetings.queries.verify import record_in, sealed_of
from nenmong.meetings.rules import calendar, kinds, topics
from nenmong.meetings.rules.topics import Known, OpenTask, Proposed, Why, propose, repeats
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book
from nenmong.ui import formats


@dataclass(frozen=True)
class Suggestion:
    """A topic with the sentence that says where it comes from."""

    title: str
    why: str
    thematic: bool = False  # it becomes the thematic part


@dataclass(frozen=True)
class Proposals:
    """What the page of preparation proposes."""

    topics: list[Suggestion]
    repeats: bool


def proposals(meeting: Meeting, items: Iterable[AgendaItem], book: Book) -> Proposals:
    """Return up to three topics for a regular meeting that are not on its agenda yet.

    Twelve queries at most, whatever the history.
    """
    if not kinds.of(meeting.kind).monthly:
        return Proposals([], repeats=False)
    items = list(items)
    before = list(
        Meeting.objects.of_unit(meeting.unit_id).regular().sealed()
        .filter(month__lt=meeting.month).order_by("-month")[: topics.MONTHS - 1]
    )  # fmt: skip
    on_agenda = {topics.same_as(item.title) for item in items}
    found = [_said(one) for one in propose(_known(meeting, before, book))]
    fresh = [one for one in found if topics.same_as(one.title) not in on_agenda]
    return Proposals(fresh, repeats(_agendas(meeting, items, before)))


def _known(meeting: Meeting, before: list[Meeting], book: Book) -> Known:
    every = book.value("meetings.thematic.every_months")
    _since, after = calendar.span_of(meeting.month, every)
    planned = PlannedTopic.objects.filter(
        plan__unit=meeting.unit_id, month__gte=meeting.month, month__lt=after, meeting_uid=None
    )
    thematic = kinds.of(meeting.kind).thematic
    topic = None if thematic else planned.first()
    last = _last_facts(before)
    own = facts.facts_of(meeting, book)
    return Known(
        today=clock.today(),
        tasks=[OpenTask(task.title, task.due_on) for task in lists.open_tasks(meeting.unit_id)],
        planned=topic.title if topic else "",
        thematic_due=own["thematic_due"].value is True and not thematic,
        facts=last,
        bar_reached=_bar_reached(before, last),
    )


def _last_facts(before: list[Meeting]) -> dict[str, Any]:
    if not before:
        return {}
    last = before[0]
    sealed = sealed_of(last)
    book = rulebook.book(last.unit_id, last.held_on or last.fixed_day)
    record = record_in(sealed) if sealed else None
    return {name: fact.value for name, fact in facts.facts_of(last, book, record).items()}


def _bar_reached(before: list[Meeting], last: dict[str, Any]) -> bool:
    rate = last.get("attendance_rate")
    if not before or rate is None:
        return True
    measured: Measures = measures(before[0], rulebook.book(before[0].unit_id, before[0].month))
    return measured.bar is None or measured.bar.reached(rate)


def _agendas(meeting: Meeting, items: list[AgendaItem], before: list[Meeting]) -> list[list[str]]:
    """Return the titles of each month's own items, the latest first; months in a row only."""
    month = meeting.month
    for one in before:
        if one.month != (month := calendar.previous_month(month)):
            return []
    rows = AgendaItem.objects.filter(meeting__in=[one.uid for one in before], step__in=OWN)
    titles: dict[str, list[str]] = defaultdict(list)
    for uid, title in rows.values_list("meeting_id", "title"):
        titles[uid].append(title)
    now = [item.title for item in items if item.step in OWN]
    return [now, *(titles[one.uid] for one in before)]


OWN = ("topic", "thematic")  # not the steps every meeting has


def _said(one: Proposed) -> Suggestion:  # noqa: PLR0911 -- one line a reason
    """Return a proposed topic in words: a question the cell can answer, and why it is asked."""
    match one.why:
        case Why.TASK_OVERDUE:
            return Suggestion(
                _("What hinders the task: %(task)s?") % {"task": one.about},
                _("It is %(days)s days past its day.") % {"days": one.count},
            )
        case Why.PLANNED_TOPIC:
            return Suggestion(one.about, _("It stands in the plan of the year."), thematic=True)
        case Why.THEMATIC_DUE:
            return Suggestion(
                _("A topic of our own for this quarter"),
                _("This quarter has had no thematic meeting yet, and this is its last month."),
            )
        case Why.TASKS_NOT_DONE:
            return Suggestion(
                _("How do we carry out what we resolve?"),
                _("At the last meeting %(rate)s of the tasks due were done.")
                % {"rate": formats.percent(one.rate)},
            )
        case Why.NOTHING_SAID:
            return Suggestion(
                _("What do we remind each other of, and what do we praise?"),
                _("At the last meeting nothing was noted in self-criticism and criticism."),
            )
        case Why.ATTENDANCE:
            return Suggestion(
                _("Why do members not come, and how can we help?"),
                _("At the last meeting %(rate)s of those due were present.")
                % {"rate": formats.percent(one.rate)},
            )
        case Why.TOO_SHORT:
            return Suggestion(
                _("What did we leave undiscussed last time?"),
                _("The last meeting was %(minutes)s minutes short.") % {"minutes": one.count},
            )
        case Why.FEW_SPOKE:
            return Suggestion(
                _("What would each of us like to raise?"),
                _("At the last meeting nobody but the chair was noted as speaking."),
            )
