"""What examining a file comes to: its kind and what is kept of it, or why it is not taken."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a file is not taken; the sentences stand in `ui.files`."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    OLD_WORD = "old_word"
    PHONE_PICTURE = "phone_picture"  # HEIC, which not everyone can open
    DAMAGED = "damaged"
    LOCKED = "locked"  # by a password: nobody can see what is inside
    MACROS = "macros"
    OBJECTS = "objects"  # put in from another program
    OUTSIDE = "outside"  # fetches something from elsewhere
    ACTIVE = "active"  # a PDF that does something by itself
    TOO_MUCH_INSIDE = "too_much_inside"
    TOO_MANY_POINTS = "too_many_points"


class Refused(ValueError):  # noqa: N818 -- the file is refused
    """This file is not taken; `why` says what was found."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: what it is, and the bytes to keep (a picture is written anew)."""

    kind: str  # pdf, docx, jpeg, png
    content: bytes
