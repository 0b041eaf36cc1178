"""The kinds of cell a province begins with; offices may add to them, rename and retire them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of cell: its code never changes, its name is what a page shows."""

    code: str
    name_vi: str
    name_en: str
    retired: bool = False

    def name(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name_vi


# Source: the kinds that provincial guidance on the quality of meetings tells apart.
BUILT_IN = (
    Kind("village", "thôn, xóm, bản", "village"),
    Kind("residential_group", "tổ dân phố", "residential group"),
    Kind("administrative_office", "cơ quan hành chính", "administrative office"),
    Kind("public_service", "đơn vị sự nghiệp", "public service unit"),
    Kind("state_enterprise", "doanh nghiệp nhà nước", "state enterprise"),
    Kind("private_enterprise", "doanh nghiệp ngoài nhà nước", "private enterprise"),
    Kind("police", "công an", "police"),
    Kind("army", "quân đội", "army"),
    Kind("students", "học sinh, sinh viên", "students"),
    Kind(
        "ward_office", "chi bộ trực thuộc đảng ủy phường", "cell directly under a ward's committee"
    ),
)


def overlaid(changed: Iterable[Kind]) -> dict[str, Kind]:
    """Return all kinds by code: the built-in ones in their order, then the added ones."""
    return {kind.code: kind for kind in (*BUILT_IN, *changed)}


# Posts of a cell; those of a committee and its offices are others. A seat on a committee is both.
CELL_POSTS = frozenset({"secretary", "deputy", "scribe", "scorer"})
POSTS_OF_BOTH = frozenset({"committee_member"})


def post_fits(role: str, *, is_cell: bool) -> bool:
    """Say whether a unit of this sort has such a post."""
    return role in POSTS_OF_BOTH or (role in CELL_POSTS) is is_cell


# How high a kind of unit stands; boards and authorities stand beside any committee.
RANKS = {
    "provincial_committee": 0, "district_committee": 1, "direct_superior": 1,
    "commune_committee": 2, "grassroots_committee": 3, "sectional_committee": 4,
    "grassroots_cell": 5, "cell": 5,
}  # fmt: skip
LOWEST_COMMITTEE = RANKS["sectional_committee"]
LOWEST_ROOT = RANKS["grassroots_committee"]


def may_stand_under(kind: str, parent: str | None) -> bool:
    """Say whether a unit of one kind may stand under one of another (None: under nothing).

    Source: the levels before and after 1/7/2025 (Quy định 294-QĐ/TW); levels may be left out.
    """
    rank = RANKS.get(kind)
    if parent is None:
        return rank is not None and rank <= LOWEST_ROOT
    above = RANKS.get(parent)
    if above is None or above > LOWEST_COMMITTEE:
        return False  # nothing stands under a cell, a board, an authority
    return rank is None or rank > above
