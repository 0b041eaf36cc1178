"""Looks a Word template through before it is used: the file, then every field it asks for.

A template is a program of a kind, so what it may say is a short list: fields, conditions, loops
over the lists of the document, our filters. Nothing else is read, also not what the sandbox would
stop.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl.template import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes

from nenmong.core.errors import DomainError
from nenmong.ui.documents.rendering import environment

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 2_000_000, 20_000_000, 300
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE = ("vbaproject", "activex", "embeddings")
LOOPS_DEEP = 3
FILTERS = frozenset(
    {"two_digits", "sentence", "capital", "upper", "lower", "join", "first", "last", "length",
     "default"}
)  # fmt: skip
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name,
    nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Const, nodes.CondExpr,
)  # fmt: skip
LOOP = dict.fromkeys(("index", "index0", "first", "last", "length", "revindex"), "")

Fields = Mapping[str, Any]


def check(content: bytes, fields: Fields, name: str) -> None:
    """Refuse a template that cannot be used, saying what is wrong with it.

    Args:
        content: the file.
        fields: every field it may ask for: "" for a text, a mapping of fields, a list of one.
        name: what the file is called in the sentence.

    Raises:
        DomainError: `documents.template_large`, `documents.not_word`, `documents.template_active`
            (macros, or something fetched from elsewhere), `documents.template_field` with the
            nearest known one, `documents.template_tag`, `documents.template_broken` with the place.
    """
    _check_file(content, name)
    for text in _texts(content, name):
        try:
            tree = environment().parse(text)
        except TemplateSyntaxError as error:
            raise _refused(
                "documents.template_broken",
                _(
                    "The Word template {file} cannot be filled: {problem}. Look for a tag that is "
                    "misspelt, not closed or stands in the wrong paragraph."
                ),
                file=name, problem=f"{_fault(error)} – “{_place(text, error.lineno)}”",
            ) from error  # fmt: skip
        _Look(fields, name).at(tree, {}, 0)


def _check_file(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        raise _refused(
            "documents.template_large",
            _("{file} is larger than 2 MB. Take large pictures out, or make them smaller in Word."),
            file=name,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_UNPACKED:
                raise _not_word(name)
            names = {one.filename.lower() for one in infos}
            types = parts.read("[Content_Types].xml").decode("utf-8")
            relations = [
                parts.read(one.filename).decode("utf-8")
                for one in infos
                if one.filename.lower().endswith(".rels")
            ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError) as error:
        raise _not_word(name) from error
    if (
        any(sort in one for one in names for sort in ACTIVE)
        or "macroenabled" in types.lower()
        or any(map(_reaches_out, relations))
    ):
        raise _refused(
            "documents.template_active",
            _(
                "{file} holds macros, another file inside it, or something fetched from elsewhere, "
                "so it is not taken. Save it in Word as a plain .docx without them."
            ),
            file=name,
        )
    if MAIN not in types:
        raise _not_word(name)


def _reaches_out(relations: str) -> bool:
    """Say whether a part fetches something from outside; a link that a reader clicks does not."""
    return any(
        "external" in one.lower() and "/hyperlink" not in one.lower()
        for one in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations)
    ) or "<!doctype" in relations.lower()  # fmt: skip


def _texts(content: bytes, name: str) -> Iterator[str]:
    """Yield what docxtpl would fill: the text, then heads and feet."""
    try:
        word: Any = DocxTemplate(io.BytesIO(content))  # untyped
        word.init_docx()
        texts: list[str] = [word.get_xml()]
        for uri in (word.HEADER_URI, word.FOOTER_URI):
            texts += [word.get_part_xml(part) for _key, part in word.get_headers_footers(uri)]
        patched = [re.sub(r"<w:p[ >]", r"\n\g<0>", word.patch_xml(text)) for text in texts]
    except (OSError, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise _not_word(name) from error
    yield from patched


def _place(text: str, line: int) -> str:
    """Return the words around a line of the file's text, where a person finds the fault."""
    lines = text.splitlines()
    around = lines[max((_unclosed(lines) or line) - 1, 0) :][:2]
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", " ".join(around))).strip()
    return plain[:160]


def _unclosed(lines: list[str]) -> int:
    """Return the line of the first tag that is opened and never closed; 0 without one."""
    opened: list[int] = []
    for number, line in enumerate(lines, start=1):
        for tag in re.findall(r"{%-?\s*(if|for|endif|endfor)\b", line):
            if tag in {"if", "for"}:
                opened.append(number)
            elif opened:
                opened.pop()
    return opened[-1] if opened else 0


