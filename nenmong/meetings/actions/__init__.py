"""Changes to meetings, by what they are for."""

from nenmong.meetings.actions.agenda import (
    add_item,
    carry_over,
    change_item,
    drop_item,
    move_item,
    propose_topic,
    take_matter,
)
from nenmong.meetings.actions.closing import close_meeting, file_documents, seal_minutes
from nenmong.meetings.actions.feeds import make_feed, revoke_feed
from nenmong.meetings.actions.holding import (
    go_to_item,
    open_meeting,
    record_roll,
    refresh_roll,
    write_text,
)
from nenmong.meetings.actions.hours import set_hours
from nenmong.meetings.actions.officers import name_officers, open_names_sheet
from nenmong.meetings.actions.planning import plan_meeting, set_thematic, set_time
from nenmong.meetings.actions.recounting import rebuild_counts
from nenmong.meetings.actions.saying import (
    add_speech,
    change_line,
    note_opinion,
    remove_line,
)
from nenmong.meetings.actions.tasks import assign_task, remove_task, report_task
from nenmong.meetings.actions.undoing import resume_meeting, take_back_opening
from nenmong.meetings.actions.voting import record_ballot, record_vote

__all__ = [
    "add_item",
    "add_speech",
    "assign_task",
    "carry_over",
    "change_item",
    "change_line",
    "close_meeting",
    "drop_item",
    "file_documents",
    "go_to_item",
    "make_feed",
    "move_item",
    "name_officers",
    "note_opinion",
    "open_meeting",
    "open_names_sheet",
    "plan_meeting",
    "propose_topic",
    "rebuild_counts",
    "record_ballot",
    "record_roll",
    "record_vote",
    "refresh_roll",
    "remove_line",
    "remove_task",
    "report_task",
    "resume_meeting",
    "revoke_feed",
    "seal_minutes",
    "set_hours",
    "set_thematic",
    "set_time",
    "take_back_opening",
    "take_matter",
    "write_text",
]  # fmt: skip
