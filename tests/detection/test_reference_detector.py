"""What the detector of references says, and of what it is silent, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.detection.pack import Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.register.acts import import_acts
from nlp.registers import NONE, Registers
from nlp.result import to_dict

RU = """Правила ведения учета лодок

1. Акимат ведет журнал лодок.
2. Акимат отказывает в записи по основаниям, предусмотренным пунктом 12 настоящих Правил.
3. Владелец лодки подает заявление в акимат в порядке, установленном пунктом 3 настоящих Правил.
4. К заявлению прилагаются:
1) справка;
2) исключен;
3) копия паспорта.
5. Документы, указанные в подпунктах 1), 2) и 3) пункта 4 настоящих Правил, хранятся в акимате.
6. Журнал ведется по статье 5 Закона Республики Казахстан от 18 ноября 2015 года № 410-V «О голубятнях».
7. Плата взимается согласно приказу Министра рыб Республики Казахстан от 12 мая 2020 года № 79/НҚ.
"""
KK = """Қайықтарды есепке алу қағидалары

1. Әкімдік қайықтар журналын жүргізеді.
2. Әкімдік осы Қағидалардың 12-тармағында көзделген негіздер бойынша жазудан бас тартады.
3. Қайық иесі осы Қағидалардың 3-тармағында белгіленген тәртіппен әкімдікке өтініш береді.
4. Өтінішке мыналар қоса беріледі:
1) анықтама;
2) алып тасталды;
3) паспорттың көшірмесі.
5. Осы Қағидалардың 4-тармағының 1), 2) және 3) тармақшаларында көрсетілген құжаттар әкімдікте сақталады.
6. Журнал «Көгершінханалар туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы бойынша жүргізіледі.
7. Төлемақы Қазақстан Республикасы Балық министрінің 2020 жылғы 12 мамырдағы № 79/НҚ бұйрығына сәйкес алынады.
"""
ACTS = """Наименование;Атауы;Вид акта;Дата;Номер;Статус;Дата утраты силы;Заменен
О голубятнях;Көгершінханалар туралы;Закон;18.11.2015;410-V;утратил силу;01.07.2024;Закон «О птицах»
Об учете лодок;Қайықтарды есепке алу туралы;Приказ;12.05.2020;77/НҚ;действует;;
"""
TEXTS = {"ru": RU, "kk": KK}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def said(pack: Pack, text: str, language: str, registers: Registers = NONE) -> dict[str, dict[str, Any]]:
    """Name of the text → finding, of what the detector says as a factor of its own."""
    source = read_plain(text.encode(), "лодки.txt")
    dossier = Dossier(ru=source) if language == "ru" else Dossier(kk=source)
    result = to_dict(Examiner(pack, registers=registers).examine(dossier, Options(force=True)))
    found = [each for each in result["texts"][0]["findings"] if each["factor"] == "defective_reference"]
    names = [each["evidence"][0]["detector"].removeprefix("references.") for each in found]
    assert len(set(names)) == len(names), names
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_three_ways_of_leading_nowhere(pack: Pack, language: str) -> None:
    found = said(pack, TEXTS[language], language)
    assert set(found) == {"missing", "circular", "excluded"}
    missing = found["missing"]
    assert missing["kind"] == "remark" and "12" in missing["marks"][0]["quote"]
    assert "___" in missing["recommendation"]["wording"]
    instead = {"ru": "последнее по счёту – «пункт 7»", "kk": "соңғысы – «7-тармақ»"}[language]
    assert instead in missing["explanation"]
    assert "{" not in " ".join(each["explanation"] + each["risk"] for each in found.values())


def test_the_words_are_those_of_this_norm(pack: Pack) -> None:
    found = said(pack, RU, "ru")
    assert found["missing"]["explanation"].startswith(
        "Пункт 2 Правил содержит отсылку «пунктом 12 настоящих Правил», однако в Правилах нет пункта 12"
    )
    assert "подпункт 2) в пункте 4 Правил – с отметкой «исключен»" in found["excluded"]["explanation"]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_register_tells_of_other_acts(pack: Pack, language: str) -> None:
    registers = Registers(acts=import_acts(ACTS.encode(), "акты.csv").register)
    found = said(pack, TEXTS[language], language, registers)
    assert set(found) == {"missing", "circular", "excluded", "repealed", "unknown_number"}
    repealed = found["repealed"]
    assert "01.07.2024" in repealed["explanation"] and "18.11.2015, № 410-V" in repealed["explanation"]
    assert "О птицах" in repealed["recommendation"]["instruction"]
    name = {"ru": "О голубятнях", "kk": "Көгершінханалар туралы"}[language]
    assert name in repealed["explanation"]
    assert found["unknown_number"]["kind"] == "attention" and "77/НҚ" in found["unknown_number"]["explanation"]


ORDERS = {
    "ru": """ПРИКАЗ
