"""What locks a backup: a passphrase, or public keys; all of it age's, none of it our own.

The content is always encrypted to a key made for this one file, because only to keys does the
library encrypt in a stream. The passphrase locks that key, a second small age file beside it.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from getpass import getpass
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.config.safekeeping.sentences import Refused, unreadable

VARIABLE = "NENMONG_BACKUP_PASSPHRASE"
SHORTEST = 12  # letters of a passphrase; it is what the names of all speakers are kept by


@dataclass(frozen=True)
class Lock:
    """To whom one file is encrypted, and its key as the passphrase locks it."""

    recipients: Sequence[Any]
    locked_key: bytes | None


@dataclass(frozen=True)
class Key:
    """What a file is opened with: one of the two."""

    passphrase: str = ""
    identities: tuple[str, ...] = ()

    def open(self, locked_key: bytes | None) -> list[Any]:
        """Return what decrypts the content of a file with this locked key.

        Raises:
            Refused: the passphrase is not the one, or the other kind of key is needed.
        """
        if self.identities:
            return [pyrage.x25519.Identity.from_str(line) for line in self.identities]
        if locked_key is None:
            raise Refused(
                gettext_lazy(
                    "This backup is locked with a public key, so no passphrase opens it. Give the "
                    "file of the secret key: --identity-file FILE."
                )
            )
        try:
            return [pyrage.x25519.Identity.from_str(_unlocked(locked_key, self.passphrase))]
        except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
            raise Refused(
                gettext_lazy(
                    "The passphrase does not open this backup, or its first bytes are damaged. "
                    "Nothing was changed. Look up the passphrase of that day, or take another copy."
                )
            ) from error


@lru_cache(maxsize=1)
def _unlocked(locked_key: bytes, passphrase: str) -> str:
    """Return the key of a file; slow on purpose, so done once for the two readings of a file."""
    return str(pyrage.passphrase.decrypt(locked_key, passphrase).decode("ascii"))


def make_lock(passphrase: str, recipients: Sequence[str]) -> Lock:
    """Return a lock for one new file.

    Raises:
        Refused: a recipient is no public key of age, or the passphrase is too short.
    """
    to: list[Any] = []
    for text in recipients:
        try:
            to.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError as error:
            raise Refused(
                gettext_lazy(
                    "%(given)s is not a public key of age. It begins with age1: copy the line that "
                    "age-keygen has printed."
                ),
                given=f"“{text}”",
            ) from error
    if not passphrase:
        return Lock(to, None)
    if len(passphrase) < SHORTEST:
        raise Refused(
            gettext_lazy(
                "The passphrase has fewer than %(least)s letters and could be guessed. "
                "Choose a longer one, for example five words."
            ),
            least=SHORTEST,
        )
    made = pyrage.x25519.Identity.generate()
    locked = pyrage.passphrase.encrypt(str(made).encode("ascii"), passphrase)
    return Lock([*to, made.to_public()], locked)


def read_passphrase(file: str | None, *, new: bool) -> str:
    """Return the passphrase from the file, the environment or the terminal, in that order.

    Raises:
        Refused: it is nowhere, or was typed in two ways.
    """
    if file:
        return _read(Path(file)).strip()
    if kept := os.environ.get(VARIABLE):
        return kept
    if not sys.stdin.isatty():
        raise Refused(
            gettext_lazy(
                "No passphrase is given and there is no terminal to ask on. Set %(variable)s, or "
                "name a file: --passphrase-file FILE."
            ),
            variable=VARIABLE,
        )
    typed = getpass(_("Passphrase of the backup: "))
    if new and typed != getpass(_("Once more: ")):
        raise Refused(gettext_lazy("The two passphrases differ. Start again."))
    return typed


def read_identities(file: str) -> tuple[str, ...]:
    """Return the secret keys in a file that age-keygen has written.

    Raises:
        Refused: there is none in it.
    """
    lines = tuple(
        line.strip() for line in _read(Path(file)).splitlines() if line.strip() and line[0] != "#"
    )
    try:
        if lines and [pyrage.x25519.Identity.from_str(line) for line in lines]:
            return lines
    except pyrage.IdentityError:
        pass
    raise Refused(
        gettext_lazy(
            "The file %(file)s holds no secret key of age. Name the one age-keygen wrote; "
            "it has a line that begins with AGE-SECRET-KEY-1."
        ),
        file=file,
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
