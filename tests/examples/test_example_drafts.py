"""The example drafts: the Word files follow their sources, and every gold quote and trap stands where it says."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))

import draft_source as source  # noqa: E402
from draft_revisions import apply_changes  # noqa: E402


def load_builder() -> Any:
    """examples/build.py, under a name that hides no other module called build."""
    specification = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


build = load_builder()

DRAFTS = ("ru", "kk")
FACTORS = {
    "broad_discretion",
    "permissive_power",
    "blanket_reference",
    "excessive_requirement",
    "vague_wording",
    "elastic_sanction",
}
GOLD_FIELDS = {"unit", "sub", "part", "factor", "strength", "quote", "risk", "recommendation"}
STATES = {"adopted", "adopted_partly", "not_adopted"}
TOP_LABEL = re.compile(r"\d+\.")
SUB_LABEL = re.compile(r"\d+\)")


@dataclass
class Numbers:
    """Word's list numbers, computed from numbering.xml apart from the builder (decimal lists without overrides)."""

    document: Any
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """What Word prints before the paragraph; "" outside lists."""
        properties = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = paragraph.style
        while properties is None and style is not None:
            properties = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            style = style.base_style
        if properties is None:
            return ""
        number_id = properties.find(qn("w:numId")).get(qn("w:val"))
        level = int(properties.find(qn("w:ilvl")).get(qn("w:val")))
        self.counts[number_id, level] = self.counts.get((number_id, level), 0) + 1
        for deeper in range(level + 1, 9):
            self.counts.pop((number_id, deeper), None)
        return re.sub(r"%(\d)", lambda at: str(self.counts[number_id, int(at[1]) - 1]), self._text(number_id, level))

    def _text(self, number_id: str, level: int) -> str:
        numbering = self.document.part.numbering_part.element
        (number,) = (n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == number_id)
        abstract_id = number.find(qn("w:abstractNumId")).get(qn("w:val"))
        (abstract,) = (a for a in numbering.findall(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == abstract_id)
        (found,) = (lv for lv in abstract.findall(qn("w:lvl")) if lv.get(qn("w:ilvl")) == str(level))
        text: str = found.find(qn("w:lvlText")).get(qn("w:val"))
        return text


def accepted_text(paragraph: Any) -> str | None:
    """Words of a paragraph after all changes are accepted; None when the paragraph itself is deleted."""
    mark = f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}"
    if paragraph._p.find(mark) is not None:
        return None
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def style_of(paragraph: Any) -> str:
    name: str = paragraph.style.name
    return name


def read_units(path: Path) -> dict[source.Address, str]:
    """Address → words, from the Word file alone: the order, the document behind its stamp, the annexes."""
    document = Document(str(path))
    numbers = Numbers(document)
    units: dict[source.Address, str] = {}
    prefix, unit, parts, annexes = "o", "", 1, 0
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            rows = [" | ".join(cell.text for cell in row.cells) for row in block.rows]
            address = source.Address(f"a{annexes}")
            units[address] = "\n".join([units.get(address, ""), *rows])
            continue
        text, style = accepted_text(block), style_of(block)
        if text is None:
            continue
        if style == "Draft Stamp":
            if prefix == "o":
                prefix, unit = "", ""
            else:
                annexes, unit = annexes + 1, f"a{annexes + 1}"
            continue
        label = numbers.label(block)
        if annexes:
            address = source.Address(unit)
            units[address] = "\n".join([units.get(address, ""), text])
        elif TOP_LABEL.fullmatch(label):
            unit, parts = f"{prefix}{label[:-1]}", 1
            units[source.Address(unit)] = text
        elif SUB_LABEL.fullmatch(label):
            units[source.Address(unit, sub=label)] = text
        elif style == "Draft Part":
            parts += 1
            units[source.Address(unit, part=str(parts))] = text
    return units


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines()]


