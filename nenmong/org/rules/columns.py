"""Which column of a file stands for what, by its heading in Vietnamese or English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nenmong.core.rules import fold, sha256

# field → the heading an export writes, then other names it goes by.
UNIT_COLUMNS = {
    "code": ("Mã đơn vị", "mã", "code", "unit code"),
    "name": ("Tên đơn vị", "tên", "name", "unit", "unit name", "tên chi bộ", "đơn vị"),
    "kind": ("Loại đơn vị", "loại", "kind", "type", "unit kind", "cấp"),
    "cell_kind": ("Loại hình chi bộ", "loại hình", "cell kind", "kind of cell"),
    "parent": (
        "Mã đơn vị cấp trên", "mã cấp trên", "mã cha", "parent", "parent code", "trực thuộc",
        "cấp trên",
    ),
    "organization_name": ("Tên tổ chức", "organization name", "organisation name", "tên đảng bộ"),
    "locality": ("Địa danh", "locality", "place", "nơi ban hành"),
    "registry_code": (
        "Mã tổ chức đảng", "registry code", "mã số tổ chức đảng", "mã tổ chức đảng (14 số)",
    ),
    "first_day": ("Từ ngày", "from", "first day", "from day", "ngày thành lập", "since"),
}  # fmt: skip
MEMBER_COLUMNS = {
    "code": ("Mã đảng viên", "mã", "code", "member code", "mã số"),
    "full_name": ("Họ và tên", "họ tên", "full name", "name", "họ và tên đảng viên"),
    "birth_year": ("Năm sinh", "birth year", "year of birth", "ngày sinh", "born", "date of birth"),
    "phone": ("Điện thoại", "số điện thoại", "sđt", "phone", "phone number", "mobile", "di động"),
    "email": ("Thư điện tử", "email", "e-mail", "email address"),
    "unit": ("Mã chi bộ", "cell code", "cell", "unit", "unit code", "mã đơn vị", "chi bộ"),
    "status": (
        "Tình trạng", "status", "diện", "diện sinh hoạt", "loại đảng viên", "diện đảng viên",
    ),
    "first_day": ("Từ ngày", "from", "first day", "from day", "ngày vào chi bộ", "since"),
}  # fmt: skip
COLUMNS = {"units": UNIT_COLUMNS, "members": MEMBER_COLUMNS}
NEEDED = {"units": ("name", "kind"), "members": ("full_name", "unit")}
LOOKED_AT = 15  # rows in which the headings are looked for: titles may stand above them


@dataclass(frozen=True)
class Line:
    """One row of a file by its fields; `number` is the one Excel shows."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.values.get(field, "")


@dataclass(frozen=True)
class Heads:
    """Where a file's headings stand: field → column, the headings, the first row after them."""

    columns: Mapping[str, int]
    headings: tuple[str, ...]
    after: int  # index into the rows

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings no field was found for: what stands under them is not taken in."""
        read = set(self.columns.values())
        return tuple(h for at, h in enumerate(self.headings) if at not in read and h.strip())

    @property
    def digest(self) -> str:
        return sha256("\n".join(folded(heading) for heading in self.headings))


def folded(heading: str) -> str:
    """Return a heading without what differs from list to list: accents, case, stars, colons."""
    return " ".join(fold(heading).replace("*", " ").replace(":", " ").split())


def headings(what: str) -> list[str]:
    """Return the headings that an export writes, in its order."""
    return [names[0] for names in COLUMNS[what].values()]


def _known(what: str) -> dict[str, str]:
    return {folded(name): field for field, names in COLUMNS[what].items() for name in names}


def candidates(what: str, rows: Sequence[Sequence[str]]) -> list[Heads]:
    """Return what may be the headings of a file, each with the columns known by their names.

    A heading may be merged over two rows: then the lower row says what the upper one leaves open.
    """
    known = _known(what)
    found = []
    for at, upper in enumerate(rows[:LOOKED_AT]):
        lower = rows[at + 1] if at + 1 < len(rows) else ()
        for names, after in ((list(upper), at + 1), (_joined(upper, lower, known), at + 2)):
            found.append(Heads(_placed(names, known), tuple(names), after))
    return found


def _placed(names: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, name in enumerate(names):
        if field := known.get(folded(name)):
            columns.setdefault(field, column)
    return columns


def find(found: Sequence[Heads], said: Mapping[str, Mapping[str, Any]]) -> Heads | None:
    """Return the headings of a file among `candidates`; None where there are none.

    `said` holds, by the digest of all headings, which column someone said stands for which field.
    It adds to what is known by name and never overrides it: one person's slip must not make the
    next one's list be read wrongly.
    """
    if not found:
        return None
    mapped = [heads for heads in found if heads.digest in said]
    best = max(mapped or found, key=lambda heads: len(heads.columns))
    if not best.columns and not mapped:
        # Not one name is known: the fullest row of words, so that a person can say what is what.
        best = max(found, key=lambda heads: len({name for name in heads.headings if name.strip()}))
    columns = dict(best.columns)
    for field, at in said.get(best.digest, {}).items():
        free = isinstance(at, int) and 0 <= at < len(best.headings) and at not in columns.values()
        if free and field not in columns:
            columns[field] = at
    return replace(best, columns=columns)


def fields(what: str) -> list[tuple[str, str]]:
    """Return (field, the heading an export writes) of all columns."""
    return [(field, names[0]) for field, names in COLUMNS[what].items()]


def needed(what: str) -> list[str]:
    """Return the headings that no file can do without."""
    return [COLUMNS[what][field][0] for field in NEEDED[what]]


def missing(what: str, heads: Heads) -> list[str]:
    """Return those of the needed headings that this file has not."""
    return [COLUMNS[what][field][0] for field in NEEDED[what] if field not in heads.columns]


def _joined(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, str]) -> list[str]:
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    return [
        high if folded(high) in known or not low else low
        for high, low in zip(above, below, strict=True)
    ]


def line(number: int, cells: Sequence[str], heads: Heads) -> Line:
    """Return one row of the file by its fields."""
    values = {
        field: cells[column] for field, column in heads.columns.items() if column < len(cells)
    }
    return Line(number, values)
