"""Every action of the organisation, by the promises all actions make; and what is its own."""

from datetime import date, time, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from nenmong.accounts.tokens import new_token, token_prefix
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.tests.contract import DONE, MORE, PROMISES, SAME, Case, check
from nenmong.org import access, actions, queries
from nenmong.org.actions import NewUnit, Term
from nenmong.org.models import Member, Membership, Post
from nenmong.org.rules.columns import Line
from nenmong.org.tests import ready
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)
TOKEN = new_token()


def at_office():
    """A cell, the office above it, and the cell's own secretary, who may do none of this."""
    cell = UnitFactory()
    office = UserFactory.holding("office", cell.parent)
    return cell, office, UserFactory.holding("secretary", cell)


def founding():
    cell, office, secretary = at_office()
    unit = NewUnit("cell", "Chi bộ mới", cell_kind="village", code="A1")
    said = {"parent_uid": cell.parent.uid, "unit": unit, "first_day": DAY}
    return {"actor": office} | said, secretary


def renaming():
    cell, office, secretary = at_office()
    return {"actor": office, "unit_uid": cell.uid, "name": "Mới", "from_day": DAY}, secretary


def making_a_token():
    _cell, _office, secretary = at_office()
    return {"actor": SYSTEM, "username": secretary.username, "token": TOKEN}, secretary


def revoking_a_token():
    said, secretary = making_a_token()
    actions.make_token(**said)
    said = {"username": secretary.username, "prefix": token_prefix(TOKEN)}
    return {"actor": UserFactory.holding("administrator", UnitFactory())} | said, secretary


def adding():
    cell, office, secretary = at_office()
    said = {"full_name": "Lê Ái", "status": "official", "first_day": DAY, "birth_year": 1980}
    return {"actor": office, "unit_uid": cell.uid} | said, secretary


def changing():
    cell, office, secretary = at_office()
    member = MemberFactory.of(cell)
    said = {"member_uid": member.uid, "status": "exempt", "from_day": DAY}
    return {"actor": office} | said, secretary


def giving_a_post():
    cell, office, _secretary = at_office()
    said = {"role": "deputy", "title": "", "first_day": DAY}
    member, scribe = MemberFactory.of(cell), UserFactory.holding("scribe", cell)
    return {"actor": office, "member_uid": member.uid, "unit_uid": cell.uid} | said, scribe


def giving_an_account():
    cell, office, secretary = at_office()
    member = MemberFactory.of(cell)
    said = {"username": "ai", "password": "không ai đoán ra"}
    return {"actor": office, "member_uid": member.uid} | said, secretary


def reorganising():
    cell, office, secretary = at_office()
    text = f"plan: doi-ten\nday: 2026-10-03\nsteps: [{{rename: {cell.uid}, name: Mới}}]"
    return {"actor": office, "text": text}, secretary


def undoing():
    said, secretary = reorganising()
    actions.apply_plan(**said)
    return {"actor": said["actor"], "plan_code": "doi-ten"}, secretary


def changing_a_member():
    cell, office, secretary = at_office()
    member = MemberFactory.of(cell)
    said = {"full_name": "Lê Ái", "birth_year": 1960, "phone": "+84 912 345 678", "email": ""}
    return {"actor": office, "member_uid": member.uid} | said, secretary


def moving_a_member():
    cell, office, secretary = at_office()
    to = UnitFactory(parent=cell.parent)
    said = {"member_uid": MemberFactory.of(cell).uid, "unit_uid": to.uid, "from_day": DAY}
    return {"actor": office} | said, secretary


def ending_a_membership():
    cell, office, secretary = at_office()
    said = {"member_uid": MemberFactory.of(cell).uid, "last_day": DAY}
    return {"actor": office} | said, secretary


def ending_a_post():
    said, scribe = giving_a_post()
    post = actions.give_post(**said)
    return {"actor": said["actor"], "post_uid": post.uid, "last_day": DAY}, scribe


def following():
    cell, office, secretary = at_office()
    said = {"tier": "superior", "first_day": DAY, "unit_uid": cell.uid}
    return {"actor": office, "member_uid": MemberFactory(bucket=1).uid} | said, secretary


