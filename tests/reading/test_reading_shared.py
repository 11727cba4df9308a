"""All seeds, acts and drafts of the development data are read, sound and free of editors' notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nlp.reading.plain import read_plain
from nlp.reading.source import DropReason, SourceText

pytestmark = pytest.mark.shared

_PUBLISHERS = re.compile(r"Сноска[.,]|Примечание [ИР]ЦПИ|ЗҚАИ|РҚАО|Ескерту\. \d+(?:-\d+)?-бап")
_LATIN_I = re.compile(r"[а-яәғқңөұүһ]i|i[а-яәғқңөұүһ]")


def _read(path: Path) -> SourceText:
    data = path.read_bytes()
    source = read_plain(data, path.name)
    length = len(data.decode())
    at = 0
    for block in source.blocks:
        assert block.start == at and block.end > at
        at = block.end + 1
        for segment in block.segments:
            assert block.start <= segment.start and segment.start + segment.length <= block.end
            assert 0 <= segment.source <= length - segment.length
    return source


def test_seeds(shared: Path) -> None:
    sources = [_read(path) for path in sorted((shared / "seeds").glob("*.txt"))]
    assert len(sources) == 5
    assert sources[0].format == "md"
    for source in sources:
        assert not re.search(r"\]\(#|\*\*|\[bookmark|</?p>|&nbsp;", source.text)
    # the second seed is hard-wrapped: hardly a block may begin inside a sentence
    begins_small = [b for b in sources[1].blocks if sources[1].text[b.start].islower()]
    assert len(begins_small) < len(sources[1].blocks) * 0.2
    assert [item.reason for item in sources[1].dropped if item.text.startswith("Исх.")] == [DropReason.STAMP]


def test_acts_in_force(shared: Path) -> None:
    kept = blocks = dropped = small = 0
    for path in sorted((shared / "corpora" / "kz-acts").glob("*.txt")):
        if path.name == "SOURCE.txt":
            continue
        source = _read(path)
        blocks += len(source.blocks)
        dropped += len(source.dropped)
        kept += sum(1 for b in source.blocks if _PUBLISHERS.search(source.text, b.start, b.end))
        small += sum(1 for b in source.blocks if source.text[b.start] in ",;.)")
        if path.stem.endswith("_kz"):
            assert not _LATIN_I.search(source.text), path.name
    assert dropped > 9_000  # units that are excluded are kept, with their numbers
    assert kept <= dropped * 0.002
    assert small <= blocks * 0.0005


def test_drafts_have_one_block_a_paragraph(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "drafts").glob("*/draft.txt")):
        source = _read(path)
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(source.blocks) == len(lines), path
        assert source.dropped == ()
