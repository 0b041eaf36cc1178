"""The speaker's name stands in the names sheet, and nowhere else."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from nenmong.core import clock
from nenmong.core.rules import canonical, fold, name_key
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Attendance, NameEntry, SealedRecord
from nenmong.meetings.tests import journey
from nenmong.org.models import Member
from nenmong.org.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
CANARY = "Chim Hoàng Yến"
REASON = "bận hót ngoài vườn"
WORDS = [CANARY, fold(CANARY), name_key(CANARY)]
# Where it may stand: the organisation's own roll, and the names sheet.
ALLOWED = {Member._meta.db_table, Attendance._meta.db_table, NameEntry._meta.db_table}


@pytest.fixture
def canary(caplog):
    """A sealed meeting at which the canary spoke, raised an opinion, and was late, for a reason."""
    caplog.set_level(logging.DEBUG)
    unit, secretary, _scribe = journey.cell(5)
    bird = MemberFactory.of(unit, full_name=CANARY)
    meeting = journey.opened(unit, secretary)
    actions.record_roll(
        actor=secretary, meeting_uid=meeting.uid, called={bird.uid: Called("late", REASON)}
    )
    item = meeting.items.get(step="discussion")
    said = {"actor": secretary, "item_uid": item.uid, "member_uid": bird.uid}
    speech = actions.add_speech(text="Tôi hót.", key="k1", **said)
    actions.change_line(
        actor=secretary, kind="speech", line_uid=speech.uid, text="Tôi ca.", member_uid=bird.uid,
        key="k2",
    )  # fmt: skip
    actions.note_opinion(text="Đề nghị mở lồng.", key="k3", **said)
    removed = actions.note_opinion(text="Đề nghị thôi.", key="k4", **said)
    actions.remove_line(actor=secretary, kind="opinion", line_uid=removed.uid, key="k5")
    for row in list(meeting.items.all())[1:]:
        actions.go_to_item(actor=secretary, item_uid=row.uid)
    meeting.refresh_from_db()
    for about in ("resolution", "minutes"):
        actions.record_vote(
            actor=secretary, meeting_uid=meeting.uid, about=about, against=0, other=0,
            agreed=meeting.official_present,
        )  # fmt: skip
    with clock.at(meeting.opened_at + timedelta(minutes=100)):
        actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)
    actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    actions.file_documents(actor=secretary, meeting_uid=meeting.uid, how="here")
    actions.open_names_sheet(actor=secretary, meeting_uid=meeting.uid)
    return meeting, bird


def rows():
    """Every row of every table, the jobs' and libraries' too, as text."""
    for model in apps.get_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield table, dict(zip(names, map(str, row), strict=True))


def test_no_table_but_the_names_sheet_knows_who_spoke(canary):
    for table, row in rows():
        if table == SealedRecord._meta.db_table:
            row.pop("names")  # the sheet itself, sealed
        if table not in ALLOWED:
            text = str(row)
            assert not [word for word in [*WORDS, REASON] if word in text], table


def test_the_record_read_above_names_nobody_who_spoke(canary, caplog):
    meeting, bird = canary
    meeting.refresh_from_db()
    record = canonical(queries.record.record_of(meeting))
    sealed = queries.verify.sealed_of(meeting)
    for text in (record, sealed.record, caplog.text):
        assert not [word for word in [*WORDS, REASON, bird.uid] if word in text]
    assert "Tôi ca." in record
    assert "Đề nghị mở lồng." in record


def test_no_line_of_audit_says_which_member_it_was(canary):
    _meeting, bird = canary
    for table, row in rows():
        if table in {"core_auditentry", "core_answer", "django_tasks_db_dbtaskresult"}:
            assert bird.uid not in str(row)
            assert str(Member._meta.pk.get_prep_value(bird.uid)) not in str(row)


def test_the_cell_s_own_sheet_says_who_and_why(canary):
    meeting, _bird = canary
    sheet = queries.verify.names_in(queries.verify.sealed_of(meeting))
    assert sheet["late"] == [{"name": CANARY, "reason": REASON}]
    assert list(sheet["speakers"].values()) == [CANARY]
    assert list(sheet["opinions"].values()) == [CANARY]


def test_an_erased_sheet_leaves_nothing_to_guess_from(canary):
    """What remains must not tell who spoke by trying every name of the roll."""
    meeting, _bird = canary
    SealedRecord.objects.update(names="", names_salt="")
    Attendance.objects.all().delete()
    NameEntry.objects.all().delete()
    assert queries.verify.verify().findings == []
    assert queries.verify.names_in(queries.verify.sealed_of(meeting)) is None
    for table, row in rows():
        if table != Member._meta.db_table:
            assert CANARY not in str(row)
