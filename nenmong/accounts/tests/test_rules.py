"""Codes as printed and typed, and names to sign in with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.accounts import rules

numbers = st.integers(min_value=0, max_value=2**256)


@given(numbers)
def test_a_printed_code_typed_is_the_code(number):
    code = rules.code_of(number)
    assert rules.typed_code(rules.printed_code(code)) == code
    assert rules.typed_code(f" {code[:3]}-{code[3:6]}.{code[6:]} ") == code


@pytest.mark.parametrize(
    "typed", ["", "48219037", "4821903761", "một câu dễ nhớ", "٤٨٢١٩٠٣٧٦", "482190a76"]
)
def test_what_is_no_code_is_none(typed):
    assert rules.typed_code(typed) == ""


@given(st.lists(numbers, min_size=1, max_size=20), st.data())
def test_each_code_of_a_sheet_is_good_once(made, data):
    codes = [rules.code_of(number) for number in made]
    asked = data.draw(st.sampled_from(codes))
    used = 0
    for _time in range(codes.count(asked)):
        number = rules.matching(codes, used, asked)
        assert number is not None
        assert codes[number] == asked
        used |= 1 << number
    assert rules.matching(codes, used, asked) is None


@given(st.text(max_size=60), st.lists(st.text(max_size=10)))
def test_a_name_to_sign_in_is_free_and_can_be_typed(full_name, taken):
    name = rules.name_to_sign_in(full_name, taken)
    assert name not in taken
    assert name.isascii()
    assert rules.is_name_to_sign_in(name)


def test_a_name_to_sign_in_is_made_as_people_here_make_it():
    assert rules.name_to_sign_in("Nguyễn Văn Hùng", []) == "hungnv"
    assert rules.name_to_sign_in("Đỗ Thị Ái", ["aidt", "aidt2"]) == "aidt3"


@pytest.mark.parametrize("name", ["", "hùng nv", "a/b", "a b"])
def test_an_odd_name_is_no_name(name):
    assert not rules.is_name_to_sign_in(name)
