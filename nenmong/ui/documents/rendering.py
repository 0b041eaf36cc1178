"""Fills a Word template that staff may edit, and says plainly what is wrong with it."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.parser import parse_xml
from docxtpl.template import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from nenmong.core.errors import DomainError
from nenmong.ui.documents import styles
from nenmong.ui.documents.layouts import Layout

# A paragraph break inside a text: docxtpl makes of it a new paragraph formatted like the first.
PARAGRAPH = "\a"
ENDS_OF_SENTENCES = ".!?…:;"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself. It replaces what Word remembers of who edited the template."""

    title: str
    author: str
    on: datetime


class _Template(DocxTemplate):
    def fix_tables(self, xml: str) -> Any:
        # docxtpl reads the filled text with a parser that repairs, which would drop parts of the
        # minutes without a word where a template's tags are badly placed: refuse that instead.
        parse_xml(xml)
        return super().fix_tables(xml)  # type: ignore[no-untyped-call]


def render(template: Path, context: Mapping[str, Any], *, layout: Layout, about: About) -> bytes:
    """Return `template` filled with `context`, in the measures of `layout`.

    Args:
        template: a `.docx` with Jinja2 fields, run in a sandbox.
        context: plain values; `PARAGRAPH` in a text begins a new paragraph.
        layout: the paper, margins, type and spacing to print with.
        about: what the file's properties say.

    Raises:
        DomainError: `documents.not_word` (missing, or no Word file), `documents.template_field` (a
            field that does not exist), `documents.template_unsafe` (reaches for Python itself),
            `documents.template_broken` (a tag misspelt, not closed or badly placed).
    """
    word = _opened(template)
    try:
        word.render(dict(context), jinja_env=environment())
    except UndefinedError as error:
        raise _field_missing(template.name, error) from error
    except SecurityError as error:
        raise _refused(
            "documents.template_unsafe",
            _(
                "The Word template {file} reaches for things that are not fields of the document, "
                "so it is not used. Take out the field that begins with an underscore."
            ),
            file=template.name,
        ) from error
    except (TemplateError, SyntaxError, ArithmeticError, TypeError, ValueError) as error:
        raise _refused(
            "documents.template_broken",
            _(
                "The Word template {file} cannot be filled: {problem}. Look for a tag that is "
                "misspelt, not closed or stands in the wrong paragraph."
            ),
            file=template.name,
            problem=_problem(error),
        ) from error
    document = cast(Document, word.docx)  # `get_docx()` would open the template anew
    styles.apply(document, layout)
    _describe(document.core_properties, about)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(template: Path) -> DocxTemplate:
    try:
        word = _Template(io.BytesIO(template.read_bytes()))
        word.init_docx()
    except (OSError, zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise _refused(
            "documents.not_word",
            _(
                "{file} is not a Word document (.docx), so nothing can be printed from it. "
                "Save the template in Word as .docx and put it in the same place again."
            ),
            file=template.name,
        ) from error
    return word


@lru_cache(maxsize=1)
def environment() -> SandboxedEnvironment:
    """Return the sandbox that templates run in, with the filters they know."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters["two_digits"] = two_digits
    environment.filters["sentence"] = sentence
    environment.filters["capital"] = capital
    return environment


def two_digits(number: int) -> str:
    """Return a count as official documents write it: 02, so that no figure can be put before it."""
    return f"{number:02}" if number else "0"


def sentence(text: str) -> str:
    """Return `text` with a full stop, unless it ends a sentence already."""
    return text if not text or text[-1] in ENDS_OF_SENTENCES else f"{text}."


def capital(text: str) -> str:
    """Return `text` with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def _field_missing(file: str, error: UndefinedError) -> DomainError:
    # Jinja2 says "'x' is undefined" or "'dict object' has no attribute 'x'": the last is the field.
    quoted = re.findall(r"'([^']+)'", error.message or "")
    return _refused(
        "documents.template_field",
        _(
            "The Word template {file} asks for “{field}”, which does not exist. "
            "Correct its name by the list of fields in the guide to the templates."
        ),
        file=file,
        field=quoted[-1] if quoted else str(error),
    )


def _problem(error: Exception) -> str:
    text = str(error)
    if isinstance(error, TemplateSyntaxError):
        around = [line.strip() for line in getattr(error, "docx_context", []) if line.strip()]
        text = " – ".join([text, *around[:3]])
    return text[:300]


def _refused(code: str, message: Any, **parts: str) -> DomainError:
    return DomainError(code, format_lazy(message, **parts))


def _describe(properties: Any, about: About) -> None:
    properties.title = about.title[:255]
    properties.author = about.author[:255]
    properties.language = "vi-VN"
    for name in ("subject", "comments", "keywords", "category", "last_modified_by", "identifier"):
        setattr(properties, name, "")
    properties.content_status = properties.version = ""
    properties.created = properties.modified = about.on.astimezone(UTC)  # it is written with a Z
    properties.revision = 1
