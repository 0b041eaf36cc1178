"""Opening a cell's minute book of a year, with all names: one opening, one line of the audit."""

from typing import Any

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.meetings.queries import books
from nenmong.org import access
from nenmong.org.models import Unit


@action
def open_minute_book(*, actor: Actor, unit_uid: str, year: int) -> dict[str, Any]:
    """Return the records of a year with their names sheets, and write down who opened the book.

    Raises:
        NotAllowed: `access.denied`.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "meetings.names", unit)
    rows = books.sealed_in(unit_uid, year)
    # The line names each meeting, so that who asks about one of them finds it.
    audit.record(
        actor, "meetings.book_opened", unit, unit_path=unit.path, year=year,
        meetings=[row.meeting_id for row in rows],
    )  # fmt: skip
    return {"meetings": books.with_names(rows)}
