"""Codes of the secretary's sheet, typed at a seal, are not to be guessed: page and API alike."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.meetings.models import Meeting


def code_not_guessed(request: HttpRequest, meeting: Meeting) -> None:
    """Count codes typed at a seal as wrong passwords are counted.

    Raises:
        DomainError: `meetings.too_many_codes`.
    """
    key = f"seal:{meeting.uid}"
    if not ratelimit.consume(request, action="login_failed", key=key):
        raise DomainError(
            "meetings.too_many_codes",
            _("Too many codes were typed. Wait five minutes, then read the code from the sheet."),
        )
