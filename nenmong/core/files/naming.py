"""What a file that is handed out is called, and as what it goes over the wire."""

import re

from nenmong.core.rules import fold

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
ENDINGS = {"jpeg": "jpg"}
LONGEST = 80  # letters of a title


def saved_as(what: str, day: str, title: str, kind: str) -> str:
    """Return a name of our own, in ASCII: `tai-lieu-2026-10-03-bao-cao-thang.pdf`."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:LONGEST].strip("-")
    return f"{'-'.join(part for part in (what, day, plain) if part)}.{ENDINGS.get(kind, kind)}"
