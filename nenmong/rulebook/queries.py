"""Which rule holds on a day. Until committees set their own, it is the country's packs."""

from datetime import date
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings

from nenmong.rulebook import rules
from nenmong.rulebook.rules import Pack, Rule

FOLDER = settings.PACKS / "rulebook"


@lru_cache(maxsize=1)
def packs() -> tuple[Pack, ...]:
    """Return the packs the program holds, each file read once a process."""
    return tuple(
        rules.read_pack(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    )


@lru_cache(maxsize=1024)
def rule(key: str, on: date) -> Rule:
    """Return the rule `key` in force on a day.

    A day before the first pack is answered by the first one: an older meeting entered late is read
    by the oldest rule known.

    Raises:
        KeyError: no pack names `key`.
    """
    found = rules.in_force(packs(), key, on)
    if found is None:
        naming = [pack for pack in packs() if key in pack.rules]
        found = min(naming, key=lambda pack: pack.first_day).rules[key] if naming else None
    if found is None:
        raise KeyError(f"No pack names the rule {key!r}")
    return found


def value(key: str, on: date) -> Any:
    """Return only the value of `rule(key, on)`."""
    return rule(key, on).value
