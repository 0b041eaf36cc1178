"""Opinions and what hangs on them; one file a theme."""

from nenmong.opinions.models.answer import Answer
from nenmong.opinions.models.desk import DeskField, OpinionField
from nenmong.opinions.models.file import OpinionFile
from nenmong.opinions.models.issue import Issue, IssuePart
from nenmong.opinions.models.month import OpinionMonth
from nenmong.opinions.models.names import Raiser, TakenElsewhere
from nenmong.opinions.models.opinion import DeskStay, Opinion, OpinionMove, OpinionQuerySet

__all__ = [
    "Answer", "DeskField", "DeskStay", "Issue", "IssuePart", "Opinion", "OpinionField",
    "OpinionFile", "OpinionMonth", "OpinionMove", "OpinionQuerySet", "Raiser", "TakenElsewhere",
]  # fmt: skip
