"""The codes of a sheet. They are made from its uid and the server's key, and kept nowhere.

So the paper can be printed again for a while, a stolen database signs nobody in, and another key of
the server ends every sheet.
"""

from django.utils.crypto import salted_hmac

from nenmong.accounts import rules
from nenmong.accounts.models import CodeSheet

_SALT = "nenmong.accounts.sheet"


def codes_of(sheet: CodeSheet) -> list[str]:
    """Return the codes of a sheet, as digits, in the order they are printed."""
    return [_code(f"{sheet.uid}:{number}") for number in range(sheet.codes)]


def _code(name: str) -> str:
    return rules.code_of(int.from_bytes(salted_hmac(_SALT, name, algorithm="sha256").digest()))
