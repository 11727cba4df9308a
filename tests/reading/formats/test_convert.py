"""Files of other word processors: what the draft says survives, what is wrong is told, nothing is fetched."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from nlp import messages
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading import convert, external
from nlp.reading.docx import read_docx
from nlp.reading.reader import read_bytes, read_document
from nlp.reading.source import DropReason
from tests.reading.formats.office import SAVED_AS, draft, needs_office, saved
from tests.reading.hostile import archive, compound_file

RTF_HEAD = r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0 Times New Roman;}}{\*\revtbl{Unknown;}{Author;}}"


def rtf(body: str) -> bytes:
    """An RTF as Word writes it: one byte a letter in Windows-1251, others as \\u."""
    letters = (f"\\u{ord(c)}?" if ord(c) > 127 else c for c in body)
    return (RTF_HEAD + "".join(letters) + "}").encode("ascii")


def refusal(data: bytes, name: str = "draft", limits: Limits | None = None) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, name, limits)
    for language in messages.LANGUAGES:
        shown = messages.text(caught.value.code, language, **caught.value.params)
        assert not re.search(r"[{}]|___|reading\.", shown), shown
    return caught.value


@needs_office
@pytest.mark.parametrize("ending", list(SAVED_AS))
def test_all_that_a_draft_says_survives(ending: str) -> None:
    original = read_docx(draft(), "draft.docx", Limits())
    data = saved(draft(), ending)
    read = read_document(data, f"Жоба.{ending}")
    source = read.source
    assert source.text == original.text
    assert "2. Срок – 30 рабочих дней." in source.text
    assert "2) учёт по статье 37¹ Кодекса." in source.text
    assert (source.inserted_revisions, source.deleted_revisions) == (2, 1)
    assert {(item.reason, item.text) for item in source.dropped} == {
        (DropReason.DELETED_REVISION, "10"),
        (DropReason.FOOTNOTE, "Сноска автора проекта."),
    }
    assert [block.kind for block in source.blocks] == [block.kind for block in original.blocks]
    assert [block.number for block in source.blocks] == [block.number for block in original.blocks]
    assert source.format == {"ott": "odt"}.get(ending, ending)
    assert source.name == f"Жоба.{ending}"
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert [notice.code for notice in source.notices] == ["reading.tracked_changes"]


@needs_office
def test_places_are_those_of_the_word_file_that_was_made() -> None:
    read = read_document(saved(draft(), "rtf"), "draft.rtf")
    assert read.source.converted == hashlib.sha256(read.document).hexdigest()
    again = read_docx(read.document, "", Limits())
    assert again.text == read.source.text
    assert again.blocks == read.source.blocks


def test_a_file_that_needs_no_conversion_is_its_own_document() -> None:
    read = read_document(draft(), "draft.docx")
    assert read.document == draft()
    assert read.source.converted == ""


@needs_office
def test_an_rtf_of_word_with_changes_and_a_typed_superscript() -> None:
    body = (
        r"\pard 1. Срок {\deleted\revauthdel1 10}{\revised\revauth1 30} дней по статье 37{\super 1}.\par 2. Өтініш.\par"
    )
    source = read_bytes(rtf(body), "draft.rtf")
    assert source.text == "1. Срок 30 дней по статье 37¹.\n2. Өтініш."
    assert (source.inserted_revisions, source.deleted_revisions) == (1, 1)


@needs_office
def test_a_wrong_ending_is_noticed() -> None:
    source = read_bytes(rtf(r"\pard 1. Норма.\par"), "draft.doc")
    assert source.format == "rtf"
    (notice,) = source.notices
    assert dict(notice.params) == {"extension": ".doc", "format": "RTF"}


# What is wrong is told


@needs_office
@pytest.mark.parametrize(
    ("data", "form"),
    [
        (compound_file("WordDocument", "1Table"), "DOC"),
        (compound_file("WordDocument") + b"\xec\xa5\xc1\0" + bytes(5000), "DOC"),
        (compound_file("WordDocument") + b"\xdc\xa5\x65\0" + bytes(5000), "DOC"),
        (b"{\\rtf1" + b"{" * 50_000, "RTF"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "ODT"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a"}), "ODT"),
    ],
)
def test_damaged_files(data: bytes, form: str) -> None:
    error = refusal(data)
    assert error.code in ("reading.not_converted", "reading.empty")
    if error.code == "reading.not_converted":
        assert error.params == {"format": form}


@needs_office
@pytest.mark.parametrize("ending", ["doc", "odt"])
@pytest.mark.parametrize("kept", [0.3, 0.8])
def test_truncated_files(ending: str, kept: float) -> None:
    data = saved(draft(), ending)
    try:
        source = read_bytes(data[: int(len(data) * kept)], f"draft.{ending}")
    except ReadingError as error:
        assert error.code in ("reading.not_converted", "reading.truncated", "reading.empty")
    else:
        assert source.text


def test_an_rtf_that_promises_more_than_it_has_is_not_even_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice waits for the bytes until its time is over: two minutes for a file of a thousand."""
    given: list[bytes] = []

    def noted(*_: object, files: dict[str, bytes], **__: object) -> external.ProgramOutput:
        given.append(files["draft.rtf"])
        return external.ProgramOutput(b"", status=1)

    monkeypatch.setattr("nlp.reading.convert.run_program", noted)
    for body in (b"\\bin2147483647 " + bytes(1000), b"\\bin3 abc\\bin9 abc", b"\\bin" + b"9" * 5000):
        assert refusal(b"{\\rtf1 " + body + b"}").code == "reading.truncated"
    whole = (b"\\bin4 abcd", b"\\bin9 \\bin99 ab", b"\\\\bin99 text", b"\\bin0")
    for body in whole:
        assert refusal(b"{\\rtf1 " + body + b"}").code == "reading.not_converted"
    assert len(given) == len(whole)


