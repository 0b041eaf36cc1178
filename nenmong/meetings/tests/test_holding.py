"""Holding a meeting: the roll, items, texts, votes, what is said, tasks."""

from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.errors import BothEdited, DomainError
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Meeting, NameEntry, Task, Vote
from nenmong.meetings.tests import journey
from nenmong.org.models import Membership, Post
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)


@pytest.fixture
def here():
    """A meeting in session, its secretary, and the roll."""
    unit, secretary, _scribe = journey.cell(6)
    MemberFactory.of(unit, status="probationary", full_name="Đỗ Dự")
    MemberFactory.of(unit, status="exempt", full_name="Lê Lão")
    meeting = journey.opened(unit, secretary)
    return meeting, secretary, {row.name: row for row in meeting.attendances.all()}


def refused(code, action, **said):
    with pytest.raises(DomainError) as refusal:
        action(**said)
    assert refusal.value.code == code


def call(here, **by_name):
    meeting, secretary, roll = here
    called = {roll[name.replace("_", " ")].member_uid: how for name, how in by_name.items()}
    return actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=called)


# ── opening and the roll ────────────────────────────────────────────────────────────────────


def test_at_the_opening_all_who_are_due_stand_as_present(here):
    meeting, _secretary, roll = here
    assert (meeting.total, meeting.due, meeting.present) == (8, 7, 7)
    assert meeting.official_present == 6
    assert roll["Lê Lão"].status == "exempt"
    assert meeting.held_on == DAY
    assert (meeting.chair_name, meeting.chair_post) == ("Nguyễn Văn Hùng", "Bí thư")
    assert meeting.secretary_name == "Lê Thị Nhung"
    assert meeting.items.first().state == "now"


def test_without_members_there_is_no_meeting():
    unit = UnitFactory()
    user = UserFactory.holding("secretary", unit)
    Membership.objects.all().delete()
    meeting = journey.planned(unit, user)
    refused("meetings.empty_roll", actions.open_meeting, actor=user, meeting_uid=meeting.uid)


def test_who_chairs_is_on_the_roll():
    unit, secretary, _scribe = journey.cell(4)
    meeting = journey.planned(unit, secretary)
    stranger = MemberFactory()
    for officer in ("chair_uid", "secretary_uid"):
        refused(
            "meetings.not_on_the_roll", actions.open_meeting, actor=secretary,
            meeting_uid=meeting.uid, **{officer: stranger.uid},
        )  # fmt: skip


def test_officers_can_be_named_where_nobody_holds_the_post():
    unit, secretary, scribe = journey.cell(4)
    meeting = journey.planned(unit, secretary)
    Post.objects.filter(role="secretary").update(role="scorer", title="Phó bí thư")
    with clock.at(journey.evening(date(2026, 10, 3))):
        meeting = actions.open_meeting(actor=scribe, meeting_uid=meeting.uid)
    assert not meeting.chair_uid
    chair = secretary.members.get().uid
    said = {"meeting_uid": meeting.uid, "secretary_uid": scribe.members.get().uid}
    refused("meetings.not_on_the_roll", actions.name_officers, actor=scribe, chair_uid="", **said)
    meeting = actions.name_officers(actor=scribe, chair_uid=chair, **said)
    assert (meeting.chair_name, meeting.chair_post) == ("Nguyễn Văn Hùng", "Phó bí thư")


def test_the_deputy_presides_where_there_is_no_secretary():
    unit, secretary, _scribe = journey.cell(4)
    Post.objects.filter(role="secretary").update(role="deputy", title="Phó bí thư")
    meeting = journey.opened(unit, secretary)
    assert (meeting.chair_name, meeting.chair_post) == ("Nguyễn Văn Hùng", "Phó bí thư")


@pytest.mark.parametrize("members", [30, 90])
def test_a_roll_is_saved_in_a_constant_number_of_queries(members, django_assert_num_queries):
    unit, secretary, _scribe = journey.cell(members)
    meeting = journey.opened(unit, secretary)
    uids = list(meeting.attendances.values_list("member_uid", flat=True))
    called = {uid: Called("excused", f"Lý do {n}") for n, uid in enumerate(uids)}
    # Rights, savepoint and its release, meeting, roll, who has spoken, rows, counters, audit.
    with django_assert_num_queries(9):
        actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=called)
    meeting.refresh_from_db()
    assert (meeting.present, meeting.excused) == (0, members)


