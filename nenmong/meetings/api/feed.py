"""The private calendar address of whoever asks."""

from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac
from ninja import Schema, Status

from nenmong.accounts.models import User
from nenmong.accounts.requests import ApiRequest
from nenmong.core.rules import ALPHABET
from nenmong.meetings import actions
from nenmong.meetings.api import sent
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.queries import feed as feeds
from nenmong.meetings.rules.feeds import LETTERS
from nenmong.ui.api import At, Key


class FeedOut(Schema):
    """The private calendar address; the address itself is told once, when it is made."""

    address: str | None
    made_at: At | None
    read_at: At | None


theme = Theme("calendar")


def _token(actor: User, key: str) -> str:
    """Return a secret that is the same for the same person and key: what is repeated is answered
    alike, though only its hash is kept. Nobody can guess it who does not have the server's own.
    """
    mixed = salted_hmac("nenmong.meetings.feed", f"{actor.uid} {key}", algorithm="sha256")
    number, letters = int.from_bytes(mixed.digest(), "big"), ""
    for _ in range(LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return letters


@theme.get("/feed", response=FeedOut, operation_id="meetings_show_feed")
def show_feed(request: ApiRequest) -> dict[str, Any]:
    """When your address was made and last read; the address itself is told only then."""
    feed = feeds.feed_of(request.auth)
    return {
        "address": None, "made_at": feed.made_at if feed else None,
        "read_at": feed.read_at if feed else None,
    }  # fmt: skip


@theme.post("/feed", response={201: FeedOut}, operation_id="meetings_make_feed")
def make_feed(request: ApiRequest, key: Key, said: sent.NothingIn) -> Status[dict[str, Any]]:
    """Make a new address for calendar programs; the one before opens nothing any more."""
    token = _token(request.auth, key)
    feed = actions.make_feed(actor=request.auth, key=key, token=token)
    if feed.revoked_at:
        return Status(201, {"address": None, "made_at": None, "read_at": None})
    address = request.build_absolute_uri(reverse("meetings:feed_ics", args=[token]))
    return Status(201, {"address": address, "made_at": feed.made_at, "read_at": feed.read_at})


@theme.delete("/feed", response=FeedOut, operation_id="meetings_revoke_feed")
def revoke_feed(request: ApiRequest, key: Key) -> dict[str, Any]:
    """Let your address open nothing from now on."""
    if feed := feeds.feed_of(request.auth):
        actions.revoke_feed(actor=request.auth, key=key, feed_uid=feed.uid)
    return {"address": None, "made_at": None, "read_at": None}
