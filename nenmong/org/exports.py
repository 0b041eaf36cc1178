"""Units and members as files that an import takes in again, and the bad rows of an import."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core.audit import Actor
from nenmong.org import queries
from nenmong.org.actions.judging import reach, within
from nenmong.org.import_sentences import heading, reason, remedy
from nenmong.org.models import Membership, UnitQuerySet, UnitVersion
from nenmong.org.rules.cells import KIND_WORDS, STATUS_WORDS, Fault
from nenmong.org.rules.columns import Heads, headings
from nenmong.ui import sheets
from nenmong.ui.sheets import Row

BATCH = 2000


def _below(path: str, under: str) -> Q:
    return Q(**{path + "__under": under}) if under else Q()


def _in_care(actor: Actor, permission: str, under: str) -> UnitQuerySet:
    """Return the units that have not ended, in `actor`'s care and below the path `under`."""
    return reach(actor, permission).filter(_below("path", under), last_day=None)


def unit_rows(actor: Actor, under: str) -> list[list[str]]:
    """Return the units in `actor`'s care, those above first. Three queries.

    A unit without a code is called by its uid, so that the rows below it can name it.
    """
    units = list(_in_care(actor, "org.manage_units", under).order_by("path"))
    called = {unit.uid: unit.code or unit.uid for unit in units}
    kinds = queries.cell_kinds()
    began = {}
    versions = UnitVersion.objects.filter(_below("unit__path", under)).order_by("-first_day")
    for uid, day in versions.values_list("unit_id", "first_day").iterator():
        began[uid] = day
    return [
        [
            called[unit.uid], unit.name, KIND_WORDS[unit.kind][0],
            kinds[unit.cell_kind].name_vi if unit.cell_kind in kinds else "",
            called.get(str(unit.parent_id), ""), unit.organization_name, unit.locality,
            unit.registry_code, f"{began[unit.uid]:%d/%m/%Y}",
        ]
        for unit in units
    ]  # fmt: skip


def member_rows(actor: Actor, under: str) -> list[list[str]]:
    """Return the members in `actor`'s care by cell and given name. Two queries."""
    cells = _in_care(actor, "org.manage_members", under).cells()
    units = {unit.uid: (unit.path, unit.code or unit.uid) for unit in cells}
    here = within(actor, "org.manage_members", path="unit__path") & _below("unit__path", under)
    rows = Membership.objects.filter(here, last_day=None).values_list(
        "unit_id", "member__name_key", "member_id", "member__code", "member__full_name",
        "member__birth_year", "member__phone", "member__email", "status", "first_day",
    )  # fmt: skip
    found = []
    for unit, key, uid, code, name, born, phone, email, status, day in rows.iterator(BATCH):
        if unit not in units:
            continue
        path, called = units[unit]
        cells_of_row = [
            code or uid, name, str(born or ""), phone, email, called, STATUS_WORDS[status][0],
            f"{day:%d/%m/%Y}",
        ]  # fmt: skip
        found.append((path, key, cells_of_row))
    return [row for _path, _key, row in sorted(found)]


ROWS = {"units": unit_rows, "members": member_rows}


def export(actor: Actor, what: str, *, csv: bool, under: str = "") -> bytes:
    """Return a file of units or members, of all or of those below the path `under`."""
    write = sheets.write_csv if csv else sheets.write_xlsx
    return write(headings(what), ROWS[what](actor, under))


def bad_rows(what: str, rows: Sequence[Row], heads: Heads, faults: Sequence[Fault]) -> bytes:
    """Return a workbook of the rows that cannot be taken in, in the same columns.

    The faulty cells are coloured, and a last column says why. It can be imported again.
    """
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    title = _("Reason")
    width = len(heads.headings)
    # A bad workbook that comes back has the column already.
    kept = [column for column in range(width) if heads.headings[column] != title]
    out: list[list[str]] = []
    marked: set[tuple[int, int]] = set()
    for row in rows[heads.after :]:
        if row.number not in by_row:
            continue
        cells = [row.cells[c] if c < len(row.cells) else "" for c in kept]
        for fault in by_row[row.number]:
            if fault.field in heads.columns:
                marked.add((len(out), kept.index(heads.columns[fault.field])))
        why = [
            f"{heading(what, fault.field)}: {reason(fault)}. {remedy(fault)}"
            for fault in by_row[row.number]
        ]
        out.append([*cells, "; ".join(why)])
    return sheets.write_xlsx([*(heads.headings[c] for c in kept), title], out, marked)
