"""The command line: `nenmong demo`, `nenmong serve`, `nenmong verify`, …"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

# In both languages: whoever reads this has not reached a page yet where they could choose.
NOT_MIGRATED = (
    "Cơ sở dữ liệu chưa được dựng hoặc còn của bản cũ. Hãy chạy: nenmong migrate\n"
    "The database has not been set up, or is of an older version. Run: nenmong migrate"
)


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nenmong.config.settings")
    try:
        execute_from_command_line(["nenmong", *sys.argv[1:]])
    except ImproperlyConfigured as error:  # a sentence for whoever set it up, not a fault to trace
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        # Both engines say it their own way; whoever has just set it up needs the next step.
        missing = ("no such table", "does not exist", "no such column")
        if not any(words in str(error) for words in missing):
            raise
        sys.exit(NOT_MIGRATED)
