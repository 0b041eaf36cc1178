"""Whatever is typed, forged or sent at the wrong time: a sentence, never a fault of the server."""

import io
from datetime import date
from urllib.parse import quote, urlencode

import pytest
from django.db import DataError, OperationalError
from django.test import Client
from django.urls import reverse
from docx import Document

from nenmong.meetings import actions, links, queries
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.tests import journey
from nenmong.opinions import actions as opinions
from nenmong.opinions.models import Issue, Opinion
from nenmong.org.models import Administrator, Following, PartyGroup, Post
from nenmong.org.tests.factories import MemberFactory, UserFactory
from tests.test_doors import DOORS, draft_parts

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
HTMX = {"HX-Request": "true"}
TALLY = {"agreed": "1", "against": "0", "other": "0"}
# Each door with a form: what its address names, and a form that would do.
FORMS = {
    "meetings:plan": ("unit", {"month": "1/1/2027"}),
    "meetings:propose": ("unit", {"title": "Ngõ 8"}),
    "meetings:set_time": ("planned", {"day": "3/12/2026", "hour": "19:30", "place": "Nhà văn hóa"}),
    "meetings:ask_to_join": ("planned", {"unit": "uid"}),
    "meetings:plan_topic": (
        "unit year", {"month": "12", "title": "Học Bác", "presenter": "Phó bí thư", "key": "k20"},
    ),
    "meetings:note_year_plan": ("unit year", {"note": "Mục đích, yêu cầu"}),
    "meetings:change_topic": ("topic", {"month": "12", "title": "Học Bác", "presenter": ""}),
    "meetings:postpone": (
        "planned",
        {"day": "8/12/2026", "hour": "19:30", "reason": "Bão", "agreed_by": "Chi ủy"},
    ),
    "meetings:cancel": ("planned", {"reason": "Bão", "agreed_by": "Chi ủy"}),
    "meetings:set_thematic": ("planned", {"subject": "Chuyển đổi số"}),
    "meetings:add_item": (
        "planned",
        {"title": "Ngõ 8", "minutes": "10", "key": "k1", "business": "", "name": "Lê Ái",
         "presenter": "Bí thư", "classified": "no"},
    ),
    "meetings:take_matter": ("planned", {"matter": "uid"}),
    "meetings:carry_over": ("planned", {"matter": "uid", "item": "uid", "reason": "Hết giờ"}),
    "meetings:report_task": (
        "planned", {"task": "uid", "state": "done", "result": "Xong", "item": "uid"},
    ),
    "meetings:change_item": ("first", {"title": "Ngõ 8", "minutes": "10"}),
    "meetings:move_item": ("first", {"way": "up"}),
    "meetings:roll": ("held", {"s-uid": "present", "r-uid": "Ốm", "onward": ""}),
    "meetings:add_speech": (
        "item", {"text": "Ngõ 8", "member": "uid", "guest": "Ông Ba", "key": "k2"},
    ),
    "meetings:note_opinion": ("item", {"text": "Ngõ 8", "member": "uid", "key": "k3"}),
    "meetings:vote": ("item", {"question": "Có dỡ không?"} | TALLY),
    "meetings:judge_answer": (
        "item",
        {"verdict": "solved", "solved": "3", "partly": "0", "not_solved": "0", "reason": "Còn"},
    ),
    "meetings:ballot": (
        "item",
        {"question": "Có kết nạp không?", "issued": "1", "returned": "1", "spoiled": "0"} | TALLY,
    ),
    "meetings:dues": ("item", {"members": "5", "amount": "1.250.000"}),
    "meetings:assign_task": (
        "item",
        {"title": "Dỡ mái", "member": "uid", "owner": "Chi ủy", "due_on": "1/12/2026", "key": "k4"},
    ),
    "meetings:write_item": ("item conclusion", {"was": "", "text": "Đồng ý", "choice": "mine"}),
    "meetings:write_meeting": ("held directions", {"was": "", "text": "Đồng ý", "choice": ""}),
    "meetings:change_line": ("speech", {"text": "Ngõ 8", "member": "uid", "guest": "Ông Ba"}),
    "meetings:closing_vote": ("held", {"about": "minutes"} | TALLY),
    "meetings:officers": ("held", {"chair": "uid", "secretary": "uid"}),
    "meetings:hours": ("held", {"opened": "19:30", "closed": "21:00"}),
    "meetings:write_note": ("sealed", {"text": "Mục 4: ngõ 18.", "key": "k1"}),
    "meetings:numbers": ("unit", {"kind": "BB", "last": "17"}),
    "meetings:add_documents": ("planned", {"file": ""}),
    "meetings:take_off_document": ("scan", {"reason": "Đính nhầm"}),
    "meetings:attach_scans": ("sealed", {"file": ""}),
    "meetings:file": ("sealed", {"how": "here"}),
    "meetings:record_notice": ("planned", {"to": "members", "way": "chat"}),
    "meetings:mail_notices": ("planned", {"to": "members"}),
    "meetings:note_answer": ("planned", {"member": "uid", "answer": "absent", "reason": "Ốm"}),
    "meetings:answer": ("planned", {"answer": "absent", "reason": "Ốm", "from_work": "1"}),
    "meetings:answer_link": ("signed", {"answer": "absent", "reason": "Ốm"}),
    "meetings:note_progress": ("task", {"text": "Đã dỡ ba hộ", "key": "k13"}),
    "meetings:declare_done": ("task", {"words": "Đã dỡ xong"}),
    "meetings:renew_task": (
        "held", {"task": "uid", "due_on": "20/12/2026", "member": "uid", "owner": "Chi đoàn"},
    ),
    "meetings:paper": (
        "planned",
        {"day": "20/11/2026", "place": "Nhà văn hóa", "opened": "19.30", "closed": "21.00",
         "r-0-who": "2", "r-0-status": "excused", "r-0-reason": "Ốm", "n-0-title": "Ngõ 8",
         "n-0-minutes": "5", "n-0-speeches": "3: Nhất trí", "n-0-opinions": "Lầy lội",
         "v-0-item": "A", "v-0-question": "Có dỡ không?", "v-0-agreed": "5", "v-0-issued": "",
         "t-0-item": "A", "t-0-title": "Dỡ mái", "t-0-who": "Chi ủy", "t-0-due": "1/12/2026",
         "nq-agreed": "5", "chair": "1", "secretary": "2", "notice_at": "18/11/2026 19.30",
         "seen": "", "do": "draft"},
    ),
    "meetings:plan_older": ("unit", {"month": "2026-09-01"}),
    "meetings:give_right": ("planned", {"role": "helper", "member": "uid", "username": "lan"}),
    "meetings:plan_any": (
        "unit",
        {"loai": "thematic", "subject": "Học Bác", "day": "10/12/2026", "hour": "19:30",
         "month": "10/2026", "key": "k20"},
    ),
    "directives:start": (
        "unit", {"kind": "regulation", "title": "Quy chế", "for_month": "1/12/2026",
                 "outside_issuer": "", "key": "k50"},
    ),
    "directives:draft": ("draft", {"title": "Quy chế", "text": "Điều 1.", "seen": "0"}),
    "directives:keep_version": ("draft", {"note": "bản đầu"}),
    "directives:ask": ("draft", {"unit": "uid", "due_on": "31/12/2026", "ban": "1"}),
    "directives:weigh": ("weighed", {"outcome": "partly", "why": "Đã có", "ban": "1"}),
    "directives:describe": (
        "draft",
        {"gist": "Một hộ", "asked": "discuss", "due_on": "31/12/2026", "pages": "1",
         "minutes": "10", "fields": "0", "question-1": "Hộ nào?", "change-": "Danh sách",
         "change-village": "Thôn ký", "seen": "0"},
    ),
    "directives:issue": (
        "draft",
        {"number": "01-QC/CB", "issued_on": "1/11/2026", "valid_from": "1/11/2026",
         "valid_until": "", "review_on": "", "replaces": "uid"},
    ),
    "directives:word_in": ("draft", {"seen": "0"}),
    "directives:comment": ("request", {"text": "Nên gọn", "paragraph": "1"}),
    "directives:withdraw": ("paper", {"reason": "Trùng văn bản"}),
    "directives:prolong": ("paper", {"due_on": "31/12/2026"}),
    "directives:review": ("paper", {"reviewed_on": "20/11/2026", "review_on": ""}),
    "directives:report": ("received", {"text": "Đã giúp một hộ."}),
    "directives:drop": ("draft", {"reason": "Đã có văn bản khác"}),
    "opinions:raise": (
        "unit", {"text": "Đèn ngõ 8 hỏng", "kind": "question", "member": "uid", "do": "look"},
    ),
    "opinions:answered_before": ("unit", {"text": "Đèn ngõ 8 hỏng"}),
    "opinions:decide": ("opinion", {"do": "keep"}),
    "opinions:attach_file": ("opinion", {"looked": "1", "file": "x"}),
    "org:give_post": (
        "unit",
        {"member": "uid", "role": "scribe", "title": "Thư ký", "manner": "full", "day": "3/10/2026",
         "last_day": "", "term": "2025–2027", "key": "k5"},
    ),
    "opinions:change_words": ("opinion", {"text": "Ngõ 12 ngập nửa mét.", "seen": "0"}),
    "opinions:reply": ("opinion", {"text": "Ngõ 12", "seen": "0"}),
    "opinions:sort": ("opinion", {"kind": "proposal", "field": "land", "seen": "0"}),
    "opinions:forward": ("opinion", {"desk": "uid", "reason": "Hạ tầng", "seen": "0"}),
    "opinions:give_back": ("opinion", {"reason": "Hạ tầng", "seen": "0"}),
    "opinions:ask": ("opinion", {"question": "Ngõ nào?", "seen": "0"}),
    "opinions:answer": (
        "opinion",
        {"result": "done", "text": "Đã thay đèn", "who": "Tổ", "done_on": "20/11/2026",
         "promised_on": "", "means": "", "rest": "", "basis": "", "whose": "", "do": "keep",
         "was": "", "seen": "0"},
    ),
    "opinions:answer_check": (
        "opinion", {"result": "done", "text": "Đã thay đèn", "done_on": "1/1/2026", "piece": ""},
    ),
    "opinions:send": ("opinion", {"desk": "uid", "looked": "1", "seen": "0"}),
    "opinions:withdraw": ("opinion", {"reason": "Xong rồi", "seen": "0"}),
    "opinions:reopen": ("opinion", {"reason": "Lại hỏng", "seen": "0"}),
}  # fmt: skip
# Forms of an office, which a secretary may not send.
OFFICE_FORMS = {
    "org:add_member": (
        "unit",
        {"full_name": "Lê Ái", "status": "official", "birth_year": "1980", "day": "3/10/2026",
         "key": "k6"},
    ),
    "org:change_member": (
        "member", {"full_name": "Lê Ái", "birth_year": "1980", "phone": "0912345678", "email": ""},
    ),
    "org:change_status": ("member", {"status": "exempt", "day": "24/11/2026"}),
    "org:move_member": ("member", {"unit": "uid", "day": "24/11/2026"}),
    "org:end_membership": ("member", {"day": "24/11/2026"}),
    "org:follow": (
        "unit",
        {"member": "uid", "tier": "superior", "day": "3/10/2026", "last_day": "", "key": "k7"},
    ),
    "org:end_post": ("post", {"day": "24/11/2026"}),
    "org:unfollow": ("following", {"day": "24/11/2026"}),
    "org:give_account": ("member", {"username": "hungnv"}),
    "org:give_sheet": ("account", {"key": "k8"}),
    "org:restore_access": ("account", {"key": "k9"}),
    "org:pause_account": ("account", {"paused": "1"}),
    "org:set_codes": ("unit", {"code": "A7", "registry_code": "12345678901234"}),
    "org:form_group": ("unit", {"name": "Tổ đảng số 2", "day": "3/10/2026", "key": "k10"}),
    "org:add_to_group": ("group", {"member": "uid"}),
    "org:end_group": ("group", {"day": "24/11/2026"}),
    "meetings:plan_paper": ("unit", {"month": "2026-09-01"}),
    "plans:found": (
        "ward",
        {"kind": "cell", "cell_kind": "village", "unit_name": "Mới", "organization_name": "",
         "locality": "Xuân Hòa", "code": "A9", "first_day": "3/10/2026", "key": "k11"},
    ),
    "rulebook:look": (
        "ward",
        {"rule": "meetings.filing_days", "value": "3", "day": "1/12/2026", "document": "QĐ 12",
         "short": "QĐ"},
    ),
    "rulebook:set": (
        "ward",
        {"rule": "meetings.filing_days", "value": "3", "day": "1/12/2026", "document": "QĐ 12",
         "short": "QĐ", "key": "k12"},
    ),
    "plans:look": (
        "ward",
        {"units": "uid", "verb": "merge", "new_name": "Mới", "into": "", "day": "24/11/2026",
         "name": "p", "text": ""},
    ),
    "plans:apply": ("ward", {"text": "plan: p"}),
    "opinions:rename_issue": ("issue", {"title": "Đèn các ngõ"}),
    "opinions:join": ("opinion", {"title": "Đèn các ngõ", "with": "uid"}),
    "opinions:part": ("opinion", {"reason": "Việc khác"}),
    "opinions:set_desk_fields": ("ward", {"field": "land", "days-land": "7"}),
}  # fmt: skip
# Forms of who keeps the installation, or heads a committee.
KEEPER_FORMS = {
    "org:open_unit": (
        "unit", {"username": "nguoi1", "reason": "Đơn thư", "last_day": "30/11/2026", "key": "k"},
    ),
    "org:found_root": (
        "", {"kind": "provincial_committee", "name": "Tỉnh ủy", "organization_name": "",
             "locality": "", "code": "99", "day": "1/1/2026", "key": "k"},
    ),
    "org:appoint": ("", {"username": "lan", "full_name": "Phạm Thị Lan", "key": "k"}),
    "org:restore_account": ("user", {"key": "k"}),
    "org:pause_any": ("user", {"paused": "1"}),
    "org:set_cell_kind": (
        "", {"code": "village", "name_vi": "thôn", "name_en": "village", "retired": "on"},
    ),
}  # fmt: skip
# Forms of a board of the province.
BOARD_FORMS = {
    "opinions:set_field": (
        "", {"code": "", "name_vi": "chợ", "name_en": "market", "retired": "", "key": "k"},
    ),
    "rulebook:set_day": ("", {"day": "28/12/2026", "works": "0", "name": "Bão"}),
}  # fmt: skip
# Only an address.
GIVEN_BACK = {
    "opinions:keep", "opinions:accept", "opinions:take_on", "opinions:remove_file",
    "directives:submit", "directives:take_back", "directives:add_files", "directives:remove_file",
    "directives:remind", "directives:finish_comments", "directives:take_back_comment",
    "meetings:template_upload", "meetings:template_use", "meetings:template_back",
    "meetings:template_discard", "plans:undo", "org:leave_group", "org:close_unit", "org:dismiss",
    "rulebook:end", "meetings:make_feed", "meetings:revoke_feed",
}  # fmt: skip
# Not text, not a number, not a day, not an id; too long, too large, from another language.
BAD = (
    "", "\x00", b"\xed\xa0\x80", b"\xff\xfe", "x" * 9000, "²", "٣", "1e3", "-1", "9" * 30,
    "000000" + "9" * 5000, "31/02/2026", "1/1/0001", "9999-12-31", "25:99", "//evil.example/",
    "zzzzzzzzzzzzz", "0sawbsbt80000", "{{ 7*7 }}", "\u202e\u200b", "a\r\nX: y", "%s %(x)s",
)  # fmt: skip
GETS = (
    "/viec-cua-toi/?thang={}", "/dang-nhap/?next={}", "/buoi/{}/", "/muc/{}/", "/dong/speech/{}/",
    "/dong/{}/0sawbsbt80000/", "/static/{}", "/{}", "/tim/?q={}", "/don-vi/{}/dang-vien/",
    "/tra-loi/{}/",
    "/y-kien/{}/nguoi-neu/", "/tep-y-kien/{}/",
    "/du-thao/{}/", "/gop-y/{}/",
    "/don-vi/{}/van-ban/", "/van-ban/{}/", "/van-ban/?chua={}", "/don-vi/{}/quy-che/",
    "/van-ban/{}/doc/", "/van-ban/{}/van-ban.docx", "/van-ban/tep/{}/",
    "/lich/{}.ics", "/lich-cua-toi/?x={}",
    "/y-kien/{}/", "/van-de/{}/", "/van-de/?muc={}", "/van-de/?tu={}", "/so-tra-loi/?chua={}",
    "/so-tra-loi/?tu={}", "/lich-lam-viec/?nam={}",
)  # fmt: skip


