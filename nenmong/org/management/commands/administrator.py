"""`nenmong administrator NAME`: name who keeps the installation; the first one, on a new server."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.accounts.models import User
from nenmong.core.actions import SYSTEM
from nenmong.core.rules import ALPHABET
from nenmong.org.actions import appoint_administrator

PARTS, LETTERS = 4, 4


class Command(BaseCommand):
    help = "Let a person keep the installation; a new account's password is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("--full-name", default="", help="of a new account")

    def handle(self, *args: Any, username: str, full_name: str, **options: Any) -> None:
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
