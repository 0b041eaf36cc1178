"""Every action on opinions, by the promises all actions make."""

import pytest

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import NotAllowed
from nenmong.core.keeping import STORE, Kept
from nenmong.core.models import AuditEntry
from nenmong.core.tests.contract import DONE, MORE, PROMISES, SAME, Case, check
from nenmong.core.tests.tables import changed, snapshot
from nenmong.opinions import actions
from nenmong.opinions.actions.raising import Noted
from nenmong.opinions.models import OpinionMonth
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.ready import evening
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
# The audit names the cell: see below, and of files `test_attached`.
OWN_WAY = {"raise_opinion", "take_elsewhere", "attach_file"}


def by(who, state, **said):
    """Come to an opinion in a state; `who` may do it, the other may not."""

    def come():
        at = ready.place()
        opinion = getattr(ready, state)(at)
        given = {name: value(at) if callable(value) else value for name, value in said.items()}
        actor = SYSTEM if who == "program" else getattr(at, who)
        stranger = at.member if who != "member" else at.clerk
        return {"actor": actor, "opinion_uid": opinion.uid} | given, stranger

    return come


def signing():
    at = ready.place()
    opinion = ready.accepted(at)
    ready.head_signs(at)
    answer = actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    return {"actor": at.head, "answer_uid": answer.uid}, at.clerk


def judging():
    at = ready.place()
    answer = ready.answered(at)
    return {"actor": SYSTEM, "answer_uid": answer.uid, "told": ready.told("solved")}, at.secretary


def coming_due():
    at = ready.place()
    answer = ready.answered(at, ready.WILL_DO)
    ready.judged(answer, "")
    type(answer.opinion).objects.filter(uid=answer.opinion_id).update(due_on=clock.today())
    return {"actor": SYSTEM, "opinion_uid": answer.opinion_id}, at.office


def nudging():
    at = ready.place()
    opinion = ready.sent(at)
    type(opinion).objects.filter(uid=opinion.uid).update(nudge_on=clock.today())
    return {"actor": SYSTEM, "opinion_uid": opinion.uid}, at.office


def opening():
    at = ready.place()
    noted = Noted("0000000000abc", at.cell.uid, "0000000000abd", clock.today(), "Mục", ready.TEXT)
    return {"actor": SYSTEM, "noted": noted}, at.secretary


def joining():
    at = ready.place()
    other = ready.place(at.ward)
    uids = [ready.sent(at).uid, ready.sent(other).uid]
    said = {"desk_uid": at.ward.uid, "opinion_uids": uids, "title": "Đèn đường"}
    return {"actor": at.office} | said, at.clerk


def adding():
    """To an issue that is there already, where a second call finds nothing to do."""
    said, stranger = joining()
    issue = actions.join(**said)
    more = ready.sent(ready.place(type(issue.unit).objects.get(uid=said["desk_uid"])))
    return said | {"opinion_uids": [more.uid], "issue_uid": issue.uid}, stranger


def parting():
    said, _stranger = joining()
    issue = actions.join(**said)
    stranger = UserFactory.holding("secretary", issue.unit)
    return {"actor": said["actor"], "opinion_uid": said["opinion_uids"][0]}, stranger


def renaming():
    said, stranger = joining()
    issue = actions.join(**said)
    return {"actor": said["actor"], "issue_uid": issue.uid, "title": "Đèn ngõ"}, stranger


def laying():
    """A file beside the draft of an answer."""
    at = ready.place()
    opinion = ready.accepted(at)
    actions.save_answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    file = Kept(STORE.keep(b"%PDF-1.7"), "pdf", 8)
    return {
        "actor": at.clerk, "opinion_uid": opinion.uid, "title": "Quyết định", "file": file
    }, at.member  # fmt: skip


def taking_off():
    said, stranger = laying()
    row = actions.attach_to_answer(**said)
    return {"actor": said["actor"], "file_uid": row.uid}, stranger


def set_desks():
    at = ready.place()
    said = {"unit_uid": at.desk.uid, "days": {"works": 10, "health": None}}
    return {"actor": at.office} | said, at.clerk


def adding_a_field():
    at = ready.place()
    board = UserFactory.holding("board", at.ward.parent)
    return {"actor": board, "name_vi": "Nước sạch", "code": "health"}, at.office


