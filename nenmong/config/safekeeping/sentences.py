"""Why a backup or a restore cannot go on, in both languages: whoever reads it is in need."""

from pathlib import Path

from django.utils.translation import gettext_lazy

from nenmong.config.demo.sentences import in_each_language


class Refused(Exception):  # noqa: N818 -- a sentence, not a fault of the program
    """Something cannot be done; the text says what, why and what to do, in each language."""

    def __init__(self, message: object, **values: object) -> None:
        """Say `message`, a lazy translation, with `values` in its places."""
        super().__init__("\n".join(in_each_language(message, values)))


def unreadable(path: Path, error: OSError | ValueError) -> Refused:
    """Return what to say of a file that cannot be read."""
    return Refused(
        gettext_lazy("The file %(file)s cannot be read (%(error)s). Check its name and rights."),
        file=path, error=getattr(error, "strerror", None) or error,
    )  # fmt: skip
