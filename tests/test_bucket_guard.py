"""The bucket guard catches what it should, and the tables keep what it relies on."""

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef
from django.db.models.constraints import UniqueConstraint

from nenmong.meetings.models import AgendaItem, Attendance, Matter, Meeting, Task
from nenmong.org.models import Member, Unit
from tests import guard

LARGE = [model for model in guard.models() if model._meta.label not in guard.REFERENCE]


def sql_of(queryset):
    return queryset.query.sql_with_params()[0]


def faults(queryset):
    return guard.faults(sql_of(queryset), connection.vendor)


# ── the tables ──────────────────────────────────────────────────────────────────────────────


def test_every_table_is_large_or_written_down_as_small():
    assert {m._meta.label for m in guard.models()} >= guard.REFERENCE
    without = {m._meta.label for m in LARGE if "bucket" not in {f.name for f in m._meta.fields}}
    assert without == set()


@pytest.mark.parametrize("model", LARGE, ids=lambda model: model._meta.label)
def test_every_unique_constraint_of_a_large_table_starts_with_bucket(model):
    meta = model._meta
    unique = [c.fields for c in meta.constraints if isinstance(c, UniqueConstraint)]
    assert [fields for fields in unique if fields[:1] != ("bucket",)] == []
    assert [f.name for f in meta.fields if f.unique and not f.primary_key] == []
    assert not meta.unique_together


@pytest.mark.parametrize("model", LARGE, ids=lambda model: model._meta.label)
def test_a_key_between_large_tables_equates_their_buckets(model):
    keys = [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in LARGE
    ]
    assert [key.name for key in keys if type(key).__name__ != "ChildKey"] == []


# ── joins as Django writes them ─────────────────────────────────────────────────────────────

GOOD = {
    "forward": AgendaItem.objects.filter(meeting__status="open"),
    "excluded": AgendaItem.objects.exclude(meeting__status="open"),
    "nullable": Meeting.objects.filter(votes__item__title="x"),
    "reverse": Meeting.objects.filter(items__state="now"),
    "reverse, excluded": Meeting.objects.exclude(items__state="now"),
    "reverse, none": Meeting.objects.filter(records=None),
    "reverse, some": Meeting.objects.filter(records__isnull=False),
    "two steps": Member.objects.filter(posts__unit__path="1", memberships__status="exempt"),
    "two steps, excluded": Meeting.objects.exclude(items__speeches__text="x"),
    "selected with it": AgendaItem.objects.select_related("meeting__unit"),
    "selected with it, nullable": Task.objects.select_related("item__meeting", "meeting"),
    "counted": Meeting.objects.annotate(count=Count("items")),
    "counted twice": Meeting.objects.annotate(a=Count("items"), b=Count("votes")).filter(a=1),
    "its column": AgendaItem.objects.annotate(status=F("meeting__status")),
    "ordered by it": AgendaItem.objects.order_by("meeting__month").values("uid"),
    "both ways": Task.objects.filter(item__meeting__month=None) | Task.objects.filter(title="x"),
    "only one": Meeting.objects.filter(unit__path="1"),
    "exists": Meeting.objects.filter(
        Exists(Attendance.objects.filter(meeting=OuterRef("uid"), bucket=OuterRef("bucket")))
    ),
    "from a small one": Unit.objects.filter(Exists(Meeting.objects.filter(unit=OuterRef("uid")))),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_join_over_a_child_s_key_keeps_to_the_bucket(name):
    assert faults(GOOD[name]) == ()


BAD = {
    "reverse, some, by a double no": Meeting.objects.exclude(records=None),
    "over a uid": Meeting.objects.filter(uid__in=Matter.objects.values("meeting_uid")),
    "over units": Unit.objects.filter(meetings__status="open", matters__state="waiting"),
    "exists": Meeting.objects.filter(Exists(Attendance.objects.filter(meeting=OuterRef("uid")))),
    "column": Meeting.objects.annotate(
        first=Matter.objects.filter(meeting_uid=OuterRef("uid")).values("uid")[:1]
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_tie_without_buckets_is_found(name):
    assert faults(BAD[name])


@pytest.mark.parametrize(
    ("sql", "bad"),
    [
        ('SELECT 1 FROM "org_post" p JOIN "org_member" m ON (p."member_id" = m."uid")', True),
        ('SELECT 1 FROM "org_post" p JOIN "org_member" m ON p."bucket" = m."bucket"', False),
        ('SELECT 1 FROM "org_post" p, "org_member" m WHERE p."bucket" = m."bucket"', False),
        ('SELECT 1 FROM "org_post" p, "org_member" m', True),
        (  # only sometimes is not enough
            'SELECT 1 FROM "org_post" p, "org_member" m WHERE p."bucket" = m."bucket" OR 1 = 1',
            True,
        ),
        ('SELECT 1 FROM "org_post" p, "org_member" m WHERE NOT p."bucket" = m."bucket"', True),
        ('SELECT 1 FROM "org_post" p, "org_member" m WHERE p."bucket" = m."uid"', True),
        (
            'SELECT 1 FROM "org_post" p JOIN "org_member" m ON p."bucket" = m."bucket" '
            'JOIN "org_membership" s ON s."bucket" = m."bucket"',
            False,
        ),
        ('SELECT 1 FROM "org_post" UNION SELECT 1 FROM "org_member"', False),
        ('SELECT 1 FROM (SELECT 1 FROM "org_post") a', False),
        ('UPDATE "org_post" SET "title" = 1 WHERE "uid" IN (SELECT "uid" FROM "org_member")', True),
        ('DELETE FROM "org_post" WHERE "member_id" IN (SELECT "uid" FROM "org_member")', True),
        ('DELETE FROM "org_post" WHERE "member_id" IN (%s, %s)', False),
        ('INSERT INTO "org_post" SELECT * FROM "org_member"', False),
        ('SELECT 1 FROM "org_post" p JOIN "org_unit" u ON p."unit_id" = u."uid"', False),
    ],
)
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_what_is_a_fault(sql, bad, vendor):
    assert bool(guard.faults(sql, vendor)) is bad


@pytest.mark.django_db
def test_a_fault_fails_the_test_it_happens_in():
    with pytest.raises(AssertionError, match="without their buckets"):
        list(BAD["exists"])
