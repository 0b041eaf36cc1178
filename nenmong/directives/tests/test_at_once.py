"""Two people at one document, or at one quota, at the same moment."""

from dataclasses import replace

import pytest

from nenmong.core.errors import DomainError
from nenmong.directives import actions
from nenmong.directives.models import CellLoad, Delivery, Directive, Sending
from nenmong.directives.queries.targets import To, load_for, load_of
from nenmong.directives.tests import ready

pytestmark = pytest.mark.django_db(transaction=True)


def told(run):
    """Run something; its answer, or the code of its refusal."""

    def answer():
        try:
            return run()
        except DomainError as refused:
            return refused.code

    return answer


@pytest.mark.slow
def test_two_documents_never_get_one_number(together):
    at = ready.place()
    two = [ready.described(at), ready.described(at)]
    found = together(
        *(
            told(
                lambda one=one: actions.issue(
                    actor=at.head, directive_uid=one.uid, issued=ready.numbered("20-HD/ĐU")
                )
            )
            for one in two
        )
    )
    assert found.count("directives.number_taken") == 1
    assert together(lambda: Directive.objects.filter(number="20-HD/ĐU").count()) == [1]


@pytest.mark.slow
def test_one_draft_issued_by_two_has_one_number(together):
    at = ready.place()
    one = ready.described(at)
    found = together(
        *(
            told(
                lambda number=number: (
                    actions.issue(
                        actor=at.head, directive_uid=one.uid, issued=ready.numbered(number)
                    ).number
                )
            )
            for number in ("05-HD/ĐU", "06-HD/ĐU")
        )
    )
    [number] = together(lambda: Directive.objects.get(uid=one.uid).number)
    assert number in found
    assert "directives.not_possible" in found


@pytest.mark.slow
def test_one_document_sent_twice_at_once_comes_once(together):
    at = ready.place()
    one = ready.issued(at)
    together(*(told(lambda: ready.sent(at, one=one)) for _ in range(2)))

    def deliver():
        for sending in Sending.objects.order_by("uid"):
            ready.deliver(sending)
        documents = set(CellLoad.objects.values_list("documents", flat=True))
        return Delivery.objects.filter(directive=one).count(), documents

    assert together(deliver) == [(2, {1})]


@pytest.mark.slow
def test_two_sent_at_once_do_not_pass_the_quota_together(together):
    at = ready.place()
    for number in (1, 2):  # half an hour of three quarters
        ready.delivered(at, one=ready.issued(at, number=f"0{number}-HD/ĐU"))
    two = [ready.issued(at, number=f"1{number}-HD/ĐU") for number in (1, 2)]
    found = together(*(told(lambda one=one: ready.sent(at, one=one)) for one in two))
    assert found.count("directives.over_quota") == 1


def test_what_is_on_its_way_counts_for_the_quota():
    at = ready.place()
    sendings = [ready.sent(at, one=ready.issued(at, number=f"0{n}-HD/ĐU")) for n in (1, 2, 3)]
    with pytest.raises(DomainError, match=r"directives\.over_quota"):
        ready.sent(at, one=ready.issued(at, number="04-HD/ĐU"))
    for sending in sendings:
        ready.deliver(sending)
    assert set(CellLoad.objects.values_list("minutes", flat=True)) == {45}


def test_a_cell_that_has_it_gets_nothing_more_by_a_second_sending():
    at = ready.place()
    for number in (1, 2):
        ready.delivered(at, one=ready.issued(at, number=f"0{number}-HD/ĐU"))
    one = ready.issued(at, number="03-HD/ĐU")
    ready.delivered(at, one=one, to=To(picked=(at.cell.uid,)))
    rows, _quota = load_of(at.ward, To(), ready.month(), load_for(one), one.uid)
    assert sum(row.cells for row in rows) == 1
    assert sum(row.over for row in rows) == 0
    ready.sent(at, one=one)


def test_what_was_withdrawn_is_not_described_anew():
    at = ready.place()
    one = ready.issued(at)
    actions.withdraw(actor=at.head, directive_uid=one.uid, reason="Trùng")
    with pytest.raises(DomainError, match=r"directives\.is_out"):
        actions.describe(
            actor=at.office, directive_uid=one.uid, about=replace(ready.ABOUT, gist="Khác")
        )
