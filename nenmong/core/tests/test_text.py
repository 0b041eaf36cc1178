"""Vietnamese text: searched without accents, ordered as lists in Vietnam are, hashed one way."""

import json
import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nenmong.core import rules
from nenmong.core.errors import DomainError
from nenmong.core.tests.names import names, reference_key
from nenmong.core.texts import fitting

fewer = settings(max_examples=40)  # drawing a name takes longer than what is tested
ASCII = set(string.ascii_lowercase + string.digits)


# ── searching ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Thủy", "dang thi thuy"),
        ("  Chi bộ\tTổ dân phố số 5 ", "chi bo to dan pho so 5"),
        ("ƯỚC", "uoc"), ("№ 5", "no 5"), ("ﬁ", "fi"), ("a\x00b", "a b"), ("東京", ""), ("", ""),
    ],
)  # fmt: skip
def test_fold(text, folded):
    assert rules.fold(text) == folded


@fewer
@given(names)
def test_however_it_is_typed_it_folds_alike(name):
    taken_apart = unicodedata.normalize("NFD", name)
    assert rules.fold(name) == rules.fold(taken_apart) == rules.fold(name.upper())
    assert rules.fold("Thủy") == rules.fold("Thuỷ")


@given(st.text())
def test_folded_text_is_plain_and_stays_as_it_is(text):
    folded = rules.fold(text)
    assert folded.isascii()
    assert folded.isprintable()
    assert folded == folded.lower() == " ".join(folded.split()) == rules.fold(folded)


# ── order of names ──────────────────────────────────────────────────────────────────────────


@fewer
@given(names, names)
def test_names_are_ordered_as_lists_in_vietnam_are(one, other):
    ours = rules.name_key(one), rules.name_key(other)
    theirs = reference_key(one), reference_key(other)
    assert (ours[0] < ours[1]) == (theirs[0] < theirs[1])
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])


@given(st.text(max_size=120))
def test_a_key_is_made_of_digits_and_small_letters(text):
    key = rules.name_key(text)
    assert set(key) <= ASCII


@fewer
@given(names)
def test_however_it_is_typed_it_has_one_place(name):
    assert rules.name_key(unicodedata.normalize("NFD", name)) == rules.name_key(name)
    assert rules.name_key(name.upper()) == rules.name_key(name)
    assert rules.name_key("Lê Thị Hòa") == rules.name_key("Lê Thị Hoà")


@pytest.mark.parametrize(
    "ordered",
    [
        ["Ái", "An", "Ân", "Bình", "Cường", "Dung", "Dũng", "Đào", "Đạt", "Em", "Oanh", "Ổn", "Ơn",
         "Uyên", "Ước", "Yến"],
        ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"],
        ["Hoa", "Hòa", "Hoá", "Hoàn"],
        ["Lê Thị An", "Trần An", "Bùi Bình"],
        ["Nguyễn Thị Hà", "Nguyễn Văn Hà", "Nguyễn Hải"],
    ],
)  # fmt: skip
def test_order_by_example(ordered):
    assert sorted(set(ordered), key=rules.name_key) == ordered


@pytest.mark.parametrize(
    ("name", "given_name"), [("Nguyễn Thị Hà", "Hà"), ("Hà", "Hà"), ("", ""), (" ", "")]
)
def test_given_name(name, given_name):
    assert rules.given_name(name) == given_name


# ── cleaning ────────────────────────────────────────────────────────────────────────────────


@given(st.text())
def test_clean_text_is_one_line_and_clean_lines_keep_theirs(text):
    line, lines = rules.clean(text), rules.clean_lines(text)
    assert "\x00" not in line + lines
    assert line == rules.clean(line) == unicodedata.normalize("NFC", line)
    assert lines == rules.clean_lines(lines)
    assert len(line.splitlines()) <= 1
    assert rules.clean(lines) == line


def test_clean_by_example():
    assert rules.clean(" Tổ \t dân\r\n phố\u200b ") == "Tổ dân phố"
    assert rules.clean_lines(" một \r\n\r\n hai\rba \n\n") == "một\n\nhai\nba"
    assert rules.clean("To\u0302\u0309") == "Tổ"


def test_a_text_that_does_not_fit_is_refused_not_cut():
    assert fitting("x" * 10, 10) == "x" * 10
    with pytest.raises(DomainError, match=r"core\.too_long") as refused:
        fitting("x" * 11, 10)
    assert "11" in str(refused.value.message)


# ── canonical JSON ──────────────────────────────────────────────────────────────────────────

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@fewer
@given(st.dictionaries(st.text(max_size=3), values, max_size=4))
def test_one_value_has_one_text_whatever_the_order(value):
    text = rules.canonical(value)
    assert json.loads(text) == value
    assert rules.canonical(dict(reversed(value.items()))) == text
    assert "\n" not in text


def test_canonical_text_is_readable_and_has_no_nan():
    assert rules.canonical({"b": "Tổ", "a": [1, None]}) == '{"a":[1,null],"b":"Tổ"}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        rules.canonical({"a": float("nan")})


def test_sha256_is_of_utf_8():
    assert rules.sha256("Tổ").startswith("1cba8dc931d12370")
