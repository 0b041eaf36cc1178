"""Opening a unit's records to one person by exception: with a reason, for days, in sight."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from nenmong.accounts.models import User
from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access
from nenmong.org.models import Opening, Unit, in_force
from nenmong.ui import formats

MOST_DAYS = 14


def _opened(unit: Unit, user: User) -> Opening | None:
    today = in_force(clock.today())
    return Opening.objects.filter(
        today, bucket=unit.bucket, unit=unit, user_uid=user.uid, closed_at=None
    ).first()


@action
def open_by_exception(
    *, actor: Actor, unit_uid: str, username: str, reason: str, last_day: date
) -> Opening:
    """Let a person read one unit's sealed records until `last_day`; no names sheet.

    Raises:
        NotAllowed: `actor` may not open here, or not see what they would open (`access.denied`);
            it would be for themselves (`org.own_opening`).
        DomainError: `org.no_reason`, `org.no_such_account`, `org.opening_too_long`,
            `org.opening_past`, `org.reads_already`, `org.keeper_reads_nothing`, `core.too_long`.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    access.require(actor, "org.open_by_exception", unit)
    access.require(actor, "meetings.view", unit)  # no one grants more than they hold
    user = User.objects.filter(username=clean(username), is_active=True).first()
    if user is None:
        raise DomainError(
            "org.no_such_account",
            _("Nobody signs in under this name. Ask the person for their sign-in name."),
        )
    if user.uid == actor.uid:
        raise NotAllowed("org.own_opening", _("Nobody opens anything by exception for themselves."))
    if access.may(user, "meetings.view", unit.path) and not _opened(unit, user):
        raise DomainError(
            "org.reads_already",
            _("%(name)s reads the records of this unit already; nothing needs to be opened.")
            % {"name": user.full_name},
        )
    if access.is_administrator(user):
        raise DomainError(
            "org.keeper_reads_nothing",
            _("Who keeps the installation reads no records. Open them to somebody else."),
        )
    if not (reason := fitting(clean(reason), 300)):
        raise DomainError(
            "org.no_reason", _("Write why this is opened: the unit concerned reads the reason.")
        )
    today = clock.today()
    if last_day < today:
        raise DomainError(
            "org.opening_past",
            _("%(day)s has passed. Choose a day from today on.") % {"day": formats.day(last_day)},
        )
    if last_day > today + timedelta(days=MOST_DAYS):
        raise DomainError(
            "org.opening_too_long",
            _("An opening lasts %(most)s days at most. Choose a last day until %(day)s.")
            % {"most": MOST_DAYS, "day": formats.day(today + timedelta(days=MOST_DAYS))},
        )
    held = _opened(unit, user)
    if held and held.last_day >= last_day:
        return held
    if held:
        held.last_day, held.reason = last_day, reason
        held.save(update_fields=["last_day", "reason"])
        audit.record(actor, "org.opening_extended", held, unit_path=unit.path)
        return held
    made = Opening.objects.create(
        bucket=unit.bucket, unit=unit, user_uid=user.uid, reason=reason, opened_by_uid=actor.uid,
        opened_at=clock.now(), first_day=today, last_day=last_day,
    )  # fmt: skip
    audit.record(actor, "org.unit_opened", made, unit_path=unit.path)
    return made


@action
def close_opening(*, actor: Actor, opening_uid: str) -> Opening:
    """End an opening at once; whoever may open here may close.

    Raises:
        NotAllowed: `actor` may not open here.
    """
    held = Opening.objects.select_for_update(of=("self",)).select_related("unit")
    opening = held.get(uid=opening_uid)
    access.require(actor, "org.open_by_exception", opening.unit)
    if opening.closed_at is None:
        opening.closed_at = clock.now()
        opening.save(update_fields=["closed_at"])
        audit.record(actor, "org.unit_closed", opening, unit_path=opening.unit.path)
    return opening
