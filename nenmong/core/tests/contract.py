"""What every action keeps: it works, is audited once, refuses, rolls back whole, is done once.

A capability names each of its actions in a table of cases and calls `check` for every promise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from nenmong.core import audit
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.models import AuditEntry
from nenmong.core.tests.tables import changed, snapshot

# What a second call does: answer the same, find nothing to do, or do once more, as it should.
SAME, DONE, MORE = "same", "done", "more"


@dataclass(frozen=True)
class Case:
    """One action: how to come where it can be called, and what a second call does.

    `ready` returns the keyword arguments, `actor` among them, and whoever may not do this there.
    `again` is SAME, DONE, MORE, or the code of the refusal ("" where what it was about is gone).
    """

    ready: Callable[[], tuple[dict[str, Any], Any]]
    again: str
    keeps_answer: bool = True


PROMISES = ["done once", "nothing left", "a key repeated"]


def check(promise, action, case, monkeypatch):
    said, stranger = case.ready()
    match promise:
        case "done once":
            _works(action, case, said)
        case "nothing left":
            _refuses(action, said, stranger)
            _rolls_back(action, said, monkeypatch)
        case "a key repeated":
            _repeats_a_key(action, case, said)


def _works(action, case, said):
    seen = set(AuditEntry.objects.values_list("uid", flat=True))
    first = action(**said)
    entry = AuditEntry.objects.exclude(uid__in=seen).get()
    assert entry.actor_uid == said["actor"].uid
    after = snapshot()
    if case.again in {SAME, DONE}:
        second = action(**said)
        assert case.again == DONE or second == first
        assert changed(after) == set()
    elif case.again == MORE:
        action(**said)
        assert "core_auditentry" in changed(after)
    else:
        refusal = DomainError if case.again else ObjectDoesNotExist
        with pytest.raises(refusal, match=case.again or None):
            action(**said)
        assert changed(after) == set()


def _refuses(action, said, stranger):
    before = snapshot()
    with pytest.raises(NotAllowed) as refused:
        action(**said | {"actor": stranger})
    assert refused.value.code == "access.denied"
    assert changed(before) == set()


def _rolls_back(action, said, monkeypatch):
    def fail(*_args, **_said):
        raise RuntimeError("the audit cannot be written")

    before = snapshot()
    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError, match="audit"):
        action(**said)
    assert changed(before) == set()


def _repeats_a_key(action, case, said):
    if not case.keeps_answer:
        with pytest.raises(TypeError, match="not kept"):
            action(key="k", **said)
        return
    first = action(key="k", **said)
    after = snapshot()
    assert action(key="k", **said) == first
    assert changed(after) == set()
