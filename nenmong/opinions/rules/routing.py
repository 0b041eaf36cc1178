"""Which desk is proposed for an opinion: the nearest above that handles its field."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Handles:
    """A desk that handles a field; `path` is that of the committee it works for."""

    desk_uid: str
    path: str
    field: str


def proposed(
    unit_path: str, field: str, desks: Iterable[Handles], past: Iterable[str] = ()
) -> list[str]:
    """Return desks by how well they fit, the best first: by field, the nearest level first.

    One that it lay on already (`past`) comes last: it was passed on from there.
    """
    before = set(past)
    fitting = [desk for desk in desks if desk.field == field and unit_path.startswith(desk.path)]
    fitting.sort(key=lambda desk: (desk.desk_uid in before, -len(desk.path), desk.desk_uid))
    return [desk.desk_uid for desk in fitting]
