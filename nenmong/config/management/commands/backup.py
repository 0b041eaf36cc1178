"""`nenmong backup FILE`: keep everything, while people go on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nenmong.config.safekeeping import journal, keys, telling
from nenmong.config.safekeeping.backup import check_target, make_backup
from nenmong.ui import formats


class Command(BaseCommand):
    """Ask for what locks it, make it, write down that it was made."""

    requires_system_checks = []  # a backup is made also where something else is amiss

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Write the database and the kept files into one locked file.")
        parser.add_argument("file", metavar="FILE", help=_("file to write; it must not exist yet"))
        telling.add_passphrase_option(parser)
        parser.add_argument(
            "--recipient", metavar="age1…", action="append", default=[],
            help=_("public key to lock it with, instead of a passphrase; may be repeated"),
        )  # fmt: skip

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        target = Path(file)
        with telling.told("backup", target):
            check_target(target)  # before anyone has to type a passphrase
            recipients, asked = options["recipient"], options["passphrase_file"]
            passphrase = ""
            if asked or not recipients:
                passphrase = keys.read_passphrase(asked, new=True)
            made = make_backup(target, keys.make_lock(passphrase, recipients))
            journal.note(
                "backup", ok=True, file=str(target.resolve()), backup=made.id, size=made.size,
                rows=made.rows, files=made.files, seconds=round(made.seconds, 1),
            )  # fmt: skip
        self.stdout.write(
            _(
                "Backup made: %(file)s, %(size)s, %(rows)s rows, %(files)s files, %(seconds)s s. "
                "Try it out now and then: nenmong drill %(file)s"
            )
            % {
                "file": target,
                "size": telling.megabytes(made.size),
                "files": made.files,
                "rows": formats.number(made.rows),
                "seconds": round(made.seconds),
            }
        )
