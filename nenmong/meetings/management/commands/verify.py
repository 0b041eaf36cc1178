"""`nenmong verify`: check every seal, and name each meeting that does not hold."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nenmong.meetings.queries.verify import verify


class Command(BaseCommand):
    help = "Check every sealed meeting against its seal; exit 1 and name those that do not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify()
        for finding in result.findings:
            self.stdout.write(str(finding))
        bad = len({finding.meeting_uid for finding in result.findings})
        self.stdout.write(
            _("%(count)s sealed meetings checked, %(bad)s do not hold.")
            % {"count": result.meetings, "bad": bad}
        )
        if result.findings:
            raise SystemExit(1)
