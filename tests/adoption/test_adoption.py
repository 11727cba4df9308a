"""What became of recommendations: by what the adopted norm is now, wherever it stands; a tie is left to a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from nlp.adoption import Asked, Outcome, Reason, State, adoption, wanted
from nlp.adoption.given import given
from nlp.adoption.links import LinkPass
from nlp.adoption.report import schema, to_dict, told
from nlp.adoption.wanted import Deed
from nlp.detection.pack import load_pack
from nlp.errors import DossierError, ReadingError
from nlp.factors import kz_pack
from nlp.pipeline import versions
from nlp.reading.plain import read_plain
from nlp.structure import structure
from nlp.structure.act import Act

HEAD = "Правила прокаливания гончарной глины\n\n"
DRAFT = (
    HEAD
    + """1. Отдел ведет журнал печей.
2. Срок обжига устанавливается отделом по своему усмотрению от одного дня до тридцати дней.
3. Мастер представляет в отдел:
1) заявление;
2) иные документы по требованию отдела.
4. Отдел вправе приостановить обжиг при задымлении.
5. Мастер хранит глину в закрытом ящике.
"""
)
TERM = ("2", "по своему усмотрению от одного дня до тридцати дней", "2. Срок обжига составляет десять дней.")
PAPERS = ("3", "иные документы по требованию отдела", "Подпункт 2) исключить.")
MAY = ("4", "вправе приостановить", "Слова «вправе приостановить» заменить словом «приостанавливает».")


def act(text: str, name: str = "a.txt") -> Act:
    return structure(read_plain(text.encode(), name))


def outcome(adopted: str, asked: tuple[str, str, str], draft: str = DRAFT, language: str = "ru") -> Outcome:
    unit, quote, advice = asked
    one = Asked("#1", "broad_discretion", unit, quote, wanted(advice, language), advice)
    return adoption(act(draft), act(adopted), [one]).outcomes[0]


def test_renumbering_alone_adopts_nothing() -> None:
    lines = DRAFT.removeprefix(HEAD)
    for old in "54321":
        lines = lines.replace(f"\n{old}. ", f"\n{int(old) + 1}. ").replace("1. Отдел ведет", "2. Отдел ведет")
    shifted = HEAD + "1. Настоящие Правила определяют порядок обжига.\n" + lines
    for asked in (TERM, PAPERS, MAY):
        found = outcome(shifted, asked)
        assert (found.state, found.reason) == (State.NOT_ADOPTED, Reason.UNCHANGED), asked
        assert found.link.units[0].endswith(f"para_{int(asked[0]) + 1}") or "subpara" in found.link.units[0]


def test_adopted_partly_adopted_and_moot() -> None:
    assert outcome(DRAFT.replace("устанавливается отделом по своему усмотрению от одного дня до тридцати дней",
                                 "составляет десять дней"), TERM).state is State.ADOPTED  # fmt: skip
    narrowed = outcome(DRAFT.replace("тридцати дней", "пятнадцати дней"), TERM)
    assert (narrowed.state, narrowed.reason) == (State.PARTLY, Reason.FLAGGED_CHANGED)
    gone = outcome(DRAFT.replace("4. Отдел вправе приостановить обжиг при задымлении.\n5.", "4."), MAY)
    assert (gone.state, gone.link.made_by) == (State.MOOT, LinkPass.NONE)
    assert outcome(DRAFT.replace("вправе приостановить", "приостанавливает"), MAY).state is State.ADOPTED
    assert outcome(DRAFT.replace("при задымлении", "при сильном задымлении"), MAY).reason is Reason.CHANGED_ELSEWHERE
    assert outcome(DRAFT.replace("1) заявление;\n2) иные документы по требованию отдела.", "1) заявление."),
                   PAPERS).state is State.ADOPTED  # fmt: skip


def test_recommended_words_in_another_unit_are_found() -> None:
    advice = "Дополнить пункт 4 предложением: «О приостановлении обжига мастер уведомляется в течение одного часа.»"
    added = DRAFT + "6. О приостановлении обжига мастер уведомляется в течение одного часа.\n"
    found = outcome(added, ("4", "вправе приостановить обжиг", advice))
    assert (found.state, found.reason) == (State.ADOPTED, Reason.ELSEWHERE)
    assert found.link.made_by is LinkPass.ANCHOR
    assert "уведомляется" in found.new[0].text


def test_flagged_words_moved_to_an_annex_are_not_adopted() -> None:
    moved = DRAFT.replace("4. Отдел вправе приостановить обжиг при задымлении.\n5.", "4.") + (
        "\nПриложение 1\nк Правилам прокаливания гончарной глины\n\nМеры отдела\n\n"
        "1. Отдел вправе приостановить обжиг при задымлении.\n"
    )
    found = outcome(moved, MAY)
    assert found.state is State.NOT_ADOPTED
    assert "annex" in found.link.units[0]


def test_deleted_and_inserted_again_elsewhere_is_the_same_norm() -> None:
    term = "Срок обжига устанавливается отделом по своему усмотрению от одного дня до тридцати дней.\n"
    again = DRAFT.replace(f"2. {term}", "")
    for old in "345":
        again = again.replace(f"\n{old}. ", f"\n{int(old) - 1}. ")
    again += f"5. {term}"
    found = outcome(again, TERM)
    assert (found.state, found.link.units[0].rsplit("__", 1)[-1]) == (State.NOT_ADOPTED, "para_5")


def test_two_equal_units_are_a_tie() -> None:
    twice = DRAFT.replace("4. Отдел вправе приостановить обжиг при задымлении.\n5.", "4.") + (
        "\nПриложение 1\nк Правилам прокаливания гончарной глины\n\nМеры отдела\n\n"
        "1. Отдел вправе приостановить обжиг при задымлении.\n2. Печник чинит свод.\n"
        "3. Отдел вправе приостановить обжиг при задымлении.\n"
    )
    found = outcome(twice, ("4", "Отдел вправе приостановить обжиг", MAY[2]))
    assert (found.state, found.reason) == (State.UNDECIDED, Reason.TIE)
    assert found.link.rivals


def test_a_place_that_is_not_in_the_draft_is_left_to_a_person() -> None:
    found = outcome(DRAFT, ("77", "таких слов в проекте нет", "77. Исключить."))
    assert (found.state, found.reason) == (State.UNDECIDED, Reason.NOT_FOUND)


def test_recommended_references_follow_the_new_numbers() -> None:
    draft = DRAFT + "6. В случаях, указанных в пункте 48 настоящих Правил, печь гасят.\n"
    adopted = draft.replace("1. Отдел ведет журнал печей.\n", "").replace("пункте 48", "пункте 3")
    for old in "23456":
        adopted = adopted.replace(f"\n{old}. ", f"\n{int(old) - 1}. ")
    advice = "6. В случаях, указанных в пункте 4 настоящих Правил, печь гасят."
    assert outcome(adopted, ("6", "в пункте 48 настоящих Правил", advice), draft).state is State.ADOPTED


def test_other_language_is_refused() -> None:
    kazakh = "Қыш күйдіру қағидалары\n\n1. Бөлім пештер журналын жүргізеді.\n2. Шебер сазды жәшікте сақтайды.\n"
    with pytest.raises(DossierError, match=r"versions\.other_language"):
        adoption(act(DRAFT), act(kazakh), [])


KAZAKH = """Қыш күйдіру қағидалары

