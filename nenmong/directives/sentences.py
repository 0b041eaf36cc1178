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
