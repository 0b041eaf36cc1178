"""Party groups inside a cell: made, joined, ended."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access
from nenmong.org.actions.units import refuse_ended
from nenmong.org.models import Following, Membership, PartyGroup, Unit
from nenmong.ui import formats


@action
def form_group(*, actor: Actor, unit_uid: str, name: str, first_day: date) -> PartyGroup:
    """Form a party group in a cell from `first_day` on.

    Raises:
        NotAllowed: `actor` may not manage the groups of this cell.
        DomainError: `org.not_a_cell`, `org.no_group_name`, `org.unit_ended`, `core.too_long`.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, "org.manage_groups", unit)
    refuse_ended(unit)
    if not unit.is_cell:
        raise DomainError("org.not_a_cell", _("Members belong to a cell. Choose a cell."))
    if not (name := fitting(clean(name), 120)):
        raise DomainError("org.no_group_name", _("The group has no name yet. Enter its name."))
    held = PartyGroup.objects.filter(bucket=unit.bucket, unit=unit, name=name, last_day=None)
    if found := held.first():
        return found
    made = PartyGroup.objects.create(bucket=unit.bucket, unit=unit, name=name, first_day=first_day)
    audit.record(actor, "org.group_formed", made, unit_path=unit.path)
    return made


@action
def join_group(*, actor: Actor, member_uid: str, group_uid: str | None) -> Membership:
    """Put a member of a cell into one of its groups; None takes them out of the one they are in.

    Raises:
        NotAllowed: `actor` may not manage the groups of the member's cell.
        DomainError: `org.not_on_a_roll`, `org.no_such_group`.
    """
    held = Membership.objects.select_for_update(of=("self",)).select_related("unit")
    place = held.filter(member=member_uid, last_day=None).first()
    if place is None:
        raise DomainError("org.not_on_a_roll", _("This member is on no cell's roll today."))
    access.require(actor, "org.manage_groups", place.unit)
    if group_uid is not None:
        groups = PartyGroup.objects.select_for_update(no_key=True)  # it may be ending just now
        if not groups.filter(unit=place.unit, last_day=None, uid=group_uid).first():
            raise DomainError(
                "org.no_such_group", _("This cell has no such group. Choose another.")
            )
    if place.group_uid == group_uid:
        return place
    place.group_uid = group_uid
    place.save(update_fields=["group_uid"])
    audit.record(actor, "org.group_joined", place, unit_path=place.unit.path, group=group_uid or "")
    return place


@action
def end_group(*, actor: Actor, group_uid: str, last_day: date) -> PartyGroup:
    """End a group; who followed it follows it no longer, its members stay in the cell.

    Raises:
        NotAllowed: `actor` may not manage the groups of this cell.
        DomainError: `org.group_ends_before`, `org.day_to_come`.
    """
    held = PartyGroup.objects.select_for_update(of=("self",)).select_related("unit")
    group = held.get(uid=group_uid)
    access.require(actor, "org.manage_groups", group.unit)
    if group.last_day is not None and group.last_day <= last_day:
        return group
    if last_day > clock.today():
        raise DomainError(
            "org.day_to_come",
            _("A group is ended with today at the latest. Come back on its last day."),
        )
    if last_day < group.first_day:
        raise DomainError(
            "org.group_ends_before",
            _("It would end before it begins on %(day)s. Enter a later last day.")
            % {"day": formats.day(group.first_day)},
        )
    group.last_day = last_day
    group.save(update_fields=["last_day"])
    Membership.objects.filter(unit=group.unit, group_uid=group.uid, last_day=None).update(
        group_uid=None
    )
    follows = Following.objects.filter(
        Q(last_day=None) | Q(last_day__gt=last_day), unit=group.unit, group_uid=group.uid
    )
    follows.filter(first_day__gt=last_day).delete()  # not begun on the day the group ended
    follows.update(last_day=last_day)
    audit.record(actor, "org.group_ended", group, unit_path=group.unit.path)
    return group
