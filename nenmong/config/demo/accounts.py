"""The accounts one tries the demo with, and their one password, kept where only its owner reads."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from nenmong.accounts.models import User
from nenmong.config.demo.packs import pack
from nenmong.core import audit, ids
from nenmong.core.actions import SYSTEM
from nenmong.core.rules import ALPHABET
from nenmong.home.queries import stands_for

FILE = "demo-password"  # in the home folder
PART = 4  # letters of a password between two hyphens
PARTS = 3


@dataclass(frozen=True)
class Account:
    """A name to sign in with, who that is, and what they are."""

    username: str
    name: str
    post: str


def usernames() -> list[str]:
    """Return the names one signs in with, in the order they are shown."""
    names: list[str] = []
    for cell in pack("cells")["cells"]:
        names += cell.get("accounts", {}).values()
    for cell in pack("cells")["cells"]:
        names += [post["username"] for post in cell.get("above", ()) if "username" in post]
    beyond = pack("cells")["beyond"]
    return names + [said["username"] for said in beyond if not said.get("silent")]


def accounts() -> list[Account]:
    """Return the accounts that were built, each with the post it stands for."""
    users = {user.username: user for user in User.objects.filter(username__in=usernames())}
    titles = stands_for([user.uid for user in users.values()])
    return [
        Account(name, users[name].full_name, titles.get(users[name].uid, ""))
        for name in usernames()
        if name in users
    ]


def kept_password() -> str:
    """Return the password kept from the last start, else a new one."""
    try:
        return _file().read_text(encoding="utf-8").strip("\n") or new_password()
    except (FileNotFoundError, UnicodeDecodeError):
        return new_password()


def new_password() -> str:
    """Return a password that reads and types easily: three times four letters."""
    letters = ["".join(secrets.choice(ALPHABET) for _ in range(PART)) for _ in range(PARTS)]
    return "-".join(letters)


def keep(password: str) -> None:
    """Write the password into the home folder, readable by its owner only."""
    # A new file each time: one that lies there may be readable by others.
    fresh = _file().with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    fresh.replace(_file())


def set_password(password: str) -> None:
    """Make `password` that of every account shown; nothing is written where it is already."""
    users = list(User.objects.filter(username__in=usernames()))
    if all(check_password(password, hashed) for hashed in {user.password for user in users}):
        return
    hashed = make_password(password)
    ids.ensure_lease()  # for the audit; a demo that was built before has not taken one
    with transaction.atomic():
        for user in users:
            user.password = hashed
            user.save(update_fields=["password"])
            audit.record(SYSTEM, "accounts.password_set", user, unit_path="")


def _file() -> Path:
    return Path(settings.HOME) / FILE
