"""Divergences of two texts: each kind is found, what translators may word otherwise is not; findings are linked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nlp.detection.both_texts import parity_words
from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.parity import parity
from nlp.parity.report import schema, to_dict, told
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.result import to_dict as result
from nlp.structure import structure
from nlp.structure.act import Act

RU = """Правила выдачи разрешений на катание на лодках

1. Уполномоченный орган вправе приостановить разрешение на срок не более десяти рабочих дней.
2. Плата составляет пять месячных расчетных показателей, за исключением случаев, указанных в пункте 4 настоящих Правил.
3. Для получения разрешения представляются:
1) заявление;
2) документ, удостоверяющий личность;
3) фотография лодки.
4. Разрешение выдается только владельцам лодок.
"""
KK = """Қайықпен серуендеуге рұқсат беру қағидалары

1. Уәкілетті орган рұқсатты он жұмыс күнінен аспайтын мерзімге тоқтата тұруға құқылы.
2. Осы Қағидалардың 4-тармағында көрсетілген жағдайларды қоспағанда, төлем бес айлық есептік көрсеткішті құрайды.
3. Рұқсат алу үшін мыналар ұсынылады:
1) өтініш;
2) жеке басты куәландыратын құжат;
3) қайықтың фотосуреті.
4. Рұқсат қайық иелеріне ғана беріледі.
"""
EDITS = {
    "number": ("он жұмыс", "он бес жұмыс"),
    "amount": ("бес айлық", "алты айлық"),
    "modality": ("құқылы", "міндетті"),
    "exception": ("Осы Қағидалардың 4-тармағында көрсетілген жағдайларды қоспағанда, төлем", "Төлем"),
    "list_item": (";\n3) қайықтың фотосуреті.", "."),
    "unit": ("\n4. Рұқсат қайық иелеріне ғана беріледі.", ""),
    "body": ("Уәкілетті орган", "Жергілікті атқарушы орган"),
    "only": (" ғана", ""),
}


def act(text: str, language: str) -> Act:
    return structure(read_plain(text.encode(), f"{language}.txt"))


def test_texts_that_say_the_same_have_no_divergences() -> None:
    assert parity(act(RU, "ru"), act(KK, "kk")) == ()


@pytest.mark.parametrize("kind", EDITS)
def test_each_kind_is_found_with_its_words(kind: str) -> None:
    ru, kk = act(RU, "ru"), act(KK.replace(*EDITS[kind]), "kk")
    (found,) = parity(ru, kk)
    assert found.kind == kind
    assert ru.text((found.ru.start, found.ru.end)) == found.ru.quote
    assert kk.text((found.kk.start, found.kk.end)) == found.kk.quote


def test_the_report_keeps_to_its_schema_and_is_told_in_both_languages() -> None:
    ru, kk = act(RU, "ru"), act(KK.replace(*EDITS["number"]), "kk")
    found = parity(ru, kk)
    jsonschema.Draft202012Validator(schema()).validate(to_dict(found, ru, kk))
    assert "десяти рабочих дней" in "".join(told(found, ru, kk, "ru"))
    assert "он бес жұмыс күнінен" in "".join(told(found, ru, kk, "kk"))


def test_the_predicate_behind_a_list_is_the_lead_in_s() -> None:
    ru = "Правила\n\n1. Уполномоченный орган обязан:\n1) вести журнал лодок;\n2) хранить весла.\n"
    kk = "Қағидалар\n\n1. Уәкілетті орган:\n1) қайықтар журналын жүргізуге;\n2) ескектерді сақтауға {}.\n"
    assert parity(act(ru, "ru"), act(kk.format("міндетті"), "kk")) == ()
    (found,) = parity(act(ru, "ru"), act(kk.format("құқылы"), "kk"))
    assert found.kind == "modality"


@pytest.fixture(scope="module")
def examined() -> dict[str, Any]:
    texts = {"ru": RU, "kk": KK.replace(*EDITS["number"]).replace(*EDITS["list_item"])}
    sources = {code: read_plain(text.encode(), f"{code}.txt") for code, text in texts.items()}
    return result(Examiner(load_pack(kz_pack())).examine(Dossier(**sources), Options(force=True)))


def test_divergences_are_findings_in_both_texts_and_count_once(examined: dict[str, Any]) -> None:
    ru, kk = (text["findings"] for text in examined["texts"])
    mine = {f["id"]: f["counterpart"] for f in ru if any(e["detector"].startswith("parity.") for e in f["evidence"])}
    assert len(mine) == 2 and all(mine.values())
    assert {f["id"]: f["counterpart"] for f in kk if f["counterpart"]} == {
        f["counterpart"]: f["id"] for f in ru if f["counterpart"]
    }
    linked = sum(bool(f["counterpart"]) for f in ru)
    assert examined["counts"]["findings"] == len(ru) + len(kk) - linked


def test_two_divergences_of_one_unit_are_two_findings_each_with_its_recommendation() -> None:
    kk = KK.replace(*EDITS["number"]).replace(*EDITS["body"])
    sources = {code: read_plain(text.encode(), f"{code}.txt") for code, text in (("ru", RU), ("kk", kk))}
    shown = result(Examiner(load_pack(kz_pack())).examine(Dossier(**sources), Options(force=True)))
    for text in shown["texts"]:
        mine = [f for f in text["findings"] if f["evidence"][0]["detector"].startswith("parity.")]
        assert [f["evidence"][0]["detector"] for f in mine] == ["parity.body", "parity.number"]
        body, number = (f["recommendation"]["instruction"] for f in mine)
        assert "Жергілікті атқарушы орган" in body and "он бес жұмыс күнінен" in number
        assert all(f["counterpart"] and len(f["evidence"]) == 1 for f in mine)


def test_words_of_an_overlay_are_compared(tmp_path: Path) -> None:
    """A body that only the overlay knows, exchanged for one that the pack knows."""
    (tmp_path / "overlay.yaml").write_text(
        "format: 1\nid: lakes\nversion: '1'\nover: kz\nname: {ru: Озёра, kk: Көлдер}\n", "utf-8"
    )
    folder = tmp_path / "detectors" / "parity"
    folder.mkdir(parents=True)
    for code, words in (("ru", "озерн* совет*"), ("kk", "көл кеңес*")):
        (folder / f"{code}.yaml").write_text(f'bodies:\n  lake_council: ["{words}"]\n', "utf-8")
    ru, kk = act(RU.replace("Уполномоченный орган", "Озерный совет"), "ru"), act(KK, "kk")
    known = parity_words(load_pack(kz_pack(), [tmp_path]))
    assert parity(ru, kk) == ()
    (found,) = parity(ru, kk, known)
    assert found.kind == "body" and dict(found.reason) == {"ru": "lake_council", "kk": "competent"}
    assert parity(ru, act(KK.replace("Уәкілетті орган", "Көл кеңесі"), "kk"), known) == ()


def test_a_paragraph_that_one_text_lacks_is_told_where_the_other_has_one_paragraph_only() -> None:
    gone = ("Суд направляет решение нотариусу.", "Сот шешімді нотариусқа жібереді.\n")
    ru = f"Правила\n\n1. Документы хранятся в банке.\n{gone[0]}\n2. Договор заключается письменно.\n"
    kk = "Қағидалар\n\n1. Құжаттар банкте сақталады.\n{}2. Шарт жазбаша жасалады.\n"
    both = kk.format(gone[1])
    assert parity(act(ru, "ru"), act(both, "kk")) == ()
    (found,) = parity(act(ru, "ru"), act(kk.format(""), "kk"))
    assert found.kind == "unit" and found.ru.quote == gone[0] and found.kk.lacks


def test_a_number_whose_thing_stands_further_on_is_compared() -> None:
    ru = "Правила\n\n1. Аудит проводится по требованию участника, владеющего менее чем {} процентами долей.\n"
    kk = act("Қағидалар\n\n1. Аудит үлестердің оннан аз пайызын иеленетін қатысушының талабымен жүргізіледі.\n", "kk")
    assert parity(act(ru.format("десятью"), "ru"), kk) == ()
    (found,) = parity(act(ru.format("девятнадцатью"), "ru"), kk)
    assert found.kind == "amount"


def said(ru: str, kk: str) -> list[tuple[str, str, str]]:
    """Divergences of two norms that stand as point 2 between others: kind and the words of both texts."""
    texts = (
        RU.replace("4. Разрешение выдается", f"4. {ru}\n5. Разрешение выдается"),
        KK.replace("4. Рұқсат қайық", f"4. {kk}\n5. Рұқсат қайық"),
    )
    return [
        (each.kind.value, each.ru.quote, each.kk.quote) for each in parity(act(texts[0], "ru"), act(texts[1], "kk"))
    ]


@pytest.mark.parametrize(
    ("ru", "kk", "words"),
    [
        (
            "Уполномоченный орган вправе отказать в выдаче разрешения при отсутствии документов.",
            "Уәкілетті орган құжаттар болмаған кезде рұқсат беруден бас тартады.",
            ("вправе", "тартады"),
        ),
        (
            "Владелец лодки вправе разместить сведения о лодке на сайте.",
            "Қайық иесі қайық туралы мәліметтерді сайтта орналастырады.",
            ("вправе", "орналастырады"),
        ),
        (
            "Уполномоченный орган отказывает в выдаче разрешения при отсутствии документов.",
            "Уәкілетті орган құжаттар болмаған кезде рұқсат беруден бас тартуға құқылы.",
            ("отказывает", "құқылы"),
        ),
        (
            "Решение об отказе в выдаче разрешения может быть пересмотрено.",
            "Рұқсат беруден бас тарту туралы шешім қайта қаралуға жатпайды.",
            ("может", "қаралуға жатпайды"),
        ),
        (
            "Решение об отказе в выдаче разрешения пересмотру не подлежит.",
            "Рұқсат беруден бас тарту туралы шешім қайта қаралуы мүмкін.",
            ("не подлежит", "мүмкін"),
        ),
    ],
)
def test_a_choice_in_one_text_and_a_plain_duty_or_a_ban_in_the_other(ru: str, kk: str, words: tuple[str, str]) -> None:
    assert said(ru, kk) == [("modality", *words)]


@pytest.mark.parametrize(
    ("ru", "kk"),
    [
        # an attribute, not a power
        ("Владелец лодки подает заявление.", "Иелік етуге құқығы бар қайық иесі өтініш береді."),
        # the choice is worded as a verb
        ("Уполномоченный орган вправе отказать в выдаче.", "Уәкілетті орган рұқсат беруден бас тарта алады."),
        ("Решение пересмотру не подлежит.", "Шешім қайта қаралуға жатпайды."),
        ("Отказ выдается по пункту 13 настоящих Правил.", "Бас тарту осы Қағидалардың 13-тармағы бойынша беріледі."),
        # one text names the unit, the other points at it
        ("Отказ выдается по пункту 13 настоящих Правил.", "Бас тарту аталған тармақ бойынша беріледі."),
    ],
)
def test_wordings_of_one_thing_are_no_divergence(ru: str, kk: str) -> None:
    assert said(ru, kk) == []


def test_numbers_of_cited_units_are_compared() -> None:
    found = said(
        "Отказ выдается по основаниям, указанным в пункте 13 настоящих Правил.",
        "Бас тарту осы Қағидалардың 12-тармағында көрсетілген негіздер бойынша беріледі.",
    )
    assert found == [("number", "пункте 13 настоящих Правил", "осы Қағидалардың 12-тармағында")]
