"""The fields an opinion may belong to, and which desks handle them."""

from nenmong.opinions.models import DeskField, OpinionField
from nenmong.opinions.rules.fields import Field, overlaid
from nenmong.opinions.rules.routing import Handles


def fields() -> dict[str, Field]:
    """Return every field by its code, retired ones too. One query."""
    rows = OpinionField.objects.order_by("code")
    return overlaid(Field(r.code, r.name_vi, r.name_en, r.retired) for r in rows)


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
