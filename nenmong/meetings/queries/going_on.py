"""What goes on from sealed minutes: opinions noted, answers judged, documents discussed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from nenmong.meetings.models import (
    AnswerRead,
    CarryOver,
    Matter,
    Meeting,
    NotedOpinion,
    Speech,
    Vote,
)
from nenmong.meetings.rules import kinds
from nenmong.meetings.rules.texts import asks


def noted(meeting_uid: str) -> list[NotedOpinion]:
    """Return what a sealed meeting of a cell noted as opinions, with item and meeting. Two queries.

    What a committee says among itself stays in its minutes.
    """
    meeting = Meeting.objects.filter(uid=meeting_uid, status=Meeting.Status.SEALED).first()
    if meeting is None or kinds.of(meeting.kind).of_committee:
        return []
    return list(meeting.opinions_noted.select_related("item", "meeting"))


def answers_told(meeting_uid: str) -> list[AnswerRead]:
    """Return the answers that came before a sealed meeting and were not left. Two queries."""
    discharged = Matter.objects.filter(
        meeting_uid=meeting_uid, kind=Matter.Kind.ANSWER, state=Matter.State.DISCHARGED
    )
    uids = list(discharged.values_list("uid", flat=True))
    rows = AnswerRead.objects.filter(meeting=meeting_uid, matter_uid__in=uids)
    sealed = rows.filter(meeting__status=Meeting.Status.SEALED)
    return list(sealed.select_related("meeting"))


@dataclass(frozen=True)
class DocumentTold:
    """What a sealed meeting made of a document that came before it."""

    unit_uid: str
    source_uid: str
    meeting_uid: str
    on: date
    speeches: int
    unclear: list[NotedOpinion]  # lines that ask what is meant
    vote: Vote | None  # the last one under it
    carried_why: str  # left to the next meeting, and why


def documents_told(meeting_uid: str) -> list[DocumentTold]:
    """Return the documents that stood on the agenda of a sealed meeting. Seven queries."""
    meeting = Meeting.objects.filter(uid=meeting_uid, status=Meeting.Status.SEALED).first()
    if meeting is None or meeting.held_on is None:
        return []
    here = {"bucket": meeting.bucket, "meeting": meeting}
    items = {item.matter_uid: item for item in meeting.items.filter(matter_uid__isnull=False)}
    carried = dict(CarryOver.objects.filter(**here).values_list("matter_uid", "reason"))
    matters = Matter.objects.filter(
        unit=meeting.unit_id, kind=Matter.Kind.DIRECTIVE, uid__in=[*items, *carried]
    )
    found: list[DocumentTold] = []
    if not (documents := list(matters)):
        return found
    by_item = Counter(Speech.objects.filter(**here).values_list("item_id", flat=True))
    lines = list(NotedOpinion.objects.filter(**here).select_related("item", "meeting"))
    votes = {vote.item_id: vote for vote in meeting.votes.filter(item__isnull=False)}
    for matter in documents:
        item = items.get(matter.uid)
        uid = item.uid if item else ""
        found.append(
            DocumentTold(
                unit_uid=meeting.unit_id, source_uid=matter.source_uid or "",
                meeting_uid=meeting.uid, on=meeting.held_on, speeches=by_item[uid],
                unclear=[line for line in lines if line.item_id == uid and asks(line.text)],
                vote=votes.get(uid), carried_why=carried.get(matter.uid, ""),
            )
        )  # fmt: skip
    return found
