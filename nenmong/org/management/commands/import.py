"""`nenmong import units|members FILE`: show what it would do, and do it when all rows are right."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.org import exports
from nenmong.org.import_sentences import sentence
from nenmong.org.importing import DRAFTS, IMPORTS, settle, take
from nenmong.ui.sheets.archive import MOST_BYTES

SHOWN = 50


class Command(BaseCommand):
    help = "Take units or members in from a workbook or CSV file; nothing while a row is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["units", "members"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument("--good-rows", action="store_true", help="take in the good rows only")
        parser.add_argument("--overwrite", action="store_true", help="replace what is there")
        parser.add_argument("--bad", type=Path, help="write the bad rows into this workbook")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._run(**options)
        except DomainError as error:
            self.stderr.write(str(error.message))
            raise SystemExit(1) from error

    def _run(
        self, *, what: str, file: Path, dry_run: bool, good_rows: bool, overwrite: bool,
        bad: Path | None, **_options: Any,
    ) -> None:  # fmt: skip
        taken = take(what, self._content(file), file.name)
        draft = DRAFTS[what](SYSTEM, taken.lines, overwrite=overwrite)
        for fault in [*draft.bad, *draft.left][:SHOWN]:
            self.stdout.write(sentence(what, fault))
        count = {
            "made": len(draft.made), "changed": len(draft.changed), "same": draft.same,
            "bad": len({fault.row for fault in draft.bad}), "left": len(draft.left),
        }  # fmt: skip
        self.stdout.write(
            _("New: %(made)s; changed: %(changed)s; as they are: %(same)s; "
              "cells that stay: %(left)s; bad rows: %(bad)s.") % count
        )  # fmt: skip
        if bad and draft.bad:
            try:
                bad.write_bytes(exports.bad_rows(what, taken.rows, taken.heads, draft.bad))
            except OSError:
                raise DomainError(
                    "org.file_not_written", _("%(file)s cannot be written.") % {"file": bad}
                ) from None
        if dry_run:
            self.stdout.write(_("Nothing was written."))
            return
        IMPORTS[what](
            actor=SYSTEM, lines=taken.lines, digest=taken.digest, good_only=good_rows,
            overwrite=overwrite,
        )  # fmt: skip
        settle(len(taken.lines))

    def _content(self, file: Path) -> bytes:
        try:
            with file.open("rb") as stream:
                return stream.read(MOST_BYTES + 1)  # one more tells that there is more
        except OSError:
            raise DomainError(
                "org.file_not_read", _("%(file)s cannot be read.") % {"file": file}
            ) from None
