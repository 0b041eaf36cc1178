"""Why the demo cannot start, in both languages: whoever reads it has not reached a page yet."""

from django.utils import translation


class Refused(Exception):  # noqa: N818 -- a sentence, not a fault of the program
    """The demo cannot be built or started; the text says why and what to do, in each language."""

    def __init__(self, message: object, **values: object) -> None:
        """Say `message`, a lazy translation, with `values` in its places."""
        super().__init__("\n".join(in_each_language(message, values)))


def in_each_language(message: object, values: dict[str, object]) -> list[str]:
    lines = []
    for language in ("vi", "en"):
        with translation.override(language):
            line = str(message)
        lines.append(line % values if values else line)
    return lines
