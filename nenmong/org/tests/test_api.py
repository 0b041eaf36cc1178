"""Units, members, posts and following through the API: what each door does, lists and refusals."""

from datetime import date

import pytest

from nenmong.core.models import AuditEntry
from nenmong.org.models import Following, Member, Membership, PartyGroup, Post, Unit
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)
from nenmong.org.tests.programs import Program

pytestmark = pytest.mark.django_db
DAY = "2026-10-03"


@pytest.fixture
def cell():
    return UnitFactory()


@pytest.fixture
def office(cell):
    return Program(UserFactory.holding("office", cell.parent))


def told(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def code(answer, status):
    assert answer["Content-Type"] == "application/problem+json"
    return told(answer, status)["code"]


def all_pages(program, path, **asked):
    """Read a list to its end, two rows at a time."""
    found, after = [], {}
    while True:
        page = told(program.get(path, limit=2, **asked, **after))
        assert len(page["items"]) <= 2
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


# ── units ───────────────────────────────────────────────────────────────────────────────────


def test_units_are_those_in_reach(office, cell):
    beside = [UnitFactory(parent=cell.parent) for _ in range(4)]
    UnitFactory()
    uids = [row["uid"] for row in all_pages(office, "/units")]
    assert uids == sorted(unit.uid for unit in [cell, cell.parent, *beside])
    assert [row["uid"] for row in all_pages(office, "/units", kind="commune_committee")] == [
        cell.parent_id
    ]
    assert [row["uid"] for row in all_pages(office, "/units", under=cell.uid)] == [cell.uid]
    elsewhere = UnitFactory()
    assert code(office.get("/units", under=elsewhere.uid), 404) == "api.not_found"
    assert told(Program(UserFactory()).get("/units")) == {"items": [], "next": None}


def test_a_unit_is_told_as_it_is_and_was(office, cell):
    shown = told(office.get(f"/units/{cell.uid}"))
    assert shown == {
        "uid": cell.uid, "parent": cell.parent_id, "kind": "cell", "name": cell.name,
        "cell_kind": "residential_group", "organization_name": cell.name, "locality": "Xuân Hòa",
        "code": "", "registry_code": "", "last_day": None,
    }  # fmt: skip
    said = {"name": "  Chi bộ  Mới ", "from_day": DAY}
    assert told(office.post(f"/units/{cell.uid}/rename", said))["name"] == "Chi bộ Mới"
    versions = told(office.get(f"/units/{cell.uid}/versions"))
    assert [(row["name"], row["first_day"], row["last_day"]) for row in versions] == [
        ("Chi bộ Mới", DAY, None), (cell.name, "2020-01-01", "2026-10-02"),
    ]  # fmt: skip


def test_a_unit_is_founded(office, cell):
    said = {
        "parent": cell.parent_id, "kind": "cell", "name": "Chi bộ Mới", "cell_kind": "village",
        "code": "A1", "first_day": DAY,
    }  # fmt: skip
    made = told(office.post("/units", said), 201)
    assert (made["name"], made["parent"], made["code"]) == ("Chi bộ Mới", cell.parent_id, "A1")
    for same in ("A1", " A1 ", "A1\x00"):
        assert code(office.post("/units", said | {"code": same}), 422) == "org.code_taken"
    assert code(office.post("/units", said | {"parent": cell.uid}), 422) == "org.under_a_cell"
    elsewhere = WardFactory()
    assert code(office.post("/units", said | {"parent": elsewhere.uid}), 404) == "api.not_found"
    assert code(office.post("/units", said | {"parent": None}), 403) == "access.denied"
    assert Unit.objects.filter(code="A1").count() == 1


def test_who_keeps_the_installation_founds_a_province(cell):
    keeper = Program(UserFactory.holding("administrator", cell))
    said = {
        "parent": None, "kind": "provincial_committee", "name": "Tỉnh ủy", "first_day": DAY,
    }  # fmt: skip
    assert told(keeper.post("/units", said), 201)["parent"] is None


# ── members ─────────────────────────────────────────────────────────────────────────────────


def test_a_roll_is_read_by_day(office, cell):
    kept, gone = MemberFactory.of(cell), MemberFactory.of(cell)
    gone.memberships.update(last_day=date(2026, 9, 30))
    path = f"/units/{cell.uid}/members"
    on = {
        day: {row["member"] for row in told(office.get(path, day=day))["items"]}
        for day in ("2026-09-30", "2026-10-01", "2019-12-31")
    }
    assert on == {
        "2026-09-30": {kept.uid, gone.uid}, "2026-10-01": {kept.uid}, "2019-12-31": set(),
    }  # fmt: skip
    assert {row["member"] for row in told(office.get(path))["items"]} == {kept.uid}
    assert {row["member"] for row in told(office.get(path, ever="true"))["items"]} == {
        kept.uid, gone.uid,
    }  # fmt: skip


def test_rolls_below_end_where_sight_ends(office, cell):
    beside = UnitFactory(parent=cell.parent)
    members = {MemberFactory.of(unit).uid for unit in [cell, cell, beside, beside, beside]}
    ward = f"/units/{cell.parent_id}/members"
    assert told(office.get(ward))["items"] == []
    assert {row["member"] for row in all_pages(office, ward, below="true")} == members
    # A secretary of the ward's own office sees no cell below.
    desk = Program(UserFactory.holding("desk", cell.parent))
    assert code(desk.get(ward, below="true"), 403) == "access.denied"


def test_a_member_s_contacts_are_for_who_keeps_the_roll(office, cell):
    member = MemberFactory.of(cell, phone="0912345678", birth_year=1960, email="ai@example.vn")
    path = f"/members/{member.uid}"
    assert told(office.get(path))["contact"] == {
        "birth_year": 1960, "phone": "0912345678", "email": "ai@example.vn",
    }  # fmt: skip
    secretary = Program(UserFactory.holding("secretary", cell))
    assert told(secretary.get(path))["contact"] is None
    assert "0912345678" not in secretary.get(path).content.decode()


def test_a_member_is_entered_mended_moved_and_leaves(office, cell):
    beside = UnitFactory(parent=cell.parent)
    said = {"full_name": "Lê Ái", "status": "probationary", "first_day": DAY}
    made = told(office.post(f"/units/{cell.uid}/members", said | {"birth_year": 1980}), 201)
    path = f"/members/{made['uid']}"
    contact = {"birth_year": None, "phone": "0912 345 678", "email": ""}
    mended = told(office.send("PUT", path, {"full_name": "Lê Thị Ái"} | contact))
    assert (mended["full_name"], mended["contact"]) == ("Lê Thị Ái", contact)
    changed = told(office.post(f"{path}/status", {"status": "official", "from_day": "2026-10-10"}))
    assert [row["status"] for row in changed["memberships"]] == ["official", "probationary"]
    moved = told(office.post(f"{path}/move", {"unit": beside.uid, "from_day": "2026-10-20"}))
    assert moved["memberships"][0]["unit"] == beside.uid
    ended = told(office.post(f"{path}/end", {"last_day": "2026-10-30"}))
    assert ended["memberships"][0]["last_day"] == "2026-10-30"
    again = office.post(f"{path}/end", {"last_day": "2026-10-30"})
    assert code(again, 422) == "org.not_on_a_roll"
    verbs = AuditEntry.objects.filter(verb__startswith="org.").values_list("verb", flat=True)
    assert sorted(verbs) == [
        "org.member_added", "org.member_changed", "org.member_moved", "org.membership_ended",
        "org.status_changed",
    ]  # fmt: skip


def test_nobody_is_moved_to_where_one_may_not(office, cell):
    member = MemberFactory.of(cell)
    path = f"/members/{member.uid}/move"
    elsewhere = UnitFactory()
    # Not even its name: outside of one's reach it does not exist.
    answer = office.post(path, {"unit": elsewhere.uid, "from_day": DAY})
    assert code(answer, 404) == "api.not_found"
    assert elsewhere.name not in answer.content.decode()
    ward = cell.parent
    answer = office.post(path, {"unit": ward.uid, "from_day": DAY})
    assert code(answer, 422) == "org.not_a_cell"
    assert Membership.objects.get(member=member).unit_id == cell.uid


# ── posts and following ─────────────────────────────────────────────────────────────────────


def test_a_post_is_given_and_ends(office, cell):
    member = MemberFactory.of(cell)
    path = f"/units/{cell.uid}/posts"
    said = {
        "member": member.uid, "role": "secretary", "title": "Bí thư", "first_day": DAY,
        "last_day": "2030-10-02", "term": "2025–2030", "manner": "acting",
    }  # fmt: skip
    made = told(office.post(path, said), 201)
    assert made == said | {"uid": made["uid"], "unit": cell.uid, "full_name": member.full_name}
    assert told(office.get(path))["items"] == [made]
    assert told(office.get(f"/members/{member.uid}"))["posts"] == [made]
    ended = told(office.post(f"/posts/{made['uid']}/end", {"last_day": "2026-10-31"}))
    assert ended["last_day"] == "2026-10-31"
    assert told(office.get(path))["items"] == []
    assert told(office.get(path, ever="true"))["items"] == [ended]
    below = told(office.get(f"/units/{cell.parent_id}/posts", below="true", day=DAY))["items"]
    assert ended in below


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ({"role": "king"}, 422, "org.unknown_role"),
        ({"role": "member"}, 422, "org.unknown_role"),
        ({"last_day": "2026-10-01"}, 422, "org.post_ends_before"),
        ({"manner": "stolen"}, 422, "api.misfit"),
        ({"role": "desk"}, 403, "org.not_yours_to_give"),
    ],
)
def test_a_post_that_is_not_right_is_not_given(office, cell, said, status, expected):
    fits = {"member": MemberFactory.of(cell).uid, "role": "secretary", "first_day": DAY}
    assert code(office.post(f"/units/{cell.uid}/posts", fits | said), status) == expected
    assert not Post.objects.filter(unit=cell).exists()