1. Бөлім пештер журналын жүргізеді.
2. Бөлім түтін шыққан кезде күйдіруді тоқтата тұруға құқылы.
3. Шебер бөлімге мыналарды ұсынады:
1) өтініш;
2) бөлімнің талап етуі бойынша өзге де құжаттар.
"""


def test_kazakh_recommendations_are_read_and_decided() -> None:
    may = ("2", "тоқтата тұруға құқылы",
           "«тоқтата тұруға құқылы» деген сөздер «тоқтата тұрады» деген сөздермен ауыстырылсын.")  # fmt: skip
    papers = ("3", "өзге де құжаттар", "3-тармақтың 2) тармақшасы алып тасталсын.")
    adopted = KAZAKH.replace("тұруға құқылы", "тұрады").replace(
        ";\n2) бөлімнің талап етуі бойынша өзге де құжаттар", ""
    )
    for asked in (may, papers):
        assert outcome(KAZAKH, asked, KAZAKH, "kk").state is State.NOT_ADOPTED
        assert outcome(adopted, asked, KAZAKH, "kk").state is State.ADOPTED


@pytest.mark.parametrize(
    ("words", "language", "deed"),
    [
        ("Пункт 33 исключить; случаи ограничить пунктом 34.", "ru", Deed.DELETE),
        ("Слова «по усмотрению» исключить.", "ru", Deed.WORDS),
        ("Пункт 5 изложить в следующей редакции: «5. Срок – три дня.»", "ru", Deed.WORDING),
        ("Пункт 5 дополнить предложением: «Отказ обжалуется.»", "ru", Deed.SUPPLEMENT),
        ("7. Исключительные случаи не допускаются.", "ru", Deed.WORDING),
        ("", "ru", Deed.NOTHING),
        ("Вместо «при необходимости» привести исчерпывающий перечень оснований.", "ru", Deed.NOTHING),
        ("Вместо «при необходимости» указать «при наводнении».", "ru", Deed.WORDING),
        ("Предусмотреть порядок осмотра («изымает лодку»): срок, извещение.", "ru", Deed.NOTHING),
        ("Указатель судов ведёт инспекция.", "ru", Deed.WORDING),
        ("«қажет болса» дегеннің орнына негіздердің толық тізбесі келтірілсін.", "kk", Deed.NOTHING),
        ("Инспекция кемені тексереді.", "kk", Deed.WORDING),
        ("5-тармақ алып тасталсын.", "kk", Deed.DELETE),
        ("«қалауы бойынша» деген сөздер алып тасталсын.", "kk", Deed.WORDS),
        ("5-тармақ мынадай редакцияда жазылсын: «5. Мерзім – үш күн.»", "kk", Deed.WORDING),
        ("тармақ мынадай мазмұндағы бөлікпен толықтырылсын: «Шағым беріледі.»", "kk", Deed.SUPPLEMENT),
    ],
)
def test_what_a_recommendation_asks(words: str, language: str, deed: Deed) -> None:
    assert wanted(words, language).deed is deed


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "adoption.bad_finding|adoption.no_findings|^$"),
        (b"{", "adoption.not_json"),
        (b"\xff\xfe\x00", "adoption.not_json"),
        (b"[" * 100_000, "adoption.not_json"),
        (b'{"a": 1}', "adoption.no_findings"),
        (b'[{"factor": "x"}]', "adoption.bad_finding"),
        (b'[{"factor": ["x"], "unit": "1"}]', "adoption.bad_finding"),
        (b'[{"factor": "x", "unit": {"a": 1}}]', "adoption.bad_finding"),
        (b"[1]", "adoption.bad_finding"),
        (b'{"texts": [1]}', "adoption.no_findings"),
        (b'{"texts": [{"language": "ru", "findings": [{"id": 1}]}]}', "adoption.bad_finding"),
        (b'[' + b'{"factor": "x", "unit": "1"},' * 20_001 + b'{"factor": "x", "unit": "1"}]', "adoption.too_many"),
    ],
)  # fmt: skip
def test_malformed_lists_are_told(data: bytes, code: str) -> None:
    if not data:
        assert given(data, "x.json", "ru") == ()
        return
    with pytest.raises(ReadingError, match=code):
        given(data, "x.json", "ru")


@examples(data=st.binary(max_size=60) | st.text(alphabet='[]{}":,factounq 1', max_size=80).map(str.encode))
def test_any_bytes_are_a_list_or_a_told_error(data: bytes) -> None:
    try:
        given(data, "x", "ru")
    except ReadingError as error:
        assert error.code.startswith("adoption.")


def test_an_experts_own_list_is_read(tmp_path: Path) -> None:
    rows = [{"unit": 4, "factor": "permissive_power", "quote": MAY[1], "recommendation": MAY[2], "note": [1]},
            {"factor": "своя", "quote": TERM[1]}]  # fmt: skip
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    for data in (lines, json.dumps(rows).encode(), json.dumps({"findings": rows}).encode()):
        found = given(data, "x", "ru")
        assert [each.factor for each in found] == ["permissive_power", "своя"]
        assert found[0].wanted.deed is Deed.WORDS
        made = adoption(act(DRAFT), act(DRAFT), found)
        assert [each.state for each in made.outcomes] == [State.NOT_ADOPTED, State.NOT_ADOPTED]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_report_keeps_its_schema_and_speaks_both_languages(language: str) -> None:
    adopted = DRAFT.replace("вправе приостановить", "приостанавливает")
    asked = [
        Asked(f"#{n}", "x", *each[:2], wanted(each[2], "ru"), each[2]) for n, each in enumerate((TERM, PAPERS, MAY))
    ]
    made = adoption(act(DRAFT, "draft.txt"), act(adopted, "adopted.txt"), asked)
    value: dict[str, Any] = to_dict([made], versions(load_pack(kz_pack())))
    jsonschema.Draft202012Validator(schema()).validate(value)
    assert value["texts"][0]["counts"] == {
        "adopted": 1, "adopted_partly": 0, "not_adopted": 2, "moot": 0, "undecided": 0,
    }  # fmt: skip
    text = "\n".join(told(made, language, lambda factor, language: factor))
    assert {"ru": "УЧТЕНА", "kk": "ЕСКЕРІЛДІ"}[language] in text
    assert "___" not in text
    assert "adoption." not in text
