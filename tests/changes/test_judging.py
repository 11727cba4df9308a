"""What is charged to the draft and what is context; marks point into the draft."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from nlp.changes.examining import ChangesReport, examine_changes
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.structure.operations import Operation, OperationKind
from tests.changes.making import act, operation, rebuilt

K = OperationKind
HEAD = "Проект\nПРИКАЗ\nО внесении изменений\nПРИКАЗЫВАЮ:\n1. Внести изменения:\n"
BASE = """ПРИКАЗ
Министра озёр Республики Казахстан
от 12 марта 2024 года № 77
Об утверждении Правил выдачи разрешений на лов
ПРИКАЗЫВАЮ:
1. Утвердить прилагаемые Правила выдачи разрешений на лов.
Министр А. Озеров
Утверждены
приказом Министра
от 12 марта 2024 года № 77
Правила выдачи разрешений на лов
1. Настоящие Правила определяют порядок выдачи разрешений на лов.
2. Уполномоченный орган вправе отказать в выдаче разрешения:
1) при представлении недостоверных сведений;
2) при нарушении режима лова.
3. Комиссия при необходимости продлевает срок рассмотрения. Журнал ведёт секретарь.
4. Уполномоченный орган рассматривает заявление в течение пяти рабочих дней."""


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


def examined(examiner: Examiner, draft: str, operations: Sequence[Operation]) -> ChangesReport:
    rebuilding = rebuilt(draft, operations, BASE)
    assert not [outcome.code for outcome in rebuilding.outcomes if outcome.code]
    return examine_changes(act(draft), rebuilding, (), (), examiner.pack, examiner.judge, "ru", {})


def factors(report: ChangesReport) -> list[str]:
    return [finding.factor for finding in report.findings]


def test_an_old_defect_beside_a_change_is_context(examiner: Examiner) -> None:
    draft = HEAD + "в пункте 3 слово «секретарь» заменить словом «писарь»"
    report = examined(
        examiner, draft, [operation(draft, K.REPLACE_WORDS, "para_3", "в пункте 3", "секретарь", "писарь")]
    )
    assert factors(report) == []
    assert [(entry.factor, entry.unit) for entry in report.unchanged] == [("broad_discretion", "пункт 3 Правил")]


def test_an_item_under_an_old_lead_in_is_charged_for_its_own_words_only(examiner: Examiner) -> None:
    clean = HEAD + "дополнить подпунктом «3) при лове в запретный сезон.»"
    report = examined(
        examiner,
        clean,
        [operation(clean, K.INSERT, "para_2/subpara_3", "дополнить", "", "3) при лове в запретный сезон.")],
    )
    assert "permissive_power" not in factors(report)
    assert "permissive_power" in {entry.factor for entry in report.unchanged}


def test_a_changed_lead_in_is_charged_once(examiner: Examiner) -> None:
    base_duty = BASE.replace("вправе отказать", "отказывает")
    draft = HEAD + "в пункте 2 слово «отказывает» заменить словами «вправе отказать»"
    replaced = operation(draft, K.REPLACE_WORDS, "para_2", "в пункте 2", "отказывает", "вправе отказать")
    rebuilding = rebuilt(draft, [replaced], base_duty)
    report = examine_changes(act(draft), rebuilding, (), (), examiner.pack, examiner.judge, "ru", {})
    mine = [finding for finding in report.findings if finding.factor == "permissive_power"]
    assert len(mine) == 1
    (mark,) = mine[0].marks
    assert mark.quote == "вправе отказать" and draft[mark.start : mark.end] == mark.quote


def test_a_factor_that_taking_words_out_makes_is_marked_at_the_instruction(examiner: Examiner) -> None:
    draft = HEAD + "в пункте 4 слова «в течение пяти рабочих дней» исключить"
    struck = operation(draft, K.DELETE_WORDS, "para_4", "в пункте 4", "в течение пяти рабочих дней")
    report = examined(examiner, draft, [struck])
    (finding,) = [f for f in report.findings if f.factor == "broad_discretion"]
    assert [mark.quote for mark in finding.marks] == ["в пункте 4"]
    assert finding.change is not None and finding.change.after == "Уполномоченный орган рассматривает заявление."
    assert finding.recommendation is not None
    assert "в течение пяти рабочих дней" in finding.recommendation.wording
    assert "в течение пяти рабочих дней" in finding.explanation


def test_a_struck_out_unit_is_shown_with_what_it_said(examiner: Examiner) -> None:
    draft = HEAD + "пункт 4 исключить"
    report = examined(examiner, draft, [operation(draft, K.DELETE, "para_4", "пункт 4 исключить")])
    (finding,) = report.findings
    assert finding.change is not None
    assert (finding.change.after, finding.change.unit) == ("", "пункт 4 Правил")
    assert finding.change.before.startswith("Уполномоченный орган рассматривает")
    assert finding.recommendation is not None and finding.recommendation.wording == finding.change.before


def test_ids_do_not_depend_on_numbers_and_are_unique(examiner: Examiner) -> None:
    draft = HEAD + "дополнить: «5. Комиссия вправе отказать. 6. Комиссия вправе отказать.»"
    twice = [
        operation(draft, K.INSERT, "para_5", "дополнить", "", "5. Комиссия вправе отказать."),
        operation(draft, K.INSERT, "para_6", "дополнить", "", "6. Комиссия вправе отказать."),
    ]
    report = examined(examiner, draft, twice)
    (finding,) = [f for f in report.findings if f.factor == "permissive_power"]
    assert len(finding.marks) == 2  # the same norm twice is one finding with two places
    once = examined(examiner, draft, twice[1:])
    assert [f.id for f in once.findings if f.factor == "permissive_power"] == [finding.id]
