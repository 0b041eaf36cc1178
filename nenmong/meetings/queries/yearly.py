"""The plan of a year as its cell sees it, and those of all cells under a committee."""

from collections import defaultdict
from dataclasses import dataclass, field

from nenmong.core.audit import Actor
from nenmong.meetings.models import Meeting, PlannedTopic, YearPlan
from nenmong.meetings.rules import yearly
from nenmong.org import access
from nenmong.org.models import Unit

PAGE = 100


@dataclass(frozen=True)
class TopicRow:
    """A topic, and the meeting that took it up."""

    topic: PlannedTopic
    meeting: Meeting | None

    @property
    def held(self) -> bool:
        """Whether its minutes are sealed: it stays as it is."""
        return self.meeting is not None and self.meeting.status == Meeting.Status.SEALED

    @property
    def open(self) -> bool:
        """Whether a meeting may still be planned about it: none was, or it was cancelled."""
        return self.meeting is None or self.meeting.status == Meeting.Status.CANCELLED

    @property
    def apart(self) -> bool:
        """Whether the meeting that took it up bears other words by now."""
        return self.meeting is not None and self.meeting.subject != self.topic.title


@dataclass
class PlanSheet:
    """A unit's plan of a year; `plan` is None until its first topic."""

    unit_uid: str
    unit_name: str
    plan: YearPlan | None = None
    topics: list[TopicRow] = field(default_factory=list)
    missing: list[yearly.Stretch] = field(default_factory=list)
    above: str = ""  # of a cell that does not stand directly under the unit asked

    @property
    def reported(self) -> bool:
        return self.plan is not None and self.plan.reported_at is not None

    @property
    def changed_since(self) -> bool:
        plan = self.plan
        return bool(plan and plan.reported_at and plan.changed_at > plan.reported_at)


def sheet(unit: Unit, year: int, every_months: int) -> PlanSheet:
    """Return a unit's plan of a year. Three queries."""
    (found,) = _sheets([(unit.uid, unit.name)], year, every_months)
    return found


def below(
    actor: Actor, unit: Unit, year: int, every_months: int, offset: int = 0
) -> tuple[list[PlanSheet], bool]:
    """Return the plans of up to 100 cells under a unit, and whether more follow. Four queries.

    What is not yet reported is the cell's own: its topics are left out.
    """
    cells = access.visible_units(actor, "meetings.view").under(unit.path).cells()
    rows = (
        cells.filter(last_day=None)
        .order_by("path")
        .values_list("uid", "name", "parent_id", "parent__name")
    )
    page = list(rows[offset : offset + PAGE + 1])
    above = {uid: parent for uid, _name, parent_uid, parent in page if parent_uid != unit.uid}
    sheets = _sheets([(uid, name) for uid, name, *_parent in page[:PAGE]], year, every_months)
    for one in sheets:
        one.above = above.get(one.unit_uid, "")
        if not one.reported:
            one.topics = []
    return sheets, len(page) > PAGE


def _sheets(units: list[tuple[str, str]], year: int, every_months: int) -> list[PlanSheet]:
    uids = [uid for uid, _name in units]
    plans = {plan.unit_id: plan for plan in YearPlan.objects.filter(unit__in=uids, year=year)}
    topics = list(PlannedTopic.objects.filter(plan__in=[plan.uid for plan in plans.values()]))
    taken = [topic.meeting_uid for topic in topics if topic.meeting_uid]
    shown = Meeting.objects.filter(unit__in=uids, uid__in=taken).only(
        "status", "subject", "held_on", "starts_at"
    )
    meetings = {meeting.uid: meeting for meeting in shown}
    of_plan: dict[str, list[TopicRow]] = defaultdict(list)
    for topic in topics:
        of_plan[topic.plan_id].append(TopicRow(topic, meetings.get(topic.meeting_uid or "")))
    sheets = []
    for uid, name in units:
        plan = plans.get(uid)
        own = of_plan[plan.uid] if plan else []
        missing = yearly.without(year, every_months, {row.topic.month for row in own})
        sheets.append(PlanSheet(uid, name, plan, own, missing))
    return sheets
