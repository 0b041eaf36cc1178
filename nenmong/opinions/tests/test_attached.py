"""Files of opinions and answers: who brings, who sees, what goes up, and that nobody is named."""

import pytest
from django.urls import reverse

from nenmong.core import keeping
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.keeping import STORE, Kept
from nenmong.core.models import Answer as Given
from nenmong.core.models import AuditEntry
from nenmong.core.tests.tables import changed, snapshot
from nenmong.opinions import actions
from nenmong.opinions.actions.attaching import MOST_FILES
from nenmong.opinions.models import Answer, Opinion, OpinionFile
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.attaching import (
    PDF,
    attach,
    draft,
    kept,
    lay,
    of_member,
    page,
    sent_file,
    signed_in,
)
from nenmong.org.models import Following, PartyGroup
from nenmong.org.tests.factories import UserFactory
from nenmong.org.tests.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def at():
    return ready.place()


# ── who brings, and that nobody is named ────────────────────────────────────────────────────


def test_who_raised_it_and_the_secretary_attach_and_no_trace_says_who(at):
    opinion = of_member(at)
    for content, who in ((PDF, at.member), (PDF + b"\n", at.secretary)):
        attach(who, opinion, content)
    before = snapshot()
    assert attach(at.member, opinion) == attach(at.secretary, opinion)  # the same file
    assert changed(before) == set()
    entries = AuditEntry.objects.filter(verb="opinions.file_attached")
    assert [one.actor_uid for one in entries] == [at.cell.uid] * 2
    assert not Given.objects.exists()
    assert set(OpinionFile.objects.values_list("by_uid", flat=True)) == {None}


def test_another_member_a_desk_and_strangers_attach_nothing(at):
    opinion = of_member(at)
    others = [UserFactory.holding("member", at.cell), at.office, at.clerk, ready.place().secretary]
    for who in others:
        before = snapshot()
        with pytest.raises(NotAllowed):
            attach(who, opinion)
        assert changed(before) == set()
    url = reverse("opinions:attach_file", args=[opinion.uid])
    statuses = [signed_in(who).post(url, {"file": sent_file()}).status_code for who in others]
    assert statuses == [403, 404, 404, 404]
    assert not list(STORE.root.rglob("*.part"))


def test_files_come_with_the_words_and_the_same_words_twice_bring_them_once(at):
    said = {"actor": at.member, "unit_uid": at.cell.uid, "text": ready.TEXT}
    first = actions.raise_opinion(files=[page(1), page(2)], **said)
    after = snapshot()
    assert actions.raise_opinion(files=[page(1), page(2)], **said) == first
    assert changed(after) == set()
    actions.raise_opinion(files=[page(3)], **said)
    assert first.files.count() == 3
    assert set(AuditEntry.objects.values_list("actor_uid", flat=True)) == {at.cell.uid}
    with pytest.raises(DomainError, match="too_many"):
        actions.raise_opinion(
            files=[page(n) for n in range(MOST_FILES + 1)], **said | {"text": f"{ready.TEXT} 2"}
        )
    assert Opinion.objects.count() == 1


def test_a_follower_brings_what_a_member_of_the_group_shows(at):
    group = PartyGroup.objects.create(
        bucket=at.cell.bucket, unit=at.cell, name="Tổ", first_day="2026-01-01"
    )
    member = at.member.members.get()
    member.memberships.update(group_uid=group.uid)
    follower = UserFactory.holding("member", ready.place(at.ward).cell)
    Following.objects.create(
        bucket=at.cell.bucket, member=follower.members.get(), unit=at.cell, tier="group",
        group_uid=group.uid, first_day="2026-01-01",
    )  # fmt: skip
    answer = signed_in(follower).post(
        reverse("opinions:raise", args=[at.cell.uid]),
        {"text": ready.TEXT, "member": member.uid, "kind": "proposal", "file": [sent_file()]},
    )
    assert answer.status_code == 302
    opinion = Opinion.objects.get()
    assert opinion.files.get().title == "Ảnh ngõ 12"
    attach(at.member, opinion, PDF + b"\n")  # whose it is may go on
    with pytest.raises(NotAllowed):
        attach(follower, opinion, PDF + b"\n\n")


