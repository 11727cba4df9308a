"""Files in, a dossier out: languages, tables, notices on texts that are not one act, refusals."""

from __future__ import annotations

import pytest

from nlp.dossier import dossier_of
from nlp.errors import DossierError
from nlp.examination import Dossier
from nlp.messages import LANGUAGES, message
from nlp.reading.source import SourceText
from nlp.structure import structure
from nlp.structure.comparative_rows import comparative_rows
from tests.dossier.files import (
    ACT_KK,
    ACT_RU,
    TABLE_TITLE,
    bilingual_comparative,
    comparative,
    example,
    one_after_the_other,
    read,
    word,
)


def codes(dossier: Dossier) -> list[str]:
    return [notice.code for notice in dossier.notices]


def text(paragraphs: list[str], name: str = "draft.docx") -> SourceText:
    return read(word(*paragraphs), name)


@pytest.mark.parametrize("data", [word(*ACT_RU), word(*ACT_KK), bilingual_comparative(), comparative("ru")])
def test_what_is_structured_for_a_dossier_is_what_its_texts_would_be_structured_to(data: bytes) -> None:
    dossier = dossier_of([read(data, "draft.docx")])
    for _, source in dossier.texts():
        assert dossier.act_of(source) == structure(source)
    assert dossier.act_of(text(ACT_RU)) is None, "of another text nothing is known"


@pytest.mark.parametrize("order", [1, -1])
def test_two_files_in_any_order(order: int) -> None:
    dossier = dossier_of([text(ACT_RU, "kk.docx"), text(ACT_KK, "ru.docx")][::order])
    assert dossier.ru is not None and dossier.kk is not None
    assert (dossier.ru.name, dossier.kk.name, codes(dossier)) == ("kk.docx", "ru.docx", [])


def test_one_file_with_both_texts() -> None:
    dossier = dossier_of([text([*ACT_KK, *ACT_RU])])
    assert dossier.ru is not None and dossier.kk is not None
    assert [code for code, _ in dossier.texts()] == ["ru", "kk"]
    assert structure(dossier.kk).requisites.form == structure(dossier.ru).requisites.form == "order"
    assert codes(dossier) == ["dossier.both_texts"]


def refused(*sources: SourceText, table: SourceText | None = None) -> str:
    with pytest.raises(DossierError) as caught:
        dossier_of(sources, table=table)
    for language in LANGUAGES:
        assert "___" not in message(caught.value.code, language, caught.value.params)
    return caught.value.code


def test_refusals() -> None:
    russian, kazakh = text(ACT_RU), text(ACT_KK)
    assert refused() == "dossier.no_text"
    assert refused(russian, russian) == "dossier.same_language"
    assert refused(kazakh, kazakh) == "dossier.same_language"
    assert refused(russian, kazakh, russian) == "dossier.too_many"
    assert refused(text([*ACT_RU, *ACT_KK]), russian) == "dossier.too_many"
    assert refused(*[russian] * 4) == "dossier.too_many"
    assert refused(russian, table=kazakh) == "dossier.not_a_table"


def test_texts_of_two_acts_are_told() -> None:
    assert codes(dossier_of([example("ru"), example("kk")])) == ["dossier.forms_differ"]
    longer = [*ACT_KK, *(f"{n}. Өтініш беруші алымды белгіленген мерзімде төлейді." for n in range(6, 12))]
    dossier = dossier_of([text(ACT_RU), text(longer)])
    assert [(n.code, dict(n.params)) for n in dossier.notices] == [("dossier.points_differ", {"ru": "8", "kk": "14"})]
    dated_ru = [*ACT_RU[:3], "от 1 марта 2026 года № 5", *ACT_RU[3:]]
    dated_kk = [*ACT_KK[:3], "2026 жылғы 2 наурыз № 6", *ACT_KK[3:]]
    assert codes(dossier_of([text(dated_ru), text(dated_kk)])) == ["dossier.dates_differ", "dossier.numbers_differ"]


def test_every_notice_has_its_blanks_filled_in_both_languages() -> None:
    longer = [*ACT_KK, *(f"{n}. Өтініш беруші алымды төлейді." for n in range(6, 12))]
    for dossier in (dossier_of([text(ACT_RU), text(longer)]), dossier_of([text([*ACT_RU, *ACT_KK])])):
        for notice in dossier.notices:
            for language in LANGUAGES:
                assert "___" not in message(notice.code, language, dict(notice.params))


def test_mixed_paragraphs_stay_one_text_with_a_notice() -> None:
    dossier = dossier_of([text([f"{one} / {other}" for one, other in zip(ACT_RU, ACT_KK, strict=True)])])
    assert len(dossier.texts()) == 1
    assert codes(dossier) == ["dossier.not_parted"]


def test_a_comparative_table_alone_is_the_draft() -> None:
    dossier = dossier_of([read(comparative("kk"))])
    assert dossier.kk is not None and dossier.ru is None and dossier.table is None
    both = dossier_of([read(comparative("kk")), read(comparative("ru"))])
    assert both.ru is not None and both.kk is not None and both.table is None


def test_a_comparative_table_in_two_languages() -> None:
    dossier = dossier_of([read(bilingual_comparative())])
    assert dossier.ru is not None and dossier.kk is not None
    for language, source in dossier.texts():
        rows = comparative_rows(structure(source))
        assert [row.language for row in rows] == [language, language]
        assert [row.number for row in rows] == ["1", "2"]


def test_a_table_beside_a_draft_is_its_table() -> None:
    dossier = dossier_of([text(ACT_RU), read(comparative("ru"), "table.docx")])
    assert dossier.ru is not None and dossier.table is not None
    assert (dossier.ru.name, dossier.table.name) == ("draft.docx", "table.docx")
    both = dossier_of([text(ACT_RU), text(ACT_KK)], table=read(bilingual_comparative()))
    assert both.table is not None
    assert [row.language for row in comparative_rows(structure(both.table))] == ["ru", "ru", "kk", "kk"]


def test_a_table_behind_the_draft_in_the_same_file() -> None:
    dossier = dossier_of([read(comparative("ru", tuple(ACT_RU)))])
    assert dossier.ru is not None and dossier.table is not None
    assert dossier.ru.text.split("\n") == ACT_RU
    assert dossier.table.text.startswith(TABLE_TITLE["ru"][0])


def test_names_never_decide() -> None:
    dossier = dossier_of([read(one_after_the_other("kk"), "проект_рус.docx")])
    assert dossier.kk is not None and dossier.ru is None
