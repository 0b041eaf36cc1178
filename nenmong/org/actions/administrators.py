"""Who keeps the installation: the first one by the program, others by one who does already."""

from django.utils.translation import gettext as _

from nenmong.accounts.actions import open_account
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
    user = User.objects.select_for_update().filter(username=username).first()
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
    # All are locked: of two who dismiss each other at once, the second finds one left.
    keeping = list(Administrator.objects.select_for_update().filter(last_day=None).order_by("uid"))
    held = next((one for one in keeping if one.uid == administrator_uid), None)
    if held is None:
        return Administrator.objects.get(uid=administrator_uid)
    if len(keeping) == 1:
        raise DomainError(
            "org.last_administrator",
            _("Nobody else keeps the installation. Name another administrator first."),
        )
    held.last_day = clock.today()
    held.save(update_fields=["last_day"])
    audit.record(actor, "org.administrator_dismissed", held, unit_path="")
    return held
