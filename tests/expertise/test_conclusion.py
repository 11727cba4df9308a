"""The conclusion: its form, what it prints and what it never prints, equal words in Word and PDF/A."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from typing import Any

import conclusion_samples as samples
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from expertise.case.conclusion import canonical, content, content_hash, is_divergence, schema
from expertise.case.decided import Decided
from expertise.case.decisions import Said
from expertise.documents.conclusion import Preview, conclusion, untranslated
from expertise.documents.docx_writer import write_docx
from expertise.documents.fonts import FontsMissingError, font_files, showable
from expertise.documents.model import Document, Emphasis, Paragraph, Style, Table, Turn, text
from expertise.documents.pdf_writer import write_pdf
from expertise.documents.words import words
from expertise.documents.xmltext import clean
from tests.conftest import needs_fonts

pytestmark = needs_fonts

LANGUAGES = ("ru", "kk")
HASH = "c0ffee" * 10 + "c0ff"


def table_of(document: Document) -> Table:
    (found,) = [block for block in document.blocks if isinstance(block, Table) and len(block.widths) == 9]
    return found


def whole(document: Document) -> str:
    return "\n".join(document.texts())


def root_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def bare(words: str) -> str:
    return re.sub(r"[\s\u200b]", "", showable(clean(words)))


# What it says.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_has_all_sections_and_columns(language: str) -> None:
    document, said = conclusion(samples.both(), language, HASH), words(language)
    heads = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.style is Style.HEADING]
    assert [head[:2] for head in heads] == [f"{number}." for number in range(1, 10)]
    table = table_of(document)
    (head,) = table.head
    assert [cell.text for cell in head] == [
        said.say(f"conclusion.column_{name}")
        for name in (
            "number", "unit", "wording", "factor", "reasoning", "severity", "proposal", "position", "position_reason",
        )
    ]  # fmt: skip
    assert all(row[7].text == row[8].text == "" for row in table.rows), "the developer's columns are the developer's"
    assert sum(table.widths) == 262
    titles = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.style is Style.TITLE]
    assert titles == {
        "ru": [
            "ЗАКЛЮЧЕНИЕ", "научной антикоррупционной экспертизы", "№ 15 от 2 марта 2026 года",
            "по проекту приказа «Об утверждении Правил»",
        ],
        "kk": [
            "«Қағидаларды бекіту туралы» бұйрығының жобасы бойынша",
            "сыбайлас жемқорлыққа қарсы ғылыми сараптаманың", "ҚОРЫТЫНДЫСЫ", "2026 жылғы 2 наурыз, № 15",
        ],
    }[language]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_text_has_dates_in_the_official_form(language: str) -> None:
    told = conclusion(samples.both(), language, HASH).texts()
    assert {
        "ru": "Письмо разработчика № 12-3/450 от 20 февраля 2026 года.",
        "kk": "Әзірлеушінің 2026 жылғы 20 ақпандағы № 12-3/450 хаты.",
    }[language] in told
    declared = {"ru": "заявлено 21 февраля 2026 года.", "kk": "2026 жылғы 21 ақпанда мәлімделді."}[language]
    assert sum(line.endswith(declared) for line in told) == 2
    head = conclusion(samples.both(), language, HASH).page_statement
    assert {"ru": "№ 15 от 2 марта 2026 года", "kk": "2026 жылғы 2 наурыздағы № 15 қорытындысы"}[language] in head
    assert not re.search(r"\d\d\.\d\d\.20\d\d|\d{4}-\d\d-\d\d", head + whole(conclusion(samples.both(), language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_points_of_a_factor_are_one_or_several(language: str) -> None:
    one, many = (whole(conclusion(samples.both(times), language, HASH)) for times in (1, 2))
    assert {"ru": "– пункт таблицы: 1", "kk": "– кестенің 1\u2011тармағы"}[language] in one
    assert {"ru": "– пункты таблицы: 1, 5", "kk": "– кестенің 1, 5\u2011тармақтары"}[language] in many


def test_one_defect_of_both_texts_is_one_row_with_both_wordings() -> None:
    made = samples.both()
    assert len(made["findings"]) == 4 == len(table_of(conclusion(made, "ru", HASH)).rows)
    row = table_of(conclusion(made, "ru", HASH)).rows[0]
    assert row[1].text == "пункт 1 Правил\nв обоих текстах"
    assert "Уполномоченный орган вправе" in row[2].text and "Уәкілетті" not in row[2].text
    assert "оставляет выбор" in row[4].text and "таңдауды" not in row[4].text
    assert "Новая редакция нормы." in row[6].text and "Норманың жаңа редакциясы." in row[6].text
    row = table_of(conclusion(made, "kk", HASH)).rows[0]
    assert "Уәкілетті орган" in row[2].text and "таңдауды органға қалдырады" in row[4].text


def test_only_verified_grounds_are_printed() -> None:
    for language in LANGUAGES:
        said = whole(conclusion(samples.both(), language, HASH)) + canonical(samples.both()).decode()
        assert "АППК, статья 11" in said
        assert not any(hidden in said for hidden in ("НЕПРОВЕРЕННОЕ", "ДОКТРИНА", "БЕЗ ИСТОЧНИКА"))


def test_grounds_of_another_factor_go_with_it() -> None:
    text = samples.shown("ru", samples.RU)
    found = samples.machine(text, 1, "permissive_power", "вправе")
    made = content(samples.material([text], [samples.decided("a", found, 1, Said(factor="vague_wording"))]))
    assert made["findings"][0]["factor"] == "vague_wording" and made["findings"][0]["basis"] == {}
    assert "АППК" not in whole(conclusion(made, "ru", HASH))


def test_repeats_are_cited_and_not_quoted_again() -> None:
    text = samples.shown("ru", [samples.RU[0]] * 3)
    one = samples.machine(text, 1, "permissive_power", "вправе")
    others = [samples.machine(text, number, "permissive_power", "вправе")["marks"][0] for number in (2, 3)]
    found = {**one, "marks": [*one["marks"], *others], "also_at": ["rules__p_2", "rules__p_3"]}
    made = content(samples.material([text], [samples.decided("a", found)]))
    row = table_of(conclusion(made, "ru", HASH)).rows[0]
    assert row[1].text == "пункт 1 Правил\nТакая же норма: пункт 2 Правил; пункт 3 Правил"
    assert row[2].text.count("вправе") == 1


def test_marked_words_are_flagged_and_the_proposal_is_a_difference() -> None:
    row = table_of(conclusion(samples.both(), "ru", HASH)).rows[0]
    flagged = [run.text for line in row[2].paragraphs for run in line.runs if run.emphasis is Emphasis.FLAGGED]
    assert flagged == ["вправе"]
    shown = {run.emphasis for line in row[6].paragraphs for run in line.runs}
    assert {Emphasis.INSERTED, Emphasis.DELETED} <= shown


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("ru", "По результатам экспертизы коррупциогенные факторы не выявлены."),
        ("kk", "Сараптама нәтижелері бойынша сыбайлас жемқорлық факторлары анықталмады."),
    ],
)
def test_nothing_found_and_nothing_filled_in(language: str, phrase: str) -> None:
    document = conclusion(samples.nothing(), language, HASH)
    assert phrase in document.texts()
    assert not any(isinstance(block, Turn) for block in document.blocks)
    assert whole(document).count("___") >= 7
    assert "Айгүл Ахметова" in whole(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_services_and_factors_are_counted(language: str) -> None:
    made = samples.both()
    assert made["summary"]["hidden_services"] == [4]
    said, document = words(language), conclusion(made, language, HASH)
    cited, quote = {
        "ru": ("Пункт 4 Правил", "выдаёт справку"), "kk": ("Қағидалардың 4-тармағы", "анықтама береді"),
    }[language]  # fmt: skip
    found = list(document.texts())
    at = found.index(said.say("conclusion.services_found"))
    assert found[at + 1] == said.say("conclusion.at_number", number=4, places=f"{cited}, «{quote}»")
    assert found[at + 2] == said.say("conclusion.services_no_register")
    assert said.say("conclusion.found", count=4) in document.texts()


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        ({"looked_for_services": False}, ["unchecked"]),
        ({}, ["no_signs", "no_register"]),
        ({"services_register": "e" * 64}, ["none", "register"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_looked_for_is_not_called_absent(language: str, checked: dict[str, Any], said: list[str]) -> None:
    made = content(samples.material([samples.shown("ru", samples.RU)], [], **checked))
    every = ("unchecked", "no_signs", "none", "no_register", "register")
    told = {name: words(language).say(f"conclusion.services_{name}", sha256="e" * 64) for name in every}
    shown = conclusion(made, language).texts()
    assert [name for name, text in told.items() if text in shown] == said


def diverging(**other: Any) -> Decided:
    text = samples.shown("ru", samples.RU)
    found = samples.machine(text, 3, "collision", "в разумный срок", evidence=[{"detector": "parity.number"}], **other)
    return samples.decided("d-ru", found, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_divergences_of_the_two_texts_are_gathered(language: str) -> None:
    said, texts = words(language), [samples.shown("ru", samples.RU), samples.shown("kk", samples.KK)]
    other = samples.machine(
        texts[1], 3, "collision", "ақылға қонымды мерзімде", evidence=[{"detector": "parity.number"}]
    )
    standing = [diverging(counterpart="d-kk"), samples.decided("d-kk", {**other, "counterpart": "d-ru"}, 2)]
    made = content(samples.material(texts, standing))
    assert made["summary"]["divergences"] == [1]
    found = list(conclusion(made, language).texts())
    line = found[found.index(said.say("conclusion.divergences_found")) + 1]
    assert all(quote in line for quote in ("«в разумный срок»", "«ақылға қонымды мерзімде»"))
    own = content(samples.material(texts, standing, {"authenticity": "Слова эксперта."}))
    assert {"Слова эксперта.", line} <= set(conclusion(own, language).texts())
    by_hand = {"factor": "collision", "severity": "low", "places": [["ru", 0, 5], ["kk", 0, 5]], "language": "ru"}
    marked = replace(samples.decided("h", by_hand, 3), by_hand=True)
    assert is_divergence(marked) and not is_divergence(replace(marked, content={**by_hand, "factor": "vague_wording"}))
    assert not is_divergence(samples.decided("m", {**other, "evidence": [{"detector": "collisions.term"}]}, 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_called_alike_only_where_they_were_compared(language: str) -> None:
    said, texts = words(language), [samples.shown("ru", samples.RU), samples.shown("kk", samples.KK)]
    one = said.say("conclusion.one_text", language=said.say("conclusion.of_language.ru"))
    none, unknown = said.say("conclusion.no_divergence"), said.say("conclusion.not_compared")
    mixed = replace(texts[0], language="mixed")
    cases = [(texts, True, none), (texts, False, unknown), ([mixed], False, unknown), (texts[:1], False, one)]
    for dossier, compared, expected in cases:
        made = content(samples.material(dossier, [], texts_compared=compared))
        shown = conclusion(made, language).texts()
        assert [each for each in (one, none, unknown) if each in shown] == [expected]
    own = content(samples.material(texts, [], {"authenticity": "Слова эксперта."}))
    shown = conclusion(own, language).texts()
    assert "Слова эксперта." in shown and none not in shown, "the expert's words stand for themselves"


def test_the_preview_says_that_it_is_none() -> None:
    made = samples.both()
    document = conclusion(made, "kk", preview=Preview(["нөмірі"], ["1-тарау"], ["Себебі."]))
    assert document.page_statement == words("kk").say("conclusion.preview_statement")
    assert "1-тарау" in whole(document) and "SHA-256): " not in document.page_foot
    issued = conclusion(made, "kk", HASH)
    assert "1-тарау" not in whole(issued) and HASH in issued.page_foot and HASH in whole(issued)
    assert "ab" * 32 in whole(issued)


def test_reasons_that_nobody_translated_are_named() -> None:
    text = samples.shown("ru", samples.RU)
    made = content(
        samples.material([text], [samples.decided("a", samples.machine(text, 1, "permissive_power", "вправе"))])
    )
    assert untranslated(made, "ru") == () and untranslated(made, "kk") == (1,)
    assert "оставляет выбор" in whole(conclusion(made, "kk", HASH)), "printed all the same, in the language it has"
    assert "Орыс тілінде:" in whole(conclusion(made, "kk", HASH))


def test_an_amendment_is_shown_before_and_after() -> None:
    text = samples.shown("ru", ["«орган вправе» заменить словами «комиссия вправе»."])
    change = {
        "act": "Закон «О торговле»", "unit": "статья 5", "heading": "", "lead": "", "before": "орган отказывает",
        "after": "орган вправе отказать", "new": [{"start": 6, "end": 21}], "gone": [{"start": 6, "end": 16}],
        "marked": [{"start": 6, "end": 12}],
    }  # fmt: skip
    found = samples.machine(text, 1, "permissive_power", "вправе", change=change)
    row = table_of(conclusion(content(samples.material([text], [samples.decided("a", found)])), "ru", HASH)).rows[0]
    assert "статья 5 (Закон «О торговле»)" in row[2].text and "орган отказывает" in row[2].text


def test_words_of_an_expert_may_be_anything() -> None:
    text = samples.shown("ru", samples.RU)
    said = Said(explanation='#eval("1") $x$ *жирно* <b>\x00 ₸ 漢\nвторая строка', risk="{number} {language}")
    found = samples.machine(text, 1, "permissive_power", "вправе")
    document = conclusion(content(samples.material([text], [samples.decided("a", found, 1, said)])), "ru", HASH)
    assert "вторая строка" in whole(document)
    printed = bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(document))).pages))
    assert bare('#eval("1") $x$ *жирно* <b> ₸ \ufffd') in printed and "{number}{language}" in printed
    assert write_docx(document)


def test_a_long_word_does_not_run_over_the_next_column() -> None:
    source = samples.shown("ru", samples.RU)
    said = Said(risk="https://adilet.zan.kz/rus/docs/V2600000000/" + "x" * 60)
    found = samples.machine(source, 1, "permissive_power", "вправе")
    made = content(samples.material([source], [samples.decided("a", found, 1, said)]))
    with pdfplumber.open(io.BytesIO(write_pdf(conclusion(made, "ru", HASH)))) as pdf:
        (page,) = [page for page in pdf.pages if page.width > page.height]
        lines = sorted({round(line["x0"]) for line in page.rects + page.lines if line["height"] > 50})
        signs = [sign for sign in page.chars if sign["text"] == "x"]
        left = max(line for line in lines if line <= signs[0]["x0"])
        right = min(line for line in lines if line > left)
        assert len(signs) == 60 and all(left <= sign["x0"] and sign["x1"] <= right for sign in signs)


@pytest.mark.parametrize("made", [samples.both(), samples.nothing(), samples.long()], ids=["both", "nothing", "long"])
def test_content_is_of_the_committed_schema(made: dict[str, object]) -> None:
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(made)
    for key in made:
        assert not Draft202012Validator(schema()).is_valid({name: made[name] for name in made if name != key}), key
    assert not Draft202012Validator(schema()).is_valid({**made, "machine": 1})


# The files.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["both", "many", "nothing", "long"])
def test_word_and_pdf_have_equal_words(name: str, language: str) -> None:
    made = {"both": samples.both, "many": lambda: samples.both(8), "nothing": samples.nothing, "long": samples.long}[
        name
    ]()
    document = conclusion(made, language, content_hash(made))
    expected = bare(whole(document))
    body = root_of(write_docx(document))
    in_word = "".join(
        {"noBreakHyphen": "\u2011"}.get(etree.QName(part).localname, part.text or "")
        for part in body.iter("{*}t", "{*}noBreakHyphen")
    )
    bullets = sum(isinstance(block, Paragraph) and block.style is Style.BULLET for block in document.blocks)
    assert Counter(bare(in_word)) == Counter(expected + "–" * bullets)
    in_pdf = bare(printed(write_pdf(document), document))
    assert Counter(in_pdf.replace("-", "")) == Counter((expected + "–" * bullets).replace("-", "")), "but soft hyphens"
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert bare(block.text) in in_pdf and bare(block.text) in bare(in_word)


def printed(data: bytes, document: Document) -> str:
    """The words of all pages without what every page repeats: header, footer, head of the table."""
    pages = PdfReader(io.BytesIO(data)).pages
    head = next(
        (
            bare("".join(c.text for c in block.head[0]))
            for block in document.blocks
            if isinstance(block, Table) and block.head
        ),
        "",
    )
    said, heads = [], 0
    for number, page in enumerate(pages, start=1):
        words = bare(page.extract_text())
        foot = bare(document.page_number.format(page=number, total=len(pages)))
        for repeated in (bare(document.page_statement), foot, bare(document.page_foot)):
            assert words.count(repeated) >= 1, (number, repeated)
            at = words.rindex(repeated) if repeated is foot else words.index(repeated)
            words = words[:at] + words[at + len(repeated) :]
        if head and head in words:
            heads += 1
            words = words.replace(head, "", 1) if heads > 1 else words
        said.append(words)
    return "".join(said)


def test_the_pdf_is_pdf_a_with_its_fonts() -> None:
    made = write_pdf(conclusion(samples.both(), "kk", HASH))
    reader = PdfReader(io.BytesIO(made))
    catalogue = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert catalogue["/OutputIntents"] and "/Encrypt" not in reader.trailer and "/JavaScript" not in str(catalogue)
    assert catalogue["/Lang"].startswith("kk")
    faces = {font["/BaseFont"].split("+")[-1] for page in reader.pages for font in _fonts(page["/Resources"])}
    assert faces and all("PTSerif" in face for face in faces)
    for page in reader.pages:
        for font in _fonts(page["/Resources"]):
            (below,) = font["/DescendantFonts"]
            described = below.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def _fonts(resources: DictionaryObject) -> list[DictionaryObject]:
    return [font.get_object() for font in resources.get("/Font", {}).values()]


def test_kazakh_letters_are_shown() -> None:
    letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
    document = Document(
        "т", "kk", "kk-KZ", (text(letters), text(letters, emphasis=Emphasis.STRONG)), "s", "{total}, {page}"
    )
    (page,) = PdfReader(io.BytesIO(write_pdf(document))).pages
    assert page.extract_text().count(letters) == 2
    assert showable(letters) == letters
    assert "PTSerif" in str([font["/BaseFont"] for font in _fonts(page["/Resources"])])


def test_the_same_content_gives_the_same_bytes() -> None:
    for language in LANGUAGES:
        one, two = (conclusion(samples.both(), language, HASH) for _ in range(2))
        assert write_pdf(one) == write_pdf(two) and write_docx(one) == write_docx(two)
    assert canonical(samples.both()) == canonical(samples.both())
    assert content_hash(samples.both()) != content_hash({**samples.both(), "audit_head": "0" * 64})


def test_the_table_stands_on_wide_pages_and_the_rest_on_upright_ones() -> None:
    document = conclusion(samples.both(), "ru", HASH)
    pages = PdfReader(io.BytesIO(write_pdf(document))).pages
    wide = [float(page.mediabox.width) > float(page.mediabox.height) for page in pages]
    assert not wide[0] and not wide[-1] and any(wide)
    sizes = [
        (size.get(size.nsmap["w"].join("{}") + "orient") or "portrait")
        for size in root_of(write_docx(document)).iter("{*}pgSz")
    ]
    assert sizes == ["portrait", "landscape", "portrait"]


def test_missing_fonts_are_named_with_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    paratype = str(font_files()[0].parent)
    monkeypatch.setenv("SARAPTAMA_FONTS", "/nowhere")
    with pytest.raises(FontsMissingError) as caught:
        write_pdf(conclusion(samples.nothing(), "ru", HASH))
    assert caught.value.params["package"] == "fonts-paratype"
    monkeypatch.setenv("SARAPTAMA_FONTS", paratype)
    with pytest.raises(FontsMissingError) as caught:
        write_pdf(conclusion(samples.nothing(), "ru", HASH))
    assert caught.value.params["package"] == "fonts-dejavu-core"


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(list(Emphasis))), min_size=1, max_size=6))
def test_any_words_can_be_set(pieces: list[tuple[str, Emphasis]]) -> None:
    blocks = tuple(text(words, Style.BODY, emphasis) for words, emphasis in pieces)
    document = Document("т", "ru", "ru-RU", blocks, pieces[0][0], "{page}/{total}", page_foot=pieces[0][0])
    assert write_pdf(document).startswith(b"%PDF-")


def test_signs_that_no_font_has_are_shown_as_missing() -> None:
    assert showable("₸ → ½ 5 %") == "₸ → ½ 5 %"
    assert showable("漢😀") == "\ufffd\ufffd"
    assert showable("и\u0306") == "й" and showable("а\u0301") == "а\u0301"


def test_a_restricted_draft_makes_a_restricted_conclusion() -> None:
    text = samples.shown("ru", samples.RU)
    made = content(replace(samples.material([text], []), restricted="Для служебного пользования"))
    assert conclusion(made, "kk", HASH).page_mark == words("kk").say("restricted")
    pages = PdfReader(io.BytesIO(write_pdf(conclusion(made, "ru", HASH)))).pages
    assert all("Для служебного пользования" in page.extract_text() for page in pages)
