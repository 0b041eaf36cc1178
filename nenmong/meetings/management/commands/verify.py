"""`nenmong verify`: check every seal, and name each meeting that does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.meetings.queries.documents import changed_files
from nenmong.meetings.queries.verify import verify


class Command(BaseCommand):
    help = "Check every sealed meeting against its seal; exit 1 and name those that do not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--files", action="store_true",
            help="also read every file of a sealed meeting; slow where there are many",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify()
        if options["files"]:
            result.findings.extend(changed_files())
        for finding in result.findings:
            self.stdout.write(str(finding))
        bad = len({finding.meeting_uid for finding in result.findings})
        self.stdout.write(
            _("%(count)s sealed meetings checked, %(bad)s do not hold.")
            % {"count": result.meetings, "bad": bad}
        )
        if result.findings:
            raise SystemExit(1)
