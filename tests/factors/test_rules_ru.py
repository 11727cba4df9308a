"""The Russian rules of the six factors: their own tests, texts, and norms an expert would remark on or leave alone."""

from __future__ import annotations

from functools import cache

import pytest

from nlp import language
from nlp.detection.engine import Engine
from nlp.detection.fusion import JudgedFactor, fuse
from nlp.detection.pack import Pack, load_pack
from nlp.detection.rule import Rule
from nlp.detection.rulecheck import check_pack, to_provision
from nlp.detection.wording import explain
from nlp.factors import kz_pack
from nlp.norms import analyse
from nlp.rewriting import propose
from nlp.structure.act import Provision

FACTORS = {
    "broad_discretion",
    "permissive_power",
    "blanket_reference",
    "excessive_requirement",
    "vague_wording",
    "elastic_sanction",
    "no_competition",
    "selective_exception",
    "no_appeal",
    "no_transparency",
    "missing_procedure",
    "applicant_rights",
    "unjustified_cost",
    "administrative_barrier",
    "hidden_service",
    "improper_function",
    "no_control",
    "conflict_of_interest",
    "private_interest",
    "legal_gap",
    "ultra_vires",
    "gap_filling",
    "declarative",
}


@cache
def pack() -> Pack:
    return load_pack(kz_pack())


@cache
def engine() -> Engine:
    return Engine(pack())


def rules() -> list[Rule]:
    return [rule for rule in pack().rules() if rule.language == "ru"]


def said(text: str, lead: str = "", heading: str = "") -> dict[str, JudgedFactor]:
    analysis = analyse(Provision("x", "ru", text, lead, heading), language.of("ru"))
    return {item.factor: item for item in fuse(engine().judge(analysis), analysis, pack())}


def test_every_rule_passes_its_own_tests() -> None:
    assert [problem for problem in check_pack(pack()) if ".ru." in problem.rule] == []


