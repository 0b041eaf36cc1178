"""A member's way in: an account, a printed sheet of codes, access given back, an account paused.

Nobody ever sees a password: who is let in gets codes on paper, each good for one time.
"""

from django.utils.translation import gettext as _

from nenmong.accounts.actions import end_sheets, forget_ways_in, make_sheet, open_account
from nenmong.accounts.models import CodeSheet, User
from nenmong.core import audit
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access
from nenmong.org.actions.administrators import refuse_last_keeper
from nenmong.org.models import Member, Unit

# A sheet lasts a cell half a year of meetings. Who needs a second factor gets one code, to come in,
# set a password and tie the phone to the account: paper is no second factor.
CODES, DAYS = 10, 180
ONE_CODE, FEW_DAYS = 1, 3


def _person(member: Member) -> User:
    """Return a member's account, locked.

    Raises:
        DomainError: `org.no_account`.
    """
    if not member.user_id:
        raise DomainError(
            "org.no_account", _("This member has no account yet. Open one on this page first.")
        )
    return User.objects.select_for_update().get(pk=member.user_id)


def _require_may_let_in(actor: Actor, user: User) -> None:
    if not access.may_let_in(actor, user):
        raise NotAllowed(
            "access.denied",
            _(
                "%(name)s holds a post that is not yours to give. "
                "The office above, or who keeps the accounts, gives the access back."
            )
            % {"name": user.full_name},
        )


@within_action
def end_outgrown_sheet(user_uid: str | None) -> None:
    """End a sheet whose maker could not let its person in any more, now that they got a right.

    Whoever printed codes for a cell's secretary would else have them for the head they became.
    """
    sheet = CodeSheet.objects.filter(user=user_uid, ended_at=None).select_related("user").first()
    if not user_uid or sheet is None:
        return
    maker = User.objects.filter(uid=sheet.made_by_uid).first()
    if maker is None or not access.may_let_in(maker, sheet.user):
        end_sheets(sheet.user)


@action
def give_account(*, actor: Actor, member_uid: str, username: str, password: str = "") -> Member:
    """Open an account for a member; without a password they sign in with a sheet of codes.

    Raises:
        NotAllowed: `actor` may not manage members in the member's cell.
        DomainError: `org.has_account`, `org.no_sign_in_name`, `accounts.name_taken`,
            `core.too_long`.
    """
    member = Member.objects.select_for_update().get(uid=member_uid)
    unit = Unit.objects.get(memberships__member=member, memberships__last_day=None)
    access.require(actor, "org.manage_members", unit)
    if member.user_id:
        raise DomainError("org.has_account", _("This member has an account already."))
    if not (username := fitting(clean(username), 60)):
        raise DomainError("org.no_sign_in_name", _("Enter the name to sign in with."))
    member.user = open_account(
        actor, username=username, full_name=member.full_name, password=password,
        bucket=member.bucket, unit_path=unit.path,
    )  # fmt: skip
    member.save(update_fields=["user"])
    return member


@action
def give_sheet(*, actor: Actor, member_uid: str) -> CodeSheet:
    """Give a member of a cell a new sheet of codes; a password they have stays.

    Raises:
        NotAllowed: the member has a right that is not the actor's to give.
        DomainError: `org.no_account`, `org.no_sheet_here`.
    """
    user = _person(Member.objects.get(uid=member_uid))
    _require_may_let_in(actor, user)
    if access.asks_for_second_factor(access.from_now_on(user)):
        raise DomainError(
            "org.no_sheet_here",
            _(
                "A post of the district or the province needs a second factor, which paper is not. "
                "Give the access back instead: that prints one code to begin anew with."
            ),
        )
    sheet = make_sheet(actor, user=user, count=CODES, days=DAYS)
    _tell(actor, "org.sheet_given", user)
    return sheet


@action
def restore_access(*, actor: Actor, user_uid: str) -> CodeSheet:
    """End every way into an account and print a new one: for a lost phone or a known password.

    Raises:
        NotAllowed: the person has a right that is not the actor's to give.
    """
    user = User.objects.select_for_update().get(uid=user_uid)
    _require_may_let_in(actor, user)
    forget_ways_in(user)
    above = access.asks_for_second_factor(access.from_now_on(user))
    sheet = make_sheet(
        actor, user=user, count=ONE_CODE if above else CODES, days=FEW_DAYS if above else DAYS
    )
    _tell(actor, "org.access_restored", user)
    return sheet


@action
def pause_account(*, actor: Actor, user_uid: str, paused: bool) -> User:
    """Let nobody in under an account for a while, or let them in again.

    Raises:
        NotAllowed: the person has a right that is not the actor's to give.
        DomainError: `org.last_administrator`.
    """
    user = User.objects.select_for_update().get(uid=user_uid)
    _require_may_let_in(actor, user)
    if user.is_active is not paused:
        return user
    if paused:
        refuse_last_keeper(user)
    user.is_active = not paused
    user.save(update_fields=["is_active"])
    _tell(actor, "org.account_paused" if paused else "org.account_resumed", user)
    return user


def _tell(actor: Actor, verb: str, user: User) -> None:
    """Write the audit where the person's cell stands, so that the unit concerned finds it."""
    held = sorted(access.holdings(user), key=lambda one: one.role != access.MEMBER)
    place = next((one.path for one in held if one.path), "")
    audit.record(actor, verb, user, unit_path=place)
