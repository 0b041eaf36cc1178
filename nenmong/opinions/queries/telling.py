"""An answer as it comes before the cell: what is read out, from whom, whether it is judged."""

from dataclasses import dataclass

from nenmong.opinions.models import Answer
from nenmong.opinions.rules.answers import Result
from nenmong.opinions.rules.states import State
from nenmong.opinions.sentences import read_out

# Of these the cell is only told: nothing is to be done, or the day has not come.
ONLY_HEARD = (Result.HEARD, Result.WILL_DO)


@dataclass(frozen=True)
class ToTell:
    """An answer that is to be read out in a cell."""

    answer_uid: str
    unit_uid: str
    opinion: str
    text: str
    desk: str
    asks: bool


def to_tell(answer_uid: str) -> ToTell | None:
    """Return an answer that waits to be told; None where it does not, or no more. One query."""
    answer = Answer.objects.select_related("opinion", "desk").filter(uid=answer_uid).first()
    if answer is None or answer.told_on or answer.opinion.state != State.ANSWERED:
        return None
    opinion = answer.opinion
    return ToTell(
        answer.uid, opinion.unit_id, opinion.text, read_out(answer), answer.desk.name,
        opinion.asks and answer.result not in ONLY_HEARD,
    )  # fmt: skip


@dataclass(frozen=True)
class ToldToSource:
    """An answer to a line of sealed minutes, for whoever keeps what the line was about."""

    bucket: int
    source_uid: str
    text: str


def told_to_source(answer_uid: str) -> ToldToSource | None:
    """Return the answer to a line of minutes; None where the opinion came otherwise. One query."""
    answer = Answer.objects.select_related("opinion").filter(uid=answer_uid).first()
    if answer is None or not answer.opinion.source_uid:
        return None
    return ToldToSource(answer.opinion.bucket, answer.opinion.source_uid, read_out(answer))
