"""What a run found, as a table to read."""

from collections.abc import Iterator
from typing import Any

TOO_DEAR = 1.5  # a floor that costs more than this, times the design's figure, is said
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEAD = (
    f"{'':<42}{'floor ms':>9}{'ours ms':>9}{'ratio':>7}{'half of them':>14}{'at most':>9}"
    f"{'':>6}{'p50 / p95 ms: floor':>21}{'ours':>13}"
)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the whole answer."""
    machine = found["machine"]
    yield (
        f"Nền Móng against its floor, {found['date']}. Python {found['python']}, "
        f"Django {found['django']}, granian {found['granian']}; "
        f"{machine['cores']} cores, {machine['memory_gib']} GB."
    )
    yield "CPU of the whole stack a request, web and database; median of blocks that take turns."
    if found["quick"]:
        yield "A quick run: the figures swing more."
    for engine in found["engines"]:
        yield ""
        yield from _engine(engine)
    scored = found.get("scoring")
    if scored:
        yield ""
        yield (
            f"{scored['meetings']:,} meetings scored on one core, without a database: "
            f"{scored['cpu_s']:.1f} s, at most {scored['at_most_s']}: "
            f"{verdict(scored['cpu_s'], scored['at_most_s'])}"
        )


def _engine(engine: dict[str, Any]) -> Iterator[str]:
    name = ENGINES[engine["engine"]]
    yield f"{name} {engine['version']}"
    yield HEAD
    for case in engine["cases"]:
        yield _case(case)
    for case in engine["cases"]:
        yield from notes(case)
    alike = engine["likeness"]
    yield (
        f"Likeness among {alike['among']:,} opinions: {alike['wall_ms']:.0f} ms, at most "
        f"{alike['at_most_ms']}: {verdict(alike['wall_ms'], alike['at_most_ms'])}"
    )
    sending = engine["sending"]
    yield (
        f"A document to {sending['cells']:,} cells: {sending['wall_s']:.1f} s, at most "
        f"{sending['at_most_s']}: {verdict(sending['wall_s'], sending['at_most_s'])}"
    )
    yield from _serve(engine["serve"])


def verdict(figure: float, at_most: float) -> str:
    return "ok" if figure <= at_most else "OVER"


def _case(case: dict[str, Any]) -> str:
    floor, ours = case["floor"], case["ours"]
    half = f"{case['ratio_low']:.2f}–{case['ratio_high']:.2f}"
    line = f"{case['title']:<42}{floor['cpu_ms']:>9.2f}{ours['cpu_ms']:>9.2f}{case['ratio']:>7.2f}"
    line += f"{half:>14}{case['at_most']:>9g}{verdict(case['ratio'], case['at_most']):>6}"
    walls = [f"{side['wall_p50_ms']:.1f} / {side['wall_p95_ms']:.1f}" for side in (floor, ours)]
    return f"{line}{walls[0]:>21}{walls[1]:>13}"


def notes(case: dict[str, Any]) -> Iterator[str]:
    """Say where the floor is dearer than the design found it: the ratio then flatters us."""
    if case["design_floor_ms"] is None:
        return
    times = case["floor"]["cpu_ms"] / case["design_floor_ms"]
    if times > TOO_DEAR:
        yield (
            f"! {case['title']}: the floor costs {times:.1f} times the {case['design_floor_ms']} ms"
            " of the design; this machine is slower or busy, or the floor has grown fat."
        )


def _serve(serve: dict[str, Any]) -> Iterator[str]:
    seconds, held = serve["first_page_s"], serve["pss_mib"]
    yield (
        f"Start to first page: {seconds:.2f} s, at most {serve['at_most_s']:g}: "
        f"{verdict(seconds, serve['at_most_s'])}"
    )
    yield (
        f"Two web processes and one worker: {held['together']:.0f} MiB (web {held['web']:.0f}, "
        f"worker {held['worker']:.0f}, around them {held['around']:.0f}), at most "
        f"{serve['at_most_mib']:g}: {verdict(held['together'], serve['at_most_mib'])}"
    )
