"""Plans for tests, written as people write them."""

from django.apps import apps
from django.db import connection

from nenmong.core.actions import SYSTEM
from nenmong.org import actions
from nenmong.org.tests.factories import MemberFactory, UnitFactory, WardFactory

# Of a table dump two columns do not count: the audit and the plans themselves stay.
KEPT = {"core_auditentry", "org_reorganisation", "core_answer", "core_node"}


def plan(*steps, day="2026-10-03", code="sap-xep"):
    """Return the text of a plan."""
    return f"plan: {code}\nday: {day}\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)


def apply(*steps, **said):
    return actions.apply_plan(actor=SYSTEM, text=plan(*steps, **said))


def undo(code="sap-xep"):
    return actions.undo_plan(actor=SYSTEM, plan_code=code)


def dump():
    """Return every row of every table of the house, byte for byte, without audit and plans."""
    ours = [c for c in apps.get_app_configs() if c.name.startswith("nenmong.")]
    names = [m._meta.db_table for c in ours for m in c.get_models()]
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(set(names) - KEPT):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def planted():
    """A province of two wards with two cells each; three members in every cell."""
    units = {"P": WardFactory(kind="provincial_committee", name="Tỉnh ủy", code="P")}
    for ward in (1, 2):
        name = f"W{ward}"
        units[name] = WardFactory(parent=units["P"], name=name, code=name, bucket=ward)
        for number in (1, 2):
            code = f"C{ward}{number}"
            units[code] = UnitFactory(parent=units[name], name=code, code=code)
            for _ in range(3):
                MemberFactory.of(units[code])
    return units
