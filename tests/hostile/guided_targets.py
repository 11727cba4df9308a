"""What the coverage-guided fuzzer is put on: every loader, as a function of bytes. Nothing here needs the fuzzer.

A target takes any bytes; what it refuses it refuses with an error of ours (``SaraptamaError``), which is no finding.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from corpora.reader import read_corpus
from corpora.webanno import webanno_tsv
from corpora.webanno_reader import read_webanno
from expertise.batch.listing import read_listing
from expertise.case.answer_cells import read_cells
from expertise.documents.answer_form import heads
from nlp import messages
from nlp.adoption.given import given
from nlp.detection.layers import _read as read_yaml
from nlp.detection.pack import _rule
from nlp.errors import ReadingError, SaraptamaError
from nlp.limits import Limits
from nlp.matching.pattern import parse_pattern
from nlp.reading.child import read_here
from nlp.register.acts import import_acts, load_acts
from nlp.register.services import import_services, load_services
from nlp.structure import provisions, structure
from tests.conftest import REPOSITORY
from tests.hostile import prints
from tests.hostile.others import open_text, page, rich, sheet
from tests.hostile.texts import DRAFT
from tests.hostile.word import docx
from tests.hostile.zips import unpacked
from tests.reading.hostile import document, paragraph
from tests.reading.invariants import check_source

SMALL = Limits(file_bytes=10**6, text_characters=100_000, archive_unpacked_bytes=5 * 10**6, table_cells=5_000)
PART = b"\n\x1e\n"
"""Between the parts of a Word file: document, numbering, styles, notes."""
_PARTS = ("word__document_xml", "word__numbering_xml", "word__styles_xml", "word__footnotes_xml")
_NUMBERS, _LEAST, _MOST = (1, 2, 3), 20, 20_000


@dataclass(frozen=True, slots=True)
class Target:
    """``run`` takes what the fuzzer makes; ``seeds``: what it begins with; ``longest``: bytes."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    longest: int = 4_096


def _reader(name: str) -> Callable[[bytes], object]:
    """A file under this name, read in this process; what was read must hold together, and be parted into norms."""

    def run(data: bytes) -> None:
        source = read_here(data, name, SMALL)
        check_source(source)
        provisions(structure(source))

    return run


def _word(data: bytes) -> None:
    """A Word file of these parts: so the fuzzer need not mend sums of a ZIP."""
    parts = data.split(PART)[: len(_PARTS)]
    _reader("a.docx")(docx(**dict(zip(_PARTS, parts, strict=False))))


def _answers(data: bytes) -> None:
    """Cells of a filled form: lines are rows, tabs part cells, a blank line parts tables."""
    rows = [table.split("\n") for table in data.decode("utf-8", "replace").split("\n\n")]
    read_cells(
        [[dict(enumerate(row.split("\t"))) for row in table] for table in rows], heads(), _NUMBERS, _LEAST, _MOST
    )


def _pattern(data: bytes) -> None:
    parse_pattern(data.decode("utf-8", "replace"), {"l": ["орган", "должностное лицо"]})


def _rules(data: bytes) -> None:
    with _file("rules.ru.yaml", data) as path:
        for entry in read_yaml(path, "rules"):
            _rule(entry, "broad_discretion", "ru", _lists(), path)


def _corpus(data: bytes) -> None:
    with _file("a.jsonl", data) as path:
        read_corpus(path)


def _webanno(data: bytes) -> None:
    with _file("a.tsv", data) as path:
        read_webanno(path)


def _listing(data: bytes) -> None:
    for name in ("a.csv", "a.jsonl"):
        with _file(name, data) as path, _refused():
            read_listing(path, path.parent / "out")


def _registers(data: bytes) -> None:
    for run in (import_services, import_acts):
        with _refused():
            run(data, "a.csv", SMALL)
    for read in (load_services, load_acts):
        with _refused():
            read(data, SMALL)


def _given(data: bytes) -> None:
    given(data, "a.json", "ru")


