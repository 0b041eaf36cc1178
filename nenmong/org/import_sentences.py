"""What is said of a row that cannot be taken in: the reason, and what to do about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.org.rules.cells import Fault
from nenmong.org.rules.columns import COLUMNS

SENTENCES = {
    "empty": (gettext_lazy("this is missing"), gettext_lazy("Fill it in.")),
    "unknown_kind": (
        gettext_lazy("no kind of unit is called so"),
        gettext_lazy("Write the kind as in an export, for example: chi bộ."),
    ),
    "unknown_cell_kind": (
        gettext_lazy("no kind of cell is called so"),
        gettext_lazy("Write the kind of cell as the list of kinds does, or leave it blank."),
    ),
    "unknown_status": (
        gettext_lazy("no status is called so"),
        gettext_lazy("Write the status as in an export, for example: chính thức."),
    ),
    "bad_day": (
        gettext_lazy("this is no day"), gettext_lazy("Write it as day/month/year: 03/02/2026."),
    ),
    "day_to_come": (
        gettext_lazy("this day is still to come"), gettext_lazy("Enter it when it has come."),
    ),
    "bad_year": (
        gettext_lazy("this is no year of birth"), gettext_lazy("Write it with four digits: 1980."),
    ),
    "bad_phone": (
        gettext_lazy("this is no phone number"), gettext_lazy("Write digits only: 0912345678."),
    ),
    "bad_email": (
        gettext_lazy("this is no e-mail address"), gettext_lazy("Write it as name@place.vn."),
    ),
    "bad_registry_code": (
        gettext_lazy("the registry code has 14 digits"),
        gettext_lazy("Write all 14 digits, as text so that leading zeros stay."),
    ),
    "too_long": (gettext_lazy("this is too long"), gettext_lazy("Shorten it.")),
    "unknown_parent": (
        gettext_lazy("no unit above has this code"),
        gettext_lazy("Write the code of a unit that exists or stands in this file."),
    ),
    "does_not_fit_under": (
        gettext_lazy("a unit of this kind does not stand under that one"),
        gettext_lazy("Write a kind below that of the unit above."),
    ),
    "under_a_cell": (
        gettext_lazy("nothing stands under a cell"),
        gettext_lazy("Write the code of the committee above it."),
    ),
    "no_root": (
        gettext_lazy("only who keeps the installation founds a province"),
        gettext_lazy("Write the code of the unit above."),
    ),
    "unknown_cell": (
        gettext_lazy("no cell in your care, or more than one, goes by this code or name"),
        gettext_lazy("Write the cell's code as in the export of units, or its whole name."),
    ),
    "code_taken": (
        gettext_lazy("another one has this code"), gettext_lazy("Choose another code."),
    ),
    "twice": (
        gettext_lazy("this stands in the file twice, first in row %(hint)s"),
        gettext_lazy("Delete one of the rows, or give both a code."),
    ),
    "two_candidates": (
        gettext_lazy("two or more in this cell have this name and year of birth"),
        gettext_lazy("Which one is it? Write the code as in the export."),
    ),
    "two_units": (
        gettext_lazy("two or more units here have this name"),
        gettext_lazy("Which one is it? Write the code as in the export."),
    ),
    "kept": (
        gettext_lazy("something else is entered already and stays"),
        gettext_lazy("To replace it, choose so before the file is taken in."),
    ),
    "by_hand": (
        gettext_lazy("this is dated and not changed by an import"),
        gettext_lazy("Change it on its own page, with the day from which it holds."),
    ),
}  # fmt: skip


def reason(fault: Fault) -> str:
    """Return why a row is faulty, without where."""
    return str(SENTENCES[fault.code][0]) % {"hint": fault.hint}


def remedy(fault: Fault) -> str:
    """Return what to do about it."""
    return str(SENTENCES[fault.code][1])


def heading(what: str, field: str) -> str:
    """Return what a field is called at the head of a file."""
    return COLUMNS[what][field][0]


def sentence(what: str, fault: Fault) -> str:
    """Return one line: row, column, value, reason, remedy."""
    return _("Row %(row)s, %(column)s “%(value)s”: %(reason)s. %(remedy)s") % {
        "row": fault.row, "column": heading(what, fault.field), "value": fault.value,
        "reason": reason(fault), "remedy": remedy(fault),
    }  # fmt: skip