def test_a_roll_is_noted_name_by_name(here):
    meeting = call(
        here, Lê_Thị_Nhung=Called("late", "Đón con"), Đỗ_Dự=Called("excused", "  Ốm \n"),
        Lê_Lão=Called("exempt_present", "khỏe"),
    )  # fmt: skip
    assert (meeting.present, meeting.excused, meeting.late) == (6, 1, 1)
    assert meeting.official_present == 7  # the exempt member who came may vote
    rows = dict(meeting.attendances.values_list("name", "reason"))
    assert (rows["Đỗ Dự"], rows["Lê Thị Nhung"], rows["Lê Lão"]) == ("Ốm", "Đón con", "")


@pytest.mark.parametrize(
    ("name", "called", "code"),
    [
        ("Đỗ_Dự", Called("asleep"), "meetings.unknown_status"),
        ("Đỗ_Dự", Called("exempt"), "meetings.unknown_status"),
        ("Lê_Lão", Called("present"), "meetings.unknown_status"),
        ("Đỗ_Dự", Called("excused", "x" * 201), "core.too_long"),
    ],
)
def test_what_cannot_be_noted_is_refused_and_nothing_is_written(here, name, called, code):
    with pytest.raises(DomainError, match=f"^{code}$"):
        call(here, Lê_Thị_Nhung=Called("late"), **{name: called})
    assert set(here[0].attendances.values_list("status", flat=True)) == {"present", "exempt"}


def test_a_stranger_is_not_noted(here):
    meeting, secretary, _roll = here
    called = {"0" * 13: Called("present")}
    refused(
        "meetings.not_on_the_roll", actions.record_roll, actor=secretary,
        meeting_uid=meeting.uid, called=called,
    )  # fmt: skip
    before = AuditEntry.objects.count()
    actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called={})
    assert AuditEntry.objects.count() == before


def test_a_refreshed_roll_keeps_what_was_noted_and_who_has_spoken(here):
    meeting, secretary, roll = here
    call(here, Lê_Thị_Nhung=Called("late", "Đón con"))
    actions.add_speech(
        actor=secretary, item_uid=meeting.items.first().uid, text="Nhất trí",
        member_uid=roll["Đỗ Dự"].member_uid,
    )  # fmt: skip
    gone = [roll["Đỗ Dự"].member_uid, roll["Lê Lão"].member_uid]
    Membership.objects.filter(member__in=gone).update(last_day=DAY - timedelta(days=1))
    MemberFactory.of(meeting.unit, full_name="Hà Mới", first_day=DAY)
    nhung = roll["Lê Thị Nhung"].member_uid
    Membership.objects.filter(member=nhung).update(status="exempt")
    meeting = actions.refresh_roll(actor=secretary, meeting_uid=meeting.uid)
    rows = dict(meeting.attendances.values_list("name", "status"))
    assert rows["Hà Mới"] == "present"
    assert rows["Đỗ Dự"] == "present"  # no longer on the roll, but has spoken
    assert rows["Lê Thị Nhung"] == "exempt"  # cannot be late any more
    assert "Lê Lão" not in rows
    assert meeting.total == len(rows) == 8


# ── texts ───────────────────────────────────────────────────────────────────────────────────


def write(here, was, text, field="summary", **said):
    meeting, secretary, _roll = here
    if field in {"summary", "conclusion"}:
        said.setdefault("item_uid", meeting.items.first().uid)
    return actions.write_text(
        actor=secretary, meeting_uid=meeting.uid, field=field, was=was, text=text, **said
    )


def test_two_people_on_one_text_see_both_and_nothing_is_lost(here):
    write(here, "", "Của tôi")
    with pytest.raises(BothEdited) as both:
        write(here, "", "Của anh")
    assert (both.value.theirs, both.value.mine) == ("Của tôi", "Của anh")
    assert here[0].items.first().summary == "Của tôi"
    write(here, "Của tôi", "Của tôi\n\nCủa anh")  # a person has chosen
    assert here[0].items.first().summary == "Của tôi\n\nCủa anh"


def test_two_people_on_two_texts_disturb_nobody(here):
    write(here, "", "Một", "summary")
    write(here, "", "Hai", "conclusion")
    write(here, "", "Ba", "directions")
    item, meeting = here[0].items.first(), Meeting.objects.get()
    assert (item.summary, item.conclusion, meeting.directions) == ("Một", "Hai", "Ba")


