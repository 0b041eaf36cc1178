"""What a cell of a file says: days, years, words for kinds and states; or why it says nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nenmong.core.rules import fold

EXCEL_BEGAN = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1900, 2100
REGISTRY_CODE = re.compile(r"\d{14}")

# The first word is the one an export writes.
STATUS_WORDS = {
    "official": ("chính thức", "official", "đảng viên chính thức"),
    "probationary": ("dự bị", "probationary", "đảng viên dự bị"),
    "temporary": ("sinh hoạt tạm thời", "tạm thời", "temporary", "temporarily attached"),
    "exempt": ("miễn sinh hoạt", "miễn", "exempt", "được miễn sinh hoạt"),
    "special_duty": ("công tác đặc biệt", "special duty", "on special duty"),
    "away": ("vắng", "đi vắng", "away", "đi xa"),
}
KIND_WORDS = {
    "provincial_committee": ("tỉnh ủy", "provincial committee", "thành ủy"),
    "district_committee": ("huyện ủy", "district committee", "quận ủy", "thị ủy"),
    "commune_committee": (
        "đảng ủy xã, phường", "commune committee", "đảng ủy xã", "đảng ủy phường", "đặc khu ủy",
    ),
    "direct_superior": (
        "đảng ủy cấp trên trực tiếp cơ sở", "direct superior", "cấp trên trực tiếp cơ sở",
        "committee directly above the grassroots",
    ),
    "grassroots_committee": ("đảng ủy cơ sở", "grassroots committee", "đảng bộ cơ sở"),
    "sectional_committee": ("đảng ủy bộ phận", "sectional committee", "đảng bộ bộ phận"),
    "grassroots_cell": ("chi bộ cơ sở", "grassroots cell"),
    "cell": ("chi bộ", "cell", "chi bộ trực thuộc"),
    "party_building_board": ("ban xây dựng đảng", "party building board", "party-building board"),
    "inspection_committee": ("ủy ban kiểm tra", "inspection committee"),
    "authority": ("cơ quan ngoài đảng", "authority", "authority outside the party"),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row: where, what stands there, and the code of the sentence."""

    row: int
    field: str
    value: str
    code: str
    hint: str = ""  # what the sentence names: candidates, a row, what is there now


def word(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the code a word stands for, by itself or as one of its names; None for no word."""
    wanted = fold(text)
    for code, names in words.items():
        if wanted == fold(code) or any(wanted == fold(name) for name in names):
            return code
    return None


def day(text: str) -> date | None:
    """Return the day a cell names: dd/mm/yyyy, ISO, or the number Excel keeps; None for none."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{5}", text):
            found = EXCEL_BEGAN + timedelta(days=int(text))
        elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            found = date(int(match[3]), int(match[2]), int(match[1]))
        elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?", text):
            found = date(int(match[1]), int(match[2]), int(match[3]))
        else:
            return None
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def year(text: str, *, last: int) -> int | None:
    """Return the year of birth a cell names, as a year or as a day; None for none up to `last`."""
    if re.fullmatch(r"\d{4}", text.strip()):
        found = int(text)
    elif named := day(text):
        found = named.year
    else:
        return None
    return found if FIRST_YEAR <= found <= last else None
