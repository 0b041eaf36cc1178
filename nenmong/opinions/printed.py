"""Opinions as files, for who may have them: page and API alike.

What writes Word is 10 MB of each web process; most never write any. So it is read in when needed.
"""

import re
from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import fold
from nenmong.opinions.doors import answer_for, opinion_for
from nenmong.opinions.models import OpinionMove
from nenmong.opinions.queries import lists
from nenmong.opinions.queries.detail import detail
from nenmong.opinions.queries.shown import shown_as
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.ui import formats

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASSED = (
    OpinionMove.What.SEND, OpinionMove.What.FORWARD, OpinionMove.What.RETURN,
    OpinionMove.What.NOT_SOLVED, OpinionMove.What.REOPEN,
)  # fmt: skip


class Printed(NamedTuple):
    """A file and the name it bears."""

    content: bytes
    name: str
    kind: str = DOCX


def _named(*parts: str, ending: str = "docx") -> str:
    plain = (re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-")[:60] for part in parts)
    return "-".join(part for part in plain if part) + f".{ending}"


def _cell(shown: str, unit: Unit) -> str:
    """Return a cell as a paper calls it; a small one by the committee it stands under."""
    return shown if shown == unit.name else f"Chi bộ thuộc {shown}"


def slip(actor: Actor, uid: str) -> Printed:
    """Return the slip with which an opinion came to the last desk beyond its cell.

    Raises:
        DomainError: `opinions.no_transfer`: it has not left its cell.
    """
    from nenmong.opinions.exports import papers  # noqa: PLC0415

    opinion = opinion_for(actor, uid)
    found = detail(actor, opinion)
    passed = [
        move for move in found.moves if move.what in PASSED and move.desk_id != opinion.unit_id
    ]
    move = passed[-1] if passed else None
    here = [
        number for number, stage in enumerate(found.stages)
        if number and move and stage.desk_uid == move.desk_id
    ]  # fmt: skip
    if move is None or not here:
        raise DomainError(
            "opinions.no_transfer",
            _("The opinion has not left its cell, so there is no slip. Send it on first."),
        )
    way = found.stages[: here[-1] + 1]
    sender = Unit.objects.select_related("parent").get(uid=way[-2].desk_uid)
    transfer = papers.Transfer(
        opinion, _cell(found.unit, opinion.unit), sender, move.desk.name, move.reason, move.at,
        found.issue.title if found.issue else "", way,
    )  # fmt: skip
    name = _named("phieu chuyen", move.desk.name, move.on.isoformat())
    return Printed(papers.slip_docx(transfer), name)


def letter(actor: Actor, uid: str) -> Printed:
    """Return the letter that answers a cell; what a cell answers itself needs none."""
    from nenmong.opinions import exports  # noqa: PLC0415

    answer = answer_for(actor, uid)
    unit = answer.opinion.unit_id
    if answer.desk_id == unit:
        raise Http404
    to = _cell(shown_as(actor, [unit])[unit], answer.opinion.unit)
    on = answer.signed_on or clock.today()
    name = _named("tra loi", to, str(answer.number or ""), on.isoformat())
    return Printed(exports.letter_docx(answer, to), name)


def listing(actor: Actor, unit: Unit, asked: lists.Filters, *, workbook: bool) -> Printed:
    """Return the list of a unit under its filters, the latest first."""
    from nenmong.opinions import exports  # noqa: PLC0415
    from nenmong.opinions.exports.lists import MOST_PRINTED  # noqa: PLC0415

    seen = lists.of_filters(actor, unit, asked)
    total = seen.count()
    most = lists.MOST_ROWS if workbook else MOST_PRINTED
    rows = lists.rows_of(actor, seen.order_by("-raised_on", "-uid")[:most], rulebook.workdays())
    ending = "xlsx" if workbook else "docx"
    name = _named("y kien", unit.name, clock.today().isoformat(), ending=ending)
    if not workbook:
        return Printed(exports.list_docx(unit, rows, total), name)
    title = _("Opinions of %(unit)s, on %(day)s: %(shown)s of %(total)s") % {
        "unit": unit.name, "day": formats.day(clock.today()), "shown": len(rows), "total": total,
    }  # fmt: skip
    return Printed(exports.list_xlsx(title, rows), name, XLSX)
