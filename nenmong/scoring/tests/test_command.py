"""`nenmong criteria`: what it prints, how it exits, and that it needs no database."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from nenmong.scoring.tests import forms

WARD = str(forms.FOLDER / "an-phu-2025.yaml")


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("criteria", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def file(folder, name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_check():
    code, out, _err = run("check", WARD)
    assert (code, len(out.splitlines())) == (0, 3)
    code, out, _err = run("check", WARD, "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert all(set(row) == {"severity", "criterion", "code", "message", "where"} for row in rows)
    assert rows[0]["where"] == {"has_thematic_part": False, "best": 95}


def test_check_of_a_broken_form(tmp_path):
    broken = file(tmp_path, "p.yaml", "pack: x\n")
    code, out, _err = run("check", broken, "--format", "json")
    assert code == 1
    assert {row["code"] for row in json.loads(out)} == {"shape"}


def test_every_witness_scored_is_undetermined(tmp_path):
    for name in forms.ISSUED:
        pack = forms.FOLDER / f"{name}.yaml"
        rows = json.loads(run("check", pack, "--format", "json")[1])
        gaps = [row for row in rows if row["code"] == "gap"]
        facts = file(tmp_path, "facts.json", [row["where"] for row in gaps])
        results = json.loads(run("score", pack, "--facts", facts)[1])
        for row, result in zip(gaps, results, strict=True):
            assert row["criterion"] in result["undetermined"]


def test_score(tmp_path):
    facts = file(tmp_path, "f.json", '{"attendance_rate": 0.90, "unexcused_absences": 0}')
    judged = file(tmp_path, "j.json", {"preparation.content": True, "attendance.runs": 0.5})
    code, out, _err = run("score", WARD, "--facts", facts, "--judged", judged)
    result = json.loads(out)
    assert code == 0
    assert list(result) == [
        "pack", "version", "points", "total", "so_far", "at_most", "grade", "undetermined",
        "unchecked", "missed",
    ]  # fmt: skip
    assert result["points"]["attendance.rate"] == 4
    assert result["points"]["preparation.content"] == 3
    assert (result["total"], result["so_far"], result["at_most"]) == (None, 7.5, 99.5)
    assert '"so_far": 7.5,' in out
    assert '"attendance.rate": 4,' in out


@pytest.mark.parametrize(("facts", "judged"), [
    ({"attendance_rate": 1.2}, {}), ({"attendance_rate": True}, {}), ({"speakers": 2.5}, {}),
    ({"speakers": -1}, {}), ({"speakers": "3"}, {}), ({"minutes_adopted": 1}, {}),
    ({"speaker": 3}, {}), ([{}], {}), ([{}, {}], [{}]), ("x", {}), ({}, {"attendance.rate": 4.3}),
    ({}, {"attendance.rate": 5}), ({}, {"attendance.rat": 4}), ({}, {"conduct.minutes": "yes"}),
    ({}, [1]), ("{", {}), ([1], [{}]),
])  # fmt: skip
def test_what_is_refused(tmp_path, facts, judged):
    facts, judged = file(tmp_path, "f.json", facts), file(tmp_path, "j.json", judged)
    code, out, err = run("score", WARD, "--facts", facts, "--judged", judged)
    assert (code, out) == (2, "")
    assert err.strip()


def test_files_that_are_not_there(tmp_path):
    assert run("check", tmp_path / "none.yaml")[0] == 2
    assert run("score", WARD, "--facts", tmp_path / "none.json")[0] == 2
    broken = file(tmp_path, "p.yaml", "pack: x\n")
    assert run("score", broken, "--facts", file(tmp_path, "f.json", {}))[0] == 2


def test_no_database_is_needed(tmp_path):
    environment = os.environ | {
        "NENMONG_HOME": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "nenmong.config.settings",
    }  # fmt: skip
    code = "from nenmong.config.cli import main; main()"
    command = [sys.executable, "-c", code, "criteria", "check", WARD]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_example_of_the_guide_is_a_form_that_scores_as_it_says(tmp_path):
    guide = (forms.FOLDER.parents[1] / "docs" / "forms.vi.md").read_text(encoding="utf-8")
    pack = file(tmp_path, "p.yaml", guide.partition("```yaml\n")[2].partition("```")[0])
    assert run("check", pack) == (0, "", "")
    facts = {
        "attendance_rate": 0.9, "unexcused_absences": 0, "late_members": 2,
        "minutes_adopted": True, "tasks_due": 0, "disciplined_members": 0,
    }  # fmt: skip
    arguments = ["--facts", file(tmp_path, "f.json", facts),
                 "--judged", file(tmp_path, "j.json", {"work.content": 4})]  # fmt: skip
    result = json.loads(run("score", pack, *arguments)[1])
    assert (result["total"], result["grade"]) == (18, "good")
