"""The drill's other process: restores where it is told, and says in JSON whether all of it holds.

    python -m nenmong.config.safekeeping.proving < order

A process of its own, because one process has one database and one home folder.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django


def prove(order: dict[str, Any]) -> dict[str, Any]:
    """Restore, check every seal, count everything anew; return what came of it."""
    # Only now: there are no models before Django is set up.
    from nenmong.config.safekeeping.keys import Key  # noqa: PLC0415
    from nenmong.config.safekeeping.restore import restore_backup  # noqa: PLC0415
    from nenmong.config.safekeeping.sentences import Refused  # noqa: PLC0415
    from nenmong.meetings.queries import documents, recount, verify  # noqa: PLC0415
    from nenmong.opinions.queries import files  # noqa: PLC0415

    key = Key(order["passphrase"], tuple(order["identities"]))
    try:
        restored = restore_backup(Path(order["file"]), key)
    except Refused as refused:
        return {"refused": str(refused)}
    seals = verify.verify()
    seals.findings.extend(documents.changed_files())
    faults = [*map(str, seals.findings), *files.changed_files()]
    differences = [str(difference) for difference in recount.differences()]
    return {
        "backup": restored.id, "made_at": restored.made_at, "rows": restored.rows,
        "files": restored.files, "sealed": seals.meetings,
        "faults": faults, "differences": differences,
    }  # fmt: skip


if __name__ == "__main__":
    django.setup()
    json.dump(prove(json.load(sys.stdin)), sys.stdout)