@pytest.fixture
def here():
    """A cell's secretary at a browser, and what there is: sealed, held and planned meetings."""
    unit, secretary, _scribe = journey.cell(6)
    sealed = journey.sealed(unit, secretary, date(2026, 10, 3))
    held = journey.held(unit, secretary, date(2026, 11, 3))
    planned = journey.planned(unit, secretary, date(2026, 12, 3))
    client = Client(raise_request_exception=False)
    client.force_login(secretary)
    return client, {
        "signed": [links.token(planned.uid, secretary.members.get().uid)],
        "unit": [unit.uid], "planned": [planned.uid], "held": [held.uid], "sealed": [sealed.uid],
        "first": [planned.items.first().uid], "item": [held.items.last().uid],
        "unit year": [unit.uid, 2026],
        "topic": [
            actions.plan_topic(
                actor=secretary, unit_uid=unit.uid, month=date(2026, 12, 1), title="Chuyển đổi số"
            ).uid
        ],
        "opinion": [
            opinions.raise_opinion(actor=secretary, unit_uid=unit.uid, text="Ngõ 12 ngập.").uid
        ],
        "item conclusion": [held.items.last().uid, "conclusion"],
        "held directions": [held.uid, "directions"],
        "speech": ["speech", held.speeches.first().uid],
        "task": [sealed.assigned.first().uid],
        "scan": [journey.scan(sealed, secretary).uid],
        **{name: [row.uid] for name, row in draft_parts(unit).items()},
    }  # fmt: skip


