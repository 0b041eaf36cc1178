"""The API is what its description says: no fault, no answer off the schema, whatever is sent."""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from nenmong.core.rules import UID_PATTERN
from nenmong.org.tests.factories import UserFactory
from nenmong.org.tests.programs import token_of
from scripts import openapi
from tests.test_api_doors import furnished

UID = re.compile(UID_PATTERN)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_the_description_is_the_committed_one():
    kept = openapi.FILE.read_text(encoding="utf-8")
    assert openapi.described() == kept, "The API has changed. Look at it, then: make openapi"


@pytest.fixture
def place():
    """A furnished place, and the headers of the head of its committee."""
    found = furnished()
    head = UserFactory.holding("head", found["ward"])
    found["headers"] = {"Authorization": f"Bearer {token_of(head)}"}
    # It does not come through Django's test client: on PostgreSQL the end of its request would
    # close the connection of the test.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield found
    for signal in signals:
        signal.connect(close_old_connections)


def settled(said, place, unit):
    """Put what there is where only some of it would do: made-up values all end at one refusal."""
    if not isinstance(said, dict):
        return said
    kinds = {"uid": unit, "parent": "ward", "under": "ward"}
    if "tier" in said:
        kinds["member"] = "above"
    settled = {}
    for word, value in said.items():
        if not isinstance(value, str):
            settled[word] = value
        elif UID.fullmatch(value):
            settled[word] = place.get(kinds.get(word, word), place["unit"]).uid
        elif DAY.fullmatch(value) and value < "2020":  # before anything was there
            settled[word] = "2026-11-24"
        else:
            settled[word] = "scorer" if word == "role" else value
    return settled


# What is refused though it fits the schema (a cell under a cell), and what is taken though it does
# not ("1" for true in an address), is for the tests of each door.
NOT_ASKED = [
    CHECKS.get_one(name) for name in ("positive_data_acceptance", "negative_data_rejection")
]


@pytest.mark.slow
@pytest.mark.django_db
@schema.exclude(operation_id_regex="^meetings_").parametrize()
@settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    # One place for all examples of a door: what one changed, the next one finds.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_no_fault_and_no_answer_off_the_schema(case, place):
    named = case.path.split("/")[3].rstrip("s")
    case.path_parameters = settled(case.path_parameters, place, named)
    case.query = settled(case.query, place, named)
    case.body = settled(case.body, place, named)
    case.call_and_validate(headers=place["headers"], excluded_checks=NOT_ASKED)
