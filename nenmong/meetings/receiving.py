"""Taking in the files of a form: written aside as they come, examined one by one, put in the store.

Nothing here changes a row: a file that is in the store and named by no row goes with the sweep.
"""

import re
import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.meetings.actions.documents import MB, Kept
from nenmong.meetings.queries.documents import STORE
from nenmong.meetings.rules.files import Refused, Why, examine

IN_MEMORY = 1 << 20
WHY = {
    Why.EMPTY: gettext_lazy("it is empty. Choose the file once more."),
    Why.UNKNOWN: gettext_lazy(
        "only PDF, Word (.docx) and pictures (JPEG, PNG) are taken. Save it as PDF, then choose it."
    ),
    Why.OLD_WORD: gettext_lazy("it is of an old Word. Open it, save it as .docx or PDF."),
    Why.PHONE_PICTURE: gettext_lazy(
        "this kind of picture (HEIC) cannot be opened everywhere. Send it as JPEG."
    ),
    Why.DAMAGED: gettext_lazy("it is damaged or cut off. Save it anew, then choose it."),
    Why.LOCKED: gettext_lazy("it is locked by a password. Save it without one, then choose it."),
    Why.MACROS: gettext_lazy("it carries macros. Save it as PDF, then choose it."),
    Why.OBJECTS: gettext_lazy(
        "it holds an object of another program. Put it in as a picture, or save it all as PDF."
    ),
    Why.OUTSIDE: gettext_lazy("it fetches something from elsewhere. Save it as PDF."),
    Why.ACTIVE: gettext_lazy(
        "this PDF does something by itself or carries other files. Print it to PDF once more."
    ),
    Why.TOO_MUCH_INSIDE: gettext_lazy("there is too much inside. Split it into several files."),
    Why.TOO_MANY_POINTS: gettext_lazy("the picture is too large. Take it in a smaller size."),
}


class Limited(FileUploadHandler):
    """Writes each file aside; of one that is too large only its size is kept."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.total = 0
        self.opened: list[IO[bytes]] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.size = 0
        self.aside: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self.opened.append(self.aside)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        self.total += len(raw_data)
        if self.size <= most_of_one() and self.total <= most_of_all():
            self.aside.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self.aside.seek(0)
        return UploadedFile(self.aside, self.file_name or "", size=self.size)

    def close(self) -> None:
        """Let go of every file; of a form that breaks off Django itself keeps none to close."""
        for aside in self.opened:
            aside.close()


def most_of_one() -> int:
    return int(settings.NENMONG_FILE_MB) * MB


def most_of_all() -> int:
    return int(settings.NENMONG_MEETING_MB) * MB


def files_in(request: HttpRequest, handler: Limited) -> list[tuple[str, "UploadedFile[Any]"]]:
    """Return the files of the form under the names they will bear.

    Raises:
        DomainError: `meetings.no_file`; `meetings.files_too_large`.
    """
    files = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    if handler.total > most_of_all():
        raise DomainError(
            "meetings.files_too_large",
            _("At most %(most)s MB are taken at once. Choose fewer files.")
            % {"most": settings.NENMONG_MEETING_MB},
        )
    if not files:
        raise DomainError("meetings.no_file", _("Choose a file."))
    return [(title_of(file.name or ""), file) for file in files]


def title_of(name: str) -> str:
    """Return what to call a document: its file's name without the ending."""
    plain = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", clean(name.replace("_", " ")))
    return plain[:200].strip() or _("Document")


def take_in(file: "UploadedFile[Any]") -> Kept:
    """Examine a file and put it into the store.

    Raises:
        DomainError: `meetings.file_too_large`, `meetings.file_refused`.
    """
    if (file.size or 0) > most_of_one():
        raise DomainError(
            "meetings.file_too_large",
            _("it is over %(most)s MB. Make it smaller, or split it into several files.")
            % {"most": settings.NENMONG_FILE_MB},
        )
    try:
        examined = examine(file.read())
    except Refused as refused:
        raise DomainError("meetings.file_refused", WHY[refused.why]) from refused
    digest = STORE.keep(examined.content)
    return Kept(digest, examined.kind, len(examined.content))
