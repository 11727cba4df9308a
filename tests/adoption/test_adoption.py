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
from nlp.adoption.where import Finder
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


FINE = """Правила содержания причалов

1. Отдел ведёт журнал причалов.
2. За стоянку без разрешения отдел взимает штраф в размере двадцати месячных расчетных показателей.
3. Отдел рассматривает заявление в течение пяти рабочих дней.
4. Заявление рассматривается отделом в течение десяти рабочих дней.
5. О схеме причалов отдел объявляет в течение десяти рабочих дней.
6. Места распределяются в порядке, предусмотренном пунктом 48 настоящих Правил.
7. Владелец представляет:
1) заявление;
2) иные документы.
8. Ворота красит сторож.
"""


def asked_in(
    draft: str, adopted: str, asked: tuple[str, str, str, str], action: str = "", language: str = "ru"
) -> Outcome:
    unit, factor, quote, advice = asked
    told = advice if action == "words" else ""
    asks = wanted("" if told else advice, language, "supplement" if told else action, told)
    return adoption(act(draft), act(adopted), [Asked("#1", factor, unit, quote, asks, advice)]).outcomes[0]


def without(*lines: str) -> str:
    kept = [line for line in FINE.splitlines() if line not in lines]
    numbers = iter(range(1, 20))
    return "\n".join(f"{next(numbers)}. {line[3:]}" if line[1:3] == ". " else line for line in kept) + "\n"


@pytest.mark.parametrize(
    ("line", "asked", "action", "reason"),
    [
        (2, ("2", "ultra_vires", "взимает штраф в размере двадцати месячных расчетных показателей",
             "Назвать норму закона («взимает штраф»); если такой нормы нет – положение снять."), "words",
         Reason.UNIT_GONE_AS_ASKED),
        # «десяти рабочих дней» stands in another norm too, as it did in the draft: the norm has not moved there
        (4, ("4", "collision", "в течение десяти рабочих дней",
             "Разработчику определить срок: если «пяти рабочих дней» – сослаться на пункт 3; если «десяти» – изменить "
             "пункт 3."), "", Reason.DEFECT_GONE),
        (6, ("6", "defective_reference", "пунктом 48 настоящих Правил",
             "Места распределяются в порядке, предусмотренном пунктом ___ настоящих Правил."), "replace",
         Reason.DEFECT_GONE),
        (9, ("7", "excessive_requirement", "иные документы", "указанные в приложении ___ документы."), "replace",
         Reason.DEFECT_GONE),
    ],
)  # fmt: skip
def test_a_defect_struck_out_with_its_norm_is_adopted(
    line: int, asked: tuple[str, str, str, str], action: str, reason: Reason
) -> None:
    found = asked_in(FINE, without(FINE.splitlines()[line + 1]), asked, action)
    assert (found.state, found.reason) == (State.ADOPTED, reason)
    assert asked_in(FINE, FINE, asked, action).state is State.NOT_ADOPTED


def test_a_norm_that_was_to_read_otherwise_is_moot_when_it_is_gone() -> None:
    whole = "2. Виновные несут ответственность по законам Республики Казахстан."
    asked = ("2", "ultra_vires", "взимает штраф", whole)
    assert asked_in(FINE, without(FINE.splitlines()[3]), asked).state is State.MOOT
    may = ("3", "permissive_power", "рассматривает заявление", "Вместо «рассматривает» указать, в какой срок.")
    assert asked_in(FINE, without(FINE.splitlines()[4]), may).state is State.MOOT


def test_words_that_were_to_go_are_gone_though_the_unit_has_stayed() -> None:
    asked = ("7", "vague_wording", "иные документы", "")
    named = FINE.replace("иные документы", "копия удостоверения личности")
    assert asked_in(FINE, named, asked, "delete").state is State.ADOPTED
    assert asked_in(FINE, FINE.replace("иные", "прочие иные"), asked, "delete").state is State.NOT_ADOPTED


