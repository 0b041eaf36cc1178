"""Who signs in, the sheets of codes they may do it with, the tokens their programs come with."""

from nenmong.accounts.models.sheets import CodeSheet
from nenmong.accounts.models.tokens import ApiToken
from nenmong.accounts.models.users import User, UserManager

__all__ = ["ApiToken", "CodeSheet", "User", "UserManager"]
