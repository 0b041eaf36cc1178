"""Members, their status and their posts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.accounts.actions import open_account
from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access
from nenmong.org.actions.units import refuse_ended
from nenmong.org.events import RollChanged
from nenmong.org.models import Member, Membership, MemberStatus, Post, Unit
from nenmong.ui import formats


@dataclass(frozen=True)
class Term:
    """How a post is held, until when where that is known, and how the term is called."""

    last_day: date | None = None
    manner: str = Post.Manner.FULL
    name: str = ""


FULL_TERM = Term()


@action
def add_member(
    *,
    actor: Actor,
    unit_uid: str,
    full_name: str,
    status: str,
    first_day: date,
    birth_year: int | None = None,
) -> Member:
    """Enter a member on a cell's roll from `first_day` on.

    Raises:
        NotAllowed: `actor` may not manage members there.
        DomainError: `org.not_a_cell`, `org.no_name`, `org.unknown_status`, `org.birth_year`,
            `org.unit_ended`.
    """
    # The lock waits for a plan that may be ending this very unit.
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, "org.manage_members", unit)
    refuse_ended(unit)
    if not unit.is_cell:
        raise DomainError("org.not_a_cell", _("Members belong to a cell. Choose a cell."))
    if not (full_name := fitting(clean(full_name), 120)):
        raise DomainError("org.no_name", _("The member has no name yet. Enter the full name."))
    if status not in MemberStatus.values:
        raise DomainError("org.unknown_status", _("Choose the member's status from the list."))
    if birth_year is not None and not 1900 <= birth_year <= clock.today().year:  # noqa: PLR2004
        raise DomainError("org.birth_year", _("Enter the year of birth with four digits."))
    member = Member.objects.create(bucket=unit.bucket, full_name=full_name, birth_year=birth_year)
    Membership.objects.create(
        bucket=unit.bucket, member=member, unit=unit, status=status, first_day=first_day
    )
    audit.record(actor, "org.member_added", member, unit_path=unit.path)
    events.emit(RollChanged(unit_uid=unit.uid))
    return member


@action
def change_status(*, actor: Actor, member_uid: str, status: str, from_day: date) -> Membership:
    """Change a member's status in their cell from `from_day` on; earlier meetings keep the old one.

    Raises:
        NotAllowed: `actor` may not manage members there.
        DomainError: `org.unknown_status`, `org.not_on_a_roll`, `org.before_last_change`.
    """
    current = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(member=member_uid, last_day=None)
        .first()
    )
    if current is None:
        raise DomainError("org.not_on_a_roll", _("This member is on no cell's roll today."))
    access.require(actor, "org.manage_members", current.unit)
    if status not in MemberStatus.values:
        raise DomainError("org.unknown_status", _("Choose the member's status from the list."))
    if current.status == status:
        return current
    if from_day <= current.first_day:
        raise DomainError(
            "org.before_last_change",
            _("The present state holds since %(day)s. Choose a day after that.")
            % {"day": formats.day(current.first_day)},
        )
    current.last_day = from_day - timedelta(days=1)
    current.save(update_fields=["last_day"])
    changed = Membership.objects.create(
        bucket=current.bucket, member_id=current.member_id, unit=current.unit,
        status=status, first_day=from_day,
    )  # fmt: skip
    audit.record(actor, "org.status_changed", changed, unit_path=current.unit.path)
    events.emit(RollChanged(unit_uid=current.unit.uid))
    return changed


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
            `org.unit_ended`.
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
    if role not in access.givable(actor, unit):
        raise NotAllowed(
            "org.not_yours_to_give",
            _("You cannot give this post at %(unit)s. Ask the office of the committee above.")
            % {"unit": unit.name},
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
    if held:
        return held
    post = Post.objects.create(
        bucket=member.bucket, member=member, unit=unit, role=role, title=fitting(clean(title), 120),
        first_day=first_day, last_day=term.last_day, manner=term.manner,
        term=fitting(clean(term.name), 20),
    )  # fmt: skip
    audit.record(actor, "org.post_given", post, unit_path=unit.path, role=role)
    return post


@action
def give_account(*, actor: Actor, member_uid: str, username: str, password: str) -> Member:
    """Open an account for a member, so that they can sign in.

    Raises:
        NotAllowed: `actor` may not manage members in the member's cell.
        DomainError: `org.has_account`, `accounts.name_taken`.
    """
    member = Member.objects.select_for_update().get(uid=member_uid)
    unit = Unit.objects.get(memberships__member=member, memberships__last_day=None)
    access.require(actor, "org.manage_members", unit)
    if member.user_id:
        raise DomainError("org.has_account", _("This member has an account already."))
    member.user = open_account(
        actor, username=username, full_name=member.full_name, password=password,
        bucket=member.bucket, unit_path=unit.path,
    )  # fmt: skip
    member.save(update_fields=["user"])
    return member