def test_every_door_with_a_form_is_tried():
    without = {
        "begin", "drop_item", "take_up", "remove_line", "remove_task", "end", "seal", "resume",
        "take_back", "remove_document",
        "take_back_declaration", "chair_onward", "take_draft", "paper_done",
        "start_paper", "end_right", "reinstate", "drop_topic", "report_year_plan",
        "leave_joint", "take_common", "accept_joint", "decline_joint", "withdraw_joint",
        "number_notice", "number_year_plan",
    }  # fmt: skip
    doors = {name for name, (method, _may, _what) in DOORS.items() if method == "POST"}
    tried = {*FORMS, *OFFICE_FORMS, *KEEPER_FORMS, *BOARD_FORMS}
    assert doors <= tried | {f"meetings:{name}" for name in without} | GIVEN_BACK


@pytest.mark.slow
def test_no_field_of_any_form_takes_the_server_down(here):
    client, at = here
    wrong = []
    for name, (what, form) in FORMS.items():
        url = reverse(name, args=at[what])
        for field in form:
            for number, value in enumerate(BAD):
                body = urlencode(form | {field: value})
                headers = HTMX if number % 2 else {}
                answer = client.post(url, body, content_type=FORM, headers=headers)
                away = "evil" in answer.headers.get("Location", "")
                if answer.status_code not in {200, 302, 404, 409, 422} or away:
                    wrong.append(f"{name} {field}={value!r:.30}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not list(queries.recount.differences())
    assert not queries.verify.verify().findings


@pytest.mark.slow
def test_no_field_of_an_office_s_forms_takes_the_server_down():
    unit, secretary, _scribe = journey.cell(3)
    member = MemberFactory.of(unit)
    said = {"bucket": unit.bucket, "member": member, "unit": unit, "first_day": date(2026, 1, 1)}
    rows = {
        "unit": unit, "ward": unit.parent, "member": member,
        "account": UserFactory.holding("scribe", unit).members.get(),
        "post": Post.objects.create(role="scribe", title="", **said),
        "following": Following.objects.create(tier="superior", **said),
    }  # fmt: skip
    group = PartyGroup.objects.create(
        bucket=unit.bucket, unit=unit, name="Tổ", first_day=date(2026, 1, 1)
    )
    rows |= {"group": group, "user": UserFactory()}
    rows["opinion"] = opinions.raise_opinion(
        actor=secretary, unit_uid=unit.uid, text="Ngõ 12 ngập."
    )
    opinions.send(actor=secretary, opinion_uid=rows["opinion"].uid)
    rows["issue"] = Issue.objects.create(unit=unit.parent, title="Đèn", opened_on=date(2026, 1, 1))
    Opinion.objects.update(issue_uid=rows["issue"].uid)
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory.holding("office", unit.parent))
    assert not _taken_down(client, OFFICE_FORMS, rows)
    keeper = UserFactory.holding("head", unit.parent)
    Administrator.objects.create(user=keeper, first_day=date(2026, 1, 1))
    client.force_login(keeper)
    assert not _taken_down(client, KEEPER_FORMS, rows)
    client.force_login(UserFactory.holding("board", unit.parent))
    assert not _taken_down(client, BOARD_FORMS, rows)


