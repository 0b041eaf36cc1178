"""Which rule of the country holds on a day: what the packs say."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.rulebook import rules
from nenmong.rulebook.rules import Pack, Rule

FOLDER = settings.PACKS / "rulebook"


@lru_cache(maxsize=1)
def packs() -> tuple[Pack, ...]:
    """Return the packs the program holds, each file read once a process.

    Raises:
        DomainError: `rulebook.pack_broken`, naming the file, or the folder where it holds none.
    """
    return read_packs(FOLDER)


def read_packs(folder: Path) -> tuple[Pack, ...]:
    """Read every pack in `folder`.

    Raises:
        DomainError: as `packs`.
    """
    read = tuple(_read(path) for path in sorted(folder.glob("*.yaml")))
    if not read:
        raise _broken(folder.name, "*.yaml")
    return read


def _read(path: Path) -> Pack:
    try:
        return rules.read_pack(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _broken(path.name, f"line {mark.line + 1}" if mark else "YAML") from error
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise _broken(path.name, "YAML, UTF-8") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        place = str(error.args[0]) if isinstance(error, KeyError) else "YAML"
        raise _broken(path.name, place) from error


def _broken(file: str, place: str) -> DomainError:
    return DomainError(
        "rulebook.pack_broken",
        _(
            "The rules in %(file)s cannot be used: look at “%(place)s”. "
            "Put back the file that came with the program, in packs/rulebook."
        )
        % {"file": file, "place": place},
    )


def rule_keys() -> list[str]:
    """Return the rules that packs name, those of the first pack first."""
    named = [key for pack in sorted(packs(), key=lambda one: one.first_day) for key in pack.rules]
    return list(dict.fromkeys(named))


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