def test_how_many_and_when(at):
    opinion = of_member(at)
    for number in range(MOST_FILES):
        attach(at.member, opinion, PDF + b"\n" * number)
    with pytest.raises(DomainError, match="too_many"):
        attach(at.member, opinion, b"%PDF-1.7 one more")
    with pytest.raises(DomainError, match="no_title"):
        actions.attach_file(
            actor=at.secretary, opinion_uid=ready.raised(at, f"{ready.TEXT} 2").uid, title=" ",
            file=kept(),
        )  # fmt: skip
    with pytest.raises(DomainError, match="not_whole"):
        actions.attach_file(
            actor=at.secretary, opinion_uid=ready.raised(at, f"{ready.TEXT} 3").uid, title="x",
            file=Kept("0" * 64, "pdf", 5),
        )  # fmt: skip
    gone = ready.sent(at, f"{ready.TEXT} 4")
    with pytest.raises(DomainError, match="not_with_cell"):
        attach(at.secretary, gone)


# ── what goes up ────────────────────────────────────────────────────────────────────────────


def test_files_are_the_cell_s_until_they_were_looked_at_and_sent(at):
    opinion = of_member(at)
    row = attach(at.member, opinion)
    # Said in a meeting its words are known above before it is sent; what shows it is not.
    Opinion.objects.update(way=Opinion.Way.MEETING)
    url = reverse("opinions:file", args=[row.uid])
    people = (at.member, at.secretary, at.office, at.clerk, ready.place().office)

    def seen():
        return [signed_in(who).get(url).status_code for who in people]

    assert seen() == [200, 200, 404, 404, 404]
    shown = reverse("opinions:opinion", args=[opinion.uid])
    assert row.title not in signed_in(at.office).get(shown).content.decode()
    assert Program(at.office).get(f"/opinions/{opinion.uid}").json()["files"] == []
    with pytest.raises(DomainError, match="files_not_looked_at"):
        actions.send(actor=at.secretary, opinion_uid=opinion.uid)
    assert seen()[2] == 404
    actions.send(actor=at.secretary, opinion_uid=opinion.uid, looked=True)
    assert seen() == [200, 200, 200, 404, 404]
    assert row.title in signed_in(at.office).get(shown).content.decode()
    actions.forward(actor=at.office, opinion_uid=opinion.uid, desk_uid=at.desk.uid, reason="Điện")
    assert seen() == [200, 200, 200, 200, 404]
    with pytest.raises(DomainError, match="file_stays"):
        actions.remove_file(actor=at.secretary, file_uid=row.uid)


def test_the_one_press_leads_to_where_files_are_looked_at(at):
    opinion = ready.raised(at)
    attach(at.secretary, opinion)
    client = signed_in(at.secretary)
    answer = client.post(reverse("opinions:decide", args=[opinion.uid]), {"do": "send"})
    assert answer["Location"] == reverse("opinions:opinion", args=[opinion.uid])
    page = client.get(answer["Location"]).content.decode()
    assert 'name="looked"' in page
    send = reverse("opinions:send", args=[opinion.uid])
    assert client.post(send, {"seen": opinion.version}).status_code == 422
    assert client.post(send, {"seen": opinion.version, "looked": "1"}).status_code == 302


def test_a_name_in_the_title_of_a_file_is_told_before_it_goes(at):
    opinion = ready.raised(at)
    name = at.member.members.get().full_name
    actions.attach_file(
        actor=at.secretary, opinion_uid=opinion.uid, title=f"Đơn {name}", file=kept()
    )
    with pytest.raises(DomainError, match="gives_away") as refused:
        actions.send(actor=at.secretary, opinion_uid=opinion.uid)
    assert name in str(refused.value.message)


def test_asked_for_more_the_secretary_shows_what_was_looked_at(at):
    opinion = ready.asked(at)
    with pytest.raises(DomainError, match="not_looked_at"):
        attach(at.secretary, opinion)
    row = attach(at.secretary, opinion, looked=True)
    assert row.beyond
    assert signed_in(at.clerk).get(reverse("opinions:file", args=[row.uid])).status_code == 200