def test_the_same_text_sent_twice_is_no_quarrel(here):
    write(here, "", "Một")
    write(here, "", " Một \r\n")
    assert AuditEntry.objects.filter(verb="meetings.text_written").count() == 1


@pytest.mark.parametrize(
    ("field", "most"),
    [("summary", 8000), ("conclusion", 8000), ("directions", 4000), ("guests", 1000)],
)
def test_a_text_has_room_and_an_end(here, field, most):
    write(here, "", "ư" * most, field)
    refused_by = {"was": "ư" * most, "text": "ư" * (most + 1), "field": field}
    with pytest.raises(DomainError, match=r"core\.too_long"):
        write(here, **refused_by)


@pytest.mark.parametrize("field", ["title", "status", "", "chair_name", "__class__"])
def test_other_columns_are_no_texts(here, field):
    for item_uid in ("", here[0].items.first().uid):
        with pytest.raises(DomainError, match=r"meetings\.unknown_text"):
            write(here, "", "x", field, item_uid=item_uid)


def test_an_item_of_another_meeting_is_not_written_from_here(here):
    unit, secretary, _scribe = journey.cell(3)
    strange = journey.opened(unit, secretary).items.first()
    with pytest.raises(type(strange).DoesNotExist):
        write(here, "", "x", item_uid=strange.uid)


# ── votes ───────────────────────────────────────────────────────────────────────────────────


def vote(here, agreed, against=0, other=0, about="resolution", **said):
    return actions.record_vote(
        actor=here[1], meeting_uid=here[0].uid, about=about, agreed=agreed, against=against,
        other=other, **said,
    )  # fmt: skip


@pytest.mark.parametrize(("agreed", "passed"), [(6, True), (4, True), (3, False), (0, False)])
def test_more_than_half_of_the_official_members_present_passes(here, agreed, passed):
    recorded = vote(here, agreed, 6 - agreed)
    assert (recorded.passed, recorded.base) == (passed, 6)


@pytest.mark.parametrize("tally", [(7, 0, 0), (5, 0, 0), (-1, 7, 0), (0, 0, 0), (10**30, 0, 0)])
def test_a_tally_that_does_not_add_up_is_refused(here, tally):
    with pytest.raises(DomainError, match=r"meetings\.tally"):
        vote(here, *tally)
    assert not Vote.objects.exists()


def test_a_second_tally_takes_the_first_one_s_place(here):
    first = vote(here, 6, question="Nghị quyết")
    second = vote(here, 4, 2, question="Cũng nghị quyết ấy")
    assert (first, second.agreed) == (second, 4)
    assert Vote.objects.count() == 1


def test_questions_of_an_item_have_votes_of_their_own(here):
    item = here[0].items.first().uid
    for question in ("Quỹ", "Ngõ 8", " Quỹ "):
        vote(here, 6, about="item", item_uid=item, question=question)
    assert list(Vote.objects.values_list("question", flat=True)) == ["Quỹ", "Ngõ 8"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"about": "weather"}, "meetings.unknown_vote"), ({"about": ""}, "meetings.unknown_vote"),
        ({"about": "item", "question": " "}, "meetings.no_question"),
        ({"about": "item", "question": "x" * 501}, "core.too_long"),
    ],
)  # fmt: skip
def test_a_vote_on_nothing_is_refused(here, said, code):
    with pytest.raises(DomainError, match=f"^{code}$"):
        vote(here, 6, item_uid=here[0].items.first().uid, **said)


# ── what is said ────────────────────────────────────────────────────────────────────────────


def say(here, name="", text="Nhất trí", guest="", action=actions.add_speech, **said):
    meeting, secretary, roll = here
    if action is actions.add_speech:
        said["guest"] = guest
    return action(
        actor=secretary, item_uid=meeting.items.first().uid, text=text,
        member_uid=roll[name].member_uid if name else "", **said,
    )  # fmt: skip


def speakers(here):
    return Meeting.objects.get(uid=here[0].uid).speakers


