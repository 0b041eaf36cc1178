"""The pages of documents being made: written, compared, described, issued; their files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.keeping import STORE, named
from nenmong.directives import actions
from nenmong.directives.models import Directive
from nenmong.directives.tests import ready
from nenmong.directives.tests.browsing import asked, page, post, to
from nenmong.directives.tests.ready import place

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n0\n%%EOF\n"


@pytest.fixture
def at():
    return place()


# ── the desk ────────────────────────────────────────────────────────────────────────────────


def test_an_empty_desk_says_what_fills_it(client, at):
    said = page(client, at.office, "desk", at.ward.uid)
    assert to("start", at.ward.uid) in said
    assert "ban-tin" not in said  # a commune adds its words to the bulletin from above
    assert "ban-tin" in page(client, at.above, "desk", at.province.uid)
    assert "ban-tin" not in page(client, at.secretary, "desk", at.cell.uid)


def test_the_desk_shows_drafts_what_is_asked_and_what_is_out(client, at):
    one = asked(at)
    row = ready.asked(at)
    sent = ready.delivered(at)
    said = page(client, at.office, "desk", at.ward.uid)
    assert to("comments", one.uid) in said
    assert to("to_comment", row.uid) in said
    assert sent.directive.number in said
    cell = page(client, at.secretary, "desk", at.cell.uid)
    assert to("to_comment", one.requests.get().uid) in cell


def test_what_is_to_be_reviewed_soon_stands_on_the_desk(client, at):
    ready.issued(at, number="01-HD/ĐU", review_on=clock.today() + timedelta(days=20))
    ready.issued(at, number="02-HD/ĐU", review_on=clock.today() + timedelta(days=200))
    said = page(client, at.office, "desk", at.ward.uid)
    assert said.count("01-HD/ĐU") == 2  # to be reviewed, and issued lately
    assert said.count("02-HD/ĐU") == 1


def test_who_drafts_nothing_there_finds_no_desk(client, at):
    page(client, at.member, "desk", at.cell.uid, status=403)
    page(client, at.office, "desk", at.cell.uid, status=403)  # a cell's drafts are its own
    page(client, at.secretary, "desk", at.ward.uid, status=404)


# ── begun and written ───────────────────────────────────────────────────────────────────────


def test_a_document_is_begun_once_for_one_form(client, at):
    said = {"kind": "regulation", "title": "Quy chế làm việc", "key": "k1"}
    post(client, at.office, "start", at.ward.uid, **said)
    post(client, at.office, "start", at.ward.uid, **said)
    assert Directive.objects.get().title == "Quy chế làm việc"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"kind": "", "title": "Quy chế riêng"}, "Quy chế riêng"),
        ({"kind": "bulletin", "title": "Bản tin riêng"}, "Bản tin riêng"),
        ({"kind": "bulletin", "title": "Bản tin riêng", "for_month": "31/2/2026"}, "Bản tin riêng"),
        ({"kind": "regulation", "title": " ", "outside_issuer": "Ban riêng"}, "Ban riêng"),
    ],
)
def test_what_cannot_be_begun_keeps_what_was_typed(client, at, said, kept):
    assert kept in post(client, at.office, "start", at.ward.uid, status=422, key="k", **said)
    assert not Directive.objects.exists()


def test_a_cell_begins_what_cells_issue_and_no_guidance(client, at):
    said = page(client, at.secretary, "start", at.cell.uid)
    assert 'value="regulation"' in said
    assert 'value="guidance"' not in said
    post(client, at.secretary, "start", at.cell.uid, kind="regulation", title="Quy chế", key="k")
    one = Directive.objects.get()
    assert to("submit", one.uid) not in page(client, at.secretary, "draft", one.uid)
    post(client, at.secretary, "draft", one.uid, title="Quy chế", text="Điều 1.", seen=one.version)
    assert to("submit", one.uid) in page(client, at.secretary, "draft", one.uid)


def test_the_text_is_saved_and_what_the_other_wrote_is_shown(client, at):
    one = ready.draft(at)
    seen = one.version
    post(client, at.office, "draft", one.uid, title=one.title, text="Bản của tôi", seen=seen)
    said = post(
        client, at.head, "draft", one.uid, title="Tên khác", text="Bản của kia", seen=seen,
        status=422,
    )  # fmt: skip
    assert "Bản của kia" in said  # in the form, as it was typed
    assert "tôi" in said  # what the other wrote, beside it
    one.refresh_from_db()
    assert one.text == "Bản của tôi"
    post(client, at.head, "draft", one.uid, title="Tên khác", text="Cả hai", seen=one.version)
    one.refresh_from_db()
    assert (one.title, one.text) == ("Tên khác", "Cả hai")


def test_a_text_whose_answer_got_lost_is_simply_saved(client, at):
    one = ready.draft(at)
    for _time in range(2):
        post(client, at.office, "draft", one.uid, title="Mới ", text="Một\r\n", seen=one.version)
    one.refresh_from_db()
    assert (one.title, one.text) == ("Mới", "Một")


def test_a_text_that_is_too_long_or_has_no_title_is_not_lost(client, at):
    one = ready.draft(at)
    for title, text in (("", "Chữ còn đây"), ("Tên", "Chữ còn đây " * 6000)):
        said = post(
            client, at.office, "draft", one.uid, title=title, text=text, seen=one.version,
            status=422,
        )  # fmt: skip
        assert "Chữ còn đây" in said


@pytest.mark.parametrize("state", ["draft", "submitted", "adopted", "issued", "described"])
def test_the_page_stands_in_every_state(client, at, state):
    one = getattr(ready, state)(at)
    said = page(client, at.office, "draft", one.uid)
    assert said.count("btn-primary") <= 1
    assert 'id="viec-tiep"' in said
    for name in ("comments", "compare", "describe"):
        page(client, at.office, name, one.uid)
    page(client, at.head, "issue", one.uid)


def test_put_before_the_meeting_taken_back_and_given_up(client, at):
    one = ready.regulation(at)
    post(client, at.office, "submit", one.uid)
    post(client, at.office, "draft", one.uid, title="X", text="Y", seen="9", status=422)
    post(client, at.office, "take_back", one.uid)
    said = post(client, at.office, "drop", one.uid, reason="", status=422)
    assert "btn" in said
    post(client, at.office, "drop", one.uid, reason="Đã có văn bản khác")
    one.refresh_from_db()
    assert one.state == "dropped"
    page(client, at.office, "draft", one.uid)


def test_what_a_meeting_decided_stands_there_with_its_vote(client, at):
    one = ready.adopted(at)
    said = page(client, at.office, "draft", one.uid)
    assert reverse("meetings:detail", args=[one.adopted_at]) in said
    assert "9" in said


def test_versions_are_compared_in_shape_and_word(client, at):
    one = ready.draft(at)
    post(client, at.office, "keep_version", one.uid, note="bản đầu")
    one.refresh_from_db()
    text = one.text.replace("ngày 25", "ngày 20") + "\nĐoạn thêm."
    post(client, at.office, "draft", one.uid, title="Tên mới", text=text, seen=one.version)
    said = page(client, at.office, "compare", one.uid)
    assert "<del>" in said
    assert "<ins>" in said
    assert "Đoạn thêm." in said
    post(client, at.office, "keep_version", one.uid, note="")
    assert "<ins>" in page(client, at.office, "compare", one.uid, query="?tu=1&den=2")
    page(client, at.office, "compare", one.uid, query="?tu=99&den=x")


def test_a_version_without_text_is_not_kept(client, at):
    one = actions.start_draft(actor=at.office, unit_uid=at.ward.uid, kind="plan", title="Kế hoạch")
    said = post(client, at.office, "keep_version", one.uid, note="ghi chú của tôi", status=422)
    assert "ghi chú của tôi" in said


# ── said to cells, and issued ───────────────────────────────────────────────────────────────


def about(**said):
    return {
        "gist": "Mỗi chi bộ giúp một hộ.", "asked": "discuss", "due_on": "31/12/2026", "pages": "2",
        "minutes": "15", "fields": "0", "question-1": "Hộ nào?", "change-": "Danh sách mới.",
    } | said  # fmt: skip


def test_the_gist_is_written_and_what_is_wrong_stands_beside_its_field(client, at):
    one = ready.draft(at)
    said = post(
        client, at.office, "describe", one.uid, status=422, seen=one.version,
        **about(pages="hai", due_on="31/2/2026"),
    )  # fmt: skip
    assert "Mỗi chi bộ giúp một hộ." in said
    assert "31/2/2026" in said
    post(
        client, at.office, "describe", one.uid, status=422, seen=one.version, **about(minutes="999")
    )
    post(
        client, at.office, "describe", one.uid, seen=one.version,
        **about(**{"change-residential_group": "Tổ ký."}),
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.gist, one.questions) == ("Mỗi chi bộ giúp một hộ.", ["Hộ nào?"])
    assert one.changes.count() == 2
    both = post(
        client, at.head, "describe", one.uid, status=422, seen="0", **about(gist="Ý khác hẳn.")
    )
    assert "Ý khác hẳn." in both
    assert "Mỗi chi bộ giúp một hộ." in both


def test_what_has_gone_out_is_described_no_more(client, at):
    one = ready.sent(at).directive
    assert "textarea" not in page(client, at.office, "describe", one.uid)


def test_it_is_numbered_and_issued_and_replaces_an_earlier_one(client, at):
    old = ready.issued(at, number="05-HD/ĐU")
    one = ready.described(at)
    form = page(client, at.head, "issue", one.uid)
    assert "06-HD/ĐU" in form  # the next number is proposed
    today = f"{clock.today():%d/%m/%Y}"
    said = {"number": "05-HD/ĐU", "issued_on": today, "valid_from": today, "replaces": old.uid}
    refused = post(client, at.head, "issue", one.uid, status=422, **said)
    assert "05-HD/ĐU" in refused
    assert "checked" in refused
    post(client, at.head, "issue", one.uid, status=422, **(said | {"issued_on": "1/13/2026"}))
    post(client, at.head, "issue", one.uid, **(said | {"number": "06-HD/ĐU"}))
    old.refresh_from_db()
    assert old.replaced_by_id == one.uid
    post(client, at.office, "issue", one.uid, status=403, **said)


def test_a_regulation_is_issued_only_when_a_meeting_adopted_it(client, at):
    one = ready.regulation(at)
    assert '<form method="post" action="' + to("issue", one.uid) not in page(
        client, at.head, "issue", one.uid
    )
    one = ready.adopted(at)
    said = page(client, at.head, "issue", one.uid)
    assert "01-QC/ĐU" in said
    assert 'name="review_on" ' in said or 'name="review_on"' in said


# ── files ───────────────────────────────────────────────────────────────────────────────────


def attach(client, who, one, name="ban-ky.pdf", content=PDF, status=302):
    file = SimpleUploadedFile(name, content)
    return post(client, who, "add_files", one.uid, status=status, file=file)


def test_a_file_is_attached_served_to_who_sees_the_document_and_stays_named(client, at):
    one = ready.issued(at)
    attach(client, at.office, one)
    attach(client, at.office, one)
    row = one.files.get()
    assert row.sha256 in set(named())
    assert STORE.holds(row.sha256)
    page(client, at.secretary, "file", row.uid, status=404)  # it was not sent there yet
    ready.delivered(at, one=one)
    client.force_login(at.secretary)
    answer = client.get(to("file", row.uid))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    said = post(client, at.office, "remove_file", row.uid, status=422)  # it went out
    assert row.title in said


def test_a_file_is_taken_off_before_it_goes_out(client, at):
    one = ready.draft(at)
    attach(client, at.office, one)
    post(client, at.office, "remove_file", one.files.get().uid)
    assert not one.files.exists()


def test_what_is_no_file_of_ours_is_refused_in_a_sentence(client, at):
    one = ready.draft(at)
    assert "xau.exe" not in attach(client, at.office, one, "xau.exe", b"MZ", status=422)
    post(client, at.office, "add_files", one.uid, status=422)
    attach(client, at.secretary, one, status=404)
