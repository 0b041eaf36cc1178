"""Every action on documents, by the promises all actions make."""

from datetime import timedelta

import pytest

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.keeping import STORE, Kept
from nenmong.core.tests.contract import DONE, MORE, PROMISES, SAME, Case, check
from nenmong.directives import actions
from nenmong.directives.models import CellLoad
from nenmong.directives.queries.targets import To
from nenmong.directives.tests import ready
from nenmong.directives.tests.ready import place
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def by(who, state, stranger="member", **said):
    """Come to a document in a state; `who` may do it, the stranger may not."""

    def come():
        at = place()
        one = getattr(ready, state)(at)
        given = {name: value(at) if callable(value) else value for name, value in said.items()}
        actor = SYSTEM if who == "program" else getattr(at, who)
        return {"actor": actor, "directive_uid": one.uid} | given, getattr(at, stranger)

    return come


def starting():
    at = place()
    said = {"unit_uid": at.ward.uid, "kind": "guidance", "title": "Hướng dẫn"}
    return {"actor": at.office} | said, at.above


def of_request(who="office", **said):
    def come():
        at = place()
        return {"actor": getattr(at, who), "request_uid": ready.asked(at).uid} | said, at.secretary

    return come


def of_comment(who, stranger, **said):
    def come():
        at = place()
        comment = ready.commented(at)
        return {"actor": getattr(at, who), "comment_uid": comment.uid} | said, getattr(at, stranger)

    return come


def sending():
    at = place()
    one = ready.issued(at)
    said = {"unit_uid": at.ward.uid, "to": To(), "month": ready.month()}
    return {"actor": at.office, "directive_uid": one.uid} | said, at.above


def delivering():
    at = place()
    return {"actor": SYSTEM, "sending_uid": ready.sent(at).uid}, at.office


def settling():
    at = place()
    sending = ready.delivered(at)
    actions.withdraw(actor=at.head, directive_uid=sending.directive_id, reason="Trùng văn bản")
    return {"actor": SYSTEM, "sending_uid": sending.uid, "batch": 0}, at.office


def reminding():
    at = place()
    with clock.at(ready.evening(clock.today() - timedelta(days=3))):
        sending = ready.delivered(at)
    said = {"directive_uid": sending.directive_id, "unit_uid": at.ward.uid}
    return {"actor": at.office} | said, at.above


def telling():
    at = place()
    told = ready.told(at, ready.delivery(at), unclear=["Ai ký xác nhận?"], speakers=4)
    return {"actor": SYSTEM, "told": told}, at.secretary


def answering():
    at = place()
    one = ready.discussed(at, unclear=["Ai ký xác nhận?"])
    point = one.unclear_points.get()
    said = {"bucket": point.bucket, "source_uid": point.source_uid, "text": "Tổ trưởng ký."}
    return {"actor": SYSTEM} | said, at.secretary


def reporting():
    at = place()
    return {
        "actor": at.secretary, "delivery_uid": ready.discussed(at).uid, "text": "Đã giúp 1 hộ."
    }, at.member  # fmt: skip


def recounting():
    at = place()
    ready.delivery(at)
    CellLoad.objects.update(pages=99)
    return {"actor": SYSTEM}, UserFactory()


def kept_file():
    content = b"%PDF-1.7 a page"
    return Kept(STORE.keep(content), "pdf", len(content))


def attaching():
    at = place()
    said = {"directive_uid": ready.draft(at).uid, "title": "Bản ký", "file": kept_file()}
    return {"actor": at.office} | said, at.secretary


def removing():
    given, stranger = attaching()
    row = actions.attach_file(**given)
    return {"actor": given["actor"], "file_uid": row.uid}, stranger


CASES = {
    "attach_file": Case(attaching, SAME),
    "remove_file": Case(removing, ""),  # it is there no longer
    "start_draft": Case(starting, MORE),
    "change_draft": Case(by("office", "draft", title="Mới", text="Một\nHai"), SAME),
    "keep_version": Case(by("office", "draft", note="bản đầu"), DONE),
    "ask_comments": Case(
        by("office", "draft", unit_uids=lambda at: [at.cell.uid],
           due_on=lambda _at: clock.today() + timedelta(days=10)),
        DONE,
    ),
    "comment": Case(of_request(text="Nên nói rõ hơn"), SAME),
    "take_back_comment": Case(of_comment("office", "secretary"), ""),
    "finish_comments": Case(of_request(), SAME),
    "weigh_comment": Case(of_comment("above", "office", outcome="taken"), SAME),
    "submit_draft": Case(by("office", "regulation"), SAME),
    "take_back": Case(by("office", "submitted"), SAME),
    "note_decided": Case(
        by("program", "submitted", "head", decided=lambda _at: ready.decided()), SAME
    ),
    "drop_draft": Case(by("office", "draft", reason="Đã có văn bản khác"), SAME),
    "describe": Case(by("office", "draft", about=ready.ABOUT), DONE),
    "issue": Case(by("head", "described", "office", issued=lambda _at: ready.numbered()), DONE),
    "withdraw": Case(by("head", "issued", "office", reason="Trùng văn bản"), SAME),
    "prolong": Case(
        by("head", "issued", "office", due_on=lambda _at: ready.ABOUT.due_on + timedelta(days=9)),
        SAME,
    ),
    "note_review": Case(
        by("head", "issued", "office", reviewed_on=lambda _at: clock.today()), SAME
    ),
    "send": Case(sending, MORE),
    "deliver_batch": Case(delivering, DONE),
    "settle_batch": Case(settling, DONE),
    "remind": Case(reminding, SAME),
    "note_told": Case(telling, SAME),
    "note_answered": Case(answering, SAME),
    "report_back": Case(reporting, SAME),
    "rebuild_counts": Case(recounting, DONE),
}  # fmt: skip


def test_every_action_has_its_case():
    assert CASES.keys() == set(actions.__all__)


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", CASES)
def test_actions(name, promise, monkeypatch):
    check(promise, getattr(actions, name), CASES[name], monkeypatch)
