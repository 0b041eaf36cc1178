"""What has happened, and what follows: an action announces, a flow reacts as a job of its own.

`emit` writes one job for each flow inside the action's transaction, so that a rollback takes the
job with it. A flow reads the present state and may run more than once; a failed one is tried again
after growing pauses, and is kept as failed when it has failed too often.
"""

import dataclasses
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import connection
from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)

PAUSES = tuple(timedelta(seconds=s) for s in (10, 60, 600, 3600, 6 * 3600))


class Event(Protocol):
    """A frozen dataclass of uids, named in the past tense."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


E = TypeVar("E", bound=Event)
Flow = Callable[[Any], None]

_flows: dict[type, list[Flow]] = {}
_by_name: dict[str, tuple[type, Flow]] = {}


def on(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Say that the function decorated follows when a `kind` is announced."""

    def register(flow: Callable[[E], None]) -> Callable[[E], None]:
        name = f"{flow.__module__}.{flow.__name__}"
        _flows.setdefault(kind, []).append(flow)
        _by_name[name] = (kind, flow)
        return flow

    return register


def emit(event: Event) -> None:
    """Announce `event`: one job for each flow that follows it, in the transaction under way."""
    if not connection.in_atomic_block:
        raise RuntimeError("Events are announced inside an action.")
    for flow in _flows.get(type(event), []):
        run_flow.enqueue(f"{flow.__module__}.{flow.__name__}", dataclasses.asdict(event))


@task()
def run_flow(name: str, event: dict[str, str], attempt: int = 0) -> None:
    """Run one flow; on failure try again later, until the pauses are used up."""
    kind, flow = _by_name[name]
    try:
        flow(kind(**event))
    except Exception:
        if attempt >= len(PAUSES):
            raise
        logger.exception("flow %s failed, attempt %s", name, attempt + 1)
        later = timezone.now() + PAUSES[attempt]
        run_flow.using(run_after=later).enqueue(name, event, attempt + 1)


def waiting(uids: Iterable[str]) -> bool:
    """Say whether a flow about one of `uids` has still to run. One query."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 -- its models load after ours

    wanted = set(uids)
    rows = DBTaskResult.objects.filter(
        task_path=run_flow.module_path, status__in=["READY", "RUNNING"]
    ).values_list("args_kwargs", flat=True)[:500]
    return any(wanted & set(row["args"][1].values()) for row in rows)


@dataclasses.dataclass(frozen=True)
class Job:
    """How one announcement of a kind of event stands that has not been followed to its end."""

    event: dict[str, str]
    attempts: int  # that failed
    failed: bool  # for good: it is not tried again
    next_at: datetime | None  # when a failed one is tried again


def unfinished(kind: type[Event], **said: str) -> list[Job]:
    """Return what has still to follow events of `kind` that say this, or failed. One query."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 -- its models load after ours

    flows = [name for name, (followed, _flow) in _by_name.items() if followed is kind]
    rows = DBTaskResult.objects.filter(
        task_path=run_flow.module_path,
        status__in=["READY", "RUNNING", "FAILED"],
        args_kwargs__args__0__in=flows,
        **{f"args_kwargs__args__1__{name}": value for name, value in said.items()},
    )
    found = rows.order_by("enqueued_at").values_list("args_kwargs", "status", "run_after")
    return [_job(kept["args"], status, after) for kept, status, after in found]


def _job(args: list[Any], status: str, after: datetime) -> Job:
    attempts = args[2] if len(args) > 2 else 0  # noqa: PLR2004 -- as `run_flow` takes them
    again = status == "READY" and bool(attempts)
    return Job(args[1], attempts, status == "FAILED", after if again else None)
