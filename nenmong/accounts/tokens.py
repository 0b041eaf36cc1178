"""How a token for the API is made up, and what of it is kept."""

import hashlib
import re
import secrets

from nenmong.core.rules import ALPHABET

PREFIX_LETTERS = 8
SECRET_LETTERS = 32  # 160 bits
_TOKEN = re.compile(
    rf"nenmong_([{ALPHABET}]{{{PREFIX_LETTERS}}})_[{ALPHABET}]{{{SECRET_LETTERS}}}", re.ASCII
)


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def new_token() -> str:
    """Return a new token. Its head tells those who search for leaked secrets whose it is."""
    return f"nenmong_{_letters(PREFIX_LETTERS)}_{_letters(SECRET_LETTERS)}"


def token_prefix(token: str) -> str:
    """Return the part of a token by which its row is found; "" where this is no token."""
    match = _TOKEN.fullmatch(token)
    return match[1] if match else ""


def token_hash(token: str) -> str:
    """Return what is kept of a token.

    A plain hash will do: nobody guesses 160 random bits, and a slow one would cost each request.
    """
    return hashlib.sha256(token.encode()).hexdigest()
