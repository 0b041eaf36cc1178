"""Make the starting Word templates on opinions: transfer slip, answer letter, list.

As `word_templates.py`, whose pieces and notation it uses: `python scripts/word_opinions.py`.
"""

import sys
from pathlib import Path

from docx.document import Document
from word_templates import ROOT, _around, _begun, _finished, _signed, _table, _text, _write, packed

from nenmong.ui.documents.styles import Style

FOLDER = ROOT / "nenmong" / "opinions" / "word"

LETTER = """\
Ngày {{ raised_on }}, {{ to }} nêu ý kiến: “{{ asked }}”
{{ sender }} trả lời như sau:
& _Kết quả:_ {{ result|sentence }}
if text | {{ text }}
if who | - Người, đơn vị thực hiện: {{ who|sentence }}
if done_on | - Ngày làm xong: {{ done_on }}.
if promised_on | - Hạn làm xong: {{ promised_on }}.
if means | - Kinh phí, cách làm: {{ means|sentence }}
if rest | - Việc còn lại: {{ rest|sentence }}
if basis | - Căn cứ: {{ basis|sentence }}
if whose | - Thuộc thẩm quyền của: {{ whose|sentence }}
& Đề nghị chi ủy đọc câu trả lời này tại buổi sinh hoạt gần nhất\
{% if asks %} để chi bộ biểu quyết: đã giải quyết, giải quyết một phần hay chưa giải quyết\
{% endif %}{{ end_mark }}
"""
SLIP = """\
{{ sender }} chuyển ý kiến sau đến {{ to }}:
- Nơi nêu ý kiến: {{ unit|sentence }}
- Ngày nêu: {{ raised_on }}.
if kind | - Loại: {{ kind|sentence }}
if field | - Lĩnh vực: {{ field|sentence }}
if issue | - Thuộc vấn đề chung: {{ issue|sentence }}
- Nội dung: “{{ asked }}”
if reason | - Lý do chuyển: {{ reason|sentence }}
if due_on | - Hạn: {{ due_on }}.
# Ý kiến đã qua
"""
SLIP_END = """\
& Đề nghị {{ to }} tiếp nhận, giải quyết và trả lời để đọc lại tại chi bộ{{ end_mark }}
"""
STAYS = (
    (11, "TT", "{{ loop.index }}", True),
    (74, "Nơi giữ", "{{ one.desk }}", False),
    (28, "Từ ngày", "{{ one.since }}", True),
    (28, "Đến ngày", "{{ one.until }}", True),
    (24, "Số ngày làm việc", "{{ one.days }}", True),
)
ROWS = (
    (10, "TT", "{{ loop.index }}", True),
    (29, "Chi bộ", "{{ one.unit }}", False),
    (27, "Ngày nêu", "{{ one.raised_on }}", True),
    (46, "Nội dung", "{{ one.text }}", False),
    (25, "Đang ở", "{{ one.desk }}", False),
    (28, "Tình trạng",
     "{{ one.state }}{% if one.due_on %}; hạn {{ one.due_on }}{% endif %}", False),
)  # fmt: skip


def letter() -> Document:
    """Return the template of an answer letter: it bears no type, its matter stands at the left."""
    document = _begun()
    for style in (Style.TYPE, Style.ABSTRACT, Style.ABSTRACT_RULE):
        for paragraph in [p for p in document.paragraphs if p.style and p.style.name == style]:
            paragraph._p.getparent().remove(paragraph._p)
    _text(document.tables[0].rows[0].cells[0], "{{ abstract }}", Style.NUMBER)
    _text(document, "", Style.STAR)
    _text(document, "_Kính gửi:_ {{ to }}", Style.ABSTRACT)
    _text(document, "", Style.STAR)
    _write(document, LETTER)
    _signed(document, "signer")
    return _finished(document)


def slip() -> Document:
    """Return the template of a transfer slip."""
    document = _begun()
    _text(document, "_Kính gửi:_ {{ to }}", Style.ABSTRACT)
    _text(document, "", Style.STAR)
    _write(document, SLIP)
    _table(document, "one in stays", STAYS)
    _text(document, "", Style.BODY)
    _write(document, SLIP_END)
    _signed(document, "signer")
    return _finished(document)


def listing() -> Document:
    """Return the template of a list of opinions."""
    document = _begun(numbered=False)
    _around(document, "if note", "{{ note }}")
    _table(document, "one in rows", ROWS)
    return _finished(document)


TEMPLATES = {"tra-loi-y-kien": letter, "phieu-chuyen": slip, "danh-sach-y-kien": listing}

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for stem, template in TEMPLATES.items():
        path = folder / f"{stem}.docx"
        path.write_bytes(packed(template()))
        print(path)
