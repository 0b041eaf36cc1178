"""Writing a whole meeting in one, piece by piece; what does not fit is gathered with its place.

Each piece is written by the rules that hold while a meeting is recorded live. Nothing here is an
action: `paper.enter_meeting` is, and takes everything back where anything was refused.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.actions import within_action
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean, clean_lines
from nenmong.core.texts import fitting
from nenmong.meetings.actions import agenda, business, holding, officers, saying, tasks, voting
from nenmong.meetings.actions.answers_read import enter_verdict
from nenmong.meetings.actions.hours import LONGEST
from nenmong.meetings.actions.locking import name_of, not_classified, not_on_the_roll
from nenmong.meetings.models import (
    AgendaItem,
    Attendance,
    CarryOver,
    Meeting,
    NameEntry,
    NotedOpinion,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.queries.paper import roll_of
from nenmong.meetings.rules import agenda as agendas
from nenmong.meetings.rules import kinds
from nenmong.meetings.rules.paper import MOMENTS, Entered, EnteredItem, Line, NewTask, Tally
from nenmong.ui import formats

MOST_DAYS = 31  # from the day fixed, before or after
MOST_MINUTES = 1440


class NotEntered(DomainError):  # noqa: N818 -- a sentence, not a fault of the program
    """Some of what was entered does not fit; places are those of `rules.paper.without`."""

    def __init__(self, errors: dict[str, DomainError]) -> None:
        first = next(iter(errors.values()))
        super().__init__(
            "meetings.not_entered",
            _("Not entered yet (%(count)s places to mend). The first: %(first)s")
            % {"count": len(errors), "first": first.message},
        )
        self.errors = errors


@dataclass
class Places:
    """What was refused while a meeting was written, by place."""

    errors: dict[str, DomainError] = field(default_factory=dict)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        try:
            yield
        except DomainError as error:
            self.errors.setdefault(place, error)
        except ObjectDoesNotExist:
            gone = _("This is not of this meeting. Read the meeting anew, then send it again.")
            self.errors.setdefault(place, DomainError("meetings.not_of_this_meeting", gone))


@within_action
def write_all(meeting: Meeting, entered: Entered, *, ended: bool) -> Places:
    """Write what was entered in the place of what was entered before; the meeting is not saved."""
    places = Places()
    with places.at("held_on"):
        meeting.held_on = _day(meeting, entered)
    if places.errors:  # the roll, and with it all else, is that of the day
        return places
    roll = _roll(meeting, entered, places)
    _own(meeting, entered, {uid: row.name for uid, row in roll.items()}, places)
    _hours(meeting, entered, places, ended=ended)
    _items(meeting, entered, roll, places)
    _reports(meeting, entered, places)
    _closing_votes(meeting, entered, places)
    counted = {"bucket": meeting.bucket, "meeting": meeting}
    meeting.speakers = holding.count_speakers(meeting)
    meeting.opinions = NotedOpinion.objects.filter(**counted).count()
    meeting.tasks = Task.objects.filter(**counted).count()
    return places


def _day(meeting: Meeting, entered: Entered) -> date:
    opened = clock.local(entered.opened_at).date() if entered.opened_at else None
    day = entered.held_on or opened or clock.local(meeting.starts_at).date()
    if day > clock.today():
        raise DomainError(
            "meetings.day_to_come",
            _("%(day)s has not come yet. Enter the day on which the meeting was held.")
            % {"day": formats.day(day)},
        )
    if abs((day - meeting.fixed_day).days) > MOST_DAYS:
        raise DomainError(
            "meetings.other_month",
            _("This day is more than a month from %(day)s, the day fixed. Check month and year.")
            % {"day": formats.day(meeting.fixed_day)},
        )
    return day


def _roll(meeting: Meeting, entered: Entered, places: Places) -> dict[str, Attendance]:
    """Write the roll of the day, everybody there but who is named; return it by member."""
    roll = roll_of(meeting, meeting.held_on or clock.today())
    if not roll:
        raise DomainError(
            "meetings.empty_roll",
            _("Nobody is on this cell's roll. Ask the office above to enter its members."),
        )
    rows = {entry.member_uid: holding.standing_on(meeting, entry) for entry in roll}
    for uid, said in entered.roll.items():
        with places.at(f"roll.{uid}"):
            if uid not in rows:
                raise not_on_the_roll()
            holding.note(rows[uid], said.status, said.reason)
    Attendance.objects.filter(bucket=meeting.bucket, meeting=meeting).delete()
    Attendance.objects.bulk_create(rows.values())
    holding.set_counts(meeting, list(rows.values()))
    return rows


def _own(meeting: Meeting, entered: Entered, names: dict[str, str], places: Places) -> None:
    """Write what stands in the meeting's own row: texts, who signs, when each thing was there."""
    with places.at("place"):
        meeting.place = fitting(clean(entered.place), holding.MEETING_TEXTS["place"])
    for name in ("guests", "directions"):
        with places.at(name):
            text = fitting(clean_lines(getattr(entered, name)), holding.MEETING_TEXTS[name])
            setattr(meeting, name, text)
    for name in ("chair_uid", "secretary_uid"):
        with places.at(name):
            if getattr(entered, name) and getattr(entered, name) not in names:
                raise not_on_the_roll()
    officers.sign(meeting, names, entered.chair_uid, entered.secretary_uid)
    for name in MOMENTS:
        with places.at(name):
            moment = getattr(entered, name)
            if moment and moment > clock.now():
                raise DomainError(
                    "meetings.moment_to_come",
                    _("This day has not come yet. Enter the day it was done, or leave it blank."),
                )
            setattr(meeting, name, moment)


