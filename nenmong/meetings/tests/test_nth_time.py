"""For the how manieth time a task comes before the cell: sealed with the record, and printed."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.meetings import actions, queries
from nenmong.meetings.exports import Edition, minutes_docx, resolution_docx
from nenmong.meetings.queries.verify import record_in, sealed_of
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.paper import lines, read

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 3), date(2026, 11, 3), date(2026, 12, 3)


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


def sealed_of_month(here, day, state, *, anew=False):
    meeting = journey.held(*here, day, task="")
    report = meeting.reports.get()
    said = {"actor": here[1], "meeting_uid": meeting.uid, "task_uid": report.task_uid}
    actions.report_task(**said, state=state, result="Còn hai hộ")
    if anew:
        actions.renew_task(**said, due_on=date(2027, 1, 20))
    return record_in(sealed_of(actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)))


def printed(record):
    return " ".join(
        line
        for content in (resolution_docx(record), minutes_docx(record, None, Edition.SENT_UP))
        for line in lines(read(content))
    )


def test_the_record_says_for_the_how_manieth_time(here, client):
    journey.sealed(*here, OCTOBER)
    first = sealed_of_month(here, NOVEMBER, "doing", anew=True)
    assert [one["times"] for one in first["reviewed"]] == [1]
    assert "báo cáo lần thứ" not in printed(first)
    second = sealed_of_month(here, DECEMBER, "done")
    assert [one["times"] for one in second["reviewed"]] == [2]
    assert printed(second).count("báo cáo lần thứ 2") == 2
    client.force_login(here[1])
    pages = [
        client.get(reverse("meetings:record", args=[one["uid"]])).content.decode()
        for one in (first, second)
    ]
    assert ["nm-state nm-carried" in page for page in pages] == [False, True]
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []


def test_a_record_sealed_before_says_nothing_of_it(here):
    journey.sealed(*here, OCTOBER)
    record = sealed_of_month(here, NOVEMBER, "done")
    for one in record["reviewed"]:
        del one["times"]
    assert "báo cáo lần thứ" not in printed(record)
