"""Names of persons, made up of family, middle and given name; never those of known persons."""

from collections.abc import Mapping
from functools import lru_cache
from random import Random

from nenmong.config.demo.packs import pack
from nenmong.core.rules import fold


@lru_cache(maxsize=1)
def blocked() -> frozenset[str]:
    """Return the names that never come out, folded: tone marks make no other person."""
    return frozenset(fold(name) for name in pack("names")["blocked"])


class Names:
    """Makes names; those of one maker, that is of one cell, all differ."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def new(self) -> str:
        """Return a name not given yet."""
        words = pack("names")
        while True:
            kind = words[self._rng.choice(("men", "women"))]
            family, middle = self._weighted(words["family"]), self._weighted(kind["middle"])
            given = self._rng.choice(kind["given"])
            name = f"{family} {middle} {given}"
            if middle != given and name not in self._taken and fold(name) not in blocked():
                self._taken.add(name)
                return name

    def _weighted(self, words: Mapping[str, int]) -> str:
        return self._rng.choices(list(words), list(words.values()))[0]
