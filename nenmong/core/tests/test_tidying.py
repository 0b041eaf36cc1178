"""Old answers and ended jobs go; what is young, waiting or failed lately stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nenmong.core import tidying
from nenmong.core.actions import SYSTEM
from nenmong.core.models import Answer

pytestmark = pytest.mark.django_db


def answer(key, days):
    return Answer.objects.create(
        bucket=0, actor_uid=SYSTEM.uid, key=key, action="x.y", input_hash="0" * 64,
        made_at=timezone.now() - timedelta(days=days),
    )  # fmt: skip


def test_old_answers_go_and_the_next_sweep_waits_for_tomorrow():
    answer("old", 31)
    young = answer("young", 29)
    tidying.sweep.call()
    assert list(Answer.objects.all()) == [young]
    job = DBTaskResult.objects.get(task_path=tidying.sweep.module_path)
    assert job.run_after > timezone.now() + timedelta(hours=23)


def test_many_workers_schedule_one_sweep():
    for _ in range(3):
        tidying.schedule()
    assert DBTaskResult.objects.filter(task_path=tidying.sweep.module_path).count() == 1


def test_ended_jobs_go_after_a_while():
    long_ago = timezone.now() - timedelta(days=20)
    for status in ("SUCCESSFUL", "FAILED", "READY"):
        job = tidying.sweep.enqueue()
        DBTaskResult.objects.filter(id=job.id).update(
            status=status, enqueued_at=long_ago, finished_at=None if status == "READY" else long_ago
        )
    tidying.sweep.call()
    left = DBTaskResult.objects.values_list("status", flat=True)
    assert sorted(left) == ["FAILED", "READY", "READY"]
