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
