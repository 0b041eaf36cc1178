"""The audit: who did what to which row, written in the transaction of the change."""

from typing import Any, Protocol

from django.db import models

from nenmong.core import clock, rules
from nenmong.core.fields import UidField
from nenmong.core.models import AuditEntry

NO_UID = rules.write_uid(0)


class Actor(Protocol):
    """Who acts: a person signed in, or the program itself."""

    @property
    def uid(self) -> str: ...
    @property
    def bucket(self) -> int: ...


def record(
    actor: Actor, verb: str, subject: models.Model, *, unit_path: str, **detail: Any
) -> AuditEntry:
    """Write one line. `detail` holds uids, dates, counts: never names, reasons or what was said."""
    return AuditEntry.objects.create(
        bucket=getattr(subject, "bucket", 0),
        at=clock.now(),
        actor_uid=actor.uid,
        verb=verb,
        subject=subject._meta.label_lower,
        # A row of a list that goes by a code of its own says it in `detail`.
        subject_uid=subject.pk if isinstance(subject._meta.pk, UidField) else NO_UID,
        unit_path=unit_path,
        detail=detail,
    )
