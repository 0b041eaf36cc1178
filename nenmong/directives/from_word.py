"""The text of a Word file that somebody chose, or why it cannot be taken."""

import io
import zipfile
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.core.keeping import Kept, content_of
from nenmong.directives.rules.word_text import TrackedChangesError, text_of

BODY, NUMBERING = "word/document.xml", "word/numbering.xml"
MOST = 5 * 1024 * 1024  # of XML: held whole, at many times that; forty pages have one or two


def text_from(file: Kept) -> str:
    """Return the text of an examined file, a paragraph a line.

    Raises:
        DomainError: `directives.not_word`, `directives.tracked_changes`, `directives.no_words`,
            `files.missing`.
    """
    if file.kind != "docx":
        raise DomainError(
            "directives.not_word",
            _("Only the text of a Word file (.docx) is taken over. Save it so, then choose it."),
        )
    with zipfile.ZipFile(io.BytesIO(content_of(file.sha256))) as parts:
        names = parts.namelist()
        if sum(parts.getinfo(name).file_size for name in (BODY, NUMBERING) if name in names) > MOST:
            raise _not_read()
        try:
            numbering = parts.read(NUMBERING) if NUMBERING in names else b""
            text = text_of(parts.read(BODY), numbering)
        except TrackedChangesError as tracked:
            raise DomainError(
                "directives.tracked_changes",
                _(
                    "The file holds tracked changes, so it is two texts in one. In Word accept or "
                    "reject all changes, save it, then choose it again."
                ),
            ) from tracked
        except (ParseError, RecursionError) as unread:
            raise _not_read() from unread
    if not text:
        raise DomainError(
            "directives.no_words",
            _("No text was found in the file. If it is a scan, its words must be typed."),
        )
    return text


def _not_read() -> DomainError:
    return DomainError(
        "directives.not_word",
        _("The text of this file could not be read. Copy it from Word and paste it here."),
    )
