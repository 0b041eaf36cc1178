"""Cases of the plan of a year."""

from datetime import date

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory

MARCH = date(2026, 3, 1)


def planning():
    unit, secretary, _scribe = journey.cell(3)
    said = {"unit_uid": unit.uid, "month": MARCH, "title": "Học tập và làm theo Bác"}
    return {"actor": secretary} | said, UserFactory.holding("member", unit)


def with_topic(**said):
    def ready():
        given, member = planning()
        topic = actions.plan_topic(**given)
        return {"actor": given["actor"], "topic_uid": topic.uid} | said, member

    return ready


def reporting():
    given, member = planning()
    actions.plan_topic(**given)
    return {"actor": given["actor"], "unit_uid": given["unit_uid"], "year": 2026}, member


def noting():
    given, member = planning()
    said = {"unit_uid": given["unit_uid"], "year": 2026, "note": "Mục đích, yêu cầu"}
    return {"actor": given["actor"]} | said, member


CASES = {
    "plan_topic": Case(planning, SAME),
    "change_topic": Case(with_topic(month=date(2026, 4, 1), title="Chuyển đổi số"), SAME),
    "note_year_plan": Case(noting, SAME),
    "drop_topic": Case(with_topic(), ""),
    "report_year_plan": Case(reporting, SAME),
    "number_year_plan": Case(reporting, SAME),
}
