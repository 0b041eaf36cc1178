"""The layout of official documents: which one holds on a day, and files that cannot be used."""

import shutil
import unicodedata
from datetime import date

import pytest
import yaml
from django.conf import settings

from nenmong.core.errors import DomainError
from nenmong.ui.documents import layout_on, read_layouts

PUBLISHED = settings.PACKS / "layouts"


@pytest.fixture(scope="module")
def layouts():
    return {layout.code: layout for layout in read_layouts(PUBLISHED)}


# ── the layout of the day ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 5, 3), "36-hd-2018"),  # before the first one's day, the first
        (date(2018, 4, 3), "36-hd-2018"),
        (date(2024, 2, 5), "36-hd-2018"),
        (date(2025, 12, 31), "36-hd-2018"),
        (date(2026, 1, 1), "05-hd-2026"),
        (date(2031, 7, 3), "05-hd-2026"),
    ],
)
def test_a_day_has_the_layout_of_its_time(day, code):
    assert layout_on(day).code == code


def test_it_is_read_once():
    assert layout_on(date(2026, 1, 1)) is layout_on(date(2026, 11, 3))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
        (date(2026, 5, 3), "ngày 03 tháng 5 năm 2026"),
        (date(2026, 11, 12), "ngày 12 tháng 11 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
    ],
)
def test_a_zero_stands_where_a_figure_could_be_added(day, written):
    layout = layout_on(day)
    assert layout.full_date(day) == written
    assert layout.place_date("Xuân Hòa", day) == f"Xuân Hòa, {written}"


@pytest.mark.parametrize(
    ("number", "document", "line"),
    [
        (5, "resolution", "Số 05-NQ/CB"),
        (11, "minutes", "Số 11-BB/CB"),
        (127, "resolution", "Số 127-NQ/CB"),
    ],
)
def test_a_number_has_two_digits_and_no_colon(number, document, line):
    assert layout_on(date(2026, 11, 3)).number_line(number, document) == line


def test_without_a_number_there_is_room_to_write_one():
    line = layout_on(date(2026, 11, 3)).number_line(None, "minutes")
    assert line == "Số " + "\N{NO-BREAK SPACE}" * 6 + "-BB/CB"


@pytest.mark.parametrize(
    ("organization", "committee"),
    [
        ("Đảng bộ phường Xuân Hòa", "Đảng ủy phường Xuân Hòa"),
        ("Đảng bộ tỉnh Phú Thọ", "Tỉnh ủy Phú Thọ"),
        ("Đảng bộ huyện Lập Thạch", "Huyện ủy Lập Thạch"),
        ("Chi bộ cơ sở Trạm Y tế", "Chi bộ cơ sở Trạm Y tế"),
    ],
)
def test_an_organization_is_told_by_its_committee(organization, committee):
    layout = layout_on(date(2024, 2, 5))
    assert layout.committee_of(organization) == committee
    assert layout.recipient_lines(organization)[0] == f"- {committee} (để báo cáo),"


def test_recipients_end_with_the_cells_own_file(layouts):
    for layout in layouts.values():
        assert layout.recipient_lines("Đảng bộ xã Tam Dương")[-1] == "- Lưu Chi bộ."
        assert "{" not in "".join(layout.recipient_lines(""))  # a unit with none above


def test_the_two_layouts_differ_where_the_guidance_does(layouts):
    old, new = layouts["36-hd-2018"], layouts["05-hd-2026"]
    assert (old.end_mark, new.end_mark) == ("./.", ".")
    assert (old.sizes_pt["party"], new.sizes_pt["party"]) == (15, 14)
    assert new.margins_mm == (20, 20, 30, 15)
    assert (new.first_line_mm, new.line_pt) == (10, 18)
    assert new.behalf("regular") == "T/M CHI BỘ"
    assert new.behalf("cell_committee") == "T/M CHI ỦY"


def test_what_no_primary_text_was_seen_for_says_where_it_comes_from(layouts):
    assert "effective_from" in layouts["05-hd-2026"].secondary
    assert "margins_mm" in layouts["36-hd-2018"].secondary
    assert all(source for layout in layouts.values() for source in layout.secondary.values())


def test_unknown_kinds_and_states_are_named(layouts):
    layout = layouts["05-hd-2026"]
    with pytest.raises(DomainError) as refused:
        layout.abstract("picnic", month=date(2026, 11, 1), day=date(2026, 11, 3))
    assert "wording.abstracts.picnic" in str(refused.value.message)
    with pytest.raises(DomainError) as refused:
        layout.state("asleep")
    assert refused.value.code == "documents.layout_broken"