def points(units: dict[source.Address, str]) -> list[int]:
    return [int(a.unit) for a in units if a.unit.isdigit() and not a.sub and not a.part]


@pytest.fixture(scope="module")
def drafts() -> dict[str, dict[source.Address, str]]:
    return {name: read_units(EXAMPLES / f"draft-{name}.docx") for name in ("ru", "kk", "ru-revised")}


def test_same_sources_give_same_bytes_and_the_files_are_fresh() -> None:
    first, second = build.build_all(), build.build_all()
    assert first == second
    for name, data in first.items():
        assert (EXAMPLES / name).read_bytes() == data, f"{name}: run python examples/build.py"


def test_another_process_gives_the_same_bytes() -> None:
    result = subprocess.run(
        [sys.executable, str(EXAMPLES / "build.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["draft-ru.docx", "draft-kk.docx", "draft-ru-revised.docx"])
def test_package_carries_no_clock(name: str) -> None:
    with zipfile.ZipFile(EXAMPLES / name) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 1, 15, 9, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("language", DRAFTS)
def test_word_numbers_agree_with_the_source(language: str, drafts: dict[str, dict[source.Address, str]]) -> None:
    draft = source.load(EXAMPLES / f"draft-{language}.yaml")
    written = [*draft["order"], *source.document_points(draft)]
    prefixes = ["o"] * len(draft["order"]) + [""] * len(source.document_points(draft))
    expected = {}
    for prefix, point in zip(prefixes, written, strict=True):
        for address, kind, text in source.paragraphs(point, prefix):
            if not (prefix and kind == "part"):
                expected[address] = text
    assert {a: t for a, t in drafts[language].items() if not a.unit.startswith("a")} == expected


@pytest.mark.parametrize("language", DRAFTS)
def test_shape_of_a_draft(language: str, drafts: dict[str, dict[source.Address, str]]) -> None:
    units = drafts[language]
    assert 15 <= len(points(units)) <= 25
    assert 4 <= len({a.unit for a in units if a.unit.startswith("o")}) <= 6
    document = Document(str(EXAMPLES / f"draft-{language}.docx"))
    numbers = Numbers(document)
    headings = [numbers.label(p) for p in document.paragraphs if style_of(p) == "Heading 1"]
    pattern = "Глава {}." if language == "ru" else "{}-тарау."
    assert headings == [pattern.format(n) for n in range(1, len(headings) + 1)]
    assert len(headings) >= 4
    assert document.tables
    assert not any(re.match(r"(\d+[.)]|Глава \d|\d+-тарау)", p.text) for p in document.paragraphs)


@pytest.mark.parametrize("language", DRAFTS)
def test_gold_quotes_stand_at_their_units(language: str, drafts: dict[str, dict[source.Address, str]]) -> None:
    gold = rows(f"gold-{language}.jsonl")
    for row in gold:
        assert set(row) == GOLD_FIELDS
        assert row["strength"] in (1, 2)
        assert row["risk"].strip() and row["recommendation"].strip()
        assert row["quote"] in drafts[language][source.Address(row["unit"], row["sub"], row["part"])], row
    keys = [(row["unit"], row["sub"], row["part"], row["factor"]) for row in gold]
    assert len(keys) == len(set(keys))
    assert {row["factor"] for row in gold} == FACTORS
    assert 10 <= len({key[:3] for key in keys}) <= 14


@pytest.mark.parametrize("language", DRAFTS)
def test_traps_stand_at_their_units_and_touch_no_gold(
    language: str, drafts: dict[str, dict[source.Address, str]]
) -> None:
    traps, gold = rows(f"traps-{language}.jsonl"), rows(f"gold-{language}.jsonl")
    assert len(traps) >= len(gold)
    for trap in traps:
        assert set(trap) == {"unit", "sub", "quote", "why"}
        places = [a for a, text in drafts[language].items() if trap["quote"] in text and a.unit == trap["unit"]]
        assert places and {a.sub for a in places} == {trap["sub"]}, trap
        near = [row for row in gold if (row["unit"], row["sub"]) == (trap["unit"], trap["sub"])]
        assert not any(trap["quote"] in row["quote"] or row["quote"] in trap["quote"] for row in near), trap


@pytest.mark.parametrize("language", DRAFTS)
def test_internal_references_lead_somewhere(language: str, drafts: dict[str, dict[source.Address, str]]) -> None:
    pattern = r"пункт(?:ом|а|е) (\d+) настоящих Правил" if language == "ru" else r"осы Қағидалардың (\d+)-тармағы"
    cited = {number for text in drafts[language].values() for number in re.findall(pattern, text)}
    assert cited
    assert cited <= {a.unit for a in drafts[language]}


def test_revision_answers_every_finding(drafts: dict[str, dict[source.Address, str]]) -> None:
    revised = drafts["ru-revised"]
    answers = [row for row in rows("adoption-ru.jsonl") if "new_finding" not in row]
    fresh = [row["new_finding"] for row in rows("adoption-ru.jsonl") if "new_finding" in row]
    gold = {(r["unit"], r["sub"], r["part"], r["factor"]): r["quote"] for r in rows("gold-ru.jsonl")}
    assert [(r["unit"], r["sub"], r["part"], r["factor"]) for r in answers] == list(gold)
    assert {row["state"] for row in answers} == STATES
    for row in answers:
        words = "\n".join(text for a, text in revised.items() if a.unit == row["adopted_unit"])
        assert row["evidence"] in words, row
        kept = gold[row["unit"], row["sub"], row["part"], row["factor"]] in words
        assert kept == (row["state"] == "not_adopted"), row
    assert fresh
    for row in fresh:
        address = source.Address(row["unit"], row["sub"], row["part"])
        assert row["quote"] in revised[address]
        assert row["quote"] not in drafts["ru"].get(address, "")


def test_rejecting_all_changes_gives_the_draft() -> None:
    def rejected(paragraph: Any) -> str | None:
        if paragraph._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:ins')}") is not None:
            return None
        inserted = {node for ins in paragraph._p.iter(qn("w:ins")) for node in ins.iter(qn("w:t"))}
        words = paragraph._p.iter(qn("w:t"), qn("w:delText"))
        return "".join(node.text or "" for node in words if node not in inserted)

    revised = Document(str(EXAMPLES / "draft-ru-revised.docx"))
    draft = Document(str(EXAMPLES / "draft-ru.docx"))
    restored = [text for p in revised.paragraphs if (text := rejected(p)) is not None]
    original = ["".join(node.text or "" for node in p._p.iter(qn("w:t"))) for p in draft.paragraphs]
    assert restored == original
    assert len(list(revised.element.iter(qn("w:ins")))) >= 5
    assert len(list(revised.element.iter(qn("w:del")))) >= 5


def test_a_change_may_not_alter_other_words() -> None:
    _, places = build.build_draft(source.load(EXAMPLES / "draft-ru.yaml"))
    change = {"at": {"unit": "22"}, "text": "Рабочий орган {+обязан+} проверить."}
    revisions = {"author": "x", "date": "2026-01-01T00:00:00Z", "changes": [change]}
    with pytest.raises(source.SourceError, match="old words"):
        apply_changes(places, revisions, build.STYLES)
    change["at"] = {"unit": "99"}
    with pytest.raises(source.SourceError, match="there is no"):
        apply_changes(places, revisions, build.STYLES)


def test_wrong_number_in_a_source_is_refused(tmp_path: Path) -> None:
    text = (EXAMPLES / "draft-kk.yaml").read_text(encoding="utf-8")
    path = tmp_path / "draft.yaml"
    path.write_text(text.replace("- point: 12\n", "- point: 13\n"), encoding="utf-8")
    with pytest.raises(source.SourceError, match=r"draft\.yaml: document"):
        source.load(path)
