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


@action
def appoint_administrator(
    *, actor: Actor, username: str, full_name: str = "", password: str = ""
) -> Administrator:
    """Let a person keep the installation from today on; an account is opened where there is none.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `org.no_name`, `org.no_sign_in_name`, `core.too_long`.
    """
    if not access.may(actor, "accounts.manage", access.EVERYWHERE):
        raise NotAllowed("access.denied", _("Only who keeps the installation names another."))
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
