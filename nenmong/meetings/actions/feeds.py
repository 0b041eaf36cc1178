"""A person's private calendar address: made, made anew, taken back."""

from django.utils.translation import gettext as _

from nenmong.accounts.models import User
from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.errors import NotAllowed, Repeated
from nenmong.meetings.models import CalendarFeed
from nenmong.meetings.rules import feeds
from nenmong.org import access


@action
def make_feed(*, actor: User, token: str) -> CalendarFeed:
    """Keep a new address, made by `rules.feeds.new_token`; the one before opens nothing any more.

    The same secret twice makes one address.

    Raises:
        NotAllowed: `actor` sees no meetings today.
        Repeated: the address was made before, and given back.
        ValueError: `token` is not made as secrets are.
    """
    # The lock makes two who ask at once follow each other: one address holds.
    User.objects.select_for_update().get(uid=actor.uid)
    if not access.may_somewhere(actor, "meetings.view"):
        raise NotAllowed(
            "access.denied",
            _("You see no meetings today, so a calendar of yours would be empty."),
        )
    if not feeds.is_token(token):
        raise ValueError("This is no secret of a calendar.")
    hashed, now = feeds.token_hash(token), clock.now()
    held = CalendarFeed.objects.filter(user=actor, revoked_at=None)
    if same := held.filter(token_hash=hashed).first():
        return same
    if CalendarFeed.objects.filter(token_hash=hashed).exists():
        raise Repeated  # given back already: an address that was shut stays so
    renewed = held.update(revoked_at=now)
    made = CalendarFeed.objects.create(user=actor, token_hash=hashed, made_at=now)
    audit.record(actor, "meetings.feed_made", made, unit_path="", renewed=bool(renewed))
    return made


@action
def revoke_feed(*, actor: User, feed_uid: str) -> CalendarFeed:
    """Let a calendar address open nothing from this moment on.

    Raises:
        NotAllowed: the address is not of `actor`.
    """
    feed = CalendarFeed.objects.select_for_update().get(uid=feed_uid)
    if feed.user_id != actor.uid:
        raise NotAllowed("access.denied", _("This calendar address is another person's."))
    if feed.revoked_at is None:
        feed.revoked_at = clock.now()
        feed.save(update_fields=["revoked_at"])
        audit.record(actor, "meetings.feed_revoked", feed, unit_path="")
    return feed
