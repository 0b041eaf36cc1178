"""Files taken in and written back: what is made, what stays, what is refused, who may."""

import io

import pytest
from django.core.management import call_command

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.org import exports
from nenmong.org.import_sentences import SENTENCES, sentence
from nenmong.org.importing import DRAFTS, IMPORTS, take
from nenmong.org.models import Member, Membership, Unit, UnitVersion
from nenmong.org.rules.cells import Fault
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory
from nenmong.ui import sheets

pytestmark = pytest.mark.django_db

UNITS = """Mã đơn vị,Tên đơn vị,Loại,Mã cấp trên,Loại hình chi bộ,Mã tổ chức đảng,Từ ngày
C01,Chi bộ Thôn Đông,chi bộ,P1,"thôn, xóm, bản",01234567890123,03/02/2020
P1,Đảng ủy phường Xuân Hòa,commune committee,T,,,2019-01-01
T,Tỉnh ủy Phú Thọ,Tỉnh ủy,,,,43466
"""
MEMBERS = """Họ và tên,Năm sinh,Điện thoại,Mã chi bộ,Tình trạng,Từ ngày
Nguyễn Thị Ái,1980,+84912345678,C01,chính thức,01/06/2021
Lê Đức,03/02/1975,0912345678,C01,dự bị,2022-06-01
"""


def run(what, text, **options):
    taken = take(what, text.encode(), "a.csv")
    return IMPORTS[what](actor=SYSTEM, lines=taken.lines, digest=taken.digest, **options)


def draft(what, text, actor=SYSTEM, **options):
    return DRAFTS[what](actor, take(what, text.encode(), "a.csv").lines, **options)


def codes(faults):
    return [(fault.row, fault.field, fault.code) for fault in faults]


def test_units_and_members_come_in_and_a_second_time_nothing_happens():
    assert run("units", UNITS) == 3
    assert run("members", MEMBERS) == 2
    cell = Unit.objects.get(code="C01")
    assert [cell.parent.code, cell.parent.parent.code] == ["P1", "T"]
    assert cell.path.startswith(cell.parent.path)
    assert (cell.registry_code, cell.cell_kind) == ("01234567890123", "village")
    assert [cell.bucket, cell.parent.parent.bucket] == [cell.parent.bucket, 0]
    assert f"{UnitVersion.objects.get(unit=cell).first_day:%Y-%m-%d}" == "2020-02-03"
    member = Member.objects.get(birth_year=1980)
    assert (member.phone, member.name_fold, member.bucket) == (
        "+84912345678", "nguyen thi ai", cell.bucket
    )  # fmt: skip
    lines = AuditEntry.objects.count()
    assert lines == 2
    assert run("units", UNITS) == run("members", MEMBERS) == 0
    assert AuditEntry.objects.count() == lines


def test_an_export_makes_the_same_installation_and_the_same_bytes():
    ward = UnitFactory(kind="commune_committee", parent=None, name="=Phường", bucket=0)
    for _ in range(3):
        cell = UnitFactory(parent=ward, bucket=0)
        for name in ("Lê Ái", "Lê Ái", "Đỗ Đạt"):
            MemberFactory.of(cell, full_name=name, phone="+84 912 345 678")
    before = [exports.export(SYSTEM, what, csv=True) for what in ("units", "members")]
    for model in (Membership, Member, UnitVersion):
        model.objects.all().delete()
    Unit.objects.exclude(parent=None).delete()
    Unit.objects.all().delete()
    run("units", before[0].decode("utf-8-sig"))
    run("members", before[1].decode("utf-8-sig"))
    assert [exports.export(SYSTEM, what, csv=True) for what in ("units", "members")] == before
    lines = AuditEntry.objects.count()
    for what, text in zip(("units", "members"), before, strict=True):
        again = draft(what, text.decode("utf-8-sig"))
        assert (again.made, again.changed, again.left, again.bad) == ([], {}, [], [])
        run(what, text.decode("utf-8-sig"))
    assert AuditEntry.objects.count() == lines


def test_a_workbook_comes_back_as_it_went():
    cell = UnitFactory()
    MemberFactory.of(cell, full_name="Lê Ái", phone="0912345678", code="007")
    book = exports.export(SYSTEM, "members", csv=False)
    again = DRAFTS["members"](SYSTEM, take("members", book, "a.xlsx").lines)
    assert (again.made, again.changed, again.left, again.bad, again.same) == ([], {}, [], [], 1)


def test_what_is_entered_already_stays_unless_it_is_overwritten():
    run("units", UNITS)
    run("members", MEMBERS)
    text = MEMBERS.replace("0912345678", "0999999999").replace("+84912345678", "")
    found = draft("members", text)
    assert codes(found.left) == [(3, "phone", "kept")]
    assert run("members", text) == 0
    assert run("members", text, overwrite=True) == 1
    assert set(Member.objects.values_list("phone", flat=True)) == {"+84912345678", "0999999999"}


