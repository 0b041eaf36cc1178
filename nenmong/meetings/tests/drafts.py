"""Templates as staff would change them, for tests."""

import io
from base64 import b64encode

import docx

from nenmong.meetings.queries import templates
from nenmong.meetings.rules.documents import Document


def changed(document, *lines):
    """Return one of our templates as bytes, with lines added at its end."""
    word = docx.Document(templates.ours(Document(document)))
    for line in lines:
        word.add_paragraph(line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def changed_template(document, *lines):
    """Return it as the input of an action."""
    return b64encode(changed(document, *(lines or ("Mẫu của phường",)))).decode("ascii")
