"""What facts are called, written so that a bound can follow: "attendance" + "from 90% up"."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "members_total": _("members on the roll"),
    "members_due": _("members due"),
    "members_present": _("members present"),
    "attendance_rate": _("attendance rate"),
    "excused_absences": _("members absent with a reason"),
    "unexcused_absences": _("members absent without a reason"),
    "late_members": _("members who came late"),
    "longest_excused_run": _("meetings in a row missed with a reason by one member"),
    "duration_minutes": _("minutes the meeting took"),
    "required_minutes": _("minutes the rules ask for"),
    "duration_shortfall": _("minutes short of what the rules ask for"),
    "duration_ratio": _("length of the meeting as a share of what the rules ask for"),
    "days_from_fixed_day": _("days from the fixed day to the day held"),
    "has_cell_committee": _("the cell has a cell committee"),
    "committee_met_before": _("the cell committee met before"),
    "notice_days_before": _("days of notice before the opening"),
    "documents_days_before": _("days the documents were out before the opening"),
    "upper_member_notified": _("the committee member above was told"),
    "draft_resolution_ready": _("a draft resolution was ready"),
    "discussion_prompts": _("questions to discuss were ready"),
    "procedure_steps_rate": _("share of the steps held"),
    "has_thematic_part": _("the meeting has a thematic part"),
    "thematic_due": _("a thematic meeting is due this month"),
    "speakers": _("members who spoke"),
    "speakers_rate": _("share of those present who spoke"),
    "review_minutes": _("minutes of self-criticism and criticism"),
    "praise_or_reminder": _("someone was praised or reminded"),
    "directives_due": _("documents due at the meeting"),
    "directives_conveyed_rate": _("share of due documents conveyed"),
    "answers_due": _("answers due to be told"),
    "answers_conveyed_rate": _("share of due answers told"),
    "tasks_due": _("tasks due from the last resolution"),
    "tasks_done_rate": _("share of due tasks done"),
    "resolution_adopted": _("the resolution was adopted"),
    "minutes_adopted": _("the minutes were adopted"),
    "tasks_assigned": _("tasks were assigned"),
    "documents_filed_days_after": _("days from closing to filing"),
    "disciplined_members": _("members disciplined in the period"),
}

# A yes-or-no fact that is not so.
NOT_SO = {
    "has_cell_committee": _("the cell has no cell committee"),
    "committee_met_before": _("the cell committee did not meet before"),
    "upper_member_notified": _("the committee member above was not told"),
    "draft_resolution_ready": _("no draft resolution was ready"),
    "discussion_prompts": _("no questions to discuss were ready"),
    "has_thematic_part": _("the meeting has no thematic part"),
    "thematic_due": _("no thematic meeting is due this month"),
    "praise_or_reminder": _("nobody was praised or reminded"),
    "resolution_adopted": _("the resolution was not adopted"),
    "minutes_adopted": _("the minutes were not adopted"),
    "tasks_assigned": _("no tasks were assigned"),
}

# A count that is 0.
NONE = {
    "excused_absences": _("nobody absent with a reason"),
    "unexcused_absences": _("nobody absent without a reason"),
    "late_members": _("nobody late"),
    "duration_shortfall": _("as long as the rules ask for"),
    "days_from_fixed_day": _("held on the fixed day"),
    "directives_due": _("no document due at the meeting"),
    "answers_due": _("no answer due to be told"),
    "tasks_due": _("no task due from the last resolution"),
    "speakers": _("nobody spoke"),
    "disciplined_members": _("nobody disciplined in the period"),
}

# A share that is the whole.
WHOLE = {
    "attendance_rate": _("everybody due is present"),
    "procedure_steps_rate": _("all steps held"),
    "speakers_rate": _("everybody present spoke"),
    "directives_conveyed_rate": _("all due documents conveyed"),
    "answers_conveyed_rate": _("all due answers told"),
    "tasks_done_rate": _("all due tasks done"),
}
