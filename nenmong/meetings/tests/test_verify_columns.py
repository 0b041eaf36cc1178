"""`nenmong verify` names the meeting for whatever is changed after the seal, in any column."""

import pytest
from django.db import connection, transaction

from nenmong.core import ids
from nenmong.meetings.models import (
    ChainHead,
    Meeting,
    SealedRecord,
)
from nenmong.meetings.tests.tampering import (
    TABLES,
    changed,
    columns,
    erase,
    named,
    overwrite,
    raw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain_taken_back", "checks_again")]

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
    erase(model, model._default_manager.filter(meeting=chain[1]).first().pk)
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
