"""The list of fields, and which desk handles which of them."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean, fold
from nenmong.core.texts import fitting
from nenmong.opinions import access
from nenmong.opinions.models import DeskField, OpinionField
from nenmong.opinions.queries.fields import fields
from nenmong.org import access as org
from nenmong.org.models import CELLS, Unit

MOST_DAYS = 180


@action
def set_field(
    *, actor: Actor, name_vi: str, name_en: str = "", code: str = "", retired: bool = False
) -> OpinionField:
    """Add a field, or with its `code` rename or retire one. The code never changes.

    Raises:
        NotAllowed: `access.denied`.
        DomainError: `opinions.no_field_name`, `opinions.unknown_field`, `opinions.field_twice`,
            `core.too_long`.
    """
    if not org.may_somewhere(actor, access.EDIT_FIELDS):
        raise NotAllowed(
            "access.denied",
            _("You may not change the fields. Ask the organisation board of the province."),
        )
    known = fields()
    name_vi = fitting(clean(name_vi), 80)
    if not name_vi:
        raise DomainError("opinions.no_field_name", _("Write the name of the field."))
    if code and code not in known:
        raise DomainError("opinions.unknown_field", _("Choose a field from the list."))
    if any(fold(one.name_vi) == fold(name_vi) and one.code != code for one in known.values()):
        raise DomainError("opinions.field_twice", _("A field of this name is in the list."))
    columns = {
        "name_vi": name_vi, "name_en": fitting(clean(name_en), 80) or name_vi, "retired": retired
    }  # fmt: skip
    if code:
        was = known[code]
        if {n: getattr(was, n) for n in columns} == columns:
            return OpinionField(code=code, **columns)
    code = code or _new_code(name_vi, known)
    row, _made = OpinionField.objects.update_or_create(code=code, defaults=columns)
    audit.record(actor, "opinions.field_set", row, unit_path="", code=code)
    return row


def _new_code(name: str, known: Mapping[str, object]) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:24] or "field"
    tries = [base, *(f"{base}_{number}" for number in range(2, 100))]
    return next(code for code in tries if code not in known)


@action
def set_desk_fields(*, actor: Actor, unit_uid: str, days: Mapping[str, int | None]) -> int:
    """Say which fields a desk handles, and within how many working days; return how many.

    Raises:
        NotAllowed: `access.denied`.
        DomainError: `opinions.unknown_field`, `opinions.bad_days`, `opinions.unknown_desk`.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(uid=unit_uid)
    org.require(actor, access.EDIT_DESKS, unit)
    if unit.kind in CELLS:
        raise DomainError(
            "opinions.unknown_desk",
            _("A cell settles its own; fields are handled by committees and their desks."),
        )
    if days.keys() - fields().keys():
        raise DomainError("opinions.unknown_field", _("Choose a field from the list."))
    for limit in days.values():
        if limit is not None and not 0 < limit <= MOST_DAYS:
            raise DomainError(
                "opinions.bad_days",
                _("Write a whole number of working days between 1 and %(most)s.")
                % {"most": MOST_DAYS},
            )
    has = dict(DeskField.objects.filter(unit=unit).values_list("field", "answer_days"))
    if has != dict(days):
        DeskField.objects.filter(unit=unit).exclude(field__in=list(days)).delete()
        for code, limit in days.items():
            DeskField.objects.update_or_create(
                unit=unit, field=code, defaults={"answer_days": limit}
            )
        audit.record(
            actor, "opinions.desk_fields_set", unit, unit_path=unit.path, fields=sorted(days)
        )
    return len(days)
