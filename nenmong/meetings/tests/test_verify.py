"""`nenmong verify` names the meeting for whatever is changed after the seal, in any column.

The sealed meetings are made once for all tests of this module; what a test does is taken back.
"""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from nenmong.core import ids
from nenmong.core.actions import SYSTEM
from nenmong.core.fields import UidField
from nenmong.core.rules import canonical, sha256
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.answers_read import Hands
from nenmong.meetings.models import (
    Attendance,
    ChainHead,
    Meeting,
    NameEntry,
    Postponement,
    SealedRecord,
    Speech,
    Task,
)
from nenmong.meetings.queries import rows
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.answers_read import brought

pytestmark = pytest.mark.django_db
DAYS = [date(2026, month, 3) for month in (9, 10, 11)]
TABLES = [*rows.RECORD_TABLES, *rows.NAMES_TABLES]


@pytest.fixture(scope="module")
def chain(django_db_setup, django_db_blocker):
    """Three sealed meetings of one cell, the second with something in every table, and a fourth
    of another cell."""
    ids.use_node(0)
    outer = transaction.atomic()
    outer._from_testcase = True  # actions open their own transaction inside
    with django_db_blocker.unblock(), outer:
        unit, secretary, _scribe = journey.cell(4)
        meetings = []
        for day in DAYS:
            actions.propose_topic(actor=secretary, unit_uid=unit.uid, title=f"Việc {day}")
            read = actions.bring_answer(actor=SYSTEM, brought=brought(unit))
            meeting = journey.held(unit, secretary, day)
            _write_around(meeting)
            say = {"actor": secretary, "meeting_uid": meeting.uid}
            actions.judge_answer(
                matter_uid=read.uid, verdict="partly", hands=Hands(1, 1, 1), reason="Còn hai bóng",
                **say,
            )  # fmt: skip
            for report in meeting.reports.all():
                actions.report_task(task_uid=report.task_uid, state="done", result="Xong", **say)
            topic = meeting.items.get(step="topic", title=f"Việc {day}")
            actions.carry_over(matter_uid=topic.matter_uid, reason="Hết giờ", **say)
            actions.record_vote(
                about="item", item_uid=topic.uid, question="Có làm không?", against=0, other=0,
                agreed=meeting.official_present, **say,
            )  # fmt: skip
            item = meeting.items.last().uid
            actions.write_text(item_uid=item, field="summary", was="", text="Đã kết luận.", **say)
            meetings.append(actions.seal_minutes(**say))
        journey.sealed(*journey.cell(3)[:2])
        _loosen()
        yield meetings
        transaction.set_rollback(True)


def _write_around(meeting):
    """Fill what the shortest meeting leaves empty, so that there is something to change."""
    moment = journey.evening(DAYS[0])
    Meeting.objects.filter(uid=meeting.uid).update(
        notice_at=moment,
        documents_at=moment,
        upper_notified_at=moment,
        draft_ready_at=moment,
        prompts_ready_at=moment,
        draft_resolution="Dự thảo",
    )
    Postponement.objects.create(
        bucket=meeting.bucket,
        meeting=meeting,
        was_at=moment,
        now_at=moment,
        reason="Nghỉ Tết",
        agreed_by="Chi ủy",
        noted_at=moment,
    )


