"""The calendar of working days for programs: the days that differ from the country's."""

from typing import Any

from ninja import Router, Schema
from pydantic import Field, StrictBool

from nenmong.accounts.requests import ApiRequest
from nenmong.rulebook import actions
from nenmong.rulebook.models import CalendarDay
from nenmong.rulebook.queries import workdays
from nenmong.ui.api import Day, Said

router = Router(tags=["calendar"])
ROUTERS = (router,)


class CalendarDayOut(Schema):
    """Whether offices work on a day; `name` says why it differs from the country's calendar."""

    day: Day
    works: bool
    name: str


class CalendarDayIn(Said):
    """Whether offices work on a day, and why."""

    works: StrictBool
    name: str = Field("", max_length=10_000)


@router.get("/calendar", response=list[CalendarDayOut], operation_id="rulebook_calendar")
def list_days(request: ApiRequest, first: Day | None = None, last: Day | None = None) -> Any:
    """The days that were set otherwise than the country has them."""
    rows = CalendarDay.objects.all()
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    return [{"day": row.day.isoformat(), "works": row.works, "name": row.name} for row in rows]


@router.put("/calendar/{day}", response=CalendarDayOut, operation_id="rulebook_set_calendar_day")
def set_day(request: ApiRequest, day: Day, said: CalendarDayIn) -> dict[str, Any]:
    """Set a day; what is as the country has it needs no word. Sent twice it changes nothing."""
    kept = actions.set_calendar_day(actor=request.auth, day=day, works=said.works, name=said.name)
    works = kept.works if kept else workdays().works(day)
    return {"day": day.isoformat(), "works": works, "name": kept.name if kept else ""}
