"""What is taken as a document and what is not: by content, whatever the name says."""

import contextlib
import io
import zipfile
import zlib

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nenmong.core.files import Refused, Why, examine, pdf, picture, word

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n{}\nstartxref\n9\n%%EOF\n"
TYPES = b'<?xml version="1.0"?><Types xmlns="http://x">%s</Types>'
RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="http://x">%s</Relationships>'


def pdf_with(more=b""):
    return PDF.replace(b"{}", more)


def packed(objects, described=b"/Type /ObjStm /Filter /FlateDecode"):
    body = zlib.compress(objects)
    return b"2 0 obj\n<< " + described + b" >>\nstream\n" + body + b"\nendstream\nendobj"


def docx_with(parts=(), without=()):
    out = io.BytesIO()
    Document().save(out)
    new = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        names = dict(parts)
        for name in old.namelist():
            if name not in names and name not in without:
                made.writestr(name, old.read(name))
        for name, content in parts:
            made.writestr(name, content)
    return new.getvalue()


def drawn(form, mode="RGB", size=(40, 20), **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def why(content):
    with pytest.raises(Refused) as refused:
        examine(content)
    return refused.value.why


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf_with(), "pdf"),
        (pdf_with(packed(b"<< /Type /Page >>")), "pdf"),
        (pdf_with(b"<< /S /URI /URI (http://x) /JS2 1 >>"), "pdf"),
        (docx_with(), "docx"),
        (drawn("JPEG"), "jpeg"),
        (drawn("JPEG", "CMYK"), "jpeg"),
        (drawn("PNG", "RGBA"), "png"),
        (drawn("PNG", "P"), "png"),
        (drawn("PNG", "1"), "png"),
        (drawn("PNG", "I;16"), "png"),
    ],
)
def test_what_is_taken(content, kind):
    examined = examine(content)
    assert examined.kind == kind
    assert kind in {"jpeg", "png"} or examined.content == content
    assert examine(examined.content).kind == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Why.EMPTY),
        (b"MZ\x90\x00", Why.UNKNOWN),
        (b"<html><script>alert(1)</script>", Why.UNKNOWN),
        (b"GIF89a" + pdf_with(), Why.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, Why.OLD_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + word.LOCKED, Why.LOCKED),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Why.PHONE_PICTURE),
        (pdf_with()[:-12], Why.DAMAGED),
        (pdf_with(b"trailer << /Encrypt 5 0 R >>"), Why.LOCKED),
        (pdf_with(b"<< /S /JavaScript /JS (x) >>"), Why.ACTIVE),
        (pdf_with(b"<< /S /J#61va#53cript >>"), Why.ACTIVE),
        (pdf_with(b"<</S/Launch/F(cmd.exe)>>"), Why.ACTIVE),
        (pdf_with(b"<</Type/EmbeddedFile>>"), Why.ACTIVE),
        (pdf_with(b"<</Names<</EmbeddedFiles 3 0 R>>>>"), Why.ACTIVE),
        (pdf_with(packed(b"x" * 70000 + b"<</S/JavaScript>>")), Why.ACTIVE),
        (pdf_with(packed(b"<</S/JavaScript>>", b"/Filter /FlateDecode")), Why.ACTIVE),
        (pdf_with(packed(b"x", b"/Type /ObjStm /Filter /Fl /Predictor 12")), Why.DAMAGED),
        (pdf_with(b"2 0 obj << /Type /ObjStm /Filter /LZWDecode >>\nstream\nabc"), Why.DAMAGED),
        (b"PK\x03\x04 not a zip", Why.DAMAGED),
        (docx_with(without=["word/document.xml"]), Why.UNKNOWN),
        (docx_with()[:-40], Why.DAMAGED),
        (docx_with([("word/vbaProject.bin", b"x")]), Why.MACROS),
        (docx_with([("WORD/VBADATA.XML", b"<a/>")]), Why.MACROS),
        (
            docx_with([
                ("[Content_Types].xml",
                 TYPES % b'<Override ContentType="application/vnd.macroEnabled.main"/>')
            ]),
            Why.MACROS,
        ),
        (docx_with([("word/embeddings/oleObject1.bin", b"x")]), Why.OBJECTS),
        (docx_with([("word/activeX/activeX1.xml", b"<a/>")]), Why.OBJECTS),
        (docx_with([("../../etc/passwd", b"x")]), Why.DAMAGED),
        (docx_with([("word/Document.xml", b"<a/>")]), Why.DAMAGED),  # a second one, by another name
        (docx_with([("word/document.xml", b"<a><b></a>")]), Why.DAMAGED),
        (
            docx_with([("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')]),
            Why.DAMAGED,
        ),
    ],
)  # fmt: skip
def test_what_is_not_taken(content, reason):
    assert why(content) == reason


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        ('Type="http://s/attachedTemplate" Target="http://x/a.dotm" TargetMode="External"',
         Why.OUTSIDE),
        ('Type="http://s/image" Target="http://x/a.png" TargetMode="External"', Why.OUTSIDE),
        ('Type="http://s/oleObject" Target="a.bin"', Why.OBJECTS),
        ('Type="http://s/aFChunk" Target="a.html"', Why.OBJECTS),
        ('Type="http://m/vbaProject" Target="x.dat"', Why.MACROS),
    ],
)  # fmt: skip
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_what_a_word_file_may_not_relate_to(relation, reason, coding):
    text = f'<?xml version="1.0" encoding="{coding}"?><Relationships xmlns="http://x">' + (
        f'<Relationship Id="r1" {relation}/></Relationships>'
    )
    assert why(docx_with([("word/_rels/settings.xml.rels", text.encode(coding))])) == reason


