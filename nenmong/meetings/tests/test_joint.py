"""A thematic meeting of several cells: each counts its own members and seals its own minutes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.models import JointPart, Meeting
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.joint import DAY, asked, two_cells
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(code, action, **said):
    with pytest.raises(DomainError) as refusal:
        action(**said)
    assert refusal.value.code == code


def joined():
    host, secretary, part, other = asked()
    return host, secretary, actions.accept_joint(actor=other, part_uid=part.uid), other


def hold(meeting, actor):
    given = {"actor": actor, "meeting_uid": meeting.uid}
    with clock.at(journey.evening(DAY)):
        meeting = actions.open_meeting(**given)
    for about in ("resolution", "minutes"):
        actions.record_vote(
            **given, about=about, agreed=meeting.official_present, against=0, other=0
        )
    with clock.at(journey.evening(DAY, 95)):
        return actions.close_meeting(**given)


def seal(meeting, actor):
    with clock.at(journey.evening(DAY, 100)):
        return actions.seal_minutes(actor=actor, meeting_uid=meeting.uid)


def test_two_cells_sit_together_and_each_seals_its_own(client):
    host, secretary, part, other = joined()
    assert (part.starts_at, part.place, part.subject) == (host.starts_at, host.place, host.subject)
    titles = [list(m.items.values_list("title", flat=True)) for m in (host, part)]
    assert titles[0] == titles[1]
    host, part = hold(host, secretary), hold(part, other)
    assert (host.total, part.total) == (4, 4)
    first, second, *_rest = host.items.all()
    for item, text in ((first, "Mở đầu chung"), (second, "Báo cáo viên trình bày")):
        actions.write_text(
            actor=secretary, meeting_uid=host.uid, item_uid=item.uid, field="summary", was="",
            text=text,
        )  # fmt: skip
    own = part.items.first()
    actions.write_text(
        actor=other, meeting_uid=part.uid, item_uid=own.uid, field="summary", was="",
        text="Lời của chi bộ tôi",
    )  # fmt: skip
    client.force_login(other)
    assert client.get(reverse("meetings:close", args=[part.uid])).status_code == 200
    assert client.post(reverse("meetings:take_common", args=[part.uid])).status_code == 302
    summaries = list(part.items.values_list("summary", flat=True))
    assert summaries[:2] == ["Lời của chi bộ tôi", "Báo cáo viên trình bày"]
    for meeting, actor, names in (
        (host, secretary, [part.unit.name]), (part, other, [host.unit.name]),
    ):  # fmt: skip
        sealed = queries.verify.sealed_of(seal(meeting, actor))
        assert queries.verify.record_in(sealed)["joint"] == names
        client.force_login(actor)
        page = client.get(reverse("meetings:record", args=[meeting.uid])).content.decode()
        assert names[0] in page
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    refused("meetings.sealed", actions.take_common_texts, actor=other, meeting_uid=part.uid)


def test_who_is_asked_learns_no_more_than_what_is_asked(client):
    host, secretary, part, other = asked()
    item = actions.add_item(
        actor=secretary, meeting_uid=host.uid, title="Chuyện riêng của chi bộ", minutes=5
    )
    client.force_login(other)
    for url in (reverse("home:my_work"), reverse("home:unit", args=[part.unit_id])):
        page = client.get(url).content.decode()
        assert host.unit.name in page
        assert host.subject in page
        assert item.title not in page
        assert host.uid not in page
    assert client.get(reverse("meetings:detail", args=[host.uid])).status_code == 404
    member = UserFactory.holding("member", part.unit)
    client.force_login(member)
    assert host.subject not in client.get(reverse("home:my_work")).content.decode()
    assert client.post(reverse("meetings:accept_joint", args=[part.uid])).status_code == 403
    client.force_login(UserFactory.holding("secretary", UnitFactory()))
    for name in ("accept_joint", "decline_joint", "withdraw_joint"):
        assert client.post(reverse(f"meetings:{name}", args=[part.uid])).status_code == 404
    client.force_login(other)
    assert client.post(reverse("meetings:accept_joint", args=[part.uid])).status_code == 302
    page = client.get(
        reverse("meetings:prepare", args=[Meeting.objects.get(joint_uid=host.uid).uid])
    ).content.decode()
    assert host.unit.name in page


def test_what_only_the_host_deals_with_is_not_handed_on():
    host, secretary, part, other = asked()
    matter = actions.propose_topic(actor=secretary, unit_uid=host.unit_id, title="Ngõ 8")
    actions.take_matter(actor=secretary, meeting_uid=host.uid, matter_uid=matter.uid)
    own = actions.accept_joint(actor=other, part_uid=part.uid)
    assert not own.items.filter(title="Ngõ 8").exists()


def test_parts_not_begun_follow_the_hosts_hour_and_day(work):
    host, secretary, part, other = joined()
    later = host.starts_at + timedelta(minutes=30)
    actions.set_time(
        actor=secretary, meeting_uid=host.uid, starts_at=later, place="Hội trường phường"
    )
    work()
    part.refresh_from_db()
    assert (part.starts_at, part.place) == (later, "Hội trường phường")
    day = {"starts_at": later + timedelta(days=2), "reason": "Bão", "agreed_by": "Chi ủy"}
    actions.postpone_meeting(actor=secretary, meeting_uid=host.uid, **day)
    work()
    part.refresh_from_db()
    assert part.starts_at == day["starts_at"]
    assert queries.putting_off.told(queries.putting_off.rows(part))[0]["reason"] == "Bão"
    actions.open_meeting(actor=other, meeting_uid=part.uid)
    again = {"starts_at": later, "reason": "Hết bão", "agreed_by": "Chi ủy"}
    actions.postpone_meeting(actor=secretary, meeting_uid=host.uid, **again)
    work()
    part.refresh_from_db()
    assert part.starts_at == day["starts_at"]


def test_who_declines_leaves_or_is_asked_no_more():
    host, secretary, part, other = asked()
    actions.decline_joint(actor=other, part_uid=part.uid)
    assert queries.joint.asked_of([part.unit_id]) == []
    again = actions.ask_to_join(actor=secretary, meeting_uid=host.uid, unit_uid=part.unit_id)
    assert again == part
    own = actions.accept_joint(actor=other, part_uid=part.uid)
    refused("meetings.accepted_already", actions.decline_joint, actor=other, part_uid=part.uid)
    assert queries.joint.names(host) == [part.unit.name]
    actions.leave_joint(actor=other, meeting_uid=own.uid)
    assert queries.joint.names(host) == []
    assert JointPart.objects.get().state == "declined"
    own.refresh_from_db()
    assert (own.status, own.joint_uid) == ("planned", None)
    actions.withdraw_joint(actor=secretary, part_uid=part.uid)
    assert not JointPart.objects.exists()


def test_what_cannot_be_asked_or_accepted():
    host, secretary, beside, other = two_cells()
    ask = {"actor": secretary, "meeting_uid": host.uid}
    for unit in (host.unit, UnitFactory(), host.unit.parent):
        refused("meetings.not_beside", actions.ask_to_join, **ask, unit_uid=unit.uid)
    regular = journey.planned(host.unit, secretary)
    refused("meetings.not_its_kind", actions.ask_to_join, actor=secretary,
            meeting_uid=regular.uid, unit_uid=beside.uid)  # fmt: skip
    part = actions.ask_to_join(**ask, unit_uid=beside.uid)
    own = actions.accept_joint(actor=other, part_uid=part.uid)
    refused("meetings.not_open", actions.take_common_texts, actor=other, meeting_uid=own.uid)
    actions.open_meeting(actor=other, meeting_uid=own.uid)
    refused("meetings.part_begun", actions.withdraw_joint, actor=secretary, part_uid=part.uid)
    third, chair, _scribe = journey.cell(3, parent=host.unit.parent)
    late = actions.ask_to_join(**ask, unit_uid=third.uid)
    actions.cancel_meeting(**ask, reason="Bão", agreed_by="Chi ủy")
    refused("meetings.host_begun", actions.accept_joint, actor=chair, part_uid=late.uid)
    assert queries.joint.asked_of([third.uid]) == []
    assert queries.joint.names(own) == []


@pytest.mark.slow
def test_two_who_accept_at_once_share_one_meeting(together):
    _host, _secretary, part, other = asked()
    accept = {"actor": other, "part_uid": part.uid}
    uids = together(*[lambda: actions.accept_joint(**accept).uid] * 2)
    assert len(set(uids)) == 1
    assert together(Meeting.objects.count) == [2]


@pytest.mark.slow
def test_who_withdraws_and_who_accepts_at_once_agree(together):
    _host, secretary, part, other = asked()
    together(
        lambda: actions.withdraw_joint(actor=secretary, part_uid=part.uid),
        lambda: actions.accept_joint(actor=other, part_uid=part.uid),
    )
    assert together(JointPart.objects.count) == [0]
    assert together(lambda: Meeting.objects.exclude(joint_uid=None).count()) == [0]


def test_the_hosts_page_asks_and_takes_back(client):
    host, secretary, beside, _other = two_cells()
    client.force_login(secretary)
    url = reverse("meetings:joint", args=[host.uid])
    assert beside.name in client.get(url).content.decode()
    client.post(reverse("meetings:ask_to_join", args=[host.uid]), {"unit": beside.uid})
    part = JointPart.objects.get()
    assert reverse("meetings:withdraw_joint", args=[part.uid]) in client.get(url).content.decode()
    client.post(reverse("meetings:withdraw_joint", args=[part.uid]))
    assert not JointPart.objects.exists()