def _taken_down(client, forms, rows):
    """Return which field of which form a wrong value was not answered in."""
    wrong = []
    for name, (what, form) in forms.items():
        url = reverse(name, args=[rows[what].uid] if what else [])
        for field in form:
            for value in BAD:
                answer = client.post(url, urlencode(form | {field: value}), content_type=FORM)
                if answer.status_code not in {200, 302, 404, 409, 422}:
                    wrong.append(f"{name} {field}={value!r:.30}: {answer.status_code}")
    return "\n".join(wrong)


def test_no_address_takes_the_server_down(here):
    client, _at = here
    asked = [path.format(quote(value)) for path in GETS for value in BAD]
    look = [f"/don-vi/{_at['unit'][0]}/{page}" for page in ("cac-buoi/", "cac-buoi.xlsx", "lich/")]
    names = ("duoi", "loai", "trang-thai", "tu-thang", "den-thang", "chua", "tu", "thang")
    asked += [f"/don-vi/{_at['unit'][0]}/y-kien/?nam={quote(value)}" for value in BAD]
    asked += [f"{p}?{name}={quote(value)}" for p in look for name in names for value in BAD]
    lists = f"/don-vi/{_at['unit'][0]}/danh-sach-y-kien/"
    names = ("trang-thai", "loai", "linh-vuc", "tu-ngay", "den-ngay", "chua", "duoi", "tu")
    asked += [f"{lists}?{name}={quote(value)}" for name in names for value in BAD]
    assert not [path for path in asked if client.get(path).status_code >= 500]


