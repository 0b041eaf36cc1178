"""Plans as people write them: read, checked, carried out on a tree without a database."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from nenmong.org import rules
from nenmong.org.rules.plan import KEYS as KEYS_OF
from nenmong.org.rules.plan import Faulty, read
from nenmong.org.rules.reshape import Node, reshape
from nenmong.org.sentences import SENTENCES, sentence
from nenmong.org.tests.plans import plan

DAY, LONG_AGO = date(2026, 10, 3), date(2020, 1, 1)


def tree():
    """A province, two wards, two cells in each."""
    nodes = [Node("P", "0001", None, "provincial_committee", "Tỉnh", since=LONG_AGO)]
    for ward in (1, 2):
        path = rules.child_path("0001", ward)
        nodes.append(Node(f"W{ward}", path, "P", "commune_committee", f"W{ward}", since=LONG_AGO))
        nodes += [
            Node(f"C{ward}{n}", rules.child_path(path, n), f"W{ward}", "cell", f"C{ward}{n}",
                 since=LONG_AGO)
            for n in (1, 2)
        ]  # fmt: skip
    return nodes


def carried_out(text, nodes=None):
    nodes = nodes or tree()
    numbers = {
        n.key: max((rules.number_of(c.path) for c in nodes if c.parent == n.key), default=0)
        for n in nodes
    }
    refs = {node.key: node.key for node in nodes}
    return reshape(read(text), nodes, refs=refs, last_numbers=numbers, codes=["taken"])


def faults(text):
    """Return (code, step, line) of all that is wrong with a plan; each has its sentence."""
    try:
        found = carried_out(text).faults
    except Faulty as faulty:
        found = faulty.faults
    for fault in found:
        assert sentence(fault)
        if fault.step:
            assert f"(line {fault.line})" in sentence(fault) or str(fault.line) in sentence(fault)
    return [(fault.code.removeprefix("org.plan_"), fault.step, fault.line) for fault in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: [", [("unreadable", 0, 1)]),
        ("just words", [("unreadable", 0, 1)]),
        ("", [("unreadable", 0, 1)]),
        ("\x00", [("unreadable", 0, 0)]),
        ("[" * 1500, [("unreadable", 0, 0)]),
        ("day: 2026-10-03\nsteps: [{found: {}}]",
         [("no_code", 0, 0)] + [("key_missing", 1, 2)] * 3),
        ("plan: x\nday: 1/7/2025\nsteps: []", [("no_day", 0, 2), ("no_steps", 0, 3)]),
        ("plan: x\nday: 2026-10-03\nby: me\nsteps: [{rename: P, name: A}]",
         [("key_unknown", 0, 3)]),
        (plan("{close: C11}"), [("step_unknown", 1, 4)]),
        (plan("words"), [("step_unknown", 1, 4)]),
        (plan("{move: C11, rename: C12}"), [("step_unknown", 1, 4)]),
        (plan("{move: C11}"), [("key_missing", 1, 4)]),
        (plan("{move: [C11, C11], under: W2}"), [("not_units", 1, 4)]),
        (plan("{move: [], under: W2}"), [("not_units", 1, 4)]),
        (plan("{move: C11, under: [W2]}"), [("not_text", 1, 4)]),
        (plan("{move: C11, under: W2, why: x}"), [("key_unknown", 1, 4)]),
        (plan("{move: C11, move: C12, under: W2}"), [("key_twice", 1, 4)]),
        (plan("{rename: C11}"), [("key_missing", 1, 4)]),
        (plan("{split: C11, into: [{name: A}]}"), [("key_missing", 1, 4)]),
        (
            plan("{found: {as: a, name: A, kind: cell, under: W1}}",
                 "{found: {as: a, name: B, kind: cell, under: W1}}"),
            [("alias_twice", 2, 5)],
        ),
        (plan("{move: C99, under: W2}"), [("no_such_unit", 1, 4)]),
        (plan("{move: C11, under: C12}"), [("under_a_cell", 1, 4)]),
        (plan("{move: W1, under: W1}"), [("under_itself", 1, 4)]),
        (plan("{move: P, under: W1}"), [("under_itself", 1, 4)]),
        (plan("{move: C11, under: W1}"), [("nothing_changes", 1, 4)]),
        (plan("{rename: C11, name: C11, organization_name: ''}"), [("nothing_changes", 1, 4)]),
        (plan("{merge: [C11, W2], into: C12}"), [("mixed", 1, 4)]),
        (plan("{merge: [C11, C12], into: C12}"), [("into_itself", 1, 4)]),
        (plan("{merge: [C11, C21], into: {name: A}}"), [("no_place", 1, 4)]),
        (plan("{merge: [C11, C12], into: {name: A, kind: club}}"), [("mixed", 1, 4)]),
        (plan("{merge: [C11, C12], into: {name: A, code: taken}}"), [("code_taken", 1, 4)]),
        (plan("{merge: [C11, C12], into: {name: A, as: C21}}"), [("alias_taken", 1, 4)]),
        (plan("{merge: [P], into: W1}"), [("under_itself", 1, 4)]),
        (plan("{found: {name: A, kind: club, under: W1}}"), [("unknown_kind", 1, 4)]),
        (plan("{dissolve: W1}"), [("not_empty", 1, 4)]),
        (plan("{dissolve: C11}", "{move: C11, under: W2}"), [("unit_ended", 2, 5)]),
        (plan("{found: {as: a, name: A, kind: cell, under: W1}}", "{move: a, under: W2}"),
         [("made_here", 2, 5)]),
        (plan("{split: W1, into: [{name: A}, {name: B, units: [C21]}]}"), [("not_below", 1, 4)]),
        (plan("{split: W1, into: [{name: A}, {name: B, members: [x]}]}"),
         [("members_of_a_cell", 1, 4)]),
        (plan("{move: C11, under: W2}", day="2020-01-01"), [("before_change", 1, 4)]),
        (plan("{move: W1, under: C99}", "{move: C11, under: C98}"),
         [("no_such_unit", 1, 4), ("no_such_unit", 2, 5)]),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_step_and_line(text, found):
    assert faults(text) == found


def test_the_example_of_the_guide_is_a_plan():
    text = (settings.PACKS.parent / "docs" / "reorganise.md").read_text(encoding="utf-8")
    read_plan = read(text.split("```yaml\n")[1].split("```")[0])
    assert [step.verb for step in read_plan.steps] == ["rename", "move", "merge", "dissolve"]
    assert all(f"`{verb}" in text for verb in KEYS_OF)


def test_every_sentence_is_of_a_fault():
    assert all(code.startswith("org.plan_") for code in SENTENCES)


def test_codes_stay_the_text_they_are():
    (step,) = read(plan("{rename: 0123, name: 1_000, code: 26}")).steps
    assert (step.units, step.said) == (("0123",), {"name": "1_000", "code": "26"})


def test_a_merger_of_committees_takes_along_all_below():
    out = carried_out(plan("{merge: [W1, W2], into: {name: W, as: w}}"))
    assert out.faults == []
    assert [n.parent for key, n in out.nodes.items() if key.startswith("C")] == ["+1"] * 4
    assert {n.key for n in out.nodes.values() if n.ended} == {"W1", "W2"}
    # Who reads above the new ward reads the past of those it was made of.
    assert all(rules.is_under(n.path, out.nodes["+1"].path) for n in out.nodes.values() if n.ended)


def test_parts_of_a_split_take_what_is_named_and_the_first_the_rest():
    out = carried_out(plan("{split: W1, into: [{name: A}, {name: B, units: [C12]}]}"))
    assert (out.nodes["C11"].parent, out.nodes["C12"].parent) == ("+1", "+2")
    assert [(heir.before, heir.after) for heir in out.heirs] == [("W1", "+1"), ("W1", "+2")]


def test_steps_follow_each_other():
    out = carried_out(plan(
        "{found: {as: w, name: W3, kind: commune_committee, under: P}}",
        "{move: [C11, C21], under: w}", "{rename: C11, name: Mới}", "{move: W2, under: w}",
        "{merge: [C12], into: C22}",
    ))  # fmt: skip
    assert out.faults == []
    assert out.nodes["C11"].name == "Mới"
    assert rules.is_under(out.nodes["C22"].path, out.nodes["+1"].path)
    assert out.touched["C11"] == ["moved", "renamed"]


KEYS = ["P", "W1", "W2", "C11", "C12", "C21", "C22", "n1", "n2"]
keys = st.sampled_from(KEYS)
steps = st.one_of(
    st.builds("{{rename: {}, name: Khác}}".format, keys),
    st.builds("{{move: {}, under: {}}}".format, keys, keys),
    st.builds("{{merge: [{}, {}], into: {}}}".format, keys, keys, keys),
    st.builds("{{merge: [{}, {}], into: {{name: G, under: {}}}}}".format, keys, keys, keys),
    st.builds("{{split: {}, into: [{{name: A}}, {{name: B, units: [{}]}}]}}".format, keys, keys),
    st.builds("{{dissolve: {}}}".format, keys),
    st.builds("{{dissolve: {}, into: {}}}".format, keys, keys),
    st.builds("{{found: {{name: F, kind: cell, under: {}}}}}".format, keys),
)


@given(st.lists(steps, min_size=1, max_size=5))
def test_whatever_a_plan_does_the_tree_stays_a_tree(some):
    try:
        out = carried_out(plan(*some))
    except Faulty:
        return
    nodes = out.nodes
    paths = [node.path for node in nodes.values()]
    assert len(set(paths)) == len(paths)
    for node in nodes.values():
        if not any(fault.step for fault in out.faults):
            above = nodes[node.parent].path if node.parent else ""
            assert node.path[:-4] == above
        if node.parent and not node.ended and not out.faults:
            assert not nodes[node.parent].ended
            assert not nodes[node.parent].is_cell
    live = [n for n in nodes.values() if not n.ended]
    for one in live:
        for other in live:
            if one.parent == other.parent and one is not other:
                assert not rules.is_under(one.path, other.path)
