"""`nenmong recount`: count everything anew; what was different is named, and mended."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.core.actions import SYSTEM
from nenmong.directives.actions import rebuild_counts as of_directives
from nenmong.directives.actions.recounting import differences as in_directives
from nenmong.meetings.actions import rebuild_counts as of_meetings
from nenmong.meetings.queries import recount
from nenmong.opinions.actions import rebuild_counts as of_opinions
from nenmong.opinions.actions.recounting import differences as in_opinions


class Command(BaseCommand):
    help = "Rebuild all counters and month tables from the rows; exit 1 if one was different."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what is different")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            found = [str(difference) for difference in recount.differences()]
            found += in_opinions() + in_directives()
        else:
            found = of_meetings(actor=SYSTEM) + of_opinions(actor=SYSTEM)
            found += of_directives(actor=SYSTEM)
        for line in found:
            self.stdout.write(line)
        self.stdout.write(_("%(count)s differences found.") % {"count": len(found)})
        if found:
            raise SystemExit(1)
