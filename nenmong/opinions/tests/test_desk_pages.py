"""The pages of one opinion and of desks: what each person sees and does there, and its budget."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from nenmong.opinions import actions
from nenmong.opinions.models import Answer, Issue, Opinion
from nenmong.opinions.rules.states import State
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
BUDGET = 20  # queries of a page of one opinion, session and person among them


@pytest.fixture
def at():
    place = ready.place()
    for _ in range(6):
        MemberFactory.of(place.cell)
    return place


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"opinions:{name}", args=args), query)


def send(client, user, name, *args, **form):
    client.force_login(user)
    return client.post(reverse(f"opinions:{name}", args=args), form)


def text(answer):
    return answer.content.decode()


WAYS = [
    ready.raised, ready.sent, ready.on_desk, ready.accepted, ready.asked, ready.ended,
    lambda at: ready.answered(at).opinion,
    lambda at: ready.judged(ready.answered(at), "not_solved").opinion,
    lambda at: ready.judged(ready.answered(at, ready.WILL_DO), "").opinion,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_page_of_one_opinion_in_every_state(client, at, way, django_assert_max_num_queries):
    opinion = way(at)
    board = UserFactory.holding("board", at.ward.parent)
    for user in (at.secretary, at.member, at.office, at.head, board):
        client.force_login(user)
        with django_assert_max_num_queries(BUDGET):
            answer = client.get(reverse("opinions:opinion", args=[opinion.uid]))
        if way is ready.raised and user in {at.office, at.head, board}:
            assert answer.status_code == 404  # it has not left its cell
            continue
        assert answer.status_code == 200
        assert opinion.text in text(answer)
    opinion.refresh_from_db()
    at_desk = page(client, at.clerk, "opinion", opinion.uid)
    assert at_desk.status_code == (200 if opinion.desk_id == at.desk.uid else 404)


def test_the_cell_does_what_is_its_own(client, at):
    opinion = ready.raised(at, "Ngõ 12 ngập, hỏi đồng chí Bùi Văn Hà 0912345678.")
    shown = text(page(client, at.secretary, "opinion", opinion.uid))
    assert "0912345678" in shown
    refused = send(client, at.secretary, "send", opinion.uid, seen=0)
    assert refused.status_code == 422
    mended = send(
        client, at.secretary, "change_words", opinion.uid, text="Ngõ 12 ngập nửa mét.", seen=0
    )
    assert mended.status_code == 302
    assert send(client, at.secretary, "send", opinion.uid, seen=1).status_code == 302
    opinion.refresh_from_db()
    assert (opinion.state, opinion.desk_id) == (State.WAITING, at.ward.uid)


def test_words_that_give_somebody_away_go_with_a_look_at_them(client, at):
    opinion = ready.raised(at, "Ngõ 12 ngập, gọi 0912345678 thì rõ.")
    sent = send(client, at.secretary, "send", opinion.uid, looked="1", desk=at.desk.uid)
    assert sent.status_code == 302
    opinion.refresh_from_db()
    assert opinion.desk_id == at.desk.uid
    # Beyond the cell nobody is shown what would be found.
    assert "Mend the text above all" not in text(page(client, at.clerk, "opinion", opinion.uid))


def test_a_desk_works_through_an_opinion(client, at):
    opinion = ready.on_desk(at)
    assert send(client, at.clerk, "accept", opinion.uid).status_code == 302
    assert send(client, at.clerk, "take_on", opinion.uid).status_code == 302
    assert send(client, at.clerk, "sort", opinion.uid, kind="proposal", field="land").status_code
    assert send(client, at.clerk, "ask", opinion.uid, question="Ngõ nào?").status_code == 302
    assert send(client, at.secretary, "reply", opinion.uid, text="Ngõ 12").status_code == 302
    gone = send(client, at.clerk, "give_back", opinion.uid, reason="Không thuộc phường")
    assert gone["Location"] == reverse("opinions:inbox", args=[at.desk.uid])
    opinion.refresh_from_db()
    assert opinion.desk_id == at.ward.uid
    back = send(client, at.office, "forward", opinion.uid, desk=at.desk.uid, reason="Thuộc hạ tầng")
    assert back.status_code == 302
    opinion.refresh_from_db()
    assert (opinion.desk_id, opinion.field) == (at.desk.uid, "land")


def test_what_was_typed_stays_when_it_is_refused(client, at):
    opinion = ready.accepted(at)
    typed = "Việc này của thành phố, chuyển lên."
    refused = send(client, at.clerk, "forward", opinion.uid, desk="", reason=typed)
    assert refused.status_code == 422
    assert typed in text(refused)
    actions.ask(actor=at.clerk, opinion_uid=opinion.uid, question="Ngõ nào?")
    late = send(
        client, at.clerk, "forward", opinion.uid, desk=at.ward.uid, reason=typed,
        seen=opinion.version,
    )  # fmt: skip
    assert late.status_code == 422
    assert typed in text(late)
    opinion.refresh_from_db()
    assert opinion.state == State.ASKED


DONE = {
    "result": "done", "text": "Đã thay 6 bóng đèn và sửa tủ điện ngõ 12.", "who": "Tổ đô thị",
    "done_on": "20/11/2026",
}  # fmt: skip


def test_an_answer_is_kept_checked_and_signed(client, at):
    opinion = ready.accepted(at)
    draft = DONE | {"text": "Đã ghi nhận"}
    kept = send(client, at.clerk, "answer", opinion.uid, do="keep", was="", **draft)
    assert kept.status_code == 302
    shown = text(page(client, at.clerk, "opinion", opinion.uid))
    assert "Đã ghi nhận" in shown
    # Nobody beyond the desk sees a draft.
    for user in (at.secretary, at.member):
        assert "Đã ghi nhận" not in text(page(client, user, "opinion", opinion.uid))
    lacking = send(
        client, at.clerk, "answer", opinion.uid, do="finish", was="Đã ghi nhận",
        **(DONE | {"text": "Đã ghi nhận ý kiến"}),
    )  # fmt: skip
    assert lacking.status_code == 422
    assert "Đã ghi nhận ý kiến" in text(lacking)
    unread = send(
        client, at.clerk, "answer", opinion.uid, do="finish", **(DONE | {"done_on": "quý III"})
    )
    assert (unread.status_code, "quý III" in text(unread)) == (422, True)
    signed = send(client, at.clerk, "answer", opinion.uid, do="finish", was="Đã ghi nhận", **DONE)
    assert signed.status_code == 302
    opinion.refresh_from_db()
    assert opinion.state == State.ANSWERED
    assert DONE["text"] in text(page(client, at.member, "opinion", opinion.uid))


def test_the_check_of_an_answer_is_a_piece(client, at):
    opinion = ready.accepted(at)
    url = reverse("opinions:answer_check", args=[opinion.uid])
    client.force_login(at.clerk)
    typed = {"result": "will_do", "text": "Đã ghi nhận, sẽ thay đèn ngõ 12 trong quý III."}
    lines = text(client.post(url, typed, headers={"HX-Request": "true"}))
    assert "<html" not in lines
    assert "“trong quý III”" in lines
    assert "“Đã ghi nhận”" in lines
    fields = text(client.post(url, typed | {"piece": "fields", "whose": "Sở"}))
    assert 'name="means"' in fields
    assert '<input type="hidden" name="whose" value="Sở">' in fields
    client.force_login(at.office)
    assert client.post(url, typed).status_code == 403


def test_a_promise_typed_for_another_result_does_not_go_out(client, at):
    opinion = ready.accepted(at)
    form = DONE | {"promised_on": "20/12/2026", "means": "vốn phường"}
    assert send(client, at.clerk, "answer", opinion.uid, do="finish", **form).status_code == 302
    answer = Answer.objects.get(opinion=opinion)
    assert (answer.promised_on, answer.means) == (None, "")


def test_two_at_a_desk_write_at_once(client, at):
    opinion = ready.accepted(at)
    colleague = UserFactory.holding("desk", at.desk)
    first = DONE | {"text": "Đã thay 6 bóng đèn ngõ 12, đèn sáng rồi."}
    send(client, colleague, "answer", opinion.uid, do="keep", was="", **first)
    second = send(client, at.clerk, "answer", opinion.uid, do="finish", was="", **DONE)
    assert second.status_code == 422
    assert first["text"] in text(second)
    assert DONE["text"] in text(second)
    opinion.refresh_from_db()
    assert opinion.state == State.ACCEPTED
    again = send(client, at.clerk, "answer", opinion.uid, do="finish", was=first["text"], **DONE)
    assert again.status_code == 302
    assert Answer.objects.get(opinion=opinion).text == DONE["text"]
    # Who comes after that finds it answered, and their words beside it.
    late = send(client, colleague, "answer", opinion.uid, do="finish", was="", seen=2, **first)
    assert late.status_code == 422  # it has left the desk; the words stand on the page that says so
    assert first["text"] in text(late)


def test_the_head_signs_what_lies_before_them(client, at):
    ready.head_signs(at)
    opinion = ready.accepted(at)
    laid = send(client, at.clerk, "answer", opinion.uid, do="finish", **DONE)
    assert laid.status_code == 302
    assert send(client, at.clerk, "answer", opinion.uid, do="sign").status_code == 403
    inbox = text(page(client, at.head, "inbox", at.ward.uid))
    assert opinion.text in inbox
    assert DONE["text"] in text(page(client, at.head, "opinion", opinion.uid))
    assert send(client, at.head, "answer", opinion.uid, do="sign").status_code == 302
    opinion.refresh_from_db()
    assert opinion.state == State.ANSWERED


# ── a desk and lists ────────────────────────────────────────────────────────────────────────


def test_the_inbox_of_a_desk(client, at, django_assert_max_num_queries):
    empty = text(page(client, at.clerk, "inbox", at.desk.uid))
    assert "nm-empty" in empty
    for number in range(5):
        ready.on_desk(at, f"Ngõ {number} ngập khi mưa to, đi lại khó.")
    client.force_login(at.clerk)
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("opinions:inbox", args=[at.desk.uid]))
    assert text(answer).count("ngập khi mưa to") == 5
    for tab in ("due", "late", "mine", "waiting"):
        answer = page(client, at.clerk, "inbox", at.desk.uid, muc=tab)
        assert "nm-empty" in text(answer)
    assert "nm-empty" in text(page(client, at.clerk, "inbox", at.desk.uid, **{"linh-vuc": "land"}))
    # The office above looks on; a desk elsewhere does not know of it, a cell is none.
    assert page(client, at.office, "inbox", at.desk.uid).status_code == 200
    elsewhere = UserFactory.holding("desk", UnitFactory(kind="authority", parent=at.ward))
    assert page(client, elsewhere, "inbox", at.desk.uid).status_code == 404
    assert page(client, at.secretary, "inbox", at.cell.uid).status_code == 403


def test_the_list_of_a_subtree(client, at, django_assert_max_num_queries):
    for number in range(3):
        ready.on_desk(at, f"Ngõ {number} ngập khi mưa to, đi lại khó.")
    client.force_login(at.office)
    url = reverse("opinions:list", args=[at.ward.uid])
    with django_assert_max_num_queries(6):  # the session, the user, and four
        answer = client.get(url)
    assert text(answer).count("ngập khi mưa to") == 3
    only = client.get(url, {"chua": "ngo 2", "trang-thai": "open", "linh-vuc": "works"})
    assert text(only).count("ngập khi mưa to") == 1
    assert "linh-vuc=works" in text(only)
    assert "nm-empty" in text(client.get(url, {"trang-thai": "closed"}))
    assert client.get(url, {"tu-ngay": "31/2/2026"}).status_code == 200
    under = client.get(url, {"duoi": at.cell.uid})
    assert text(under).count("ngập khi mưa to") == 3


def test_a_small_cell_is_not_named_on_a_page_beyond_it(client):
    at = ready.place()
    opinion = ready.raised(at)
    for url in (
        reverse("opinions:list", args=[at.ward.uid]),
        reverse("opinions:opinion", args=[opinion.uid]),
    ):
        client.force_login(at.office)
        inside = text(client.get(url)).split("<main", 1)[1].split("</main", 1)[0]
        if "danh-sach" in url:  # the filter by unit names every cell, whatever was said there
            inside = inside.split("</form>", 1)[1]
        assert at.cell.name not in inside
    assert at.cell.name in text(page(client, at.member, "opinion", opinion.uid))


def test_joining_and_an_issue(client, at):
    first = ready.accepted(at, "Đèn đường ngõ 12 hỏng từ tháng 5, tối đi học nguy hiểm.")
    second = ready.on_desk(at, "Đèn chiếu sáng ngõ 12 hỏng mấy tháng, tối đi học nguy hiểm.")
    piece = page(client, at.clerk, "beside", first.uid)
    assert second.uid in text(piece)
    joined = send(client, at.clerk, "join", first.uid, title="Đèn ngõ 12", **{"with": second.uid})
    issue = Issue.objects.get()
    assert joined["Location"] == reverse("opinions:issue", args=[issue.uid])
    shown = text(page(client, at.clerk, "issue", issue.uid))
    assert first.text[:60] in shown
    assert second.text[:60] in shown
    assert "0 / 2" in shown
    for user in (at.secretary, at.office):
        assert "Đèn ngõ 12" in text(page(client, user, "issues"))
    renamed = send(client, at.clerk, "rename_issue", issue.uid, title="Đèn các ngõ")
    assert renamed.status_code == 302
    assert send(client, at.clerk, "rename_issue", issue.uid, title="").status_code == 422
    assert send(client, at.member, "rename_issue", issue.uid, title="x").status_code == 403
    one = send(client, at.clerk, "part", second.uid, issue=issue.uid)
    assert one.status_code == 302
    stranger = UserFactory.holding("office", UnitFactory(kind="commune_committee", parent=None))
    assert page(client, stranger, "issue", issue.uid).status_code == 404


def test_the_register_finds_without_accents(client, at):
    ready.answered(at)
    found = page(client, at.member, "register", chua="thay bong den")
    assert ready.DONE.text in text(found)
    assert "nm-empty" in text(page(client, at.member, "register", chua="thuyền rồng"))


def test_what_is_late_below_is_an_offer_of_help(client, at):
    opinion = ready.accepted(at)
    empty = page(client, at.office, "late", at.ward.uid)
    assert empty.status_code == 200
    Opinion.objects.filter(uid=opinion.uid).update(nudged=2, due_on=date(2026, 11, 2))
    piece = client.get(reverse("opinions:late", args=[at.ward.uid]), headers={"HX-Request": "true"})
    assert "<html" not in text(piece)
    assert at.desk.name in text(piece)
    assert at.clerk.full_name in text(piece)
    # It has not come to the head yet.
    assert at.desk.name not in text(page(client, at.head, "late", at.ward.uid))
    assert page(client, at.clerk, "late", at.desk.uid).status_code == 403


def test_the_desk_that_handles_the_field_is_proposed(client, at):
    at_office = ready.sent(at)
    shown = text(page(client, at.office, "opinion", at_office.uid))
    assert f'<option value="{at.desk.uid}" selected>{at.desk.name} (' in shown
    # Where no desk handles it, none is preselected: a person chooses.
    actions.sort(actor=at.office, opinion_uid=at_office.uid, kind="proposal", field="health")
    assert f'value="{at.desk.uid}" selected' not in text(
        page(client, at.office, "opinion", at_office.uid)
    )


BAD = ("", "\x00", "x" * 9000, "²", "9" * 30, "31/02/2026", "zzzzzzzzzzzzz", "\u202e", "%s %(x)s")
DESK_FORMS = {
    "accept": {"seen": ""},
    "forward": {"desk": "", "reason": "Hạ tầng", "seen": ""},
    "give_back": {"reason": "Hạ tầng", "issue": ""},
    "ask": {"question": "Ngõ nào?"},
    "sort": {"kind": "proposal", "field": "land"},
    "answer": DONE | {"do": "finish", "was": ""},
    "join": {"title": "Đèn", "with": ""},
    "part": {"reason": ""},
}  # fmt: skip


def test_no_field_of_a_desk_s_forms_takes_the_server_down(client, at):
    opinion = ready.on_desk(at)
    client.raise_request_exception = False
    wrong = []
    for name, form in DESK_FORMS.items():
        for field in form:
            for value in BAD:
                before = transaction.savepoint()
                answer = send(client, at.clerk, name, opinion.uid, **(form | {field: value}))
                if answer.status_code not in {302, 404, 422}:
                    wrong.append(f"{name} {field}={value!r:.20}: {answer.status_code}")
                transaction.savepoint_rollback(before)
    assert not wrong, "\n".join(wrong)


def test_the_list_of_a_small_cell_is_its_own(client):
    at = ready.place()
    opinion = ready.raised(at)
    assert opinion.text in text(page(client, at.member, "list", at.cell.uid))
    assert page(client, at.office, "list", at.cell.uid).status_code == 403
    asked = page(client, at.office, "list", at.ward.uid, duoi=at.cell.uid)
    assert asked.status_code == 403
