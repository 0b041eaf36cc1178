"""What rules are called, and in which words their bounds are said."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.rulebook.rules import SETTINGS, Kind

NAMES = {
    "meetings.regular.fixed_day": gettext_lazy("Day of the regular meeting"),
    "meetings.regular.usual_hour": gettext_lazy("Usual hour of the meeting"),
    "meetings.regular.minimum_minutes": gettext_lazy("Least length of a regular meeting, minutes"),
    "meetings.regular.attendance_bar": gettext_lazy("Least attendance, per cent of those due"),
    "meetings.regular.steps": gettext_lazy("Order of a regular meeting"),
    "meetings.review_of_resolution": gettext_lazy("Review of the last resolution"),
    "meetings.vote.majority": gettext_lazy("Majority for a resolution"),
    "meetings.documents_days": gettext_lazy("Documents to members, days before"),
    "meetings.filing_days": gettext_lazy("Documents filed, days after"),
    "documents.term_starts": gettext_lazy("First days of terms, for the numbers of documents"),
    "meetings.regular_thematic.minimum_minutes": gettext_lazy(
        "Least length with a thematic part, minutes"
    ),
    "meetings.excused_in_a_row": gettext_lazy("Meetings in a row one may be excused from"),
    "meetings.thematic.every_months": gettext_lazy("How often a thematic meeting is due"),
    "meetings.regular_thematic.steps": gettext_lazy(
        "Order of a regular meeting with a thematic part"
    ),
    "meetings.thematic.steps": gettext_lazy("Order of a thematic meeting"),
    "meetings.extraordinary.steps": gettext_lazy("Order of an extraordinary meeting"),
    "meetings.cell_committee.steps": gettext_lazy("Order of a meeting of the cell committee"),
    "meetings.committee.steps": gettext_lazy("Order of a meeting of the committee"),
    "meetings.congress.steps": gettext_lazy("Order of a congress"),
    "meetings.committee.quorum": gettext_lazy("How many of the committee must be there"),
    "meetings.congress.quorum": gettext_lazy("How many must be there at a congress"),
    "meetings.vote.admission": gettext_lazy("Majority to admit or to make official"),
    "meetings.vote.committee": gettext_lazy("Majority for a resolution of the committee"),
    "opinions.accept_days": gettext_lazy("Told whether an opinion is taken in, working days"),
    "opinions.answer_days": gettext_lazy("Answer to an opinion, working days"),
    "opinions.remind_days": gettext_lazy("Reminded before an answer is due, working days"),
    "opinions.help_days": gettext_lazy("Late before the office above asks and helps, working days"),
    "opinions.head_days": gettext_lazy("Late before the head is told, working days"),
    "opinions.head_signs": gettext_lazy("Whether the head signs answers"),
    "opinions.small_cell": gettext_lazy("From how many members a cell is named above"),
}


def name_of(key: str) -> str:
    """Return what a rule is called; one that a newer pack names goes by its key."""
    return str(NAMES.get(key, key))


def bounds(key: str) -> str:
    """Return the sentence that says what may be typed for a rule."""
    setting = SETTINGS[key]
    least, most = setting.least, setting.most
    if setting.kind is Kind.HOUR:
        return _("Write an hour between %(least)s:00 and %(most)s:59, like 19:30.") % {
            "least": least, "most": most,
        }  # fmt: skip
    if setting.kind is Kind.DAYS:
        return _("Write one to %(most)s days, like 01/01/2025, with commas between.") % {
            "most": most
        }
    if setting.kind is Kind.PERCENT:
        return _("Write a whole number of per cent between %(least)s and %(most)s.") % {
            "least": least, "most": most,
        }  # fmt: skip
    return _("Write a whole number between %(least)s and %(most)s.") % {
        "least": least, "most": most,
    }  # fmt: skip
