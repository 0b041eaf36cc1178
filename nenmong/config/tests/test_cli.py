"""The command line tells what to do next, in a sentence, where something is not ready."""

import os
import subprocess
import sys

import pytest


def run(tmp_path, *arguments, **environment):
    home = {"NENMONG_HOME": str(tmp_path), "NENMONG_SECRET_KEY": "tests-only", "DATABASE_URL": ""}
    command = (
        f"import sys; sys.argv = ['nenmong', *{arguments!r}]; "
        "from nenmong.config.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True,
        env=os.environ | home | environment, check=False,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "nenmong migrate"),
        ({"DATABASE_URL": "garbage"}, "Chưa đọc được DATABASE_URL"),
        ({"EMAIL_URL": "smtp://u:secret@host:port/"}, "Chưa đọc được EMAIL_URL"),
        ({"DATABASE_URL": "mysql://name:secret@host/x"}, "Chưa đọc được DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u:secret@127.0.0.1:1/x"}, "Chưa mở được cơ sở dữ liệu"),
        ({"DATABASE_URL": "sqlite:////nowhere/x.sqlite3"}, "Chưa mở được cơ sở dữ liệu"),
        ({"NENMONG_TODAY": "32/13/2026"}, "không phải một ngày"),
    ],
)
def test_what_is_not_set_up_is_said_in_a_sentence(tmp_path, environment, said):
    ran = run(tmp_path, "verify", **environment)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "secret@" not in ran.stderr


@pytest.mark.slow
def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "nenmong.sqlite3").write_text("Đây không phải cơ sở dữ liệu.\n" * 100)
    ran = run(tmp_path, "verify")
    assert ran.returncode == 1
    assert "Chưa mở được cơ sở dữ liệu" in ran.stderr
    assert "Traceback" not in ran.stderr
