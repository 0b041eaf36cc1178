"""Comments on a draft: asked for, said paragraph by paragraph, weighed side by side."""

from datetime import timedelta

import pytest

from nenmong.core import clock
from nenmong.core.keeping import STORE, Kept
from nenmong.directives import actions
from nenmong.directives.models import Comment, CommentRequest
from nenmong.directives.tests import ready
from nenmong.directives.tests.browsing import asked, page, post, to
from nenmong.directives.tests.ready import place
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return place()


def test_units_are_asked_and_a_day_that_is_past_is_refused_with_the_choice_kept(client, at):
    one = ready.regulation(at)
    said = {"unit": [at.cell.uid, at.other.uid]}
    refused = post(client, at.office, "ask", one.uid, due_on="1/1/2020", status=422, **said)
    assert refused.count("checked") >= 2
    post(client, at.office, "ask", one.uid, due_on="32/1", status=422, **said)
    post(client, at.office, "ask", one.uid, due_on="", status=422, **said)
    post(client, at.office, "ask", one.uid, due_on="31/12/2026", status=422)
    post(client, at.office, "ask", one.uid, due_on="31/12/2026", **said)
    assert CommentRequest.objects.count() == 2
    assert CommentRequest.objects.first().number == 1


def test_a_cell_comments_paragraph_by_paragraph_and_reads_what_became_of_it(client, at):
    row = asked(at).requests.get()
    page(client, at.secretary, "to_comment", row.uid)
    post(client, at.secretary, "comment", row.uid, text="Nói rõ hơn.", paragraph="2")
    post(client, at.secretary, "comment", row.uid, text="Nên gọn lại.", paragraph="0")
    refused = post(client, at.secretary, "comment", row.uid, text=" ", paragraph="1", status=422)
    assert "open" in refused
    lost = post(client, at.secretary, "comment", row.uid, text="Chữ này", paragraph="9", status=422)
    assert "Chữ này" in lost
    post(client, at.secretary, "finish_comments", row.uid)
    beside = page(client, at.office, "comments", row.directive_id)
    assert "Nói rõ hơn." in beside
    second = Comment.objects.get(paragraph=2)
    refused = post(client, at.office, "weigh", second.uid, outcome="explained", why="", status=422)
    assert "Nói rõ hơn." in refused
    post(client, at.office, "weigh", second.uid, outcome="partly", why="Chỉ nêu hộ đầu.", ban="1")
    told = page(client, at.secretary, "to_comment", row.uid)
    assert "Chỉ nêu hộ đầu." in told
    whole = Comment.objects.get(paragraph=None)
    post(client, at.secretary, "take_back_comment", whole.uid)
    post(client, at.secretary, "take_back_comment", second.uid, status=422)
    assert Comment.objects.get() == second


def test_all_units_are_asked_with_one_mark(client, at):
    one = ready.regulation(at)
    for _number in range(3):
        UnitFactory(parent=at.ward)
    UnitFactory(parent=at.ward, kind="authority")  # an office is no unit to ask
    assert 'name="all"' in page(client, at.office, "comments", one.uid)
    post(client, at.office, "ask", one.uid, due_on="31/12/2026", all="1")
    assert one.requests.count() == 5


def test_who_is_asked_reads_files_and_the_version_they_were_asked_about_alone(client, at):
    row = asked(at).requests.get()
    one = row.directive
    actions.change_draft(actor=at.office, directive_uid=one.uid, title="X", text="Chưa cho xem")
    file = Kept(STORE.keep(b"%PDF-1.7 annex"), "pdf", 14)
    actions.attach_file(actor=at.office, directive_uid=one.uid, title="Phụ lục 1", file=file)
    said = page(client, at.secretary, "to_comment", row.uid)
    assert "Chưa cho xem" not in said
    assert "Phụ lục 1" in said
    page(client, at.secretary, "docx", one.uid, status=403)
    client.force_login(at.secretary)
    assert client.get(to("file", one.files.get().uid)).status_code == 200


