"""Words of a fixed choice whose classes bear names that others bear: described where they stand.

In the description of the API a class is found by its name.
"""

from typing import Annotated

from pydantic import WithJsonSchema

from nenmong.directives.models import Comment, Delivery, Directive, Sending
from nenmong.directives.rules.reach import Level


def _of(values: list[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": values})


Kind = Annotated[Directive.Kind, _of(Directive.Kind.values)]
State = Annotated[Directive.State, _of(Directive.State.values)]
Asked = Annotated[Directive.Asked, _of(Directive.Asked.values)]
Outcome = Annotated[Comment.Outcome, _of(Comment.Outcome.values)]
SendingState = Annotated[Sending.State, _of(Sending.State.values)]
DeliveryState = Annotated[Delivery.State, _of(Delivery.State.values)]
ReachLevel = Annotated[Level, _of([level.value for level in Level])]
