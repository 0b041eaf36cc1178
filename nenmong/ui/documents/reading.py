"""Reads one layout file value by value, and says which file and which value cannot be used."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nenmong.core.errors import DomainError

T = TypeVar("T")


def broken(file: str, place: str) -> DomainError:
    """Return the error that names a layout file and the value in it that cannot be used."""
    return DomainError(
        "documents.layout_broken",
        format_lazy(
            _(
                "The document layout {file} cannot be used: look at “{place}”. "
                "Correct it by the example of another file in packs/layouts."
            ),
            file=file,
            place=place,
        ),
    )


# What a file says of itself, not of documents.
OWN = frozenset({"layout", "supplement", "name", "source", "effective_from", "effective_to"})


def _merged(old: Any, more: Any, file: str, place: str = "") -> Any:
    if not (isinstance(old, dict) and isinstance(more, dict)):
        raise broken(file, place)  # a published value stays as it was
    result = dict(old)
    for key, value in more.items():
        if place or key not in OWN:
            there = f"{place}.{key}".strip(".")
            result[key] = _merged(old[key], value, file, there) if key in old else value
    return result


class Reader:
    """The values of one file by dotted place, e.g. `body.line_pt`.

    A value is bare, or `{value: …, secondary: true, source: "…"}`; the sources of the latter are
    gathered in `secondary`.
    """

    def __init__(self, file: str, content: Any) -> None:
        self.file = file
        self.secondary: dict[str, str] = {}
        self._content = self._bare(content, "")

    def has(self, place: str) -> bool:
        """Say whether the file names this place."""
        try:
            self._at(place)
        except DomainError:
            return False
        return True

    def with_more(self, more: "Reader") -> "Reader":
        """Return these values and those of a file that adds to them; it may change none.

        Raises:
            DomainError: `documents.layout_broken` where both name a value.
        """
        both = Reader(self.file, {})
        both._content = _merged(self._content, more._content, more.file)
        both.secondary = self.secondary | more.secondary
        return both

    @classmethod
    def of_file(cls, path: Path) -> "Reader":
        """Read `path`.

        Raises:
            DomainError: `documents.layout_broken` when it is not YAML in UTF-8.
        """
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            raise broken(path.name, f"line {mark.line + 1}" if mark else "YAML") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise broken(path.name, "YAML, UTF-8") from error
        return cls(path.name, content)

    def text(self, place: str) -> str:
        """Return a text that is not empty."""
        return self._of_sort(self._at(place), str, place)

    def number(self, place: str) -> float:
        """Return a number, none of which may be negative."""
        value = self._at(place)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise broken(self.file, place)
        return value

    def day(self, place: str) -> date:
        """Return a day."""
        return self._of_sort(self._at(place), date, place)

    def day_or_none(self, place: str) -> date | None:
        """Return a day, or None where the file says null or nothing."""
        try:
            value = self._at(place)
        except DomainError:
            return None
        return None if value is None else self.day(place)

    def texts(self, place: str, *fields: str) -> Mapping[str, str]:
        """Return texts by their key; each may use the named fields in braces."""
        found = self._of_sort(self._at(place), dict, place)
        return MappingProxyType(
            {str(key): self.pattern(f"{place}.{key}", *fields) for key in found}
        )

    def texts_or_none(self, place: str, *fields: str) -> Mapping[str, str]:
        """Return texts by their key; none where the file does not name the place."""
        return self.texts(place, *fields) if self.has(place) else MappingProxyType({})

    def lists_or_none(self, place: str, *fields: str) -> Mapping[str, tuple[str, ...]]:
        """Return lists of texts by their key; none where the file does not name the place."""
        if not self.has(place):
            return MappingProxyType({})
        found = self._of_sort(self._at(place), dict, place)
        return MappingProxyType(
            {str(key): self.patterns(f"{place}.{key}", *fields) for key in found}
        )

    def tables_or_none(self, place: str) -> Mapping[str, Mapping[str, str]]:
        """Return texts by two keys; none where the file does not name the place."""
        if not self.has(place):
            return MappingProxyType({})
        found = self._of_sort(self._at(place), dict, place)
        return MappingProxyType({str(key): self.texts(f"{place}.{key}") for key in found})

    def pattern(self, place: str, *fields: str) -> str:
        """Return a text in which no other than the named fields stand in braces."""
        return self._checked(self.text(place), place, fields)

    def patterns(self, place: str, *fields: str) -> tuple[str, ...]:
        """Return a list of such texts."""
        found = self._of_sort(self._at(place), list, place)
        return tuple(self._checked(self._of_sort(one, str, place), place, fields) for one in found)

    def _checked(self, text: str, place: str, fields: tuple[str, ...]) -> str:
        try:
            used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as error:  # a brace that is not closed
            raise broken(self.file, place) from error
        if not used <= set(fields):
            raise broken(self.file, place)
        return text

    def _of_sort(self, value: Any, sort: type[T], place: str) -> T:
        if not isinstance(value, sort) or not value:
            raise broken(self.file, place)
        return value

    def _at(self, place: str) -> Any:
        value = self._content
        for key in place.split("."):
            if not isinstance(value, dict) or key not in value:
                raise broken(self.file, place)
            value = value[key]
        return value

    def _bare(self, node: Any, place: str) -> Any:
        if not isinstance(node, dict):
            return node
        if "value" in node:
            if node.get("secondary") is True:
                if not node.get("source"):
                    raise broken(self.file, f"{place}.source")
                self.secondary[place] = str(node["source"])
            return node["value"]
        return {key: self._bare(one, f"{place}.{key}".strip(".")) for key, one in node.items()}
