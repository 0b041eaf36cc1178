"""What every action gets from `@action`: one transaction, and one answer to a repeated key."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from nenmong.core import actions, audit, clock, events, rules
from nenmong.core.actions import SYSTEM, action, within_action
from nenmong.core.errors import DomainError, Repeated
from nenmong.core.models import Answer, AuditEntry, Node

ME = SimpleNamespace(uid=rules.write_uid(1), bucket=3)
OTHER = SimpleNamespace(uid=rules.write_uid(2), bucket=3)


FAULTS = {
    "refused": DomainError("core.no", "No."),
    "broken": RuntimeError(),
    "ended": KeyboardInterrupt(),
}


@dataclass(frozen=True)
class Rung:
    """The bell was rung."""

    node: str


@events.on(Rung)
def hear(event):
    """A flow, so that the announcement leaves a job."""


@action
def ring(*, actor, text, fail=""):
    """Make one row, one line of audit, one job; then fail, where the test asks for it."""
    node = Node.objects.create(number=Node.objects.count(), holder=text, until=clock.now())
    audit.record(actor, "core.rung", node, unit_path="")
    events.emit(Rung(node=str(node.number)))
    if fail:
        raise FAULTS[fail]
    return node


def left():
    """What is in the tables: rows, audit, answers, jobs."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    tables = (Node, AuditEntry, Answer, DBTaskResult)
    return tuple(table.objects.count() for table in tables)


@pytest.mark.django_db
class TestKey:
    def test_the_same_key_gives_the_same_answer_and_does_it_once(self):
        first = ring(actor=ME, key="k", text="một")
        assert ring(actor=ME, key="k", text="một") == first
        assert left() == (1, 1, 1, 1)

    def test_without_a_key_it_is_done_again(self):
        ring(actor=ME, text="một")
        ring(actor=ME, text="một")
        assert left() == (2, 2, 0, 2)

    def test_other_input_under_the_key_is_refused(self):
        ring(actor=ME, key="k", text="một")
        with pytest.raises(Repeated):
            ring(actor=ME, key="k", text="hai")
        assert left() == (1, 1, 1, 1)

    def test_another_action_under_the_key_is_refused(self):
        @action
        def toll(*, actor, text):
            """Another bell."""

        ring(actor=ME, key="k", text="một")
        with pytest.raises(Repeated):
            toll(actor=ME, key="k", text="một")

    def test_another_person_s_key_is_another_key(self):
        assert ring(actor=ME, key="k", text="một") != ring(actor=OTHER, key="k", text="một")
        assert left() == (2, 2, 2, 2)

    def test_a_key_that_failed_may_be_used_again(self):
        with pytest.raises(DomainError):
            ring(actor=ME, key="k", text="một", fail="refused")
        ring(actor=ME, key="k", text="hai")
        assert left() == (1, 1, 1, 1)

    def test_a_fault_of_the_database_is_no_repeated_key(self):
        @action
        def clash(*, actor):
            """Write the same row twice."""
            for _ in range(2):
                Node.objects.create(number=1, holder="x", until=clock.now())

        with pytest.raises(IntegrityError):
            clash(actor=ME, key="k")
        assert left() == (0, 0, 0, 0)

    def test_a_key_fits_its_column(self):
        ring(actor=ME, key="k" * actions.MAX_KEY, text="một")
        with pytest.raises(DomainError) as refused:
            ring(actor=ME, key="k" * (actions.MAX_KEY + 1), text="một")
        assert refused.value.code == "core.key_too_long"

    def test_an_answer_tells_nothing_of_the_input_it_was_given_for(self, settings):
        """From a plain hash the speaker could be found by trying the thirty names of a roll."""
        digests = {actions._digest("core.ring", {"text": "một"})}
        settings.SECRET_KEY = "another installation"  # noqa: S105
        digests.add(actions._digest("core.ring", {"text": "một"}))
        plain = rules.canonical({"action": "core.ring", "input": {"text": "một"}})
        assert len(digests | {rules.sha256(plain)}) == 3

    @pytest.mark.parametrize("answer", [None, 5, "một", ["một", "hai"], [], [["một"], [None]]])
    def test_answers_that_are_no_rows_come_back_as_they_were(self, answer):
        @action
        def ask(*, actor):
            """Answer."""
            return answer

        assert ask(actor=ME, key="k") == ask(actor=ME, key="k") == answer


@pytest.mark.django_db
def test_contents_are_not_kept_as_an_answer():
    @action
    def look(*, actor):
        """Return what nobody else may read."""
        return {"name": "Ái"}

    with pytest.raises(TypeError, match="not kept"):
        look(actor=ME, key="k")
    assert look(actor=ME) == {"name": "Ái"}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "k"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_leaves_nothing(key, fault):
    with pytest.raises(type(FAULTS[fault])):
        ring(actor=ME, key=key, text="một", fail=fault)
    assert left() == (0, 0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_actions_do_not_nest_and_join_no_transaction():
    @action
    def outer(*, actor):
        """Call an action, which it may not."""
        ring(actor=actor, text="một")

    with pytest.raises(RuntimeError, match="durable"):
        outer(actor=ME)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        ring(actor=ME, text="một")
    assert left() == (0, 0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_what_is_called_within_an_action_is_called_nowhere_else():
    @within_action
    def hum():
        return connection.in_atomic_block

    with pytest.raises(RuntimeError, match="inside an action"):
        hum()
    with transaction.atomic():
        assert hum()


def test_an_action_takes_keywords_only():
    with pytest.raises(TypeError):
        ring(ME, "một")


class Colour(Enum):
    RED = "red"


def test_input_is_plain_and_of_one_text():
    node = Node(number=4)
    assert actions._plain(
        {
            "none": None, "day": date(2026, 10, 3), "points": Decimal("0.50"), "kind": Colour.RED,
            "row": node, "parts": (1, [True]), "said": Rung(node="4"),
        }
    ) == {
        "none": None, "day": "2026-10-03", "points": "0.50", "kind": "red",
        "row": {"model": "core.node", "uid": 4}, "parts": [1, [True]], "said": {"node": "4"},
    }  # fmt: skip
    with pytest.raises(TypeError, match="no input"):
        actions._plain({1.5})


@pytest.mark.slow  # threads that wait for each other
@pytest.mark.parametrize("round_", range(3))
def test_the_same_key_at_once_is_done_once(together, round_):
    results = together(*[lambda: ring(actor=ME, key="k", text="một").number] * 3)
    assert results == [0, 0, 0]
    assert together(left) == [(1, 1, 1, 1)]


@pytest.mark.slow  # threads that wait for each other
def test_the_same_key_at_once_with_other_input_is_refused(together):
    results = together(
        lambda: ring(actor=ME, key="k", text="một").number,
        lambda: ring(actor=ME, key="k", text="hai").number,
    )
    assert sorted(map(str, results)) == ["0", "core.key_reused"]
    assert together(left) == [(1, 1, 1, 1)]


@pytest.mark.django_db
def test_the_program_acts_under_its_own_id():
    ring(actor=SYSTEM, text="một")
    assert AuditEntry.objects.get().actor_uid == rules.write_uid(0)
    assert str(SYSTEM) == "program"
