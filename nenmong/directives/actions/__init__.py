"""Everything that changes documents; one module a theme."""

from nenmong.directives.actions.commenting import (
    ask_comments,
    comment,
    finish_comments,
    take_back_comment,
    weigh_comment,
)
from nenmong.directives.actions.discussing import note_answered, note_told, report_back
from nenmong.directives.actions.drafting import (
    change_draft,
    drop_draft,
    keep_version,
    note_decided,
    start_draft,
    submit_draft,
    take_back,
)
from nenmong.directives.actions.files import attach_file, remove_file
from nenmong.directives.actions.issuing import describe, issue, note_review, prolong, withdraw
from nenmong.directives.actions.recounting import rebuild_counts
from nenmong.directives.actions.sending import deliver_batch, remind, send, settle_batch

__all__ = [
    "ask_comments", "attach_file", "change_draft", "comment", "deliver_batch", "describe",
    "drop_draft", "finish_comments", "issue", "keep_version", "note_answered", "note_decided",
    "note_review", "note_told", "prolong", "rebuild_counts", "remind", "remove_file",
    "report_back", "send", "settle_batch", "start_draft", "submit_draft", "take_back",
    "take_back_comment", "weigh_comment", "withdraw",
]  # fmt: skip
