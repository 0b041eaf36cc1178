"""The address under which a member answers without signing in: signed, and kept nowhere."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from nenmong.core.rules import UID_LENGTH


def _signer() -> Signer:
    # The signature has letters, figures, - and _: a point parts it, and survives being pasted.
    return Signer(sep=".", salt="nenmong.meetings.answer")


def token(meeting_uid: str, member_uid: str) -> str:
    """Return what stands for one member at one meeting in an address."""
    return _signer().sign(meeting_uid + member_uid)


def read_token(text: str) -> tuple[str, str] | None:
    """Return (meeting uid, member uid) of a token that we signed, else None."""
    try:
        signed = _signer().unsign(text)
    except BadSignature:
        return None
    return signed[:UID_LENGTH], signed[UID_LENGTH:]


def address(site: str, meeting_uid: str, member_uid: str) -> str:
    """Return the whole address; `site` is scheme and host, without a slash at its end."""
    return site + reverse("meetings:answer_link", args=[token(meeting_uid, member_uid)])