def _hours(meeting: Meeting, entered: Entered, places: Places, *, ended: bool) -> None:
    opened, closed = entered.opened_at, entered.closed_at
    with places.at("opened_at"):
        if opened and clock.local(opened).date() != meeting.held_on:
            raise DomainError(
                "meetings.other_day",
                _("The meeting was held on %(day)s. Enter an hour of that day.")
                % {"day": formats.day(meeting.held_on or clock.today())},
            )
        _not_after_now(opened)
    with places.at("closed_at"):
        _not_after_now(closed)
        if opened and closed and not opened <= closed <= opened + LONGEST:
            raise DomainError(
                "meetings.hours_disorder",
                _("The end comes after the beginning and not after now. Check both hours."),
            )
    if ended:
        for name, hour in (("opened_at", opened), ("closed_at", closed)):
            with places.at(name):
                if hour is None:
                    raise DomainError(
                        "meetings.no_hour",
                        _("The hour is missing. Write it as on the paper, like 19.30."),
                    )
    meeting.opened_at, meeting.closed_at = opened, closed


def _not_after_now(moment: datetime | None) -> None:
    if moment and moment > clock.now():
        raise DomainError(
            "meetings.hours_disorder",
            _("The end comes after the beginning and not after now. Check both hours."),
        )


def _items(
    meeting: Meeting, entered: Entered, roll: Mapping[str, Attendance], places: Places
) -> None:
    """Write each item, and what was said and decided under it."""
    here = {"bucket": meeting.bucket, "meeting": meeting}
    for model in (NameEntry, Speech, NotedOpinion):
        model._default_manager.filter(**here).delete()
    meeting.items.update(
        state=AgendaItem.State.WAITING, seconds=0, summary="", conclusion="", dues_members=None,
        dues_amount=None,
    )  # fmt: skip
    known = {item.uid: item for item in meeting.items.all()}
    said: dict[type[Speech] | type[NotedOpinion], list[Any]] = {Speech: [], NotedOpinion: []}
    spoke: list[NameEntry] = []
    votes: set[str] = set()
    given: set[str] = set()
    for number, item in enumerate(entered.items):
        at = f"items.{number}"
        row = None
        with places.at(at):
            row = _row(meeting, item, known)
        if row is None:
            continue
        _texts(meeting, row, item, at, places)
        for model, name in ((Speech, "speeches"), (NotedOpinion, "opinions")):
            for place, line in enumerate(getattr(item, name)):
                with places.at(f"{at}.{name}.{place}"):
                    words, entry = _line(meeting, row, model, line, roll)
                    said[model].append(words)
                    spoke += entry
        for place, tally in enumerate(item.votes):
            with places.at(f"{at}.votes.{place}"):
                votes.add(_vote(meeting, row, tally))
        with places.at(f"{at}.judged"):
            enter_verdict(meeting, row.matter_uid, item.judged)
        for place, task in enumerate(item.tasks):
            with places.at(f"{at}.tasks.{place}"):
                given.add(_task(meeting, row, task, given))
    # Each sort of row in one: what was entered is long, and comes back whole with each draft.
    for model, lines in said.items():
        model._default_manager.bulk_create(lines)
    NameEntry.objects.bulk_create(spoke)
    Vote.objects.filter(**here, about=Vote.About.ITEM).exclude(uid__in=votes).delete()
    Task.objects.filter(**here).exclude(uid__in=given).delete()


