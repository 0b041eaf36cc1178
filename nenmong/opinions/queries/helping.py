"""Where an office helps and a head signs: what is late below and whom to phone, what to sign."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.opinions.models import Answer
from nenmong.opinions.queries.lists import Row, late_below
from nenmong.org import access as org
from nenmong.org.models import Post, Unit, in_force

AT_DESK = ("desk", "office", "head")
MOST = 50


@dataclass(frozen=True)
class LateDesk:
    """A desk with what is late on it, and who answers the telephone there."""

    uid: str
    name: str
    rows: list[Row]
    people: list[tuple[str, str, str]]  # name, post, telephone


def late(actor: Actor, unit: Unit, step: int) -> list[LateDesk]:
    """Return what is late under a unit by desk, the one that waits longest first. Five queries."""
    by_desk: dict[str, list[Row]] = defaultdict(list)
    for row in late_below(actor, unit, step):
        by_desk[row.desk_uid].append(row)
    if not by_desk:
        return []
    paths = dict(Unit.objects.filter(uid__in=list(by_desk)).values_list("uid", "path"))
    seen = [uid for uid, path in paths.items() if org.may(actor, "org.view_members", path)]
    people: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    posts = Post.objects.filter(in_force(clock.today()), unit__in=seen, role__in=AT_DESK)
    for post in posts.select_related("member").order_by("role", "uid"):
        people[post.unit_id].append((post.member.full_name, post.title, post.member.phone))
    return [LateDesk(uid, rows[0].desk, rows, people.get(uid, [])) for uid, rows in by_desk.items()]


def to_sign(unit: Unit) -> list[Answer]:
    """Return the answers that wait for the head of a unit: its own, its desks'. One query."""
    here = Q(desk=unit.uid) | Q(desk__parent=unit.uid)
    rows = Answer.objects.filter(here, state=Answer.State.TO_SIGN)
    return list(rows.select_related("opinion", "desk").order_by("written_at")[:MOST])
