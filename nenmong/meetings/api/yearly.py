"""The plan of a year: its topics, and reporting it."""

from datetime import date
from typing import Any

from ninja import Schema, Status
from pydantic import Field

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.meetings import actions, doors, printed
from nenmong.meetings.api import sent
from nenmong.meetings.api.shapes import GoneOut
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import PlannedTopic, YearPlan
from nenmong.org import access
from nenmong.org import doors as org
from nenmong.ui.api import At, Key, Uid


class TopicOut(Schema):
    """A thematic topic of a month in the plan of a year."""

    uid: Uid
    plan: Uid = Field(validation_alias="plan_id")
    month: date
    title: str
    presenter: str
    meeting: Uid | None = Field(validation_alias="meeting_uid")


class YearPlanOut(Schema):
    """The plan of a year."""

    unit: Uid
    year: int
    reported_at: At | None
    changed_at: At | None = Field(description="Null: no topic was ever written.")
    topics: list[TopicOut] = Field(description="None of a plan below that is not reported.")


theme = Theme("plan of a year")


def _told(plan: YearPlan) -> dict[str, Any]:
    return {
        "unit": plan.unit_id, "year": plan.year, "reported_at": plan.reported_at,
        "changed_at": plan.changed_at, "topics": list(plan.topics.all()),
    }  # fmt: skip


@theme.get(
    "/units/{uid:uid}/plans/{int:year}", response=YearPlanOut, operation_id="meetings_show_plan"
)
def show_year_plan(request: ApiRequest, uid: Uid, year: int) -> dict[str, Any]:
    """The plan of a year; above the unit its topics are told once it is reported."""
    unit = org.unit_for(request.auth, uid, "meetings.view")
    printed.of_years(year)
    plan = YearPlan.objects.filter(unit=unit, year=year).first()
    blank = {"unit": uid, "year": year, "reported_at": None, "changed_at": None, "topics": []}
    if plan is None:
        return blank
    own = access.may(request.auth, "meetings.agenda", unit.path)
    return _told(plan) if own or plan.reported_at else blank


@theme.post("/units/{uid:uid}/topics", response={201: TopicOut}, operation_id="meetings_plan_topic")
def plan_topic(
    request: ApiRequest, uid: Uid, key: Key, said: sent.PlannedTopicIn
) -> Status[PlannedTopic]:
    """Put a thematic topic into a month of the plan of that year."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.prepare")
    made = actions.plan_topic(
        actor=actor, key=key, unit_uid=unit.uid, month=said.month.replace(day=1),
        title=said.title, presenter=said.presenter,
    )  # fmt: skip
    return Status(201, made)


@theme.put("/topics/{uid:uid}", response=TopicOut, operation_id="meetings_change_topic")
def change_topic(
    request: ApiRequest, uid: Uid, key: Key, said: sent.PlannedTopicIn
) -> PlannedTopic:
    """Change a topic or its month, within the year."""
    actor = request.auth
    doors.topic_for(actor, uid)
    return actions.change_topic(
        actor=actor, key=key, topic_uid=uid, month=said.month.replace(day=1), title=said.title,
        presenter=said.presenter,
    )  # fmt: skip


@theme.delete("/topics/{uid:uid}", response=GoneOut, operation_id="meetings_drop_topic")
def drop_topic(request: ApiRequest, uid: Uid, key: Key) -> dict[str, str]:
    """Take a topic off the plan."""
    actor = request.auth
    if not answered(actor, key):  # then it is gone, and the answer is the same
        doors.topic_for(actor, uid)
    actions.drop_topic(actor=actor, key=key, topic_uid=uid)
    return {"uid": uid}


@theme.post(
    "/units/{uid:uid}/plans/{int:year}/report", response=YearPlanOut,
    operation_id="meetings_report_year_plan",
)  # fmt: skip
def report_year_plan(
    request: ApiRequest, uid: Uid, year: int, key: Key, said: sent.NothingIn
) -> dict[str, Any]:
    """Report the plan to the committee above; again once it was changed since."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.prepare")
    printed.of_years(year)
    return _told(actions.report_year_plan(actor=actor, key=key, unit_uid=unit.uid, year=year))
