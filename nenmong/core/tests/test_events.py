"""What follows an event: a job of the same transaction, tried again, kept when it never works."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nenmong.core import events


@dataclass(frozen=True)
class Told:
    """Something was told."""

    subject_uid: str


heard = []


@events.on(Told)
def write_down(event):
    heard.append(event.subject_uid)


@events.on(Told)
def stumble(event):
    if event.subject_uid == "bad":
        raise ValueError("not today")


@dataclass(frozen=True)
class Ignored:
    """Nothing follows it."""


@pytest.fixture(autouse=True)
def _forget():
    heard.clear()


def jobs(**wanted):
    return DBTaskResult.objects.filter(**wanted).order_by("enqueued_at")


def names(rows):
    return sorted(row.args_kwargs["args"][0].rsplit(".")[-1] for row in rows)


@pytest.mark.django_db
def test_one_job_a_flow_in_the_transaction_of_the_change():
    with transaction.atomic():
        events.emit(Told(subject_uid="good"))
        assert names(jobs()) == ["stumble", "write_down"]
        transaction.set_rollback(True)
    assert names(jobs()) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_outside_an_action():
    with pytest.raises(RuntimeError, match="inside an action"):
        events.emit(Told(subject_uid="good"))


@pytest.mark.django_db
def test_where_nothing_follows_there_is_no_job():
    events.emit(Ignored())
    assert not jobs().exists()


@pytest.mark.django_db
def test_jobs_hold_uids_and_run_in_their_turn(work):
    events.emit(Told(subject_uid="good"))
    assert {str(row.args_kwargs["args"][1]) for row in jobs()} == {"{'subject_uid': 'good'}"}
    work()
    assert heard == ["good"]
    assert jobs(status="SUCCESSFUL").count() == 2


@pytest.mark.django_db
def test_a_failed_flow_is_tried_again_after_growing_pauses_then_kept(work, caplog):
    with time_machine.travel(timezone.now(), tick=False) as moved:
        events.emit(Told(subject_uid="bad"))
        for attempt, pause in enumerate(events.PAUSES, start=1):
            work()
            again = jobs(status="READY").get()
            assert again.args_kwargs["args"][2] == attempt
            assert again.run_after - timezone.now() == pause
            moved.shift(pause - timedelta(seconds=1))
            work()
            assert jobs(status="READY").count() == 1  # not before its time
            moved.shift(timedelta(seconds=1))
        work()
    assert not jobs(status="READY").exists()
    kept = jobs(status="FAILED").get()
    assert kept.args_kwargs["args"][0].endswith("stumble")
    assert heard == ["bad"]  # the other flow ran once, and was not held up
    assert list(events.PAUSES) == sorted(events.PAUSES)
    assert caplog.text.count("stumble failed") == len(events.PAUSES)


@pytest.mark.django_db
def test_a_page_is_told_that_something_is_still_to_come(work, django_assert_num_queries):
    events.emit(Told(subject_uid="good"))
    with django_assert_num_queries(1):
        assert events.waiting(["other", "good"])
    assert not events.waiting(["other"])
    work()
    assert not events.waiting(["good"])
