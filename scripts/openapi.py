"""Write what the API is into tests/openapi.json, so that a change to it shows as a diff.

`python scripts/openapi.py` writes the file; the test of the same name compares.
"""

import json
import os
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "tests" / "openapi.json"


def described() -> str:
    """Return the API's own description, as it stands in the file."""
    from nenmong.config.api import api  # noqa: PLC0415 -- after the settings
    from nenmong.config.urls import urlpatterns  # noqa: PLC0415

    assert urlpatterns  # noqa: S101 -- it reckons its addresses from them
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nenmong.config.settings_test")
    django.setup()
    FILE.write_text(described(), encoding="utf-8")
