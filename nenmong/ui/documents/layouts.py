"""How official documents look on a given day: measures and wording from `packs/layouts/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from django.conf import settings

from nenmong.ui.documents.reading import Reader, broken

T = TypeVar("T")
# The type sizes a layout must name; the styles of the templates refer to them.
SIZES = (
    "party", "upper", "issuer", "number", "place_date", "type", "abstract", "body", "table",
    "signature", "recipients_title", "recipients", "page_number", "foot",
)  # fmt: skip


class Margins(NamedTuple):
    """Distances of the text from the paper's edges, in mm."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """One format of official documents, in force from its first day to its last, both included.

    Names ending in `_mm` are millimetres, in `_pt` points. `secondary` holds, by the value's place
    in the file, where a value comes from that no primary text was seen for.
    """

    code: str
    name: str
    document: str
    effective_from: date
    effective_to: date | None
    paper_mm: tuple[float, float]
    margins_mm: Margins
    font: str
    sizes_pt: Mapping[str, float]
    first_line_mm: float
    line_pt: float
    after_pt: float
    page_number_top_mm: float
    columns_mm: tuple[float, float]
    party: str
    party_rule_mm: float
    abstract_rule_mm: float
    star: str
    number_pattern: str
    number_digits: int
    number_types: Mapping[str, str]
    types: Mapping[str, str]
    number_issuer: str
    place_date_pattern: str
    date_pattern: str
    month_pattern: str
    zero_days_below: int
    zero_months_up_to: int
    end_mark: str
    on_behalf: str
    on_behalf_by_kind: Mapping[str, str]
    recipients_title: str
    recipients: tuple[str, ...]
    recipients_last: str
    abstracts: Mapping[str, str]
    states: Mapping[str, str]
    committees: Mapping[str, str]
    secondary: Mapping[str, str]
    # From files that add to a layout; empty without one.
    number_issuers: Mapping[str, str]
    number_issuers_by_kind: Mapping[str, str]
    recipients_of: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]]

    def number_line(
        self, number: int | None, document: str, *, issuer: str = "", kind: str = ""
    ) -> str:
        """Return `Số 05-NQ/CB`; without a number yet, room to write one by hand.

        `issuer`: the name of whose document it is, `kind`: of the meeting; both settle the code.
        """
        figure = "\N{NO-BREAK SPACE}" * 6 if number is None else f"{number:0{self.number_digits}}"
        code = self.number_issuers_by_kind.get(kind) or _by_beginning(
            self.number_issuers, issuer, self.number_issuer
        )
        return self.number_pattern.format(
            number=figure, type=self._of(self.number_types, "number.types", document), issuer=code
        )

    def type_of(self, document: str) -> str:
        """Return what a document is called: `NGHỊ QUYẾT`.

        Raises:
            DomainError: `documents.layout_broken` when the layout has no name for it.
        """
        return self._of(self.types, "wording.types", document)

    def words_of(self, kind: str) -> Mapping[str, str]:
        """Return what the body that meets, who belongs to it and its sitting are called."""
        default = self._of(self.words, "wording.words", "cell")
        return MappingProxyType({**default, **self.words.get(kind, {})})

    def _of(self, values: Mapping[str, T], place: str, key: str) -> T:
        if key not in values:
            raise broken(f"{self.code}.yaml", f"{place}.{key}")
        return values[key]

    def full_date(self, day: date) -> str:
        """Return `ngày 03 tháng 11 năm 2026`; before a zero no figure can be added."""
        figure = f"{day.day:02}" if day.day < self.zero_days_below else str(day.day)
        return self.date_pattern.format(day=figure, month=self._month_figure(day), year=day.year)

    def month(self, day: date) -> str:
        """Return `tháng 11 năm 2026`."""
        return self.month_pattern.format(month=self._month_figure(day), year=day.year)

    def place_date(self, place: str, day: date) -> str:
        """Return `Xuân Hòa, ngày 03 tháng 11 năm 2026`."""
        return self.place_date_pattern.format(place=place, date=self.full_date(day))

    def abstract(self, kind: str, *, month: date, day: date) -> str:
        """Return what stands below the document's type, by kind of meeting.

        Raises:
            DomainError: `documents.layout_broken` when the layout has no wording for the kind.
        """
        if kind not in self.abstracts:
            raise broken(f"{self.code}.yaml", f"wording.abstracts.{kind}")
        return self.abstracts[kind].format(month=self.month(month), date=self.full_date(day))

    def state(self, state: str) -> str:
        """Return how a task stands, in words.

        Raises:
            DomainError: `documents.layout_broken` when the layout has no word for the state.
        """
        state = state or "unsaid"  # nothing was said of it yet: only a draft holds such a row
        if state not in self.states:
            raise broken(f"{self.code}.yaml", f"wording.states.{state}")
        return self.states[state]

    def behalf(self, kind: str) -> str:
        """Return on whose behalf the chair of a meeting of this kind signs: `T/M CHI BỘ`."""
        return self.on_behalf_by_kind.get(kind, self.on_behalf)

    def committee_of(self, organization: str) -> str:
        """Return the committee of an organisation: `Đảng bộ phường X` has `Đảng ủy phường X`."""
        for beginning in sorted(self.committees, key=len, reverse=True):
            if organization.casefold().startswith(beginning.casefold()):
                return self.committees[beginning] + organization[len(beginning) :]
        return organization

    def recipient_lines(self, above: str, *sets: str) -> list[str]:
        """Return to whom a document goes, as printed; a unit with none above reports to none.

        `sets`: names of lists to look for, the closest first; without one, those of a resolution.
        """
        named = next((self.recipients_of[one] for one in sets if one in self.recipients_of), None)
        *lines, last = named or (*self.recipients, self.recipients_last)
        filled = [
            line.format(committee=self.committee_of(above))
            for line in lines
            if above or "{committee}" not in line
        ]
        return [f"- {line}," for line in filled] + [f"- {last}"]

    def _month_figure(self, day: date) -> str:
        return f"{day.month:02}" if day.month <= self.zero_months_up_to else str(day.month)


def _by_beginning(values: Mapping[str, str], name: str, other: str) -> str:
    found = (one for one in values if name.casefold().startswith(one.casefold()))
    return values[longest] if (longest := max(found, key=len, default="")) else other


def layout_on(day: date) -> Layout:
    """Return the layout in force on `day`; before the first one's day, the first.

    Raises:
        DomainError: `documents.layout_broken` when a file under `packs/layouts/` cannot be used.
    """
    layouts = _published()
    return next((one for one in reversed(layouts) if one.effective_from <= day), layouts[0])


@lru_cache(maxsize=1)
def _published() -> tuple[Layout, ...]:
    return read_layouts(settings.PACKS / "layouts")


def read_layouts(folder: Path) -> tuple[Layout, ...]:
    """Read every layout in `folder`, oldest first; each ends the day before the next one begins.

    Raises:
        DomainError: `documents.layout_broken`: a file cannot be read, a value is missing or of the
            wrong sort, two layouts begin on one day, or a file says another end than that.
    """
    files = [Reader.of_file(path) for path in sorted(folder.glob("*.yaml"))]
    more = sorted((one for one in files if one.has("supplement")), key=_first_day)
    bases = [(one.file, _layout(one), one) for one in files if not one.has("supplement")]
    if not bases:
        raise broken(folder.name, "*.yaml")
    bases.sort(key=lambda base: base[1].effective_from)
    ends: list[date | None] = []
    for (name, one, _), (next_name, following, _) in pairwise(bases):
        if one.effective_from == following.effective_from:
            raise broken(f"{name}, {next_name}", "effective_from")
        ends.append(following.effective_from - timedelta(days=1))
    ends.append(None)
    layouts: list[Layout] = []
    for (name, one, reader), end in zip(bases, ends, strict=True):
        if one.effective_to not in (None, end):
            raise broken(name, "effective_to")
        layouts += _spans(replace(one, effective_to=end), reader, more)
    return tuple(layouts)


def _first_day(reader: Reader) -> date:
    return reader.day("effective_from")


def _spans(one: Layout, reader: Reader, more: Sequence[Reader]) -> list[Layout]:
    """Return a layout as it stood from its first day, and from each day a file added to it."""
    spans: list[Layout] = []
    for adding in more:
        if one.effective_to and _first_day(adding) > one.effective_to:
            break
        reader = reader.with_more(adding)
        since = max(one.effective_from, _first_day(adding))
        if spans or since > one.effective_from:
            last = spans.pop() if spans else one
            if since > last.effective_from:
                spans.append(replace(last, effective_to=since - timedelta(days=1)))
        spans.append(replace(_layout(reader), effective_from=since, effective_to=one.effective_to))
    return spans or [one]


def _layout(reader: Reader) -> Layout:
    return Layout(
        code=reader.text("layout"),
        name=reader.text("name.vi"),
        document=reader.text("source.document"),
        effective_from=reader.day("effective_from"),
        effective_to=reader.day_or_none("effective_to"),
        paper_mm=(reader.number("paper_mm.width"), reader.number("paper_mm.height")),
        margins_mm=Margins(*(reader.number(f"margins_mm.{side}") for side in Margins._fields)),
        font=reader.text("font"),
        sizes_pt=MappingProxyType({size: reader.number(f"sizes_pt.{size}") for size in SIZES}),
        first_line_mm=reader.number("body.first_line_mm"),
        line_pt=reader.number("body.line_pt"),
        after_pt=reader.number("body.after_pt"),
        page_number_top_mm=reader.number("page_number_top_mm"),
        columns_mm=(
            reader.number("heads.columns_mm.left"),
            reader.number("heads.columns_mm.right"),
        ),
        party=reader.text("heads.party"),
        party_rule_mm=reader.number("heads.party_rule_mm"),
        abstract_rule_mm=reader.number("heads.abstract_rule_mm"),
        star=reader.text("heads.star"),
        number_pattern=reader.pattern("number.pattern", "number", "type", "issuer"),
        number_digits=int(reader.number("number.digits")),
        number_types=reader.texts("number.types"),
        types=reader.texts("wording.types"),
        number_issuer=reader.text("number.issuer"),
        place_date_pattern=reader.pattern("place_date.pattern", "place", "date"),
        date_pattern=reader.pattern("place_date.date", "day", "month", "year"),
        month_pattern=reader.pattern("place_date.month", "month", "year"),
        zero_days_below=int(reader.number("place_date.zero_days_below")),
        zero_months_up_to=int(reader.number("place_date.zero_months_up_to")),
        end_mark=reader.text("end_mark"),
        on_behalf=reader.text("signature.on_behalf"),
        on_behalf_by_kind=reader.texts("signature.on_behalf_by_kind"),
        recipients_title=reader.text("recipients.title"),
        recipients=reader.patterns("recipients.lines", "committee"),
        recipients_last=reader.text("recipients.last"),
        abstracts=reader.texts("wording.abstracts", "month", "date"),
        states=reader.texts("wording.states"),
        committees=reader.texts("wording.committees"),
        secondary=MappingProxyType(reader.secondary),
        number_issuers=reader.texts_or_none("number.issuers"),
        number_issuers_by_kind=reader.texts_or_none("number.issuers_by_kind"),
        recipients_of=reader.lists_or_none("recipients.of", "committee"),
        words=reader.tables_or_none("wording.words"),
    )