# ── a layout file that cannot be used ───────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path):
    for path in PUBLISHED.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, place, value, name="05-hd-2026.yaml"):
    """Set the value at a dotted place of one file; `...` takes it out."""
    content = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    *outer, last = place.split(".")
    inner = content
    for key in outer:
        inner = inner[key]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("body.line_pt", ..., "body.line_pt"),
        ("body.line_pt", "eighteen", "body.line_pt"),
        ("body.line_pt", -1, "body.line_pt"),
        ("body.line_pt", True, "body.line_pt"),
        ("margins_mm", {"top": 20, "left": 30, "right": 15}, "margins_mm.bottom"),
        ("end_mark", "", "end_mark"),
        ("effective_from", "soon", "effective_from"),
        ("number.pattern", "Số {figure}", "number.pattern"),
        ("number.pattern", "Số {number.real}", "number.pattern"),
        ("number.pattern", "Số {number", "number.pattern"),
        ("recipients.lines", ["{everyone}"], "recipients.lines"),
        ("recipients.lines", "{committee}", "recipients.lines"),
        ("wording.states", [], "wording.states"),
        ("wording.abstracts.regular", "{year}", "wording.abstracts.regular"),
        ("font", {"value": "Arial", "secondary": True}, "font.source"),
        ("effective_to", "soon", "effective_to"),
        ("effective_to", date(2030, 1, 1), "effective_to"),  # the last must have no end
        ("effective_from", date(2018, 4, 3), "effective_from"),  # that of another
        ("sizes_pt", 14, "sizes_pt.party"),
    ],
)
def test_a_broken_layout_names_file_and_value(folder, place, value, named):
    change(folder, place, value)
    with pytest.raises(DomainError) as refused:
        read_layouts(folder)
    assert refused.value.code == "documents.layout_broken"
    assert "05-hd-2026.yaml" in str(refused.value.message)
    assert named in str(refused.value.message)


@pytest.mark.parametrize("says", [None, date(2025, 12, 31)])
def test_a_layout_ends_the_day_before_the_next(folder, says):
    change(folder, "effective_to", says, name="36-hd-2018.yaml")
    old, new = read_layouts(folder)
    assert (old.effective_to, new.effective_to) == (date(2025, 12, 31), None)


def test_a_new_layout_changes_no_older_file(folder):
    shutil.copy(folder / "05-hd-2026.yaml", folder / "new.yaml")
    change(folder, "effective_from", date(2031, 7, 1), name="new.yaml")
    ends = [layout.effective_to for layout in read_layouts(folder)]
    assert ends == [date(2025, 12, 31), date(2031, 6, 30), None]


@pytest.mark.parametrize("says", [date(2017, 1, 1), date(2025, 12, 30), date(2026, 1, 1)])
def test_another_end_than_that_is_refused(folder, says):
    change(folder, "effective_to", says, name="36-hd-2018.yaml")
    with pytest.raises(DomainError) as refused:
        read_layouts(folder)
    assert "36-hd-2018.yaml" in str(refused.value.message)
    assert "effective_to" in str(refused.value.message)


@pytest.mark.parametrize("content", [b"a: [1", b"a: \xff", b"\x00", b"- 1"])
def test_a_file_that_is_not_yaml_is_named(tmp_path, content):
    (tmp_path / "new.yaml").write_bytes(content)
    with pytest.raises(DomainError) as refused:
        read_layouts(tmp_path)
    assert "new.yaml" in str(refused.value.message)


def test_no_layout_at_all_is_an_error(tmp_path):
    with pytest.raises(DomainError, match=r"documents\.layout_broken"):
        read_layouts(tmp_path)


def test_the_layouts_are_written_in_nfc():
    for path in PUBLISHED.glob("*.yaml"):
        assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


# ── files that add to a layout ──────────────────────────────────────────────────────────────

MORE = """
supplement: more
name: {vi: "Thêm"}
source: {document: "Thử", date: null}
effective_from: 2025-01-01
number: {types: {plan: CTr}}
wording: {types: {plan: "CHƯƠNG TRÌNH"}}
"""


def published_and(folder, text):
    for path in PUBLISHED.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "zz-more.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_file_that_adds_holds_from_its_first_day_beside_the_layout_in_force(tmp_path):
    spans = read_layouts(published_and(tmp_path, MORE))
    told = [(one.code, one.effective_from, one.effective_to, "plan" in one.types) for one in spans]
    assert told == [
        ("36-hd-2018", date(2018, 4, 3), date(2024, 12, 31), False),
        ("36-hd-2018", date(2025, 1, 1), date(2025, 12, 31), True),
        ("05-hd-2026", date(2026, 1, 1), None, True),
    ]


def test_a_file_that_adds_may_change_nothing(tmp_path):
    changed = MORE.replace("plan: CTr", "minutes: XX")
    with pytest.raises(DomainError, match="layout_broken") as refused:
        read_layouts(published_and(tmp_path, changed))
    assert "number.types.minutes" in str(refused.value.message)


def test_what_is_added_says_where_it_comes_from():
    layout = layout_on(date(2024, 5, 1))
    assert layout.number_line(5, "resolution", issuer="Đảng ủy phường X") == "Số 05-NQ/ĐU"
    assert layout.number_line(5, "resolution", issuer="Tỉnh ủy Phú Thọ") == "Số 05-NQ/TU"
    assert layout.number_line(5, "resolution", issuer="Chi bộ thôn 1") == "Số 05-NQ/CB"
    assert layout.number_line(None, "notice").endswith("-TB/CB")
    assert "signature.on_behalf_by_kind.congress" in layout.secondary
    with pytest.raises(DomainError, match="layout_broken"):
        layout.type_of("none")
