"""Changes to the tree, the members and their posts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from nenmong.accounts.actions import open_account
from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access, rules
from nenmong.org.events import RollChanged
from nenmong.org.models import (
    CellKind,
    Member,
    Membership,
    MemberStatus,
    Post,
    Unit,
    UnitKind,
    UnitVersion,
    in_force,
)
from nenmong.ui import formats


@dataclass(frozen=True)
class NewUnit:
    """What is said of a unit when it is founded; an empty organisation name is the unit's own."""

    kind: str
    name: str
    organization_name: str = ""
    locality: str = ""
    cell_kind: str = ""
    code: str = ""


@action
def create_unit(*, actor: Actor, parent_uid: str | None, unit: NewUnit, first_day: date) -> Unit:
    """Found a unit under another one, from `first_day` on.

    Raises:
        NotAllowed: `actor` may not manage units there; a root is founded by the program only.
        DomainError: `org.parent_not_there` when the parent does not exist on that day;
            `org.under_a_cell`, `org.unknown_kind`, `org.no_unit_name`, `org.code_taken`.
    """
    parent = None
    if parent_uid is not None:
        # The lock makes two units founded at once under one parent wait for each other's number.
        parent = Unit.objects.select_for_update().get(uid=parent_uid)
        access.require(actor, "org.manage_units", parent)
        if not UnitVersion.objects.filter(in_force(first_day), unit=parent).exists():
            raise DomainError(
                "org.parent_not_there",
                _("%(unit)s does not exist on that day. Choose a later day or another unit.")
                % {"unit": parent.name},
            )
        if parent.is_cell:
            raise DomainError(
                "org.under_a_cell", _("Nothing stands under a cell. Choose the committee above it.")
            )
    elif not access.may(actor, "org.found_province", ""):
        raise NotAllowed("access.denied", _("Only the installation founds a province."))
    _check(unit)
    return found(actor, parent, unit, first_day)


def _check(unit: NewUnit) -> None:
    if unit.kind not in UnitKind.values or unit.cell_kind not in ["", *CellKind.values]:
        raise DomainError("org.unknown_kind", _("Choose the kind of unit from the list."))
    if unit.code and Unit.objects.filter(code=unit.code).exists():
        raise DomainError(
            "org.code_taken",
            _("Another unit has the code %(code)s already. Choose another one.")
            % {"code": unit.code},
        )


def _names(name: str, organization_name: str) -> tuple[str, str]:
    """Return a unit's own name and that of its organisation, which is the same if left out."""
    if not (name := fitting(clean(name), 200)):
        raise DomainError("org.no_unit_name", _("The unit has no name yet. Enter its name."))
    return name, fitting(clean(organization_name), 200) or name


@within_action
def found(actor: Actor, parent: Unit | None, unit: NewUnit, first_day: date) -> Unit:
    """Write a unit and its first version."""
    siblings = Unit.objects.filter(parent=parent)
    last = siblings.aggregate(last=Max("path"))["last"]
    path = rules.child_path(parent.path if parent else "", rules.number_of(last) + 1 if last else 1)
    name, organization_name = _names(unit.name, unit.organization_name)
    shape = {
        "kind": unit.kind,
        "cell_kind": unit.cell_kind,
        "name": name,
        "organization_name": organization_name,
        "locality": fitting(clean(unit.locality), 100),
        "path": path,
        "parent": parent,
    }
    code = fitting(clean(unit.code), 40)
    made = Unit.objects.create(bucket=_bucket(parent), code=code, **shape)
    UnitVersion.objects.create(unit=made, first_day=first_day, **shape)
    audit.record(actor, "org.unit_created", made, unit_path=path)
    return made


def _bucket(parent: Unit | None) -> int:
    """Return the bucket of a unit born under `parent`: a new one directly under a province."""
    if parent is None:
        return 0
    if parent.kind != UnitKind.PROVINCIAL_COMMITTEE:
        return parent.bucket
    return (Unit.objects.aggregate(last=Max("bucket"))["last"] or 0) + 1


@action
def rename_unit(
    *, actor: Actor, unit_uid: str, name: str, organization_name: str = "", from_day: date
) -> Unit:
    """Give a unit another name from `from_day` on; before that day it keeps the one it had.

    Raises:
        NotAllowed: `actor` may not manage units there.
        DomainError: `org.before_last_change` when the name in force began on that day or later;
            `org.day_to_come`, `org.no_unit_name`.
    """
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "org.manage_units", unit)
    name, organization_name = _names(name, organization_name)
    if (unit.name, unit.organization_name) == (name, organization_name):
        return unit
    current = UnitVersion.objects.get(unit=unit, last_day=None)
    if from_day <= current.first_day:
        raise DomainError(
            "org.before_last_change",
            _("The present name holds since %(day)s. Choose a day after that.")
            % {"day": formats.day(current.first_day)},
        )
    if from_day > clock.today():
        # The unit's own row says how it is called today.
        raise DomainError(
            "org.day_to_come", _("That day is still to come. Enter the new name when it begins.")
        )
    current.last_day = from_day - timedelta(days=1)
    current.save(update_fields=["last_day"])
    UnitVersion.objects.create(
        unit=unit, first_day=from_day, kind=unit.kind, cell_kind=unit.cell_kind, name=name,
        organization_name=organization_name, locality=unit.locality, path=unit.path,
        parent=unit.parent,
    )  # fmt: skip
    unit.name, unit.organization_name = name, organization_name
    unit.save(update_fields=["name", "organization_name", "name_fold"])
    audit.record(actor, "org.unit_renamed", unit, unit_path=unit.path, from_day=str(from_day))
    return unit


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
        DomainError: `org.not_a_cell`, `org.no_name`, `org.unknown_status`, `org.birth_year`.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "org.manage_members", unit)
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
    *, actor: Actor, member_uid: str, unit_uid: str, role: str, title: str, first_day: date
) -> Post:
    """Give a member a post, and with it its role, from `first_day` on; nobody to themselves.

    Raises:
        NotAllowed: `actor` may not give posts there, or gives it to themselves (`org.own_post`).
        DomainError: `org.unknown_role`.
    """
    member = Member.objects.select_for_update().get(uid=member_uid)
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "org.give_posts", unit)
    if member.user_id == actor.uid:
        raise NotAllowed(
            "org.own_post", _("Nobody gives a post to themselves. Ask the office above.")
        )
    if role not in access.roles() or role == access.MEMBER:
        raise DomainError("org.unknown_role", _("Choose the post from the list."))
    held = Post.objects.filter(
        bucket=member.bucket, member=member, unit=unit, role=role, last_day=None
    ).first()
    if held:
        return held
    post = Post.objects.create(
        bucket=member.bucket, member=member, unit=unit, role=role, title=fitting(clean(title), 120),
        first_day=first_day,
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
