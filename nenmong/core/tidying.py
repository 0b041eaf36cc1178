"""What is kept for a while only: answers to repeated keys, ended jobs, sessions, files that
no row names any more; swept daily.
"""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from nenmong.core import keeping
from nenmong.core.models import Answer

ANSWERS = timedelta(days=30)  # longer than any form stays open
ENDED_JOBS, FAILED_JOBS = 14, 180  # days; a failed one is looked at before it goes
BATCH = 1000
EVERY = timedelta(days=1)


@task()
def sweep() -> None:
    """Delete what has been kept long enough, and come back tomorrow; twice harms nothing."""
    old = Answer.objects.filter(made_at__lt=timezone.now() - ANSWERS)
    while uids := list(old.values_list("uid", flat=True)[:BATCH]):
        Answer.objects.filter(uid__in=uids).delete()
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=ENDED_JOBS,
        failed_min_age_days=FAILED_JOBS,
        verbosity=0,
    )
    call_command("clearsessions")
    keeping.sweep()
    for name in settings.NENMONG_SWEPT:
        import_string(name)()
    sweep.using(run_after=timezone.now() + EVERY).enqueue()


def schedule() -> None:
    """See to it that a sweep is waiting; called when a worker starts."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 -- its models load after ours

    with transaction.atomic():
        waiting = DBTaskResult.objects.filter(
            task_path=sweep.module_path, status__in=["READY", "RUNNING"]
        )
        if not waiting.exists():
            sweep.enqueue()