def test_a_post_goes_to_who_is_offered_on_the_page(office, cell):
    path = f"/units/{cell.uid}/posts"
    for stranger in (MemberFactory.of(UnitFactory()), MemberFactory.of(UnitFactory())):
        said = {"member": stranger.uid, "role": "secretary", "first_day": DAY}
        assert code(office.post(path, said), 404) == "api.not_found"
    assert not Post.objects.filter(unit=cell).exists()


def test_a_unit_is_followed_and_no_more(office, cell):
    follower = UserFactory.holding("office", cell.parent).members.get()
    path = f"/units/{cell.uid}/following"
    group = PartyGroup.objects.create(
        bucket=cell.bucket, unit=cell, name="Tổ 1", first_day=LONG_AGO
    )
    said = {"member": follower.uid, "tier": "grassroots", "group": group.uid, "first_day": DAY}
    made = told(office.post(path, said), 201)
    assert made["group"] == group.uid
    assert told(office.get(path))["items"] == [made]
    wrong = said | {"group": "0" * 13}
    assert code(office.post(path, wrong), 422) == "org.no_such_group"
    assert code(office.post(path, said | {"tier": "province"}), 422) == "org.tier_does_not_fit"
    below = said | {"member": MemberFactory.of(cell).uid}
    assert code(office.post(path, below), 404) == "api.not_found"
    ended = told(office.post(f"/following/{made['uid']}/end", {"last_day": "2026-10-31"}))
    assert ended["last_day"] == "2026-10-31"
    assert Following.objects.count() == 1


