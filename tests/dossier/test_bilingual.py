"""Both texts in one file: parted wherever a split exists, each word with its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.bilingual import halves
from nlp.limits import Limits
from nlp.reading.child import read_here
from nlp.reading.source import BlockKind, SourceText
from tests.dossier.files import (
    ACT_KK,
    ACT_RU,
    bilingual_comparative,
    example,
    in_turns,
    in_two_cells,
    lines,
    one_after_the_other,
    read,
    side_by_side,
    word,
)
from tests.reading.pdf.printing import Look, PdfPrinter, pieces_of
from tests.structure.helpers import source as source_of


def parted(source: SourceText) -> tuple[list[str], list[str]]:
    found = halves(source)
    assert found is not None
    for half in (found.ru, found.kk):
        assert (half.name, half.sha256, half.format) == (source.name, source.sha256, source.format)
        originals = {(b.place, source.text[b.start : b.end]) for b in source.blocks}
        assert all((b.place, half.text[b.start : b.end]) in originals for b in half.blocks)
        assert all(s.start >= b.start and s.start + s.length <= b.end for b in half.blocks for s in b.segments)
    return found.ru.text.split("\n"), found.kk.text.split("\n")


@pytest.mark.parametrize("order", [("ru", "kk"), ("kk", "ru")])
def test_one_after_the_other(order: tuple[str, str]) -> None:
    assert parted(read(one_after_the_other(*order))) == (lines("ru"), lines("kk"))


@pytest.mark.parametrize(("first", "second"), [(ACT_RU, ACT_KK), (ACT_KK, ACT_RU)])
def test_signatures_stay_with_their_text_and_heads_with_theirs(first: list[str], second: list[str]) -> None:
    assert parted(read(word(*first, "Министр", "А. Боев", *second))) in (
        ([*first, "Министр", "А. Боев"], second), (second, [*first, "Министр", "А. Боев"]),
    )  # fmt: skip


def test_annexes_of_each_text_behind_both() -> None:
    annex_ru = [
        "Приложение 1 к Правилам взимания сбора",
        "Перечень документов",
        "1. Заявление о взимании сбора с заявителя.",
        "2. Справка о доходах заявителя и членов его семьи.",
    ]
    annex_kk = [
        "Алым алу қағидаларына 1-қосымша",
        "Құжаттар тізбесі",
        "1. Өтініш берушіден алым алу туралы өтініш.",
        "2. Өтініш беруші мен отбасы мүшелерінің кірістері туралы анықтама.",
    ]
    assert parted(read(word(*ACT_RU, *ACT_KK, *annex_ru, *annex_kk))) == ([*ACT_RU, *annex_ru], [*ACT_KK, *annex_kk])


@pytest.mark.parametrize("order", [("ru", "kk"), ("kk", "ru")])
def test_a_table_that_sets_the_texts_side_by_side(order: tuple[str, str]) -> None:
    source = read(side_by_side(*order))
    assert parted(source) == (lines("ru"), lines("kk"))
    found = halves(source)
    assert found is not None
    assert {block.kind for half in (found.ru, found.kk) for block in half.blocks} == {BlockKind.PARAGRAPH}
    assert all(block.place.table == 0 for block in found.kk.blocks)


def test_both_texts_in_two_cells() -> None:
    assert parted(read(in_two_cells())) == (lines("ru"), lines("kk"))


def test_paragraphs_in_turns() -> None:
    source = read(in_turns())
    russian, kazakh = parted(source)
    count = min(len(lines("ru")), len(lines("kk")))
    assert len(set(russian) & set(lines("ru", count))) > 0.95 * len(set(lines("ru", count)))
    assert len(set(kazakh) & set(lines("kk", count))) > 0.95 * len(set(lines("kk", count)))
    found = halves(source)
    assert found is not None
    assert [notice.code for notice in found.notices] == ["dossier.in_turns"]


def test_pages_in_two_columns() -> None:
    printer = PdfPrinter(Look())
    printer.columns(pieces_of(ACT_RU * 2), pieces_of(ACT_KK * 2))
    source = read_here(printer.bytes(), "draft.pdf", Limits())
    russian, kazakh = parted(source)
    assert "5. Решение об отказе обжалуется в суд." in russian
    assert "5. Бас тарту туралы шешімге сотқа шағым жасалады." in kazakh
    found = halves(source)
    assert found is not None
    for block in found.kk.blocks:
        assert "".join(found.kk.text[box.start : box.end] for box in block.boxes).replace(" ", "") in (
            found.kk.text[block.start : block.end].replace(" ", "")
        )
        assert len(block.boxes)


def test_blocks_of_columns_of_a_comparative_table() -> None:
    russian, kazakh = parted(read(bilingual_comparative()))
    assert "Предлагаемая редакция" in russian and "Предлагаемая редакция" not in kazakh
    assert "Ұсынылатын редакция" in kazakh and "Ұсынылатын редакция" not in russian
    assert [line for line in kazakh if line in "12"] == ["1", "2"]  # the column of numbers is of both
    assert [line for line in russian if line in "12"] == ["1", "2"]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_one_text_is_one_text(language: str) -> None:
    assert halves(example(language)) is None


def test_a_quotation_in_the_other_language_is_no_text() -> None:
    quoted = "«Осы бұйрықтың орындалуын бақылау аппарат басшысына жүктелсін»"
    assert halves(source_of("\n".join([*lines("ru"), quoted, "6. Настоящий приказ подлежит опубликованию."]))) is None


def test_languages_mixed_inside_paragraphs_cannot_be_parted() -> None:
    mixed = [f"{one} / {other}" for one, other in zip(ACT_RU, ACT_KK, strict=True)]
    found = halves(source_of("\n".join(mixed)))
    assert found is None


LINES = st.one_of(st.sampled_from([*ACT_RU, *ACT_KK, "№ 5", "____", "1)", "Министр"]), st.text(max_size=30))


@settings(max_examples=80)
@given(st.lists(LINES, max_size=40))
def test_any_lines_are_parted_without_loss_or_not_at_all(given_lines: list[str]) -> None:
    source = source_of("\n".join(given_lines))
    found = halves(source)
    if found is not None:
        both = sorted([*found.ru.text.split("\n"), *found.kk.text.split("\n")])
        assert both == sorted(source.text.split("\n"))
