"""Members: entered, what is known of them mended."""

from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access
from nenmong.org.actions.units import refuse_ended
from nenmong.org.events import RollChanged
from nenmong.org.models import Member, Membership, MemberStatus, Unit
from nenmong.org.rules.contact import is_email, is_phone


def _named(full_name: str, birth_year: int | None) -> str:
    """Return a name fit to be kept.

    Raises:
        DomainError: `org.no_name`, `org.birth_year`, `core.too_long`.
    """
    if not (full_name := fitting(clean(full_name), 120)):
        raise DomainError("org.no_name", _("The member has no name yet. Enter the full name."))
    if birth_year is not None and not 1900 <= birth_year <= clock.today().year:  # noqa: PLR2004
        raise DomainError("org.birth_year", _("Enter the year of birth with four digits."))
    return full_name


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
    full_name = _named(full_name, birth_year)
    if status not in MemberStatus.values:
        raise DomainError("org.unknown_status", _("Choose the member's status from the list."))
    member = Member.objects.create(bucket=unit.bucket, full_name=full_name, birth_year=birth_year)
    Membership.objects.create(
        bucket=unit.bucket, member=member, unit=unit, status=status, first_day=first_day
    )
    audit.record(actor, "org.member_added", member, unit_path=unit.path)
    events.emit(RollChanged(unit_uid=unit.uid))
    return member


@action
def change_member(
    *,
    actor: Actor,
    member_uid: str,
    full_name: str,
    birth_year: int | None,
    phone: str,
    email: str,
) -> Member:
    """Mend what is known of a member; a roll kept by a meeting keeps the name it was taken with.

    Raises:
        NotAllowed: `actor` may not manage members in the member's cell.
        DomainError: `org.no_name`, `org.birth_year`, `org.phone`, `org.email`, `core.too_long`.
    """
    member = Member.objects.select_for_update().get(uid=member_uid)
    unit = Unit.objects.get(memberships__member=member, memberships__last_day=None)
    access.require(actor, "org.manage_members", unit)
    full_name = _named(full_name, birth_year)
    phone, email = clean(phone), clean(email)
    if phone and not is_phone(phone):
        raise DomainError(
            "org.phone", _("A phone number has 8 to 15 digits. Write it like 0912 345 678.")
        )
    if email and not is_email(fitting(email, 120)):
        raise DomainError(
            "org.email", _("This is no e-mail address. Write it like ten@example.vn.")
        )
    said = {"full_name": full_name, "birth_year": birth_year, "phone": phone, "email": email}
    if all(getattr(member, name) == value for name, value in said.items()):
        return member
    renamed = member.full_name != full_name
    for name, value in said.items():
        setattr(member, name, value)
    member.save(update_fields=[*said, "name_fold", "name_key"])
    audit.record(actor, "org.member_changed", member, unit_path=unit.path)
    if renamed:
        events.emit(RollChanged(unit_uid=unit.uid))
    return member
