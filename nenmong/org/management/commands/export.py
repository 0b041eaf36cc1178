"""`nenmong export units|members FILE`: a file that `nenmong import` takes in again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.core.actions import SYSTEM
from nenmong.org import exports


class Command(BaseCommand):
    help = "Write all units or members into a workbook (.xlsx) or CSV file (.csv)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["units", "members"])
        parser.add_argument("file", type=Path, help="its name ends in .xlsx or .csv")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if file.suffix.lower() not in {".csv", ".xlsx"}:
            self.stderr.write(_("The file's name must end in .xlsx or .csv."))
            raise SystemExit(1)
        content = exports.export(SYSTEM, options["what"], csv=file.suffix.lower() == ".csv")
        try:
            file.write_bytes(content)
        except OSError:
            self.stderr.write(_("%(file)s cannot be written.") % {"file": file})
            raise SystemExit(1) from None
        self.stdout.write(_("Written: %(file)s") % {"file": file})
