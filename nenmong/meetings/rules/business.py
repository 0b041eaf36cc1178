"""What an item of the agenda is beside a matter to discuss, and what may be written under it."""

ADMISSION, MAKE_OFFICIAL, EXEMPTION = "admission", "make_official", "exemption"
DUES, DELEGATE, CLASSIFIED = "dues", "delegate", "classified"
# About one person, whose name is typed in; the committee above decides, the cell votes.
ABOUT_A_PERSON = frozenset({ADMISSION, MAKE_OFFICIAL, EXEMPTION})
BEFORE_DELEGATE = "discussion"  # the delegate speaks after the documents, the cell replies then
THREE = 3  # figures between two marks
MAX_AMOUNT = 999_999_999_999  # đồng; a cell's dues of a month are some millions


def person_of(title: str) -> str:
    """Return the name at the end of an item's title, after its colon; "" where there is none."""
    return title.partition(": ")[2].strip()


def amount(text: str) -> int | None:
    """Return a sum written as 1.250.000, 1,250,000, 1 250 000 or 1250000, đ or đồng behind it.

    None where it cannot be read. Nothing written is 0.
    """
    figures = text.strip().lower().removesuffix("đồng").removesuffix("đ").strip()
    if not figures:
        return 0
    for mark in (".", ",", " "):
        if mark in figures:
            first, *rest = figures.split(mark)
            if not 0 < len(first) <= THREE or any(len(part) != THREE for part in rest):
                return None
            figures = first + "".join(rest)
            break
    if not (figures.isascii() and figures.isdigit()):
        return None
    figures = figures.lstrip("0") or "0"
    return int(figures) if len(figures) <= len(str(MAX_AMOUNT)) else None