def _of_step(meeting: Meeting, item: EnteredItem) -> AgendaItem:
    """Return the item of the agenda that stands for a step of the order in force."""
    row = meeting.items.filter(step=item.step).first()
    if row is None:
        steps = meeting.items.exclude(step=agendas.TOPIC).values_list("step", flat=True)
        raise DomainError(
            "meetings.no_such_step",
            _("Meetings of this kind have no such step. Choose one of: %(steps)s.")
            % {"steps": ", ".join(dict.fromkeys(steps))},
        )
    row.title = agenda.title_of(item.title) if item.title else row.title
    return row


TYPED_TEXTS = ("summary", "conclusion")
ROW = ("title", *TYPED_TEXTS, "seconds", "presenter", "dues_members", "dues_amount", "state")


def _row(meeting: Meeting, item: EnteredItem, known: Mapping[str, AgendaItem]) -> AgendaItem:
    """Return the item meant: by uid, else by its title, else a new one where topics go."""
    if item.uid:
        if (row := known.get(item.uid)) is None:
            raise AgendaItem.DoesNotExist
        title = agenda.title_of(item.title) if item.title else row.title
        if title != row.title:
            not_classified(row)
        row.title = title
        return row
    if item.step and item.step != agendas.TOPIC:
        return _of_step(meeting, item)
    title = agenda.title_of(item.title)
    same = meeting.items.filter(title=title, step=agendas.TOPIC).first()
    return same or agenda.insert_item(meeting, {"title": title, "minutes": agendas.MATTER_MINUTES})


def _texts(meeting: Meeting, row: AgendaItem, item: EnteredItem, at: str, places: Places) -> None:
    for name in TYPED_TEXTS:
        with places.at(f"{at}.{name}"):
            text = fitting(clean_lines(getattr(item, name)), holding.ITEM_TEXTS[name])
            if text:
                not_classified(row)
            setattr(row, name, text)
    with places.at(f"{at}.minutes"):
        if not 0 <= (item.minutes or 0) <= MOST_MINUTES:
            raise DomainError(
                "meetings.bad_minutes",
                _("An item lasts from 1 to %(most)s minutes. Enter a whole number.")
                % {"most": MOST_MINUTES},
            )
        row.seconds = (item.minutes or 0) * 60
    if item.presenter is not None:
        with places.at(f"{at}.presenter"):
            presenter = agenda.presenter_of(item.presenter)
            if presenter:
                not_classified(row)
            row.presenter = presenter
    if item.paid:
        with places.at(f"{at}.dues"):
            business.check_dues(meeting, row, *item.paid)
            row.dues_members, row.dues_amount = item.paid
    row.state = AgendaItem.State.DONE if item.taken_up else AgendaItem.State.WAITING
    row.save(update_fields=ROW)  # not where it stands: a new item may have moved it
    with places.at(f"{at}.left"):
        reason = "" if item.taken_up else fitting(clean(item.left), 500)
        here: dict[str, Any] = {"bucket": meeting.bucket, "meeting": meeting}
        if reason:
            matter = agenda.matter_of(meeting, "", row.uid)
            CarryOver.objects.update_or_create(
                **here, matter_uid=matter.uid, defaults={"reason": reason, "title": matter.title}
            )
        elif row.matter_uid:
            CarryOver.objects.filter(**here, matter_uid=row.matter_uid).delete()