def test_a_form_about_what_is_gone_says_so_and_keeps_the_words(here):
    client, at = here
    url = reverse("meetings:report_task", args=at["planned"])
    form = {"task": "0sawbsbt80000", "state": "doing", "result": "Đã dỡ ba hộ"}
    answer = client.post(url, form)
    assert answer.status_code == 404
    assert "không còn" in answer.content.decode()
    assert "Đã dỡ ba hộ" in answer.content.decode()


def test_rows_of_another_meeting_are_not_here(here):
    client, at = here
    elsewhere, secretary, _scribe = journey.cell(4)
    other = journey.held(elsewhere, secretary, date(2026, 11, 3))
    item, task = other.items.last().uid, other.assigned.first().uid
    member = other.attendances.first().member_uid
    told = {
        client.post(reverse(name, args=at[what]), form).status_code
        for name, what, form in (
            ("meetings:carry_over", "held", {"item": item, "reason": "Hết giờ"}),
            ("meetings:report_task", "planned", {"task": task, "state": "done"}),
            ("meetings:add_speech", "item", {"text": "Một câu", "member": member}),
            ("meetings:officers", "held", {"chair": member, "secretary": member}),
            ("meetings:roll", "held", {f"s-{member}": "excused"}),
        )
    }
    assert told == {404, 422}
    assert not AgendaItem.objects.filter(uid=item).exclude(matter_uid=None).exists()