def test_every_factor_has_rules() -> None:
    assert {rule.factor for rule in rules()} == FACTORS


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert rule.id.startswith(f"{rule.factor}.ru.")
    assert 0 < rule.confidence <= 0.95
    assert sum(test.flags for test in rule.tests) >= 2
    assert sum(not test.flags for test in rule.tests) >= 2
    for texts in (rule.name, rule.explanation, rule.risk):
        assert set(texts) == {"ru", "kk"}
        assert all(text.strip() for text in texts.values())
    assert rule.explanation["ru"] != rule.explanation["kk"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_finding_has_its_reason_in_both_languages_and_a_wording_that_differs(rule: Rule) -> None:
    for test in rule.tests:
        if not test.flags:
            continue
        analysis = analyse(to_provision(rule, test), language.of("ru"))
        judged = engine().judge(analysis)
        factor = next(item for item in fuse(judged, analysis, pack()) if item.factor == rule.factor)
        for report in ("ru", "kk"):
            wording = explain(pack(), factor, analysis, judged.frames, "вправе", report)
            assert wording.explanation
            assert wording.risk
            assert "{" not in wording.explanation + wording.risk
        recommendation = propose(analysis, judged.frames, factor, pack(), lambda address, code, case: address, "ru")
        assert recommendation is not None
        original = analysis.string(factor.leading.spans[0].field)
        assert recommendation.wording != original
        assert "  " not in recommendation.wording
        assert ".." not in recommendation.wording


FLAWED = [
    ("elastic_sanction", "За просрочку отчета инспекция приостанавливает аттестат на срок до четырех месяцев."),
    ("permissive_power", "Акимат вправе отказать фермеру в аренде пастбища."),
    ("permissive_power", "Услугодатель может вернуть заявление без рассмотрения."),
    ("broad_discretion", "Комитет рассматривает ходатайство инвестора в кратчайший срок."),
    ("broad_discretion", "Отдел жилья при необходимости запрашивает у семьи дополнительные пояснения."),
    ("blanket_reference", "Условия и основания возврата гранта определяются оператором программы."),
    ("excessive_requirement", "К заявке прилагаются смета, график работ и иные документы."),
    ("elastic_sanction", "За опоздание с отчетом музей лишается выставочного места на период не свыше двух сезонов."),
    (
        "elastic_sanction",
        "За порчу реквизита театр выносит замечание, снижает оплату либо расторгает договор.",
    ),
    ("elastic_sanction", "Вид взыскания выбирает начальник лодочной станции."),
    ("elastic_sanction", "При нарушении графика выплата художнику прекращается полностью или частично."),
    ("elastic_sanction", "Питомник закрывается до особого распоряжения управления."),
    ("permissive_power", "Дирекция заповедника имеет возможность отозвать пропуск фотографа."),
    ("permissive_power", "Организатор выставки оставляет за собой право отклонить работу."),
    ("permissive_power", "Письмо краеведа может быть оставлено без рассмотрения."),
    ("permissive_power", "Разрешается повторный осмотр мастерской без предупреждения хозяина."),
    ("permissive_power", "Смотритель маяка решает, допустить ли группу на башню."),
    ("broad_discretion", "Отдел культуры отвечает краеведу в сроки, позволяющие изучить его письмо."),
    ("broad_discretion", "Заседание по письму краеведа откладывается до выяснения обстоятельств."),
    ("broad_discretion", "Комиссия, сочтя рисунок слабым, не допускает его к показу."),
    ("broad_discretion", "Доля возмещения составляет от 15 до 90 процентов расходов мастера."),
    ("broad_discretion", "Время осмотра мастерской определяет инспектор."),
    ("broad_discretion", "Отдел культуры отказывает краеведу без объяснения причин."),
    ("blanket_reference", "Условия показа работ определяются комендантом дворца."),
    ("blanket_reference", "К показу допускаются мастера, отвечающие установленным требованиям."),
    ("blanket_reference", "Расходы мастера возмещаются согласно действующему законодательству."),
    ("excessive_requirement", "Мастер представляет эскиз, фотографию изделия и т.д."),
    ("excessive_requirement", "Мастер представляет поручительство трех членов артели."),
    ("excessive_requirement", "К показу допускаются мастерские, имеющие собственный склад и филиал в каждом районе."),
    ("excessive_requirement", "Мастер представляет сведения, которые отдел найдет полезными."),
    ("vague_wording", "Работа снимается с показа за некорректное поведение мастера."),
    ("vague_wording", "Для показа отбираются наиболее выразительные работы."),
    ("vague_wording", "Хозяин мастерской обязан содержать двор в достойном виде."),
    ("vague_wording", "Отдел культуры оперативно извещает участника о переносе показа."),
    (
        "vague_wording",
        "Студент, не сдавший экзамен без уважительной причины, исключается из списка получателей стипендии.",
    ),
]


@pytest.mark.parametrize(("factor", "text"), FLAWED)
def test_norms_an_expert_would_remark_on(factor: str, text: str) -> None:
    assert factor in said(text)


SOUND = [
    "Заявитель вправе по своему усмотрению выбрать способ получения ответа.",
    "Услугодатель не вправе требовать иные документы.",
    "Суд вправе приостановить исполнение решения на срок до трех месяцев.",
    "Отдел выдает охотничий билет в течение двух рабочих дней со дня оплаты сбора.",
    "Орган отказывает в выдаче свидетельства при непредставлении документов, указанных в пункте 4 настоящих Правил.",
    "Целью закона является создание надлежащих условий для предпринимательства.",
    "Настоящее постановление вводится в действие со дня его первого официального опубликования.",
    "Заявление подается по форме согласно приложению 1 к настоящим Правилам.",
    "Деяние наказывается штрафом либо лишением свободы на срок до двух лет.",
    "Работодатель вправе расторгнуть трудовой договор при прогуле без уважительной причины.",
    "Пропуск егеря приостанавливается на неделю, если журнал обхода не сдан.",
    "Расходы предусматриваются в бюджете на соответствующий финансовый год.",
    "Жюри вправе снять работу с показа только в случаях, предусмотренных пунктом 21 настоящих Правил.",
    "Для сверки записей отдел культуры вправе запрашивать сведения у государственных архивов и привлекать хранителей.",
    "Комиссия вправе пригласить на показ искусствоведов и представителей союза художников.",
    "Срок сдачи работы может быть продлен по просьбе мастера на пять рабочих дней.",
    "Мастер по своему выбору выставляет одну или две работы.",
    "Жюри начисляет пять баллов за каждую завершенную работу.",
    "Орган отказывает в допуске по основаниям, указанным в пункте 14 настоящих Правил.",
    "Комиссия может провести заседание по видеосвязи.",
    "Отдел культуры при необходимости обновляет сведения на интернет-ресурсе.",
    "За первое опоздание дирекция выносит замечание, за второе – снижает оплату на десять процентов.",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_norms_are_left_alone(text: str) -> None:
    assert said(text) == {}


def test_a_flaw_in_the_lead_is_said_of_the_item() -> None:
    found = said("непредставления отчета;", lead="Комитет вправе отозвать лицензию на срок до года в случаях:")
    assert "permissive_power" in found
    assert {span.field.value for span in found["permissive_power"].spans} == {"lead"}


def test_a_flaw_in_the_second_sentence_is_found_where_it_stands() -> None:
    text = "Заявление подается через портал. Комиссия вправе отказать в приеме."
    (span,) = said(text)["permissive_power"].spans
    assert text[span.start : span.end] == "вправе отказать"


def test_a_definition_is_not_a_power() -> None:
    provision = Provision("x", "ru", "отзыв – право, которым комитет вправе отменить лицензию;", role="definition")  # type: ignore[arg-type]
    assert engine().analyse_and_judge(provision).evidence == ()


def test_on_the_same_words_the_sanction_stays_and_the_discretion_goes() -> None:
    found = said("При нарушении условий инспектор приостанавливает работы на срок до двух месяцев.")
    assert set(found) == {"elastic_sanction"}


def proposed(text: str, factor: str, lead: str = "") -> str:
    analysis = analyse(Provision("x", "ru", text, lead), language.of("ru"))
    judged = engine().judge(analysis)
    item = next(one for one in fuse(judged, analysis, pack()) if one.factor == factor)
    made = propose(analysis, judged.frames, item, pack(), lambda address, code, case: address, "ru")
    assert made is not None
    return made.wording


PROPOSALS = [
    (
        "broad_discretion",
        "Комиссия отклоняет эскиз, если признает отдельные линии недостаточно обоснованными.",
        "Комиссия отклоняет эскиз при наличии обстоятельств, указанных в пункте ___.",
    ),
    (
        "vague_wording",
        "Комиссия отклоняет эскиз, если признает отдельные линии недостаточно обоснованными.",
        "Комиссия отклоняет эскиз в случаях, указанных в пункте ___.",
    ),
    (
        "vague_wording",
        "Стенды предоставляются, как правило, на один день.",
        "Стенды предоставляются на один день.",
    ),
    (
        "permissive_power",
        "Инспектор вправе провести внеплановую проверку мастерской.",
        "Инспектор в случаях, указанных в пункте ___, проводит внеплановую проверку мастерской.",
    ),
    (
        "permissive_power",
        "При порче стенда дирекция вправе отстранить мастера от показа.",
        "При порче стенда дирекция отстраняет мастера от показа.",
    ),
    (
        "excessive_requirement",
        "Мастер представляет эскиз и иные документы.",
        "Мастер представляет эскиз и указанные в приложении ___ документы.",
    ),
    (
        "elastic_sanction",
        "Дирекция лишает мастера стенда на срок до двух лет.",
        "Дирекция лишает мастера стенда на срок до двух лет, определяемый по критериям, указанным в приложении ___.",
    ),
]


@pytest.mark.parametrize(("factor", "text", "wording"), PROPOSALS)
def test_a_proposal_can_be_pasted(factor: str, text: str, wording: str) -> None:
    assert proposed(text, factor) == wording


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_proposal_has_no_aside_inside_a_clause_and_the_texts_no_slang(rule: Rule) -> None:
    added = " ".join(str(entry.get("with", "")) for entry in rule.rewrite)
    assert "(первое" not in added
    assert "(а именно" not in added
    for word in ("оплачивается", "дешевле", "товар", "покупают", "продаётся", "продают", "торговать"):
        assert word not in rule.risk["ru"]
