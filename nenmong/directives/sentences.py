"""Sentences that documents are told in."""

from django.utils.translation import gettext as _

from nenmong.directives.models import Sending


def over_quota(sending: Sending) -> str:
    """Return why more is sent this month than cells are to be asked."""
    return _("More than the month's quota is sent, by the head of %(unit)s: %(why)s") % {
        "unit": sending.unit.name, "why": sending.over_why,
    }  # fmt: skip


def to_discuss(questions: str) -> str:
    """Return the questions with what they are for."""
    return _("To discuss:") + "\n" + questions


def coverage_states() -> dict[str, str]:
    """Return how it stands with a document at a unit, in words."""
    return {
        "to_pass_on": _("the committee has not passed it on yet"),
        "late": _("past its day, not discussed yet"),
        "carried": _("left to the next meeting"),
        "waiting": _("waits for the next meeting"),
        "not_delivered": _("not delivered: the committee has not passed it on"),
        "unanswered": _("discussed, an unclear point waits for an answer"),
        "discussed": _("discussed"),
        "passed_on": _("passed on"),
        "taken_in": _("waits with the unit it went on in"),
        "withdrawn": _("withdrawn before it was discussed"),
    }
