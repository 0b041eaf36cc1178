"""Words of a fixed choice whose classes bear the same name: each is described where it stands.

In the description of the API a class is found by its name: a meeting's `Status` would be taken for
that of a person on the roll.
"""

from typing import Annotated

from pydantic import WithJsonSchema

from nenmong.meetings.models import (
    AgendaItem,
    Attendance,
    JointPart,
    Matter,
    Meeting,
    Notice,
    Vote,
)

MeetingStatus = Annotated[
    Meeting.Status, WithJsonSchema({"type": "string", "enum": Meeting.Status.values})
]
Standing = Annotated[
    Attendance.Status, WithJsonSchema({"type": "string", "enum": Attendance.Status.values})
]
ItemState = Annotated[
    AgendaItem.State, WithJsonSchema({"type": "string", "enum": AgendaItem.State.values})
]
MatterKind = Annotated[Matter.Kind, WithJsonSchema({"type": "string", "enum": Matter.Kind.values})]
MatterState = Annotated[
    Matter.State, WithJsonSchema({"type": "string", "enum": Matter.State.values})
]
NoticeWay = Annotated[Notice.Way, WithJsonSchema({"type": "string", "enum": Notice.Way.values})]
VoteWay = Annotated[Vote.Way, WithJsonSchema({"type": "string", "enum": Vote.Way.values})]
PartState = Annotated[
    JointPart.State, WithJsonSchema({"type": "string", "enum": JointPart.State.values})
]
