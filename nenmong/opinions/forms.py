"""What a phone sends when something is raised, before any of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from nenmong.core.rules import clean
from nenmong.opinions.models import TakenElsewhere


@dataclass(frozen=True)
class Raised:
    """A form as it was typed; with a `sort` it is no opinion, and its words are dropped."""

    text: str = ""
    kind: str = ""
    sort: str = ""
    member: str = ""


def read(post: Mapping[str, str]) -> Raised:
    """Return what was typed. The words as they are: a sentence about them stands beside them."""
    chosen = clean(post.get("kind", ""))
    sort = chosen if chosen in TakenElsewhere.Sort.values else ""
    return Raised(post.get("text", ""), "" if sort else chosen, sort, clean(post.get("member", "")))
