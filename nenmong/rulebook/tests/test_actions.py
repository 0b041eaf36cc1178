"""A unit sets its own rule: who may, from when, for whom; the nearest one counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.core.tests.contract import PROMISES, SAME, Case, check
from nenmong.org import actions as org
from nenmong.org.models import Unit, UnitVersion
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.rulebook import actions, queries
from nenmong.rulebook.models import UnitRule

pytestmark = pytest.mark.django_db
LENGTH = "meetings.regular.minimum_minutes"
DAY = date(2026, 12, 1)


@pytest.fixture
def tree():
    """A district, a ward of it, two cells of the ward, a third cell elsewhere in the district."""
    district = UnitFactory(kind="district_committee", name="Thành ủy", parent=None)
    ward = WardFactory(parent=district)
    other = WardFactory(parent=district)
    return {
        "district": district, "ward": ward, "first": UnitFactory(parent=ward),
        "second": UnitFactory(parent=ward), "third": UnitFactory(parent=other),
    }  # fmt: skip


def put(unit, value, day=DAY, key=LENGTH):
    return actions.set_rule(
        actor=SYSTEM, unit_uid=unit.uid, rule=key, typed=str(value), first_day=day,
        document="Quyết định số 12-QĐ/ĐU",
    )  # fmt: skip


def setting():
    cell = UnitFactory()
    said = {
        "unit_uid": cell.parent.uid, "rule": LENGTH, "typed": "105", "first_day": DAY,
        "document": "Quyết định số 12-QĐ/ĐU", "short": "ĐU",
    }  # fmt: skip
    office = UserFactory.holding("office", cell.parent)
    return {"actor": office} | said, UserFactory.holding("secretary", cell)


def ending():
    said, secretary = setting()
    row = actions.set_rule(**said)
    UnitRule.objects.update(first_day=date(2026, 11, 1))
    return {"actor": said["actor"], "rule_uid": row.uid}, secretary


CASES = {"set_rule": Case(setting, SAME), "end_rule": Case(ending, SAME)}


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", CASES)
def test_every_action_keeps_its_promises(name, promise, monkeypatch):
    check(promise, getattr(actions, name), CASES[name], monkeypatch)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rule": "meetings.vote.majority"}, "rulebook.not_to_be_set"),
        ({"rule": "king"}, "rulebook.not_to_be_set"),
        ({"typed": "5"}, "rulebook.bad_value"),
        ({"typed": "75"}, "rulebook.only_a_cell"),
        ({"document": " "}, "rulebook.no_document"),
        ({"document": "x" * 201}, "core.too_long"),
        ({"first_day": clock.today()}, "rulebook.past_day"),
    ],
)
def test_a_rule_that_is_not_right_is_not_set(said, code):
    given, _secretary = setting()
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.set_rule(**given | said)
    assert not UnitRule.objects.exists()


def test_the_nearest_unit_counts(tree):
    put(tree["district"], 100)
    put(tree["ward"], 105)
    put(tree["first"], 45)
    read = {name: queries.book(unit.uid, DAY).value(LENGTH) for name, unit in tree.items()}
    assert read == {"district": 100, "ward": 105, "first": 45, "second": 105, "third": 100}
    now = {name: queries.book_now(unit, DAY).value(LENGTH) for name, unit in tree.items()}
    assert now == read
    rows = Unit.objects.annotate(own=queries.nearest(LENGTH, DAY))
    assert {name: rows.get(uid=unit.uid).own for name, unit in tree.items()} == read


def test_the_version_of_the_day_counts(tree):
    put(tree["ward"], 105)
    put(tree["ward"], 95, DAY + timedelta(days=31))
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=30), DAY + timedelta(days=31)]
    assert [queries.book(tree["first"].uid, day).value(LENGTH) for day in days] == [
        90,
        105,
        105,
        95,
    ]


def test_the_tree_of_the_day_counts(tree):
    """A cell that came to another ward has the rules of the one it was in then."""
    put(tree["ward"], 105)
    put(tree["third"].parent, 95)
    moved = clock.today()
    step = f"{{move: {tree['first'].uid}, under: {tree['third'].parent.uid}}}"
    plan = f"plan: a\nday: {moved}\nsteps: [{step}]"
    org.apply_plan(actor=SYSTEM, text=plan)
    UnitRule.objects.update(first_day=date(2026, 1, 1))
    before = queries.book(tree["first"].uid, moved - timedelta(days=1))
    assert before.value(LENGTH) == 105
    assert queries.book(tree["first"].uid, moved).value(LENGTH) == 95


def test_a_unit_that_was_not_there_has_the_party_s_rules(tree):
    put(tree["ward"], 105)
    UnitVersion.objects.filter(unit=tree["first"]).update(first_day=date(2027, 1, 1))
    assert queries.book(tree["first"].uid, DAY).value(LENGTH) == 90


def test_a_rule_to_come_is_replaced_and_leaves_no_gap(tree):
    put(tree["ward"], 105, date(2027, 3, 1))
    put(tree["ward"], 95, date(2027, 1, 1))
    (row,) = UnitRule.objects.standing()
    assert (row.value, row.first_day, row.last_day) == (95, date(2027, 1, 1), None)


def test_ending_gives_back_what_is_set_above_and_keeps_the_past():
    said, _secretary = ending()
    row = actions.end_rule(**said)
    cell = row.unit.children.get()
    assert queries.book(cell.uid, clock.today()).value(LENGTH) == 105
    assert queries.book(cell.uid, clock.today() + timedelta(days=1)).value(LENGTH) == 90


def test_one_that_has_not_begun_is_withdrawn_and_what_it_ended_goes_on(tree):
    first = put(tree["ward"], 105)
    row = put(tree["ward"], 95, DAY + timedelta(days=31))
    actions.end_rule(actor=SYSTEM, rule_uid=row.uid)
    first.refresh_from_db()
    assert first.last_day is None
    assert queries.book(tree["first"].uid, DAY + timedelta(days=60)).value(LENGTH) == 105
    assert [one.row.withdrawn_at is None for one in queries.history(tree["ward"], DAY)] == [
        False, True,
    ]  # fmt: skip


def test_a_wrong_day_is_mended_by_saying_it_again(tree):
    put(tree["ward"], 105, date(2037, 1, 1))
    put(tree["ward"], 105, date(2027, 1, 1))
    (row,) = UnitRule.objects.standing()
    assert row.first_day == date(2027, 1, 1)


def test_a_rule_that_holds_is_ended_though_another_is_to_come(tree):
    held = put(tree["ward"], 105)
    put(tree["ward"], 95, DAY + timedelta(days=31))
    UnitRule.objects.filter(pk=held.pk).update(first_day=date(2026, 11, 1))
    actions.end_rule(actor=SYSTEM, rule_uid=held.uid)
    held.refresh_from_db()
    assert held.last_day == clock.today()


def test_a_unit_that_ended_sets_no_rule(tree):
    Unit.objects.filter(pk=tree["ward"].pk).update(last_day=date(2026, 1, 1))
    with pytest.raises(DomainError, match=r"org\.unit_ended"):
        put(tree["ward"], 105)


def test_many_units_below_may_have_their_own(tree):
    UnitRule.objects.bulk_create(
        UnitRule(unit=UnitFactory(parent=tree["ward"]), key=LENGTH, value=45, document="QĐ",
                 short="QĐ", first_day=date(2026, 1, 1))
        for _number in range(40)
    )  # fmt: skip
    touched = queries.touched(tree["district"], LENGTH, DAY)
    assert touched.count == 3
    assert len(touched.nearer) == 20


def test_a_change_says_whom_it_touches(tree):
    put(tree["first"], 45)
    touched = queries.touched(tree["ward"], LENGTH, DAY)
    assert (touched.count, list(touched.names)) == (1, [tree["second"].name])
    assert list(touched.nearer) == [tree["first"].name]


def test_a_book_is_one_query_whatever_the_rules(tree):
    def ask():
        with CaptureQueriesContext(connection) as seen:
            queries.book(tree["first"].uid, DAY).value(LENGTH)
        return len(seen)

    few = ask()
    put(tree["ward"], 105)
    put(tree["district"], 110)
    assert ask() == few == 1


def test_an_office_looks_then_sets_then_ends(tree, client):
    office = UserFactory.holding("office", tree["ward"])
    client.force_login(office)
    form = {
        "rule": LENGTH, "value": "105", "day": "1/12/2026",
        "document": "Quyết định số 12-QĐ/ĐU", "short": "QĐ 12",
    }  # fmt: skip
    page = client.post(reverse("rulebook:look", args=[tree["ward"].uid]), form).content.decode()
    assert tree["first"].name in page
    assert "(2)" in page
    assert not UnitRule.objects.exists()
    url = reverse("rulebook:set", args=[tree["ward"].uid])
    assert client.post(url, form | {"key": "k"}).status_code == 302
    assert client.post(url, form | {"key": "k"}).status_code == 302
    (row,) = UnitRule.objects.all()
    rules_url = reverse("rulebook:rules", args=[tree["first"].uid])
    page = client.get(rules_url, {"ngay": "1/12/2026"}).content.decode()
    assert "ít nhất 105 phút" in page
    assert "QĐ 12, từ 01/12/2026" in page
    assert "ít nhất 90 phút" in client.get(rules_url).content.decode()
    UnitRule.objects.update(first_day=date(2026, 11, 1))
    client.post(reverse("rulebook:end", args=[row.uid]))
    row.refresh_from_db()
    assert row.last_day == clock.today()


def test_what_was_typed_wrong_stands_with_its_sentence(tree, client):
    client.force_login(UserFactory.holding("office", tree["ward"]))
    form = {"rule": LENGTH, "value": "nhiều", "day": "1/12/2026", "document": "QĐ 12", "short": ""}
    for name in ("rulebook:look", "rulebook:set"):
        answer = client.post(reverse(name, args=[tree["ward"].uid]), form)
        assert answer.status_code == 422
        assert "từ 30 đến 240" in answer.content.decode()
        assert 'value="nhiều"' in answer.content.decode()
