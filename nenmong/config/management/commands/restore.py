"""`nenmong restore FILE`: bring a backup back, into an empty place only."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nenmong.config.safekeeping import journal, telling
from nenmong.config.safekeeping.restore import restore_backup
from nenmong.ui import formats


class Command(BaseCommand):
    """Ask for the key, restore, write down that it was done."""

    requires_system_checks = []  # the database may hold nothing yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Bring a backup back into an empty database and home folder.")
        parser.add_argument("file", metavar="FILE", help=_("file that nenmong backup wrote"))
        telling.add_key_options(parser)

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path = Path(file)
        with telling.told("restore", path):
            done = restore_backup(path, telling.key_of(options))
            journal.note(
                "restore", ok=True, file=str(path.resolve()), backup=done.id, made_at=done.made_at,
                rows=done.rows, files=done.files, seconds=round(done.seconds, 1),
            )  # fmt: skip
        self.stdout.write(
            _(
                "Restored: the state of %(moment)s, %(rows)s rows, %(files)s files, %(seconds)s s. "
                "Everyone signs in anew. Next: nenmong verify, then nenmong serve"
            )
            % {
                "moment": telling.moment(done.made_at),
                "rows": formats.number(done.rows),
                "files": done.files,
                "seconds": round(done.seconds),
            }
        )