def test_asked_anew_a_unit_sees_what_changed_since_it_spoke(client, at):
    row = asked(at).requests.get()
    post(client, at.secretary, "comment", row.uid, text="Nên sớm hơn.", paragraph="3")
    one = row.directive
    text = one.text.replace("ngày 25", "ngày 20")
    actions.change_draft(actor=at.office, directive_uid=one.uid, title=one.title, text=text)
    actions.ask_comments(
        actor=at.office, directive_uid=one.uid, unit_uids=[at.cell.uid],
        due_on=clock.today() + timedelta(days=9),
    )  # fmt: skip
    said = page(client, at.secretary, "to_comment", row.uid)
    assert "<ins>" in said
    assert "Nên sớm hơn." in said  # of the version before
    beside = page(client, at.office, "comments", one.uid)
    assert "?ban=1" in beside
    assert "Nên sớm hơn." in page(client, at.office, "comments", one.uid, query="?ban=1")


def test_two_who_weigh_at_once_both_read_what_the_other_said(client, at):
    row = asked(at).requests.get()
    post(client, at.secretary, "comment", row.uid, text="Nói rõ.", paragraph="1")
    one = Comment.objects.get()
    post(client, at.head, "weigh", one.uid, outcome="explained", why="Đã có ở Điều 5.", was="")
    said = post(
        client, at.office, "weigh", one.uid, outcome="partly", why="Sửa một câu.", was="",
        status=422,
    )  # fmt: skip
    assert "Đã có ở Điều 5." in said
    assert "Sửa một câu." in said
    post(client, at.office, "weigh", one.uid, outcome="partly", why="Sửa một câu.", was="explained")
    one.refresh_from_db()
    assert one.outcome == "partly"


def test_only_what_is_to_be_weighed_is_shown_when_asked_for(client, at):
    row = asked(at).requests.get()
    for number, text in (("1", "Ý thứ nhất"), ("2", "Ý thứ hai")):
        post(client, at.secretary, "comment", row.uid, text=text, paragraph=number)
    first = Comment.objects.get(paragraph=1)
    post(client, at.office, "weigh", first.uid, outcome="taken", con="1", ban="1")
    said = page(client, at.office, "comments", row.directive_id, query="?ban=1&con=1")
    assert "Ý thứ hai" in said
    assert "Ý thứ nhất" not in said


def test_comments_close_with_the_meeting_and_nothing_typed_is_lost(client, at):
    row = asked(at).requests.get()
    post(client, at.office, "submit", row.directive_id)
    said = post(client, at.secretary, "comment", row.uid, text="Còn nữa", paragraph="1", status=422)
    assert "Còn nữa" in said
    page(client, at.secretary, "to_comment", row.uid)


def test_who_is_late_is_said_and_never_ranked(client, at):
    one = asked(at, [at.other, at.cell], days=2)
    with clock.at(ready.evening(clock.today() + timedelta(days=5))):
        said = page(client, at.office, "comments", one.uid)
        assert said.count("nm-late") == 2
        assert said.index(at.cell.name) < said.index(at.other.name)  # in the order of the tree
        assert to("submit", one.uid) in page(client, at.office, "draft", one.uid)


def test_one_unit_sees_nothing_of_what_another_said(client, at):
    one = asked(at, [at.cell, at.other])
    mine, other = (one.requests.get(unit=unit) for unit in (at.cell, at.other))
    UserFactory.holding("secretary", at.other)
    actions.comment(
        actor=UserFactory.holding("secretary", at.other), request_uid=other.uid,
        text="Điều của chi bộ kia",
    )  # fmt: skip
    assert "Điều của chi bộ kia" not in page(client, at.secretary, "to_comment", mine.uid)
    page(client, at.secretary, "to_comment", other.uid, status=404)
    page(client, at.secretary, "comments", one.uid, status=403)
