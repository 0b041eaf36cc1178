"""Finding units, members and meetings by name, without accents, within what one may see."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.meetings.models import Meeting
from nenmong.org import access
from nenmong.org.models import Membership, Unit

SHOWN, LEAST, MOST_WORDS = 20, 2, 6


@dataclass(frozen=True)
class Found:
    """What was found, at most SHOWN of each; `more` names the lists that go on."""

    words: str
    units: list[Unit] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        return not (self.units or self.members or self.meetings)


def _named(column: str, words: list[str]) -> Q:
    """Return the condition that every word stands somewhere in the folded column."""
    condition = Q()
    for word in words:
        condition &= Q(**{column + "__contains": word})
    return condition


def search(actor: Actor, text: str) -> Found:
    """Return what `actor` may see whose name holds all words of `text`. At most three queries.

    Accents, case and the place of a tone do not matter: `tinh uy` finds Tỉnh ủy and tỉnh uỷ. Fewer
    than LEAST letters find nothing.
    """
    folded = fold(text)
    words = folded.split()[:MOST_WORDS]
    if len(folded) < LEAST:
        return Found(folded)
    units = access.visible_units(actor).filter(_named("name_fold", words))
    members = Membership.objects.filter(
        access.scope(actor, "org.view_members", path="unit__path"),
        _named("member__name_fold", words), last_day=None,
    )  # fmt: skip
    meetings = Meeting.objects.visible_to(actor).filter(_named("unit__name_fold", words))
    lists: dict[str, Any] = {
        "units": units.select_related("parent").order_by("path"),
        "members": members.select_related("member", "unit").order_by(
            "member__name_key", "member_id"
        ),
        "meetings": meetings.select_related("unit").order_by("-month", "unit__path"),
    }
    found = {name: list(rows[: SHOWN + 1]) for name, rows in lists.items()}
    more = frozenset(name for name, rows in found.items() if len(rows) > SHOWN)
    return Found(folded, **{name: rows[:SHOWN] for name, rows in found.items()}, more=more)
