"""Columns of the core on real rows: ids are letters outside, numbers inside; text is folded."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from nenmong.core import rules
from nenmong.core.converters import UidConverter
from nenmong.core.fields import UidField
from nenmong.org.models import Member, Unit
from nenmong.org.tests.factories import MemberFactory, UnitFactory

NO_IDS = ["", "\x00", "x" * 13, "9" * 13, "1" * 12, "' OR 1=1 --", None.__class__.__name__]


@pytest.mark.django_db
def test_an_id_is_letters_in_python_and_a_number_in_the_database():
    unit = UnitFactory()
    assert rules.read_uid(unit.uid)
    assert Unit.objects.get(pk=unit.uid) == unit
    with connection.cursor() as cursor:
        cursor.execute('SELECT "uid" FROM "org_unit" WHERE "path" = %s', [unit.path])
        assert cursor.fetchone() == (rules.read_uid(unit.uid),)


@pytest.mark.django_db
@pytest.mark.parametrize("text", NO_IDS)
def test_what_is_no_id_finds_nothing(text):
    UnitFactory()
    assert not Unit.objects.filter(uid=text).exists()
    assert not Unit.objects.filter(uid__in=[text]).exists()
    with pytest.raises(ValidationError):
        UidField().validate(text, None)


def test_an_id_is_made_when_a_row_is_saved_and_not_before():
    assert Unit().uid is None


@pytest.mark.parametrize("number", [-1, 1 << 63, "x"])
def test_what_was_not_written_by_us_is_shown_as_it_is(number):
    assert UidField().from_db_value(number) == str(number)


@pytest.mark.django_db
def test_folded_text_follows_its_own():
    member = MemberFactory(full_name="Đặng Thị Thủy")
    assert member.name_fold == "dang thi thuy"
    member.full_name = "Đặng Thị Ái"
    member.save(update_fields=["full_name", "name_fold", "name_key"])
    kept = Member.objects.get()
    assert (kept.name_fold, kept.name_key) == ("dang thi ai", rules.name_key("Đặng Thị Ái"))


@pytest.mark.parametrize("text", ["0" * 13, "7zzzzzzzzzzzz", rules.write_uid(rules.MAX_UID)])
def test_an_id_stands_in_a_url_as_it_is(text):
    converter = UidConverter()
    assert converter.to_url(converter.to_python(text)) == text
