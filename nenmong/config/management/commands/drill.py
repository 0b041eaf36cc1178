"""`nenmong drill FILE`: prove that a backup can be restored, without touching this place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nenmong.config.safekeeping import journal, telling
from nenmong.config.safekeeping.drill import drill


class Command(BaseCommand):
    """Restore aside, check the seals, count; print and write down what was found."""

    requires_system_checks = []  # as for `nenmong restore`

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Restore a backup aside, check its seals and counts, throw it away.")
        parser.add_argument("file", metavar="FILE", help=_("file that nenmong backup wrote"))
        telling.add_key_options(parser)

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path = Path(file)
        with telling.told("drill", path):
            proof = drill(path, telling.key_of(options))
            journal.note(
                "drill", ok=proof.holds, file=str(path.resolve()), backup=proof.backup,
                made_at=proof.made_at, rows=proof.rows, sealed=proof.sealed,
                faults=len(proof.faults), differences=len(proof.differences),
                seconds=round(proof.seconds, 1),
            )  # fmt: skip
        for line in (*proof.faults, *proof.differences):
            self.stdout.write(line)
        self.stdout.write(
            _(
                "Drill of the backup of %(moment)s: restored in %(seconds)s s, %(sealed)s sealed "
                "meetings checked, %(faults)s faults, %(differences)s differences in the counts."
            )
            % {
                "moment": telling.moment(proof.made_at),
                "seconds": round(proof.seconds),
                "sealed": proof.sealed,
                "faults": len(proof.faults),
                "differences": len(proof.differences),
            }
        )
        if not proof.holds:
            raise SystemExit(1)
