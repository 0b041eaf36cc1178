"""Sealed meetings that tests tamper with, any column of any row, and take back."""

import json
from datetime import date

import pytest
from django.db import connection, models, transaction

from nenmong.core import ids
from nenmong.core.actions import SYSTEM
from nenmong.core.fields import UidField
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.answers_read import Hands
from nenmong.meetings.models import (
    Meeting,
    Postponement,
    SealedRecord,
)
from nenmong.meetings.queries import rows
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.answers_read import brought

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


@pytest.fixture
def chain_taken_back(db, chain):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def checks_again():
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


def erase(model, pk):
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{model._meta.db_table}" WHERE "uid" = %s',  # noqa: S608
            [model._meta.pk.get_prep_value(pk)],
        )
