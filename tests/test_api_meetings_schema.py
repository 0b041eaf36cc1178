"""The API of meetings is what its description says: no fault, no answer off the schema."""

from datetime import date
from enum import Enum
from typing import get_args

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from ninja import Schema
from pydantic import WithJsonSchema

from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.org.tests.programs import token_of
from tests.test_api_schema import NOT_ASKED, schema, settled


@pytest.fixture
def place():
    """A meeting that was held with what lies around it, and the headers of its secretary."""
    unit, secretary, _scribe = journey.cell(4)
    held = journey.held(unit, secretary, date(2026, 11, 3))
    topic = actions.plan_topic(
        actor=secretary, unit_uid=unit.uid, month=date(2026, 12, 1), title="Chuyển đổi số"
    )
    # It does not come through Django's test client: on PostgreSQL the end of its request would
    # close the connection of the test.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield {
        "unit": unit, "meeting": held, "item": held.items.last(), "task": held.assigned.get(),
        "topic": topic, "line": held.speeches.get(), "document": journey.document(held, secretary),
        "member": secretary.members.get(), "matter": held.items.last(),
        "headers": {"Authorization": f"Bearer {token_of(secretary)}"},
    }  # fmt: skip
    for signal in signals:
        signal.connect(close_old_connections)


def test_no_two_shapes_bear_one_name():
    """The description finds a shape by its name: two of one name would be taken for each other."""
    seen = {}
    todo = [Schema]
    while todo:
        shape = todo.pop()
        todo += shape.__subclasses__()
        if not shape.__module__.startswith("nenmong.") or "[" in shape.__name__:
            continue
        for name, of in [(shape.__name__, shape), *_choices_of(shape)]:
            assert seen.setdefault(name, of) is of, name


def _choices_of(shape):
    """Return the choices a shape holds that are described by their name."""
    for field in shape.model_fields.values():
        for one in (field.annotation, *get_args(field.annotation)):
            described = any(isinstance(more, WithJsonSchema) for more in field.metadata)
            if isinstance(one, type) and issubclass(one, Enum) and not described:
                yield one.__name__, one


@pytest.mark.slow
@pytest.mark.django_db
@schema.include(operation_id_regex="^meetings_").parametrize()
@settings(
    max_examples=6, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_no_fault_and_no_answer_off_the_schema(case, place):
    named = case.path.split("/")[3].rstrip("s")
    case.path_parameters = settled(case.path_parameters, place, named)
    case.query = settled(case.query, place, named)
    case.body = settled(case.body, place, named)
    case.call_and_validate(headers=place["headers"], excluded_checks=NOT_ASKED)