def recounting():
    at = ready.place()
    ready.sent(at)
    OpinionMonth.objects.update(sent=7)
    return {"actor": SYSTEM}, at.office


CASES = {
    "accept": Case(by("clerk", "on_desk"), SAME),
    "answer": Case(by("clerk", "accepted", draft=ready.DONE), "opinions.not_possible"),
    "ask": Case(by("clerk", "accepted", question="Ngõ 12 nào?"), "opinions.not_possible"),
    "attach_to_answer": Case(laying, SAME),
    "change_words": Case(by("secretary", "raised", text="Bảy đèn ngõ 12 hỏng."), SAME),
    "come_due": Case(coming_due, SAME),
    "forward": Case(
        by("office", "sent", desk_uid=lambda at: at.desk.uid, reason="Hạ tầng"),
        "opinions.same_desk",
    ),
    "give_back": Case(by("clerk", "on_desk", reason="Không phải việc ở đây"), "access.denied"),
    "join": Case(adding, SAME),
    "judge": Case(judging, SAME),
    "keep": Case(by("secretary", "raised"), SAME),
    "nudge": Case(nudging, SAME),
    "open_noted": Case(opening, SAME),
    "part": Case(parting, SAME),
    "read_raiser": Case(by("secretary", "raised"), MORE, keeps_answer=False),
    "rebuild_counts": Case(recounting, DONE),
    "remove_file": Case(taking_off, ""),  # it is there no longer
    "rename_issue": Case(renaming, SAME),
    "reopen": Case(by("secretary", "ended", reason="Đèn lại hỏng"), "opinions.not_possible"),
    "reply": Case(by("secretary", "asked", text="Ngõ 12 tổ 3"), "opinions.not_possible"),
    "save_answer": Case(by("clerk", "accepted", draft=ready.DONE), SAME),
    "send": Case(by("secretary", "raised"), SAME),
    "set_desk_fields": Case(set_desks, SAME),
    "set_field": Case(adding_a_field, SAME),
    "sign_answer": Case(signing, SAME),
    "sort": Case(by("office", "sent", kind="question", field="land"), SAME),
    "take_on": Case(by("clerk", "on_desk"), SAME),
    "withdraw": Case(by("secretary", "sent", reason="Đã xong rồi"), SAME),
}  # fmt: skip


def test_every_action_has_its_case():
    assert set(actions.__all__) == CASES.keys() | OWN_WAY


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", CASES)
def test_the_promises(name, promise, monkeypatch):
    check(promise, getattr(actions, name), CASES[name], monkeypatch)


# ── what names nobody ───────────────────────────────────────────────────────────────────────


def test_raising_is_audited_as_the_cell_and_done_once():
    at = ready.place()
    said = {"unit_uid": at.cell.uid, "text": ready.TEXT}
    first = actions.raise_opinion(actor=at.member, **said)
    entry = AuditEntry.objects.get(verb="opinions.raised")
    assert entry.actor_uid == at.cell.uid
    after = snapshot()
    assert actions.raise_opinion(actor=at.member, **said) == first
    assert actions.raise_opinion(actor=at.secretary, **said) == first
    assert changed(after) == set()


def test_what_is_taken_elsewhere_leaves_a_number():
    at = ready.place()
    for number, sort in enumerate(("complaint", "classified"), start=1):
        noted = actions.take_elsewhere(actor=at.member, unit_uid=at.cell.uid, sort=sort)
        assert (noted.number, noted.sort) == (number, sort)
    with clock.at(evening(clock.today().replace(year=2027))):
        assert actions.take_elsewhere(actor=at.member, unit_uid=at.cell.uid, sort=sort).number == 1
    entries = AuditEntry.objects.filter(verb="opinions.taken_elsewhere")
    assert set(entries.values_list("actor_uid", flat=True)) == {at.cell.uid}


@pytest.mark.parametrize("name", sorted(OWN_WAY - {"attach_file"}))
def test_only_its_own_people_raise_in_a_cell(name):
    at = ready.place()
    said = {"raise_opinion": {"text": ready.TEXT}, "take_elsewhere": {"sort": "complaint"}}[name]
    before = snapshot()
    for stranger in (at.office, at.clerk, UserFactory.holding("member", ready.place().cell)):
        before = snapshot()
        with pytest.raises(NotAllowed):
            getattr(actions, name)(actor=stranger, unit_uid=at.cell.uid, **said)
        assert changed(before) == set()
