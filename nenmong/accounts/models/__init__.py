"""Who can sign in, and the tokens with which their programs come."""

from nenmong.accounts.models.tokens import ApiToken
from nenmong.accounts.models.users import User, UserManager

__all__ = ["ApiToken", "User", "UserManager"]
