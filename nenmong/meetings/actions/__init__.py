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
from nenmong.meetings.actions.answers import (
    answer_invitation,
    note_answer,
)
from nenmong.meetings.actions.answers_read import (
    bring_answer,
    judge_answer,
)
from nenmong.meetings.actions.books import (
    open_minute_book,
)
from nenmong.meetings.actions.business import (
    record_dues,
    take_over_draft,
)
from nenmong.meetings.actions.closing import (
    close_meeting,
    file_documents,
    seal_minutes,
)
from nenmong.meetings.actions.correcting import (
    write_note,
)
from nenmong.meetings.actions.documents import (
    add_document,
    attach_scan,
    remove_document,
    take_off_document,
)
from nenmong.meetings.actions.documents_brought import bring_documents
from nenmong.meetings.actions.feeds import (
    make_feed,
    revoke_feed,
)
from nenmong.meetings.actions.given import (
    end_right,
    give_right,
)
from nenmong.meetings.actions.holding import (
    go_to_item,
    open_meeting,
    record_roll,
    refresh_roll,
    write_text,
)
from nenmong.meetings.actions.hours import (
    set_hours,
)
from nenmong.meetings.actions.joint import (
    accept_joint,
    ask_to_join,
    decline_joint,
    follow_host,
    leave_joint,
    take_common_texts,
    withdraw_joint,
)
from nenmong.meetings.actions.notices import (
    mail_notices,
    record_mailed,
    record_notice,
)
from nenmong.meetings.actions.numbering import (
    number_notice,
    number_year_plan,
    set_last_number,
)
from nenmong.meetings.actions.officers import (
    name_officers,
    open_names_sheet,
)
from nenmong.meetings.actions.paper import (
    enter_meeting,
    plan_paper_meeting,
    start_paper,
)
from nenmong.meetings.actions.planning import (
    plan_meeting,
    set_thematic,
    set_time,
)
from nenmong.meetings.actions.progress import (
    declare_done,
    note_progress,
    take_back_declaration,
)
from nenmong.meetings.actions.putting_off import (
    cancel_meeting,
    postpone_meeting,
    reinstate_meeting,
)
from nenmong.meetings.actions.recounting import (
    rebuild_counts,
)
from nenmong.meetings.actions.saying import (
    add_speech,
    change_line,
    note_opinion,
    remove_line,
)
from nenmong.meetings.actions.sending import (
    send_meeting,
)
from nenmong.meetings.actions.tasks import (
    assign_task,
    remove_task,
    renew_task,
    report_task,
)
from nenmong.meetings.actions.templates import (
    discard_template,
    put_back_template,
    upload_template,
    use_template,
)
from nenmong.meetings.actions.undoing import (
    resume_meeting,
    take_back_opening,
)
from nenmong.meetings.actions.voting import (
    record_ballot,
    record_vote,
)
from nenmong.meetings.actions.yearly import (
    change_topic,
    drop_topic,
    note_year_plan,
    plan_topic,
    report_year_plan,
)

__all__ = [
    "accept_joint",
    "add_document",
    "add_item",
    "add_speech",
    "answer_invitation",
    "ask_to_join",
    "assign_task",
    "attach_scan",
    "bring_answer",
    "bring_documents",
    "cancel_meeting",
    "carry_over",
    "change_item",
    "change_line",
    "change_topic",
    "close_meeting",
    "declare_done",
    "decline_joint",
    "discard_template",
    "drop_item",
    "drop_topic",
    "end_right",
    "enter_meeting",
    "file_documents",
    "follow_host",
    "give_right",
    "go_to_item",
    "judge_answer",
    "leave_joint",
    "mail_notices",
    "make_feed",
    "move_item",
    "name_officers",
    "note_answer",
    "note_opinion",
    "note_progress",
    "note_year_plan",
    "number_notice",
    "number_year_plan",
    "open_meeting",
    "open_minute_book",
    "open_names_sheet",
    "plan_meeting",
    "plan_paper_meeting",
    "plan_topic",
    "postpone_meeting",
    "propose_topic",
    "put_back_template",
    "rebuild_counts",
    "record_ballot",
    "record_dues",
    "record_mailed",
    "record_notice",
    "record_roll",
    "record_vote",
    "refresh_roll",
    "reinstate_meeting",
    "remove_document",
    "remove_line",
    "remove_task",
    "renew_task",
    "report_task",
    "report_year_plan",
    "resume_meeting",
    "revoke_feed",
    "seal_minutes",
    "send_meeting",
    "set_hours",
    "set_last_number",
    "set_thematic",
    "set_time",
    "start_paper",
    "take_back_declaration",
    "take_back_opening",
    "take_common_texts",
    "take_matter",
    "take_off_document",
    "take_over_draft",
    "upload_template",
    "use_template",
    "withdraw_joint",
    "write_note",
    "write_text",
]  # fmt: skip
