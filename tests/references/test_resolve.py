"""Citations resolved inside the act: relative words, ranges, documents and annexes, what is not there."""

from __future__ import annotations

import pytest

from nlp.reading.plain import read_plain
from nlp.references.depth import Depth, depth
from nlp.references.references import Reference, References
from nlp.structure import provisions, structure

LAW = """Закон Республики Казахстан
О лодках

Статья 1. Учет
1. Лодки учитываются в порядке, установленном статьей 2 настоящего Закона.
2. Указанное в пункте 1 настоящей статьи не касается плотов.
3. В журнал вносятся:
1) имя владельца;
2) сведения, указанные в подпункте 1) настоящего пункта;
3-1) номер.
Статья 2. Порядок
1. Заявление подается в акимат.
Заявление рассматривается за три дня.
2. Срок, указанный в части второй пункта 1 настоящей статьи, продлевается по статье 9 настоящего Закона.
3. Исключен Законом Республики Казахстан от 01.02.2020 № 5-VI.
4. Пункты 1 – 3 настоящей статьи и пункты 1-3 статьи 1 настоящего Закона применяются к рыбакам.
Статья 3. Плата
Плата вносится по правилам части третьей статьи 2, пункта 7 статьи 1 и главы 5 настоящего Закона.
Плата возвращается по статье 12 Закона о налогах и по статье 44.
Статья 4. Ответственность
Виновные отвечают по статье 88 Гражданского кодекса Республики Казахстан и законодательству Республики Казахстан.
"""
LAW_KK = """Қазақстан Республикасының Заңы
Қайықтар туралы

1-бап. Есепке алу
1. Қайықтар осы Заңның 2-бабында белгіленген тәртіппен есепке алынады.
2. Осы баптың 1-тармағында көрсетілген талап салдарға қолданылмайды.
2-бап. Тәртіп
1. Өтініш әкімдікке беріледі.
2. Осы баптың 5-тармағында көрсетілген мерзім осы Заңның 9-бабы бойынша ұзартылады.
"""
ORDER = """Приказ Министра рыб Республики Казахстан от 5 мая 2020 года № 7
Об утверждении Правил учета лодок

ПРИКАЗЫВАЮ:
1. Утвердить прилагаемые Правила учета лодок согласно приложению к настоящему приказу.
2. Настоящий приказ вводится в действие после дня его первого официального опубликования.

Министр И. Рыбин

Приложение к приказу
Министра рыб
от 5 мая 2020 года № 7

Правила учета лодок

Глава 1. Общие положения
1. Настоящие Правила разработаны в соответствии с Законом Республики Казахстан «О лодках» (далее – Закон).
2. Лодки учитываются согласно статье 3 Закона.
Глава 2. Порядок
3. Заявление по форме согласно приложению 1 к настоящим Правилам подается в срок, указанный в пункте 9 настоящих Правил.
4. Заявление, указанное в пункте 3 настоящих Правил, возвращается по пункту 2 настоящего приказа.

Приложение 1
к Правилам учета лодок

Форма заявления
"""


def of(text: str, name: str = "акт.txt") -> list[Reference]:
    act = structure(read_plain(text.encode(), name))
    everything = provisions(act)
    references = References(act, everything)
    return [each for provision in everything for each in references.of(provision)]


def words(reference: Reference) -> str:
    return reference.provision.text[slice(*reference.citation.span)]


def told(reference: Reference) -> list[str]:
    """«found art_1__para_2», the address of what was found or of where it was looked for."""
    return [
        f"{each.state.value} {unit.address if (unit := each.unit or each.holder) else ''}".strip()
        for each in reference.resolved
        if not each.target.inner
    ]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("статьей 2 настоящего Закона", ["found art_2"]),
        ("пункте 1 настоящей статьи", ["found art_1__para_1"]),
        ("подпункте 1) настоящего пункта", ["found art_1__para_3__subpara_1"]),
        ("части второй пункта 1 настоящей статьи", ["found art_2__para_1__clause_2"]),
        ("статье 9 настоящего Закона", ["missing act"]),
        ("Пункты 1 – 3 настоящей статьи", ["found art_2__para_1", "excluded art_2__para_3"]),
        ("пункты 1-3 статьи 1 настоящего Закона", ["found art_1__para_3"]),
        ("статье 44", ["unknown act"]),
    ],
)
def test_units_of_a_law(cited: str, expected: list[str]) -> None:
    (found,) = [each for each in of(LAW) if words(each) == cited]
    assert told(found) == expected


def test_several_units_of_one_citation() -> None:
    (found,) = [each for each in of(LAW) if "главы 5" in words(each)]
    assert told(found)[1:] == ["missing art_1", "unknown act"]


def test_kazakh_units() -> None:
    assert [told(each) for each in of(LAW_KK)] == [
        ["found art_2"], ["found art_1__para_1"], ["missing art_2"], ["missing act"],
    ]  # fmt: skip


def test_an_order_and_its_rules() -> None:
    found = {words(each): each for each in of(ORDER)}
    assert found["статье 3 Закона"].citation.kind == "external"
    act = found["статье 3 Закона"].citation.act
    assert act is not None and act.name == "О лодках"
    assert told(found["приложению 1 к настоящим Правилам"])[0].startswith("found")
    assert told(found["пункте 9 настоящих Правил"]) == ["missing doc_1"]
    assert told(found["пункте 3 настоящих Правил"])[0].startswith("found doc_1")
    assert told(found["пункту 2 настоящего приказа"])[0].startswith("found")


def test_quoted_wording_of_another_act_is_not_resolved() -> None:
    text = """Закон Республики Казахстан
О внесении изменений в Закон Республики Казахстан «О лодках»

Статья 1. Внести в Закон Республики Казахстан от 1 мая 2019 года № 7-VI «О лодках» следующие изменения:
1) пункт 2 статьи 7 изложить в следующей редакции:
«2. Лодки учитываются по статье 99 настоящего Закона и пункту 55 настоящей статьи.»;
2) в статье 8 пункт 77 настоящего Закона исключить.
"""
    assert not [each for each in of(text) if any("missing" in state for state in told(each))]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("статьей 2 настоящего Закона", Depth.RESOLVED),
        ("статье 9 настоящего Закона", Depth.DEAD),
        ("статье 44", Depth.UNIT),
        ("статье 88 Гражданского кодекса Республики Казахстан", Depth.UNIT),
        ("законодательству Республики Казахстан", Depth.BODY),
    ],
)
def test_depth(cited: str, expected: Depth) -> None:
    (found,) = [each for each in of(LAW) if words(each) == cited]
    assert depth(found) is expected


def test_a_short_name_given_to_two_acts_stands_for_none() -> None:
    text = LAW + "Статья 5. Прочее\n1. Законом РК «О реках» (далее – Закон) и Законом РК «О морях» (далее – Закон).\n"
    assert all(
        each.citation.act is None or each.citation.act.name != "О морях" or words(each) != "Закона" for each in of(text)
    )
