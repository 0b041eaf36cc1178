"""The command line: `nenmong demo`, `nenmong serve`, `nenmong verify`, …"""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nenmong.config.settings")
    execute_from_command_line(["nenmong", *sys.argv[1:]])