def _loosen():
    """Let the tests write what the database itself would refuse; rolled back with all the rest."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in {*TABLES, Meeting, SealedRecord}:
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    cursor.execute(
                        f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{constraint.name}"'
                    )
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture(autouse=True)
def _savepoint(db, chain):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def _checks_again():
    yield
    if connection.vendor == "sqlite" and connection.connection is not None:
        connection.connection.execute("PRAGMA ignore_check_constraints = OFF")


def changed(field, value):  # noqa: PLR0911 -- one line a kind
    """Return `value` with one bit, letter, day or microsecond changed."""
    match field:
        case UidField() | models.ForeignKey():
            return (value or 0) ^ (1 << 13)  # as if another node had made it
        case models.BooleanField():
            return not value
        case models.IntegerField():
            return (value or 0) + 1000
        case models.JSONField():
            return json.dumps(["0" * 64]) if value in ("[]", []) else str(value)[:-3] + '_"]'
        case models.DateTimeField():
            return "1" + str(value)[1:] if value else "2026-01-01 00:00:00"
        case models.DateField():
            return "2026-01-01"
        case _:
            return "x" if not value else value[:-1] + ("y" if value[-1] != "y" else "z")


def raw(model, pk):
    """Return a row as the database holds it, column by column."""
    table, key = model._meta.db_table, model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT * FROM "{table}" WHERE "{key.column}" = %s',  # noqa: S608
            [key.get_prep_value(pk)],
        )
        return dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))


def overwrite(model, pk, column, value):
    table, key = model._meta.db_table, model._meta.pk
    cast = "::jsonb" if isinstance(model._meta.get_field(_name(model, column)), models.JSONField) \
        and connection.vendor == "postgresql" else ""  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{column}" = %s{cast} WHERE "{key.column}" = %s',  # noqa: S608
            [value, key.get_prep_value(pk)],
        )
        assert cursor.rowcount == 1


def _name(model, column):
    return next(f.name for f in model._meta.concrete_fields if f.column == column)


def named():
    """Return the uids of the meetings that `verify` names."""
    return {finding.meeting_uid for finding in queries.verify.verify().findings}


def columns(*tables, beside=()):
    return [
        pytest.param(model, field, id=f"{model.__name__}.{field.column}")
        for model in tables
        for field in model._meta.concrete_fields
        if field.name not in beside and field.name not in rows.GOES_ON.get(model, ())
    ]


# ── nothing changed ─────────────────────────────────────────────────────────────────────────


def test_what_is_as_it_was_holds(chain):
    result = queries.verify.verify()
    assert (result.meetings, result.findings) == (4, [])


def test_what_goes_on_after_the_seal_is_no_fault(chain):
    secretary_uid = SealedRecord.objects.get(meeting=chain[0]).sealed_by_uid
    assert secretary_uid
    Meeting.objects.filter(uid=chain[1].uid).update(
        filed_at=journey.evening(DAYS[1]), filed_how="x"
    )
    Task.objects.filter(meeting=chain[1]).update(state="done", result="Xong", done_on=DAYS[2])
    assert named() == set()


def test_an_erased_names_sheet_is_no_fault(chain):
    SealedRecord.objects.filter(meeting=chain[1]).update(names="", names_salt="")
    Attendance.objects.filter(meeting=chain[1]).delete()
    NameEntry.objects.filter(meeting=chain[1]).delete()
    assert named() == set()


@pytest.mark.parametrize("left", ["names", "names_salt"])
def test_a_names_sheet_half_erased_is_a_fault(chain, left):
    SealedRecord.objects.filter(meeting=chain[1]).update(**{left: ""})
    assert named() == {chain[1].uid}


def test_a_record_sealed_in_the_first_form_holds_without_what_came_later(chain):
    record = SealedRecord.objects.get(meeting=chain[1])
    meeting = Meeting.objects.get(uid=chain[1].uid)
    of_record, of_names = rows.of_meetings([meeting], {meeting.uid: 1})[meeting.uid]
    assert "postponement" not in of_record
    parsed, names = json.loads(record.record), json.loads(record.names)
    record.record = canonical(parsed | {"format": 1, "rows": of_record})
    record.record_hash = sha256(record.record)
    record.names = canonical(names | {"format": 1, "rows": of_names})
    record.names_hash = seals.names_hash(record.names_salt, record.names)
    record.save()
    _link_anew(record)
    Meeting.objects.filter(uid=meeting.uid).update(subject="Không thuộc bản cũ")
    assert named() == set()
    Meeting.objects.filter(uid=meeting.uid).update(place="Chỗ khác")
    assert named() == {meeting.uid}


def _link_anew(record):
    """Hang the records of a unit from this one on in their chain again."""
    later = SealedRecord.objects.filter(unit=record.unit_id, position__gte=record.position)
    previous = record.previous
    for one in later.order_by("position"):
        link = seals.link(previous, record_hash=one.record_hash, names=one.names_hash)
        SealedRecord.objects.filter(uid=one.uid).update(previous=previous, link=link)
        ChainHead.objects.filter(unit=one.unit_id).update(link=link)
        previous = [link]


# ── one value changed ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("model", "field"), columns(SealedRecord))
def test_a_change_in_the_record_s_row_is_named(chain, model, field):
    record = SealedRecord.objects.get(meeting=chain[1])
    value = raw(SealedRecord, record.pk)[field.column]
    overwrite(SealedRecord, record.pk, field.column, changed(field, value))
    assert chain[1].uid in named()


@pytest.mark.parametrize(("model", "field"), columns(ChainHead, beside={"uid"}))
def test_a_change_in_the_chain_s_head_names_its_last_meeting(chain, model, field):
    head = ChainHead.objects.get(unit=chain[0].unit)
    value = raw(ChainHead, head.pk)[field.column]
    overwrite(ChainHead, head.pk, field.column, changed(field, value))
    assert chain[2].uid in named()


@pytest.mark.parametrize(("model", "field"), columns(Meeting))
def test_a_change_in_the_meeting_s_row_is_named(chain, model, field):
    value = raw(Meeting, chain[1].pk)[field.column]
    overwrite(Meeting, chain[1].pk, field.column, changed(field, value))
    assert chain[1].uid in named()


@pytest.mark.parametrize(("model", "field"), columns(*TABLES))
def test_a_change_in_any_row_of_the_meeting_is_named(chain, model, field):
    row = model._default_manager.filter(meeting=chain[1]).order_by("pk").last()
    value = raw(model, row.pk)[field.column]
    overwrite(model, row.pk, field.column, changed(field, value))
    assert chain[1].uid in named()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_row_lost_is_named(chain, model):
    _erase(model, model._default_manager.filter(meeting=chain[1]).first().pk)
    assert named() == {chain[1].uid}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_row_slipped_in_is_named(chain, model):
    row = model._default_manager.filter(meeting=chain[1]).last()
    row.pk = None
    for unique in ("member_uid", "subject_uid", "task_uid", "matter_uid"):
        if any(field.name == unique for field in model._meta.concrete_fields):
            setattr(row, unique, ids.new_uid())
    row.save(force_insert=True)
    assert named() == {chain[1].uid}


# ── records out of their place ──────────────────────────────────────────────────────────────


def swap(one, other, *names):
    """Exchange columns of two records."""
    values = [{name: getattr(record, name) for name in names} for record in (one, other)]
    SealedRecord.objects.filter(pk=one.pk).update(**{n: _apart(n, values[0][n]) for n in names})
    SealedRecord.objects.filter(pk=other.pk).update(**values[0])
    SealedRecord.objects.filter(pk=one.pk).update(**values[1])


def _apart(name, value):
    return 9999 if name == "position" else value


@pytest.mark.parametrize(
    "names",
    [
        ["position"],
        ["record", "record_hash"],
        ["record", "record_hash", "names", "names_hash", "names_salt"],
        ["record", "record_hash", "names", "names_hash", "names_salt", "previous", "link"],
        ["position", "previous", "link"],
    ],
    ids="+".join,
)
def test_two_records_swapped_are_named(chain, names):
    swap(*[SealedRecord.objects.get(meeting=meeting) for meeting in chain[:2]], *names)
    assert {chain[0].uid, chain[1].uid} <= named()


@pytest.mark.parametrize(("lost", "beside"), [(0, 1), (1, 2)])
def test_one_deleted_inside_is_named_there_and_at_the_next(chain, lost, beside):
    SealedRecord.objects.filter(meeting=chain[lost]).delete()
    assert named() == {chain[lost].uid, chain[beside].uid}
    _erase(Meeting, chain[lost].pk)  # the meeting too: the next one still tells
    assert chain[beside].uid in named()


def test_the_last_one_deleted_is_named_there_and_before(chain):
    SealedRecord.objects.filter(meeting=chain[2]).delete()
    assert named() == {chain[2].uid, chain[1].uid}
    _erase(Meeting, chain[2].pk)
    assert chain[1].uid in named()


def test_a_whole_chain_deleted_is_noticed(chain):
    SealedRecord.objects.filter(unit=chain[0].unit).delete()
    assert {meeting.uid for meeting in chain} <= named()
    for meeting in chain:
        _erase(Meeting, meeting.pk)
    (finding,) = queries.verify.verify().findings
    assert "3" in finding.what


def _erase(model, pk):
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{model._meta.db_table}" WHERE "uid" = %s',  # noqa: S608
            [model._meta.pk.get_prep_value(pk)],
        )


def test_a_record_forged_with_new_hashes_breaks_the_next_link(chain):
    record = SealedRecord.objects.get(meeting=chain[1])
    text = json.loads(record.record)
    text["directions"] = "Khác"
    record.record = canonical(text)
    record.record_hash = sha256(record.record)
    record.link = seals.link(
        record.previous, record_hash=record.record_hash, names=record.names_hash
    )
    record.save()
    assert named() == {chain[2].uid}  # what follows it no longer follows


# ── what cannot even be read ────────────────────────────────────────────────────────────────

GARBAGE = ["CAST(x'ff' AS TEXT)", "'2026-13-45'", "'{'", "-1", "9e99"]
# Other engines keep their types: nothing can stand there that is not of them.
DAMAGED = [SealedRecord, ChainHead, Meeting, *TABLES] if connection.vendor == "sqlite" else []


@pytest.mark.parametrize(("model", "field"), columns(*DAMAGED, beside={"uid"}))
def test_a_damaged_file_is_named_and_the_rest_is_checked(chain, model, field):
    if model is ChainHead:
        pk = ChainHead.objects.get(unit=chain[0].unit).pk
    elif model is Meeting:
        pk = chain[1].pk
    else:
        pk = model._default_manager.filter(meeting=chain[1]).order_by("pk").last().pk
    for garbage in GARBAGE:
        with transaction.atomic():
            _damage(model, field.column, garbage, pk)
            found = named()
            transaction.set_rollback(True)
        assert found & {chain[1].uid, chain[2].uid}, garbage
        assert chain[0].uid not in found or field.name == "position"  # it may stand before it


def _damage(model, column, garbage, pk):
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET "{column}" = {garbage} WHERE "uid" = %s',  # noqa: S608
            [model._meta.pk.get_prep_value(pk)],
        )


# ── the command ─────────────────────────────────────────────────────────────────────────────


def test_the_command_says_all_is_well(chain):
    out = StringIO()
    call_command("verify", stdout=out)
    assert out.getvalue().count("\n") == 1
    assert "4" in out.getvalue()


def test_the_command_names_each_meeting_and_ends_with_one(chain):
    Speech.objects.filter(meeting=chain[1]).update(text="Tôi nhất trí.")
    Meeting.objects.filter(uid=chain[2].uid).update(present=0)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", stdout=out)
    assert ended.value.code == 1
    first, second, summary = out.getvalue().splitlines()
    for line, meeting in ((first, chain[1]), (second, chain[2])):
        assert line.startswith(f"{meeting.uid} {meeting.unit.name} {meeting.month:%Y-%m}: ")
    assert "2" in summary


def test_checking_costs_by_the_hundreds_of_meetings(chain, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        assert queries.verify.verify().meetings == 4
