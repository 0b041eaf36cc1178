"""Documents that committees send, before the meetings of units."""

from datetime import date

from nenmong.core.actions import SYSTEM
from nenmong.core.ids import new_uid
from nenmong.core.tests.contract import DONE, Case
from nenmong.meetings.actions.documents_brought import Brought
from nenmong.meetings.tests import journey


def brought(unit, source_uid=None, **said):
    """Return a document as it comes before a unit."""
    return Brought(
        **{
            "unit_uid": unit.uid, "source_uid": source_uid or new_uid(), "asked": "discuss",
            "title": "05-HD/ĐU · Rà soát hộ nghèo", "text": "Mỗi chi bộ giúp một hộ.",
            "sender": "Đảng ủy phường", "due_on": date(2026, 12, 31), "minutes": 15,
        }
        | said
    )  # fmt: skip


def bringing():
    unit, secretary, _scribe = journey.cell(4)
    return {"actor": SYSTEM, "brought": [brought(unit)]}, secretary


CASES = {"bring_documents": Case(bringing, DONE)}