def test_a_protected_odt_is_not_even_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "run_program", None)
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\x12\x34",
        "META-INF/manifest.xml": '<manifest:encryption-data manifest:checksum="x"/>',
    }
    assert refusal(archive(parts), "draft.odt").code == "reading.encrypted"


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SARAPTAMA_SOFFICE", f"{tmp_path}/soffice")
    error = refusal(rtf(r"\pard 1. Норма.\par"), "draft.rtf")
    assert error.code == "reading.program_missing"
    assert error.params == {"program": "soffice", "packages": "libreoffice-writer-nogui"}


@needs_office
def test_one_second_is_too_little(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setenv("SARAPTAMA_SOFFICE", str(slow))
    begun = time.monotonic()
    error = refusal(rtf(r"\pard 1. Норма.\par"), "draft.rtf", Limits(convert_seconds=1))
    assert (error.code, error.params) == ("reading.timeout", {"seconds": 1})
    assert time.monotonic() - begun < 20


@needs_office
def test_too_little_memory() -> None:
    error = refusal(rtf(r"\pard 1. Норма.\par"), "draft.rtf", Limits(convert_memory_bytes=400 * 2**20))
    assert error.code in ("reading.not_converted", "reading.program_failed")


@needs_office
def test_a_result_over_the_limit_of_files() -> None:
    data = rtf(r"\pard 1. Норма.\par")
    size = len(read_document(data, "draft.rtf").document)
    assert size > len(data)
    assert refusal(data, "draft.rtf", Limits(file_bytes=size - 500)).code == "reading.program_output"


def test_a_child_that_asks_for_an_unknown_conversion_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(parser: object, data: bytes, name: str = "") -> None:
        raise ReadingError("reading.needs_conversion", form="../../bin/sh", format="X")

    monkeypatch.setattr("nlp.reading.isolation.Parser.read", lie)
    assert refusal(b"1. x").code == "reading.crashed"


# Nothing is fetched


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on the loopback that writes down every request."""
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _note(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"fetched")

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = do_POST = _note  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    server.server_close()


def hostile_rtf(address: str) -> bytes:
    return rtf(
        rf"{{\*\template {address}/template.dot}}\pard 1. Норма."
        rf'{{\field{{\*\fldinst INCLUDETEXT "{address}/text.doc" \\* MERGEFORMAT}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}/picture.png" \\d}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst LINK Word.Document.8 "{address}/linked.doc" \\a \\r}}{{\fldrslt x}}}}\par'
    )


def hostile_odt(address: str) -> bytes:
    changed = BytesIO()
    picture = (
        f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/picture.png" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{address}/section.odt"/><text:p>x</text:p>'
        f'</text:section><text:p><draw:frame><draw:object xlink:href="{address}/object.ods"/></draw:frame></text:p>'
    )
    with ZipFile(BytesIO(saved(draft(), "odt"))) as source, ZipFile(changed, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "content.xml":
                content = content.replace(b"</office:text>", picture.encode() + b"</office:text>")
                assert address.encode() in content
            target.writestr(member, content)
    return changed.getvalue()


@needs_office
@pytest.mark.parametrize("make", [hostile_rtf, hostile_odt])
def test_pictures_templates_and_linked_texts_are_not_fetched(
    make: Callable[[str], bytes], listener: tuple[str, list[str]]
) -> None:
    address, hits = listener
    source = read_bytes(make(address), "draft")
    assert "Норма." in source.text or "Утвердить" in source.text
    time.sleep(0.2)
    assert hits == []


@needs_office
@pytest.mark.parametrize("make", [hostile_rtf, hostile_odt])
def test_the_settings_alone_fetch_nothing(
    make: Callable[[str], bytes], listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system allows no namespace of networks, the profile is what keeps the program at home."""
    address, hits = listener
    monkeypatch.setattr(external, "_LAUNCHER", str(Path(__file__).with_name("bare_launcher.py")))
    form = "rtf" if make is hostile_rtf else "odt"
    assert read_docx(convert.to_docx(make(address), form, Limits()), "", Limits()).text
    time.sleep(0.2)
    assert hits == []