@pytest.mark.parametrize("charset", ["utf-7", "base64", "unicode_escape", "undefined", "utf-16"])
def test_a_form_is_read_as_utf_8_whatever_it_claims(here, charset):
    client, at = here
    part = '--X\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    fields = {"title": "Ngõ 8 +2AA- \\ud800", "minutes": "5", "key": "+2AA-"}
    body = "".join(part.format(*field) for field in fields.items()) + "--X--\r\n"
    kind = f"multipart/form-data; boundary=X; charset={charset}"
    url = reverse("meetings:add_item", args=at["planned"])
    assert client.generic("POST", url, body.encode(), content_type=kind).status_code == 302
    assert AgendaItem.objects.filter(title="Ngõ 8 +2AA- \\ud800").exists()


def test_what_is_too_long_to_take_is_said(here):
    client, at = here
    url = reverse("meetings:write_meeting", args=at["held directions"])
    answer = client.post(url, "text=" + "a" * 2_200_000, content_type=FORM)
    assert answer.status_code == 413
    assert "dài quá mức" in answer.content.decode()


def test_the_address_of_a_button_opened_by_itself_says_where_to_go(here):
    client, at = here
    answer = client.get(reverse("meetings:begin", args=at["planned"]))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "của một nút bấm" in answer.content.decode()


