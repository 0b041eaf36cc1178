"""The deck of texts: which topic a cell takes up next, and the numbers put into its sentences."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from nenmong.config.demo.chance import chance
from nenmong.config.demo.packs import Topic, topics
from nenmong.config.demo.tree import Cell
from nenmong.meetings.rules import calendar
from nenmong.org.models import Unit

COMMUNES = ("phường", "xã", "thị trấn")


class Deck:
    """One cell's topics, in an order of its own; none comes twice before all have come once."""

    def __init__(self, cell: Cell, seed: int, start: int) -> None:
        """Begin at the `start`-th topic, so that cells of one kind do not all talk of the same."""
        self._cell = cell
        name = cell.said.get("deck", cell.unit.cell_kind)
        self._topics = list(topics(name))
        chance(seed, "topics", name).shuffle(self._topics)
        self._commune = commune_word(cell.unit)
        self._next = start

    def draw(self, day: date, rng: Random) -> Topic:
        """Return the next topic, its sentences filled for a meeting on `day`."""
        topic = self._topics[self._next % len(self._topics)]
        self._next += 1
        return self.filled(topic, day, rng)

    def filled(self, topic: Topic, day: date, rng: Random) -> Topic:
        """Return a topic of any deck as this cell talks of it on `day`."""
        due = day + timedelta(days=topic.tasks[0].days)
        return filled(topic, self._values(day, due, rng), self._commune)

    def _values(self, day: date, due: date, rng: Random) -> dict[str, object]:
        lane, lane2 = rng.sample(range(2, 25), 2)
        following = calendar.next_month(calendar.month_of(day))
        return {
            "area": self._cell.said["area"],
            "ward": f"{self._commune} {self._cell.unit.locality}",
            "lane": lane,
            "lane2": lane2,
            "few": rng.randint(3, 9),
            "some": rng.randint(11, 28),
            "many": rng.randint(31, 90),
            "metres": rng.randrange(40, 241, 10),
            "money": rng.randint(2, 20),
            "due": f"{due:%d/%m}",
            "month": day.month,
            "next": following.month,
        }


def commune_word(unit: Unit) -> str:
    """Return what a cell's commune is: phường, xã or thị trấn."""
    committee = unit.parent.name if unit.parent else ""
    return next(
        (word for word in COMMUNES if committee.startswith(f"Đảng ủy {word} ")), COMMUNES[0]
    )


def told_in(commune: str, sentence: str) -> str:
    """Return a sentence of the pack, written for a phường, as it is said in such a commune."""
    if commune == COMMUNES[0]:
        return sentence
    return sentence.replace("phường", commune).replace("Phường", commune.capitalize())


def filled(topic: Topic, values: Mapping[str, object], commune: str = "phường") -> Topic:
    """Return `topic` with `values` in the places of its sentences."""

    def text(sentence: str) -> str:
        return told_in(commune, sentence).format(**values)

    return Topic(
        title=text(topic.title),
        summary=text(topic.summary),
        speeches=tuple(map(text, topic.speeches)),
        opinions=tuple(map(text, topic.opinions)),
        conclusion=text(topic.conclusion),
        vote=text(topic.vote),
        tasks=tuple(
            replace(task, task=text(task.task), done=text(task.done), hindered=text(task.hindered))
            for task in topic.tasks
        ),
    )
