"""The kinds of cell: renamed, added, retired; a unit keeps the kind it has."""

import re
from collections.abc import Iterable
from itertools import chain, count

from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean, fold
from nenmong.core.texts import fitting
from nenmong.org import access, queries
from nenmong.org.models import CellKind


def _free_code(name: str, known: Iterable[str]) -> str:
    """Return a code for a new kind that no other kind has."""
    base = re.sub(r"\W+", "_", fold(name)).strip("_")[:26] or "other"
    taken = set(known)
    codes = chain([base], (f"{base}_{number}" for number in count(2)))
    return next(code for code in codes if code not in taken)


@action
def set_cell_kind(
    *, actor: Actor, code: str, name_vi: str, name_en: str = "", retired: bool = False
) -> CellKind:
    """Change a kind of cell, or add one where `code` is empty; its English may be left out.

    Raises:
        NotAllowed: `actor` may not edit the list of kinds.
        DomainError: `org.no_kind_name`, `org.unknown_kind`, `org.kind_known`,
            `core.too_long`.
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
    if not code:
        alike = [kind for kind in known.values() if fold(kind.name_vi) == fold(name_vi)]
        if alike:
            raise DomainError(
                "org.kind_known",
                _("There is a kind “%(name)s” already. Mend that one, or choose another name.")
                % {"name": alike[0].name_vi},
            )
        code = _free_code(name_en, known)
    said = {"name_vi": name_vi, "name_en": name_en, "retired": retired}
    if code in known and all(getattr(known[code], name) == value for name, value in said.items()):
        kept = CellKind.objects.filter(code=code).first()
        return kept or CellKind(code=code, **said)  # built in, and as it was
    kind, _made = CellKind.objects.update_or_create(code=code, defaults=said)
    audit.record(actor, "org.cell_kind_set", kind, unit_path="", code=code)
    return kind