Министра рыб Республики Казахстан
Об утверждении Правил
В соответствии с пунктом 2 статьи 5 Закона Республики Казахстан от 18 ноября 2015 года № 410-V «О голубятнях»
ПРИКАЗЫВАЮ:
1. Утвердить прилагаемые Правила ведения учета лодок.
2. Настоящий приказ вводится в действие со дня подписания.
""",
    "kk": """БҰЙРЫҚ
Қағидаларды бекіту туралы
«Көгершінханалар туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңының 5-бабы 2-тармағына сәйкес
БҰЙЫРАМЫН:
1. Қоса беріліп отырған Қайықтарды есепке алу қағидалары бекітілсін.
2. Осы бұйрық қол қойылған күнінен бастап қолданысқа енгізіледі.
""",
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_repealed_act_may_not_be_the_ground_of_the_draft(pack: Pack, language: str) -> None:
    """The preamble is no norm, but an act that rests on a repealed one has no ground."""
    registers = Registers(acts=import_acts(ACTS.encode(), "акты.csv").register)
    found = said(pack, ORDERS[language], language, registers)
    assert set(found) == {"repealed_ground"} and found["repealed_ground"]["kind"] == "remark"
    place = {"ru": "Преамбула", "kk": "Бұйрық жобасының кіріспесі"}[language]
    assert found["repealed_ground"]["explanation"].startswith(place)
    assert said(pack, ORDERS[language], language) == {}
    in_force = Registers(acts=import_acts(ACTS.replace("утратил силу", "действует").encode(), "акты.csv").register)
    assert said(pack, ORDERS[language], language, in_force) == {}


def test_an_act_in_force_is_no_defect(pack: Pack) -> None:
    registers = Registers(
        acts=import_acts(ACTS.replace("79/НҚ", "").replace("утратил силу", "действует").encode()).register
    )
    assert "repealed" not in said(pack, RU, "ru", registers)


@pytest.mark.parametrize(
    "norm",
    [
        "2. Порядок, установленный настоящим пунктом, применяется. Он обязателен.",
        "2. Документы, указанные в пункте 1 настоящих Правил, хранятся.",
        "2. Срок исчисляется по статье 150.",
        "2. Сведения подаются согласно пункту 40 Договора.",
        "2. Пункт 40 указанных Правил применяется.",
        "2. Расчет – по пункту 40 приказа Министра рыб от 1 мая 2020 года № 5.",
        "2. Пункт 40 настоящих Правил вводится в действие с 1 января 2030 года.",
    ],
)
def test_silence(pack: Pack, norm: str) -> None:
    assert (
        said(pack, f"Правила ведения учета лодок\n\n1. Акимат ведет журнал.\n{norm}\n3. Плата взимается.\n", "ru") == {}
    )


ANNEXES = {
    "ru": (
        "Правила учета лодок\n\n1. Акимат ведет журнал по форме согласно приложению {n} к настоящим Правилам.\n"
        "2. Владелец подает заявление по форме согласно приложению 1 к настоящим Правилам.\n",
        "\nПриложение 1\nк Правилам учета лодок\n\nФорма\n\nЗаявление\n\n"
        "Приложение 2\nк Правилам учета лодок\n\nПеречень сведений\n\n1. Имя владельца.\n",
    ),
    "kk": (
        "Қайықтарды есепке алу қағидалары\n\n1. Әкімдік осы Қағидаларға {n}-қосымшаға сәйкес журнал жүргізеді.\n"
        "2. Иесі осы Қағидаларға 1-қосымшаға сәйкес нысан бойынша өтініш береді.\n",
        "\nҚайықтарды есепке алу қағидаларына\n1-қосымша\n\nНысан\n\nӨтініш\n\n"
        "Қайықтарды есепке алу қағидаларына\n2-қосымша\n\nМәліметтер тізбесі\n\n1. Иесінің аты.\n",
    ),
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_an_annex_beside_those_at_hand_is_a_defect(pack: Pack, language: str) -> None:
    norms, annexes = ANNEXES[language]
    found = said(pack, norms.replace("{n}", "3") + annexes, language)
    assert set(found) == {"missing"} and found["missing"]["kind"] == "remark"
    assert said(pack, norms.replace("{n}", "2") + annexes, language) == {}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_text_without_its_annexes_is_told_of_once(pack: Pack, language: str) -> None:
    found = said(pack, ANNEXES[language][0].replace("{n}", "3"), language)
    assert set(found) == {"absent"} and found["absent"]["kind"] == "attention"
    words = {"ru": "проверьте, приложено ли оно", "kk": "ұсынылған мәтінде қосымша жоқ"}[language]
    assert words in found["absent"]["explanation"]
    other = {"ru": "приложению 1 к настоящим Правилам", "kk": "осы Қағидаларға 1-қосымшаға"}[language]
    assert other in found["absent"]["explanation"]


def test_a_stamp_that_was_not_understood_may_be_the_annex(pack: Pack) -> None:
    norms, annexes = ANNEXES["ru"]
    stamped = "\n3. Плата взимается.\nПриложение 3 см. отдельный файл\n"
    assert said(pack, norms.replace("{n}", "3") + stamped + annexes, "ru") == {}


@pytest.mark.parametrize(
    ("title", "language", "norm"),
    [
        ("Правила учета лодок", "ru", "Отказ производится в соответствии со статьей 150 настоящих Правил."),
        ("Қайықтарды есепке алу қағидалары", "kk", "Осы Қағидалардың 150-бабына сәйкес бас тартылады."),
    ],
)
def test_rules_have_no_articles(pack: Pack, title: str, language: str, norm: str) -> None:
    first = {"ru": "Акимат ведет журнал.", "kk": "Әкімдік журнал жүргізеді."}[language]
    found = said(pack, f"{title}\n\n1. {first}\n2. {norm}\n", language)
    assert set(found) == {"missing"} and "150" in found["missing"]["explanation"]


def test_a_law_at_hand_in_part_may_have_the_article(pack: Pack) -> None:
    text = "Закон о лодках\n\n1. Акимат ведет журнал.\n2. Отказ производится по статье 150 настоящего Закона.\n"
    assert "missing" not in said(pack, text, "ru")


@pytest.mark.parametrize(
    ("cited", "meant"),
    [("115", ""), ("35", ""), ("3", ""), ("21", "пункт 2-1"), ("1-1", "пункт 1"), ("2-2", ""), ("3-1", "")],
)
def test_another_number_is_named_only_for_a_slip(pack: Pack, cited: str, meant: str) -> None:
    text = (
        "Правила учета лодок\n\n1. Акимат ведет журнал.\n2. Плата взимается.\n2-1. Плата возвращается.\n"
        f"4. Отказ производится в соответствии с пунктом {cited} настоящих Правил.\n"
    )
    advice = said(pack, text, "ru")["missing"]["recommendation"]["instruction"]
    assert ("похоже на описку" in advice) is bool(meant) and meant in advice


def test_a_raised_figure_in_a_range_breaks_nothing(pack: Pack) -> None:
    assert said(pack, "Правила учета лодок\n\n1. Пункты 222¹ – 225 Договора применяются.\n2. Плата.\n", "ru") == {}


def test_how_deep_a_blanket_reference_leads(pack: Pack) -> None:
    text = (
        "Правила выдачи разрешений\n\n1. Заявитель подает заявление.\n"
        "2. Уполномоченный орган отказывает в выдаче разрешения по основаниям, установленным "
        "законодательством Республики Казахстан.\n"
    )
    result = to_dict(Examiner(pack).examine(Dossier(ru=read_plain(text.encode(), "п.txt")), Options(force=True)))
    found = [each for each in result["texts"][0]["findings"] if each["factor"] == "blanket_reference"]
    assert found, "a rule sees it"
    assert "Глубина отсылки: «законодательством Республики Казахстан»" in found[0]["explanation"]
    assert any("body" in str(evidence["reason"]) for evidence in found[0]["evidence"])
