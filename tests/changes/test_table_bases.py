"""The wording in force out of a comparative table: amendments of the draft are applied to it."""

from __future__ import annotations

from nlp.changes.bases import base_of
from nlp.changes.table_bases import bases_of_table, table_bases
from nlp.dossier import dossier_of
from nlp.pipeline import Examiner
from nlp.structure import structure
from saraptama.packs import find_pack
from tests.dossier.files import read, word
from tests.structure.comparative.tables import KK, RU, TITLE_KK, table

ACT = {0: "Закон Республики Казахстан от 4 мая 2020 года «О сборах»"}
OLD = "Статья 5. Отсрочка\n…\n2. Орган:\n1) ведет учет;\n2) отказывает в отсрочке, если сведения недостоверны."
TABLE = table(
    [RU, ACT, ["1", "подпункт 2) пункта 2 статьи 5", OLD, "2) вправе отказать в отсрочке.", ""],
     ["2", "пункт 3 статьи 5", "3. Решение обжалуется в суд.", "Исключить.", ""],
     {0: "Закон Республики Казахстан от 5 июня 2021 года «О рынках»"},
     ["3", "пункт 1 статьи 2", "1. Рынок открыт.", "1. Рынок закрыт.", ""]]
)  # fmt: skip
DRAFT = [
    "ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН",
    "О внесении изменений в Закон Республики Казахстан «О сборах»",
    "Статья 1. Внести в Закон Республики Казахстан от 4 мая 2020 года «О сборах» следующие изменения:",
    "1) в подпункте 2) пункта 2 статьи 5 слова «отказывает» заменить словами «вправе отказать»;",
    "2) пункт 3 статьи 5 исключить.",
    "Статья 2. Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его опубликования.",
]


def test_the_acts_of_the_table_with_the_units_it_shows() -> None:
    fees, markets = bases_of_table(TABLE)
    assert fees.text.split("\n") == [
        "О сборах", "Статья 5. Отсрочка", "2. Орган:", "1) ведет учет;",
        "2) отказывает в отсрочке, если сведения недостоверны.", "3. Решение обжалуется в суд.",
    ]  # fmt: skip
    assert [unit.address for unit in structure(markets).root.walk()][2:] == ["art_2", "art_2__para_1"]


def test_kazakh_units_are_written_the_kazakh_way() -> None:
    act = {0: "«Алымдар туралы» 2020 жылғы 4 мамырдағы Қазақстан Республикасының Заңы"}
    row = ["1", "5-баптың 2-тармағының 3) тармақшасы", "3) анықтама береді;", "3) анықтама бере алады;", ""]
    [base] = bases_of_table(table([KK, act, row], TITLE_KK))
    assert base.text.split("\n") == ["Алымдар туралы", "5-бап.", "2.", "3) анықтама береді;"]


def test_an_act_given_whole_is_not_taken_from_the_table() -> None:
    given = [base_of(structure(read(word("О сборах", "Статья 5. Отсрочка", "2. Орган:"))), 0)]
    assert [base.titles for base in table_bases(TABLE, given)] == [("О рынках",)]
    assert [base.position for base in table_bases(TABLE, given)] == [1]
    assert table_bases(None, given) == []


def test_amendments_are_applied_to_the_wording_of_the_table() -> None:
    dossier = dossier_of([read(word(*DRAFT))], table=TABLE)
    examination = Examiner(find_pack("kz")).examine(dossier)
    [report] = examination.reports
    assert [outcome.state for outcome in report.operations] == ["rebuilt", "rebuilt"]
    assert [base.used for base in examination.bases] == [True, False]
    assert examination.notices == ()  # an act that only the table speaks of is no mistake of the user
    [finding] = [finding for finding in report.findings if finding.factor == "permissive_power"]
    assert finding.change is not None
    assert finding.change.before == "отказывает в отсрочке, если сведения недостоверны."
    assert finding.change.after == "вправе отказать в отсрочке, если сведения недостоверны."