def test_links_to_pages_stay():
    link = (
        b'<Relationship Id="r" Type="http://s/hyperlink" Target="http://x" TargetMode="External"/>'
    )
    assert examine(docx_with([("word/_rels/x.xml.rels", RELATIONS % link)])).kind == "docx"


@pytest.mark.parametrize("runs", [("DDEAUTO c:\\a",), ("DD", "EAUTO c:\\a"), ("dde x",)])
def test_a_field_that_starts_a_program_is_found_in_pieces_too(runs):
    text = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    body = f'<w:p xmlns:w="http://w">{text}</w:p>'.encode()
    assert why(docx_with([("word/header1.xml", body)])) == Why.OUTSIDE


def test_a_bomb_is_bounded(monkeypatch):
    monkeypatch.setattr(word, "MOST_UNPACKED", 500_000)
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 500_000)
    assert why(docx_with([("word/media/a.png", b"\0" * 2_000_000)])) == Why.TOO_MUCH_INSIDE
    assert why(pdf_with(packed(b"\0" * 2_000_000))) == Why.TOO_MUCH_INSIDE
    monkeypatch.setattr(pdf, "MOST_STREAMS", 3)
    assert why(pdf_with(b"stream\nx" * 5)) == Why.TOO_MUCH_INSIDE


def test_a_picture_with_too_many_points_is_not_decoded(monkeypatch):
    monkeypatch.setattr(picture, "MOST_POINTS", 100)
    assert why(drawn("PNG")) == Why.TOO_MANY_POINTS


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_place_camera_and_tail_stay_behind(form):
    exif = Image.Exif()
    exif[0x010F] = "HangMay"
    exif[0x0112] = 6  # held upright
    exif.get_ifd(0x8825)[1] = "N"
    picture_with = drawn(form, exif=exif) + b"#!/bin/sh tail"
    kept = examine(picture_with).content
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (20, 40)  # turned as it was held
        assert not image.getexif()
    assert b"HangMay" not in kept
    assert b"tail" not in kept
    assert examine(picture_with).content == kept  # the same picture again is the same file


def test_comments_of_pictures_stay_behind():
    assert b"chuyen rieng" not in examine(drawn("JPEG", comment=b"chuyen rieng")).content


def test_a_large_picture_is_made_smaller():
    with Image.open(io.BytesIO(examine(drawn("JPEG", size=(6000, 1000))).content)) as image:
        assert max(image.size) <= picture.LONGEST_SIDE


@given(st.sampled_from([pdf_with(), docx_with(), drawn("JPEG"), drawn("PNG")]), st.data())
def test_damaged_bytes_are_refused_or_taken_and_nothing_else(content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    broken = bytearray(content)
    broken[at] ^= data.draw(st.integers(1, 255))
    cut = bytes(broken[: data.draw(st.integers(1, len(content)))])
    for tried in (bytes(broken), cut):
        with contextlib.suppress(Refused):
            examine(tried)
