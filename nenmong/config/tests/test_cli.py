"""The command line tells what to do next, in a sentence, where the database is not ready."""

import os
import subprocess
import sys


def test_a_database_without_tables_is_said_in_a_sentence(tmp_path):
    home = {"NENMONG_HOME": str(tmp_path), "NENMONG_SECRET_KEY": "tests-only", "DATABASE_URL": ""}
    command = (
        "import sys; sys.argv = ['nenmong', 'verify']; from nenmong.config.cli import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, env=os.environ | home,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "nenmong migrate" in ran.stderr
    assert "Traceback" not in ran.stderr
