"""Changes to accounts."""

from django.utils.translation import gettext as _

from nenmong.accounts.models import User
from nenmong.core import audit
from nenmong.core.actions import within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError


@within_action
def open_account(
    actor: Actor, *, username: str, full_name: str, password: str, bucket: int, unit_path: str
) -> User:
    """Make an account for a person; whoever calls has already asked whether the actor may.

    Raises:
        DomainError: `accounts.name_taken`.
    """
    if User.objects.filter(username=username).exists():
        raise DomainError(
            "accounts.name_taken",
            _("The sign-in name %(name)s is taken. Choose another one.") % {"name": username},
        )
    user = User.objects.create_user(username, password, full_name=full_name, bucket=bucket)
    audit.record(actor, "accounts.account_opened", user, unit_path=unit_path)
    return user
