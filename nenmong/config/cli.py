"""The command line: `nenmong demo`, `nenmong serve`, `nenmong verify`, …"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from nenmong.core.errors import DomainError

# In both languages: whoever reads this has not reached a page yet where they could choose.
NOT_MIGRATED = (
    "Cơ sở dữ liệu chưa được dựng hoặc còn của bản cũ. Hãy chạy: nenmong migrate\n"
    "The database has not been set up, or is of an older version. Run: nenmong migrate"
)
NO_DATABASE = (
    "Chưa mở được cơ sở dữ liệu: {why}. Hãy xem DATABASE_URL và NENMONG_HOME, và máy chủ cơ sở dữ "
    "liệu có đang chạy không, rồi thử lại.\n"
    "The database cannot be opened: {why}. Look at DATABASE_URL and NENMONG_HOME, and whether the "
    "database server is running, then try again."
)
NO_FILE = (
    "Thiếu tệp {file}. Hãy đặt lại tệp ấy như trong bản cài đặt.\n"
    "The file {file} is missing. Put it back as it came with the program."
)
# Both engines say in their own way that a table or column is not there.
MISSING = ("no such table", "does not exist", "no such column")
# … and that there is no database to speak to at all.
UNREACHED = ("connection", "unable to open", "not a database", "is full", "readonly", "malformed")


def main() -> None:
    """Run the command named on the command line; what a person can set right is a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nenmong.config.settings")
    try:
        execute_from_command_line(["nenmong", *sys.argv[1:]])
    except ImproperlyConfigured as error:  # a sentence for whoever set it up, not a fault to trace
        sys.exit(str(error))
    except DomainError as error:
        sys.exit(str(error.message))
    except FileNotFoundError as error:
        sys.exit(NO_FILE.format(file=error.filename))
    except DatabaseError as error:
        sys.exit(_database_sentence(error))


def _database_sentence(error: DatabaseError) -> str:
    """Return what to do about a database that fails; raise what only a programmer can mend."""
    text = " ".join(str(error).split())
    # Also said of a whole database: `database "x" does not exist`, while it connects.
    if any(words in text for words in UNREACHED):
        return NO_DATABASE.format(why=text)
    if any(words in text for words in MISSING):
        return NOT_MIGRATED
    raise error