def test_who_was_signed_out_while_typing_keeps_the_words_and_finds_back(here):
    client, at = here
    page, url = (reverse(f"meetings:{name}", args=at["item"]) for name in ("item", "add_speech"))
    came_from = {"referer": f"http://testserver{page}"}
    client.logout()
    answer = client.post(url, {"text": "Ngõ 8 có sáu hộ"}, headers=came_from)
    assert answer.status_code == 401
    assert "Ngõ 8 có sáu hộ" in answer.content.decode()
    assert f"/dang-nhap/?next={quote(page, safe='')}" in answer.content.decode()
    answer = client.post(url, {}, headers=came_from)
    assert answer["Location"] == f"/dang-nhap/?next={quote(page, safe='')}"


@pytest.mark.parametrize(("fault", "status"), [(OperationalError, 503), (DataError, 500)])
def test_a_database_that_fails_loses_no_words(here, monkeypatch, fault, status):
    client, at = here

    def fail(**_kwargs):
        raise fault("database or disk is full")

    monkeypatch.setattr(actions, "write_text", fail)
    url = reverse("meetings:write_meeting", args=at["held directions"])
    answer = client.post(url, {"text": "Dỡ xong trước ngày 30", "was": ""})
    assert answer.status_code == status
    assert "Dỡ xong trước ngày 30" in answer.content.decode()


def test_a_meeting_is_planned_a_year_ahead_at_most(here):
    client, at = here
    url = reverse("meetings:plan", args=at["unit"])
    assert client.post(url, {"month": "1/12/2027"}).status_code == 422
    assert client.post(url, {"month": "1/11/2027"}).status_code == 302
    assert Meeting.objects.count() == 4


def test_marks_of_templates_and_pages_are_only_letters(here):
    client, at = here
    said = "{{ 7*7 }} {% raw %} <script>alert(1)</script> & ]]> {# #}"
    held = Meeting.objects.get(uid=at["held"][0])
    client.post(
        reverse("meetings:write_item", args=at["item conclusion"]), {"was": "", "text": said}
    )
    page = client.get(reverse("meetings:close", args=[held.uid])).content.decode()
    assert "{{ 7*7 }} {% raw %} &lt;script&gt;" in page
    for edition in ("so-chi-bo", "gui-cap-tren"):
        answer = client.get(reverse("meetings:minutes_docx", args=[held.uid, edition]))
        assert said in " ".join(words_in(answer.content))


def words_in(docx):
    return [paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs]
