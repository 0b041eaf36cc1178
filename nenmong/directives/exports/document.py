"""A document as Word, in the layout in force on its day: heads, text, signature, recipients."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation

from nenmong.core import clock
from nenmong.core.rules import clean_lines
from nenmong.directives.models import Directive
from nenmong.directives.rules import kinds
from nenmong.org.models import Post, Unit, in_force
from nenmong.org.queries import version_on
from nenmong.ui.documents import PARAGRAPH, About, Layout, layout_on, render

TEMPLATE = Path(__file__).resolve().parent.parent / "word" / "van-ban.docx"
DRAFT_MARK = "DỰ THẢO"
# By how its name begins, by which a layout knows on whose behalf is signed.
BODIES = {"Tỉnh ủy": "province", "Thành ủy": "city"}


@translation.override("vi")
def document_docx(one: Directive) -> bytes:
    """Return a document as Word; one that is not issued says that it is a draft."""
    on = one.issued_on or clock.today()
    layout = layout_on(on)
    unit = version_on(one.issuer_id, on) or one.issuer
    above = unit.parent and (version_on(unit.parent.uid, on) or unit.parent)
    above_name = above.organization_name if above and not one.outside_issuer else ""
    issuer = one.outside_issuer or unit.name
    key = f"doc_{one.kind}"
    context: dict[str, Any] = {
        "upper": above_name.upper(), "issuer": issuer.upper(), "star": layout.star,
        "number_line": _number_line(one, layout, key, issuer), "party": layout.party,
        "place_date": layout.place_date(unit.locality, on) if one.issued_on else DRAFT_MARK,
        "type": layout.type_of(key), "abstract": one.title, "text": _text(one.text),
        "end_mark": layout.end_mark,
        "on_behalf": "" if one.outside_issuer else layout.behalf(_body(one.issuer, issuer)),
        "recipients_title": layout.recipients_title,
        "recipients": layout.recipient_lines(
            above_name, "doc_cell" if one.issuer.is_cell else "doc"
        ),
        "signer": _signer(one, on),
    }  # fmt: skip
    about = About(title=one.name, author=issuer, on=clock.now())
    return render(TEMPLATE, context, layout=layout, about=about)


def _text(text: str) -> str:
    """Return the text as the template prints it; its last full stop is the layout's end mark."""
    lines = [line.strip() for line in clean_lines(text).splitlines() if line.strip()]
    return PARAGRAPH.join(lines).removesuffix("./.").removesuffix(".")


def _number_line(one: Directive, layout: Layout, key: str, issuer: str) -> str:
    """Return the number as it was typed, or room to write one by hand."""
    if one.number:
        return layout.number_pattern.partition("{number}")[0] + one.number
    if one.outside_issuer or not kinds.of(one.kind).letters:
        return ""
    return layout.number_line(None, key, issuer=issuer)


def _body(unit: Unit, name: str) -> str:
    if unit.is_cell:
        return "cell"
    found = (body for begins, body in BODIES.items() if name.startswith(begins))
    return next(found, "committee")


def _signer(one: Directive, on: date) -> dict[str, str]:
    """Return who signs by their post on the day; of a draft the post alone. One query."""
    if one.outside_issuer:
        return {"name": "", "post": ""}
    rows = Post.objects.filter(
        in_force(on), unit=one.issuer_id, role="secretary" if one.issuer.is_cell else "head"
    )
    held = rows.select_related("member").order_by("first_day", "uid").first()
    name = held.member.full_name if held and one.issued_on else ""
    return {"name": name, "post": (held.title if held else "") or "Bí thư"}
