"""What the Russian rules propose for norms of the kinds that were once worded badly."""

from __future__ import annotations

import pytest

from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.rewriting import propose
from nlp.structure.act import Provision


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    pack: Pack = load_pack(kz_pack())
    return Examiner(pack)


def wordings(examiner: Examiner, text: str) -> dict[str, str]:
    """Factor → proposed wording («» where the unit is to be struck out) of every finding that has one."""
    judged = examiner.judge(Provision("1", "ru", text, "", address="doc_1__para_8", path=("doc_1__para_8",)))
    made: dict[str, str] = {}
    for factor in judged.factors:
        said = propose(judged.analysis, judged.frames, factor, examiner.pack, lambda *_: "", "ru")
        if said is not None:
            made[factor.factor] = said.wording
    return made


@pytest.mark.parametrize(
    ("factor", "text", "wording"),
    [
        pytest.param(
            "permissive_power",
            "Руководитель отдела, главный специалист вправе исправить опечатки в выданной справке.",
            "Руководитель отдела, главный специалист исправляют опечатки в выданной справке.",
            id="a ground that is there already is not asked for again",
        ),
        pytest.param(
            "permissive_power",
            "Земельный участок может быть изъят у собственника по решению акимата в целях строительства дороги.",
            "Земельный участок в случаях, указанных в пункте ___, изымается у собственника по решению акимата "
            "в целях строительства дороги.",
            id="taking of property becomes no flat duty",
        ),
        pytest.param(
            "permissive_power",
            "Санитарная служба вправе закрыть столовую, если условия в ней признает неудовлетворительными.",
            "Санитарная служба в случаях, указанных в пункте ___, закрывает столовую.",
            id="an open ground is closed with the right",
        ),
        pytest.param(
            "improper_function",
            "Отдел образования осуществляет иные функции, предусмотренные законодательством Республики Казахстан.",
            "Отдел образования осуществляет функции, предусмотренные статьями ___ Закона Республики Казахстан «___».",
            id="functions bounded by a law are not struck out",
        ),
        pytest.param(
            "improper_function",
            "Специалист отдела исполняет иные поручения руководителя.",
            "Специалист отдела исполняет поручения руководителя, указанные в пункте ___.",
            id="a subject is not left without a predicate",
        ),
        pytest.param(
            "selective_exception",
            "Ограничение не применяется к организациям, признанным комиссией добросовестными.",
            "Ограничение не применяется к организациям, указанным в приложении ___.",
            id="an exception keeps its noun",
        ),
        pytest.param(
            "selective_exception",
            "Правила не применяются, если аким области принял иное решение.",
            "Правила не применяются в случаях, указанных в пункте ___.",
            id="a rule is not switched off for good",
        ),
        pytest.param(
            "vague_wording",
            "Лицензия отзывается при ненадлежащем исполнении лицензиатом своих обязанностей.",
            "Лицензия отзывается при исполнении лицензиатом своих обязанностей с нарушением требований, "
            "указанных в пункте ___.",
            id="performance is not torn from what is performed",
        ),
        pytest.param(
            "broad_discretion",
            "Решение о выделении субсидии принимается комиссией после изучения хозяйства заявителя.",
            "Решение о выделении субсидии принимается комиссией после изучения хозяйства заявителя "
            "при соблюдении условий, указанных в пункте ___.",
            id="a step of the procedure stays",
        ),
        pytest.param(
            "broad_discretion",
            "Комиссия принимает отчет, если сочтет его достаточным.",
            "Комиссия принимает отчет при соответствии требованиям, указанным в пункте ___.",
            id="approval keeps a condition",
        ),
        pytest.param(
            "broad_discretion",
            "Инспекция закрывает доступ на объект на период, необходимый для устранения нарушений.",
            "Инспекция закрывает доступ на объект на ___ рабочих дней для устранения нарушений.",
            id="the purpose of an open term stays",
        ),
        pytest.param(
            "no_competition",
            "Заказ на ремонт школы размещается из одного источника у организации, имеющей опыт работы в районе.",
            "Заказ на ремонт школы размещается у организации, определенной по результатам открытого конкурса.",
            id="a single source does not stand beside a contest",
        ),
        pytest.param(
            "no_transparency",
            "Список получателей земельных участков утверждается акимом района без опубликования.",
            "Список получателей земельных участков утверждается акимом района и размещается "
            "на интернет-ресурсе ___ (орган) в течение ___ рабочих дней со дня ___.",
            id="publication has a place and a start of its term",
        ),
        pytest.param(
            "unjustified_cost",
            "Владелец магазина за свой счет проходит проверку весов в лаборатории, подведомственной управлению.",
            "Владелец магазина за свой счет проходит проверку весов в лаборатории по своему выбору.",
            id="who pays chooses",
        ),
        pytest.param(
            "private_interest",
            "Поставщиком может быть только член отраслевого союза.",
            "Поставщиком может быть лицо, отвечающее требованиям, указанным в пункте ___.",
            id="a singular subject stays singular",
        ),
    ],
)
def test_wording(examiner: Examiner, factor: str, text: str, wording: str) -> None:
    assert wordings(examiner, text)[factor] == wording
