"""Draws the machines of opinions and documents into docs/, from the tables in the code.

states.py          write the pictures anew
states.py check    say whether they are those of the code; exit 1 if not
"""

import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nenmong.directives.rules import states as documents
from nenmong.opinions.rules import states as opinions

DOCS = Path(__file__).resolve().parent.parent / "docs"
BEGIN, END = "<!-- machine: written by scripts/states.py -->", "<!-- end of machine -->"


@dataclass(frozen=True)
class Machine:
    """One machine: its page, its table, and where a move ends beside the table."""

    page: str
    ways: Mapping[Any, Any]
    first: tuple[str, str]  # the state it begins in, and by what
    ended: frozenset[Any]
    beside: Mapping[tuple[Any, Any], list[Any]] = field(default_factory=dict)


MACHINES = (
    Machine(
        "opinions.md", opinions.WAYS, ("at_cell", "raised"), opinions.ENDED,
        {
            (opinions.State.WAITING, opinions.State.AT_CELL): [opinions.Move.RETURN],
            (opinions.State.ACCEPTED, opinions.State.AT_CELL): [opinions.Move.RETURN],
            (opinions.State.ASKED, opinions.State.WAITING): [opinions.Move.REPLY],
            (opinions.State.ANSWERED, opinions.State.AT_CELL): [opinions.Move.NOT_SOLVED],
            (opinions.State.CLOSED, opinions.State.AT_CELL): [opinions.Move.REOPEN],
        },
    ),
    Machine("directives.md", documents.WAYS, ("draft", "begun"), documents.ENDED),
)  # fmt: skip


def picture(machine: Machine) -> str:
    """Return a machine as a Mermaid diagram, then as a table of its moves."""
    arrows: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
    for move, way in machine.ways.items():
        for before in sorted(way.before):
            arrows[before, way.after].append(move)
    for pair, moves in machine.beside.items():
        arrows[pair] += moves
    state, how = machine.first
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {state}: {how}"]
    lines += [
        f"    {before} --> {after}: {', '.join(moves)}"
        for (before, after), moves in sorted(arrows.items())
    ]
    lines += [f"    {ended} --> [*]" for ended in sorted(machine.ended)]
    whose = any(hasattr(way, "who") for way in machine.ways.values())
    lines += ["```", "", "| move | from | to |" + (" whose |" if whose else "")]
    lines += ["|---|---|---|" + ("---|" if whose else "")]
    lines += [
        f"| `{move}` | {', '.join(sorted(way.before))} | {way.after} |"
        + (f" {way.who} |" if whose else "")
        for move, way in machine.ways.items()
    ]
    return "\n".join(lines)


def drawn(text: str, machine: Machine) -> str:
    """Return a page with the picture of today between its marks.

    Raises:
        ValueError: the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{machine.page} has no place for the machine")
    return f"{before}{BEGIN}\n\n{picture(machine)}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    wrong = 0
    for machine in MACHINES:
        page = DOCS / machine.page
        was = page.read_text(encoding="utf-8")
        now = drawn(was, machine)
        if arguments != ["check"]:
            page.write_text(now, encoding="utf-8")
        elif was != now:
            print(f"docs/{machine.page} is not the machine of the code: python scripts/states.py")
            wrong = 1
    return wrong


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
