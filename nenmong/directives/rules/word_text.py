"""The text of a Word file, paragraph by paragraph, from the XML of its body.

Numbers that Word counts by itself are written out: without them points would lose their order. A
table becomes a line a row. What was changed with tracking on is refused: it is two texts in one.
"""

from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Text that was put in, taken out or moved while changes were tracked.
TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})
BETWEEN = " · "  # cells of one row


class TrackedChangesError(ValueError):
    """The file holds changes that nobody has accepted or rejected."""


def text_of(document: bytes, numbering: bytes = b"") -> str:
    """Return the text of a document's body, a paragraph a line.

    Args:
        document: the part `word/document.xml`, of a file that was examined.
        numbering: the part `word/numbering.xml`, where there is one.

    Raises:
        TrackedChangesError: changes were tracked.
    """
    root = ElementTree.fromstring(document)  # noqa: S314 -- parts with a document type are refused
    if any(element.tag in {W + name for name in TRACKED} for element in root.iter()):
        raise TrackedChangesError
    body = root.find(f"{W}body")
    lists = Lists(numbering)
    lines = [] if body is None else list(_lines(body, lists))
    return "\n".join(line for line in lines if line)


def _lines(parent: ElementTree.Element, lists: "Lists") -> Iterator[str]:
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element, lists)
        elif element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                cells = (" ".join(_lines(cell, lists)).strip() for cell in row.findall(f"{W}tc"))
                yield BETWEEN.join(text for text in cells if text)
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
            yield from _lines(element, lists)


def _paragraph(element: ElementTree.Element, lists: "Lists") -> Iterator[str]:
    """Yield the lines of a paragraph; a break by hand begins another one."""
    words = "".join(_words(element))
    mark = lists.mark(element) if words.strip() else ""
    first, *more = [" ".join(line.split()) for line in words.split("\n")]
    yield f"{mark} {first}".strip()
    yield from more


def _words(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield "\n" if child.get(f"{W}type") != "page" else " "
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag in {f"{W}noBreakHyphen", f"{W}softHyphen"}:
            yield "-" if child.tag == f"{W}noBreakHyphen" else ""
        elif child.tag not in {f"{W}pPr", f"{W}rPr", ALTERNATE, f"{W}instrText", f"{W}txbxContent"}:
            yield from _words(child)


class Lists:
    """Numbers and bullets as Word counts them, by list and level."""

    def __init__(self, numbering: bytes) -> None:
        self.levels: dict[str, dict[int, tuple[str, str]]] = {}
        self.at: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering:
            self._read(ElementTree.fromstring(numbering))  # noqa: S314 -- as above

    def _read(self, root: ElementTree.Element) -> None:
        kinds: dict[str, dict[int, tuple[str, str]]] = {}
        for one in root.findall(f"{W}abstractNum"):
            levels = {}
            for level in one.findall(f"{W}lvl"):
                number = level.get(f"{W}ilvl", "0")
                if number.isdigit():
                    levels[int(number)] = (_value(level, "numFmt"), _value(level, "lvlText"))
            kinds[one.get(f"{W}abstractNumId", "")] = levels
        for one in root.findall(f"{W}num"):
            self.levels[one.get(f"{W}numId", "")] = kinds.get(_value(one, "abstractNumId"), {})

    def mark(self, paragraph: ElementTree.Element) -> str:
        """Return the number or bullet before a paragraph, counting it."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is None:
            return ""
        which, depth = _value(found, "numId"), _value(found, "ilvl") or "0"
        levels = self.levels.get(which)
        if not levels or not depth.isdigit() or int(depth) not in levels:
            return ""
        level = int(depth)
        counts = self.at[which]
        counts[level] = counts.get(level, 0) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        form, pattern = levels[level]
        if form in {"bullet", "none"}:
            return "-" if form == "bullet" else ""
        for one in range(level + 1):
            own = levels.get(one, (form, ""))[0]
            pattern = pattern.replace(f"%{one + 1}", _counted(counts.get(one, 1), own))
        return pattern


def _value(element: ElementTree.Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
    (1, "I"),
)  # fmt: skip
LETTERS = 26


def _counted(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % LETTERS)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"}:
        text = ""
        for value, letters in ROMAN:
            times, number = divmod(number, value)
            text += letters * times
        return text if form == "upperRoman" else text.lower()
    return str(number)
