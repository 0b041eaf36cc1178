"""Who signs in, and the sheets of codes they may do it with."""

from nenmong.accounts.models.sheets import CodeSheet
from nenmong.accounts.models.users import User, UserManager

__all__ = ["CodeSheet", "User", "UserManager"]
