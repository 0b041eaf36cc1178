"""Cases of the actions, a module for each file of them; each names its own in `CASES`."""

from importlib import import_module
from pkgutil import iter_modules


def all_of_them():
    """Return every module's cases, by the name of the action."""
    found = {}
    for module in iter_modules(__path__, f"{__name__}."):
        found |= import_module(module.name).CASES
    return found
