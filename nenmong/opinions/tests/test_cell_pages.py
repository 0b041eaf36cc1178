"""Pages of a cell: what became of what we said, raising something, who raised it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.opinions import actions
from nenmong.opinions.models import Opinion, Raiser, TakenElsewhere
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.ready import evening
from nenmong.org.models import Following, PartyGroup
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BIRD = "Chim Hoàng Yến"


@pytest.fixture(autouse=True)
def _day():
    with clock.at(evening(date(2026, 11, 24))):
        yield


def at_large():
    """A cell of six, so that it may be named beyond."""
    at = ready.place()
    for _number in range(4):
        MemberFactory.of(at.cell)
    return at


def page(client, user, name, *args, query=""):
    client.force_login(user)
    return client.get(reverse(f"opinions:{name}", args=args) + query)


def words(answer):
    return answer.content.decode()


# ── what became of it ───────────────────────────────────────────────────────────────────────


def test_each_opinion_stands_where_it_is(client):
    at = at_large()
    texts = {name: f"Việc {name} ở ngõ 12 từ tháng 5." for name in "abcdef"}
    ready.raised(at, texts["a"])
    kept = ready.raised(at, texts["b"])
    actions.keep(actor=at.secretary, opinion_uid=kept.uid)
    ready.accepted(at, texts["c"])
    ready.answered(at, text=texts["d"])
    ready.judged(ready.answered(at, text=texts["e"]), "solved", solved=20, partly=1, not_solved=0)
    gone = ready.sent(at, texts["f"])
    actions.withdraw(actor=at.secretary, opinion_uid=gone.uid, reason="Đã xong")
    shown = words(page(client, at.secretary, "of_cell", at.cell.uid))
    order = [shown.index(f'id="{place}"') for place in
             ("cho-quyet", "cho-doc", "cua-chi-bo", "noi-khac", "da-xong")]  # fmt: skip
    assert order == sorted(order)
    places = dict(zip("adbcef", [*order, order[-1]], strict=True))
    for name, start in places.items():
        assert shown.index(texts[name]) > start
    assert "<dd>6</dd>" in shown.replace(" ", "")
    assert "<dd>2</dd>" in shown.replace(" ", "")
    assert "<dd>1</dd>" in shown.replace(" ", "")
    assert ready.DONE.text in shown


def test_a_member_sees_the_same_without_the_buttons(client):
    at = at_large()
    opinion = ready.raised(at)
    address = reverse("opinions:decide", args=[opinion.uid])
    for user, has in ((at.secretary, True), (at.member, False)):
        shown = words(page(client, user, "of_cell", at.cell.uid))
        assert ready.TEXT in shown
        assert (address in shown) is has
        assert (reverse("opinions:names", args=[opinion.uid]) in shown) is has
        assert reverse("opinions:raise", args=[at.cell.uid]) in shown


def test_an_older_year_is_one_link_away(client):
    at = at_large()
    with clock.at(evening(date(2025, 3, 4))):
        old = ready.answered(at, ready.PARTLY, "Việc cũ của năm trước, đã xong.")
        ready.judged(old, "solved")
    with clock.at(evening(date(2025, 9, 4))):
        ready.sent(at, "Việc cũ còn nằm ở phường.")
    shown = words(page(client, at.member, "of_cell", at.cell.uid))
    assert "?nam=2025" in shown
    assert "Việc cũ còn nằm" in shown  # what is open is not forgotten with its year
    assert "Việc cũ của năm trước" not in shown
    older = words(page(client, at.member, "of_cell", at.cell.uid, query="?nam=2025"))
    assert "Việc cũ của năm trước" in older
    assert "<dd>2</dd>" in older.replace(" ", "")
    for odd in ("1e3", "9999", "٢٠٢٥", "", "-1"):
        assert (
            page(client, at.member, "of_cell", at.cell.uid, query=f"?nam={odd}").status_code == 200
        )


def test_beyond_the_cell_what_it_keeps_is_not_seen(client):
    at = at_large()
    ready.raised(at, "Việc còn trong chi bộ, chưa ai xem lại chữ.")
    ready.sent(at)
    for user in (at.office, at.head, UserFactory.holding("visitor", at.cell)):
        shown = words(page(client, user, "of_cell", at.cell.uid))
        assert ready.TEXT in shown
        assert "Việc còn trong chi bộ" not in shown
    assert page(client, at.clerk, "of_cell", at.cell.uid).status_code == 404


def test_a_small_cell_is_not_named_beyond(client):
    at = ready.place()
    ready.sent(at)
    assert page(client, at.office, "of_cell", at.cell.uid).status_code == 403
    assert page(client, at.member, "of_cell", at.cell.uid).status_code == 200


def test_a_committee_has_a_list_instead(client):
    at = ready.place()
    answer = page(client, at.office, "of_cell", at.ward.uid)
    assert answer["Location"] == reverse("opinions:list", args=[at.ward.uid])


@pytest.mark.parametrize("role", ["secretary", "member"])
def test_the_page_costs_the_same_for_few_and_for_many(client, role):
    at = at_large()
    counts = []
    for rows in (1, 5):
        for number in range(rows):
            for state in ("raised", "accepted", "sent"):
                getattr(ready, state)(at, f"Việc {state} số {rows}{number} của chi bộ.")
            ready.answered(at, text=f"Việc đã trả lời số {rows}{number}.")
            ready.judged(ready.answered(at, text=f"Việc xong số {rows}{number}."), "solved")
        client.force_login(getattr(at, role))
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(reverse("opinions:of_cell", args=[at.cell.uid]))
        assert answer.status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 13


# ── the first question ──────────────────────────────────────────────────────────────────────


def test_one_press_settles_or_sends(client):
    at = at_large()
    client.force_login(at.secretary)
    for do, state in (("keep", "accepted"), ("send", "waiting")):
        opinion = ready.raised(at, f"Việc để {do} của tổ 3.")
        url = reverse("opinions:decide", args=[opinion.uid])
        for _press in range(2):
            assert client.post(url, {"do": do})["Location"].endswith(f"/{at.cell.uid}/y-kien/")
        opinion.refresh_from_db()
        assert opinion.state == state
    assert client.post(url, {"do": ""}).status_code == 422


def test_names_in_the_words_lead_to_the_opinion_and_stand_in_no_message(client):
    at = at_large()
    MemberFactory.of(at.cell, full_name=BIRD)
    opinion = ready.raised(at, f"Đồng chí {BIRD} hỏi bao giờ sửa đèn.")
    client.force_login(at.secretary)
    answer = client.post(reverse("opinions:decide", args=[opinion.uid]), {"do": "send"})
    assert answer["Location"] == reverse("opinions:opinion", args=[opinion.uid])
    assert "Hoàng" not in str(answer.cookies) + str(dict(client.session))
    opinion.refresh_from_db()
    assert opinion.state == "at_cell"


# ── who raised it ───────────────────────────────────────────────────────────────────────────


def test_a_name_is_read_by_who_keeps_names_and_written_down(client):
    at = at_large()
    speaker = MemberFactory.of(at.cell, full_name=BIRD)
    opinion = actions.raise_opinion(
        actor=at.secretary, unit_uid=at.cell.uid, text=ready.TEXT, member_uid=speaker.uid
    )
    read = AuditEntry.objects.filter(verb="opinions.names_opened")
    for number, user in enumerate((at.secretary, UserFactory.holding("scribe", at.cell)), 1):
        answer = page(client, user, "names", opinion.uid)
        assert BIRD in words(answer)
        assert answer["Cache-Control"] == "private, no-store"
        assert read.count() == number
    assert page(client, at.office, "names", opinion.uid).status_code == 404
    Opinion.objects.update(sent_on=opinion.raised_on)
    for user, status in ((at.member, 403), (at.office, 403), (at.head, 403), (at.clerk, 404)):
        assert page(client, user, "names", opinion.uid).status_code == status
    assert read.count() == number


def test_of_what_was_said_in_a_meeting_the_names_sheet_is_shown(client):
    at = at_large()
    opinion = ready.raised(at)
    Raiser.objects.all().delete()
    Opinion.objects.update(way="meeting", meeting_uid="0sawbsbt80000")
    shown = words(page(client, at.secretary, "names", opinion.uid))
    assert reverse("meetings:names", args=["0sawbsbt80000"]) in shown
    assert not AuditEntry.objects.filter(verb="opinions.names_opened").exists()


def test_no_page_names_who_raised_it_to_who_may_not_know(client):
    at = at_large()
    speaker = MemberFactory.of(at.cell, full_name=BIRD)
    opinion = actions.raise_opinion(
        actor=at.secretary, unit_uid=at.cell.uid, text=ready.TEXT, member_uid=speaker.uid
    )
    actions.send(actor=at.secretary, opinion_uid=opinion.uid)
    reader = UserFactory.holding("reader", at.cell)
    outside = [at.office, at.head, at.clerk, UserFactory.holding("visitor", at.cell), reader]
    for user in (at.member, UserFactory.holding("scorer", at.cell), *outside):
        client.force_login(user)
        for name, uid in (("of_cell", at.cell.uid), ("raise", at.cell.uid), ("names", opinion.uid),
                          ("decide", opinion.uid), ("answered_before", at.cell.uid)):  # fmt: skip
            url = reverse(f"opinions:{name}", args=[uid])
            for headers in ({}, HTMX):
                for answer in (client.get(url, headers=headers),
                               client.post(url, {"text": ready.TEXT, "do": "look"},
                                           headers=headers)):  # fmt: skip
                    assert BIRD not in words(answer) + str(answer.headers), (user, name)
        for url in (reverse("home:my_work"), reverse("home:unit", args=[at.cell.uid])):
            assert BIRD not in words(client.get(url))


# ── raising ─────────────────────────────────────────────────────────────────────────────────


def hand_in(client, at, form, **said):
    return client.post(reverse("opinions:raise", args=[at.cell.uid]), form, **said)


def test_a_member_hands_in_once(client):
    at = at_large()
    client.force_login(at.member)
    for headers in ({}, HTMX, HTMX):
        answer = hand_in(client, at, {"text": ready.TEXT, "kind": "proposal"}, headers=headers)
    assert answer.status_code == 200
    assert 'id="neu"' in words(answer)
    opinion = Opinion.objects.get()
    assert (opinion.kind, opinion.way, opinion.state) == ("proposal", "between", "at_cell")
    assert reverse("opinions:decide", args=[opinion.uid]) not in words(answer)


def test_a_secretary_is_asked_the_first_question(client):
    at = at_large()
    client.force_login(at.secretary)
    speaker = MemberFactory.of(at.cell)
    form = {"text": ready.TEXT, "kind": "", "member": speaker.uid}
    answer = hand_in(client, at, form, headers=HTMX)
    opinion = Opinion.objects.get()
    assert reverse("opinions:decide", args=[opinion.uid]) in words(answer)
    assert opinion.raisers.get().member_uid == speaker.uid


@pytest.mark.parametrize("text", ["", "ngắn", "\x00\x07", "x" * 1001, "đèn " * 12_500, "\u202e"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_taken_is_said_beside_the_field(client, text, headers):
    at = at_large()
    client.force_login(at.member)
    answer = hand_in(client, at, {"text": text, "kind": "question"}, headers=headers)
    shown = words(answer)
    assert answer.status_code == 422
    assert 'id="yk-loi"' in shown
    assert 'aria-invalid="true"' in shown
    if text.isprintable():
        assert text in shown  # nothing typed is lost
    assert 'value="question" checked' in shown
    assert not Opinion.objects.exists()


def test_what_belongs_elsewhere_leaves_a_number_and_no_word(client):
    at = at_large()
    client.force_login(at.member)
    form = {"text": "Tôi tố cáo ông Vịt Giời ăn chặn tiền.", "kind": "denunciation"}
    shown = words(hand_in(client, at, form, headers=HTMX))
    assert "Vịt Giời" not in shown
    assert "Luật Tố cáo" in shown or "law on denunciations" in shown
    assert (TakenElsewhere.objects.get().number, Opinion.objects.count()) == (1, 0)
    answer = hand_in(client, at, form, follow=True)
    assert "Vịt Giời" not in words(answer)
    assert "Vịt Giời" not in str(list(AuditEntry.objects.values()))


def test_looking_keeps_the_words_and_raises_nothing(client):
    at = at_large()
    ready.judged(ready.answered(at), "solved")
    client.force_login(at.member)
    text = "Đèn ngõ 12 lại hỏng, trẻ em đi học tối."
    shown = words(hand_in(client, at, {"text": text, "do": "look", "kind": "complaint"}))
    assert ready.DONE.text in shown
    assert text in shown
    assert Opinion.objects.count() == 1
    assert not TakenElsewhere.objects.exists()
    url = reverse("opinions:answered_before", args=[at.cell.uid])
    assert ready.DONE.text in words(client.post(url, {"text": text}, headers=HTMX))
    assert ready.DONE.text not in words(client.post(url, {"text": ""}, headers=HTMX))


def test_who_follows_a_group_raises_for_its_members_alone(client):
    at = at_large()
    group = PartyGroup.objects.create(
        bucket=at.cell.bucket, unit=at.cell, name="Tổ đảng số 1", first_day=LONG_AGO
    )
    inside = MemberFactory.of(at.cell)
    MemberFactory.of(at.cell, full_name=BIRD)
    inside.memberships.update(group_uid=group.uid)
    follower = UserFactory.holding("committee_member", at.ward)
    url = reverse("opinions:raise", args=[at.cell.uid])
    client.force_login(follower)
    assert client.get(url).status_code == 404
    Following.objects.create(
        bucket=at.cell.bucket, member=follower.members.get(), unit=at.cell, group_uid=group.uid,
        tier="grassroots", first_day=LONG_AGO,
    )  # fmt: skip
    shown = words(client.get(url))
    assert inside.full_name in shown
    assert BIRD not in shown
    assert url in words(client.get(reverse("home:my_work")))
    assert hand_in(client, at, {"text": ready.TEXT}).status_code == 422  # for whom?
    answer = hand_in(client, at, {"text": ready.TEXT, "member": inside.uid}, headers=HTMX)
    assert answer.status_code == 200
    assert Opinion.objects.get().way == "follower"
