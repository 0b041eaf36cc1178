"""Text that a spreadsheet would take for a formula carries an apostrophe; reading takes it off."""

SIGNS = ("=", "+", "-", "@", "\t", "\r")


def _dangerous(text: str) -> bool:
    return text.lstrip("'").startswith(SIGNS)


def escaped(text: str) -> str:
    """Return `text` as it may stand in a CSV file; `unescaped` gives it back."""
    return "'" + text if _dangerous(text) else text


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text[1:] if text.startswith("'") and _dangerous(text) else text
