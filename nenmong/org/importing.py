"""From a file to rows by their fields; how its columns were read is kept for the next one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nenmong.core import clock, ids
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


@dataclass(frozen=True)
class Taken:
    """A file as it was read."""

    what: str
    rows: list[Row]
    heads: Heads
    lines: list[Line]
    digest: str


def take(what: str, content: bytes, name: str) -> Taken:
    """Read a file and find its columns.

    Raises:
        DomainError: `org.no_headings`, and all that `sheets.read` refuses.
    """
    rows = sheets.read(content, name)
    head = [row.cells for row in rows[: columns.LOOKED_AT + 1]]
    digests = [Heads({}, row, 0).digest for row in head]
    saved = ColumnMapping.objects.filter(what=what, headings__in=digests).first()
    heads = columns.find(what, head, saved.columns if saved else None)
    if heads is None:
        needed = ", ".join(columns.COLUMNS[what][field][0] for field in columns.NEEDED[what])
        raise DomainError(
            "org.no_headings",
            _("The headings were not found. Write these at least: %(needed)s.")
            % {"needed": needed},
        )
    lines = [columns.line(row.number, row.cells, heads) for row in rows[heads.after :]]
    return Taken(what, rows, heads, lines, hashlib.sha256(content).hexdigest())


def remember(taken: Taken) -> None:
    """Keep how the columns of this file were read: the next one is read alike."""
    names = {field: taken.heads.headings[at] for field, at in taken.heads.columns.items()}
    ids.ensure_lease()
    ColumnMapping.objects.get_or_create(
        what=taken.what, headings=taken.heads.digest,
        defaults={"columns": names, "saved_at": clock.now()},
    )  # fmt: skip
