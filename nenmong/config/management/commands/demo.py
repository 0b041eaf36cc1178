"""`nenmong demo`: build a believable province and serve it."""

import fcntl
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.config.demo import accounts, marker
from nenmong.config.demo.build import build, empty
from nenmong.config.demo.choices import MOST_PORT, SCALES, Choices, is_whole
from nenmong.config.demo.marker import Found, Holds
from nenmong.config.demo.sentences import Refused
from nenmong.config.demo.trail import trail
from nenmong.config.management.commands.serve import refusal
from nenmong.core import clock, ids

LOCK = "demo.lock"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OLD_DAYS = 14  # after which a demo built without --today is said to have aged
# All are text: what cannot be used is told in both languages, by `Choices`.
OPTIONS = (
    (
        "--scale", "district", "|".join(SCALES),
        gettext_lazy(
            "the 150 cells of a district, or all 3,114 of the province (default: %(default)s)"
        ),
    ),
    (
        "--today", "", "YYYY-MM-DD",
        gettext_lazy("the day the demo pretends it is (default: the real one)"),
    ),
    (
        "--months", "24", "N",
        gettext_lazy("months of meetings each cell has held, 0 to 36 (default: %(default)s)"),
    ),
    (
        "--seed", "1", "N",
        gettext_lazy("another number makes other persons and texts (default: %(default)s)"),
    ),
    (
        "--password", None, gettext_lazy("TEXT"),
        gettext_lazy("password of all accounts (default: the one kept from the last start)"),
    ),
    ("--host", "127.0.0.1", "HOST", gettext_lazy("address (default: %(default)s)")),
    ("--port", "8000", "N", gettext_lazy("port (default: %(default)s)")),
)  # fmt: skip


