"""Building the demo, in order; and emptying a database that holds one."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from nenmong.config.demo import (
    documents,
    joint,
    letters,
    marker,
    program,
    rounds,
    telling,
    voices,
)
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.choices import FOUNDED, Choices
from nenmong.config.demo.committee import story_of_committee, tell_committee
from nenmong.config.demo.course import A_DAY
from nenmong.config.demo.desks import add_desks, open_desks
from nenmong.config.demo.drafts import in_work
from nenmong.config.demo.fast import fast
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.packs import pack, topics
from nenmong.config.demo.people import enter_members
from nenmong.config.demo.program import FIXED_DAY
from nenmong.config.demo.story import DAWN, Story
from nenmong.config.demo.tree import Cell, Tree, found_units, plan
from nenmong.config.demo.writing import Packed, Rows, Sums, number_letters, write
from nenmong.core import clock, ids
from nenmong.core.actions import SYSTEM
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.actions import set_rule

# By which the ward's committee lets some cells meet on another day than the usual one.
OF_THE_CELLS = {"document": "Thông báo số 02-TB/ĐU", "short": "TB 02"}
Progress = Callable[[int, int], None]
TWO_MONTHS = timedelta(days=62)  # where nobody of the ward is told


@translation.override("vi")  # agendas are drafted in the language in use
def build(choices: Choices, *, password: str, progress: Progress = lambda done, of: None) -> None:
    """Fill an empty, migrated database; `progress` hears how many cells are told, of how many."""
    with clock.at(clock.at_hour(choices.day, DAWN)):
        marker.begin(actor=SYSTEM, choices=choices)
        tree = plan(choices)
        add_desks(tree)
        found_units(actor=SYSTEM, tree=tree)
        enter_members(actor=SYSTEM, tree=tree, choices=choices, password=password)
        open_desks(actor=SYSTEM, tree=tree, choices=choices)
    _set_rules(tree, choices)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # or it plans for empty tables until it looks itself
            cursor.execute("ANALYZE")
    ward = [cell for cell in tree.cells if cell.in_ward]
    _tell(tree, ward, choices, progress)
    story = story_of_committee(tree.ward, choices)
    if story:
        tell_committee(story)
    in_work(tree, choices)
    with clock.at(clock.at_hour(choices.day, DAWN)):
        marker.finish(actor=SYSTEM, choices=choices)


def _tell(tree: Tree, ward: Sequence[Cell], choices: Choices, progress: Progress) -> None:
    """Tell the past of all cells in bulk, but of the ward's the last months by the actions."""
    rows, cells = Rows(), tree.cells
    recent = documents.begin(tree, choices, border(ward, choices))
    stories = past(ward, choices, rows)
    sums = Sums()
    paths: dict[str, str] = {}
    _write(rows.packed(), sums)
    sums.write(rows.paths)
    number_letters()
    recent.sent_from_above()
    done, of = len(ward), len(cells) + len(ward)
    elsewhere = [cell for cell in cells if not cell.in_ward]
    with telling.Telling(elsewhere, choices) as others, fast():
        for story in stories:
            story.hand, story.live, story.rounds = ByActions(), True, rounds.rounds_of(story)
        joint.tell(stories, recent=True, events=recent.events())
        rounds.finish(stories)
        done += len(ward)
        progress(done, of)
        sums = Sums()
        for packed, count in others:
            _write(packed, sums)
            paths |= packed.paths
            done += count
            progress(done, of)
    sums.write(paths)
    number_letters()


def border(ward: Sequence[Cell], choices: Choices) -> date:
    """Return the day from which documents of the ward go by the actions: none is told before it."""
    recent = [program.months_of(cell.said, choices) for cell in ward]
    days = [(held[-program.RECENT :] or [coming])[0].day for held, coming in recent]
    return min(days, default=choices.day - TWO_MONTHS) - program.WEEK


def _write(packed: Packed, sums: Sums) -> None:
    ids.ensure_lease()
    with transaction.atomic():
        write(packed)
    sums.add(packed)


def past(ward: Sequence[Cell], choices: Choices, rows: Rows) -> list[Story]:
    """Tell the older months of the ward's cells in bulk; their stories are to be gone on with."""
    ids.ensure_lease()
    stories = [
        Story(cell, choices, start, InBulk(cell.unit, rows))
        for cell, start in zip(ward, _starts(ward), strict=True)
    ]
    letters.expected(stories)
    said = voices.begin(stories, ward=True)
    joint.tell(stories, recent=False)
    voices.finish(said)
    for story in stories:
        story.hand.finish()
    return stories


def _set_rules(tree: Tree, choices: Choices) -> None:
    """Let the ward's committee set its rules, as its office did when it was founded."""
    for said in pack("cells")["rules"]:
        first = choices.day - timedelta(days=said["ago"]) if "ago" in said else FOUNDED + A_DAY
        with clock.at(clock.at_hour(first - A_DAY, DAWN)):
            set_rule(
                actor=SYSTEM, unit_uid=tree.ward.uid, rule=said["rule"], typed=said["value"],
                first_day=first, document=said["document"], short=said["short"],
            )  # fmt: skip
    with clock.at(clock.at_hour(FOUNDED, DAWN)):
        usual = rulebook.value(FIXED_DAY, FOUNDED)
        for cell in tree.cells:
            day = cell.said.get("fixed", usual) + cell.said.get("offset", 0)
            if day != usual:
                set_rule(
                    actor=SYSTEM, unit_uid=cell.unit.uid, rule=FIXED_DAY, typed=str(day),
                    first_day=FOUNDED + timedelta(days=1), **OF_THE_CELLS,
                )  # fmt: skip


def _starts(cells: Sequence[Cell]) -> list[int]:
    """Return where in its deck each cell begins: cells of one kind lie as far apart as they can."""
    of_kind = Counter(cell.unit.cell_kind for cell in cells)
    seen: Counter[str] = Counter()
    starts = []
    for cell in cells:
        kind = cell.unit.cell_kind
        starts.append(seen[kind] * len(topics(kind)) // of_kind[kind])
        seen[kind] += 1
    return starts


def empty() -> None:
    """Empty the tables of a database that holds a demo, whole or broken off, and no other."""
    if marker.look().holds in {marker.Holds.DEMO, marker.Holds.HALF_A_DEMO}:
        call_command("flush", interactive=False, verbosity=0)
