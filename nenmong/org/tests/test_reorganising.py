"""Plans applied to the tables: everything dated, everybody counted once, all of it taken back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.models import AuditEntry
from nenmong.org import actions, queries, rules
from nenmong.org.models import (
    Following,
    Membership,
    PartyGroup,
    Post,
    Unit,
)
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
)
from nenmong.org.tests.plans import apply, dump, plan, planted, undo

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)
EVE = DAY - timedelta(days=1)


@pytest.fixture
def tree():
    """A province of two wards with two cells each; three members in every cell."""
    return planted()


def refused(code, *steps, **said):
    before = dump()
    with pytest.raises(DomainError) as error:
        apply(*steps, **said)
    assert error.value.code == code
    assert dump() == before
    return str(error.value.message)


# ── merge, split, rename, move, dissolve ────────────────────────────────────────────────────


def test_members_of_merged_cells_change_cell_on_the_day(tree):
    apply("{merge: [C11, C12], into: {name: Chi bộ Chung, code: M}}")
    merged = Unit.objects.get(code="M")
    assert (merged.parent, merged.bucket, merged.kind) == (tree["W1"], tree["W1"].bucket, "cell")
    for code in ("C11", "C12"):
        old = tree[code]
        old.refresh_from_db()
        assert old.last_day == EVE
        assert (len(queries.roll(old.uid, EVE)), queries.roll(old.uid, DAY)) == (3, [])
        assert queries.version_on(old.uid, EVE).name == code
        assert queries.version_on(old.uid, DAY) is None
    assert (queries.roll(merged.uid, EVE), len(queries.roll(merged.uid, DAY))) == ([], 6)
    assert queries.heirs(tree["C11"].uid) == {merged.uid}
    assert {j.unit_uid for j in queries.predecessors([merged.uid])[merged.uid]} == {
        tree["C11"].uid, tree["C12"].uid,
    }  # fmt: skip


def test_members_of_a_split_cell_go_where_the_plan_says(tree):
    first, second, third = Membership.objects.filter(unit=tree["C11"]).order_by("uid")
    apply(f"{{split: C11, into: [{{name: A, code: A}}, "
          f"{{name: B, code: B, members: [{second.member_id}]}}]}}")  # fmt: skip
    there = Membership.objects.on(DAY).filter(unit__code__in="AB")
    now = dict(there.values_list("member_id", "unit__code"))
    assert now == {first.member_id: "A", second.member_id: "B", third.member_id: "A"}
    undo()
    stranger = Membership.objects.filter(unit=tree["C12"]).first().member_id
    refused(
        "org.plan_not_its_member",
        f"{{split: C11, into: [{{name: A}}, {{name: B, members: [{stranger}]}}]}}",
    )


def test_a_moved_ward_takes_its_cells_along_and_keeps_its_past(tree):
    apply("{found: {as: d, name: D, kind: district_committee, under: P}}",
          "{move: [W1], under: d}", "{rename: W1, name: Mới}")  # fmt: skip
    ward, cell = Unit.objects.get(code="W1"), Unit.objects.get(code="C12")
    district = Unit.objects.get(name="D")
    assert (ward.parent, ward.name, ward.bucket) == (district, "Mới", 1)
    assert rules.is_under(cell.path, ward.path)
    assert cell.path == queries.version_on(cell.uid, DAY).path
    assert queries.version_on(cell.uid, EVE).path == tree["C12"].path
    assert cell.versions.count() == 2
    assert Unit.objects.get(code="P").versions.count() == 1


def test_a_dissolved_committee_hands_its_cells_over(tree):
    apply("{dissolve: W1, into: W2}")
    cells = Unit.objects.filter(kind="cell")
    assert {cell.parent.code for cell in cells} == {"W2"}
    # The office of the heir reads the past of what it took in.
    assert rules.is_under(Unit.objects.get(code="W1").path, tree["W2"].path)


def test_no_number_is_given_twice(tree):
    path = tree["C12"].path
    apply("{move: C12, under: W2}")
    made = actions.create_unit(
        actor=SYSTEM, parent_uid=tree["W1"].uid, unit=actions.NewUnit("cell", "X"), first_day=DAY
    )
    assert made.path > path


# ── posts and rights ────────────────────────────────────────────────────────────────────────


def test_posts_end_with_their_unit_and_new_ones_are_given(tree):
    user = UserFactory.holding("secretary", tree["C11"], "Bí thư")
    member = user.members.get()
    apply(
        "{merge: [C11, C12], into: {name: M, as: m}}",
        f"{{post: secretary, member: {member.uid}, unit: m, title: Bí thư}}",
    )
    old, new = Post.objects.order_by("first_day")
    assert (old.last_day, new.first_day, new.last_day) == (EVE, DAY, None)
    assert (new.unit.name, new.title, new.bucket) == ("M", "Bí thư", member.bucket)


def test_what_a_plan_would_do_is_shown(tree):
    office = UserFactory.holding("office", tree["W1"], "Chánh văn phòng")
    made = actions.draft_plan(SYSTEM, plan("{move: C11, under: W2}", "{merge: [C21], into: C22}"))
    assert [n.code for n in made.ended] == ["C21"]
    assert {made.name(to) for _row, to in made.leaving} == {"C22"}
    ((post, lost, gained),) = made.reach
    assert (post.member.user, lost, gained) == (office, 1, 0)


@pytest.mark.parametrize(
    ("said", "code"),
    [("post: king, member: {}", "unknown_role"), ("post: member, member: {}", "unknown_role"),
     ("post: secretary, member: {}", "post_held"), ("post: scribe, member: x", "no_such_member")],
)  # fmt: skip
def test_a_post_that_is_not_right_is_refused(tree, said, code):
    member = UserFactory.holding("secretary", tree["C11"]).members.get()
    refused(f"org.plan_{code}", f"{{{said.format(member.uid)}, unit: C11}}")


def test_one_who_may_not_manage_both_sides_may_not_move(tree):
    office = UserFactory.holding("office", tree["W1"])
    with pytest.raises(NotAllowed):
        actions.apply_plan(actor=office, text=plan("{move: C11, under: W2}"))
    member = office.members.get()
    text = plan("{merge: [C11, C12], into: {name: M, as: m}}",
                f"{{post: scribe, member: {member.uid}, unit: m}}")  # fmt: skip
    with pytest.raises(NotAllowed) as own:
        actions.apply_plan(actor=office, text=text)
    assert own.value.code == "org.own_post"
    assert actions.apply_plan(actor=office, text=plan("{merge: [C11], into: C12}"))


# ── what is refused ─────────────────────────────────────────────────────────────────────────


def test_a_day_still_to_come_is_refused(tree):
    refused("org.day_to_come", "{rename: C11, name: X}", day="2026-11-25")


def test_a_day_before_the_last_change_is_refused_with_that_day(tree):
    actions.rename_unit(actor=SYSTEM, unit_uid=tree["C11"].uid, name="Mới", from_day=DAY)
    said = refused("org.plan_before_change", "{move: W1, under: W2}", day="2026-10-03")
    assert "03/10/2026" in said
    assert "4" in said


def test_a_roll_that_changed_since_is_refused(tree):
    MemberFactory.of(tree["C11"], first_day=DAY)
    refused("org.plan_roll_changed", "{merge: [C11], into: C12}")


def test_members_need_a_cell(tree):
    assert "3" in refused("org.plan_members_left", "{dissolve: C11}")


def test_all_faults_are_listed_and_nothing_is_written(tree):
    said = refused("org.plan_no_such_unit", "{move: X, under: W2}", "{dissolve: W1}")
    assert len(said.splitlines()) == 2


def test_text_too_long_is_refused(tree):
    refused("org.plan_too_long", f"{{rename: C11, name: {'x' * 201}}}")
    refused("org.plan_code_taken", "{rename: C11, code: C12}")


def test_nothing_begins_in_a_unit_that_ended(tree):
    apply("{merge: [C11], into: C12}", "{dissolve: W2, into: W1}")
    member = Membership.objects.filter(unit=tree["C12"]).first().member_id
    said = {"actor": SYSTEM, "unit_uid": tree["C11"].uid}
    for call in (
        lambda: actions.add_member(full_name="A", status="official", first_day=LONG_AGO, **said),
        lambda: actions.give_post(
            member_uid=member, role="scribe", title="", first_day=LONG_AGO, **said
        ),
        lambda: actions.rename_unit(name="X", from_day=DAY, **said),
        lambda: actions.create_unit(
            actor=SYSTEM, parent_uid=tree["W2"].uid, unit=actions.NewUnit("cell", "X"),
            first_day=LONG_AGO,
        ),
    ):  # fmt: skip
        with pytest.raises(DomainError, match=r"org\.unit_ended"):
            call()


# ── once, audited, taken back ───────────────────────────────────────────────────────────────


def test_one_line_of_audit_a_unit(tree):
    apply("{merge: [C11, C12], into: {name: M}}", "{rename: W2, name: Mới}")
    lines = AuditEntry.objects.filter(verb="org.unit_reorganised")
    assert lines.count() == len(set(lines.values_list("subject_uid", flat=True))) == 4
    undo()
    assert AuditEntry.objects.filter(verb="org.unit_restored").count() == 4


def test_one_name_is_one_plan(tree):
    first = apply("{rename: C11, name: X}")
    assert apply("{rename: C11, name: X}") == first
    refused("org.plan_name_taken", "{rename: C11, name: Y}")
    undo()
    assert apply("{rename: C11, name: Y}") != first


def test_a_plan_is_taken_back_before_the_one_under_it(tree):
    before = dump()
    apply("{rename: C11, name: X}", code="one")
    apply("{rename: C21, name: Y}", code="two")
    with pytest.raises(DomainError, match=r"org\.later_plan"):
        undo("one")
    undo("two")
    undo("one")
    assert dump() == before
    with pytest.raises(DomainError, match=r"org\.no_such_plan"):
        undo("three")


def founded_below(tree):
    actions.create_unit(
        actor=SYSTEM, parent_uid=tree["W2"].uid, unit=actions.NewUnit("cell", "Y"), first_day=DAY
    )


def member_added(tree):
    MemberFactory.of(Unit.objects.get(name="M"), first_day=DAY)


def status_changed(tree):
    member = Membership.objects.filter(unit__name="M").first().member_id
    later = DAY + timedelta(days=1)
    actions.change_status(actor=SYSTEM, member_uid=member, status="exempt", from_day=later)


def renamed(tree):
    later = DAY + timedelta(days=1)
    actions.rename_unit(actor=SYSTEM, unit_uid=tree["W2"].uid, name="Khác", from_day=later)


@pytest.mark.parametrize("since", [founded_below, member_added, status_changed, renamed])
def test_what_was_changed_since_is_not_taken_back(tree, since):
    apply("{merge: [C11, C12], into: {name: M}}", "{found: {as: d, name: D, under: P, "
          "kind: district_committee}}", "{move: W2, under: d}")  # fmt: skip
    since(tree)
    before = dump()
    with pytest.raises(DomainError, match=r"org\.changed_since_plan"):
        undo()
    assert dump() == before


def test_a_subtree_moves_in_one_update_of_paths(tree):
    for _ in range(20):
        UnitFactory(parent=tree["W1"])
    with CaptureQueriesContext(connection) as queries_made:
        apply("{move: W1, under: W2}")
    updates = [q["sql"] for q in queries_made if q["sql"].startswith('UPDATE "org_unit"')]
    assert len([sql for sql in updates if '"path" = ' in sql.split("WHERE")[0]]) == 1
    assert Unit.objects.under(Unit.objects.get(code="W1").path).count() == 23


def test_the_clock_of_a_plan_is_the_house_s(tree):
    with clock.at(clock.at_hour(date(2026, 10, 2), clock.local(clock.now()).time())):
        refused("org.day_to_come", "{rename: C11, name: X}")


def test_who_follows_a_unit_follows_its_heir():
    units = planted()
    follower = MemberFactory.of(units["C21"])
    for code in ("C11", "C12"):
        Following.objects.create(
            bucket=2, member=follower, unit=units[code], tier="superior", first_day=LONG_AGO
        )
    group = PartyGroup.objects.create(bucket=1, unit=units["C11"], name="Tổ 1", first_day=LONG_AGO)
    before = dump()
    apply("{merge: [C11, C12], into: {as: N, name: Chi bộ mới}}")
    (open_row,) = Following.objects.filter(last_day=None)
    assert (open_row.unit.name, open_row.first_day) == ("Chi bộ mới", date(2026, 10, 3))
    group.refresh_from_db()
    assert group.last_day == date(2026, 10, 2)
    undo()
    assert dump() == before


@pytest.mark.parametrize(("role", "where"), [("head", "W1"), ("office", "W1"), ("board", "C11")])
def test_a_plan_gives_no_post_that_its_author_may_not_give(role, where):
    units = planted()
    office = UserFactory.holding("office", units["W1"])
    member = MemberFactory.of(units["C12"])
    text = plan(f"{{post: {role}, member: {member.uid}, unit: {where}}}")
    with pytest.raises(NotAllowed, match=r"org\.not_yours_to_give"):
        actions.apply_plan(actor=office, text=text)
    text = plan(f"{{post: deputy, member: {member.uid}, unit: C11}}")
    actions.apply_plan(actor=office, text=text)
    assert Post.objects.get(member=member).role == "deputy"
