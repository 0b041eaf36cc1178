"""Draws the machine of opinions into docs/opinions.md, from the table in the code.

states.py          write the picture anew
states.py check    say whether it is that of the code; exit 1 if not
"""

import sys
from collections import defaultdict
from pathlib import Path

from nenmong.opinions.rules.states import WAYS, Move, State

PAGE = Path(__file__).resolve().parent.parent / "docs" / "opinions.md"
BEGIN, END = "<!-- machine: written by scripts/states.py -->", "<!-- end of machine -->"
# Beside the table: where a move ends otherwise.
BESIDE = {
    (State.WAITING, State.AT_CELL): [Move.RETURN],
    (State.ACCEPTED, State.AT_CELL): [Move.RETURN],
    (State.ASKED, State.WAITING): [Move.REPLY],
    (State.ANSWERED, State.AT_CELL): [Move.NOT_SOLVED],
    (State.CLOSED, State.AT_CELL): [Move.REOPEN],
}


def picture() -> str:
    """Return the machine as a Mermaid diagram, then as a table of who makes each move."""
    arrows: dict[tuple[State, State], list[Move]] = defaultdict(list)
    for move, way in WAYS.items():
        for before in sorted(way.before):
            arrows[before, way.after].append(move)
    for pair, moves in BESIDE.items():
        arrows[pair] += moves
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> at_cell: raised"]
    lines += [
        f"    {before} --> {after}: {', '.join(moves)}"
        for (before, after), moves in sorted(arrows.items())
    ]
    lines += ["    closed --> [*]", "    withdrawn --> [*]", "```", ""]
    lines += ["| move | from | to | whose |", "|---|---|---|---|"]
    lines += [
        f"| `{move}` | {', '.join(sorted(way.before))} | {way.after} | {way.who} |"
        for move, way in WAYS.items()
    ]
    return "\n".join(lines)


def drawn(text: str) -> str:
    """Return a page with the picture of today between its marks.

    Raises:
        ValueError: the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} has no place for the machine")
    return f"{before}{BEGIN}\n\n{picture()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the page, or check it."""
    was = PAGE.read_text(encoding="utf-8")
    now = drawn(was)
    if arguments == ["check"]:
        if was != now:
            print("docs/opinions.md is not the machine of the code: python scripts/states.py")
        return int(was != now)
    PAGE.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
