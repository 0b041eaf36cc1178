"""The list of meetings as a workbook: the rows of the page under its filters, in its words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.meetings.overview_sentences import kind_name, state_name
from nenmong.meetings.queries.overview import Row
from nenmong.ui import sheets


def workbook(title: str, rows: Iterable[Row]) -> bytes:
    """Return a workbook of the rows; days and counts are what they are, texts are only texts."""
    headings = [
        _("Unit"), _("Month"), _("Day and hour"), _("Kind"), _("State"), _("Place"), _("Subject"),
        _("Present"), _("Due"), _("Filed on"),
    ]  # fmt: skip
    return sheets.write_table(title, headings, [_cells(row) for row in rows])


def _cells(row: Row) -> list[sheets.Cell]:
    counted = row.counted
    return [
        row.unit, row.month, clock.local(row.at).replace(tzinfo=None, second=0, microsecond=0),
        kind_name(row.kind), state_name(row.state), row.place, row.subject,
        row.present if counted else None, row.due if counted else None, row.filed_on,
    ]  # fmt: skip
