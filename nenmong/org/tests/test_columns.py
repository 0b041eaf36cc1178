"""Headings and cells of a file, without a database."""

import unicodedata
from datetime import date

import pytest

from nenmong.org.rules import cells, columns


def found(what, *rows, saved=None):
    offered = columns.candidates(what, rows)
    heads = columns.find(offered, {one.digest: saved for one in offered} if saved else {})
    if columns.missing(what, heads):
        return None
    return (
        {field: heads.headings[at] for field, at in heads.columns.items()},
        heads.after,
    )


def test_headings_in_either_language_in_any_order_with_or_without_accents():
    row = ("STT", "email", "HỌ VÀ TÊN *", unicodedata.normalize("NFD", "Mã chi bộ:"), "born")
    assert found("members", ("DANH SÁCH",), row) == (
        {"email": row[1], "full_name": row[2], "unit": row[3], "birth_year": row[4]}, 2
    )  # fmt: skip


def test_headings_merged_over_two_rows():
    upper, lower = ("TT", "Họ và tên", "Liên hệ", "", "Mã chi bộ"), ("", "", "Điện thoại", "Email")
    columns_found, after = found("members", upper, lower, ("1", "Lê Ái"))
    assert columns_found["phone"] == "Điện thoại"
    assert columns_found["email"] == "Email"
    assert after == 2


def test_without_the_needed_headings_nothing_is_found_but_a_saved_mapping_knows_them():
    row = ("Ai", "Ở đâu")
    assert found("members", row) is None
    assert found("members", row, saved={"full_name": 0, "unit": 1}) is not None


def test_what_an_export_writes_is_found_whole():
    for what, names in columns.COLUMNS.items():
        assert list(found(what, columns.headings(what))[0]) == list(names)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/02/2026", date(2026, 2, 3)), ("3.2.2026", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)), ("46056", date(2026, 2, 3)), ("31/02/2026", None),
        ("02/2026", None), ("hôm nay", None), ("03/02/0026", None), ("99999", None),
    ],
)  # fmt: skip
def test_days(text, day):
    assert cells.day(text) == day


@pytest.mark.parametrize(
    ("text", "year"),
    [("1980", 1980), ("03/02/1980", 1980), ("80", None), ("2027", None), ("", None)],
)
def test_years_of_birth(text, year):
    assert cells.year(text, last=2026) == year


def test_words():
    assert cells.word("Dự bị", cells.STATUS_WORDS) == "probationary"
    assert cells.word("grassroots_cell", cells.KIND_WORDS) == "grassroots_cell"
    assert cells.word("gì đó", cells.KIND_WORDS) is None


def test_a_column_without_a_field_is_named():
    heads = columns.find(columns.candidates("members", [["Họ tên", "Chi bộ", "Ghi chú", ""]]), {})
    assert heads.unread == ("Ghi chú",)


def test_where_no_name_is_known_the_fullest_row_is_offered():
    rows = [("DANH SÁCH", "", ""), ("Ai", "Ở đâu", "Bao giờ"), ("Lê Ái", "CB1", "")]
    heads = columns.find(columns.candidates("members", rows), {})
    assert heads.headings == rows[1]
    assert columns.missing("members", heads) == ["Họ và tên", "Mã chi bộ"]


def test_what_someone_said_adds_to_what_is_known_and_overrides_nothing():
    row = ("Họ tên", "Chi bộ", "Tên gọi", "Tên gọi")
    said = {"full_name": 2, "unit": 0, "email": 3, "phone": 9, "code": "x"}
    heads = columns.find(
        columns.candidates("members", [row]),
        {one.digest: said for one in columns.candidates("members", [row])},
    )
    assert heads.columns == {"full_name": 0, "unit": 1, "email": 3}
