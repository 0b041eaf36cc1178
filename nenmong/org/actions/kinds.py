"""The kinds of cell: renamed, added, retired; a unit keeps the kind it has."""

import re

from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean, fold
from nenmong.core.texts import fitting
from nenmong.org import access, queries
from nenmong.org.models import CellKind


@action
def set_cell_kind(
    *, actor: Actor, code: str, name_vi: str, name_en: str = "", retired: bool = False
) -> CellKind:
    """Change a kind of cell, or add one where `code` is empty; its English may be left out.

    Raises:
        NotAllowed: `actor` may not edit the list of kinds.
        DomainError: `org.no_kind_name`, `org.unknown_kind`, `core.too_long`.
    """
    if not access.may_somewhere(actor, "org.edit_cell_kinds"):
        raise NotAllowed(
            "access.denied",
            _("The kinds of cell are kept by the organisation board. Ask it for another one."),
        )
    known = queries.cell_kinds()
    if not (name_vi := fitting(clean(name_vi), 80)):
        raise DomainError("org.no_kind_name", _("The kind has no name yet. Enter its name."))
    name_en = fitting(clean(name_en), 80) or name_vi
    if code and code not in known:
        raise DomainError("org.unknown_kind", _("Choose the kind of unit from the list."))
    code = code or re.sub(r"\W+", "_", fold(name_en)).strip("_")[:30] or "other"
    said = {"name_vi": name_vi, "name_en": name_en, "retired": retired}
    if code in known and all(getattr(known[code], name) == value for name, value in said.items()):
        kept = CellKind.objects.filter(code=code).first()
        return kept or CellKind(code=code, **said)  # built in, and as it was
    kind, _made = CellKind.objects.update_or_create(code=code, defaults=said)
    audit.record(actor, "org.cell_kind_set", kind, unit_path="", code=code)
    return kind
