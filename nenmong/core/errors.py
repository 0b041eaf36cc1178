"""Errors a person can act on: a code that never changes, a sentence that says what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule was not met. `message` is shown as it is; `code` is what programs may rely on."""

    status = 422

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class NotAllowed(DomainError):  # noqa: N818 -- a sentence, not a fault of the program
    """The person sees this place, but may not do this here."""

    status = 403


class BothEdited(DomainError):  # noqa: N818
    """Two people wrote the same field; both texts are shown and a person chooses."""

    status = 409

    def __init__(self, *, theirs: str, mine: str) -> None:
        super().__init__(
            "core.both_edited",
            _("Someone else has changed this text meanwhile. Both are shown: choose one."),
        )
        self.theirs = theirs
        self.mine = mine


class Repeated(DomainError):  # noqa: N818
    """A key came back with other input: answering with the first result would hide a change."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "core.key_reused",
            _(
                "This form was already sent with other content. "
                "Open the page again, look at what is saved, and send it anew."
            ),
        )
