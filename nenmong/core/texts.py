"""What people typed, as it goes into a column: never cut short without a word."""

from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError


def fitting(text: str, most: int) -> str:
    """Return `text` where it fits into `most` characters.

    Raises:
        DomainError: `core.too_long`.
    """
    if len(text) > most:
        raise DomainError(
            "core.too_long",
            _("At most %(most)s characters fit here; there are %(count)s. Shorten the text.")
            % {"most": most, "count": len(text)},
        )
    return text
