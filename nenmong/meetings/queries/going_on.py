"""What goes on from sealed minutes: opinions noted, answers that were read out and judged."""

from nenmong.meetings.models import AnswerRead, Matter, Meeting, NotedOpinion
from nenmong.meetings.rules import kinds


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
