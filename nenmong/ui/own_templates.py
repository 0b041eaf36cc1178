"""The installation's own Word templates: a file of that name in the home folder is printed from.

Apart from `ui.documents`, which reads in what writes Word: most processes never need that.
"""

from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Return where an installation keeps its own templates."""
    return Path(settings.HOME) / "word"


def own(stem: str) -> Path:
    """Return where the installation's own template of a document lies, if it has one."""
    return folder() / f"{stem}.docx"


def in_use(stem: str, ours: Path) -> Path:
    """Return the template a document is printed from; `ours`: the folder of those it came with."""
    path = own(stem)
    return path if path.exists() else ours / f"{stem}.docx"
