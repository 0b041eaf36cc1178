"""How long a document takes to all cells of a province: sent, delivered, before their meetings."""

import time
from datetime import date
from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from nenmong.accounts.models import User
from nenmong.core import clock, events
from nenmong.core.ids import new_uid
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.models import Delivery
from nenmong.directives.queries.targets import To
from nenmong.meetings.models import Matter
from nenmong.org.models import Unit, UnitKind
from nenmong.org.rules import child_path
from nenmong.org.tests.factories import UnitFactory, UserFactory

CELLS, COMMUNES, MOST_S = 3114, 121, 10


def sent(cells: int = CELLS) -> dict[str, Any]:
    """Send a document to many new cells, and follow it to their matters.

    All of it stays: this comes last. What waited for a worker before is not its work.
    """
    with transaction.atomic():
        province, head = _founded(cells)
    one = _issued(province, head)
    DBTaskResult.objects.filter(status="READY").delete()
    begun = time.perf_counter()
    actions.send(actor=head, directive_uid=one, unit_uid=province.uid, to=To(), month=clock.today())
    _follow()
    took = time.perf_counter() - begun
    came = Delivery.objects.filter(directive=one).count()
    waits = Matter.objects.filter(source_uid=one).count()
    if (came, waits) != (cells, cells):
        raise RuntimeError(f"{came} deliveries and {waits} matters, not {cells}")
    return {"cells": cells, "wall_s": round(took, 2), "at_most_s": MOST_S}


def _founded(cells: int) -> tuple[Unit, User]:
    province = UnitFactory(kind=UnitKind.PROVINCIAL_COMMITTEE, name="Tỉnh ủy")
    head = UserFactory.holding("head", province)
    communes = [
        UnitFactory(kind=UnitKind.COMMUNE_COMMITTEE, parent=province, name=f"Đảng ủy {number}")
        for number in range(COMMUNES)
    ]
    Unit.objects.bulk_create(
        Unit(
            uid=new_uid(), bucket=province.bucket, kind=UnitKind.CELL, parent=above,
            cell_kind="residential_group", name=f"Chi bộ {number}", locality="Xuân Hòa",
            organization_name=f"Chi bộ {number}", path=child_path(above.path, 1 + number),
        )
        for number in range(cells)
        for above in [communes[number % COMMUNES]]
    )  # fmt: skip
    return province, head


def _issued(province: Unit, head: User) -> str:
    day: date = clock.today()
    one = actions.start_draft(
        actor=head, unit_uid=province.uid, kind="guidance", title="Hướng dẫn", text="Một việc."
    )
    about = About(gist="Chi bộ bàn một việc.", asked="discuss", questions=("Việc nào?",))
    actions.describe(actor=head, directive_uid=one.uid, about=about)
    issued = Issued(number="01-HD/TU", issued_on=day, valid_from=day)
    return actions.issue(actor=head, directive_uid=one.uid, issued=issued).uid


def _follow() -> None:
    """Do what the worker does until nothing waits."""
    ready = DBTaskResult.objects.filter(status="READY", task_path=events.run_flow.module_path)
    while waiting := list(ready.order_by("enqueued_at")):
        for job in waiting:
            events.run_flow.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
            job.delete()