def _line(
    meeting: Meeting,
    row: AgendaItem,
    model: type[Speech] | type[NotedOpinion],
    line: Line,
    roll: Mapping[str, Attendance],
) -> tuple[Speech | NotedOpinion, list[NameEntry]]:
    """Return what was said, and for the names sheet who said it; neither is saved yet."""
    guest = fitting(clean(line.guest), 120)
    if model is Speech and not (line.member_uid or guest):
        raise DomainError("meetings.no_speaker", _("Who spoke? Choose a name from the list."))
    words: Speech | NotedOpinion = saying.line_of(meeting, row, model, line.text)  # type: ignore[type-var]
    name = name_of(roll.get(line.member_uid), speaks=True) if line.member_uid else guest
    if not name:
        return words, []
    entry = NameEntry(
        bucket=meeting.bucket, meeting=meeting, subject_uid=words.uid,
        member_uid=line.member_uid or None, name=name,
    )  # fmt: skip
    return words, [entry]


def _vote(meeting: Meeting, row: AgendaItem, tally: Tally) -> str:
    not_classified(row)
    question = fitting(clean(tally.question), 500)
    if not question:
        raise DomainError("meetings.no_question", _("What was voted on? Write the question."))
    if tally.issued is None:
        counted = voting.by_hands(meeting, tally.agreed, tally.against, tally.other)
    else:
        papers = voting.Ballots(
            tally.issued, tally.returned or 0, tally.spoiled or 0, tally.agreed, tally.against,
            tally.other,
        )  # fmt: skip
        counted = voting.by_ballot(meeting, papers)
    vote, _changed = voting.write_vote(meeting, Vote.About.ITEM, (row, question), counted)
    return vote.uid


def _task(meeting: Meeting, row: AgendaItem, task: NewTask, given: set[str]) -> str:
    """Keep the task that says the same, else write it."""
    same = Task.objects.filter(
        bucket=meeting.bucket, meeting=meeting, item=row, title=clean(task.title),
        due_on=task.due_on, owner_uid=task.owner_uid or None,
    )  # fmt: skip
    if not task.owner_uid:
        same = same.filter(owner=clean(task.owner))
    if kept := same.exclude(uid__in=given).first():
        return kept.uid
    made = tasks.write_task(meeting, row, task.title, task.due_on, ("", task.owner_uid, task.owner))
    return made.uid


def _reports(meeting: Meeting, entered: Entered, places: Places) -> None:
    """Write what was said of each earlier task; of which nothing is said, nothing stands."""
    unsaid = []
    for number, report in enumerate(entered.reports):
        if report.state or report.result:
            with places.at(f"reports.{number}"):
                tasks.write_report(meeting, report.task_uid, report.state, report.result)
        else:
            unsaid.append(report.task_uid)
    if unsaid:
        TaskReport.objects.filter(
            bucket=meeting.bucket, meeting=meeting, task_uid__in=unsaid
        ).update(state="", result="")


def _closing_votes(meeting: Meeting, entered: Entered, places: Places) -> None:
    about = {Vote.About.RESOLUTION: entered.resolution, Vote.About.MINUTES: entered.minutes}
    if not kinds.of(meeting.kind).resolves:
        del about[Vote.About.RESOLUTION]
    for vote, tally in about.items():
        if tally is None:
            meeting.votes.filter(about=vote).delete()
            continue
        with places.at(vote.value):
            counted = voting.by_hands(meeting, tally.agreed, tally.against, tally.other)
            voting.write_vote(meeting, vote, (None, ""), counted)