def _fault(error: TemplateSyntaxError) -> str:
    """Return what is wrong in words, where it is what mostly is; else as the parser says it."""
    said = error.message or ""
    if open_tag := re.search(r"block that needs to be closed is '(\w+)'", said):
        return str(_("a tag “{tag}” is not closed")).format(tag=open_tag[1])
    if unknown := re.search(r"unknown tag '(\w+)'", said):
        return str(_("there is no tag “{tag}” here, or one too many closes it")).format(
            tag=unknown[1]
        )
    if name := re.search(r"No (?:filter|test) named '(\w+)'", said):
        return str(_("there is no filter “{tag}”")).format(tag=name[1])
    return said


class _Look:
    """Follows a template through its conditions and loops and looks at each field."""

    def __init__(self, fields: Fields, name: str) -> None:
        self.fields, self.name = fields, name

    def at(self, node: nodes.Node, known: dict[str, Any], deep: int) -> None:
        if not isinstance(node, PLAIN):
            raise self._tag(type(node).__name__.lower())
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise self._tag(f"|{node.name}", FILTERS)
        if isinstance(node, nodes.For):
            self._loop(node, known, deep)
            return
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self.shape(node, known)
            return
        for child in node.iter_child_nodes():
            self.at(child, known, deep)

    def _loop(self, node: nodes.For, known: dict[str, Any], deep: int) -> None:
        rows = self.shape(node.iter, known)
        if not isinstance(rows, list) or not isinstance(node.target, nodes.Name):
            raise self._tag("for")
        if deep >= LOOPS_DEEP or node.recursive or node.test is not None:
            raise self._tag("for")
        inside = known | {node.target.name: rows[0], "loop": LOOP}
        for child in node.body:
            self.at(child, inside, deep + 1)
        for child in node.else_:
            self.at(child, known, deep)

    def shape(self, node: nodes.Node, known: dict[str, Any]) -> Any:
        """Return what a field holds, refusing one that does not exist."""
        if isinstance(node, nodes.Name):
            return self._one(node.name, {**self.fields, **known}, "")
        if isinstance(node, nodes.Getattr):
            return self._one(node.attr, self.shape(node.node, known), self._said(node.node))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            held = self.shape(node.node, known)
            if isinstance(held, list) and isinstance(node.arg.value, int):
                return held[0]
            return self._one(str(node.arg.value), held, self._said(node.node))
        raise self._tag(type(node).__name__.lower())

    def _one(self, name: str, held: Any, before: str) -> Any:
        fields = held if isinstance(held, Mapping) else {}
        if name in fields:
            return fields[name]
        asked = f"{before}.{name}".strip(".")
        near = get_close_matches(name, list(fields), n=1, cutoff=0.5)
        if not near and not before:
            near = get_close_matches(name, list(_dotted(self.fields)), n=1, cutoff=0.6)
        if near:
            raise _refused(
                "documents.template_field",
                _(
                    "The Word template {file} asks for “{field}”, which does not exist. "
                    "Do you mean “{near}”? The guide to the templates lists every field."
                ),
                file=self.name, field=asked, near=f"{before}.{near[0]}".strip("."),
            )  # fmt: skip
        raise _refused(
            "documents.template_field",
            _(
                "The Word template {file} asks for “{field}”, which does not exist. "
                "Correct its name by the list of fields in the guide to the templates."
            ),
            file=self.name, field=asked,
        )  # fmt: skip

    def _said(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Name):
            return node.name
        if isinstance(node, nodes.Getattr):
            return f"{self._said(node.node)}.{node.attr}"
        return self._said(node.node) if isinstance(node, nodes.Getitem) else ""

    def _tag(self, said: str, known: frozenset[str] = frozenset()) -> DomainError:
        return _refused(
            "documents.template_tag",
            _(
                "The Word template {file} uses “{tag}”, which templates here do not know. They "
                "know fields, if, for over a list of the document, and these filters: {filters}."
            ),
            file=self.name, tag=said, filters=", ".join(sorted(known or FILTERS)),
        )  # fmt: skip


def _dotted(fields: Fields) -> Iterator[str]:
    for name, held in fields.items():
        yield name
        if isinstance(held, Mapping):
            yield from (f"{name}.{one}" for one in held)


def _not_word(name: str) -> DomainError:
    return _refused(
        "documents.not_word",
        _(
            "{file} is not a Word document (.docx), so nothing can be printed from it. "
            "Save the template in Word as .docx and put it in the same place again."
        ),
        file=name,
    )


def _refused(code: str, message: Any, **parts: str) -> DomainError:
    return DomainError(code, format_lazy(message, **parts))
