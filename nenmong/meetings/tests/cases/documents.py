"""Cases of documents and signed scans."""

from nenmong.core.keeping import STORE, Kept
from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.ready import here

CONTENT = b"%PDF-1.7 a page"


def at(state):
    def ready():
        _unit, meeting, secretary, member = here(state)
        file = Kept(STORE.keep(CONTENT), "pdf", len(CONTENT))
        said = {"meeting_uid": meeting.uid, "title": "Báo cáo", "file": file}
        return {"actor": secretary} | said, member

    return ready


def removing():
    _unit, meeting, secretary, member = here("opened")
    row = journey.document(meeting, secretary)
    return {"actor": secretary, "document_uid": row.uid}, member


def taking_off():
    given, member = at("sealed")()
    row = actions.attach_scan(**given)
    return {"actor": given["actor"], "document_uid": row.uid, "reason": "Đính nhầm"}, member


CASES = {
    "take_off_document": Case(taking_off, SAME),
    "add_document": Case(at("planned"), SAME),
    "attach_scan": Case(at("sealed"), SAME),
    "remove_document": Case(removing, ""),  # it is there no longer
}
