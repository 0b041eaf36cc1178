"""Cases of dues, and of a draft resolution taken over."""

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem
from nenmong.meetings.tests.ready import here


def dues():
    _unit, meeting, secretary, member = here("opened")
    AgendaItem.objects.filter(meeting=meeting, step="discussion").update(business="dues")
    item = meeting.items.get(step="discussion")
    said = {"item_uid": item.uid, "members": 3, "amount": 150_000}
    return {"actor": secretary} | said, member


def drafted():
    _unit, meeting, secretary, member = here("opened")
    actions.write_text(
        actor=secretary, meeting_uid=meeting.uid, field="draft_resolution", was="",
        text="Tháo dỡ mái vẩy ngõ 8.",
    )  # fmt: skip
    return {"actor": secretary, "meeting_uid": meeting.uid}, member


CASES = {"record_dues": Case(dues, SAME), "take_over_draft": Case(drafted, SAME)}
