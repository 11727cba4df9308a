"""saraptama examine: drafts in, files and words out, and every kind of bad input."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from nlp.messages import LANGUAGES, message
from nlp.result import schema
from saraptama.cli.codes import Exit
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY
from tests.reading.pdf.printing import pieces_of, print_pdf

RU = REPOSITORY / "examples" / "draft-ru.docx"
KK = REPOSITORY / "examples" / "draft-kk.docx"
RESTRICTED = (
    "Для служебного пользования",
    "ПРИКАЗ",
    "Об утверждении Правил выдачи разрешений",
    "В соответствии с законодательством Республики Казахстан ПРИКАЗЫВАЮ:",
    "1. Уполномоченный орган вправе отказать заявителю в выдаче разрешения в исключительных случаях.",
    "2. Настоящий приказ вводится в действие со дня его подписания.",
)
NOVEL = (
    "Был тёплый летний вечер. Старик сидел у окна и смотрел на реку. Он думал о том, как быстро прошла жизнь.\n\n"
    "– Пора пить чай, – сказала внучка и поставила самовар на стол.\n\n"
) * 40


def test_everything_is_written_and_valid(run: Run, tmp_path: Path) -> None:
    ran = run("examine", RU, "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.OK, "")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "draft-ru.commented.docx", "draft-ru.examination.json", "draft-ru.preliminary.ru.docx", "draft-ru.sarif",
    ]  # fmt: skip
    examination = json.loads((tmp_path / "out" / "draft-ru.examination.json").read_text("utf-8"))
    jsonschema.validate(examination, schema())
    assert sum(len(text["findings"]) for text in examination["texts"]) > 0
    for name in names:
        assert name in ran.out


def test_a_restricted_pdf_keeps_its_mark_on_every_output(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.pdf"
    draft.write_bytes(print_pdf(pieces_of(RESTRICTED)))
    ran = run("examine", draft, "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.OK, "")
    assert "Для служебного пользования" in ran.out
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "draft.annotated.pdf", "draft.examination.json", "draft.preliminary.ru.docx", "draft.sarif",
    ]  # fmt: skip
    for name in names:
        content = (tmp_path / "out" / name).read_bytes()
        if name.endswith(".docx"):
            with zipfile.ZipFile(BytesIO(content)) as package:
                content = package.read("word/header1.xml")
        if name.endswith(".pdf"):
            content = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).encode()
        assert "служебного пользования" in " ".join(content.decode().split()), name


def test_the_same_file_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert run("examine", RU, "--out", tmp_path / folder).code == Exit.OK
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_two_texts_of_one_draft(run: Run, tmp_path: Path) -> None:
    assert run("examine", RU, "--kk", KK, "--out", tmp_path, "--format", "json", "--format", "akn").code == Exit.OK
    assert {path.name for path in tmp_path.glob("*.xml")} == {"draft-ru.ru.akn.xml", "draft-ru.kk.akn.xml"}
    examination = json.loads((tmp_path / "draft-ru.examination.json").read_text("utf-8"))
    assert [text["language"] for text in examination["texts"]] == ["ru", "kk"]


def test_two_texts_in_one_language_are_refused(run: Run, tmp_path: Path) -> None:
    ran = run("examine", RU, "--kk", RU, "--out", tmp_path)
    assert ran.code == Exit.INPUT
    assert list(tmp_path.iterdir()) == []


def test_without_out_remarks_are_printed_with_wording(run: Run) -> None:
    ran = run("examine", RU)
    assert ran.code == Exit.OK
    assert "пункта" in ran.out or "пункт" in ran.out
    assert "изложить в следующей редакции" in ran.out


def test_kazakh_report_speaks_kazakh(run: Run, tmp_path: Path) -> None:
    ran = run("examine", KK, "--language", "kk", "--out", tmp_path)
    assert ran.code == Exit.OK
    assert "ескерту" in ran.out
    assert (tmp_path / "draft-kk.preliminary.kk.docx").exists()


def test_json_on_the_screen_is_only_json(run: Run) -> None:
    ran = run("examine", RU, "--format", "json")
    jsonschema.validate(json.loads(ran.out), schema())


def test_several_formats_need_a_folder(run: Run) -> None:
    assert run("examine", RU, "--format", "docx").code == Exit.USAGE
    assert run("examine", RU, KK, "--format", "json").code == Exit.USAGE


def test_files_of_one_name_do_not_overwrite_each_other(run: Run, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "draft.docx").write_bytes(RU.read_bytes())
    first, second = tmp_path / "one" / "draft.docx", tmp_path / "two" / "draft.docx"
    assert run("examine", first, second, "--out", tmp_path / "out", "--format", "json").code == Exit.OK
    assert len(list((tmp_path / "out").iterdir())) == 2


def bad_files(folder: Path) -> dict[str, Path]:
    """Kinds of bad input → a file of the kind."""
    contents: dict[str, bytes] = {
        "empty.docx": b"",
        "blank.txt": b" \n\t\n ",
        "truncated.docx": RU.read_bytes()[:2000],
        "renamed.docx": b"\x89PNG\r\n\x1a\n" + bytes(300),
        "garbage.txt": bytes(range(256)) * 40,
        "novel.txt": NOVEL.encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "doctype.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    names = [*contents, "doctype.docx"]
    return {name: folder / name for name in names} | {"absent.docx": folder / "absent.docx"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_input_gets_a_sentence_and_a_code_and_leaves_nothing(run: Run, tmp_path: Path, language: str) -> None:
    out = tmp_path / "out"
    for name, path in bad_files(tmp_path).items():
        ran = run("examine", path, "--out", out, "--language", language)
        assert ran.code == (Exit.NOT_AN_ACT if name == "novel.txt" else Exit.INPUT), name
        assert "Traceback" not in ran.err
        assert name in ran.err
        assert len(ran.err.split()) > 6, name
        assert not out.exists() or list(out.iterdir()) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_novel_is_refused_with_what_to_do_on_a_command_line(run: Run, tmp_path: Path, language: str) -> None:
    """The service says the same of a box on its page."""
    (tmp_path / "novel.txt").write_text(NOVEL, "utf-8")
    ran = run("examine", tmp_path / "novel.txt", "--language", language)
    assert "--force" in ran.err and message("examine.not_an_act", language) in ran.err


def test_a_novel_is_examined_when_forced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text(NOVEL, encoding="utf-8")
    assert run("examine", tmp_path / "novel.txt", "--force").code == Exit.OK


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.docx").write_bytes(b"")
    ran = run("examine", tmp_path / "empty.docx", RU, "--out", tmp_path / "out", "--format", "json")
    assert ran.code == Exit.PARTLY
    assert (tmp_path / "out" / "draft-ru.examination.json").exists()


def test_results_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("занято", encoding="utf-8")
    ran = run("examine", RU, "--out", tmp_path / "file" / "out")
    assert ran.code == Exit.OUTPUT
    assert "Traceback" not in ran.err


def test_a_limit_that_is_no_number(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_FILE_BYTES", "много")
    ran = run("examine", RU)
    assert ran.code == Exit.INPUT
    assert "SARAPTAMA_FILE_BYTES" in ran.err


def test_a_limit_of_the_environment_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_FILE_BYTES", "1000")
    assert run("examine", RU).code == Exit.INPUT


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("examine",), Exit.USAGE),
        (("examine", "x.docx", "--format", "pdf"), Exit.USAGE),
        (("examine", "x.docx", "--nonsense"), Exit.USAGE),
        (("nonsense",), Exit.USAGE),
        (("examine", RU, "--pack", "atlantis"), Exit.PACK),
        (("examine", RU, KK, "--kk", KK), Exit.USAGE),
        (("--version",), Exit.OK),
        (("--help",), Exit.OK),
        (("examine", "--help"), Exit.OK),
    ],
)
def test_usage(run: Run, arguments: tuple[object, ...], code: Exit) -> None:
    ran = run(*arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err


def test_a_fault_of_ours_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import saraptama.cli.examine as module

    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "find_pack", fail)
    ran = run("examine", RU)
    assert ran.code == Exit.INTERNAL
    assert ran.err.strip() == message("cli.internal", "ru", {"kind": "ZeroDivisionError"})
