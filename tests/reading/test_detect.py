"""What a file is, by content; every refusal has its code; every limit is tried one over."""

from __future__ import annotations

import struct
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.convert import FORMS
from nlp.reading.detect import detect_format
from tests.reading.hostile import BILLION_LAUGHS, archive, compound_file, docx, lying_bomb, paragraph

TEXT = "1. Норма права.".encode()


def refusal(data: bytes, name: str = "draft.docx", limits: Limits | None = None) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        detect_format(data, name, limits)
    return caught.value


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (docx(), "docx"),
        (TEXT, "txt"),
        (b"%PDF-1.7\n", "pdf"),
        (b"junk\n%PDF-1.4\n", "pdf"),
        (b"\xef\xbb\xbf" + TEXT, "txt"),
        ("Норма".encode("utf-16"), "txt"),
        ("Норма права и обязанности".encode("cp1251"), "txt"),
        (b"BM is how this text begins", "txt"),
        ("# Правила".encode(), "txt"),
        (b"<p>1) \xd0\xbd</p>", "txt"),  # rests of markup do not make a page
        (b"<p>1</p>" * 5, "html"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\xef\xbb\xbf  <HTML><body>", "html"),
        (
            b"<?xml version='1.0'?>\n<!-- saved --><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html>",
            "html",
        ),
        ("<html><body>Норма".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n", "mhtml"),
        (b"{\\rtf1\\ansi }", "rtf"),
        (compound_file("WordDocument", "1Table"), "doc"),
        (compound_file("WordDocument", "1Table") + b"\xec\xa5\xc1\0" + bytes(508), "doc"),
        (compound_file("WordDocument") + b"\xdc\xa5\x65\0" + bytes(508), "doc6"),
        (compound_file("WordDocument") + b"\xdc\xa5\x68\0" + bytes(508), "doc95"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "odt"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text-template", "content.xml": "<a/>"}), "odt"),
        (b"<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.text'/>", "fodt"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"II*\0\x08\0\0\0", "image"),
        (b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0", "image"),
    ],
)
def test_formats_that_are_read(data: bytes, form: str) -> None:
    assert detect_format(data).format == form


@pytest.mark.parametrize(
    ("data", "code", "form"),
    [
        (b"", "reading.empty", ""),
        (b" \r\n\t\0", "reading.empty", ""),
        (b"GIF89a\1\0\1\0", "reading.image", "GIF"),
        (b"AT&TFORM\0\0\0\1DJVU", "reading.image", "DJVU"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "reading.format_not_supported", "GZIP"),
        (b"Rar!\x1a\x07\x01\0", "reading.format_not_supported", "RAR"),
        (b"<?xml version='1.0'?><a/>", "reading.format_not_supported", "XML"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "reading.format_not_supported", "XML"),
        (compound_file("EncryptionInfo", "EncryptedPackage"), "reading.encrypted", ""),
        (compound_file("Workbook"), "reading.format_not_supported", "XLS"),
        (compound_file("Unknown"), "reading.format_not_supported", "OLE"),
        (archive({"xl/workbook.bin": "<a/>"}), "reading.format_not_supported", "XLSX"),
        (archive({"ppt/presentation.xml": "<a/>"}), "reading.format_not_supported", "PPTX"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
            "reading.format_not_supported",
            "ODF",
        ),
        (
            archive(
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "content.xml": "<a/>",
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                }
            ),
            "reading.encrypted",
            "",
        ),
        (compound_file("WordDocument") + b"\xec\xa5\xc1\0" + bytes(6) + b"\0\1" + bytes(500), "reading.encrypted", ""),
        (
            b"<?xml version='1.0'?><!DOCTYPE x><office:document m='application/vnd.oasis.opendocument.text'/>",
            "reading.doctype",
            "",
        ),
        (archive({"inner.docx": docx()}), "reading.format_not_supported", "ZIP"),
        (bytes(range(256)) * 10, "reading.not_text", ""),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "reading.not_text", ""),
    ],
)
def test_formats_that_are_refused(data: bytes, code: str, form: str) -> None:
    error = refusal(data)
    assert error.code == code
    assert error.params.get("format", "") == form


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_docx(kept: float) -> None:
    data = docx("".join(paragraph(f"{number}. Норма.") for number in range(200)))
    assert refusal(data[: int(len(data) * kept)]).code == "reading.truncated"


@pytest.mark.parametrize(
    ("name", "extension", "data", "form"),
    [
        ("Проект.docx", ".docx", TEXT, "TXT"),
        ("Проект.PDF", ".pdf", docx(), "DOCX"),
        ("Проект.txt", ".txt", docx(), "DOCX"),
        ("Проект.doc", ".doc", b"{\\rtf1 }", "RTF"),
        ("Проект.doc", ".doc", b"<html>", "HTML"),
    ],
)
def test_a_name_that_promises_another_format(name: str, extension: str, data: bytes, form: str) -> None:
    (notice,) = detect_format(data, name).notices
    assert notice.code == "reading.wrong_extension"
    assert dict(notice.params) == {"extension": extension, "format": form}


