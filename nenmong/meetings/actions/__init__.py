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
from nenmong.meetings.actions.answers import answer_invitation, note_answer
from nenmong.meetings.actions.business import record_dues, take_over_draft
from nenmong.meetings.actions.closing import close_meeting, file_documents, seal_minutes
from nenmong.meetings.actions.correcting import write_note
from nenmong.meetings.actions.given import end_right, give_right
from nenmong.meetings.actions.holding import (
    go_to_item,
    open_meeting,
    record_roll,
    refresh_roll,
    write_text,
)
from nenmong.meetings.actions.hours import set_hours
from nenmong.meetings.actions.notices import mail_notices, record_mailed, record_notice
from nenmong.meetings.actions.numbering import set_last_number
from nenmong.meetings.actions.officers import name_officers, open_names_sheet
from nenmong.meetings.actions.paper import enter_meeting, plan_paper_meeting, start_paper
from nenmong.meetings.actions.planning import plan_meeting, set_thematic, set_time
from nenmong.meetings.actions.progress import (
    declare_done,
    note_progress,
    take_back_declaration,
)
from nenmong.meetings.actions.recounting import rebuild_counts
from nenmong.meetings.actions.saying import (
    add_speech,
    change_line,
    note_opinion,
    remove_line,
)
from nenmong.meetings.actions.tasks import assign_task, remove_task, renew_task, report_task
from nenmong.meetings.actions.undoing import resume_meeting, take_back_opening
from nenmong.meetings.actions.voting import record_ballot, record_vote

__all__ = [
    "add_item",
    "add_speech",
    "answer_invitation",
    "assign_task",
    "carry_over",
    "change_item",
    "change_line",
    "close_meeting",
    "declare_done",
    "drop_item",
    "end_right",
    "enter_meeting",
    "file_documents",
    "give_right",
    "go_to_item",
    "mail_notices",
    "move_item",
    "name_officers",
    "note_answer",
    "note_opinion",
    "note_progress",
    "open_meeting",
    "open_names_sheet",
    "plan_meeting",
    "plan_paper_meeting",
    "propose_topic",
    "rebuild_counts",
    "record_ballot",
    "record_dues",
    "record_mailed",
    "record_notice",
    "record_roll",
    "record_vote",
    "refresh_roll",
    "remove_line",
    "remove_task",
    "renew_task",
    "report_task",
    "resume_meeting",
    "seal_minutes",
    "set_hours",
    "set_last_number",
    "set_thematic",
    "set_time",
    "start_paper",
    "take_back_declaration",
    "take_back_opening",
    "take_matter",
    "take_over_draft",
    "write_note",
    "write_text",
]  # fmt: skip