def test_taken_off_before_it_is_sent_and_swept_later(at):
    opinion = of_member(at)
    row = attach(at.secretary, opinion)
    assert row.sha256 in set(keeping.named())
    other = UserFactory.holding("member", at.cell)
    url = reverse("opinions:remove_file", args=[row.uid])
    assert [signed_in(who).post(url).status_code for who in (other, at.office)] == [403, 404]
    assert signed_in(at.member).post(url).status_code == 302
    assert not OpinionFile.objects.exists()
    assert STORE.holds(row.sha256)  # a backup may be under way
    assert row.sha256 not in set(keeping.named())
    assert AuditEntry.objects.get(verb="opinions.file_removed").actor_uid == at.cell.uid


# ── beside an answer ────────────────────────────────────────────────────────────────────────


def test_a_file_beside_an_answer_is_seen_as_the_answer_is(at):
    opinion = ready.accepted(at)
    with pytest.raises(DomainError, match="no_draft"):
        lay(at, opinion)
    draft(at, opinion)
    row = lay(at, opinion)
    assert row.by_uid == at.clerk.uid
    url = reverse("opinions:file", args=[row.uid])
    people = (at.clerk, at.head, at.office, at.secretary, at.member, ready.place().clerk)
    assert [signed_in(who).get(url).status_code for who in people] == [
        200, 200, 404, 404, 404, 404,
    ]  # fmt: skip
    told = Program(at.secretary).get(f"/opinions/{opinion.uid}").json()
    assert (told["answers"], told["draft"]) == ([], None)
    actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    assert [signed_in(who).get(url).status_code for who in people] == [200] * 5 + [404]
    told = Program(at.secretary).get(f"/opinions/{opinion.uid}").json()
    assert [one["title"] for one in told["answers"][0]["files"]] == ["Quyết định"]
    assert told["files"] == []
    with pytest.raises((DomainError, NotAllowed)):
        actions.remove_file(actor=at.clerk, file_uid=row.uid)
    with pytest.raises(DomainError, match="not_possible"):
        lay(at, opinion, PDF + b"\n")


def test_what_the_head_was_to_sign_changes_with_its_files(at):
    ready.head_signs(at)
    opinion = ready.accepted(at)
    said = {"actor": at.clerk, "opinion_uid": opinion.uid, "draft": ready.DONE}
    answer = actions.answer(**said)
    row = lay(at, opinion)
    with pytest.raises(DomainError, match="not_to_sign"):
        actions.sign_answer(actor=at.head, answer_uid=answer.uid)
    actions.answer(**said)
    actions.remove_file(actor=at.clerk, file_uid=row.uid)
    answer.refresh_from_db()
    assert answer.state == Answer.State.DRAFT


def test_one_answer_to_an_issue_brings_its_files_to_each_cell(at):
    others = [ready.place(at.ward) for _ in range(2)]
    opinions = [ready.sent(one, f"{ready.TEXT} {n}") for n, one in enumerate([at, *others])]
    uids = [one.uid for one in opinions]
    actions.join(actor=at.office, desk_uid=at.ward.uid, opinion_uids=uids, title="Đèn")
    actions.forward(actor=at.office, opinion_uid=uids[0], desk_uid=at.desk.uid, reason="Điện")
    actions.accept(actor=at.clerk, opinion_uid=uids[0])
    draft(at, opinions[0])
    lay(at, opinions[0])
    actions.answer(actor=at.clerk, opinion_uid=uids[0], draft=ready.DONE)
    files = list(OpinionFile.objects.all())
    assert {row.opinion_id for row in files} == set(uids)
    assert len({row.answer_uid for row in files}) == 3
    assert all(row.bucket == row.opinion.bucket for row in files)
    mine = next(row for row in files if row.opinion_id == uids[1])
    url = reverse("opinions:file", args=[mine.uid])
    assert signed_in(others[0].secretary).get(url).status_code == 200
    assert signed_in(others[1].secretary).get(url).status_code == 404