@pytest.mark.parametrize("name", ["", "Проект", "Проект.docx", "Проект.DOCM", "Проект от 01.02.2026"])
def test_names_that_promise_nothing_else(name: str) -> None:
    assert detect_format(docx(), name).notices == ()


# Archives


def test_one_byte_over_the_file_limit() -> None:
    limits = Limits(file_bytes=len(TEXT))
    assert detect_format(TEXT, "", limits).format == "txt"
    assert refusal(TEXT + b".", "", limits).code == "reading.too_large"


def test_megabytes_are_told_as_people_write_them() -> None:
    error = refusal(b"a" * (3 * 2**20 + 2**19), "", Limits(file_bytes=3 * 2**20))
    assert error.params == {"megabytes": "3,5", "limit": "3"}


def test_one_member_over_the_limit() -> None:
    data = docx()  # three members
    assert detect_format(data, "", Limits(archive_members=3)).format == "docx"
    error = refusal(data, "", Limits(archive_members=2))
    assert (error.code, error.params["found"]) == ("reading.archive_bomb", 3)


def test_one_byte_over_the_unpacked_limit() -> None:
    data = docx()
    with ZipFile(BytesIO(data)) as source:
        size = sum(member.file_size for member in source.infolist())
    assert detect_format(data, "", Limits(archive_unpacked_bytes=size)).format == "docx"
    assert refusal(data, "", Limits(archive_unpacked_bytes=size - 1)).code == "reading.archive_bomb"


def test_a_part_packed_too_well() -> None:
    data = docx(word__media__image_xml=b" " * (2 * 2**20))
    with ZipFile(BytesIO(data)) as source:
        member = source.getinfo("word/media/image.xml")
        ratio = member.file_size // member.compress_size
    assert detect_format(data, "", Limits(archive_ratio=ratio)).format == "docx"
    error = refusal(data, "", Limits(archive_ratio=ratio - 1))
    assert (error.code, error.params["found"]) == ("reading.archive_bomb", ratio)


def test_members_that_share_their_bytes() -> None:
    data = bytearray(archive({"word/document.xml": b"x" * 50_000, "copy.xml": "<a/>"}))
    with ZipFile(BytesIO(bytes(data))) as source:
        packed = source.getinfo("word/document.xml").compress_size
    # the second entry of the directory claims the bytes of the first and more
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 20, packed + len(data))
    assert refusal(bytes(data)).code == "reading.archive_bomb"


def test_a_directory_that_lies_about_sizes_is_refused_cheaply() -> None:
    error = refusal(lying_bomb(5 * 2**20))
    assert error.code in ("reading.truncated", "reading.archive_bomb")


def test_an_encrypted_member() -> None:
    data = bytearray(docx())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)).code == "reading.encrypted"


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/styles.xml", "customXml/item1.xml", "_rels/.rels", "docProps/core.xml"],
)
def test_a_doctype_in_any_part(part: str) -> None:
    with ZipFile(BytesIO(docx())) as source:
        parts: dict[str, bytes | str] = {name: source.read(name) for name in source.namelist()}
    parts[part] = f"<?xml version='1.0'?><!-- c -->\n{BILLION_LAUGHS}<a>&i;</a>"
    error = refusal(archive(parts))
    assert (error.code, error.params["part"]) == ("reading.doctype", part)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_doctype_in_another_encoding(encoding: str) -> None:
    xml = "<!DOCTYPE a SYSTEM 'http://example.org/x.dtd'><a/>".encode(encoding)
    assert refusal(docx(word__styles_xml=xml)).code == "reading.doctype"


def test_a_doctype_in_the_text_is_text() -> None:
    assert detect_format(docx(paragraph("объявление &lt;!DOCTYPE&gt;"))).format == "docx"
    assert detect_format(docx(word__notes_xml="<a><![CDATA[<!DOCTYPE x>]]></a>")).format == "docx"


def test_deep_nesting_of_archives_is_never_opened() -> None:
    data = docx()
    for _ in range(5):
        data = archive({"word/embeddings/inner.docx": data, "word/document.xml": "<a/>"})
    assert detect_format(data).format == "docx"


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"]))
def test_any_bytes_have_a_format_or_a_code(data: bytes, start: bytes) -> None:
    try:
        assert detect_format(start + data, "x.docx").format in {"docx", "pdf", "txt", "html", "mhtml", *FORMS}
    except ReadingError as error:
        assert error.code.startswith("reading.")


@settings(max_examples=60)
@given(st.data())
def test_a_docx_with_broken_bytes_has_a_format_or_a_code(data: st.DataObject) -> None:
    broken = bytearray(docx())
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        detect_format(bytes(broken), "x.docx", replace(Limits(), archive_unpacked_bytes=10**7))
    except ReadingError as error:
        assert error.code.startswith("reading.")


def test_a_stored_archive_is_no_bomb() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        target.writestr("word/document.xml", b"<a>" + b"\n" * 4000 + b"</a>")
    assert (
        detect_format(stream.getvalue(), "", Limits(archive_ratio=2)).format == "docx"
    )  # small: the ratio is no matter
