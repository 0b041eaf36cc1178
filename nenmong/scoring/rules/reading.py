"""Reads a form's YAML safely: plain values, the line of each, numbers by their digits.

Only what a form needs: no anchors, no tags, one document, bounded size and depth. So a file that
was made to exhaust a machine is refused before it has been read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from nenmong.scoring.rules.facts import MOST_DIGITS
from nenmong.scoring.rules.findings import Finding, Path

MOST_BYTES = 256 * 1024  # a form of 300 criteria is half of it
MOST_DEPTH = 16
MOST_NODES = 40_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    **{word: True for yes in ("true", "yes", "on") for word in (yes, yes.title(), yes.upper())},
    **{word: False for no in ("false", "no", "off") for word in (no, no.title(), no.upper())},
}  # fmt: skip


class UnreadableError(ValueError):
    """The file is not a form's YAML; carries the finding that says why."""

    def __init__(self, reason: str, line: int | None = None, **params: Any) -> None:
        super().__init__(reason)
        self.finding = Finding("error", None, "shape", reason, params, line=line)


@dataclass
class Document:
    """Plain values, and the line on which each begins, by its path."""

    content: Any
    lines: dict[Path, int] = field(default_factory=dict)


@dataclass
class _Open:
    """A mapping or list that is still being read."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None  # read, its value is to come


def read(data: bytes) -> Document:
    """Return what a file holds.

    Raises:
        UnreadableError: it is too big, not UTF-8, not YAML, or uses more of YAML than a form needs.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError("too_big", most=MOST_BYTES // 1024)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("encoding", data.count(b"\n", 0, error.start) + 1) from error
    if bad := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
        raise UnreadableError("control", text.count("\n", 0, bad.start()) + 1)
    try:
        return _Builder(text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise UnreadableError(_why(error, text, line), line) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("not_yaml") from error


def _why(error: yaml.MarkedYAMLError, text: str, line: int | None) -> str:
    """Tell a tab from any other fault: it looks like blanks, so nobody finds it by looking."""
    lines = text.splitlines()
    near = lines[line - 1] if line and line <= len(lines) else ""
    tab = "\\t" in (error.problem or "") or re.match(r" *\t", near)
    return "tab" if tab else "not_yaml"


class _Builder:
    """Builds values from the parser's events with a stack of its own, so depth is no danger."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Document(None)
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def document(self) -> Document:
        """Return the one document of the text."""
        for event in self._events():
            self._take(event, event.start_mark.line + 1)
        if not self.documents or not isinstance(self.found.content, dict):
            raise UnreadableError("not_a_form", 1)
        return self.found

    def _events(self) -> Iterator[Any]:
        events: Callable[..., Iterator[Any]] = yaml.parse
        return events(self.text, Loader=_LOADER)

    def _take(self, event: Any, line: int) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise UnreadableError("documents", line)
            case yaml.AliasEvent():
                raise UnreadableError("anchor", line)
            case yaml.ScalarEvent() | yaml.CollectionStartEvent():
                self._node(event, line)
            case yaml.CollectionEndEvent():
                self.stack.pop()

    def _node(self, event: Any, line: int) -> None:
        self.nodes += 1
        if event.anchor is not None:
            raise UnreadableError("anchor", line)
        if event.tag not in {None, "!"}:
            raise UnreadableError("tag", line)
        if self.nodes > MOST_NODES or len(self.stack) > MOST_DEPTH:
            raise UnreadableError("too_much", line)
        scalar = isinstance(event, yaml.ScalarEvent)
        above = self.stack[-1] if self.stack else None
        if above is not None and isinstance(above.value, dict) and above.key is None:
            self._key(above, event, line)
            return
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if scalar:
            value = _plain(event.value, line) if event.implicit[0] else event.value
        path = self._place(above, value, line)
        if not scalar:
            self.stack.append(_Open(value, path))

    def _key(self, above: _Open, event: Any, line: int) -> None:
        """Take a key. Every key is read as it is typed, `on` and `1` too."""
        if not isinstance(event, yaml.ScalarEvent):
            raise UnreadableError("key", line)
        if event.value in above.value:
            raise UnreadableError("key_twice", line, key=event.value[:60])
        above.key = event.value
        self.found.lines[(*above.path, event.value)] = line

    def _place(self, above: _Open | None, value: Any, line: int) -> Path:
        """Put a value where it belongs and return its path."""
        if above is None:
            self.found.content = value
            return ()
        if isinstance(above.value, list):
            above.value.append(value)
            path: Path = (*above.path, len(above.value) - 1)
            self.found.lines[path] = line
            return path
        path = (*above.path, above.key or "")
        above.value[above.key or ""] = value
        above.key = None
        return path


def _plain(text: str, line: int) -> Any:
    """Return what an unquoted word means: nothing, yes or no, a number by its digits, a day."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text) or _DECIMAL.fullmatch(text):
        if len(text) > MOST_DIGITS + 3:
            raise UnreadableError("long_number", line)
        number = Decimal(text)
        return int(number) if _INT.fullmatch(text) else number
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UnreadableError("no_such_day", line, day=text) from None
    return text
