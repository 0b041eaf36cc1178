"""What rules are called, and in which words their bounds are said."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.rulebook.rules import SETTINGS, Kind

# In the order in which a page shows them: the regular meeting first, as most readers come for it.
NAMES = {
    "meetings.regular.fixed_day": gettext_lazy("Day of the regular meeting"),
    "meetings.regular.usual_hour": gettext_lazy("Usual hour of the meeting"),
    "meetings.regular.minimum_minutes": gettext_lazy("Least length of a regular meeting, minutes"),
    "meetings.regular_thematic.minimum_minutes": gettext_lazy(
        "Least length of a regular meeting with a thematic part, minutes"
    ),
    "meetings.regular.attendance_bar": gettext_lazy("Least attendance, per cent of those due"),
    "meetings.excused_in_a_row": gettext_lazy("Excused absences in a row, at most"),
    "meetings.documents_days": gettext_lazy("Documents to members, days before"),
    "meetings.review_of_resolution": gettext_lazy("Review of the last resolution"),
    "meetings.filing_days": gettext_lazy("Documents filed, days after"),
    "meetings.thematic.every_months": gettext_lazy("A thematic meeting once in how many months"),
    "meetings.regular.steps": gettext_lazy("Order of a regular meeting"),
    "meetings.regular_thematic.steps": gettext_lazy(
        "Order of a regular meeting with a thematic part"
    ),
    "meetings.thematic.steps": gettext_lazy("Order of a thematic meeting"),
    "meetings.extraordinary.steps": gettext_lazy("Order of an extraordinary meeting"),
    "meetings.cell_committee.steps": gettext_lazy("Order of a meeting of the cell committee"),
    "meetings.committee.steps": gettext_lazy("Order of a meeting of the committee"),
    "meetings.congress.steps": gettext_lazy("Order of a congress"),
    "meetings.committee.quorum": gettext_lazy("Quorum of a meeting of the committee"),
    "meetings.congress.quorum": gettext_lazy("Quorum of a congress"),
    "meetings.vote.majority": gettext_lazy("Majority for a resolution"),
    "meetings.vote.committee": gettext_lazy("Majority for a resolution of the committee"),
    "meetings.vote.admission": gettext_lazy("Majority to admit a member or make one official"),
    "documents.term_starts": gettext_lazy("First days of terms, for the numbers of documents"),
    "directives.bulletin_day": gettext_lazy(
        "Bulletin of a month: out on which day of the one before"
    ),
    "directives.quota.documents": gettext_lazy("Sent down to a cell in a month, documents at most"),
    "directives.quota.pages": gettext_lazy("Sent down to a cell in a month, pages at most"),
    "directives.quota.minutes": gettext_lazy("Sent down to a cell in a month, minutes at most"),
    "directives.quota.fields": gettext_lazy("Asked of a cell in a month, fields at most"),
    "directives.comment_days": gettext_lazy("Comments on a draft: open for days at least"),
    "directives.review_months": gettext_lazy("Working regulations: looked at again after months"),
    "opinions.accept_days": gettext_lazy("Opinions: accepted or passed on, working days"),
    "opinions.answer_days": gettext_lazy("Opinions: answered, working days"),
    "opinions.remind_days": gettext_lazy("Opinions: the desk is reminded, working days before"),
    "opinions.help_days": gettext_lazy(
        "Opinions: the office above asks and helps, working days after"
    ),
    "opinions.head_days": gettext_lazy("Opinions: the head is told, working days after"),
    "opinions.head_signs": gettext_lazy("Opinions: the head signs the answers"),
    "opinions.small_cell": gettext_lazy("Opinions: a cell below how many members goes unnamed"),
}
ORDER = {key: place for place, key in enumerate(NAMES)}


def in_order(keys: Iterable[str]) -> list[str]:
    """Return the keys as a page shows them; those that a newer pack names come last."""
    return sorted(keys, key=lambda key: ORDER.get(key, len(ORDER)))


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
