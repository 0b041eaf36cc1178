"""The page on which a paper form is typed in, filled with all that is recorded so far."""

from collections.abc import Mapping
from datetime import datetime, time

from nenmong.core import clock
from nenmong.meetings.models import Meeting
from nenmong.meetings.paper_form import COUNTS, HANDS, NUMBERED, PAPERS, PaperForm, empty
from nenmong.meetings.rules.paper import MOMENTS, Entered, Judged, Line, Tally
from nenmong.ui import formats


def filled(meeting: Meeting, entered: Entered) -> PaperForm:
    """Return the page with all that is recorded of the meeting so far."""
    form = empty(meeting, {})
    names = {row.member_uid: str(row) for row in form.roll}
    numbers = {row.member_uid: row.number for row in form.roll}
    begun = meeting.status != Meeting.Status.PLANNED
    day = entered.held_on or form.day
    values = {
        "day": formats.day(day), "place": entered.place, "guests": entered.guests,
        "directions": entered.directions, "opened": _hour(entered.opened_at),
        "closed": _hour(entered.closed_at), "chair": names.get(entered.chair_uid, ""),
        "secretary": names.get(entered.secretary_uid, ""),
    }  # fmt: skip
    values |= {name: _written(getattr(entered, name)) for name in MOMENTS}
    for row, (uid, one) in enumerate(
        sorted(entered.roll.items(), key=lambda said: numbers.get(said[0], 0))
    ):
        values |= _named(f"r-{row}", who=names.get(uid, ""), status=one.status, reason=one.reason)
    for report in entered.reports:
        values |= _named(f"b-{report.task_uid}", state=report.state, result=report.result)
    for prefix, tally in (("nq", entered.resolution), ("bb", entered.minutes)):
        values |= _counts(prefix, tally) if tally else {}
    votes = tasks = 0
    for number, item in enumerate(entered.items, start=1):
        values |= _named(
            f"i-{item.uid}", done="1" if item.discussed or not begun else "",
            minutes="" if item.minutes is None else str(item.minutes), summary=item.summary,
            conclusion=item.conclusion, left=item.left,
            speeches="\n".join(_said(line, numbers) for line in item.speeches),
            opinions="\n".join(_said(line, numbers) for line in item.opinions),
            presenter=item.presenter or "",
            dues_members="" if item.dues_members is None else str(item.dues_members),
            dues_amount="" if item.dues_amount is None else formats.number(item.dues_amount),
        )  # fmt: skip
        if item.judged:
            values |= _found(f"i-{item.uid}", item.judged)
        for vote in item.votes:
            values |= _named(f"v-{votes}", item=str(number), question=vote.question)
            values |= _counts(f"v-{votes}", vote)
            votes += 1
        for task in item.tasks:
            values |= _named(
                f"t-{tasks}", item=str(number), title=task.title,
                who=names.get(task.owner_uid, "") or task.owner,
                due=formats.day(task.due_on) if task.due_on else "",
            )  # fmt: skip
            tasks += 1
    form.values = values
    return form


def _named(at: str, **parts: str) -> dict[str, str]:
    return {f"{at}-{name}": text for name, text in parts.items()}


def _counts(at: str, tally: Tally) -> dict[str, str]:
    numbers = {name: getattr(tally, name) for name in (*COUNTS, *PAPERS)}
    return {f"{at}-{name}": str(n) for name, n in numbers.items() if n is not None}


def _said(line: Line, numbers: Mapping[str, int]) -> str:
    if line.member_uid:
        return f"{numbers.get(line.member_uid, 0)}: {line.text}"
    if line.guest:
        return f"khách {line.guest}: {line.text}"
    return f"0: {line.text}" if NUMBERED.fullmatch(line.text) else line.text


def _hour(moment: datetime | None) -> str:
    return formats.clock_time(moment) if moment else ""


def _written(moment: datetime | None) -> str:
    """Return a day, with the hour where one was written."""
    if moment is None:
        return ""
    at = clock.local(moment)
    return formats.day(at) + (f" {formats.clock_time(moment)}" if at.time() != time() else "")


def _found(at: str, judged: Judged) -> dict[str, str]:
    counts = {name: getattr(judged, name) for name in HANDS}
    return _named(
        at, verdict=judged.verdict, reason=judged.reason,
        **{name: "" if count is None else str(count) for name, count in counts.items()},
    )  # fmt: skip
