"""Everything that changes opinions; one module a theme."""

from nenmong.opinions.actions.answering import answer, save_answer, sign_answer
from nenmong.opinions.actions.attaching import attach_file, attach_to_answer, remove_file
from nenmong.opinions.actions.cell import change_words, keep, reopen, reply, send, sort, withdraw
from nenmong.opinions.actions.desks import accept, ask, forward, give_back, take_on
from nenmong.opinions.actions.fields import set_desk_fields, set_field
from nenmong.opinions.actions.issues import join, part, rename_issue
from nenmong.opinions.actions.judging import come_due, judge
from nenmong.opinions.actions.names import read_raiser
from nenmong.opinions.actions.nudging import nudge
from nenmong.opinions.actions.raising import open_noted, raise_opinion, take_elsewhere
from nenmong.opinions.actions.recounting import rebuild_counts

__all__ = [
    "accept", "answer", "ask", "attach_file", "attach_to_answer", "change_words", "come_due",
    "forward", "give_back", "join", "judge", "keep", "nudge", "open_noted", "part",
    "raise_opinion", "read_raiser", "rebuild_counts", "remove_file", "rename_issue", "reopen",
    "reply", "save_answer", "send", "set_desk_fields", "set_field", "sign_answer", "sort",
    "take_elsewhere", "take_on", "withdraw",
]  # fmt: skip