DIRECTIONS = [
    ("ru", "Отдел изымает лодку при необходимости.", "при необходимости",
     "Вместо «при необходимости» привести исчерпывающий перечень оснований.",
     "Отдел изымает лодку при течи корпуса и при просрочке осмотра."),
    ("ru", "Срок стоянки определяет смотритель по своему усмотрению.", "определяет смотритель по своему усмотрению",
     "Вместо «определяет смотритель по своему усмотрению» указать срок и его пределы.", "Срок стоянки – десять дней."),
    ("ru", "Лодка содержится надлежащим образом.", "надлежащим образом",
     "Вместо «надлежащим образом» указать признаки, которые можно проверить: число, срок, состояние, документ.",
     "Лодка содержится без течи и с двумя спасательными жилетами."),
    ("ru", "За беспорядок смотритель применяет соответствующие меры.", "соответствующие меры",
     "Вместо «соответствующие меры» указать, за какое нарушение какая мера применяется.",
     "За беспорядок смотритель выносит предупреждение."),
    ("ru", "Владелец согласует покраску с яхт-клубом.", "согласует покраску с яхт-клубом",
     "Проверить, нужно ли действие («согласует покраску с яхт-клубом»): если орган может получить согласие сам – "
     "требование снять.", "Владелец сообщает о покраске отделу."),
    ("ru", "Отдел вправе осмотреть лодку в любое время.", "вправе осмотреть лодку в любое время",
     "Разработчику определить, когда проводится осмотр.", "Отдел осматривает лодку один раз в год."),
    ("kk", "Бөлім қажет болған жағдайда қайықты алып қояды.", "қажет болған жағдайда",
     "«қажет болған жағдайда» дегеннің орнына негіздердің толық тізбесі келтірілсін.",
     "Бөлім түбі тесілгенде қайықты алып қояды."),
    ("kk", "Тұрақ мерзімін бақылаушы өз қалауы бойынша айқындайды.", "бақылаушы өз қалауы бойынша айқындайды",
     "«бақылаушы өз қалауы бойынша айқындайды» дегеннің орнына мерзім көрсетілсін.", "Тұрақ мерзімі – он күн."),
    ("kk", "Қайық тиісті түрде ұсталады.", "тиісті түрде",
     "«тиісті түрде» дегеннің орнына тексеруге болатын белгілер көрсетілсін: сан, мерзім, құжат.",
     "Қайық екі құтқару кеудешесімен ұсталады."),
    ("kk", "Тәртіп бұзғаны үшін бақылаушы өзге де шаралар қолданады.", "өзге де шаралар",
     "«өзге де шаралар» дегеннің орнына қандай шара қолданылатыны көрсетілсін.",
     "Тәртіп бұзғаны үшін бақылаушы ескерту жасайды."),
    ("kk", "Иесі бояуды яхта клубымен келіседі.", "бояуды яхта клубымен келіседі",
     "Бұл әрекеттің («бояуды яхта клубымен келіседі») қажеттігі тексерілсін: орган келісімді өзі ала алса – талап "
     "алынып тасталсын.", "Иесі бояу туралы бөлімге хабарлайды."),
    ("kk", "Бөлім кез келген уақытта қайықты тексереді.", "кез келген уақытта",
     "Екі мерзімнің («кез келген уақытта» және «жылына бір рет») қайсысы екені айқындалсын.",
     "Бөлім жылына бір рет қайықты тексереді."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "norm", "quote", "advice", "mended"), DIRECTIONS)
def test_recommendations_in_words_are_weighed_by_the_flagged_words(
    language: str, norm: str, quote: str, advice: str, mended: str
) -> None:
    head = {
        "ru": "Правила содержания причалов\n\n1. Ворота красит сторож.\n2. {}\n3. Журнал ведёт кассир.\n",
        "kk": "Айлақтарды күтіп-ұстау қағидалары\n\n1. Қақпаны күзетші бояйды.\n2. {}\n3. Журналды кассир жүргізеді.\n",
    }[language]
    draft = head.format(norm)
    for action in ("", "words"):  # an expert's own list; a conclusion
        asked = ("2", "broad_discretion", quote, advice)
        stays = asked_in(draft, draft, asked, action, language)
        assert (stays.state, stays.recommended) == (State.NOT_ADOPTED, ""), "a direction is no wording of the norm"
        done = asked_in(draft, head.format(mended), asked, action, language)
        assert done.state in {State.ADOPTED, State.PARTLY} and not done.recommended


def test_a_list_of_one_finding_in_lines_is_a_list() -> None:
    line = '{"factor": "vague_wording", "unit": "5", "quote": "в разумный срок", "recommendation": "Указать срок."}'
    assert [each.quote for each in given(line.encode(), "one.jsonl", "ru")] == ["в разумный срок"]
    with pytest.raises(ReadingError):
        given(b'{"other": 1}', "one.jsonl", "ru")


@pytest.mark.parametrize(
    ("unit", "number"),
    [
        ("{part}__para_7__subpara_9", "7"),
        ("{part}__para_2__item_1", "2"),
        ("{part}__para_40", ""),
        ("order__para_2", ""),
    ],
)
def test_an_address_of_another_edition_names_its_own_point(unit: str, number: str) -> None:
    """Not the first number in it: «doc_1__para_2» is no point 1."""
    draft = act(FINE)
    point = next(each for each in draft.root.walk() if each.number == "7")
    asked = Asked(
        "#1", "vague_wording", unit.format(part=point.address.partition("__")[0]), "нигде нет", wanted("", "ru")
    )
    spot = Finder(draft).find(asked)
    assert (next(each.number for each in draft.root.walk() if each.address == spot.address) if spot else "") == number
