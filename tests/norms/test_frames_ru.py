"""Frames of Russian norms: who acts, with what force, doing what, and how far the elements are settled."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.norms import NormLexicon, analyse, frames
from nlp.norms.frame import Field, NormFrame
from nlp.structure.act import Provision


@cache
def _lexicon() -> NormLexicon:
    return load_pack(kz_pack()).languages["ru"].lexicon


@pytest.fixture
def lexicon() -> NormLexicon:
    return _lexicon()


def read(lexicon: NormLexicon, text: str, lead: str = "", heading: str = "") -> tuple[NormFrame, ...]:
    return frames(analyse(Provision("x", "ru", text, lead, heading), language.of("ru")), lexicon)


def last(lexicon: NormLexicon, text: str, lead: str = "", heading: str = "") -> NormFrame:
    return read(lexicon, text, lead, heading)[-1]


ACTORS = [
    ("Уполномоченный орган выдает свидетельство.", "public", "уполномоченный орган"),
    ("Местные исполнительные органы вправе установить льготы.", "public", "местный исполнительный орган"),
    ("Должностные лица инспекции имеют право осматривать склад.", "public", "должностной лицо"),
    ("Должностное лицо, назначенное приказом, рассматривает жалобу.", "public", "должностной лицо"),
    ("Председатель конкурсной комиссии вправе отложить заседание.", "public", "председатель конкурсный комиссия"),
    ("Агенты валютного контроля требуют пояснения.", "public", "агент валютный контроль"),
    ("Карьерный центр выплачивает стипендию слушателю.", "public", "карьерный центр"),
    ("Заявитель вправе отозвать заявление.", "private", "заявитель"),
    ("Лица, получившие субсидию, представляют отчет.", "private", "лицо"),
    ("Лицо, которому комитет выдал лицензию, вправе вернуть ее.", "private", "лицо"),
    ("Государственный служащий вправе обжаловать взыскание.", "private", "государственный служащий"),
    ("Проверяемый государственный орган вправе подать возражения.", "private", "проверяемый государственный орган"),
    ("Банк вправе закрыть кассу в праздник.", "private", "банк"),
    ("Суд вправе отсрочить исполнение решения.", "court", "суд"),
    ("Прокурор вправе отозвать протест.", "court", "прокурор"),
    ("Срок может быть продлен.", "none", ""),
    ("Решение принимается комиссией.", "public", "комиссия"),
    ("Участок может быть изъят по решению акимата.", "public", "акимат"),
    ("Участок может быть изъят решением местного исполнительного органа.", "public", "местный исполнительный орган"),
    ("Национальный Банк или уполномоченный банк вправе затребовать копию договора.", "public", "национальный банк"),
    ("Если заявитель нарушил срок, уполномоченный орган отказывает в выдаче.", "public", "уполномоченный орган"),
    ("Получатель информирует Государственную корпорацию об изменениях.", "private", "получатель"),
    ("Жалобу на комиссию гражданин подает в суд.", "private", "гражданин"),
    ("Дирекция музея закрывает зал.", "public", "дирекция музей"),
    ("Администрация порта вправе не принять судно.", "public", "администрация порт"),
    ("Комендант отбирает пропуск.", "public", "комендант"),
    ("Кредитное бюро вправе хранить отчет.", "private", "кредитный бюро"),
]


@pytest.mark.parametrize(("text", "kind", "name"), ACTORS)
def test_the_subject_or_the_doer_is_the_actor(lexicon: NormLexicon, text: str, kind: str, name: str) -> None:
    actor = last(lexicon, text).actor
    assert (str(actor.kind), actor.name) == (kind, name)


MODALITIES = [
    ("Орган вправе отказать в выдаче.", "option"),
    ("Комиссия может запросить сведения.", "option"),
    ("Инспекция имеет право провести осмотр.", "option"),
    ("Комиссия наделяется правом отменить результат.", "option"),
    ("Аким уполномочен запретить мероприятие.", "option"),
    ("Орган не вправе требовать справку.", "ban"),
    ("Передача участка третьим лицам не допускается.", "ban"),
    ("Лицензиат не может передать лицензию.", "ban"),
    ("Дирекция имеет возможность отозвать пропуск.", "option"),
    ("Комиссия правомочна отменить показ.", "option"),
    ("Организатор оставляет за собой право отменить показ.", "option"),
    ("Дирекция не допускает мастера к показу.", "indicative"),
    ("Передача пропуска третьему лицу не допускается.", "ban"),
    ("Орган обязан выдать свидетельство.", "duty"),
    ("Решение должно быть принято в тот же день.", "duty"),
    ("Сведения подлежат проверке.", "duty"),
    ("Орган рассматривает заявление.", "indicative"),
    ("свидетельство о регистрации;", "none"),
    ("К лицам, имеющим право на льготу, относятся ветераны.", "indicative"),
    ("Обстоятельства, которые могут повлечь убытки, сообщаются органу.", "indicative"),
    ("Решение комиссии может быть обжаловано в суд.", "indicative"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITIES)
def test_modality(lexicon: NormLexicon, text: str, modality: str) -> None:
    assert str(last(lexicon, text).modality) == modality


ACTIONS = [
    ("Орган вправе отказать в выдаче.", "refuse"),
    ("Инспекция вправе приостановить работы.", "sanction"),
    ("Комиссия вправе применить к участнику меры воздействия.", "sanction"),
    ("Комиссия вправе запросить документы.", "demand"),
    ("Инспекция вправе провести внеплановую проверку.", "check"),
    ("Акимат вправе предоставить участок.", "grant"),
    ("Комиссия вправе принять решение об отмене конкурса.", "decide"),
    ("Орган вправе привлечь к проверке специалистов.", "cooperate"),
    ("Орган вправе направить запрос в другой орган.", "cooperate"),
    ("Организация обязана хранить документы.", "other"),
    ("Отдел вправе запрашивать сведения у государственных архивов.", "cooperate"),
    ("Отдел вправе запрашивать сведения у владельца лавки.", "demand"),
    ("Инспекция вправе получать от физических лиц пояснения.", "demand"),
    ("Дирекция вправе привлекать хранителей.", "cooperate"),
    ("Инспекция вправе привлечь владельца к ответственности.", "sanction"),
    ("Комиссия может провести заседание по видеосвязи.", "cooperate"),
    ("Дирекция вправе не засчитывать дежурство.", "grant"),
]


@pytest.mark.parametrize(("text", "kind"), ACTIONS)
def test_kind_of_action(lexicon: NormLexicon, text: str, kind: str) -> None:
    assert (last(lexicon, text).action.kind or "other") == kind


TIME_LIMITS = [
    ("Орган рассматривает заявление в течение пяти рабочих дней.", "closed"),
    ("Орган выдает ответ в течение одного месяца.", "closed"),
    ("Ответ направляется не позднее трех дней со дня обращения.", "closed"),
    ("Отчет представляется ежеквартально.", "closed"),
    ("Орган рассматривает заявление в разумный срок.", "open"),
    ("Инспектор приостанавливает работы на срок до шести месяцев.", "absent"),
    ("Срок рассмотрения может быть продлен комиссией.", "open"),
    ("Ответ направляется незамедлительно.", "open"),
    ("Замечания устраняются в установленный комиссией срок.", "reference"),
    ("Отчет представляется в срок, установленный пунктом 5 настоящих Правил.", "reference"),
    ("Орган выдает свидетельство.", "absent"),
    ("Орган рассматривает заявление в течение пяти дней, а при продлении – в разумный срок.", "open"),
]


@pytest.mark.parametrize(("text", "state"), TIME_LIMITS)
def test_time_limit(lexicon: NormLexicon, text: str, state: str) -> None:
    assert str(last(lexicon, text).time_limit.state) == state


GROUNDS = [
    ("При необходимости орган запрашивает пояснения.", "open"),
    ("Комиссия по своему усмотрению распределяет места.", "open"),
    ("Орган отказывает при наличии достаточных оснований.", "open"),
    ("В исключительных случаях акимат предоставляет отсрочку.", "open"),
    ("Орган отказывает в случаях, предусмотренных пунктом 9 настоящих Правил.", "reference"),
    ("Орган отказывает на основании статьи 12 Закона.", "reference"),
    ("Орган отказывает в соответствии с пунктом 3 статьи 12 Закона.", "reference"),
    ("Орган отказывает, если заявитель не представил отчет.", "closed"),
    ("При выявлении нарушения инспектор составляет акт.", "closed"),
    ("Орган выдает свидетельство.", "absent"),
]


@pytest.mark.parametrize(("text", "state"), GROUNDS)
def test_grounds(lexicon: NormLexicon, text: str, state: str) -> None:
    assert str(last(lexicon, text).grounds.state) == state


DOCUMENTS = [
    ("Заявитель представляет заявление и иные документы.", "open"),
    ("Инспекция вправе запросить прочие сведения.", "open"),
    ("Организация раскрывает любые сведения.", "open"),
    ("Заявитель представляет документы, указанные в приложении 2.", "reference"),
    ("Заявитель представляет справку о составе семьи.", "closed"),
    ("Заявитель обращается в орган.", "absent"),
]


@pytest.mark.parametrize(("text", "state"), DOCUMENTS)
def test_documents(lexicon: NormLexicon, text: str, state: str) -> None:
    assert str(last(lexicon, text).documents.state) == state


def test_an_item_without_a_verb_takes_actor_modality_and_action_of_its_lead(lexicon: NormLexicon) -> None:
    frame = last(lexicon, "непредставления отчета;", lead="Комитет вправе отозвать лицензию в случаях:")
    assert (str(frame.actor.kind), str(frame.modality), frame.action.kind) == ("public", "option", "sanction")
    assert frame.actor.inherited


def test_an_infinitive_item_belongs_to_its_lead_in_spite_of_a_verb_of_its_own(lexicon: NormLexicon) -> None:
    frame = last(lexicon, "приостанавливать работы, если нет разрешения;", lead="Инспектор вправе:")
    assert (str(frame.actor.kind), str(frame.modality), frame.action.kind) == ("public", "option", "sanction")
    frame = last(lexicon, "изымать товар, о чем составляется акт;", lead="Инспектор вправе:")
    assert str(frame.modality) == "option"


def test_an_item_with_its_own_subject_keeps_it(lexicon: NormLexicon) -> None:
    frame = last(lexicon, "заявитель устраняет замечания;", lead="По результатам рассмотрения комиссия:")
    assert str(frame.actor.kind) == "private"


def test_a_heading_lends_its_actor_only_when_it_speaks_of_rights_and_duties(lexicon: NormLexicon) -> None:
    named = last(lexicon, "хранит документы пять лет.", heading="Обязанности землепользователя")
    assert str(named.actor.kind) == "private"
    acted_upon = last(lexicon, "вводится на один год.", heading="Консервация банка")
    assert str(acted_upon.actor.kind) == "none"


def test_a_regulation_lends_the_body_it_is_about_to_active_verbs(lexicon: NormLexicon) -> None:
    def of_act(text: str, form: str = "regulation") -> NormFrame:
        title = "Положение об управлении образования"
        item = Provision("x", "ru", text, act_form=form, act_title=title)
        return frames(analyse(item, language.of("ru")), lexicon)[-1]

    named = of_act("осуществляет контроль за школами;").actor
    assert (str(named.kind), named.name, named.span, named.inherited) == ("public", "управление", None, True)
    assert str(of_act("Имущество формируется за счет бюджета.").actor.kind) == "none"
    assert str(of_act("осуществляет контроль за школами;", form="rules").actor.kind) == "none"


def test_powers_in_the_heading_belong_to_a_body_even_where_nobody_is_named(lexicon: NormLexicon) -> None:
    heading = "Компетенция акимата города"
    assert str(last(lexicon, "Может быть установлен запрет на стоянку.", heading=heading).actor.kind) == "public"
    assert str(last(lexicon, "Может быть установлен запрет.", heading="Права жильцов").actor.kind) == "none"
    assert str(last(lexicon, "Лица могут создать кружок.", heading="Управление имуществом").actor.kind) == "private"


ELEMENTS = [
    ("Орган выдает заключение.", "result", "closed"),
    ("Разрешение выдается в течение трех дней.", "result", "closed"),
    ("Орган рассматривает жалобу.", "result", "absent"),
    ("Ответ направляется в письменной форме.", "form", "closed"),
    ("Заявка подается в произвольной форме.", "form", "open"),
    ("Отчет сдается по форме, утвержденной министром.", "form", "reference"),
    ("Въезд запрещается, за исключением машин скорой помощи.", "exception", "closed"),
    ("Въезд запрещается, кроме случаев, указанных в пункте 4 Правил.", "exception", "reference"),
    ("Въезд запрещается, если иное не установлено законом.", "exception", "reference"),
    ("Въезд запрещается, кроме машин связи и иных машин.", "exception", "open"),
    ("Неисполнение влечет ответственность.", "sanction", "closed"),
    ("Орган применяет к нарушителю иные меры.", "sanction", "open"),
    ("Орган выдает справку.", "exception", "absent"),
    ("Въезд запрещается, кроме случаев, указанных в пункте 4 Правил.", "grounds", "absent"),
    ("Абонента отключают, если долг не погашен в срок, указанный в счете.", "time_limit", "absent"),
    ("Орган рассматривает жалобу незамедлительно, но не позднее трех суток.", "time_limit", "closed"),
    ("При этом орган рассматривает жалобу.", "grounds", "absent"),
    ("По требованию инспектора водитель открывает багажник.", "grounds", "closed"),
]


@pytest.mark.parametrize(("text", "slot", "state"), ELEMENTS)
def test_other_elements(lexicon: NormLexicon, text: str, slot: str, state: str) -> None:
    assert str(last(lexicon, text).slots()[slot].state) == state


ADDRESSEES = [
    ("Инспекция истребует у заявителя справку.", "private", "заявитель"),
    ("Заявитель подает заявление в уполномоченный орган.", "public", "уполномоченный орган"),
    ("Участник уведомляется об отказе.", "private", "участник"),
    ("Комиссия решает по ходатайству отдела.", "none", ""),
    ("Орган утверждает график.", "none", ""),
]


@pytest.mark.parametrize(("text", "kind", "name"), ADDRESSEES)
def test_addressee(lexicon: NormLexicon, text: str, kind: str, name: str) -> None:
    found = last(lexicon, text).addressee
    assert (str(found.kind), found.name) == (kind, name)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Орган вправе отозвать лицензию.", "revoke"),
        ("Проведение проверки не допускается.", "inspect"),
        ("Плата вносится через кассу.", ""),
        ("Пособие выплачивается ежемесячно.", "pay"),
    ],
)
def test_sort_of_the_deed(lexicon: NormLexicon, text: str, sort: str) -> None:
    assert last(lexicon, text).action.sort == sort


def test_what_an_item_takes_from_its_lead_is_marked(lexicon: NormLexicon) -> None:
    frame = last(lexicon, "составляет акт;", lead="При наступлении паводка инспектор:")
    assert (str(frame.grounds.state), frame.grounds.inherited, frame.actor.inherited) == ("closed", True, True)


def test_the_dative_of_impersonal_norms_acts_and_persons_in_passives_do_not(lexicon: NormLexicon) -> None:
    assert last(lexicon, "Туроператору необходимо разъяснить маршрут.").actor.name == "туроператор"
    assert str(last(lexicon, "Поставщик исключается из реестра.").actor.kind) == "none"
    assert str(last(lexicon, "Дела хранятся в сроки, установленные уполномоченным органом.").actor.kind) == "none"


def test_two_predicates_make_two_frames(lexicon: NormLexicon) -> None:
    made = read(lexicon, "Заявитель вправе подать жалобу, комиссия обязана рассмотреть ее.")
    assert [(str(f.actor.kind), str(f.modality)) for f in made] == [("private", "option"), ("public", "duty")]


def test_sentences_and_semicolons_part_frames(lexicon: NormLexicon) -> None:
    made = read(lexicon, "Орган выдает лицензию; лицензиат платит сбор. Суд рассматривает спор.")
    assert [str(f.actor.kind) for f in made] == ["public", "private", "court"]


WORDS = [
    "орган",
    "вправе",
    "если",
    "который",
    "заявитель",
    ",",
    ";",
    ":",
    ".",
    "решением",
    "комиссии",
    "не",
    "может",
    "быть",
    "продлен",
    "(",
    ")",
    "–",
    "приказом",
    "лица",
    "о",
    "чем",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_mixture_of_words_gives_frames_that_lie_in_their_field(words: list[str]) -> None:
    text, lead = " ".join(words), "Комиссия вправе:"
    for frame in read(_lexicon(), text, lead, "Права комиссии"):
        field = text if frame.extent.field is Field.TEXT else lead
        assert 0 <= frame.extent.start < frame.extent.end <= len(field)
