"""Documents of committees and what hangs on them; one file a theme."""

from nenmong.directives.models.directive import (
    Directive,
    DirectiveChange,
    DirectiveFile,
    DirectiveQuerySet,
)
from nenmong.directives.models.drafting import Comment, CommentRequest, DirectiveVersion
from nenmong.directives.models.month import CellLoad, DirectiveMonth
from nenmong.directives.models.sending import Delivery, Sending, UnclearPoint

__all__ = [
    "CellLoad", "Comment", "CommentRequest", "Delivery", "Directive", "DirectiveChange",
    "DirectiveFile", "DirectiveMonth", "DirectiveQuerySet", "DirectiveVersion", "Sending",
    "UnclearPoint",
]  # fmt: skip
