"""Columns that several capabilities share: ids, keys of child rows, folded text."""

from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Col, ResolvedOuterRef
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode

from nenmong.core import rules
from nenmong.core.ids import new_uid

_ST_contra = TypeVar("_ST_contra", contravariant=True)
_GT_co = TypeVar("_GT_co", covariant=True)


class UidField(models.Field[_ST_contra, _GT_co]):
    """A 63-bit number in the database, 13 letters everywhere else; a key is made when it is saved.

    Not by a default: Django builds rows that are never saved, where no node is leased. And no
    subclass of Django's integers: libraries would take the letters for a number.
    """

    # What the type checker takes the column for; it adds None where the column may be null.
    _pyi_private_set_type: str
    _pyi_private_get_type: str
    _pyi_lookup_exact_type: str | None

    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def get_pk_value_on_save(self, instance: models.Model) -> str:
        return new_uid()

    def from_db_value(self, value: int | None, *_: Any) -> str | None:
        if value is None:
            return None
        try:
            return rules.write_uid(value)
        except (TypeError, ValueError):
            # Not written by us: shown as it is, so that `verify` can name the row instead of
            # failing at it.
            return str(value)

    def to_python(self, value: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return rules.write_uid(value)

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        try:
            return rules.read_uid(str(value))
        except ValueError:
            # What cannot be an id matches no row; a query for it finds nothing instead of failing.
            return -1

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        try:
            rules.read_uid(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class ChildKey(models.ForeignKey[Any, Any]):
    """The key from a child row to its parent row, whose `bucket` it shares.

    A join over it equates the buckets too, so that it stays inside one shard when the tables are
    distributed by bucket; on one server it is one more comparison of integers.
    """

    def get_extra_restriction(
        self, alias: str | None, related_alias: str | None
    ) -> WhereNode | None:
        mine, theirs = (
            cast("models.Field[Any, Any]", model._meta.get_field("bucket"))
            for model in (self.model, self.remote_field.model)
        )
        if related_alias is None:
            return None
        if alias is None:
            # `exclude` over the children: a subquery on them, the parent's row outside. There, and
            # wherever a path over such keys leads from, the bucket is the same.
            same = Exact(Col(related_alias, mine), ResolvedOuterRef("bucket"))
        else:
            same = Exact(Col(alias, mine), Col(related_alias, theirs))
        return WhereNode([same], connector=AND)  # type: ignore[list-item]


class FoldedField(models.CharField[str, str]):
    """An ASCII column that Python writes from another one at each save, alike on both engines."""

    def __init__(self, *args: Any, source: str = "", rule: str = "fold", **kwargs: Any) -> None:
        self.source, self.rule = source, rule
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source, "rule": self.rule}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text: str = getattr(rules, self.rule)(getattr(model_instance, self.source))
        text = text[: self.max_length]
        setattr(model_instance, self.attname, text)
        return text
