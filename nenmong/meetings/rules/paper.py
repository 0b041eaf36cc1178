"""A whole meeting in one: what stands on the paper form, and what a program sends of a meeting.

A blank stays a blank: nothing that the paper does not say is made up.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from nenmong.core.rules import canonical, sha256

MOMENTS = ("notice_at", "upper_notified_at", "documents_at", "draft_ready_at", "prompts_ready_at")


@dataclass(frozen=True)
class Standing:
    """How one person stands on the roll who is not simply there."""

    status: str
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A speech or an opinion: who said it is a member, a guest, or for an opinion nobody named."""

    text: str
    member_uid: str = ""
    guest: str = ""


@dataclass(frozen=True)
class Tally:
    """A vote by show of hands; with `issued` and the rest, by ballot."""

    agreed: int
    against: int = 0
    other: int = 0
    question: str = ""
    issued: int | None = None
    returned: int | None = None
    spoiled: int | None = None


@dataclass(frozen=True)
class Judged:
    """What the cell found of an answer that was read out; the hands where they were counted."""

    verdict: str
    solved: int | None = None
    partly: int | None = None
    not_solved: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class NewTask:
    """A task: what, by when, and who: a member on the roll, or whoever else in words."""

    title: str
    due_on: date | None = None
    owner_uid: str = ""
    owner: str = ""


@dataclass(frozen=True)
class EnteredItem:
    """One item: of the agenda by its uid, or one that came up, by its title.

    Whoever has seen no agenda names an item that every meeting of this kind has by its `step`.

    `minutes` is the time spent on it, None where the paper does not say. `left` is why an item that
    was not discussed is left to the next meeting. No `presenter` leaves who was to present it. The
    dues are those of an item of dues: how many paid, and how much in đồng.
    """

    uid: str = ""
    title: str = ""
    discussed: bool = True
    minutes: int | None = None
    summary: str = ""
    conclusion: str = ""
    left: str = ""
    speeches: tuple[Line, ...] = ()
    opinions: tuple[Line, ...] = ()
    votes: tuple[Tally, ...] = ()
    tasks: tuple[NewTask, ...] = ()
    step: str = ""
    presenter: str | None = None
    dues_members: int | None = None
    dues_amount: int | None = None
    judged: Judged | None = None  # where the item brought an answer to an opinion

    @property
    def taken_up(self) -> bool:
        """Whether it was discussed: what was said or decided under it shows that it was."""
        said = (self.summary, self.conclusion, self.speeches, self.opinions, self.votes, self.tasks)
        return self.discussed or any(said) or self.paid is not None or self.judged is not None

    @property
    def paid(self) -> tuple[int, int] | None:
        """The dues: how many paid, and how much in đồng; None where nothing is said of them."""
        if self.dues_members is None and self.dues_amount is None:
            return None
        return self.dues_members or 0, self.dues_amount or 0


@dataclass(frozen=True)
class Report:
    """What was said of an earlier task; no state: nothing."""

    task_uid: str
    state: str = ""
    result: str = ""


@dataclass(frozen=True)
class Entered:
    """A meeting as it is entered after it was held.

    `roll` names only who is not simply there; everybody else on the roll of the day is. An item of
    the agenda that is not named was not discussed.
    """

    held_on: date | None = None  # none: the day of `opened_at`, else the day it was planned for
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    place: str = ""
    guests: str = ""
    directions: str = ""
    chair_uid: str = ""
    secretary_uid: str = ""
    roll: Mapping[str, Standing] = field(default_factory=dict)  # member uid → how they stand
    items: tuple[EnteredItem, ...] = ()
    reports: tuple[Report, ...] = ()
    resolution: Tally | None = None
    minutes: Tally | None = None
    notice_at: datetime | None = None
    upper_notified_at: datetime | None = None
    documents_at: datetime | None = None
    draft_ready_at: datetime | None = None
    prompts_ready_at: datetime | None = None


def fingerprint(entered: Entered) -> str:
    """Return what tells one state of a typed meeting from another, and no more."""
    return sha256(canonical(_plain(asdict(entered))))[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def without(entered: Entered, places: Collection[str]) -> Entered:
    """Return what is entered less the pieces at these places, so that all else can be kept.

    A place is a field ("closed_at"), a person ("roll.UID"), a part of an item ("items.0.summary",
    "items.0.votes.1") or a report ("reports.0"); an item without words goes whole ("items.0").
    """
    blank = Entered()
    own = {name for name in places if "." not in name}
    kept = replace(entered, **{name: getattr(blank, name) for name in own})
    roll = {uid: one for uid, one in kept.roll.items() if f"roll.{uid}" not in places}
    items = tuple(
        _item_without(item, f"items.{number}", places)
        for number, item in enumerate(kept.items)
        if f"items.{number}" not in places
    )
    reports = tuple(
        report for number, report in enumerate(kept.reports) if f"reports.{number}" not in places
    )
    return replace(kept, roll=roll, items=items, reports=reports)


def _item_without(item: EnteredItem, at: str, places: Collection[str]) -> EnteredItem:
    changes: dict[str, Any] = {}
    for name in ("speeches", "opinions", "votes", "tasks"):
        lines = getattr(item, name)
        changes[name] = tuple(
            line for number, line in enumerate(lines) if f"{at}.{name}.{number}" not in places
        )
    for name, blank in (
        ("summary", ""),
        ("conclusion", ""),
        ("left", ""),
        ("minutes", None),
        ("presenter", None),
        ("judged", None),
    ):
        if f"{at}.{name}" in places:
            changes[name] = blank
    if f"{at}.dues" in places:
        changes |= {"dues_members": None, "dues_amount": None}
    return replace(item, **changes)
