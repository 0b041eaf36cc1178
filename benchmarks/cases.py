"""What is measured: each piece of our work beside the floor's, and how dear it may be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count as numbers
from itertools import cycle
from typing import Any

from django.urls import resolve, reverse

from benchmarks.measuring import Work
from benchmarks.seed import CONCLUSION, PAPER_DAY, SPEECHES, SUMMARY, Seed, made_months
from benchmarks.servers import Client

STATES = ({"s": "late", "r": "Đến sau 10 phút"}, {"s": "present", "r": ""})


OF_MONTH = "?duoi=&loai=regular&trang-thai=&tu-thang={0}&den-thang={0}&chua="


def nothing() -> None:
    """Do nothing before a block."""


@dataclass(frozen=True)
class Case:
    """One kind of work. `at_most` and `floor_ms` are the figures of the design, "How fast".

    Where the design has no figure for the floor, `floor_ms` is None.
    """

    name: str
    title: str
    at_most: float
    floor_ms: float | None
    floor: Work
    ours: Work
    count: int  # in one block
    before: Work = nothing  # makes what a pair of blocks needs, uncounted


@dataclass(frozen=True)
class Signed:
    """Who asks for our pages: the people of the seed, each with a connection of their own."""

    secretary: Client
    office: Client
    crowd_secretary: Client
    raiser: Client
    router: Client


def cases(seed: Seed, floor: Client, people: Signed, count: int) -> list[Case]:
    """Return the cases; `count` is how many pages there are in a block of the cheapest."""
    at = seed.floor
    secretary, office = people.secretary, people.office
    floor_record = reading(floor, f"/meeting/{at['record']}/")
    floor_roll = reading(floor, f"/meeting/{at['roll']}/")
    floor_list = reading(floor, f"/list/{seed.month}/{at['path']}/")
    roll = reverse("meetings:roll", args=[seed.roll])
    few = max(2, count // 3)  # writing takes longer
    new, bare = NewMeetings(seed, secretary), BareMeetings(floor, at["unit"])
    opinions = seed.opinions
    return [
        Case("record", "meeting page: the sealed record", 2, 12.7, floor_record,
             reading(secretary, reverse("meetings:record", args=[seed.record])), count),
        Case("roll", "meeting page: the roll", 2, 12.7, floor_roll,
             reading(secretary, roll), count),
        Case("item", "meeting page: one item at work", 2, 12.7, floor_roll,
             reading(secretary, reverse("meetings:item", args=[seed.item])), count),
        Case("list", "list of 100 cells and their meetings", 1, 29.9, floor_list,
             reading(office, reverse("home:unit", args=[seed.ward]) + f"?thang={seed.month}"),
             count),
        Case("meetings", "list of 100 meetings with filters", 1, 29.9, floor_list,
             reading(office, reverse("meetings:meetings", args=[seed.ward]) + OF_MONTH.format(
                 seed.month[:7])), count),
        Case("members", "list of 100 members", 1, None,
             reading(floor, f"/unit/{at['crowd']}/members/"),
             reading(people.crowd_secretary, reverse("org:members", args=[seed.crowd])), count),
        Case("saved", "roll of 30 saved", 3, None,
             saving(floor, f"/meeting/{at['roll']}/save/", at["people"]),
             saving(secretary, roll, seed.members), few),
        Case("opened", "meeting opened with 30 people", 3, None, bare.open, new.open, few,
             lambda: (new.plan(few), bare.plan(few))),
        Case("made", "meeting planned and opened, two requests", 3, 7.5, bare.make, new.make,
             few),
        Case("month", "calendar of a month of 100 cells", 1, 29.9, floor_list,
             reading(office, reverse("meetings:month", args=[seed.ward]) + f"?thang={seed.month}"),
             count),
        Case("typing", "page to type in a meeting of 30 people", 2, 12.7, floor_roll,
             reading(secretary, reverse("meetings:paper", args=[seed.paper])), count),
        Case("opinion", "one opinion, answered", 3, 5.1, reading(floor, f"/voice/{at['voice']}/"),
             reading(people.raiser, reverse("opinions:opinion", args=[opinions.answered])), count),
        Case("opinions", "list of 100 opinions", 1, 28, reading(floor, f"/voices/{at['voices']}/"),
             reading(people.router, reverse("opinions:list", args=[opinions.ward])), count),
        Case("raised", "opinion raised and sent up, two requests", 5, None,
             saying(floor, at["sayer"], at["office"]), raising(people.raiser, opinions.cell), few),
        Case("entered", "meeting of 30 people entered whole", 3, None,
             entering_bare(floor, at), entering(secretary, seed), few),
    ]  # fmt: skip


def reading(client: Client, path: str) -> Work:
    def work() -> None:
        client.get(path)

    return work


def saving(client: Client, path: str, people: list[Any]) -> Work:
    """Send the whole roll, all noted another way than the time before, so that each save writes."""
    forms = cycle([_roll(people, state) for state in STATES])

    def work() -> None:
        client.post(path, next(forms))

    return work


def entering(client: Client, seed: Seed) -> Work:
    """Send all that stands on a paper form, another place each time, so that each time writes."""
    door = reverse("meetings:paper", args=[seed.paper])
    form = {
        "do": "draft", "day": f"{PAPER_DAY:%d/%m/%Y}", "opened": "19.30", "closed": "21.05",
        "chair": "1", "secretary": "2", "directions": CONCLUSION, "nq-agreed": "29",
        "bb-agreed": "29", "v-0-item": "4", "v-0-question": "Có tháo dỡ mái vẩy không?",
        "v-0-agreed": "29", "t-0-item": "4", "t-0-title": "Vận động sáu hộ", "t-0-who": "Chi ủy",
        "t-0-due": "20/07/2026", "r-0-who": "30", "r-0-status": "excused", "r-0-reason": "Nằm viện",
    }  # fmt: skip
    for number, item in enumerate(seed.paper_items):
        form |= {
            f"i-{item}-done": "1", f"i-{item}-minutes": "15", f"i-{item}-summary": SUMMARY,
            f"i-{item}-conclusion": CONCLUSION,
            f"i-{item}-speeches": f"{number + 3}: {SPEECHES[2 * number]}\n9: {SPEECHES[-1]}",
        }  # fmt: skip
    places = cycle(["Nhà văn hóa", "Trường học"])

    def work() -> None:
        client.post(door, form | {"place": next(places)})

    return work


def entering_bare(client: Client, at: Mapping[str, Any]) -> Work:
    """Send the same to the floor."""
    form = {
        "question": "Có tháo dỡ mái vẩy không?", "agreed": "29", "task": "Vận động sáu hộ",
        "owner": "Chi ủy", "due": "2026-07-20", f"s-{at['people'][-1]}": "excused",
        f"r-{at['people'][-1]}": "Nằm viện",
    }  # fmt: skip
    for number, item in enumerate(at["items"]):
        form |= {
            f"summary-{item}": SUMMARY, f"conclusion-{item}": CONCLUSION,
            f"speeches-{item}": f"{number + 3}: {SPEECHES[2 * number]}\n9: {SPEECHES[-1]}",
        }  # fmt: skip
    places = cycle(["Nhà văn hóa", "Trường học"])

    def work() -> None:
        client.post(f"/meeting/{at['roll']}/enter/", form | {"place": next(places)})

    return work


def saying(client: Client, unit: int, office: int) -> Work:
    """Raise an opinion, and send it up from the page it leads to."""
    texts = words()

    def work() -> None:
        said = {"text": next(texts), "kind": "proposal", "name": "Người Dùng"}
        page = client.post(f"/unit/{unit}/say/", said)
        client.post(f"{page}send/", {"desk": str(office)})

    return work


def raising(client: Client, cell: str) -> Work:
    """Raise an opinion, and send it up by the button that stands in the answer."""
    texts = words()
    door = reverse("opinions:raise", args=[cell])

    def work() -> None:
        raised = client.piece(door, {"text": next(texts), "kind": "proposal"})
        found = re.search(r'action="([^"]+/chi-bo-quyet/)"', raised)
        if not found:
            raise RuntimeError(f"no button to send it up:\n{raised}")
        client.post(found[1], {"do": "send"})

    return work


def words() -> Iterator[str]:
    """Yield opinions, none twice: the same words on one day are one opinion."""
    return (f"Đề nghị sửa nắp cống trước số nhà {n}, đã hỏng từ tháng 7." for n in numbers(1))


def _roll(people: list[Any], state: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}-{person}": value for person in people for name, value in state.items()}


class NewMeetings:
    """Meetings of the cell with 30 members, a month each: planned, then opened."""

    def __init__(self, seed: Seed, client: Client) -> None:
        self._client = client
        self._month = iter(made_months())  # none twice: a month has one meeting
        self._door = reverse("meetings:plan", args=[seed.cell])
        self._planned: list[str] = []

    def plan(self, count: int) -> None:
        """Plan `count` meetings, to be opened later."""
        for _ in range(count):
            place = self._client.post(self._door, {"month": str(next(self._month))})
            self._planned.append(resolve(place).kwargs["uid"])

    def open(self) -> None:
        """Open a meeting planned before."""
        self._client.post(reverse("meetings:begin", args=[self._planned.pop()]), {})

    def make(self) -> None:
        """Plan a meeting and open it."""
        self.plan(1)
        self.open()


class BareMeetings:
    """The floor's, planned and opened in two requests as ours."""

    def __init__(self, client: Client, unit: int) -> None:
        self._client, self._unit = client, unit
        self._month = cycle(made_months())
        self._planned: list[str] = []

    def plan(self, count: int) -> None:
        """Plan `count` meetings, to be opened later."""
        for _ in range(count):
            month = {"month": str(next(self._month))}
            self._planned.append(self._client.post(f"/unit/{self._unit}/plan/", month))

    def open(self) -> None:
        """Open a meeting planned before."""
        self._client.post(f"{self._planned.pop()}begin/", {})

    def make(self) -> None:
        """Plan a meeting and open it."""
        self.plan(1)
        self.open()
