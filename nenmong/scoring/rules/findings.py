"""What was found in a form: a code, who it concerns, and what a sentence about it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]  # keys and places down to what is meant, as in the file


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `reason` says which sentence of its code, `params` what it speaks of."""

    severity: Severity
    criterion: str | None
    code: str
    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] | None = None
    path: Path = ()
    line: int | None = None

    def on_line(self, lines: Mapping[Path, int]) -> "Finding":
        """Return the finding with its line: that of what is meant, else of what holds it."""
        if self.line is not None or not lines:
            return self
        path = self.path
        while path and path not in lines:
            path = path[:-1]
        return replace(self, line=lines.get(path, 1))
