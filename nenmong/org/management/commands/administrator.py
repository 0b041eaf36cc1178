"""`nenmong administrator NAME`: name who keeps the installation; the first one, on a new server."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from nenmong.accounts.codes import codes_of
from nenmong.accounts.models import User
from nenmong.accounts.rules import printed_code
from nenmong.core.actions import SYSTEM
from nenmong.core.rules import ALPHABET
from nenmong.org.actions import appoint_administrator, restore_access
from nenmong.org.models import Administrator
from nenmong.ui import formats

PARTS, LETTERS = 4, 4


class Command(BaseCommand):
    help = "Let a person keep the installation; a new account's password is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("--full-name", default="", help="of a new account")
        parser.add_argument(
            "--restore", action="store_true",
            help="print a code to come in with, where phone or password are lost",
        )  # fmt: skip

    def handle(
        self, *args: Any, username: str, full_name: str, restore: bool, **options: Any
    ) -> None:
        if restore:
            self._restore(username)
            return
        known = User.objects.filter(username=username).exists()
        parts = ["".join(secrets.choice(ALPHABET) for _n in range(LETTERS)) for _p in range(PARTS)]
        password = "-".join(parts)
        made = appoint_administrator(
            actor=SYSTEM, username=username, full_name=full_name, password=password
        )
        self.stdout.write(
            _("%(name)s keeps the installation from today on.") % {"name": made.user.full_name}
        )
        if not known:
            self.stdout.write(
                _("Password, shown only this once: %(password)s. Change it after signing in.")
                % {"password": password}
            )

    def _restore(self, username: str) -> None:
        """Whoever runs the server lets the last administrator in again."""
        held = Administrator.objects.filter(user__username__iexact=username, last_day=None).first()
        if held is None:
            raise CommandError(_("Nobody of this name keeps the installation."))
        sheet = restore_access(actor=SYSTEM, user_uid=held.user_id)
        self.stdout.write(
            _("Code for %(name)s, good for one time until %(day)s: %(code)s")
            % {
                "name": held.user.username,
                "day": formats.day(sheet.last_day),
                "code": printed_code(codes_of(sheet)[0]),
            }
        )