def unfollowing():
    said, secretary = following()
    row = actions.follow(**said)
    return {"actor": said["actor"], "following_uid": row.uid, "last_day": DAY}, secretary


def importing_units():
    cell, office, secretary = at_office()
    values = {"name": "Chi bộ mới", "kind": "chi bộ", "parent": cell.parent.uid, "code": "B1"}
    return {"actor": office, "lines": [Line(2, values)], "digest": "0"}, secretary


def importing_members():
    cell, office, secretary = at_office()
    values = {"full_name": "Lê Ái", "unit": cell.uid}
    return {"actor": office, "lines": [Line(2, values)], "digest": "0"}, secretary


def keeping_a_file():
    cell, office, secretary = at_office()
    said = {"unit_uid": cell.uid, "what": "members", "name": "a.csv", "content": "bmFtZSxjZWxs"}
    return {"actor": office} | said, secretary


CASES = {
    "appoint_administrator": Case(ready.appointing, SAME),
    "dismiss_administrator": Case(ready.dismissing, SAME),
    "set_codes": Case(ready.setting_codes, SAME),
    "form_group": Case(ready.forming_a_group, SAME),
    "join_group": Case(ready.joining_a_group, SAME),
    "end_group": Case(ready.ending_a_group, SAME),
    "open_by_exception": Case(ready.opening, SAME),
    "close_opening": Case(ready.closing_an_opening, SAME),
    "set_cell_kind": Case(ready.setting_a_kind, r"org\.kind_known"),
    "change_member": Case(changing_a_member, SAME),
    "move_member": Case(moving_a_member, SAME),
    "end_membership": Case(ending_a_membership, r"org\.not_on_a_roll"),
    "end_post": Case(ending_a_post, SAME),
    "follow": Case(following, SAME),
    "unfollow": Case(unfollowing, SAME),
    "map_columns": Case(ready.mapping_columns, SAME),
    "keep_upload": Case(keeping_a_file, MORE),
    "import_units": Case(importing_units, DONE),
    "import_members": Case(importing_members, DONE),
    "create_unit": Case(founding, r"org\.code_taken"),
    "rename_unit": Case(renaming, SAME),
    "add_member": Case(adding, MORE),
    "make_token": Case(making_a_token, SAME),
    "revoke_token": Case(revoking_a_token, SAME),
    "change_status": Case(changing, SAME),
    "give_post": Case(giving_a_post, SAME),
    "apply_plan": Case(reorganising, SAME),
    "undo_plan": Case(undoing, SAME),
    "give_sheet": Case(ready.giving_a_sheet, MORE),
    "restore_access": Case(ready.restoring, MORE),
    "pause_account": Case(ready.pausing, SAME),
    "give_account": Case(giving_an_account, r"org\.has_account"),
}


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", CASES)
def test_every_action_keeps_its_promises(name, promise, monkeypatch):
    check(promise, getattr(actions, name), CASES[name], monkeypatch)


def test_no_action_is_left_out():
    ours = {
        name
        for name, thing in vars(actions).items()
        if getattr(thing, "is_action", False) and thing.__module__.startswith(actions.__name__)
    }
    assert ours == set(CASES)


# ── what is their own ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"full_name": " "}, "org.no_name"),
        ({"full_name": "x" * 121}, "core.too_long"),
        ({"status": "retired"}, "org.unknown_status"),
        ({"birth_year": 80}, "org.birth_year"),
        ({"birth_year": 20_000}, "org.birth_year"),
    ],
)
def test_a_member_who_is_not_right_is_not_entered(said, code):
    given, _secretary = adding()
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.add_member(**given | said)
    assert not Member.objects.filter(full_name__contains="Ái").exists()


def test_members_belong_to_cells():
    given, _secretary = adding()
    ward = UnitFactory().parent
    with pytest.raises(DomainError, match=r"org\.not_a_cell"):
        actions.add_member(**given | {"actor": SYSTEM, "unit_uid": ward.uid})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"status": "retired"}, "org.unknown_status"),
        ({"from_day": LONG_AGO}, "org.before_last_change"),
        ({"member_uid": "0" * 13}, "org.not_on_a_roll"),
        ({"member_uid": "\x00"}, "org.not_on_a_roll"),
    ],
)
def test_a_status_that_is_not_right_is_not_changed(said, code):
    given, _secretary = changing()
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.change_status(**given | said)
    assert set(Membership.objects.values_list("status", flat=True)) == {"official"}


