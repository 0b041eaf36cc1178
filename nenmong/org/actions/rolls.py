"""A member on a cell's roll: their status, another cell, the end."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.org import access
from nenmong.org.actions.units import refuse_ended
from nenmong.org.events import RollChanged
from nenmong.org.models import Membership, MemberStatus, Post, Unit
from nenmong.ui import formats


def _current(member_uid: str) -> Membership:
    """Return a member's place on a roll today, locked.

    Raises:
        DomainError: `org.not_on_a_roll`.
    """
    current = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(member=member_uid, last_day=None)
        .first()
    )
    if current is None:
        raise DomainError("org.not_on_a_roll", _("This member is on no cell's roll today."))
    return current


def _without_what_is_to_come(current: Membership) -> Membership:
    """Take back a change that has not begun, so that another can be made from today on.

    A slip in the year would else lock a member until that day.
    """
    if current.first_day <= clock.today():
        return current
    before = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(
            bucket=current.bucket, member=current.member_id,
            last_day=current.first_day - timedelta(days=1),
        )
        .first()
    )  # fmt: skip
    if before is None:
        return current
    current.delete()
    before.last_day = None
    before.save(update_fields=["last_day"])
    events.emit(RollChanged(unit_uid=current.unit_id))
    return before


def _refuse_before(current: Membership, from_day: date) -> None:
    if from_day <= current.first_day:
        raise DomainError(
            "org.before_last_change",
            _("The present state holds since %(day)s. Choose a day after that.")
            % {"day": formats.day(current.first_day)},
        )


def _close(current: Membership, from_day: date) -> None:
    current.last_day = from_day - timedelta(days=1)
    current.save(update_fields=["last_day"])


def _end_posts(left: Membership, last_day: date) -> None:
    """End the posts a member held in the cell they leave: a right goes with what it came from."""
    held = Post.objects.filter(
        Q(last_day=None) | Q(last_day__gt=last_day), bucket=left.bucket, member=left.member_id,
        unit=left.unit_id,
    )  # fmt: skip
    held.filter(first_day__gt=last_day).delete()  # not begun yet: it gave nobody anything
    held.update(last_day=last_day)


@action
def change_status(*, actor: Actor, member_uid: str, status: str, from_day: date) -> Membership:
    """Change a member's status in their cell from `from_day` on; earlier meetings keep the old one.

    Raises:
        NotAllowed: `actor` may not manage members there.
        DomainError: `org.unknown_status`, `org.not_on_a_roll`, `org.before_last_change`.
    """
    current = _current(member_uid)
    access.require(actor, "org.manage_members", current.unit)
    if status not in MemberStatus.values:
        raise DomainError("org.unknown_status", _("Choose the member's status from the list."))
    if current.status == status and current.first_day <= from_day:
        return current
    current = _without_what_is_to_come(current)
    if current.status == status:
        audit.record(actor, "org.change_withdrawn", current, unit_path=current.unit.path)
        return current
    _refuse_before(current, from_day)
    _close(current, from_day)
    changed = Membership.objects.create(
        bucket=current.bucket, member_id=current.member_id, unit=current.unit,
        status=status, first_day=from_day, group_uid=current.group_uid,
    )  # fmt: skip
    audit.record(actor, "org.status_changed", changed, unit_path=current.unit.path)
    events.emit(RollChanged(unit_uid=current.unit.uid))
    return changed


@action
def move_member(*, actor: Actor, member_uid: str, unit_uid: str, from_day: date) -> Membership:
    """Let a member go to another cell from `from_day` on, with the status they have.

    Raises:
        NotAllowed: `actor` may not manage members in both cells.
        DomainError: `org.not_on_a_roll`, `org.not_a_cell`, `org.unit_ended`,
            `org.before_last_change`.
    """
    current = _current(member_uid)
    access.require(actor, "org.manage_members", current.unit)
    to = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, "org.manage_members", to)
    if to.uid == current.unit_id and current.first_day <= from_day:
        return current
    refuse_ended(to)
    if not to.is_cell:
        raise DomainError("org.not_a_cell", _("Members belong to a cell. Choose a cell."))
    current = _without_what_is_to_come(current)
    if to.uid == current.unit_id:
        audit.record(actor, "org.change_withdrawn", current, unit_path=to.path)
        return current
    _refuse_before(current, from_day)
    _close(current, from_day)
    _end_posts(current, from_day - timedelta(days=1))
    begun = Membership.objects.create(
        bucket=current.bucket, member_id=current.member_id, unit=to, status=current.status,
        first_day=from_day,
    )  # fmt: skip
    audit.record(actor, "org.member_moved", begun, unit_path=to.path, left=current.unit_id)
    for uid in (current.unit_id, to.uid):
        events.emit(RollChanged(unit_uid=uid))
    return begun


@action
def end_membership(*, actor: Actor, member_uid: str, last_day: date) -> Membership:
    """Take a member off their cell's roll after `last_day`; earlier meetings keep them.

    Raises:
        NotAllowed: `actor` may not manage members there.
        DomainError: `org.not_on_a_roll`, `org.before_last_change`.
    """
    current = _current(member_uid)
    access.require(actor, "org.manage_members", current.unit)
    current = _without_what_is_to_come(current)
    _refuse_before(current, last_day + timedelta(days=1))
    _close(current, last_day + timedelta(days=1))
    _end_posts(current, last_day)
    audit.record(actor, "org.membership_ended", current, unit_path=current.unit.path)
    events.emit(RollChanged(unit_uid=current.unit_id))
    return current
