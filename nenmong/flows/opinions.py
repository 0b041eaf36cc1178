"""What is said in a cell goes on as opinions; their answers come before it, and go back judged."""

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.events import on
from nenmong.meetings.actions import bring_answer
from nenmong.meetings.actions.answers_read import Brought
from nenmong.meetings.events import MinutesSealed
from nenmong.meetings.models import NotedOpinion
from nenmong.meetings.queries import going_on
from nenmong.opinions.actions import judge, open_noted
from nenmong.opinions.actions.judging import Told
from nenmong.opinions.actions.raising import Noted
from nenmong.opinions.events import OpinionAnswered
from nenmong.opinions.models import Opinion
from nenmong.opinions.queries.telling import to_tell


@on(MinutesSealed)
def open_opinions(event: MinutesSealed) -> None:
    """Who said it is not read: it stays on the names sheet of the meeting."""
    documents = going_on.documents_told(event.meeting_uid)
    questions = {line.uid for one in documents for line in one.unclear}
    for line in going_on.noted(event.meeting_uid):
        open_noted(actor=SYSTEM, noted=noted_of(line, question=line.uid in questions))


def noted_of(line: NotedOpinion, *, question: bool) -> Noted:
    """Return a line of sealed minutes as it is opened; `question`: on a document, to its issuer."""
    return Noted(
        uid=line.uid, unit_uid=line.meeting.unit_id, meeting_uid=line.meeting_id,
        held_on=line.meeting.held_on or clock.today(), item=line.item.title, text=line.text,
        kind=Opinion.Kind.QUESTION if question else "",
    )  # fmt: skip


@on(MinutesSealed)
def judge_answers(event: MinutesSealed) -> None:
    """What a cell found of the answers that came before it."""
    for read in going_on.answers_told(event.meeting_uid):
        told = Told(
            meeting_uid=read.meeting_id, on=read.meeting.held_on or clock.today(),
            verdict=read.verdict, solved=read.solved, partly=read.partly,
            not_solved=read.not_solved, reason=read.reason,
        )  # fmt: skip
        judge(actor=SYSTEM, answer_uid=read.source_uid, told=told)


@on(OpinionAnswered)
def bring_to_the_cell(event: OpinionAnswered) -> None:
    """A signed answer waits for the next meeting of the cell that raised it."""
    if (one := to_tell(event.answer_uid)) is None:
        return
    brought = Brought(
        unit_uid=one.unit_uid, source_uid=one.answer_uid,
        title=_("Answer to: %(opinion)s") % {"opinion": one.opinion}, text=one.text,
        sender=one.desk, asks=one.asks,
    )  # fmt: skip
    bring_answer(actor=SYSTEM, brought=brought)
