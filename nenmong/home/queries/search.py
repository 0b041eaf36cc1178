"""Finding units, members, meetings, documents without accents, within what one may see."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.directives.models import Directive
from nenmong.directives.rules.states import DRAFTS
from nenmong.meetings.models import Meeting
from nenmong.org import access
from nenmong.org.models import Member, Membership, Unit

SHOWN, LEAST, MOST_WORDS = 20, 2, 6


@dataclass(frozen=True)
class Found:
    """What was found, at most SHOWN of each; `more` names the lists that go on."""

    words: str
    units: list[Unit] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    documents: list[Directive] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        return not (self.units or self.members or self.meetings or self.documents)


def _named(column: str, words: list[str]) -> Q:
    """Return the condition that every word stands somewhere in the folded column."""
    condition = Q()
    for word in words:
        condition &= Q(**{column + "__contains": word})
    return condition


def _members(actor: Actor, words: list[str]) -> list[Membership]:
    """Return the places on a roll of members found by name, by given name. Two queries.

    Members first, then where they are: SQLite would else walk from every unit to each of its
    members, three times as long over a province.
    """
    seen = Membership.objects.filter(
        access.scope(actor, "org.view_members", path="unit__path"), last_day=None
    )
    here = seen.filter(bucket=OuterRef("bucket"), member=OuterRef("pk"))
    named = Member.objects.filter(_named("name_fold", words)).filter(Exists(here))
    uids = list(named.order_by("name_key", "uid").values_list("uid", flat=True)[: SHOWN + 1])
    places = seen.filter(member__in=uids).select_related("member", "unit") if uids else []
    return sorted(places, key=lambda place: uids.index(place.member_id))


def search(actor: Actor, text: str) -> Found:
    """Return what `actor` may see whose name holds all words of `text`. At most five queries.

    Accents, case and the place of a tone do not matter: `tinh uy` finds Tỉnh ủy and tỉnh uỷ. Fewer
    than LEAST letters find nothing.
    """
    folded = fold(text)
    words = folded.split()[:MOST_WORDS]
    if len(folded) < LEAST:
        return Found(folded)
    units = access.visible_units(actor).filter(_named("name_fold", words))
    meetings = Meeting.objects.visible_to(actor).filter(_named("unit__name_fold", words))
    issued = Directive.objects.visible_to(actor).exclude(state__in=DRAFTS)
    documents = issued.filter(_named("search_fold", words))
    lists: dict[str, Any] = {
        "units": units.select_related("parent").order_by("path"),
        "meetings": meetings.select_related("unit").order_by("-month", "unit__path"),
        "documents": documents.select_related("issuer")
        .defer("text", "gist", "search_fold")
        .order_by("-issued_on", "-uid"),
    }
    found = {name: list(rows[: SHOWN + 1]) for name, rows in lists.items()}
    found["members"] = _members(actor, words)
    more = frozenset(name for name, rows in found.items() if len(rows) > SHOWN)
    return Found(folded, **{name: rows[:SHOWN] for name, rows in found.items()}, more=more)
