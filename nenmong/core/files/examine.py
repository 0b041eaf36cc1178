"""A file's kind by its first bytes; its name is never asked."""

from nenmong.core.files import pdf, picture, word
from nenmong.core.files.refused import Examined, Refused, Why

OLD_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PHONE_BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif", b"ftypavif", b"ftyphevc")


def examine(content: bytes) -> Examined:
    """Return what a file is and what is kept of it.

    Raises:
        Refused: it is of no kind we take, damaged, locked, or could act by itself.
    """
    if not content:
        raise Refused(Why.EMPTY)
    if content.startswith(b"%PDF-"):
        pdf.check(content)
        return Examined("pdf", content)
    if content.startswith(b"PK\x03\x04"):
        word.check(content)
        return Examined("docx", content)
    if content.startswith(b"\xff\xd8\xff"):
        return Examined("jpeg", picture.rewritten(content, "jpeg"))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Examined("png", picture.rewritten(content, "png"))
    if content.startswith(OLD_COMPOUND):
        raise Refused(Why.LOCKED if word.is_locked(content) else Why.OLD_WORD)
    if content[4:12] in PHONE_BRANDS:
        raise Refused(Why.PHONE_PICTURE)
    raise Refused(Why.UNKNOWN)
