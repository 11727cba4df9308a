"""Traps of legal tokens and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.language import of
from nlp.language.sentences import sentence_numbers
from nlp.language.tokens import pieces


def texts(text: str) -> list[str]:
    return [piece.text for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-1) пункта", ["3-1)", "пункта"]),
        ("подпункты 14-2), 14-3)", ["подпункты", "14-2)", ",", "14-3)"]),
        ("6-1-тармақ", ["6-1-тармақ"]),
        ("10-бабының", ["10-бабының"]),
        ("статья 37¹ Закона", ["статья", "37¹", "Закона"]),
        ("статья 37¹-2", ["статья", "37¹-2"]),
        ("№ 120/НҚ", ["№", "120/НҚ"]),
        ("№120", ["№", "120"]),
        ("№ 410-V ЗРК", ["№", "410-V", "ЗРК"]),
        ("и т.д.", ["и", "т.д."]),
        ("и т. п.", ["и", "т. п."]),
        ("т.б. құжаттар", ["т.б.", "құжаттар"]),
        ("п. 2 ст. 10", ["п.", "2", "ст.", "10"]),
        ("пп. 3) п. 2", ["пп.", "3)", "п.", "2"]),
        ("рост.", ["рост", "."]),
        ("тест. Он", ["тест", ".", "Он"]),
        ("интернет-ресурс", ["интернет-ресурс"]),
        ("іс-шаралар", ["іс-шаралар"]),
        ("өзін-өзі", ["өзін-өзі"]),
        ("18.11.2015 г.", ["18.11.2015", "г."]),
        ("60%-ы", ["60%-ы"]),
        ("10 %", ["10", "%"]),
        ("0,5 процента", ["0,5", "процента"]),
        ("1 000 000 тенге", ["1 000 000", "тенге"]),
        ("1\u00a0000 тенге", ["1\u00a0000", "тенге"]),
        ("статьи 5 2025 года", ["статьи", "5", "2025", "года"]),
        ("и (или)", ["и", "(", "или", ")"]),
        ("және (немесе)", ["және", "(", "немесе", ")"]),
        ("(статья 5)", ["(", "статья", "5", ")"]),
        ("(подпункт 3) пункта 2)", ["(", "подпункт", "3)", "пункта", "2", ")"]),
        ("(подпункты 3) и 4) пункта 2)", ["(", "подпункты", "3)", "и", "4)", "пункта", "2", ")"]),
        ("(1) және 2) тармақшалары)", ["(", "1)", "және", "2)", "тармақшалары", ")"]),
        ("(5 (пяти) дней, 2020) и", ["(", "5", "(", "пяти", ")", "дней", ",", "2020", ")", "и"]),
        ("«Астана»;", ["«", "Астана", "»", ";"]),
        ("10–15 дней", ["10", "–", "15", "дней"]),
        ("ҚР-ның БҰҰ-ға", ["ҚР-ның", "БҰҰ-ға"]),
        ("срок ___ дней", ["срок", "___", "дней"]),
        ("и/или", ["и", "/", "или"]),
        ("www.adilet.zan.kz, сайт", ["www.adilet.zan.kz,", "сайт"]),
        ("info@gov.kz", ["info@gov.kz"]),
        ("А.Б. Ахметов", ["А", ".", "Б.", "Ахметов"]),
        ("2018 ж. – 39", ["2018", "ж.", "–", "39"]),
        ("ком\u00adпания", ["ком\u00adпания"]),
        ("статья 5-1.", ["статья", "5-1", "."]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def sentences(text: str) -> list[str]:
    raw = pieces(text)
    groups: dict[int, list[str]] = {}
    for piece, number in zip(raw, sentence_numbers(text, raw), strict=True):
        groups.setdefault(number, []).append(piece.text)
    return [" ".join(group) for group in groups.values()]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Срок составляет 5 дней. Орган вправе продлить его.", 2),
        ("1. Орган рассматривает заявление. 2. Орган выдает лицензию.", 2),
        ("ПРИКАЗЫВАЮ: 1. Утвердить прилагаемые Правила.", 1),
        ("5-бөлім. Жалпы ережелер", 1),
        ("Глава 2. Порядок выдачи", 1),
        ("Статья 7-1. Полномочия акимов", 1),
        ("2018 ж. – 39, № 5", 1),
        ("от 18.11.2015 г. № 410-V", 1),
        ("и.о. Министра А.Б. Иванова", 1),
        ("Министру А.Б. Иванову обеспечить исполнение.", 1),
        ("согласно п. 2 ст. 10 Закона", 1),
        ("заявление, копии документов и т.д. Орган рассматривает их.", 2),
        ("куәлік, анықтама және т.б. Орган оларды қарайды.", 2),
        ("1) принимает решение; 2) выдает справку; Орган", 1),
        ("орган:\n1) принимает решение;\n2) выдает справку.", 1),
        ("Заголовок\nТекст нормы.", 2),
        ("в срок не позднее\nпяти дней", 1),
        ("Орган вправе отказать («неполный пакет».) Заявитель", 2),
        ("указано в пункте 1. Заявитель уведомляется.", 2),
        ("Уәкілетті орган шешім қабылдайды. Шешім 5 күн ішінде жіберіледі.", 2),
        ("Кімге? Барлығына! Иә.", 3),
        ("тыс. тенге, млн. Тенге", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_semicolon_never_ends_a_sentence() -> None:
    assert len(sentences("Первое; Второе; Третье;\nЧетвертое;")) == 1


ALPHABET = "аәбвгіңқөүұһАБПСТ .,;:()«»-–№%0123456789¹²\n\u00a0\u00adaiIVx/_ёЁт.д."


@settings(max_examples=60)
@given(st.text(alphabet=ALPHABET, max_size=80) | st.text(max_size=60))
def test_offsets_slice_back_and_nothing_is_lost(text: str) -> None:
    end = 0
    for piece in pieces(text):
        assert text[piece.start : piece.end] == piece.text
        assert piece.start >= end
        assert not text[end : piece.start].strip()
        end = piece.end
    assert not text[end:].strip()


@settings(max_examples=60)
@given(st.sampled_from(["ru", "kk"]), st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40))
def test_analysis_is_ordered_complete_and_deterministic(code: str, text: str) -> None:
    tokens = of(code).analyse(text)
    assert tokens == of(code).analyse(text)
    for token in tokens:
        assert text[token.start : token.end] == token.text
        assert token.norm
        assert token.lemmas
        assert all(token.lemmas)
    starts = [token.start for token in tokens]
    assert starts == sorted(set(starts))
    numbers = [token.sentence for token in tokens]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))


@pytest.mark.parametrize("surface", ["XVIII", "IV", "VI", "ХХІ", "І"])
def test_roman_numbers(surface: str) -> None:
    for code in ("ru", "kk"):
        (token,) = of(code).analyse(surface)
        assert "num" in token.tags


def test_look_alikes_do_not_change_the_lemma() -> None:
    mixed = of("kk").analyse("Үкiметі")[0]
    assert mixed.text == "Үкiметі"
    assert mixed.norm == "үкіметі"
    assert of("ru").analyse("oргaн")[0].lemma == "орган"
    assert of("ru").analyse("IT-компания")[0].norm == "it-компания"


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_no_word_bears_a_feature_that_the_language_does_not_name(code: str) -> None:
    """Over every sentence of the rules' own tests; and what it names does occur, but for a few rare ones."""
    rules = load_pack(kz_pack()).languages[code].rules
    analyser = of(code)
    seen = {
        tag
        for rule in rules
        for test in rule.tests
        for text in (test.text, test.lead)
        for token in analyser.analyse(text)
        for tag in token.tags
    }
    assert seen <= analyser.features
    assert analyser.features - seen <= {"1", "2", "abbr", "comp", "fixed", "imp", "label", "ordinal", "recip"}
