"""Files of a form taken in, and files handed out: one way for every page and door of the API.

Taken in: written aside as they come, examined one by one, put in the store. Nothing here changes a
row: a file that is in the store and named by no row goes with the sweep.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.core.errors import DomainError
from nenmong.core.files import Refused, Why, examine
from nenmong.core.keeping import MB, STORE, Kept
from nenmong.core.rules import clean

IN_MEMORY = 1 << 20
NOT_KEPT = "private, no-store"
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


class Aside(FileUploadHandler):
    """Writes each file aside; of one that is too large, or one too many, only its size is kept."""

    def __init__(self, request: HttpRequest, all_mb: int) -> None:
        super().__init__(request)
        self.all_mb = all_mb
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
        if self.size <= most_of_one() and self.total <= self.all_mb * MB:
            self.aside.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self.aside.seek(0)
        return UploadedFile(self.aside, self.file_name or "", size=self.size)

    def close(self) -> None:
        """Let go of every file; of a form that breaks off Django itself keeps none to close."""
        for aside in self.opened:
            aside.close()


class InMemory(FileUploadHandler):
    """Keeps each file in memory, of a larger one only enough to say that it is too large.

    For what is read at once and kept elsewhere: a list, a template.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most  # bytes

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if len(self.content) <= self.most:
            self.content += raw_data

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.file_name or "", bytes(self.content))


def most_of_one() -> int:
    return int(settings.NENMONG_FILE_MB) * MB


@contextmanager
def taking(request: HttpRequest, all_mb: int) -> Iterator[Aside]:
    """Let this form bring files, at most `all_mb` together, and let go of them at the end.

    Called once it is known who sends them, before anything of the form is read. A page is marked
    `csrf_exempt` and checks inside, with `csrf_protect`: reading the form is what that begins with.
    """
    handler = Aside(request, all_mb)
    request.upload_handlers = [handler]
    try:
        yield handler
    finally:
        handler.close()


def files_in(request: HttpRequest, handler: Aside) -> list[tuple[str, "UploadedFile[Any]"]]:
    """Return the files of the form under the names they will bear.

    Raises:
        DomainError: `files.none`; `files.too_large_together`.
    """
    files = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    if handler.total > handler.all_mb * MB:
        raise DomainError(
            "files.too_large_together",
            _("At most %(most)s MB are taken at once. Choose fewer files.")
            % {"most": handler.all_mb},
        )
    if not files:
        raise DomainError("files.none", _("Choose a file."))
    return [(title_of(file.name or ""), file) for file in files]


def title_of(name: str) -> str:
    """Return what to call a document: its file's name without the ending."""
    plain = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", clean(name.replace("_", " ")))
    return plain[:200].strip() or _("Document")


def take_in(file: "UploadedFile[Any]") -> Kept:
    """Examine a file and put it into the store.

    Raises:
        DomainError: `files.too_large`, `files.refused`.
    """
    if (file.size or 0) > most_of_one():
        raise DomainError(
            "files.too_large",
            _("it is over %(most)s MB. Make it smaller, or split it into several files.")
            % {"most": settings.NENMONG_FILE_MB},
        )
    try:
        examined = examine(file.read())
    except Refused as refused:
        raise DomainError("files.refused", WHY[refused.why]) from refused
    digest = STORE.keep(examined.content)
    return Kept(digest, examined.kind, len(examined.content))


def handed_out(content: bytes, name: str, kind: str) -> HttpResponse:
    """Answer with a file to be saved: nothing that came from outside is shown in our pages.

    Args:
        name: of our own making, ASCII (`core.files.naming`).
        kind: its media type.
    """
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = NOT_KEPT
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
