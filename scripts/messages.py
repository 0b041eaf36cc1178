"""Keeps the Vietnamese catalogue: every text in the code and the templates has its sentence.

    messages.py update          take new texts in, drop those that are gone, say what lacks
    messages.py fill FILE.json  the same, then write in {"English id": "tiếng Việt", …}
    messages.py compile         write the .mo that Django reads
    messages.py check           say what is missing, unsure, wrong or left over

Uses Babel's own functions, so that no gettext programme has to be installed. A text with a context
is `context|English id` in FILE.json; one with a plural is named by its singular.
"""

import argparse
import ast
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "nenmong"
PO = SOURCE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

# No dates and no names: two people who add texts change only the lines of those texts.
HEADER = """\
# Vietnamese of Nền Móng. Written by scripts/messages.py: see there before editing by hand.
msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
LEFT_OUT = {"tests", "migrations", "locale"}  # folders
METHODS = [("**.py", "python"), ("**/jinja2/**.html", "jinja2"), ("**/jinja2/**.txt", "jinja2")]
JINJA = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
OPTIONS = {pattern: JINJA for pattern, method in METHODS if method == "jinja2"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def main() -> int:
    """Run the command named on the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update")
    commands.add_parser("fill").add_argument("file", type=Path)
    commands.add_parser("compile")
    commands.add_parser("check")
    options = parser.parse_args()
    if options.command == "compile":
        return compile_catalogue()
    if options.command == "check":
        return check()
    return update(options.file if options.command == "fill" else None)


def update(fillings: Path | None) -> int:
    """Bring the catalogue to the texts of today, fill it in, and print what still lacks."""
    catalogue = stored()
    catalogue.update(wanted(), no_fuzzy_matching=True)
    unknown = fill(catalogue, json.loads(fillings.read_text("utf-8"))) if fillings else []
    save(catalogue)
    compile_catalogue()
    for key in unknown:
        print(f"no such text: {key}", file=sys.stderr)
    for message in texts(catalogue):
        if not translated(message):
            print(key_of(message))
    return 1 if unknown else 0


def compile_catalogue() -> int:
    """Write the catalogue in the form Django reads."""
    content = BytesIO()
    write_mo(content, stored())
    replace(MO, content.getvalue())
    return 0


def check() -> int:
    """Print each fault of the catalogue; fail when there is one."""
    found = [*unseen(SOURCE), *faults(stored(), wanted())]
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


def faults(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Say what is wrong with `catalogue`, given the texts in `template`."""
    for message in texts(template):
        known = catalogue.get(message.id, message.context)
        if known is None or not translated(known):
            yield f"missing: {key_of(message)}"
    for message in texts(catalogue):
        key = key_of(message)
        if template.get(message.id, message.context) is None:
            yield f"left over: {key}"
        if message.fuzzy:
            yield f"unsure (fuzzy): {key}"
        if not translated(message):
            continue
        for error in message.check(catalogue):
            yield f"{error}: {key}"
        for sentence in sentences(message):
            if "!" in sentence:
                yield f"exclamation mark: {key}"
            if sentence != sentence.strip() and key == key.strip():
                yield f"blank at the edge: {key}"


def unseen(folder: Path) -> Iterator[str]:
    """Say where a text stands inside an f-string: `wanted` would pass it over."""
    for path in sorted(folder.rglob("*.py")):
        if not LEFT_OUT.isdisjoint(path.relative_to(folder).parts):
            continue
        for node in ast.walk(ast.parse(path.read_bytes(), path)):
            if isinstance(node, ast.JoinedStr) and any(map(asks, ast.walk(node))):
                place = f"{path.relative_to(folder.parent)}:{node.lineno}"
                yield f"inside an f-string, where no text is found: {place}"


def asks(node: ast.AST) -> bool:
    """Say whether `node` calls for the Vietnamese of a text."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in KEYWORDS


def wanted() -> Catalog:
    """Return the texts that the code and the templates hold today."""
    template = Catalog(locale="vi")
    found = extract_from_dir(
        SOURCE,
        METHODS,
        OPTIONS,
        KEYWORDS,
        directory_filter=lambda path: Path(path).name not in LEFT_OUT,
    )
    for _file, _line, message, _comments, context in found:
        template.add(message, context=context)
    return template


def stored() -> Catalog:
    """Return the catalogue as it lies in the repository."""
    if not PO.exists():
        return Catalog(locale="vi")
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def save(catalogue: Catalog) -> None:
    """Write the catalogue in an order and a form that change only where a text changes."""
    content = BytesIO()
    write_po(
        content,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    PO.parent.mkdir(parents=True, exist_ok=True)
    replace(PO, HEADER.encode() + content.getvalue().strip() + b"\n")


def fill(catalogue: Catalog, fillings: dict[str, str]) -> list[str]:
    """Write the sentences into the catalogue; return the keys that name no text."""
    by_key = {key_of(message): message for message in texts(catalogue)}
    for key, sentence in fillings.items():
        if message := by_key.get(key):
            # One form: Vietnamese has no plural.
            message.string = (sentence,) if message.pluralizable else sentence
            message.flags.discard("fuzzy")
    return [key for key in fillings if key not in by_key]


def texts(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> str:
    """Return the name of a text in FILE.json."""
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}|{singular}" if message.context else singular


def sentences(message: Message) -> tuple[str, ...]:
    """Return the Vietnamese of a text, empty where it lacks."""
    strings = message.string
    if not strings:
        return ()
    return (strings,) if isinstance(strings, str) else tuple(string or "" for string in strings)


def translated(message: Message) -> bool:
    """Say whether a text has its Vietnamese."""
    return bool(sentences(message)) and all(sentences(message))


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a server may be reading it."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


if __name__ == "__main__":
    sys.exit(main())
