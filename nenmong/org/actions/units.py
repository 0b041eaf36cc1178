"""One unit at a time: founded, renamed. Larger changes of the tree are plans (`reorganising`)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access, queries, rules
from nenmong.org.models import Unit, UnitKind, UnitVersion, in_force
from nenmong.org.rules.cells import REGISTRY_CODE
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
            `org.unit_ended`, `org.under_a_cell`, `org.unknown_kind`, `org.no_unit_name`,
            `org.code_taken`, `org.does_not_fit_under`.
    """
    lock_tree()  # two who found at once take numbers, codes and buckets one after the other
    parent = None
    if parent_uid is not None:
        # The lock makes two units founded at once under one parent wait for each other's number.
        parent = Unit.objects.select_for_update().get(uid=parent_uid)
        access.require(actor, "org.manage_units", parent)
        refuse_ended(parent)
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
    _check(unit, parent)
    return found(actor, parent, unit, first_day)


def _check(unit: NewUnit, parent: Unit | None) -> None:
    offered = [code for code, kind in queries.cell_kinds().items() if not kind.retired]
    if unit.kind not in UnitKind.values or unit.cell_kind not in ["", *offered]:
        raise DomainError("org.unknown_kind", _("Choose the kind of unit from the list."))
    if not rules.may_stand_under(unit.kind, parent.kind if parent else None):
        raise DomainError(
            "org.does_not_fit_under",
            _("Such a unit does not stand there. Choose a kind below that of the unit above."),
        )
    code = fitting(clean(unit.code), 40)  # as it will be kept, or two that look alike both pass
    if code and Unit.objects.filter(code=code).exists():
        raise DomainError(
            "org.code_taken",
            _("Another unit has the code %(code)s already. Choose another one.") % {"code": code},
        )


def _names(name: str, organization_name: str) -> tuple[str, str]:
    """Return a unit's own name and that of its organisation, which is the same if left out."""
    if not (name := fitting(clean(name), 200)):
        raise DomainError("org.no_unit_name", _("The unit has no name yet. Enter its name."))
    return name, fitting(clean(organization_name), 200) or name


def refuse_ended(unit: Unit) -> None:
    """Refuse what would begin in a unit that has ended.

    Raises:
        DomainError: `org.unit_ended`.
    """
    if unit.last_day is not None:
        raise DomainError(
            "org.unit_ended",
            _("%(unit)s ended on %(day)s. Choose the unit it goes on in.")
            % {"unit": unit.name, "day": formats.day(unit.last_day)},
        )


def lock_tree() -> None:
    """Let plans wait for each other: what one reads of the tree, none changes meanwhile."""
    list(Unit.objects.select_for_update().filter(parent=None).order_by("path"))


def last_number(parent: Unit | None) -> int:
    """Return the highest number ever given below a unit: none is given to two units."""
    now = Unit.objects.filter(parent=parent).aggregate(last=Max("path"))["last"]
    once = UnitVersion.objects.filter(parent=parent)
    if parent is not None:
        once = once.filter(path__under=parent.path)
    paths = (now, once.aggregate(last=Max("path"))["last"])
    return max((rules.number_of(path) for path in paths if path), default=0)


@within_action
def found(actor: Actor, parent: Unit | None, unit: NewUnit, first_day: date) -> Unit:
    """Write a unit and its first version."""
    path = rules.child_path(parent.path if parent else "", last_number(parent) + 1)
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
    try:
        with transaction.atomic():
            made = Unit.objects.create(bucket=bucket_under(parent), code=code, **shape)
    except IntegrityError:  # two founded the first unit at once: no row was there to wait for
        raise DomainError(
            "org.founded_meanwhile",
            _("Somebody has just founded a unit here. Look at the page again before another one."),
        ) from None
    UnitVersion.objects.create(unit=made, first_day=first_day, **shape)
    audit.record(actor, "org.unit_created", made, unit_path=path)
    return made


def bucket_under(parent: Unit | None) -> int:
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
            `org.day_to_come`, `org.no_unit_name`, `org.unit_ended`.
    """
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "org.manage_units", unit)
    refuse_ended(unit)
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
def set_codes(*, actor: Actor, unit_uid: str, code: str, registry_code: str) -> Unit:
    """Give a unit the office's own code, and the 14 digits of the national register.

    Raises:
        NotAllowed: `actor` may not manage units there.
        DomainError: `org.code_taken`, `org.registry_code`, `core.too_long`.
    """
    lock_tree()  # or two could take one code at once
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "org.manage_units", unit)
    code, registry_code = fitting(clean(code), 40), clean(registry_code)
    if registry_code and not REGISTRY_CODE.fullmatch(registry_code):
        raise DomainError(
            "org.registry_code",
            _("A national code has 14 digits. Look at the decision that gave it."),
        )
    if (unit.code, unit.registry_code) == (code, registry_code):
        return unit
    others = Unit.objects.exclude(uid=unit.uid)
    for name, value in (("code", code), ("registry_code", registry_code)):
        if value and others.filter(**{name: value}).exists():
            raise DomainError(
                "org.code_taken",
                _("Another unit has the code %(code)s already. Choose another one.")
                % {"code": value},
            )
    unit.code, unit.registry_code = code, registry_code
    unit.save(update_fields=["code", "registry_code"])
    audit.record(actor, "org.unit_codes_set", unit, unit_path=unit.path)
    return unit
