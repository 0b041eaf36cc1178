"""Plans for tests, written as people write them."""

from django.apps import apps
from django.db import connection

from nenmong.core.actions import SYSTEM
from nenmong.org import actions

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
