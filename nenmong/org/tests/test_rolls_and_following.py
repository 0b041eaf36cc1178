"""A member on the move, and who follows what; each refusal in its sentence."""

from datetime import date, timedelta

import pytest

from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access, actions, queries
from nenmong.org.models import Following, PartyGroup
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def office(ward):
    return UserFactory.holding("office", ward)


def test_a_member_goes_to_another_cell_and_the_past_stays(ward, office):
    old, new = UnitFactory(parent=ward), UnitFactory(parent=ward)
    member = MemberFactory.of(old, status="probationary")
    actions.move_member(actor=office, member_uid=member.uid, unit_uid=new.uid, from_day=DAY)
    eve = DAY - timedelta(days=1)
    assert [e.member_uid for e in queries.roll(old.uid, eve)] == [member.uid]
    assert queries.roll(old.uid, DAY) == []
    assert [e.status for e in queries.roll(new.uid, DAY)] == ["probationary"]


def test_a_member_goes_nowhere_beyond_ones_own(ward, office):
    member = MemberFactory.of(UnitFactory(parent=ward))
    with pytest.raises(NotAllowed):
        actions.move_member(
            actor=office, member_uid=member.uid, unit_uid=UnitFactory().uid, from_day=DAY
        )
    with pytest.raises(DomainError, match=r"org\.not_a_cell"):
        actions.move_member(actor=office, member_uid=member.uid, unit_uid=ward.uid, from_day=DAY)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"full_name": ""}, "org.no_name"), ({"phone": "abc"}, "org.phone"),
        ({"phone": "1" * 30}, "org.phone"), ({"email": "a@"}, "org.email"),
        ({"birth_year": 3}, "org.birth_year"), ({"full_name": "x" * 121}, "core.too_long"),
    ],
)  # fmt: skip
def test_what_is_known_of_a_member_is_mended_rightly(ward, office, said, code):
    member = MemberFactory.of(UnitFactory(parent=ward))
    right = {"full_name": "Lê Ái", "birth_year": None, "phone": "0912 345 678", "email": ""}
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.change_member(actor=office, member_uid=member.uid, **right | said)
    kept = actions.change_member(actor=office, member_uid=member.uid, **right)
    assert (kept.phone, kept.name_fold) == ("0912 345 678", "le ai")


@pytest.mark.parametrize(
    ("tier", "kind", "group", "fits"),
    [
        ("province", "commune_committee", False, True), ("province", "cell", False, False),
        ("superior", "cell", False, True), ("superior", "commune_committee", False, False),
        ("superior", "cell", True, False), ("grassroots", "cell", True, True),
        ("grassroots", "commune_committee", False, False), ("whim", "cell", False, False),
    ],
)  # fmt: skip
def test_a_tier_fits_its_unit(ward, office, tier, kind, group, fits):
    unit = ward if kind == "commune_committee" else UnitFactory(parent=ward)
    row = PartyGroup.objects.create(bucket=1, unit=unit, name="Tổ 1", first_day=LONG_AGO)
    said = {
        "actor": office, "member_uid": MemberFactory().uid, "unit_uid": unit.uid, "tier": tier,
        "first_day": DAY, "group_uid": row.uid if group else None,
    }  # fmt: skip
    if fits:
        assert actions.follow(**said).tier == tier
    else:
        with pytest.raises(DomainError, match=r"org\.tier_does_not_fit"):
            actions.follow(**said)


def test_following_opens_the_unit_and_only_for_its_time(ward, office):
    cell = UnitFactory(parent=ward)
    user = UserFactory()
    member = MemberFactory(user=user)
    row = actions.follow(
        actor=office, member_uid=member.uid, unit_uid=cell.uid, tier="superior", first_day=DAY
    )
    assert list(access.visible_units(user)) == [cell]
    assert access.may(user, "meetings.view", cell.path)
    assert not access.may(user, "meetings.names", cell.path)
    actions.unfollow(actor=office, following_uid=row.uid, last_day=DAY)
    again = type(user).objects.get(uid=user.uid)
    assert list(access.visible_units(again)) == []


def test_nobody_follows_by_their_own_word(ward, office):
    cell = UnitFactory(parent=ward)
    with pytest.raises(NotAllowed, match=r"org\.own_following"):
        actions.follow(
            actor=office, member_uid=office.members.get().uid, unit_uid=cell.uid, tier="superior",
            first_day=DAY,
        )  # fmt: skip
    assert not Following.objects.exists()


def test_a_term_is_not_made_longer_by_ending_it(ward, office):
    cell = UnitFactory(parent=ward)
    member = MemberFactory.of(cell)
    post = actions.give_post(
        actor=office, member_uid=member.uid, unit_uid=cell.uid, role="deputy", title="",
        first_day=DAY, term=actions.Term(DAY + timedelta(days=5)),
    )  # fmt: skip
    later = DAY + timedelta(days=50)
    kept = actions.end_post(actor=office, post_uid=post.uid, last_day=later)
    assert kept.last_day == DAY + timedelta(days=5)
    with pytest.raises(DomainError, match=r"org\.post_ends_before"):
        actions.end_post(actor=office, post_uid=post.uid, last_day=DAY - timedelta(days=1))
