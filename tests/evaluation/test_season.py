"""The generated season: shares, lengths, the same drafts from the same seed, drafts that are read as acts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from evaluation.season import PAGE_CHARACTERS, SEASON, Planned, paragraphs, season, write
from expertise.batch.listing import read_listing
from nlp.limits import Limits
from nlp.reading.plain import read_plain
from nlp.structure import structure


def test_a_season() -> None:
    plan = list(season())
    assert len(plan) == SEASON
    assert abs(sum(draft.local for draft in plan) / SEASON - 0.59) < 0.02
    assert {draft.pages for draft in plan} == set(range(4, 61))
    assert Counter(draft.language for draft in plan) == {"ru": SEASON // 2, "kk": SEASON // 2}
    assert list(season(100)) == plan[:100]
    assert list(season(100, seed=2)) != plan[:100]


def test_drafts_are_acts_of_their_length(tmp_path: Path) -> None:
    for local in (True, False):
        for language in ("ru", "kk"):
            planned = Planned(7, local, language, 5)
            lines = paragraphs(planned)
            assert lines == paragraphs(planned)
            assert len(set(lines)) == len(lines)
            assert 5 <= sum(map(len, lines)) / PAGE_CHARACTERS < 6
            act = structure(read_plain("\n\n".join(lines).encode(), "a.txt", Limits()))
            assert act.is_act and act.language == language
    write(tmp_path, 2)
    found = read_listing(tmp_path / "season.csv", tmp_path / "out")
    assert [draft.id for draft in found.drafts] == ["00000", "00001"] and not found.bad
    assert all(file.path.is_file() for draft in found.drafts for file in draft.files)
