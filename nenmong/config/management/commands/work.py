"""`nenmong work`: run the waiting jobs, first those that a killed worker left behind."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from nenmong.core import tidying

# The statuses of django-tasks, as they stand in its table.
READY, RUNNING = "READY", "RUNNING"
INTERVAL = 0.5  # seconds between two looks at an empty queue


def take_up(worker_id: str) -> int:
    """Make the jobs ready again that `worker_id` was running when it was killed; return how many.

    Two workers never share an id, so what stands as running under ours is nobody's now.
    """
    with transaction.atomic():
        running = DBTaskResult.objects.select_for_update().filter(status=RUNNING)
        left = [
            pk
            for pk, worker_ids in running.values_list("pk", "worker_ids")
            if worker_ids and worker_ids[-1] == worker_id
        ]
        jobs = DBTaskResult.objects.filter(pk__in=left, status=RUNNING)
        return int(jobs.update(status=READY, started_at=None))


class Command(BaseCommand):
    """Run jobs until told to stop; `nenmong serve` starts one of these."""

    help = "Run the waiting jobs until told to stop (nenmong serve does this by itself)."
    requires_system_checks = []  # as for `nenmong serve`

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--worker-id", required=True, help="a name that no other worker has, kept over restarts"
        )

    def handle(self, *args: Any, worker_id: str, **options: Any) -> None:
        if count := take_up(worker_id):
            self.stderr.write(f"{count} jobs of a worker that was killed are taken up again")
        tidying.schedule()
        call_command(
            "db_worker",
            worker_id=worker_id,
            queue_name="*",
            interval=INTERVAL,
            startup_delay=False,
            reload=False,
            verbosity=0,  # a failed job is in the table, and on the status page
        )
