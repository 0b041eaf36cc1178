"""What the database holds: nothing, a demo built or broken off, or something not ours to touch.

The marker is the first line of the audit. Only this program writes it, and only into an empty
database, so a database with real work in it can never carry one.
"""

from dataclasses import dataclass
from enum import Enum

from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from nenmong.accounts.models import User
from nenmong.config.demo.choices import Choices
from nenmong.core import clock
from nenmong.core.actions import SYSTEM, action
from nenmong.core.audit import Actor
from nenmong.core.models import AuditEntry
from nenmong.org.models import Unit

SUBJECT = "demo"
BEGUN, BUILT = "demo.begun", "demo.built"
OTHER_TABLES = {MigrationRecorder.Migration._meta.db_table, "core_cache"}


class Holds(Enum):
    NOTHING = "nothing"
    HALF_A_DEMO = "half"
    DEMO = "demo"
    SOMETHING_ELSE = "else"


@dataclass(frozen=True)
class Found:
    """What lies in the database, and for a demo the choices that made it."""

    holds: Holds
    choices: Choices | None = None


def look() -> Found:
    """Look into the database, migrated or not, and change nothing."""
    tables = set(connection.introspection.table_names())
    if AuditEntry._meta.db_table not in tables:
        ours = set(connection.introspection.django_table_names()) | OTHER_TABLES
        return Found(Holds.SOMETHING_ELSE if tables - ours else Holds.NOTHING)
    lines = _lines().values_list("verb", "detail")
    kept = dict(lines)
    if BEGUN in kept:
        try:
            choices = Choices.from_dict(kept[BUILT])
        except (KeyError, ValueError):  # broken off, or built by a programme with other choices
            return Found(Holds.HALF_A_DEMO)
        return Found(Holds.DEMO, choices)
    filled = AuditEntry.objects.exists() or any(
        model._meta.db_table in tables and model._default_manager.exists() for model in (Unit, User)
    )
    return Found(Holds.SOMETHING_ELSE if filled else Holds.NOTHING)


def _lines() -> models.QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(subject_uid=SYSTEM.uid, subject=SUBJECT).order_by("uid")


@action
def begin(*, actor: Actor, choices: Choices) -> AuditEntry:
    """Say in an empty database that a demo is being built in it."""
    return _write(actor, BEGUN, choices)


@action
def finish(*, actor: Actor, choices: Choices) -> AuditEntry:
    """Say that the demo is whole."""
    return _write(actor, BUILT, choices)


def _write(actor: Actor, verb: str, choices: Choices) -> AuditEntry:
    return AuditEntry.objects.create(
        bucket=0, at=clock.now(), actor_uid=actor.uid, verb=verb, subject=SUBJECT,
        subject_uid=SYSTEM.uid, unit_path="", detail=choices.as_dict(),
    )  # fmt: skip
