"""Whom a sending reaches, and what this month asks of them already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from nenmong.directives.models import CellLoad, Delivery, Directive, Sending
from nenmong.directives.rules.load import MEASURES, KindLoad, Load, by_kind
from nenmong.directives.rules.reach import Level
from nenmong.org.models import CELLS, GRASSROOTS, OFFICES, Unit, UnitQuerySet
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book

QUOTA = "directives.quota."


@dataclass(frozen=True)
class To:
    """Whom a document is sent to: a level of the sender's subtree, some kinds, or picked units."""

    level: str = Level.CELLS.value
    cell_kinds: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    pass_on: bool = False  # those reached pass it on to their cells, with words of their own


def targets(root: Unit, to: To) -> UnitQuerySet:
    """Return the units a sending reaches, in the order it goes out."""
    rows = Unit.objects.under(root.path).filter(last_day=None).exclude(uid=root.uid)
    if root.is_cell:
        rows = Unit.objects.filter(uid=root.uid)
    match to.level:
        case Level.CELLS:
            rows = rows.filter(kind__in=CELLS)
        case Level.GRASSROOTS:
            rows = rows.filter(kind__in=GRASSROOTS).exclude(kind__in=CELLS)
        case _:
            rows = rows.filter(parent=root).exclude(kind__in=OFFICES)
    if to.cell_kinds and to.level == Level.CELLS:
        rows = rows.filter(cell_kind__in=to.cell_kinds)
    if to.picked:
        rows = rows.filter(uid__in=to.picked)
    return rows.order_by("path")


def of_sending(sending: Sending) -> UnitQuerySet:
    """Return the units a sending reaches, those that were reached already among them."""
    to = To(sending.level, tuple(sending.cell_kinds), tuple(sending.picked), sending.pass_on)
    return targets(sending.root, to)


def quota_of(book: Book) -> Load:
    """Return the most that documents ask of a cell in a month, by the rules of its committee."""
    return Load(**{name: int(book.value(QUOTA + name)) for name in MEASURES})


def load_for(one: Directive) -> Load:
    """Return what one document asks of one cell."""
    return Load(documents=1, pages=one.pages, minutes=one.minutes, fields=one.fields)


def load_of(
    root: Unit, to: To, month: date, added: Load, of: str = ""
) -> tuple[list[KindLoad], Load]:
    """Return the month's load of each kind of cell reached once `added` has come, and the quota.

    Where committees pass it on, of the cells under them. What was sent and has not arrived yet
    counts as well. Five queries; one more for each sending on its way.

    Args:
        of: the document that is to be sent: cells that have it get nothing more.
    """
    reached = targets(root, to)
    if to.level != Level.CELLS:
        paths = list(reached.values_list("path", flat=True)) if to.pass_on else []
        reached = _under(root, paths)
    if of:
        reached = reached.exclude(
            Exists(Delivery.objects.filter(directive=of, unit=OuterRef("pk")))
        )
    cells = list(reached.values_list("uid", "cell_kind"))
    uids = {uid for uid, _kind in cells}
    known, coming = loads(uids, month, under=root), _on_their_way(uids, month, but=of)
    quota = quota_of(rulebook.book_now(root, month))
    rows = [(kind, known.get(uid, Load()) + coming.get(uid, Load())) for uid, kind in cells]
    return by_kind(rows, added, {kind: quota for _uid, kind in cells}), quota


def _on_their_way(unit_uids: Collection[str], month: date, *, but: str) -> dict[str, Load]:
    """Return what sendings of a month that go out just now will ask of these cells."""
    going = Sending.objects.filter(state=Sending.State.GOING, month=month, pass_on=False)
    found: dict[str, Load] = {}
    for sending in (going.exclude(directive=but) if but else going).select_related("root"):
        load = Load(1, sending.pages, sending.minutes, sending.fields)
        left = of_sending(sending).filter(kind__in=CELLS, path__gt=sending.reached)
        for uid in left.values_list("uid", flat=True):
            if uid in unit_uids:
                found[uid] = found.get(uid, Load()) + load
    return found


def _under(root: Unit, paths: Collection[str]) -> UnitQuerySet:
    """Return the cells under the units at these paths, all of which lie under `root`."""
    cells = Unit.objects.under(root.path).filter(last_day=None, kind__in=CELLS)
    if not paths:
        return cells.none()
    length = {len(path) for path in paths}
    wanted = set(paths)
    uids = [
        uid
        for uid, path in cells.values_list("uid", "path")
        if any(path[:size] in wanted for size in length)
    ]
    return cells.filter(uid__in=uids)


def loads(unit_uids: Collection[str], month: date, *, under: Unit) -> dict[str, Load]:
    """Return what a month asks already of these cells, all under one unit. One query."""
    rows = CellLoad.objects.filter(month=month, unit__path__under=under.path)
    found: dict[str, Load] = {}
    for uid, *said in rows.values_list("unit_id", *MEASURES):
        if uid in unit_uids:  # one cell may have rows of several buckets: it took others in
            found[uid] = found.get(uid, Load()) + Load(*said)
    return found
