"""Make the starting Word template of documents of committees and cells.

As `word_templates.py`, whose pieces and notation it uses: `python scripts/word_directives.py`.
"""

import sys
from pathlib import Path

from docx.document import Document
from word_templates import ROOT, _begun, _finished, _signed, _write, packed

FOLDER = ROOT / "nenmong" / "directives" / "word"
TEXT = """\
{{ text }}{{ end_mark }}
"""


def document() -> Document:
    """Return the template of a document."""
    made = _begun()
    _write(made, TEXT)
    _signed(made, "signer")
    return _finished(made)


TEMPLATES = {"van-ban": document}

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for stem, template in TEMPLATES.items():
        path = folder / f"{stem}.docx"
        path.write_bytes(packed(template()))
        print(path)
