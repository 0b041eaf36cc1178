"""Every change is one action: one transaction, one audit, one answer to a repeated key."""

import dataclasses
import functools
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nenmong.core import clock, ids, rules
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, Repeated
from nenmong.core.models import Answer

P = ParamSpec("P")
R = TypeVar("R")

MAX_KEY = 80


class Program:
    """The program acting by itself: in flows and jobs."""

    uid = rules.write_uid(0)
    bucket = 0
    is_program = True

    def __str__(self) -> str:
        return "program"


SYSTEM = Program()


def action(function: Callable[..., R]) -> Callable[..., R]:
    """Make `function` an action: keywords only, a transaction of its own, repeatable by key.

    Inside it the order is lock, permit, check, change, audit, announce. Actions do not nest: what
    one needs of another is an undecorated function marked `@within_action`. A caller that may
    repeat itself passes `key`; the same key with the same input is answered with the first result.

    Raises:
        RuntimeError: called inside a transaction.
        Repeated: the key came before with other input.
        DomainError: `core.key_too_long`.
    """
    name = f"{function.__module__.split('.')[1]}.{function.__name__}"

    @functools.wraps(function)
    def run(*, actor: Actor, key: str = "", **kwargs: Any) -> R:
        ids.ensure_lease()
        if not key:
            with transaction.atomic(durable=True):
                return function(actor=actor, **kwargs)
        if len(key) > MAX_KEY:
            raise DomainError(
                "core.key_too_long",
                _("A key has at most %(most)s characters. Send a shorter one.") % {"most": MAX_KEY},
            )
        digest = _digest(name, kwargs)
        try:
            with transaction.atomic(durable=True):
                # The key is taken first: who comes with the same one meanwhile waits here for the
                # answer, instead of doing everything again and finding it done.
                answer = Answer.objects.create(
                    bucket=actor.bucket, actor_uid=actor.uid, key=key, action=name,
                    input_hash=digest, made_at=clock.now(),
                )  # fmt: skip
                result = function(actor=actor, **kwargs)
                answer.result = _kept(result)
                answer.save(update_fields=["result"])
                return result
        except IntegrityError:
            # The key was answered before; anything else is a real fault.
            if (given := _given(actor, key)) is None:
                raise
        if given.input_hash != digest:
            raise Repeated
        return _loaded(given.result)  # type: ignore[no-any-return]

    run.is_action = True  # type: ignore[attr-defined]
    return run


def within_action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a change that a higher capability makes below, inside its own action; never a door's."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise RuntimeError(f"{function.__name__} is called inside an action.")
        return function(*args, **kwargs)

    return run


def answered(actor: Actor, key: str) -> bool:
    """Say whether a key of this person was answered before: the action will answer it alike."""
    return _given(actor, key) is not None


def _given(actor: Actor, key: str) -> Answer | None:
    return Answer.objects.filter(bucket=actor.bucket, actor_uid=actor.uid, key=key).first()


def _digest(name: str, kwargs: dict[str, Any]) -> str:
    """Return what tells one input from another, and nothing else.

    It is keyed: from a plain hash, the text in the record and thirty names of a roll anyone could
    find out who said what, even after the names sheet is erased.
    """
    text = rules.canonical({"action": name, "input": _plain(kwargs)})
    return salted_hmac("nenmong.core.answer", text, algorithm="sha256").hexdigest()


def _plain(value: Any) -> Any:  # noqa: PLR0911 -- one line a kind
    """Return `value` as JSON can hold it, the same text for the same input."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date):  # datetimes too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return {"model": value._meta.label_lower, "uid": value.pk}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(dataclasses.asdict(value))
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} is no input of an action")


def _kept(result: Any) -> Any:
    """Return what the table of answers keeps of a result: which row it is, not what is in it."""
    if isinstance(result, dict):
        raise TypeError("With a key an action returns rows or numbers: contents are not kept.")
    return _plain(result)


def _loaded(result: Any) -> Any:
    if isinstance(result, dict) and result.keys() == {"model", "uid"}:
        return apps.get_model(result["model"])._default_manager.get(pk=result["uid"])
    if isinstance(result, list):
        return [_loaded(part) for part in result]
    return result
