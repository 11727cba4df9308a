"""The nearest general norm that holds for a power, found by an index, is the one that trying all of them finds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from nlp.norms.powers.general import GeneralCues, GeneralNorms
from nlp.norms.powers.index import ActIndex, Cue

_PROVISION = st.tuples(st.integers(0, 2), st.integers(0, 3), st.booleans(), st.booleans(), st.booleans())
"""Chapter, article, an item of a list, under a heading on appeal, under a heading on control."""


def _index(rows: list[tuple[int, int, bool, bool, bool]]) -> ActIndex:
    token = {True: SimpleNamespace(lemmas=("контроль",)), False: SimpleNamespace(lemmas=("иное",))}
    provisions = [
        SimpleNamespace(
            lead="Орган:" if item else "", heading=f"{headed}{control}", path=(f"chp_{chapter}", f"chp_{chapter}__a")
        )
        for chapter, _, item, headed, control in rows
    ]
    analyses = {
        id(p): SimpleNamespace(heading=(token[row[4]],), text=(), lead=())
        for p, row in zip(provisions, rows, strict=True)
    }
    headings = {id(analyses[id(p)].heading): row[3] for p, row in zip(provisions, rows, strict=True)}
    words = SimpleNamespace(
        control=frozenset({"контроль"}),
        general_headings=SimpleNamespace(find=lambda tokens: [1] if headings[id(tokens)] else []),
    )
    made: Any = SimpleNamespace(
        provisions=provisions,
        articles=[f"chp_{chapter}__art_{article}" for chapter, article, *_ in rows],
        analysis=lambda provision: analyses[id(provision)],
        words=words,
    )
    return cast(ActIndex, made)


def _tried_all(rows: list[tuple[int, int, bool, bool, bool]], said: set[int], home: int) -> int | None:
    """By the words of the methodology: all are tried, the nearest is taken, of two as near the first."""
    held = []
    for at in sorted(said):
        chapter, article, item, headed, control = rows[at]
        barred = control and not rows[home][4]
        same_article = (chapter, article) == rows[home][:2]
        if same_article or (not barred and (not item or headed or chapter == rows[home][0])):
            held.append(at)
    return min(held, key=lambda at: abs(at - home), default=None)


@given(st.lists(_PROVISION, min_size=1, max_size=14), st.data())
def test_nearest(rows: list[tuple[int, int, bool, bool, bool]], data: st.DataObject) -> None:
    cues = GeneralCues(GeneralNorms(_index(rows)))
    said = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    made: dict[int, Any] = {at: SimpleNamespace(sentence=SimpleNamespace(at=at)) for at in sorted(said)}
    for at in sorted(said):
        cues.add(cast(Cue, made[at]))
        cues.add(cast(Cue, SimpleNamespace(sentence=SimpleNamespace(at=at))))  # the first words of a provision count
    for home in range(len(rows)):
        wanted = _tried_all(rows, said, home)
        assert cues.nearest([home]) is (None if wanted is None else made[wanted])
