"""Pure rules of the rulebook: what a pack is, which value holds on a day, what a committee sets."""

from nenmong.rulebook.rules.own import (
    SETTINGS,
    BadValueError,
    Kind,
    Setting,
    own_rule,
    read_value,
    shown,
)
from nenmong.rulebook.rules.packs import Pack, Rule, Source, in_force, read_pack

__all__ = [
    "SETTINGS", "BadValueError", "Kind", "Pack", "Rule", "Setting", "Source", "in_force",
    "own_rule", "read_pack", "read_value", "shown",
]  # fmt: skip
