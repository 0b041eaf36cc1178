"""Reading the page on which a paper form is typed in, and filling it with what is known already.

Persons are written by the number before their name on the form, by their name, or chosen from the
list. What cannot be read is said beside its field; the rest is kept all the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean, fold
from nenmong.meetings.forms import read_count, read_hour, read_sum
from nenmong.meetings.models import AgendaItem, Meeting, TaskReport
from nenmong.meetings.queries.paper import (
    Numbered,
    day_of,
    numbered,
    numbered_items,
    numbered_reports,
)
from nenmong.meetings.rules.paper import (
    MOMENTS,
    Entered,
    EnteredItem,
    Judged,
    Line,
    NewTask,
    Report,
    Standing,
    Tally,
)
from nenmong.ui.reading import read_day

T = TypeVar("T")
MOST_ROWS = 60
BLANK = {"r": 6, "v": 3, "t": 4, "n": 2}  # rows to write in, behind those that are filled
COUNTS = ("agreed", "against", "other")
PAPERS = ("issued", "returned", "spoiled")
TEXTS = ("summary", "conclusion", "speeches", "opinions", "minutes", "left", "presenter")
_ROW = re.compile(r"([rvtn])-(\d{1,2})-[a-z]+")
NUMBERED = re.compile(r"(\d{1,3})\s*[.:)\-–]\s*(.+)")
_GUEST = ("khach ", "guest ")
# Which column of a row an error is about, where it is not the first.
COLUMNS = {
    "tally": "agreed",
    "ballots": "issued",
    "deadline_passed": "due",
    "no_deadline": "due",
    "no_owner": "who",
}
PAID = ("dues_members", "dues_amount")  # fmt: skip
HANDS = ("solved", "partly", "not_solved")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class PaperForm:
    """The page: the printed form's lines, what is written on each, and what could not be read."""

    meeting: Meeting
    day: date
    roll: list[Numbered]
    items: list[tuple[int, AgendaItem]]  # by their numbers on the printed form
    reports: list[tuple[int, TaskReport]]
    values: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    seen: str = ""
    saved: bool | None = None  # whether what is complete was kept, where something was refused
    places: dict[str, str] = field(default_factory=dict)  # place of what is entered → field
    answers: frozenset[str] = frozenset()  # matters that bring an answer to be judged

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def rows(self, kind: str) -> range:
        """Return the rows of a sort of lines to show: those filled, and some to write in."""
        filled = [
            int(match[2]) for name, text in self.values.items()
            if (match := _ROW.fullmatch(name)) and match[1] == kind and text.strip()
        ]  # fmt: skip
        return range(min(max(filled, default=-1) + 1 + BLANK[kind], MOST_ROWS))

    @property
    def named_errors(self) -> list[tuple[str, str]]:
        return list(self.errors.items())

    def letter(self, row: int) -> str:
        """Return how a further item is called until it has a number of its own."""
        return LETTERS[row % len(LETTERS)]

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def read(self) -> Entered:
        """Return what is written, less what cannot be read; `errors` and `places` come with it."""
        items = [self._item(f"i-{item.uid}", uid=item.uid) for _n, item in self.items]
        numbers = {str(n): place for place, (n, _item) in enumerate(self.items)}
        for row in self.rows("n"):
            if self.value(f"n-{row}-title").strip():
                numbers[self.letter(row)] = len(items)
                self.places[f"items.{len(items)}"] = f"n-{row}-title"
                items.append(self._item(f"n-{row}", title=self.value(f"n-{row}-title")))
        for place, item in enumerate(items):
            self._place(item, place, f"i-{item.uid}" if item.uid else self._of_new(place))
        self._under(items, numbers, "v", "question", "votes", self._vote)
        self._under(items, numbers, "t", "title", "tasks", self._task)
        opened, closed = self._hours()
        self.places |= {"held_on": "day", "opened_at": "opened", "closed_at": "closed"}
        self.places |= {"chair_uid": "chair", "secretary_uid": "secretary"}
        self.places |= {"resolution": "nq-agreed", "minutes": "bb-agreed"}
        return Entered(
            held_on=self.day, opened_at=opened, closed_at=closed, place=self.value("place"),
            guests=self.value("guests"), directions=self.value("directions"),
            chair_uid=self._person_uid("chair"), secretary_uid=self._person_uid("secretary"),
            roll=self._standings(), items=tuple(items), reports=tuple(self._reports()),
            resolution=self._tally("nq", needed=False), minutes=self._tally("bb", needed=False),
            **{name: self._moment(name) for name in MOMENTS},
        )  # fmt: skip

    def complete(self) -> None:
        """Add what is still missing before a meeting can be held and sealed."""
        needed = {
            "day": _("Day it was held"), "place": _("Place"), "opened": _("Began at"),
            "closed": _("Ended at"), "chair": _("Chair"), "secretary": _("Minutes secretary"),
        }  # fmt: skip
        for name, what in needed.items():
            if not self.value(name).strip() and name not in self.errors:
                self.errors[name] = _(
                    "Still missing: %(what)s. Write it as it stands on the paper."
                ) % {"what": what}

    def refuse(self, refused: Mapping[str, DomainError]) -> None:
        """Put what an action refused beside the fields it came from."""
        for place, error in refused.items():
            name = self.places.get(place, place)
            column = COLUMNS.get(error.code.removeprefix("meetings."))
            if column and name[:2] in {"v-", "t-"}:
                name = f"{name.rpartition('-')[0]}-{column}"
            self.errors.setdefault(name, str(error.message))

    @contextmanager
    def _at(self, name: str) -> Any:
        try:
            yield
        except DomainError as error:
            self.errors.setdefault(name, str(error.message))

    def _try(self, name: str, read: Callable[[str], T]) -> T | None:
        """Return what stands in a field, None where nothing does or it cannot be read."""
        if not (text := self.value(name).strip()):
            return None
        with self._at(name):
            return read(text)
        return None

    def person(self, text: str) -> Numbered:
        """Return whom a number or a name means.

        Raises:
            DomainError: `meetings.unread_person`.
        """
        text = clean(text)
        if match := re.match(r"(\d{1,3})(?:\D|$)", text):
            found = [row for row in self.roll if row.number == int(match[1])]
        else:
            found = [row for row in self.roll if fold(row.name) == fold(text)] or [
                row for row in self.roll if fold(row.name).endswith(f" {fold(text)}") and text
            ]
        if len(found) != 1:
            raise DomainError(
                "meetings.unread_person",
                _("“%(text)s”: nobody on the list, or more than one. Write the number before the "
                  "name.") % {"text": text[:40]},
            )  # fmt: skip
        return found[0]

    def _person_uid(self, name: str) -> str:
        person = self._try(name, self.person)
        return person.member_uid if person else ""

    def _standings(self) -> dict[str, Standing]:
        found: dict[str, Standing] = {}
        for row in self.rows("r"):
            at = f"r-{row}"
            who, reason = self.value(f"{at}-who").strip(), self.value(f"{at}-reason")
            if not (who or reason.strip() or self.value(f"{at}-status")):
                continue
            with self._at(f"{at}-who"):
                person = self.person(who)
                if person.member_uid in found:
                    raise DomainError(
                        "meetings.named_twice",
                        _("%(name)s stands above already. Write each person once.")
                        % {"name": person.name},
                    )
                if status := self.value(f"{at}-status"):
                    self.places[f"roll.{person.member_uid}"] = f"{at}-who"
                    found[person.member_uid] = Standing(status, reason)
                else:
                    self.errors[f"{at}-status"] = _("How is this person noted? Choose one.")
        return found

    def _item(self, at: str, uid: str = "", title: str = "") -> EnteredItem:
        minutes = self._try(f"{at}-minutes", lambda text: read_count(text, _("Minutes spent")))
        return EnteredItem(
            uid=uid, title=title, discussed=not uid or bool(self.value(f"{at}-done")),
            minutes=minutes, summary=self.value(f"{at}-summary"),
            conclusion=self.value(f"{at}-conclusion"), left=self.value(f"{at}-left"),
            speeches=self._lines(f"{at}-speeches", speech=True),
            opinions=self._lines(f"{at}-opinions", speech=False),
            presenter=self._presenter(at, uid), dues_members=self._paid(at),
            dues_amount=self._try(f"{at}-dues_amount", read_sum), judged=self._judged(at),
        )  # fmt: skip

    def _presenter(self, at: str, uid: str) -> str | None:
        """Return who presented it; blank takes a name away, and says nothing where none was."""
        text = self.value(f"{at}-presenter").strip()
        had = any(item.uid == uid and item.presenter for _number, item in self.items)
        return text or ("" if had and f"{at}-presenter" in self.values else None)

    def _judged(self, at: str) -> Judged | None:
        """Return what the cell found of an answer; nothing where no box is chosen."""
        verdict = self.value(f"{at}-verdict")
        counts = {
            name: self._try(f"{at}-{name}", lambda text: read_count(text, _("Hands")))
            for name in HANDS
        }
        said = verdict or any(count is not None for count in counts.values())
        return Judged(verdict, **counts, reason=self.value(f"{at}-reason")) if said else None

    def _paid(self, at: str) -> int | None:
        return self._try(f"{at}-dues_members", lambda text: read_count(text, _("Members who paid")))

    def _of_new(self, place: int) -> str:
        return self.places[f"items.{place}"].removesuffix("-title")

    def _place(self, item: EnteredItem, place: int, at: str) -> None:
        """Note where each part of an item stands on the page."""
        self.places.setdefault(f"items.{place}", f"{at}-summary")
        self.places[f"items.{place}.dues"] = f"{at}-dues_members"
        self.places[f"items.{place}.judged"] = f"{at}-verdict"
        for name in TEXTS:
            self.places[f"items.{place}.{name}"] = f"{at}-{name}"
            lines = getattr(item, name) if name in {"speeches", "opinions"} else ()
            for number in range(len(lines)):
                self.places[f"items.{place}.{name}.{number}"] = f"{at}-{name}"

    def _lines(self, name: str, *, speech: bool) -> tuple[Line, ...]:
        lines = []
        for text in self.value(name).splitlines():
            if text := clean(text):
                with self._at(name):
                    lines.append(self._line(text, speech=speech))
        return tuple(lines)

    def _line(self, text: str, *, speech: bool) -> Line:
        """Return one line: a number or a name, a colon, the words; an opinion may have no name."""
        if match := NUMBERED.fullmatch(text):
            if int(match[1]) == 0 and not speech:
                return Line(match[2])
            return Line(match[2], self.person(match[1]).member_uid)
        who, colon, words = (part.strip() for part in text.partition(":"))
        if colon and words:
            if fold(who).startswith(_GUEST):
                return Line(words, guest=who.split(maxsplit=1)[1])
            with suppress(DomainError):
                return Line(words, self.person(who).member_uid)
        if speech:
            raise DomainError(
                "meetings.unread_speech",
                _("“%(text)s”: who said it? Write the number, a colon, then the words; for a guest "
                  "write: khách, the name, a colon.") % {"text": text[:40]},
            )  # fmt: skip
        return Line(text)

    def _under(
        self,
        items: list[EnteredItem],
        numbers: Mapping[str, int],
        kind: str,
        first: str,
        part: str,
        read: Callable[[str], Any],
    ) -> None:
        """Put the rows of a table under the items they name."""
        for row in self.rows(kind):
            at = f"{kind}-{row}"
            written = [v for n, v in self.values.items() if n.startswith(f"{at}-") and v.strip()]
            if not written:
                continue
            place = numbers.get(self.value(f"{at}-item").strip().upper())
            if place is None:
                self.errors[f"{at}-item"] = _("Under which item? Write its number.")
                continue
            if (made := read(at)) is None:
                continue
            have = getattr(items[place], part)
            self.places[f"items.{place}.{part}.{len(have)}"] = f"{at}-{first}"
            changed: dict[str, Any] = {part: (*have, made)}
            items[place] = replace(items[place], **changed)

    def _vote(self, at: str) -> Tally | None:
        tally = self._tally(at, needed=True)
        return tally and replace(tally, question=self.value(f"{at}-question"))

    def _task(self, at: str) -> NewTask | None:
        who = clean(self.value(f"{at}-who"))
        due = self._try(f"{at}-due", read_day)
        if f"{at}-due" in self.errors:
            return None
        title = self.value(f"{at}-title")
        try:
            return NewTask(title, due, owner_uid=self.person(who).member_uid)
        except DomainError as error:
            if who[:1].isdigit():
                self.errors[f"{at}-who"] = str(error.message)
                return None
            return NewTask(title, due, owner=who)  # "Chi ủy", "Chi đoàn"

    def _tally(self, at: str, *, needed: bool) -> Tally | None:
        written = [name for name in COUNTS if self.value(f"{at}-{name}").strip()]
        if not written and not needed:
            return None
        numbers: dict[str, Any] = {}
        ballot = any(self.value(f"{at}-{name}").strip() for name in PAPERS)
        for name in (*COUNTS, *PAPERS) if ballot else COUNTS:
            with self._at(f"{at}-{name}"):
                numbers[name] = read_count(self.value(f"{at}-{name}"), _("Count"))
        complete = len(numbers) == len(COUNTS) + ballot * len(PAPERS)
        return Tally(**numbers) if complete else None

    def _reports(self) -> Iterable[Report]:
        for place, (_number, report) in enumerate(self.reports):
            at = f"b-{report.task_uid}"
            self.places[f"reports.{place}"] = f"{at}-result"
            yield Report(report.task_uid, self.value(f"{at}-state"), self.value(f"{at}-result"))

    def _hours(self) -> tuple[datetime | None, datetime | None]:
        opened, closed = self._try("opened", read_hour), self._try("closed", read_hour)
        began = clock.at_hour(self.day, opened) if opened is not None else None
        ended = clock.at_hour(self.day, closed) if closed is not None else None
        if began and ended and ended < began:  # past midnight
            ended += timedelta(days=1)
        return began, ended

    def _moment(self, name: str) -> datetime | None:
        def read(text: str) -> datetime | None:
            first, *rest = text.split(maxsplit=1)
            day = read_day(first)
            if day is None:
                return None
            return clock.at_hour(day, read_hour(rest[0]) if rest else time())

        return self._try(name, read)


def empty(meeting: Meeting, values: Mapping[str, str]) -> PaperForm:
    """Return the page of a meeting with these values; the roll is that of the day written."""
    day = day_of(meeting)
    error = ""
    try:
        day = read_day(values.get("day", "")) or day
    except DomainError as refused:
        error = str(refused.message)
    items, reports = numbered_items(meeting), numbered_reports(meeting)
    answers = frozenset(one.matter_uid for one in meeting.answers_read.all())
    form = PaperForm(meeting, day, numbered(meeting, day), items, reports, values, answers=answers)
    if error:
        form.errors["day"] = error
    return form
