"""What the commands share: options for keys, one end for every failure, figures in words."""

import contextlib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.config.safekeeping import journal, keys
from nenmong.config.safekeeping.keys import Key
from nenmong.config.safekeeping.sentences import Refused
from nenmong.ui import formats


def add_key_options(parser: ArgumentParser) -> None:
    """Add what opens a backup."""
    add_passphrase_option(parser)
    parser.add_argument(
        "--identity-file", metavar="FILE", help=_("file of the secret key, as age-keygen wrote it")
    )


def add_passphrase_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", metavar="FILE",
        help=_("file that holds the passphrase (else %(variable)s, else it is asked for)")
        % {"variable": keys.VARIABLE},
    )  # fmt: skip


def key_of(options: dict[str, Any]) -> Key:
    """Return the key the options name, or the passphrase, asked for when nothing else is said."""
    if options["identity_file"]:
        return Key(identities=keys.read_identities(options["identity_file"]))
    return Key(keys.read_passphrase(options["passphrase_file"], new=False))


@contextmanager
def told(command: str, file: Path) -> Iterator[None]:
    """Turn whatever stops a command into a sentence, and write it down."""
    try:
        yield
    except (Refused, DatabaseError, OSError, KeyboardInterrupt) as error:
        refused = error if isinstance(error, Refused) else _sentence(error)
        # Where the home folder itself is the trouble, the sentence on the screen must do.
        with contextlib.suppress(OSError, Refused):
            journal.note(command, ok=False, file=str(file), why=str(refused))
        raise CommandError(str(refused)) from error


def megabytes(size: int) -> str:
    """Return a size as people say it."""
    return f"{size / 1e6:.1f} MB"


def moment(text: str) -> str:
    """Return a moment kept as ISO as the clock on the wall showed it: `19.30 03/7/2026`."""
    at = datetime.fromisoformat(text)
    return f"{formats.clock_time(at)} {formats.day(at)}"


def _sentence(error: BaseException) -> Refused:
    if isinstance(error, KeyboardInterrupt):
        return Refused(
            gettext_lazy(
                "Broken off. A half-made backup is removed; to finish a restore, start it again."
            )
        )
    if isinstance(error, OSError):
        return Refused(
            gettext_lazy(
                "A file cannot be read or written: %(error)s. Check the disk's free space and the "
                "rights of the folder, then start again."
            ),
            error=error.strerror or error,
        )
    return Refused(
        gettext_lazy(
            "The database cannot be used: %(error)s. Check DATABASE_URL and that its server runs, "
            "or run: nenmong doctor"
        ),
        error=" ".join(str(error).split()),
    )
