"""Who follows what: a unit, or a party group of a cell, in one of three tiers."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access, rules
from nenmong.org.actions.accounts import end_outgrown_sheet
from nenmong.org.actions.units import refuse_ended
from nenmong.org.models import (
    CELLS,
    GRASSROOTS,
    Following,
    Member,
    PartyGroup,
    Post,
    Unit,
    in_force,
)
from nenmong.org.models.dated import covers
from nenmong.ui import formats

Tier = Following.Tier


@action
def follow(
    *,
    actor: Actor,
    member_uid: str,
    unit_uid: str,
    tier: str,
    first_day: date,
    last_day: date | None = None,
    group_uid: str | None = None,
) -> Following:
    """Let a member follow a unit, or a party group in it, from `first_day` on.

    Raises:
        NotAllowed: `actor` may not say so there, or names themselves (`org.own_following`).
        DomainError: `org.tier_does_not_fit`, `org.no_such_group`, `org.following_ends_before`,
            `org.unit_ended`, `org.following_overlaps`.

    Source: the three tiers of Vinh Phuc's working teams, province to grassroots organisations,
    direct superior to cells, grassroots committee to members.
    """
    member = Member.objects.select_for_update().get(uid=member_uid)
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, "org.manage_following", unit)
    if group_uid is None:
        access.require(actor, "meetings.view", unit)  # no one grants more than they hold
    refuse_ended(unit)
    if member.user_id == actor.uid:
        raise NotAllowed(
            "org.own_following",
            _("Nobody gives themselves a unit to follow. Ask the office above."),
        )
    fits = {
        Tier.PROVINCE: unit.kind in GRASSROOTS and group_uid is None,
        Tier.SUPERIOR: unit.kind in CELLS and group_uid is None,
        Tier.GRASSROOTS: unit.kind in CELLS,
    }
    if not fits.get(Tier(tier) if tier in Tier.values else Tier.PROVINCE, False):
        raise DomainError(
            "org.tier_does_not_fit",
            _(
                "The province follows grassroots organisations, the direct superior follows cells, "
                "the grassroots committee follows members. Choose the tier that fits this unit."
            ),
        )
    groups = PartyGroup.objects.select_for_update(no_key=True)
    if group_uid is not None and not groups.filter(unit=unit, last_day=None, uid=group_uid).first():
        raise DomainError("org.no_such_group", _("This cell has no such group. Choose another."))
    if last_day is not None and last_day < first_day:
        raise DomainError(
            "org.following_ends_before",
            _("It would end before it begins on %(day)s. Enter a later last day.")
            % {"day": formats.day(first_day)},
        )
    held = Following.objects.filter(
        Q(last_day=None) | Q(last_day__gte=first_day),
        bucket=member.bucket, member=member, unit=unit, group_uid=group_uid,
    ).first()  # fmt: skip
    if held and covers(held, first_day, last_day):
        return held
    if held:
        raise DomainError(
            "org.following_overlaps",
            _(
                "%(name)s follows this already, from %(day)s. "
                "End that following first, or let the new one begin after its last day."
            )
            % {"name": member.full_name, "day": formats.day(held.first_day)},
        )
    made = Following.objects.create(
        bucket=member.bucket, member=member, unit=unit, group_uid=group_uid, tier=tier,
        first_day=first_day, last_day=last_day,
    )  # fmt: skip
    end_outgrown_sheet(member.user_id)
    audit.record(actor, "org.following_begun", made, unit_path=unit.path, tier=tier)
    return made


@within_action
def end_followings_without_post(member: Member, last_day: date) -> None:
    """End what a member follows where no post above it is left to them after `last_day`."""
    after = last_day + timedelta(days=1)
    posts = Post.objects.filter(in_force(after), bucket=member.bucket, member=member)
    paths = list(posts.values_list("unit__path", flat=True))
    rows = Following.objects.filter(
        in_force(after), bucket=member.bucket, member=member
    ).select_related("unit")
    for row in rows:
        if not any(rules.is_under(row.unit.path, path) for path in paths):
            row.last_day = max(row.first_day, last_day)
            row.save(update_fields=["last_day"])


@action
def unfollow(*, actor: Actor, following_uid: str, last_day: date) -> Following:
    """Let a following end with `last_day`; what it opened is closed with it.

    Raises:
        NotAllowed: `actor` may not say so there.
        DomainError: `org.following_ends_before`.
    """
    row = Following.objects.select_for_update(of=("self",)).select_related("unit")
    kept = row.get(uid=following_uid)
    access.require(actor, "org.manage_following", kept.unit)
    if kept.last_day is not None and kept.last_day <= last_day:
        return kept
    if last_day < kept.first_day:
        raise DomainError(
            "org.following_ends_before",
            _("It would end before it begins on %(day)s. Enter a later last day.")
            % {"day": formats.day(kept.first_day)},
        )
    kept.last_day = last_day
    kept.save(update_fields=["last_day"])
    audit.record(actor, "org.following_ended", kept, unit_path=kept.unit.path)
    return kept