def test_speakers_are_different_members_chair_and_guests_left_out(here):
    call(here, Lê_Lão=Called("exempt_present"))
    say(here, "Nguyễn Văn Hùng")  # chairs
    say(here, guest="Ông Tổ trưởng")
    assert speakers(here) == 0
    first = say(here, "Đỗ Dự")
    say(here, "Đỗ Dự", action=actions.note_opinion)
    say(here, "Lê Lão", action=actions.note_opinion)
    assert speakers(here) == 2
    mend = {"actor": here[1], "kind": "speech", "line_uid": first.uid}
    actions.change_line(text="Nhất trí", guest="Khách", **mend)
    assert speakers(here) == 2  # an opinion of theirs still stands
    actions.name_officers(
        actor=here[1], meeting_uid=here[0].uid, chair_uid=here[2]["Lê Lão"].member_uid,
        secretary_uid=here[2]["Đỗ Dự"].member_uid,
    )  # fmt: skip
    assert speakers(here) == 2  # the new chair is not counted, the old one is
    actions.remove_line(**mend)
    assert NameEntry.objects.count() == 4


def test_an_opinion_needs_no_name_and_a_speech_does(here):
    say(here, action=actions.note_opinion)
    with pytest.raises(DomainError, match=r"meetings\.no_speaker"):
        say(here)
    meeting = Meeting.objects.get()
    assert (meeting.opinions, meeting.speakers) == (1, 0)
    assert not NameEntry.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [({"text": " "}, "meetings.nothing_said"), ({"text": "x" * 1001}, "core.too_long")],
)
@pytest.mark.parametrize("action", [actions.add_speech, actions.note_opinion])
def test_a_line_that_is_not_right_is_refused(here, action, said, code):
    with pytest.raises(DomainError, match=f"^{code}$"):
        say(here, "Đỗ Dự", action=action, **said)
    assert Meeting.objects.get().opinions == speakers(here) == 0


def test_a_stranger_does_not_speak_by_name(here):
    with pytest.raises(DomainError, match=r"meetings\.not_on_the_roll"):
        actions.add_speech(
            actor=here[1], item_uid=here[0].items.first().uid, text="x",
            member_uid=MemberFactory().uid,
        )  # fmt: skip
    with pytest.raises(DomainError, match=r"core\.too_long"):
        say(here, guest="x" * 121)


@pytest.mark.parametrize("action", [actions.change_line, actions.remove_line])
def test_there_are_two_kinds_of_lines(here, action):
    said = {"text": "x"} if action is actions.change_line else {}
    with pytest.raises(DomainError, match=r"meetings\.unknown_text"):
        action(actor=here[1], kind="rumour", line_uid="0" * 13, **said)


# ── tasks ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": ""}, "meetings.no_task"), ({"title": "x" * 301}, "core.too_long"),
        ({"due_on": None}, "meetings.no_deadline"),
        ({"due_on": DAY - timedelta(days=1)}, "meetings.deadline_passed"),
        ({"owner": " "}, "meetings.no_owner"), ({"owner": "x" * 121}, "core.too_long"),
        ({"owner_uid": "0" * 13}, "meetings.not_on_the_roll"),
    ],
)  # fmt: skip
def test_a_task_says_what_who_and_by_when(here, said, code):
    meeting, secretary, _roll = here
    given = {"title": "Dỡ mái vẩy", "due_on": DAY, "owner": "Chi ủy"} | said
    refused(code, actions.assign_task, actor=secretary, item_uid=meeting.items.first().uid, **given)
    assert not Task.objects.exists()


def test_a_task_is_a_member_s_or_somebody_s_in_words(here):
    meeting, secretary, roll = here
    said = {"actor": secretary, "item_uid": meeting.items.first().uid, "title": "x", "due_on": DAY}
    named = actions.assign_task(owner_uid=roll["Đỗ Dự"].member_uid, owner="ai đó", **said)
    actions.assign_task(owner="Chi đoàn", **said)
    assert named.owner == "Đỗ Dự"
    assert Meeting.objects.get().tasks == 2


# ── items ───────────────────────────────────────────────────────────────────────────────────


def test_one_item_is_under_discussion_at_a_time(here):
    meeting, secretary, _roll = here
    for item in meeting.items.all():
        with clock.at(journey.evening(DAY, 5 * item.position)):
            actions.go_to_item(actor=secretary, item_uid=item.uid)
        states = list(meeting.items.values_list("state", flat=True))
        assert states.count("now") == 1
    assert states == ["done"] * 5 + ["now"]
    work = queries.work.item_work(meeting, item.uid)
    assert (work.number, work.following, work.previous.step) == (6, None, "criticism")
