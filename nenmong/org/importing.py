"""From a file to rows by their fields; what a person said of its columns holds for the next."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.org.actions import draft_members, draft_units, import_members, import_units
from nenmong.org.actions.judging import Draft
from nenmong.org.models import ColumnMapping
from nenmong.org.rules import columns
from nenmong.org.rules.columns import Heads, Line
from nenmong.ui import sheets
from nenmong.ui.sheets import Row

DRAFTS: dict[str, Callable[..., Draft]] = {"units": draft_units, "members": draft_members}
IMPORTS: dict[str, Callable[..., int]] = {"units": import_units, "members": import_members}


MANY = 1000  # rows after which PostgreSQL is told to count anew what its tables hold


@dataclass(frozen=True)
class Taken:
    """A file as it was read."""

    what: str
    rows: list[Row]
    heads: Heads
    lines: list[Line]
    digest: str

    @property
    def missing(self) -> list[str]:
        """The headings that are needed and were not found."""
        return columns.missing(self.what, self.heads)

    def sample(self, column: int) -> str:
        """Return what stands first in a column, so that one sees what it is about."""
        cells = (row.cells for row in self.rows[self.heads.after :])
        filled = (row[column] for row in cells if column < len(row) and row[column].strip())
        return next(filled, "")


def take(what: str, content: bytes, name: str, *, whole: bool = True) -> Taken:
    """Read a file and find its columns; `whole`: all that are needed.

    Raises:
        DomainError: `org.no_headings`, and all that `sheets.read` refuses.
    """
    rows = sheets.read(content, name)
    found = columns.candidates(what, [row.cells for row in rows[: columns.LOOKED_AT + 1]])
    mappings = ColumnMapping.objects.filter(what=what, headings__in={one.digest for one in found})
    heads = columns.find(found, dict(mappings.values_list("headings", "columns")))
    lacking = columns.missing(what, heads) if heads else columns.needed(what)
    if heads is None or (whole and lacking):
        raise DomainError(
            "org.no_headings",
            _("The headings were not found. Write these at least: %(needed)s.")
            % {"needed": ", ".join(lacking)},
        )
    lines = [columns.line(row.number, row.cells, heads) for row in rows[heads.after :]]
    return Taken(what, rows, heads, lines, hashlib.sha256(content).hexdigest())


def settle(count: int) -> None:
    """Let PostgreSQL plan by what its tables hold now: a search before that reads them whole."""
    if count >= MANY and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
