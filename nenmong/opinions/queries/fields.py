"""The fields an opinion may belong to, and which desks handle them."""

from dataclasses import dataclass

from django.db.models import CharField, IntegerField, Q, Value

from nenmong.core.workdays import Workdays
from nenmong.opinions.models import DeskField, Opinion, OpinionField
from nenmong.opinions.rules import routing
from nenmong.opinions.rules.fields import Field, overlaid
from nenmong.opinions.rules.routing import Handles
from nenmong.org.models import CELLS, OFFICES, Unit
from nenmong.org.rules import lineage
from nenmong.rulebook import queries as rulebook


def fields() -> dict[str, Field]:
    """Return every field by its code, retired ones too. One query."""
    rows = OpinionField.objects.order_by("code")
    return overlaid(Field(r.code, r.name_vi, r.name_en, r.retired) for r in rows)


def fields_and_workdays() -> tuple[dict[str, Field], Workdays]:
    """Return every field by its code, and the calendar. One query: most pages need both."""
    columns = ("code", "retired", "name_vi", "name_en")
    nothing = Value("", CharField())
    days = rulebook.days_set().annotate(vi=nothing, en=nothing, of=Value(1, IntegerField()))
    own = OpinionField.objects.order_by().annotate(of=Value(0, IntegerField()))
    rows = list(
        own.values_list(*columns, "of").union(
            days.values_list("text", "works", "vi", "en", "of"), all=True
        )
    )
    changed = sorted(row for row in rows if not row[4])
    return (
        overlaid(Field(code, vi, en, retired) for code, retired, vi, en, _of in changed),
        rulebook.workdays_with((day, works) for day, works, _vi, _en, of in rows if of),
    )


def handling(unit_path: str) -> list[Handles]:
    """Return the desks that handle fields for a cell: those of the committees above it. One query.

    A desk of a committee stands under it, or is the committee itself.
    """
    rows = DeskField.objects.filter(unit__last_day=None).select_related("unit__parent")
    found = []
    for row in rows:
        above = row.unit if unit_path.startswith(row.unit.path) else row.unit.parent
        if above and unit_path.startswith(above.path):
            found.append(Handles(row.unit_id, above.path, row.field))
    return found


@dataclass(frozen=True)
class Offered:
    """A desk an opinion may be passed to; `proposed`: it handles the field, and had it not yet."""

    desk: Unit
    proposed: bool


def desks_offered(opinion: Opinion) -> list[Unit]:
    """Return the desks an opinion may be passed to, the one proposed first. Three queries."""
    return [one.desk for one in offered(opinion)]


def offered(opinion: Opinion) -> list[Offered]:
    """Return the desks an opinion may be passed to, the one proposed first, then the nearest.

    Those that handle fields for its cell, and the committees above it. Three queries.
    """
    desks = handling(opinion.unit.path)
    past = set(opinion.stays.values_list("desk_id", flat=True))
    fitting = routing.proposed(opinion.unit.path, opinion.field, desks, past)
    found = Unit.objects.filter(uid__in=[one.desk_uid for one in desks])
    found |= Unit.objects.filter(path__in=lineage(opinion.unit.path))
    rows = found.filter(last_day=None).exclude(kind__in=CELLS).exclude(uid=opinion.desk_id)
    place = {uid: number for number, uid in enumerate(fitting)}
    units = sorted(rows, key=lambda u: (place.get(u.uid, len(place)), -len(u.path), u.path))
    return [Offered(unit, unit.uid in place.keys() - past) for unit in units]


def beside(unit: Unit) -> list[Unit]:
    """Return the desks of a committee that are units of their own. One query."""
    return list(
        Unit.objects.filter(parent=unit.uid, last_day=None, kind__in=OFFICES).order_by("path")
    )


def desks_of(unit: Unit) -> dict[str, dict[str, int | None]]:
    """Return what a unit and its desks handle: by desk, by field, days of its own. One query."""
    rows = DeskField.objects.filter(Q(unit=unit.uid) | Q(unit__parent=unit.uid))
    found: dict[str, dict[str, int | None]] = {}
    for row in rows.order_by("field"):
        found.setdefault(row.unit_id, {})[row.field] = row.answer_days
    return found