def test_nobody_gives_themselves_a_post_or_a_unit(cell):
    user = UserFactory.holding("head", cell.parent)
    mine, program = user.members.get(), Program(user)
    said = {"member": mine.uid, "role": "office", "first_day": DAY}
    assert code(program.post(f"/units/{cell.parent_id}/posts", said), 403) == "org.own_post"
    said = {"member": mine.uid, "tier": "superior", "first_day": DAY}
    assert code(program.post(f"/units/{cell.uid}/following", said), 403) == "org.own_following"


# ── lists, however long ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/units", 3),  # the token with its person, what they hold, the rows
        ("/units?under={ward}", 4),
        ("/units/{ward}/members?below=true", 4),
        ("/units/{ward}/posts?below=true", 4),
        ("/units/{ward}/following?below=true", 4),
    ],
)
def test_a_list_takes_the_same_queries_however_long(
    office, cell, path, queries, django_assert_num_queries
):
    url = "/api/v1" + path.format(ward=cell.parent_id)
    lengths = []
    for _ in range(2):
        with django_assert_num_queries(queries):
            lengths.append(len(office.client.get(url).json()["items"]))
        for _n in range(5):
            unit = UnitFactory(parent=cell.parent)
            member = MemberFactory.of(unit)
            here = {"bucket": unit.bucket, "member": member, "unit": unit, "first_day": LONG_AGO}
            Post.objects.create(role="scribe", title="", **here)
            Following.objects.create(tier="superior", **here)
    assert lengths[1] == lengths[0] + 5


def test_a_member_takes_the_same_queries_however_long_their_past(
    office, cell, django_assert_num_queries
):
    member = MemberFactory.of(cell)
    for last in (None, 2):
        for role in ("scribe", "scorer") if last else ():
            Post.objects.create(
                bucket=1, member=member, unit=cell, role=role, title="", first_day=LONG_AGO
            )
        with django_assert_num_queries(6):
            told(office.get(f"/members/{member.uid}"))


def test_a_page_is_never_longer_than_allowed(office):
    for limit in (0, 501, "x", -1):
        assert code(office.get("/units", limit=limit), 422) == "api.misfit"
    assert told(office.get("/units", limit=500))["next"] is None


def test_nothing_is_lost_or_twice_while_rows_are_added(office, cell):
    first = [MemberFactory.of(cell) for _ in range(4)]
    path = f"/units/{cell.uid}/members"
    page = told(office.get(path, limit=3))
    MemberFactory.of(cell)
    rest = told(office.get(path, limit=3, after=page["next"]))
    uids = [row["member"] for row in page["items"] + rest["items"]]
    assert len(uids) == len(set(uids)) == 5
    assert {member.uid for member in first} <= set(uids)


def test_a_name_that_says_nothing_is_refused(office, cell):
    said = {"full_name": " \x00 ", "status": "official", "first_day": DAY}
    path = f"/units/{cell.uid}/members"
    assert code(office.post(path, said), 422) == "org.no_name"
    lone = '{"full_name": "\\ud800", "status": "official", "first_day": "2026-10-03"}'
    assert code(office.post(path, lone), 422) == "api.misfit"
    assert not Member.objects.filter(memberships__unit=cell).exists()
