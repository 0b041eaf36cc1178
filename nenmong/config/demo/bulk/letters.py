"""Documents in bulk: they come, wait for a meeting, are discussed there, or end before."""

from collections import Counter, deque
from collections.abc import Iterable
from datetime import date
from typing import Any

from nenmong.config.demo.bulk.desk import Desk
from nenmong.config.demo.bulk.held import Held
from nenmong.config.demo.letters import Letter, matter_columns
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.directives.models import CellLoad, Delivery
from nenmong.directives.models.month import LOADS
from nenmong.meetings.models import AgendaItem, Matter
from nenmong.org.models import Unit

OPEN = (Matter.State.WAITING, Matter.State.ON_AGENDA)


class Letters(Desk):
    """What is sent down to the cell; each document waits as a matter until it is taken up."""

    def __init__(self, unit: Unit, rows: Any) -> None:
        super().__init__(unit, rows)
        self._to_come: deque[Letter] = deque()
        self.letters: dict[str, Letter] = {}  # that have come, by the uid of the document
        self.deliveries: dict[str, Delivery] = {}
        self.loads: dict[date, CellLoad] = {}

    def expect(self, letters: Iterable[Letter]) -> None:
        """Say what will come, the earliest first; it does when `come` reaches its day."""
        self._to_come = deque(one for one in letters if one.is_for(self.unit.cell_kind))

    def come(self, until: date, ended_by: date) -> None:
        """Let come what was sent up to a day, and end what has ended up to another one."""
        while self._to_come and self._to_come[0].came_on <= until:
            self._arrive(self._to_come.popleft())
        for uid, row in self.deliveries.items():
            ended_on = self.letters[uid].ended_on
            waits = row.state == Delivery.State.WAITING
            if waits and ended_on is not None and ended_on <= ended_by:
                self._end(self.letters[uid], row, ended_on)

    def finish(self) -> None:
        """Let the rest come, and put the rows on the shelves."""
        self.come(date.max, clock.today())
        super().finish()
        self.rows.put(*self.deliveries.values(), *self.loads.values())

    def brought(self, item: AgendaItem) -> bool:
        """Say whether an item is a document that was sent down."""
        matter = self.matters.get(item.matter_uid or "")
        return matter is not None and matter.kind == Matter.Kind.DIRECTIVE

    def report_back(self, *, actor: Actor, matter_uid: str, text: str) -> None:
        row = self.deliveries[self.matters[matter_uid].source_uid or ""]
        if row.state == Delivery.State.DISCUSSED:
            row.report, row.reported_on = text, clock.today()

    # ── what the seal tells ─────────────────────────────────────────────────────────────────

    def _told(self, held: Held, matter: Matter, *, carried_why: str) -> None:
        """Write what sealed minutes say of a document."""
        row = self.deliveries[matter.source_uid or ""]
        if row.state != Delivery.State.WAITING:
            return
        if carried_why:
            row.carried += 1
            row.carried_at, row.carried_why = held.meeting.uid, carried_why
            return
        on = held.meeting.held_on or clock.today()
        item = next((one.uid for one in held.items if one.matter_uid == matter.uid), "")
        row.state, row.meeting_uid = Delivery.State.DISCUSSED, held.meeting.uid
        row.discussed_on, row.told_on = on, clock.today()
        row.speakers = sum(speech.item_id == item for speech in held.speeches)
        late = row.due_on is not None and on > row.due_on
        self._sum_up(clock.today(), discussed=1, late=int(late))

    # ── coming and ending ───────────────────────────────────────────────────────────────────

    def _arrive(self, letter: Letter) -> None:
        sending = letter.sending
        uid = sending.directive_id
        said = matter_columns(letter, self.unit)
        matter = self._new(Matter, unit=self.unit, kind=Matter.Kind.DIRECTIVE, **said)
        self.matters[matter.uid] = matter
        self.letters[uid] = letter
        self.deliveries[uid] = self._new(
            Delivery, unit=self.unit, first_unit=self.unit, grassroots=self.grassroots,
            directive=sending.directive, sending=sending, batch=0, month=sending.month,
            came_on=letter.came_on, due_on=sending.directive.due_on,
        )  # fmt: skip
        self._sum_up(letter.came_on, delivered=1)
        self._bear(letter, 1)

    def _end(self, letter: Letter, row: Delivery, ended_on: date) -> None:
        row.state, row.ended_on = Delivery.State.WITHDRAWN, ended_on
        for matter in self.matters.values():
            if matter.source_uid == row.directive_id and matter.state in OPEN:
                matter.state = Matter.State.WITHDRAWN
                matter.ended_why = letter.sending.directive.ended_why
        self._sum_up(ended_on, withdrawn=1)
        self._bear(letter, -1)

    def _bear(self, letter: Letter, sign: int) -> None:
        month = letter.sending.month
        if month not in self.loads:
            self.loads[month] = self._new(CellLoad, unit=self.unit, month=month)
        load = self.loads[month]
        for name in LOADS:
            setattr(load, name, getattr(load, name) + sign * getattr(letter.load, name))

    def _sum_up(self, day: date, **by: int) -> None:
        key = (self.unit.bucket, self.grassroots.uid, day.replace(day=1))
        self.rows.directives.setdefault(key, Counter()).update(by)
