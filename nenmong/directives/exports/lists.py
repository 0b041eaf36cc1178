"""Lists of documents as workbooks: the rows of a page under its filters."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from nenmong.directives.filters import state_names
from nenmong.directives.models import Directive
from nenmong.directives.queries import coverage
from nenmong.directives.queries.library import Row
from nenmong.directives.sentences import coverage_states
from nenmong.ui import sheets


def library_xlsx(rows: Sequence[Row]) -> bytes:
    """Return a workbook of documents; days are days, texts are only texts."""
    kinds, states = dict(Directive.Kind.choices), dict(Directive.State.choices) | state_names()
    headings = [
        _("Number"), _("Abstract"), _("Kind"), _("Issued by"), _("Issued on"), _("Valid from"),
        _("Valid until"), _("State"), _("Ended on"), _("Gist"),
    ]  # fmt: skip
    return sheets.write_table(
        _("Documents"),
        headings,
        [
            [
                row.one.number, row.one.title, str(kinds[row.one.kind]),
                row.one.outside_issuer or row.one.issuer.name, row.one.issued_on,
                row.one.valid_from, row.one.valid_until, str(states[row.state]),
                row.one.ended_on, row.one.gist,
            ]
            for row in rows
        ],
    )  # fmt: skip


def coverage_xlsx(title: str, rows: Sequence[coverage.Row]) -> bytes:
    """Return a workbook of where a document was discussed, a unit a row."""
    states = coverage_states()
    headings = [
        _("Committee"), _("Unit"), _("How it stands"), _("Came on"), _("Due on"),
        _("Discussed on"), _("Speeches"), _("Left how often"), _("Why it was left"), _("Unclear"),
        _("Not answered yet"), _("Reminded on"), _("Report"),
    ]  # fmt: skip
    return sheets.write_table(
        title,
        headings,
        [
            [
                row.area, row.unit, states[row.state], row.came_on, row.due_on, row.discussed_on,
                row.speakers if row.discussed_on else None, row.carried or None, row.carried_why,
                "\n".join(point.text for point in row.points), row.open_points or None,
                row.reminded_on, row.report,
            ]
            for row in rows
        ],
    )  # fmt: skip
