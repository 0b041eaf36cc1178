"""`nenmong token NAME`: give a person's program a token for the API, list them, take them back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nenmong.accounts.tokens import new_token
from nenmong.core.actions import SYSTEM
from nenmong.org.actions import make_token, revoke_token
from nenmong.org.actions.tokens import person_named
from nenmong.ui import formats


class Command(BaseCommand):
    help = "Give a person a token for the API, shown once; or list them, or take them back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name the person signs in with")
        parser.add_argument("--note", default="", help="what the new token is for")
        other = parser.add_mutually_exclusive_group()
        other.add_argument("--list", action="store_true", help="say which tokens the person has")
        other.add_argument(
            "--revoke", nargs="?", const="all", metavar="PREFIX",
            help="take back the token with these eight letters; without them, all",
        )  # fmt: skip

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        if options["list"]:
            self._list(username)
        elif options["revoke"]:
            self._revoke(username, options["revoke"])
        else:
            self._make(username, options["note"])

    def _make(self, username: str, note: str) -> None:
        token = new_token()
        made = make_token(actor=SYSTEM, username=username, token=token, note=note)
        self.stdout.write(
            _("Token of %(name)s, shown only this once: %(token)s")
            % {"name": made.user.full_name, "token": token}
        )

    def _revoke(self, username: str, which: str) -> None:
        held = person_named(username).tokens.filter(revoked_at=None)
        prefixes = [row.prefix for row in held] if which == "all" else [which]
        for prefix in prefixes:
            revoke_token(actor=SYSTEM, username=username, prefix=prefix)
            self.stdout.write(_("The token %(prefix)s opens nothing more.") % {"prefix": prefix})
        if not prefixes:
            self.stdout.write(_("No token of this person is in force."))

    def _list(self, username: str) -> None:
        rows = person_named(username).tokens.order_by("made_at", "uid")
        for row in rows:
            if row.revoked_at:
                state = _("taken back on %(day)s") % {"day": formats.day(row.revoked_at)}
            elif row.last_used:
                state = _("last used on %(day)s") % {"day": formats.day(row.last_used)}
            else:
                state = _("never used")
            self.stdout.write("  ".join(filter(None, [row.prefix, state, row.note])))
        if not rows:
            self.stdout.write(_("This person has no token."))
