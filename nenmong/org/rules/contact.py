"""What a phone number and an e-mail address look like, on a page as in a list."""

import re

# As people write it: blanks, points, hyphens between, a plus before.
_PHONE = re.compile(r"\+?(?:[ .-]?\d){8,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def is_phone(text: str) -> bool:
    """Say whether `text` is a phone number of 8 to 15 digits."""
    return _PHONE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Say whether `text` has the shape of an e-mail address; whether it exists nobody can see."""
    return _EMAIL.fullmatch(text) is not None
