"""The fields an opinion may belong to; a province may add to them, rename and retire them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field: its code never changes, its name is what a page shows."""

    code: str
    name_vi: str
    name_en: str
    retired: bool = False

    def name(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name_vi


# No official list exists; these are what offices sort by when they sort at all.
BUILT_IN = (
    Field("land", "đất đai", "land"),
    Field("works", "đường, thủy lợi, điện, nước", "roads, irrigation, power, water"),
    Field("environment", "môi trường", "environment"),
    Field("building", "quy hoạch, xây dựng", "planning and construction"),
    Field("policy", "chính sách, chế độ", "policy and allowances"),
    Field("health", "y tế", "health"),
    Field("education", "giáo dục", "education"),
    Field("culture", "văn hóa, nhà văn hóa", "culture and the village house"),
    Field("security", "an ninh, giao thông", "security and traffic"),
    Field("procedures", "thủ tục hành chính", "administrative procedures"),
    Field("party", "xây dựng Đảng, cán bộ", "Party building and cadres"),
    Field("other", "việc khác", "other"),
)


def overlaid(changed: Iterable[Field]) -> dict[str, Field]:
    """Return all fields by code: the built-in ones in their order, then the added ones."""
    return {field.code: field for field in (*BUILT_IN, *changed)}
