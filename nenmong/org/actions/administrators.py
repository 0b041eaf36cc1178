"""Who keeps the installation: the first one by the program, others by one who does already."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nenmong.accounts.actions import end_sheets, open_account
from nenmong.accounts.models import User
from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access
from nenmong.org.models import Administrator


def _require_keeper(actor: Actor) -> None:
    if not access.may(actor, "accounts.manage", access.EVERYWHERE):
        raise NotAllowed("access.denied", _("Only who keeps the installation names another."))


def _keeping() -> QuerySet[Administrator]:
    return Administrator.objects.filter(last_day=None).select_related("user")


def refuse_last_keeper(user: User) -> None:
    """Refuse to lose the last one who keeps the installation and can sign in.

    Raises:
        DomainError: `org.last_administrator`.
    """
    # All are locked: of two who dismiss or pause each other at once, the second finds one left.
    keeping = list(_keeping().select_for_update(of=("self",)).order_by("uid"))
    active = User.objects.filter(pk__in=[one.user_id for one in keeping], is_active=True)
    left = set(active.values_list("pk", flat=True)) - {user.pk}
    if user.pk in {one.user_id for one in keeping} and not left:
        raise DomainError(
            "org.last_administrator",
            _("Nobody else keeps the installation. Name another administrator first."),
        )


@action
def appoint_administrator(
    *, actor: Actor, username: str, full_name: str = "", password: str = ""
) -> Administrator:
    """Let a person keep the installation from today on; an account is opened where there is none.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `org.no_name`, `org.no_sign_in_name`, `core.too_long`.
    """
    _require_keeper(actor)
    if not (username := fitting(clean(username), 60)):
        raise DomainError("org.no_sign_in_name", _("Enter the name to sign in with."))
    user = User.objects.select_for_update().filter(username__iexact=username).first()
    if user is None:
        if not (full_name := fitting(clean(full_name), 120)):
            raise DomainError("org.no_name", _("The member has no name yet. Enter the full name."))
        user = open_account(
            actor, username=username, full_name=full_name, password=password, bucket=0, unit_path=""
        )
    held = Administrator.objects.filter(user=user, last_day=None).first()
    if held:
        return held
    made = Administrator.objects.create(user=user, first_day=clock.today())
    end_sheets(user)  # printed when they had less to open
    audit.record(actor, "org.administrator_appointed", made, unit_path="")
    return made


@action
def dismiss_administrator(*, actor: Actor, administrator_uid: str) -> Administrator:
    """Let a person keep the installation until the end of today; somebody always keeps it.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `org.last_administrator`.
    """
    _require_keeper(actor)
    held = _keeping().filter(uid=administrator_uid).first()
    if held is None:
        return Administrator.objects.get(uid=administrator_uid)
    refuse_last_keeper(held.user)
    held.last_day = clock.today()
    held.save(update_fields=["last_day"])
    audit.record(actor, "org.administrator_dismissed", held, unit_path="")
    return held
