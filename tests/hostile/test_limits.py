"""Every named limit: what just keeps it is accepted, one over is refused by its code; no limit is left untried."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from nlp.detection.pack import load_pack
from nlp.errors import ReadingError
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.judgeable import unread
from nlp.language.token import Language
from nlp.limits import Limits
from nlp.norms import ProvisionAnalysis, analyse
from nlp.pipeline import Examiner, Options
from nlp.reading.isolation import Parser
from nlp.structure import provisions, structure
from nlp.structure.act import Provision
from tests.conftest import REPOSITORY
from tests.hostile import prints
from tests.hostile.texts import DRAFT
from tests.hostile.zips import unpacked
from tests.reading.hostile import docx, paragraph
from tests.structure.helpers import source

WORD = unpacked(docx(paragraph("1. Норма.") + "<w:tbl><w:tr><w:tc>" + paragraph("а") + "</w:tc></w:tr></w:tbl>"))
TEXT = "1. Норма.\n2. Норма.".encode()
# Limits whose tests stand beside the code they bound.
ELSEWHERE = {
    "parse_seconds": "tests/reading/test_isolation.py",
    "norms_remembered": "tests/classifier/test_quicker.py",
    "parse_memory_bytes": "tests/reading/test_isolation.py",
    "parse_answer_bytes": "tests/reading/test_isolation.py",
    "convert_seconds": "tests/reading/formats/test_convert.py",
    "convert_memory_bytes": "tests/reading/formats/test_convert.py",
    "ocr_pages": "tests/reading/ocr/test_recognition.py",
    "ocr_dpi": "tests/reading/ocr/test_recognition.py",
    "ocr_pixels": "tests/reading/ocr/test_recognition.py",
    "ocr_seconds": "tests/reading/ocr/test_recognition.py",
    "ocr_total_seconds": "tests/reading/ocr/test_recognition.py",
    "ocr_memory_bytes": "tests/reading/ocr/test_recognition.py",
    "image_pixels": "tests/reading/ocr/test_recognition.py",
    "page_pixels": "tests/reading/pdf/test_page_pictures.py",
    "page_seconds": "tests/reading/pdf/test_page_pictures.py",
    "shown_findings": "tests/expertise/test_shown.py",
}


def _members() -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        return archive.infolist()


def _tags() -> int:
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        return max(archive.read(name).count(b"<") for name in archive.namelist())


def _packed() -> bytes:
    """A Word file with a part that is packed some hundredfold."""
    return docx(paragraph("1. Норма."), word__media__a_xml="<a>" + " " * 2 * 2**20 + "</a>")


def _ratio() -> int:
    with zipfile.ZipFile(BytesIO(_packed())) as archive:
        return max(
            member.file_size // member.compress_size for member in archive.infolist() if member.file_size > 2**20
        )


# (limit, a file, the least limit that accepts it, the code one below that)
TRIED: list[tuple[str, Callable[[], bytes], Callable[[], int], str]] = [
    ("file_bytes", lambda: TEXT, lambda: len(TEXT), "too_large"),
    ("text_characters", lambda: TEXT, lambda: 19, "too_long"),
    ("text_characters", lambda: WORD, lambda: 11, "too_long"),
    ("text_characters", lambda: prints.one(), lambda: len(prints.NORM) + 1, "too_long"),
    ("archive_members", lambda: WORD, lambda: len(_members()), "archive_bomb"),
    ("archive_unpacked_bytes", lambda: WORD, lambda: sum(member.file_size for member in _members()), "archive_bomb"),
    ("archive_ratio", _packed, _ratio, "archive_bomb"),
    ("xml_depth", lambda: WORD, lambda: 8, "too_deep"),
    ("xml_tags", lambda: WORD, _tags, "too_complex"),
    ("table_cells", lambda: WORD, lambda: 1, "table_too_large"),
    ("table_cells", lambda: "| а | б |\n| в | г |\n".encode(), lambda: 4, "table_too_large"),
    ("blocks", lambda: TEXT, lambda: 2, "too_many_blocks"),
    ("blocks", lambda: WORD, lambda: 2, "too_many_blocks"),
    ("pages", lambda: prints.many(3, prints.shown(prints.NORM)), lambda: 3, "too_many_pages"),
]  # fmt: skip


def outcome(data: bytes, limits: Limits) -> str:
    with Parser(limits) as parser:
        try:
            parser.read(data, "a.txt" if data == TEXT else "")
        except ReadingError as error:
            return error.code
    return "read"


@pytest.mark.parametrize(
    ("name", "build", "least", "code"), TRIED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_at_the_limit_and_one_over(name: str, build: Callable[[], bytes], least: Callable[[], int], code: str) -> None:
    data, limit = build(), least()
    assert outcome(data, dataclasses.replace(Limits(), **{name: limit})) == "read"
    tight = dataclasses.replace(Limits(), **{name: limit - 1}) if limit > 1 else None
    if tight is None:  # a limit is above zero: the file is made one larger instead
        tight = dataclasses.replace(Limits(), **{name: limit})
        data = unpacked(
            docx(paragraph("1.") + "<w:tbl><w:tr>" + f"<w:tc>{paragraph('а')}</w:tc>" * 2 + "</w:tr></w:tbl>")
        )
    assert outcome(data, tight) == f"reading.{code}"


@pytest.fixture(scope="module")
def examined() -> Callable[[str, Limits], list[str]]:
    pack = load_pack(kz_pack())

    def run(text: str, limits: Limits) -> list[str]:
        examination = Examiner(pack, limits).examine(Dossier(ru=source(text)), Options(force=True))
        return [notice.code for report in examination.reports for notice in report.notices]

    return run


def test_the_length_of_a_norm(examined: Callable[[str, Limits], list[str]]) -> None:
    norm = "1. Орган вправе отказать по своему усмотрению " + "и в иных случаях " * 20 + "."
    longest = max(len(each.text) + len(each.heading) for each in provisions(structure(source(DRAFT + norm))))
    assert examined(DRAFT + norm, Limits(provision_characters=longest)) == []
    assert examined(DRAFT + norm, Limits(provision_characters=longest - 1)) == ["examine.not_judged"]


BASE = """ПРИКАЗ
Министра озёр Республики Казахстан
от 12 марта 2024 года № 77
Об утверждении Правил лова
ПРИКАЗЫВАЮ:
1. Утвердить прилагаемые Правила лова.
Министр А. Озеров
Утверждены
приказом Министра
от 12 марта 2024 года № 77
Правила лова
1. Настоящие Правила определяют порядок лова.
2. Журнал лова ведёт секретарь, {}.
"""
AMENDING = """Проект
ПРИКАЗ
О внесении изменения в приказ Министра озёр Республики Казахстан от 12 марта 2024 года № 77
ПРИКАЗЫВАЮ:
1. Внести в приказ Министра озёр Республики Казахстан от 12 марта 2024 года № 77 «Об утверждении Правил лова»
следующее изменение:
в Правилах лова, утверждённых указанным приказом:
в пункте 2 слово «секретарь» заменить словом «писарь».
2. Настоящий приказ вводится в действие со дня его первого официального опубликования.
"""


@pytest.mark.parametrize(("limit", "codes"), [(2_000, []), (700, ["examine.change_not_judged"])])
def test_a_norm_that_a_change_makes_too_long_is_told(limit: int, codes: list[str]) -> None:
    """The words of the draft are few; those of the act in force are not."""
    base = source(BASE.format("а лодки моет порт " * 50))
    examiner = Examiner(load_pack(kz_pack()), Limits(provision_characters=limit))
    (report,) = examiner.examine(Dossier(ru=source(AMENDING), base=(base,)), Options(force=True)).reports
    assert [outcome.code for outcome in report.operations] == [""]
    assert [notice.code for notice in report.notices] == codes


def test_no_detector_reads_a_norm_beyond_the_bounds(
    examined: Callable[[str, Limits], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody judges is not read for the sake of other norms either: frames of a line of megabytes take hours."""
    read: list[int] = []

    def noted(provision: Provision, language: Language) -> ProvisionAnalysis:
        read.append(len(provision.text))
        return analyse(provision, language)

    monkeypatch.setattr("nlp.detection.act_view.analyse", noted)
    clause = "уполномоченный орган вправе приостановить выдачу разрешения; "
    text = "Статья 1. Понятия\nСтатья 2. Отказ\n1. Орган вправе отказать.\n2. " + clause * 40
    assert examined(text, Limits(provision_characters=1000)) == ["examine.not_judged"]
    assert read == [] or max(read) <= 1000
    long = [each for each in provisions(structure(source(text))) if len(each.text) > 1000]
    assert len(long) == 1 and unread(long, [], Limits(provision_characters=1000)) == {long[0].id}
    assert unread(long, long, Limits(provision_characters=1000)) == frozenset()


