"""What a seal follows besides its own chain: the ends of the chains of units taken in.

A merged cell starts from the heads of all it was made of; one that takes in another follows both
from its next seal on. Which units these are, the organisation says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Max

from nenmong.meetings.models import ChainHead, SealedRecord
from nenmong.org import queries as org
from nenmong.org.queries import Joined


@dataclass(frozen=True)
class Chains:
    """Heads and last seals of units that were taken in, and by which units."""

    joined: Mapping[str, Sequence[Joined]] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    sealed: Mapping[str, datetime] = field(default_factory=dict)

    def links_before(self, unit: str, after: datetime | None, until: datetime | None) -> list[str]:
        """Return the last links of what a unit took in after `after` and up to `until`."""
        links: list[str] = []
        for one in self.joined.get(unit, ()):
            if (after is None or one.since > after) and (until is None or one.since <= until):
                links += self._ends(one.unit_uid)
        return list(dict.fromkeys(links))  # two parts of one split cell end alike

    def _ends(self, unit: str) -> list[str]:
        own = [self.heads[unit]] if self.heads.get(unit) else []
        return own + self.links_before(unit, self.sealed.get(unit), None)


def joined_before(unit_uid: str, moment: datetime) -> list[str]:
    """Return the links a unit's next seal follows besides its own. One query, mostly."""
    joined: dict[str, list[Joined]] = {}
    now = [unit_uid]
    while now:
        found = org.predecessors(now)
        joined |= found
        now = [one.unit_uid for some in found.values() for one in some]
    if not joined:
        return []
    units = _named(joined)
    heads = dict(ChainHead.objects.filter(unit__in=units).values_list("unit_id", "link"))
    chains = Chains(joined, heads, _sealed(units))
    return chains.links_before(unit_uid, chains.sealed.get(unit_uid), moment)


def of_all(heads: Mapping[str, ChainHead]) -> Chains:
    """Return all chains that others go on from, for a check of everything. One query, or two."""
    joined = org.predecessors()
    if not joined:
        return Chains()
    links = {unit: head.link for unit, head in heads.items()}
    return Chains(joined, links, _sealed(_named(joined)))


def _named(joined: Mapping[str, Sequence[Joined]]) -> list[str]:
    return sorted({*joined, *(one.unit_uid for some in joined.values() for one in some)})


def _sealed(units: list[str]) -> dict[str, datetime]:
    """Return when each unit sealed last, as far as it can be read."""
    rows = SealedRecord.objects.filter(unit__in=units).order_by().values_list("unit_id")
    try:
        return dict(rows.annotate(Max("sealed_at")))
    except (ValueError, TypeError, DatabaseError):
        if len(units) == 1:
            return {}
        half = len(units) // 2
        return _sealed(units[:half]) | _sealed(units[half:])