class _refused:  # noqa: N801 - reads as a word
    """Passes over an error of ours, so that the next one is tried with the same bytes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        return isinstance(error, SaraptamaError)


class _file:  # noqa: N801 - reads as a word
    """A file with these bytes, in memory where the system has such a place."""

    def __init__(self, name: str, data: bytes) -> None:
        self.path = _place() / name
        self.path.write_bytes(data)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.path.unlink()


@cache
def _place() -> Path:
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="saraptama-fuzz-", dir=memory if memory.is_dir() else None))


@cache
def _lists() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = read_yaml(REPOSITORY / "nlp" / "factors" / "kz" / "lists.ru.yaml", "lists")
    return found


def outcome(target: Target, data: bytes) -> BaseException | None:
    """What goes wrong with these bytes: an error that is not ours, or one of ours without words."""
    try:
        target.run(data)
    except SaraptamaError as error:
        if isinstance(error, ReadingError) and "___" in messages.message(error.code, "ru", error.params):
            return error
    except Exception as error:
        return error
    return None


# What the fuzzer begins with


def _words() -> list[bytes]:
    table = "| № | Срок |\n|---|---|\n| 1 | пять дней |\n"
    return [(DRAFT + "1. Орган вправе:\n1) отказать;\n2) иное (статья 7¹).\n\n" + table).encode(),
            "Құжат\n\n1-бап. Өзге де құжаттар.\nЕскерту. 2-тармақ алып тасталды.".encode("utf-16")]  # fmt: skip


def _documents() -> list[bytes]:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    changes = "<w:ins><w:r><w:t>новое</w:t></w:r></w:ins><w:del><w:r><w:delText>было</w:delText></w:r></w:del>"
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>{paragraph('а')}</w:tc>"
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inner}'
        for kind, inner in (
            ("begin", "<w:r><w:instrText>REF a</w:instrText></w:r>"),
            ("separate", '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'), ("end", ""),
        )
    )  # fmt: skip
    body = (
        f"{paragraph('1. Орган вправе отказать.')}<w:p>{number}<w:r><w:t>Срок</w:t></w:r></w:p><w:p>{changes}</w:p>"
        f"<w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p>{field}<w:sdt><w:sdtContent/></w:sdt></w:p>"
    )
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    numbering = (
        f'<w:numbering {w}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{over}</w:num></w:numbering>'
    )
    style = '<w:style w:styleId="a"><w:basedOn w:val="b"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    notes = f'<w:footnotes {w}><w:footnote w:id="1">{paragraph("сноска")}</w:footnote></w:footnotes>'
    parts = (document(body), numbering, f"<w:styles {w}>{style}</w:styles>", notes)
    return [PART.join(part.encode() for part in parts)]


def _yaml() -> list[bytes]:
    """Of some files of the pack the first rule, the shortest three."""
    found = sorted((REPOSITORY / "nlp" / "factors" / "kz" / "factors").glob("*/rules.ru.yaml"))[:8]
    made = [yaml.safe_dump([read_yaml(path, "rules")[0]], allow_unicode=True).encode() for path in found]
    return sorted(made, key=len)[:3]


def _answer_rows() -> list[bytes]:
    names = [sorted(each)[0] for each in heads().values()]
    return [("\t".join(names) + "\n1\tпринято\t\t\n2\tне принято\tсрок\tпотому что так\n").encode()]


def _register_rows() -> list[bytes]:
    csv = 'Код;Наименование;Статус\n1;Выдача разрешения;действует\n=2;"Иное";утратил силу\n'.encode()
    body = {"kind": "services", "format": 1, "sha256": "0" * 64, "services": [{"code": "1", "name_ru": "а"}]}
    return [csv, csv.decode().encode("cp1251"), json.dumps(body).encode()]


def _annotated() -> list[bytes]:
    row = {
        "id": "a", "lang": "ru", "act": "x", "heading": "", "path": "1", "lead": "", "text": "Орган вправе отказать.",
        "labels": [["broad_discretion", 2, "вправе"]], "stratum": "a", "weight": 1.0, "annotator": "а",
    }  # fmt: skip
    pair = REPOSITORY / "corpora" / "own" / "written"
    lines = [path.read_bytes().partition(b"\n")[0] for path in sorted(pair.glob("*.jsonl"))[:2]]
    return [json.dumps(row, ensure_ascii=False).encode(), *lines]


def _tsv() -> list[bytes]:
    with _file("a.jsonl", _annotated()[0]) as path:
        return [webanno_tsv(read_corpus(path).provisions).encode()]


def _findings() -> list[bytes]:
    row = {"factor": "broad_discretion", "unit": "1", "sub": "", "quote": "вправе", "recommendation": "Исключить."}
    return [json.dumps([row], ensure_ascii=False).encode(), json.dumps({"texts": [{"findings": [row]}]}).encode()]


def _prints() -> list[bytes]:
    shown = prints.document(b"".join(prints.shown(prints.NORM, y=700 - 20 * n) for n in range(3)))
    return [prints.write(shown), prints.many(2, prints.shown(prints.NORM) + b"50 100 500 80 re S")]


TARGETS: Mapping[str, Target] = {
    "text": Target(_reader("a.txt"), _words),
    "markdown": Target(_reader("a.md"), _words),
    "html": Target(_reader("a.html"), lambda: [page("<h1>а</h1><ol start=3><li>б<table><tr><td rowspan=2>в<td>г")]),
    "docx": Target(_word, _documents, 16_384),
    "xlsx": Target(_reader("a.xlsx"), lambda: [sheet('<row r="1"><c r="A1"><v>5</v></c></row>')], 16_384),
    "pdf": Target(_reader("a.pdf"), _prints, 16_384),
    "rtf": Target(_reader("a.rtf"), lambda: [rich("Орган вправе")]),
    "odt": Target(_reader("a.odt"), lambda: [unpacked(open_text("<text:p>Орган</text:p>"))], 16_384),
    "rules": Target(_rules, _yaml, 8_192),
    "pattern": Target(_pattern, lambda: ["[вправе] { <l> . } !не ~2 [lemma=орган]".encode()], 512),
    "answers": Target(_answers, _answer_rows),
    "registers": Target(_registers, _register_rows),
    "corpus": Target(_corpus, _annotated),
    "webanno": Target(_webanno, _tsv),
    "listing": Target(_listing, lambda: [b"path,id,language\na.docx,1,ru\n", b'{"path": "a.docx", "id": "1"}\n']),
    "given": Target(_given, _findings),
}
