"""Posts: given with a term, ended."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access, rules
from nenmong.org.actions.accounts import end_outgrown_sheet
from nenmong.org.actions.following import end_followings_without_post
from nenmong.org.actions.units import refuse_ended
from nenmong.org.models import Member, Post, Unit
from nenmong.org.models.dated import covers
from nenmong.ui import formats


@dataclass(frozen=True)
class Term:
    """How a post is held, until when where that is known, and how the term is called."""

    last_day: date | None = None
    manner: str = Post.Manner.FULL
    name: str = ""


FULL_TERM = Term()


# Posts of which a unit has one; who acts for them or takes their place stands beside them.
ONE_OF = ("secretary", "head")


def _refuse_second(unit: Unit, role: str, first_day: date, term: Term) -> None:
    if role not in ONE_OF or term.manner != Post.Manner.FULL:
        return
    others = Post.objects.filter(
        Q(last_day=None) | Q(last_day__gte=first_day), unit=unit, role=role,
        manner=Post.Manner.FULL,
    )  # fmt: skip
    if term.last_day is not None:
        others = others.filter(first_day__lte=term.last_day)
    if other := others.select_related("member").first():
        raise DomainError(
            "org.post_taken",
            _(
                "%(name)s holds this post, from %(day)s. End that post first, "
                "or say that the new one acts for them or takes their place."
            )
            % {"name": other.member.full_name, "day": formats.day(other.first_day)},
        )


@action
def give_post(
    *,
    actor: Actor,
    member_uid: str,
    unit_uid: str,
    role: str,
    title: str,
    first_day: date,
    term: Term = FULL_TERM,
) -> Post:
    """Give a member a post, and with it its role, from `first_day` on; nobody to themselves.

    With a last day in `term` the right ends by itself with the term.

    Raises:
        NotAllowed: `actor` may not give posts there (`access.denied`), gives it to themselves
            (`org.own_post`), or gives what is not theirs to give (`org.not_yours_to_give`).
        DomainError: `org.unknown_role`, `org.unknown_manner`, `org.post_ends_before`,
            `org.unit_ended`, `org.post_overlaps`, `org.post_does_not_fit`,
            `org.post_taken`.
    """
    member = Member.objects.select_for_update().get(uid=member_uid)
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, "org.give_posts", unit)
    refuse_ended(unit)
    if member.user_id == actor.uid:
        raise NotAllowed(
            "org.own_post", _("Nobody gives a post to themselves. Ask the office above.")
        )
    if role not in access.roles() or role in access.NO_POST:
        raise DomainError("org.unknown_role", _("Choose the post from the list."))
    access.require_givable(actor, role, unit.path, unit.name)
    if not rules.post_fits(role, is_cell=unit.is_cell):
        raise DomainError(
            "org.post_does_not_fit",
            _("A cell has other posts than a committee. Choose one that fits this unit."),
        )
    if term.manner not in Post.Manner.values:
        raise DomainError("org.unknown_manner", _("Choose from the list how the post is held."))
    if term.last_day is not None and term.last_day < first_day:
        raise DomainError(
            "org.post_ends_before",
            _("The term would end before it begins on %(day)s. Enter a later last day.")
            % {"day": formats.day(first_day)},
        )
    held = Post.objects.filter(
        Q(last_day=None) | Q(last_day__gte=first_day),
        bucket=member.bucket, member=member, unit=unit, role=role,
    ).first()  # fmt: skip
    if held and covers(held, first_day, term.last_day):
        return held
    if held:
        raise DomainError(
            "org.post_overlaps",
            _(
                "%(name)s holds this post already, from %(day)s. "
                "End that post first, or let the new one begin after its last day."
            )
            % {"name": member.full_name, "day": formats.day(held.first_day)},
        )
    _refuse_second(unit, role, first_day, term)
    post = Post.objects.create(
        bucket=member.bucket, member=member, unit=unit, role=role, title=fitting(clean(title), 120),
        first_day=first_day, last_day=term.last_day, manner=term.manner,
        term=fitting(clean(term.name), 20),
    )  # fmt: skip
    end_outgrown_sheet(member.user_id)
    audit.record(
        actor, "org.post_given", post, unit_path=unit.path, role=role,
        by_administrator=access.is_administrator(actor),
    )  # fmt: skip
    return post


@action
def end_post(*, actor: Actor, post_uid: str, last_day: date) -> Post:
    """Let a post, and the right it gives, end with `last_day`; earlier where it ended later.

    Raises:
        NotAllowed: `actor` may not give this post there, so may not take it.
        DomainError: `org.post_ends_before`.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("unit").get(uid=post_uid)
    access.require(actor, "org.give_posts", post.unit)
    access.require_givable(actor, post.role, post.unit.path, post.unit.name)
    if post.last_day is not None and post.last_day <= last_day:
        return post
    if last_day < post.first_day:
        raise DomainError(
            "org.post_ends_before",
            _("The term would end before it begins on %(day)s. Enter a later last day.")
            % {"day": formats.day(post.first_day)},
        )
    post.last_day = last_day
    post.save(update_fields=["last_day"])
    end_followings_without_post(post.member, last_day)
    audit.record(actor, "org.post_ended", post, unit_path=post.unit.path, role=post.role)
    return post
