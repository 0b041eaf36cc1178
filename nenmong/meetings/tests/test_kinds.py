"""Each kind of meeting: who holds it, its roll, by which rules it decides, who sees it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.voting import Ballots, base_of
from nenmong.meetings.models import AgendaItem, Meeting, PlannedTopic, YearPlan
from nenmong.meetings.rules import kinds
from nenmong.meetings.tests import journey
from nenmong.org.models import Post
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UserFactory, WardFactory
from nenmong.rulebook import queries as rulebook

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 3)
EVENING = journey.evening(date(2026, 10, 20))


@pytest.fixture(autouse=True)
def _before():
    with clock.at(journey.evening(date(2026, 9, 28))):
        yield


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(6)
    return unit, secretary


def plan(here, kind, **said):
    unit, secretary = here
    said = {"starts_at": EVENING, "subject": "Chuyển đổi số"} | said
    with override("en"):
        return actions.plan_meeting(actor=secretary, unit_uid=unit.uid, kind=kind, **said)


def opened(actor, meeting):
    Meeting.objects.filter(uid=meeting.uid).update(place="Nhà văn hóa")
    with clock.at(meeting.starts_at):
        return actions.open_meeting(actor=actor, meeting_uid=meeting.uid)


def seat(unit, role="committee_member"):
    user = UserFactory.holding("member", unit)
    Post.objects.create(
        bucket=unit.bucket,
        member=user.members.get(),
        unit=unit,
        role=role,
        title="Ủy viên",
        first_day=LONG_AGO,
    )
    return user


def test_every_kind_has_its_order_in_the_rulebook():
    for kind in kinds.KINDS.values():
        steps = rulebook.value(kind.steps, OCTOBER)
        assert steps[0]["step"] == "opening"
        assert steps[-1]["step"] == "closing"
        for key in (kind.length, kind.bar, kind.quorum, kind.majority):
            assert key is None or rulebook.rule(key, OCTOBER).quote["vi"]


@pytest.mark.parametrize("kind", kinds.OF_A_CELL)
def test_a_cell_plans_each_of_its_kinds_once(here, kind):
    month = OCTOBER if kinds.of(kind).monthly else None
    first, again = plan(here, kind, month=month), plan(here, kind, month=month)
    assert first == again
    steps = rulebook.value(kinds.of(kind).steps, first.fixed_day)
    assert [item.step for item in first.items.all()] == [step["step"] for step in steps]
    if not kinds.of(kind).monthly:
        assert first.starts_at == EVENING


def test_a_month_has_one_regular_meeting_with_a_thematic_part_or_without(here):
    first = plan(here, "regular_thematic", month=OCTOBER)
    assert (first.kind, first.subject) == ("regular_thematic", "Chuyển đổi số")
    assert plan(here, "regular", month=OCTOBER) == first
    titles = [item.title for item in first.items.all() if item.step == "thematic"]
    assert titles == ["Thematic part: Chuyển đổi số"]
    assert plan(here, "thematic", starts_at=journey.evening(OCTOBER)) != first


@pytest.mark.parametrize("kind", ["thematic", "extraordinary"])
def test_what_is_called_for_something_says_for_what(here, kind):
    with pytest.raises(DomainError, match=r"^meetings\.no_subject$"):
        plan(here, kind, subject=" ")
    with pytest.raises(DomainError, match=r"^core\.no_day$"):
        plan(here, kind, starts_at=None)


def test_the_cell_committee_meets_the_day_before_its_cell(here):
    regular = plan(here, "regular", month=OCTOBER)
    meeting = plan(here, "cell_committee", starts_at=None)
    assert (regular.starts_at - meeting.starts_at).days == 1


def test_the_topic_of_the_year_makes_the_month_s_meeting_thematic(here):
    unit, _secretary = here
    year = YearPlan.objects.create(bucket=unit.bucket, unit=unit, year=2026, changed_at=clock.now())
    topic = PlannedTopic.objects.create(
        bucket=unit.bucket, plan=year, month=date(2026, 10, 1), title="Giữ gìn bờ xôi ruộng mật"
    )
    meeting = plan(here, "", month=OCTOBER, subject="")
    assert (meeting.kind, meeting.subject) == ("regular_thematic", topic.title)
    topic.refresh_from_db()
    assert topic.meeting_uid == meeting.uid


def test_a_thematic_part_is_given_and_taken(here):
    _unit, secretary = here
    meeting = plan(here, "regular", month=OCTOBER)
    before = [item.step for item in meeting.items.all()]
    say = {"actor": secretary, "meeting_uid": meeting.uid}
    meeting = actions.set_thematic(subject="Một", **say)
    meeting = actions.set_thematic(subject="Hai", **say)
    parts = [item for item in meeting.items.all() if item.step == "thematic"]
    assert [part.title.partition(": ")[2] for part in parts] == ["Hai"]
    positions = [item.position for item in meeting.items.all()]
    assert positions == list(range(1, len(before) + 2))
    meeting = actions.set_thematic(subject="", **say)
    assert meeting.kind == "regular"
    assert [item.step for item in meeting.items.all()] == before
    thematic = plan(here, "thematic")
    with pytest.raises(DomainError, match=r"^meetings\.not_its_kind$"):
        actions.set_thematic(actor=secretary, meeting_uid=thematic.uid, subject="x")


def test_what_waits_comes_before_the_regular_meeting_only(here):
    unit, secretary = here
    actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
    assert not plan(here, "extraordinary").items.filter(step="topic").exists()
    assert plan(here, "regular", month=OCTOBER).items.filter(step="topic").exists()


# ── rolls ───────────────────────────────────────────────────────────────────────────────────


def test_the_roll_of_a_cell_committee_is_who_sits_on_it(here):
    unit, secretary = here
    other = seat(unit)
    meeting = opened(secretary, plan(here, "cell_committee"))
    on = set(meeting.attendances.values_list("member_uid", flat=True))
    assert on == {secretary.members.get().uid, other.members.get().uid}
    assert (meeting.due, meeting.total) == (2, 2)
    assert meeting.chair_uid == secretary.members.get().uid


def test_a_committee_holds_its_own_meeting():
    ward = WardFactory()
    head, office = UserFactory.holding("head", ward), UserFactory.holding("office", ward)
    members = [UserFactory.holding("committee_member", ward) for _ in range(3)]
    meeting = actions.plan_meeting(actor=office, unit_uid=ward.uid, starts_at=EVENING)
    assert meeting.kind == "committee"
    meeting = opened(office, meeting)
    assert (meeting.total, meeting.chair_uid) == (4, head.members.get().uid)
    seen = [who for who in (*members, head, office) if Meeting.objects.visible_to(who).exists()]
    assert len(seen) == 5


def test_pages_of_a_committee_do_not_speak_of_a_cell(client):
    ward = WardFactory()
    UserFactory.holding("head", ward)
    office, member = (UserFactory.holding(role, ward) for role in ("office", "committee_member"))
    meeting = actions.plan_meeting(actor=office, unit_uid=ward.uid, starts_at=EVENING)

    def read(who, name):
        client.force_login(who)
        return client.get(reverse(f"meetings:{name}", args=[meeting.uid])).content.decode()

    assert "<h1>Họp cấp ủy, tháng 10</h1>" in read(member, "detail")
    opened(office, meeting)
    assert " Họp cấp ủy, 20/10<" in read(office, "roll")
    closing = read(office, "close")
    assert "<h1>Kết thúc buổi họp</h1>" in closing
    assert "Đảng viên chính thức" not in closing


def test_party_groups_stand_on_the_roll(here):
    unit, secretary = here
    group = unit.groups.create(bucket=unit.bucket, name="Tổ đảng 2", first_day=LONG_AGO)
    member = MemberFactory.of(unit)
    member.memberships.update(group_uid=group.uid)
    meeting = opened(secretary, plan(here, "regular", month=OCTOBER))
    groups = dict(meeting.attendances.values_list("member_uid", "group"))
    assert groups.pop(member.uid) == "Tổ đảng 2"
    assert set(groups.values()) == {""}


# ── who sees what ───────────────────────────────────────────────────────────────────────────


def test_what_a_cell_committee_says_is_not_every_member_s(here):
    unit, secretary = here
    meeting = plan(here, "cell_committee")
    sees = {
        "secretary": True, "deputy": True, "scribe": True, "committee_member": True,
        "member": False, "scorer": False, "visitor": False, "reader": False,
    }  # fmt: skip
    for role, seen in sees.items():
        user = UserFactory.holding(role, unit)
        assert Meeting.objects.visible_to(user).filter(uid=meeting.uid).exists() == seen, role
    office = UserFactory.holding("office", unit.parent)
    assert Meeting.objects.visible_to(office).filter(uid=meeting.uid).exists()
    assert Meeting.objects.visible_to(secretary).filter(uid=meeting.uid).exists()


# ── votes ───────────────────────────────────────────────────────────────────────────────────


def voted(secretary, meeting, agreed, **said):
    base = meeting.official_present
    return actions.record_vote(
        actor=secretary, meeting_uid=meeting.uid, about="item", question="Đồng ý?",
        agreed=agreed, against=base - agreed, other=0, **said,
    )  # fmt: skip


def test_a_member_is_admitted_by_two_thirds_of_all_official_members(here):
    _unit, secretary = here
    meeting = opened(secretary, plan(here, "regular", month=OCTOBER))
    item = meeting.items.get(step="discussion")
    absent = list(meeting.attendances.exclude(member_uid=meeting.chair_uid))[:2]
    called = {row.member_uid: actions.holding.Called("excused", "Ốm") for row in absent}
    meeting = actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=called)
    assert (meeting.official, meeting.official_present) == (6, 4)
    assert voted(secretary, meeting, 3, item_uid=item.uid).passed  # over half of those there
    AgendaItem.objects.filter(uid=item.uid).update(business="admission")
    vote = voted(secretary, meeting, 3, item_uid=item.uid)
    assert (vote.base, vote.voters, vote.passed) == (6, 4, False)
    assert voted(secretary, meeting, 4, item_uid=item.uid).passed


def test_a_committee_decides_by_half_of_all_its_members(here):
    unit, secretary = here
    for _ in range(4):
        seat(unit)
    meeting = opened(secretary, plan(here, "cell_committee"))
    item = meeting.items.get(step="discussion")
    others = list(meeting.attendances.exclude(member_uid=meeting.chair_uid))
    say = {"actor": secretary, "meeting_uid": meeting.uid}
    away = {row.member_uid: actions.holding.Called("excused", "Bận") for row in others[:1]}
    meeting = actions.record_roll(called=away, **say)
    vote = voted(secretary, meeting, 2, item_uid=item.uid)
    assert (vote.base, vote.voters, vote.passed) == (5, 4, False)
    away = {row.member_uid: actions.holding.Called("excused", "Bận") for row in others[:2]}
    meeting = actions.record_roll(called=away, **say)
    with pytest.raises(DomainError, match=r"^meetings\.no_quorum$"):
        voted(secretary, meeting, 3, item_uid=item.uid)


@pytest.mark.parametrize(
    ("ballots", "fits"),
    [
        (Ballots(6, 6, 0, 6, 0), True),
        (Ballots(6, 5, 1, 3, 1), True),
        (Ballots(6, 5, 1, 3, 0), False),
        (Ballots(7, 7, 0, 7, 0), False),
        (Ballots(5, 6, 0, 6, 0), False),
        (Ballots(6, 6, 7, 0, 0), False),
        (Ballots(6, 6, 0, 7, -1), False),
        (Ballots(0, 0, 0, 0, 0), True),
    ],
)
def test_ballots_add_up(here, ballots, fits):
    _unit, secretary = here
    meeting = opened(secretary, plan(here, "regular", month=OCTOBER))
    said = {
        "actor": secretary, "meeting_uid": meeting.uid, "question": "Bầu?", "ballots": ballots,
        "item_uid": meeting.items.get(step="discussion").uid,
    }  # fmt: skip
    if not fits:
        with pytest.raises(DomainError, match=r"^meetings\.ballots$"):
            actions.record_ballot(**said)
        return
    vote = actions.record_ballot(**said)
    assert actions.record_ballot(**said) == vote
    assert (vote.base, vote.passed) == (6, ballots.agreed > 3)


def test_whoever_is_exempt_and_came_counts_among_the_official_members():
    meeting = Meeting(official=6, official_present=5, exempt_present=1, total=9)
    assert base_of(meeting, "meetings.vote.admission") == 7
    assert base_of(meeting, "meetings.vote.majority") == 5
    assert base_of(meeting, "meetings.vote.committee") == 9


# ── what is asked of each ───────────────────────────────────────────────────────────────────


def test_no_length_is_asked_of_what_has_none(here):
    _unit, secretary = here
    meeting = opened(secretary, plan(here, "extraordinary"))
    facts = queries.facts.facts_of(meeting, journey.rules_of(meeting))
    assert facts["required_minutes"].value is None
    assert facts["duration_shortfall"].value is None
    thematic = opened(secretary, plan(here, "regular_thematic", month=OCTOBER))
    facts = queries.facts.facts_of(thematic, journey.rules_of(thematic))
    assert facts["required_minutes"].value == 120


def test_a_cell_committee_seals_without_a_resolution(here):
    _unit, secretary = here
    meeting = opened(secretary, plan(here, "cell_committee"))
    say = {"actor": secretary, "meeting_uid": meeting.uid}
    with clock.at(meeting.starts_at):
        actions.record_vote(about="minutes", agreed=1, against=0, other=0, **say)
        actions.close_meeting(**say)
        sealed = actions.seal_minutes(**say)
    assert (sealed.minutes_number, sealed.resolution_number) == (1, None)
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