def test_the_work_of_a_rule(examined: Callable[[str, Limits], list[str]]) -> None:
    """Enough steps: no notice; one step: every rule that began is named."""
    norm = DRAFT + "1. Орган вправе отказать по своему усмотрению и в иных случаях."
    least = next(steps for steps in range(1, 2000) if examined(norm, Limits(rule_steps=steps)) == [])
    assert least > 1
    assert set(examined(norm, Limits(rule_steps=least - 1))) == {"examine.rule_exhausted"}


def test_the_work_for_a_text(examined: Callable[[str, Limits], list[str]]) -> None:
    """A lead-in counts with each of its items."""
    text = "Статья 1. Отказ\n1. Орган отказывает в случаях:\n" + "".join(f"{n}) случай;\n" for n in range(1, 51))
    lead = len("Орган отказывает в случаях:")
    least = next(work for work in range(50 * lead, 60 * lead + 2000) if not examined_beyond(examined, text, work))
    assert least >= 50 * lead
    assert examined_beyond(examined, text, least - 1)


def examined_beyond(examined: Callable[[str, Limits], list[str]], text: str, work: int) -> bool:
    from nlp.judgeable import within
    from nlp.pipeline import JUDGED_ROLES

    act = structure(source(text))
    wanted = [each for each in provisions(act) if each.role in JUDGED_ROLES]
    return bool(within(act, wanted, Limits(judged_characters=work))[1])


def test_a_lead_in_of_pages_over_thousands_of_items_ends_soon(examined: Callable[[str, Limits], list[str]]) -> None:
    text = (
        "Статья 1. Отказ\n1. Орган "
        + "в пределах срока " * 600
        + ":\n"
        + "".join(f"{n}) да;\n" for n in range(1, 3000))
    )
    assert examined(text, Limits(judged_characters=200_000)) == ["examine.not_judged"]


def test_every_limit_is_tried() -> None:
    names = set(Limits.__dataclass_fields__)
    here = {name for name, *_ in TRIED} | {"provision_characters", "judged_characters", "rule_steps"}
    assert here | ELSEWHERE.keys() == names
    for name, path in ELSEWHERE.items():
        words = Path(REPOSITORY / path).read_text("utf-8")
        assert name in words, (name, path)
