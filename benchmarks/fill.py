"""Make the floor's tables and put the rows into them: `python -m benchmarks.fill ROWS.json`."""

import json
import sys
from pathlib import Path

from django.db import connection

from benchmarks import floor, floor_opinions

TABLES = (
    floor.Unit, floor.Member, floor.Post, floor.Meeting, floor.Person, floor.Report, floor.Item,
    floor.Speech, floor.Opinion, floor.Vote, floor.Task, floor_opinions.Field, floor_opinions.Voice,
    floor_opinions.Stay, floor_opinions.Move, floor_opinions.Answer, floor_opinions.File,
    floor_opinions.Raiser,
)  # fmt: skip


def fill(rows: dict[str, list[dict[str, object]]]) -> None:
    """Create the tables and write `rows`, by the names of the tables."""
    with connection.schema_editor() as editor:
        for table in TABLES:
            editor.create_model(table)
    for table in TABLES:
        made = [table(**row) for row in rows.get(table.__name__, [])]
        table.objects.bulk_create(made, batch_size=1000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as ours: see `seed`


if __name__ == "__main__":
    fill(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
