"""Words of a fixed choice whose classes bear names that others bear: described where they stand.

In the description of the API a class is found by its name.
"""

from typing import Annotated, Literal

from pydantic import WithJsonSchema

from nenmong.opinions.models import Answer, Opinion, OpinionMove, TakenElsewhere


def _of(values: list[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": values})


Kind = Annotated[Opinion.Kind, _of(Opinion.Kind.values)]
KindOrNone = Annotated[
    Literal["", "opinion", "proposal", "question", "praise"], _of(["", *Opinion.Kind.values])
]
Way = Annotated[Opinion.Way, _of(Opinion.Way.values)]
State = Annotated[Opinion.State, _of(Opinion.State.values)]
AnswerResult = Annotated[Answer.Result, _of(Answer.Result.values)]
AnswerState = Annotated[Answer.State, _of(Answer.State.values)]
MoveWhat = Annotated[OpinionMove.What, _of(OpinionMove.What.values)]
Elsewhere = Annotated[TakenElsewhere.Sort, _of(TakenElsewhere.Sort.values)]
