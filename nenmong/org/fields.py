"""The path column of a unit, and the lookup of everything under it."""

from typing import Any

from django.db import models

from nenmong.org import rules


class PathField(models.CharField[str, str]):
    """Fixed-width segments of digits and small letters; `path__under=p` finds p and all below."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20 * rules.SEGMENT)
        super().__init__(*args, **kwargs)


@PathField.register_lookup
class Under(models.Lookup[Any]):
    """Two comparisons that an index answers on both engines; LIKE reads the table on SQLite."""

    lookup_name = "under"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        low, high = str(self.rhs), rules.next_sibling(str(self.rhs))
        return f"({lhs} >= %s AND {lhs} < %s)", (*params, low, *params, high)
