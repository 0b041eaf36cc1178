"""The machinery of `make bench`: both sides do the same work, and the answer has its shape.

What anything costs is not looked at here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from benchmarks.cases import Signed, cases
from benchmarks.measuring import Stack, compared, in_turn
from benchmarks.report import lines
from benchmarks.seed import CROWD, MEMBERS, seed

ROOT = Path(__file__).resolve().parent.parent
# In a process of its own: the floor is another Django project.
ASK_THE_FLOOR = """
import json, sys
from benchmarks import fill, floor
from django.test import Client
rows, asked = json.load(open(sys.argv[1]))
fill.fill(rows)
client = Client(HTTP_HOST="127.0.0.1")
answers = []
for path, form in asked:
    path = path.replace("{last}", answers[-1].headers.get("Location", "") if answers else "")
    answers.append(client.get(path) if form is None else client.post(path, form))
print(json.dumps([[answer.status_code, answer.content.decode()] for answer in answers]))
"""


def test_the_floor_stays_lean():
    for name, most in (("floor", 150), ("floor_making", 80), ("floor_opinions", 120)):
        text = (ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= most


class Floor:
    """Stands in for the client of the floor: only keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def get(self, path):
        self.asked.append((path, None))

    def post(self, path, form):
        self.asked.append((path, form))
        return "{last}"  # where the answer before led

    def answers(self, rows, folder):
        """Ask a floor that holds `rows`, one answer after another: (status, content)."""
        given = folder / "asked.json"
        given.write_text(json.dumps([rows, self.asked]), encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        said = subprocess.run(
            [sys.executable, "-c", ASK_THE_FLOOR, given], cwd=ROOT, stdout=subprocess.PIPE,
            check=True, text=True, env=environment | {"NENMONG_HOME": str(folder)},
        )  # fmt: skip
        return json.loads(said.stdout)


class Ours:
    """Stands in for the client of our pages: asks them in this process."""

    def __init__(self, session):
        self.client = Client()
        self.client.cookies["sessionid"] = session
        self.pages = []

    def get(self, path):
        page = self.client.get(path)
        assert page.status_code == 200
        self.pages.append(page.content.decode())

    def piece(self, path, form):
        piece = self.client.post(path, form, headers={"HX-Request": "true"})
        assert piece.status_code == 200
        return piece.content.decode()

    def post(self, path, form):
        answer = self.client.post(path, form)
        assert answer.status_code == 302
        return answer["Location"]


@pytest.mark.slow
def test_both_sides_do_the_same_work(db, tmp_path):
    made = seed(cells=3, many=100)
    floor, secretary, office = Floor(), Ours(made.secretary), Ours(made.office)
    crowd, raiser, router = (Ours(key) for key in (made.crowd_secretary, made.raiser, made.router))
    for case in cases(made, floor, Signed(secretary, office, crowd, raiser, router), count=3):
        case.before()
        case.floor()
        case.ours()
    answers = floor.answers(made.rows, tmp_path)
    assert [status for status, _page in answers] == [
        *[200] * 6, *[302] * 6, *[200] * 4, *[302] * 3
    ]  # fmt: skip
    of_unit = {"unit": [], "crowd": []}
    for name, rows in of_unit.items():
        rows += [m["name"] for m in made.rows["Member"] if m["unit_id"] == made.floor[name]]
    names = of_unit["unit"]
    assert len(set(names)) == MEMBERS
    assert len(of_unit["crowd"]) == CROWD
    for page in (answers[5][1], crowd.pages[0]):
        assert all(name in page for name in of_unit["crowd"])
    roll = secretary.pages[1]
    for name in names:
        assert name in answers[0][1]
        assert name in answers[1][1]
        assert f'<legend class="visually-hidden">{name}</legend>' in roll
    for row in made.rows["Unit"]:
        if not row["path"].startswith(made.floor["path"]):
            continue
        assert (row["name"] in answers[3][1]) == (row["path"] != made.floor["path"])
        assert row["name"] in office.pages[0]
        assert (row["name"] in office.pages[2]) or row["path"] == made.floor["path"]
        assert (row["name"] in office.pages[1]) or row["path"] == made.floor["path"]

    units = {row["id"]: row["name"] for row in made.rows["Unit"]}
    ward = made.floor["voices"]
    here = {row["id"] for row in made.rows["Unit"] if row["path"].startswith(ward)}
    assert len(made.rows["Voice"]) == 3 + 100
    said = {row["id"]: row for row in made.rows["Voice"] if row["unit_id"] in here}
    assert len(said) == 3
    for row in said.values():
        assert row["words"] in answers[15][1]
        assert row["words"][:60] in router.pages[0]
    (answer,) = made.rows["Answer"]
    for page in (answers[14][1], raiser.pages[0]):
        assert answer["text"] in page
        for stay in made.rows["Stay"]:
            if stay["voice_id"] == made.floor["voice"]:
                assert units[stay["desk_id"]] in page


def test_the_answer_has_its_shape():
    here = Stack(os.getpid(), None)
    turns = []
    both = (here, lambda: turns.append("floor")), (here, lambda: turns.append("ours"))
    measured = compared(*in_turn(*both, blocks=2, count=2, before=lambda: turns.append("before")))
    assert turns == ["before", "floor", "floor", "ours", "ours", "before", "ours", "ours",
                     "floor", "floor"]  # fmt: skip
    assert set(measured) == {"floor", "ours", "ratio", "ratio_low", "ratio_high"}
    for side in (measured["floor"], measured["ours"]):
        assert side["requests"] == 4
        assert side["cpu_low_ms"] <= side["cpu_ms"] <= side["cpu_high_ms"]
        assert side["database_ms"] == 0
    case = measured | {"title": "a page", "at_most": 0, "design_floor_ms": 1e-9}
    serve = {
        "first_page_s": 1, "at_most_s": 2, "at_most_mib": 250,
        "pss_mib": {"web": 200, "worker": 40, "around": 20, "together": 260},
    }  # fmt: skip
    found = {
        "date": "2026-11-24", "python": "3.11", "django": "5.2", "granian": "2", "quick": True,
        "machine": {"cores": 2, "memory_gib": 8},
        "engines": [{"engine": "sqlite", "version": "3", "cases": [case], "serve": serve,
                     "likeness": {"among": 20_000, "wall_ms": 80, "at_most_ms": 200},
                     "sending": {"cells": 3114, "wall_s": 4.2, "at_most_s": 10}}],
    }  # fmt: skip
    text = "\n".join(lines(found))
    assert "Python 3.11" in text
    assert "SQLite 3" in text
    assert "OVER" in text
    assert "! a page: the floor costs" in text
    assert "260 MiB (web 200, worker 40, around them 20), at most 250: OVER" in text
