"""What came down to the cells of a commune, for those told in bulk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from nenmong.core import clock
from nenmong.directives.models import DirectiveChange, Sending
from nenmong.directives.queries.targets import load_for
from nenmong.directives.queries.waiting import as_read_out
from nenmong.directives.rules.load import Load
from nenmong.directives.rules.reach import Level
from nenmong.org.models import Unit

if TYPE_CHECKING:
    from nenmong.config.demo.story import Story


@dataclass
class Letter:
    """One sending of a document to cells, and what is read out of it in each kind of cell."""

    sending: Sending
    changes: Mapping[str, str]
    came_on: date
    load: Load
    texts: dict[str, str]

    @property
    def ended_on(self) -> date | None:
        return self.sending.directive.ended_on

    def text(self, cell_kind: str) -> str:
        if cell_kind not in self.texts:
            self.texts[cell_kind] = as_read_out(self.sending, self.changes, cell_kind)
        return self.texts[cell_kind]

    def is_for(self, cell_kind: str) -> bool:
        kinds = self.sending.cell_kinds
        return not kinds or cell_kind in kinds


def letters_of(commune: Unit) -> list[Letter]:
    """Return what the committee of a commune has sent to its cells, the earliest first.

    Two queries, whatever there is.
    """
    rows = list(
        Sending.objects.filter(unit=commune, level=Level.CELLS.value)
        .select_related("directive__issuer", "unit", "parent__unit")
        .order_by("sent_at", "uid")
    )
    changes: dict[str, dict[str, str]] = defaultdict(dict)
    said = DirectiveChange.objects.filter(directive__in={row.directive_id for row in rows})
    for uid, kind, text in said.values_list("directive_id", "cell_kind", "text"):
        changes[uid][kind] = text
    return [
        Letter(
            row, changes[row.directive_id], clock.local(row.sent_at).date(),
            load_for(row.directive), {},
        )
        for row in rows
    ]  # fmt: skip


def matter_columns(letter: Letter, unit: Unit) -> dict[str, Any]:
    """Return what stands in the matter of a cell."""
    one = letter.sending.directive
    return {
        "source_uid": one.uid, "title": one.name, "text": letter.text(unit.cell_kind),
        "sender": letter.sending.unit.name, "asked": one.asked, "due_on": one.due_on,
        "minutes": one.minutes, "since": letter.came_on,
    }  # fmt: skip


def expected(stories: "Sequence[Story]") -> None:
    """Say to the hands of cells told in bulk what will come to them. Two queries a commune."""
    known: dict[str, list[Letter]] = {}
    for story in stories:
        commune = story.unit.parent
        assert commune is not None  # noqa: S101 -- every cell of the demo stands under one
        if commune.uid not in known:
            known[commune.uid] = letters_of(commune)
        story.hand.expect(known[commune.uid])