def test_two_candidates_are_a_question():
    cell = UnitFactory()
    for year in (1960, 1970):
        MemberFactory.of(cell, full_name="Lê Ái", birth_year=year)
    head = "name,cell,birth year\n"
    assert codes(draft("members", f"{head}lê ái,{cell.uid},\n").questions) == [
        (2, "full_name", "two_candidates")
    ]
    assert draft("members", f"{head}lê ái,{cell.uid},1970\n").same == 1
    assert len(draft("members", f"{head}lê ái,{cell.uid},1980\n").made) == 1


BAD = """Ghi chú,Họ và tên,Mã chi bộ,Năm sinh,Email,Tình trạng,Từ ngày
a,Lê Ái,C01,80,x,gì,31/02/2020
b,Lê Ái,C09,,,,
c,,C01,,,,01/01/2099
d,Đỗ Đạt,C01,,,,
"""


def test_bad_rows_are_named_and_come_back_in_a_workbook_that_imports_again():
    run("units", UNITS)
    found = draft("members", BAD)
    assert codes(found.bad) == [
        (2, "email", "bad_email"), (2, "birth_year", "bad_year"), (2, "status", "unknown_status"),
        (2, "first_day", "bad_day"), (3, "unit", "unknown_cell"), (4, "full_name", "empty"),
        (4, "first_day", "day_to_come"),
    ]  # fmt: skip
    with pytest.raises(DomainError, match="import_faults"):
        run("members", BAD)
    assert not Member.objects.exists()
    assert run("members", BAD, good_only=True) == 1
    taken = take("members", BAD.encode(), "a.csv")
    book = exports.bad_rows("members", taken.rows, taken.heads, found.bad)
    rows = sheets.read(book, "bad.xlsx")
    assert rows[0].cells[:7] == taken.heads.headings
    assert len(rows) == 4
    assert rows[2].cells[:3] == ("b", "Lê Ái", "C09")
    assert "C09" not in rows[2].cells[7]
    again = take("members", book, "bad.xlsx")
    assert len(DRAFTS["members"](SYSTEM, again.lines).bad) == len(found.bad)
    twice = exports.bad_rows("members", again.rows, again.heads, found.bad)
    assert len(sheets.read(twice, "bad.xlsx")[0].cells) == 8


def test_faulty_units_keep_those_below_them_out():
    text = UNITS.replace("Tỉnh ủy,,,,43466", "gì,,,,43466") + "R,A,chi bộ,R,,12,\n"
    assert codes(draft("units", text).bad) == [
        (2, "parent", "unknown_parent"), (3, "parent", "unknown_parent"),
        (4, "kind", "unknown_kind"), (5, "registry_code", "bad_registry_code"),
        (5, "parent", "unknown_parent"),
    ]  # fmt: skip


def test_an_office_imports_below_itself_only_and_learns_nothing_of_others():
    mine, other = UnitFactory(), UnitFactory(code="X9")
    office = UserFactory.holding("office", mine.parent)
    text = f"name,cell\nLê Ái,{mine.uid}\nLê Ái,X9\nLê Ái,{other.uid}\n"
    found = draft("members", text, office)
    assert len(found.made) == 1
    assert codes(found.bad) == [(3, "unit", "unknown_cell"), (4, "unit", "unknown_cell")]
    text = f"name,kind,parent\nA,cell,{mine.parent.uid}\nB,cell,{other.parent.uid}\nC,cell,\n"
    found = draft("units", text, office)
    assert len(found.made) == 1
    assert codes(found.bad) == [(3, "parent", "unknown_parent"), (4, "parent", "no_root")]


def test_a_draft_asks_a_constant_number_of_questions(django_assert_num_queries):
    cell = UnitFactory()
    for count in (1, 50):
        rows = "".join(f"Lê Ái {n},{cell.uid}\n" for n in range(count))
        with django_assert_num_queries(4):
            draft("members", "name,cell\n" + rows)


def test_the_commands(tmp_path):
    file, bad = tmp_path / "a.csv", tmp_path / "bad.xlsx"
    file.write_text(UNITS, encoding="utf-8")
    out = io.StringIO()
    call_command("import", "units", str(file), "--dry-run", stdout=out)
    assert not Unit.objects.exists()
    call_command("import", "units", str(file), stdout=out)
    assert Unit.objects.count() == 3
    file.write_text(BAD, encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("import", "members", str(file), "--bad", str(bad), stdout=out, stderr=out)
    assert bad.exists()
    call_command("import", "members", str(file), "--good-rows", stdout=out)
    assert Member.objects.count() == 1
    call_command("export", "members", str(tmp_path / "out.csv"), stdout=out)
    assert "Đỗ Đạt" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(SystemExit):
        call_command("import", "members", str(tmp_path / "none.csv"), stdout=out, stderr=out)


def test_two_units_of_one_name_are_a_question_and_each_fault_has_its_sentences():
    ward = UnitFactory().parent
    for _ in range(2):
        UnitFactory(parent=ward, name="Chi bộ Đông")
    found = draft("units", f"name,kind,parent\nchi bộ đông,chi bộ,{ward.uid}\n")
    assert codes(found.questions) == [(2, "name", "two_units")]
    for code in SENTENCES:
        assert "x" in sentence("units", Fault(2, "name", "x", code, "7"))
