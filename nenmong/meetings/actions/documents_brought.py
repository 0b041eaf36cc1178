"""Documents that committees send: each waits for the next meeting of a unit until it is taken up.

What is read out stands in the matter; where it is discussed, coverage is counted elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.rules import clean, clean_lines
from nenmong.meetings.actions.answers_read import only_the_program
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting
from nenmong.meetings.models.meeting import PLANNED
from nenmong.org.models import Unit

LONGEST = 4000
OPEN = (Matter.State.WAITING, Matter.State.ON_AGENDA)
FOLLOWS = ("title", "text", "due_on", "minutes")  # what changes with the document


@dataclass(frozen=True)
class Brought:
    """A document before one unit: what is read out and asked by when, or that it waits no more."""

    unit_uid: str
    source_uid: str
    title: str
    text: str
    sender: str
    asked: str
    due_on: date | None
    minutes: int
    ended_why: str = ""  # withdrawn, replaced, or taken back: it waits no more
    ended: bool = False


@action
def bring_documents(*, actor: Actor, brought: Sequence[Brought]) -> int:
    """Let the matters of units follow documents: made, changed, or waiting no more.

    Whatever order and however often it is told, the matters are as the documents are; what a
    meeting has discharged stays. Return how many matters changed.

    Raises:
        NotAllowed: only the program does this, when documents are sent or change.
    """
    only_the_program(actor)
    by_source: dict[str, list[Brought]] = {}
    for one in brought:
        by_source.setdefault(one.source_uid, []).append(one)
    changed: list[Matter] = []
    for source_uid, rows in by_source.items():
        changed += _bring(source_uid, {one.unit_uid: one for one in rows})
    if changed:
        audit.record(
            actor, "meetings.documents_brought", changed[0], unit_path=changed[0].unit.path,
            units=len(changed),
        )  # fmt: skip
    return len(changed)


def _bring(source_uid: str, rows: dict[str, Brought]) -> list[Matter]:
    units = Unit.objects.in_bulk(rows)
    known = (
        Matter.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(unit__in=rows, kind=Matter.Kind.DIRECTIVE, source_uid=source_uid)
    )
    by_unit = {matter.unit_id: matter for matter in known}
    changed = [
        matter
        for uid, matter in by_unit.items()
        if matter.state in OPEN and _follows(matter, rows[uid])
    ]
    new = [
        Matter(
            bucket=units[uid].bucket, unit=units[uid], kind=Matter.Kind.DIRECTIVE,
            source_uid=source_uid, title=clean(one.title)[:300],
            text=clean_lines(one.text)[:LONGEST], sender=one.sender[:200], asked=one.asked,
            due_on=one.due_on, minutes=one.minutes, since=clock.today(),
        )
        for uid, one in rows.items()
        if uid not in by_unit and uid in units and not one.ended
    ]  # fmt: skip
    Matter.objects.bulk_create(new)
    return changed + new


@within_action
def _follows(matter: Matter, one: Brought) -> bool:
    """Write what became of a document into the matter of one unit; say whether anything changed."""
    if one.ended:
        _let_go(matter, one.ended_why)
        return True
    said = {
        "title": clean(one.title)[:300], "text": clean_lines(one.text)[:LONGEST],
        "due_on": one.due_on, "minutes": one.minutes,
    }  # fmt: skip
    if all(getattr(matter, name) == said[name] for name in FOLLOWS):
        return False
    for name in FOLLOWS:
        setattr(matter, name, said[name])
    matter.save(update_fields=FOLLOWS)
    return True


def _let_go(matter: Matter, why: str) -> None:
    """Let a matter wait no more; a meeting that has begun keeps the item, one to come loses it."""
    if matter.state == Matter.State.ON_AGENDA:
        to_come = Meeting.objects.filter(uid=matter.meeting_uid, status__in=PLANNED)
        if meeting := to_come.first():
            here = {"bucket": meeting.bucket, "meeting": meeting, "matter_uid": matter.uid}
            AgendaItem.objects.filter(**here).delete()
            CarryOver.objects.filter(**here).delete()
    matter.state, matter.ended_why = Matter.State.WITHDRAWN, why[:500]
    matter.save(update_fields=["state", "ended_why"])
