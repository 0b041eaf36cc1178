"""The command line: `nenmong demo`, `nenmong serve`, `nenmong verify`, …"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nenmong.config.settings")
    try:
        execute_from_command_line(["nenmong", *sys.argv[1:]])
    except ImproperlyConfigured as error:  # a sentence for whoever set it up, not a fault to trace
        sys.exit(str(error))
