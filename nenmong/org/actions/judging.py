"""What importing a file would do, found without writing: a draft, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access
from nenmong.org.models import Unit, UnitQuerySet
from nenmong.org.rules import cells
from nenmong.org.rules.cells import Fault
from nenmong.org.rules.columns import Line


@dataclass
class Draft:
    """What would be made, changed, left as it is, and what stands against it."""

    made: list[Any] = field(default_factory=list)
    changed: dict[str, tuple[Any, dict[str, Any]]] = field(default_factory=dict)  # by uid
    same: int = 0
    overwrite: bool = False
    left: list[Fault] = field(default_factory=list)  # differs here, and stays
    faults: list[Fault] = field(default_factory=list)
    questions: list[Fault] = field(default_factory=list)

    @property
    def bad(self) -> list[Fault]:
        """Return all that keeps a row out, in the order of the file."""
        return sorted([*self.faults, *self.questions], key=lambda fault: fault.row)

    def settle(self, row: Any, new: dict[str, Any]) -> None:
        """Note that a row that is there changes in `new`, or in nothing."""
        if new:
            self.changed[row.uid] = (row, new)
        else:
            self.same += 1


class Judge:
    """Reads the cells of one row; keeps what is wrong with them."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.faults: list[Fault] = []

    def wrong(self, name: str, code: str, hint: str = "") -> None:
        self.faults.append(Fault(self.line.number, name, self.line[name], code, hint))

    def text(self, name: str, most: int, *, needed: bool = False) -> str:
        value = self.line[name]
        if needed and not value:
            self.wrong(name, "empty")
        if len(value) > most:
            self.wrong(name, "too_long")
        return value

    def day(self, name: str) -> date:
        """Return the day a cell names; today when it names none."""
        if not self.line[name]:
            return clock.today()
        if (found := cells.day(self.line[name])) is None:
            self.wrong(name, "bad_day")
            return clock.today()
        if found > clock.today():
            self.wrong(name, "day_to_come")
        return found


def within(actor: Actor, permission: str, *, path: str) -> Q:
    """Return the condition on the column `path` of rows where `actor` may do this."""
    if getattr(actor, "is_program", False):
        return Q()
    return access.scope(actor, permission, path=path)


def reach(actor: Actor, permission: str) -> UnitQuerySet:
    """Return the units where `actor` may do this.

    Raises:
        NotAllowed: there are none.
    """
    if getattr(actor, "is_program", False):
        return Unit.objects.all()
    units = access.visible_units(actor, permission)
    if not units.exists() and not access.may(actor, "org.found_province", ""):
        raise NotAllowed("access.denied", _("You may not import here. Ask the office above."))
    return units


def differing(
    judge: Judge, draft: Draft, row: Any, said: dict[str, tuple[str, Any]]
) -> dict[str, Any]:
    """Return what changes in a row that is there: blanks are filled, the rest only if overwritten.

    `said` is attribute → (field of the file, value); what the file leaves blank changes nothing.
    """
    new = {}
    for attribute, (name, value) in said.items():
        now = getattr(row, attribute)
        if value in {"", None} or value == now:
            continue
        if now in {"", None} or draft.overwrite:
            new[attribute] = value
        else:
            draft.left.append(Fault(judge.line.number, name, judge.line[name], "kept"))
    return new


def common_path(paths: Sequence[str]) -> str:
    """Return the path of the nearest unit above all of `paths`."""
    low, high = min(paths), max(paths)
    size = 0
    while size + 4 <= len(low) and low[: size + 4] == high[: size + 4]:
        size += 4
    return low[:size]


def refuse_faults(draft: Draft, *, good_only: bool) -> None:
    """Refuse to write while a row is faulty, unless only the good ones are wanted, knowingly.

    Raises:
        DomainError: `org.import_faults`.
    """
    if draft.bad and not good_only:
        raise DomainError(
            "org.import_faults",
            _("%(count)s rows cannot be taken in, so nothing was written. Set them right, or take "
              "in the good rows only.") % {"count": len({fault.row for fault in draft.bad})},
        )  # fmt: skip


def record(actor: Actor, verb: str, draft: Draft, units: list[Unit], digest: str) -> None:
    """Write the one audit line of an import: how many, of which file, below which unit."""
    first = min(units, key=lambda unit: unit.path)
    audit.record(
        actor, verb, first, unit_path=common_path([unit.path for unit in units]),
        made=len(draft.made), changed=len(draft.changed), file=digest,
    )  # fmt: skip
