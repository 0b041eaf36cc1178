"""The address of a private calendar: how it is made up, and what of it is kept."""

import hashlib
import re
import secrets

from nenmong.core.rules import ALPHABET

LETTERS = 32  # 160 bits
_TOKEN = re.compile(rf"[{ALPHABET}]{{{LETTERS}}}", re.ASCII)


def new_token() -> str:
    """Return a new secret; it stands in the address, so it is of letters that can be typed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def is_token(text: str) -> bool:
    """Say whether this looks like a secret of ours."""
    return _TOKEN.fullmatch(text) is not None


def token_hash(token: str) -> str:
    """Return what is kept: nobody guesses 160 random bits, so a plain hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()
