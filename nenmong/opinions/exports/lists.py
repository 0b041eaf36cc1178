"""The list of opinions as a workbook and as Word: the rows of the page under its filters."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.opinions.exports.papers import cleaned, heads, printed, sender_of
from nenmong.opinions.models import Opinion
from nenmong.opinions.queries.fields import fields
from nenmong.opinions.queries.lists import Row
from nenmong.org.models import Unit
from nenmong.ui import formats, sheets
from nenmong.ui.documents import layout_on

MOST_PRINTED = 500  # rows in a Word file; a workbook holds more


def kind_name(kind: str) -> str:
    """Return a kind in words; nothing for what is not sorted yet."""
    return str(Opinion.Kind(kind).label) if kind else ""


def list_xlsx(title: str, rows: Sequence[Row]) -> bytes:
    """Return a workbook of the rows; days and counts are what they are, texts are only texts."""
    known, language = fields(), get_language() or "vi"
    names = {code: field.name(language) for code, field in known.items()}
    headings = [
        _("Cell"), _("Raised on"), _("Kind"), _("Field"), _("Opinion"), _("Where it lies"),
        _("State"), _("Since"), _("Due on"), _("Working days left"), _("The cell found"),
        _("Times not solved"), _("Ended on"),
    ]  # fmt: skip
    return sheets.write_table(title, headings, [_cells(row, names) for row in rows])


def _cells(row: Row, names: dict[str, str]) -> list[sheets.Cell]:
    verdict = str(Opinion.Verdict(row.verdict).label) if row.verdict else ""
    return [
        row.unit, row.raised_on, kind_name(row.kind), names.get(row.field, row.field), row.text,
        row.desk, str(Opinion.State(row.state).label), row.since, row.due_on, row.left, verdict,
        row.returned, row.ended_on,
    ]  # fmt: skip


@translation.override("vi")
def list_docx(unit: Unit, rows: Sequence[Row], total: int) -> bytes:
    """Return the list as Word, of at most `MOST_PRINTED` rows."""
    today = clock.today()
    layout = layout_on(today)
    shown = rows[:MOST_PRINTED]
    note = f"Tổng số: {total} ý kiến, đến ngày {formats.day(today)}."
    if len(shown) < total:
        note += f" In {len(shown)} ý kiến gần nhất; tải bảng tính để có nhiều hơn."
    context = heads("opinions", sender_of(unit, today), layout, on=today) | {
        "note": note,
        "rows": [
            {
                "unit": row.unit, "raised_on": formats.day(row.raised_on),
                "text": cleaned(row.text), "desk": row.desk,
                "state": str(Opinion.State(row.state).label),
                "due_on": formats.day(row.due_on) if row.due_on else "",
            }
            for row in shown
        ],
    }  # fmt: skip
    return printed("danh-sach-y-kien", context, layout, "Danh sách ý kiến của các chi bộ")