class Command(BaseCommand):
    """Check what a person can set right, build what is not built, say who may sign in, serve."""

    requires_system_checks = []  # `nenmong check` runs them; here they would delay the first page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Build a believable province with made-up persons, and serve it.")
        for name, default, metavar, text in OPTIONS:
            parser.add_argument(name, default=default, metavar=str(metavar), help=str(text))
        parser.add_argument("--no-serve", action="store_true", help=_("build only, do not serve"))
        parser.add_argument(
            "--check", action="store_true",
            help=_("say whether each sealed meeting of the last two months has its trail"),
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.start(**options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(str(unusable(error))) from error
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped. What was not finished is built anew at the next start."))
            raise SystemExit(130) from None

    def start(  # noqa: PLR0913 -- the options of the command
        self, *, scale: str, today: str, months: str, seed: str, password: str | None, host: str,
        port: str, no_serve: bool, check: bool = False, **_options: Any,
    ) -> None:  # fmt: skip
        """Do what is asked; nothing is touched before everything that can be checked is.

        Raises:
            Refused: a choice cannot be used, or the database or folder is not for this.
            CommandError: nothing can listen there.
        """
        real = timezone.localdate()
        if settings.TODAY and not today:
            today = settings.TODAY.isoformat()
        choices = Choices.read(
            real=real, scale=scale, today=today, months=str(months), seed=str(seed)
        )
        if password == "":
            raise Refused(gettext_lazy("--password is empty: write one, or leave it out."))
        check_home(Path(settings.HOME))
        no_serve = no_serve or check
        if not no_serve:
            check_port(host, str(port))
        password = password or accounts.kept_password()
        with locked(Path(settings.HOME)) as lock:
            choices = self.built(choices, password, lock)
            accounts.set_password(password)
            accounts.keep(password)
            if check:
                self.check_trail(choices)
                return
            self.show(choices, password, accounts.accounts())
            if not no_serve:
                self.serve(choices, real, host, int(port), lock, password)

    def check_trail(self, choices: Choices) -> None:
        """Say what was done by hand of what is shown of the last two months.

        Raises:
            CommandError: a sealed meeting has not been through all that one goes through.
        """
        found = trail(choices.day)
        for fault in found.faults:
            self.say(fault)
        if found.faults or not found.meetings:
            raise CommandError(
                _("%(faults)s of %(count)s sealed meetings have no whole trail.")
                % {"faults": len(found.faults), "count": found.meetings}
            )
        self.say(
            _(
                "%(count)s sealed meetings of the last two months: %(actions)s of the ward's cells "
                "and committee have their audit from plan to seal; %(bulk)s elsewhere, told in "
                "bulk, have agenda, roll, votes and seal."
            )
            % {"count": found.meetings, "actions": found.by_actions, "bulk": found.in_bulk}
        )
        self.say(
            _("%(count)s opinions of the ward's cells have each of their moves in the audit.")
            % {"count": found.opinions}
        )
        self.say(
            _(
                "%(count)s documents issued in that time were sent, have come to each cell they "
                "are meant for, and stand there as its meetings left them."
            )
            % {"count": found.documents}
        )

    def serve(
        self, choices: Choices, real: date, host: str, port: int, lock: int, password: str
    ) -> None:
        """Become the server; it holds the lock on, until it ends."""
        # For the web server and the worker; this process has read its settings already.
        os.environ["NENMONG_DEMO"] = "1"
        for name in ("NENMONG_TODAY", "NENMONG_DEMO_PASSWORD"):
            os.environ.pop(name, None)
        if choices.chosen and choices.day != real:
            os.environ["NENMONG_TODAY"] = choices.day.isoformat()
        if host in LOOPBACK:
            os.environ["NENMONG_DEMO_PASSWORD"] = password
        else:  # someone wants to look in from a phone: by which name is theirs
            os.environ.setdefault("NENMONG_HOSTS", "*")
        os.set_inheritable(lock, True)
        call_command("serve", host=host, port=port)

    # ── what lies in the database ───────────────────────────────────────────────────────────

    def built(self, wanted: Choices, password: str, lock: int) -> Choices:
        """Make the database hold what is wanted, and return the choices it was built with."""
        found = marker.look()
        if found.holds is Holds.SOMETHING_ELSE:
            raise Refused(
                gettext_lazy(
                    "The database %(name)s holds something that no demo built, so it is left as it "
                    "is. Choose another NENMONG_HOME or DATABASE_URL for the demo."
                ),
                name=settings.DATABASES["default"]["NAME"],
            )
        fits = found.choices is not None and wanted.are_met_by(found.choices)
        if found.holds is Holds.DEMO and fits and found.choices:
            call_command("migrate", interactive=False, verbosity=0)
            self.say_age(found.choices)
            chosen = wanted.chosen or found.choices.chosen
            return wanted if chosen else found.choices
        self.build(wanted, found, password, lock)
        return wanted

    def build(self, wanted: Choices, found: Found, password: str, lock: int) -> None:
        """Build the demo, in place of one that is not what is wanted or was broken off."""
        change_lock(lock, fcntl.LOCK_EX)
        if found.holds is Holds.HALF_A_DEMO:
            self.say(_("The last start was broken off. The demo is built anew."))
        elif found.choices:
            self.say(
                _("The demo here was built with other choices: %(choices)s.")
                % {"choices": self.words(found.choices)}
            )
            self.say(_("It is built anew; what was written in it since then is gone."))
        self.say(_("Building: %(choices)s.") % {"choices": self.words(wanted)})
        begun = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        empty()
        ids.ensure_lease()
        build(wanted, password=password, progress=self.progress)
        change_lock(lock, fcntl.LOCK_SH)
        self.say(_("Built in %(seconds)s s.") % {"seconds": round(time.monotonic() - begun)})

    # ── what is said ────────────────────────────────────────────────────────────────────────

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def progress(self, done: int, of: int) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r{done}/{of}", ending="\r" if done == of else "")
            self.stdout.flush()

    def words(self, choices: Choices) -> str:
        """Return choices as they would be written on the command line."""
        day = choices.day.strftime("%d/%m/%Y")
        return _("scale %(scale)s, day %(day)s, months of meetings %(months)s, seed %(seed)s") % {
            "scale": choices.scale, "day": day, "months": choices.months, "seed": choices.seed,
        }  # fmt: skip

    def say_age(self, built: Choices) -> None:
        """Say that a demo has aged, where its day goes on with the real one."""
        age = (clock.today() - built.day).days
        if not built.chosen and age > OLD_DAYS:
            self.say(
                _("Its meetings end %(days)s days ago. To build it for today: %(command)s")
                % {"days": age, "command": f"nenmong demo --today {clock.today()}"}
            )

    def show(self, choices: Choices, password: str, shown: list[accounts.Account]) -> None:
        """Print who may sign in, in a small table."""
        self.say("")
        self.say(_("Trial copy: units of 2024; every person and figure is made up."))
        if choices.chosen:
            self.say(_("It is %(day)s there.") % {"day": choices.day.strftime("%d/%m/%Y")})
        rows = [
            (_("Sign-in name"), _("Full name"), _("Post")),
            *((one.username, one.name, one.post) for one in shown),
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        for username, name, post in rows:
            self.say(f"  {username:<{widths[0]}}  {name:<{widths[1]}}  {post}")
        self.say(_("Password of each: %(password)s") % {"password": password})
        self.say("")


def unusable(error: DatabaseError) -> Refused:
    """Return what to say of a database that fails us: not there, not ours, or of another age."""
    return Refused(
        gettext_lazy(
            "The database %(name)s cannot be used for the demo: %(error)s. Choose another "
            "NENMONG_HOME or DATABASE_URL."
        ),
        name=settings.DATABASES["default"]["NAME"], error=" ".join(str(error).split()),
    )  # fmt: skip


def check_home(home: Path) -> None:
    """Refuse a home folder that cannot be written to."""
    probe = home / f".probe-{os.getpid()}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Refused(
            gettext_lazy(
                "The folder %(folder)s cannot be written to (%(error)s). "
                "Set NENMONG_HOME to one that can."
            ),
            folder=home, error=error.strerror,
        ) from error  # fmt: skip


def check_port(host: str, port: str) -> None:
    """Refuse a port that is none, or that is taken."""
    if not is_whole(port, 1, MOST_PORT):
        raise Refused(
            gettext_lazy("--port is a whole number from 1 to %(most)s, not %(given)s."),
            most=MOST_PORT, given=f"“{port}”",
        )  # fmt: skip
    if reason := refusal(host, int(port)):
        raise CommandError(reason)


@contextmanager
def locked(home: Path) -> Iterator[int]:
    """Hold a lock on this folder's demo, shared with those who serve it; yield its descriptor."""
    descriptor = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        change_lock(descriptor, fcntl.LOCK_SH)
        yield descriptor
    finally:
        os.close(descriptor)


def change_lock(descriptor: int, kind: int) -> None:
    """Make a lock shared, or one nobody shares; refuse where another process stands in the way."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        raise Refused(
            gettext_lazy(
                "A demo of this folder is being built or served, so it cannot be built anew. Stop "
                "it first, or set NENMONG_HOME to another folder."
            )
        ) from error
