"""Any table is structured and compared without failing; spans nest and addresses differ."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.changes.comparative import table_changes
from nlp.structure import structure
from nlp.structure.comparative_order import with_whole_rows
from tests.structure.comparative.tables import KK, RU, TITLE_RU, table
from tests.structure.test_total import DRAFTS, check

HEADS = st.sampled_from([RU, KK, RU[2:4], [*RU, *KK[1:]], [RU[3], RU[2]], ["", *RU[1:]], ["№", "Срок"], []])
CELLS = st.one_of(
    st.sampled_from(
        ["", "1", "2.", "1-1", "…", "отсутствует", "исключить", "жоқ", "без изменений", "«", "»", "«2. А.»", "3) в;",
         "Статья 5. А\n…\n2. Б:\n1) в;", "подпункт 3) пункта 2 статьи 5", "5-баптың 2-тармағы", "Действующая редакция",
         "Предлагаемая редакция", "Закон Республики Казахстан «О сборах»", "Плата", "\n", "1 2 3"]
    ),
    DRAFTS,
)  # fmt: skip
ROWS = st.one_of(
    st.lists(CELLS, max_size=6),
    st.dictionaries(st.integers(0, 9), CELLS, max_size=5).map(lambda cells: dict(sorted(cells.items()))),
)


@settings(max_examples=120)
@given(HEADS, st.lists(ROWS, max_size=8), DRAFTS)
def test_any_rows(head: list[str], rows: list[list[str] | dict[int, str]], after: str) -> None:
    source = table([head, *rows], TITLE_RU, after)
    act = structure(source)
    check(act)
    assert sorted(act.source.text) == sorted(source.text)
    for change in table_changes(act):
        assert change.before != change.after
        assert act.find(change.address) is not None


@settings(max_examples=60)
@given(HEADS, st.lists(ROWS, max_size=8))
def test_making_rows_whole_twice_changes_nothing(head: list[str], rows: list[list[str] | dict[int, str]]) -> None:
    once = with_whole_rows(table([head, *rows]))
    assert with_whole_rows(once) == once
    for block in once.blocks:
        assert "\n" not in once.text[block.start : block.end]


def test_thousands_of_rows() -> None:
    rows = [[str(n), f"пункт {n} статьи 5", f"{n}. Плата {n}.", f"{n}. Плата {n} вправе.", ""] for n in range(1, 1500)]
    assert len(table_changes(structure(table([RU, *rows])))) == 1499


def test_one_row_of_a_whole_act() -> None:
    old = "\n".join(f"{n}. Орган {n} принимает заявление за {n} дней." for n in range(1, 600))
    new = old.replace("Орган 77 принимает", "Орган 77 вправе принять")
    [change] = table_changes(structure(table([RU, ["1", "", old, new, ""]])))
    assert change.after == "Орган 77 вправе принять заявление за 77 дней."