def test_an_earlier_meeting_keeps_the_earlier_status():
    given, _secretary = changing()
    changed = actions.change_status(**given)
    before = [e.status for e in queries.roll(changed.unit_id, DAY - timedelta(days=1))]
    assert before.count("exempt") == 0
    assert [e.status for e in queries.roll(changed.unit_id, DAY)].count("exempt") == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"role": "king"}, "org.unknown_role"),
        ({"role": access.MEMBER}, "org.unknown_role"),
        ({"role": access.VISITOR}, "org.unknown_role"),
        ({"title": "x" * 121}, "core.too_long"),
        ({"term": Term(manner="stolen")}, "org.unknown_manner"),
        ({"term": Term(last_day=LONG_AGO)}, "org.post_ends_before"),
    ],
)
def test_a_post_that_is_not_right_is_not_given(said, code):
    given, _secretary = giving_a_post()
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.give_post(**given | said)
    assert not Post.objects.filter(role="deputy").exists()


def test_nobody_gives_a_post_to_themselves():
    given, _secretary = giving_a_post()
    mine = given["actor"].members.get()
    with pytest.raises(NotAllowed, match=r"org\.own_post"):
        actions.give_post(**given | {"member_uid": mine.uid})


def test_a_name_to_sign_in_with_is_one_person_s():
    given, _secretary = giving_an_account()
    UserFactory(username=given["username"])
    with pytest.raises(DomainError, match=r"accounts\.name_taken"):
        actions.give_account(**given)
    assert Member.objects.filter(uid=given["member_uid"], user=None).exists()


@pytest.mark.parametrize(("ready", "action"), [(adding, "add_member"), (changing, "change_status")])
def test_a_changed_roll_is_announced_in_the_same_transaction(ready, action):
    given, _secretary = ready()
    getattr(actions, action)(**given)
    cell = Membership.objects.latest("uid").unit_id
    (job,) = DBTaskResult.objects.all()
    assert job.args_kwargs["args"] == ["nenmong.flows.rolls.refresh_rolls", {"unit_uid": cell}]


@pytest.mark.parametrize(
    ("giver", "where", "role", "may"),
    [
        ("secretary", "cell", "scribe", True), ("secretary", "cell", "deputy", False),
        ("office", "cell", "secretary", True), ("office", "ward", "office", False),
        ("office", "ward", "head", False), ("head", "ward", "office", True),
        ("head", "ward", "head", False), ("head", "cell", "secretary", True),
        ("administrator", "ward", "head", True), ("scribe", "cell", "scorer", False),
        ("visitor", "cell", "scribe", False), ("inspection", "cell", "secretary", False),
    ],
)  # fmt: skip
def test_nobody_makes_another_their_equal(giver, where, role, may):
    cell = UnitFactory()
    at = cell if giver in {"secretary", "scribe"} else cell.parent
    said = {
        "actor": UserFactory.holding(giver, at), "member_uid": MemberFactory.of(cell).uid,
        "unit_uid": {"cell": cell, "ward": cell.parent}[where].uid, "role": role, "title": "",
        "first_day": DAY,
    }  # fmt: skip
    if may:
        assert actions.give_post(**said).role == role
    else:
        with pytest.raises(NotAllowed):
            actions.give_post(**said)


def test_a_right_ends_with_its_term():
    given, _stranger = giving_a_post()
    member = Member.objects.get(uid=given["member_uid"])
    member.user = UserFactory(bucket=member.bucket)
    member.save(update_fields=["user"])
    actions.give_post(**given | {"term": Term(DAY + timedelta(days=9), "acting", "2025–2027")})
    cell = UserFactory._meta.model.objects.get(uid=member.user_id)
    seen = {}
    for days in (9, 10):
        with clock.at(clock.at_hour(DAY + timedelta(days=days), time(8))):
            roles = {held.role for held in access.holdings(cell)}
            seen[days] = "deputy" in roles
    assert seen == {9: True, 10: False}
