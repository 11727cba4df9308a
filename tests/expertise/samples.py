"""Hand-made examinations in Russian and Kazakh, and a builder of sample documents to look at.

``python tests/expertise/samples.py FOLDER`` writes the preliminary check, the commented draft, SARIF and JSON of every
sample into FOLDER.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from draft_lines import Line, act_of, source_text, word_file

from nlp.detection.finding import Basis, Edit, Evidence, Finding, Kind, Mark, Recommendation, Severity
from nlp.examination import Examination, TextReport, Versions
from nlp.norms.frame import Field, FieldSpan
from nlp.reading.source import Dropped, DropReason, Notice, Place
from nlp.structure.act import Act, Requisites

FACTOR_NAMES = {
    "broad_discretion": {
        "ru": "широта дискреционных полномочий",
        "kk": "дискрециялық өкілеттіктердің кеңдігі",
    },
    "permissive_power": {
        "ru": "определение компетенции по формуле «вправе»",
        "kk": "құзыретті «құқылы» тұжырымы арқылы айқындау",
    },
    "blanket_reference": {
        "ru": "чрезмерная свобода подзаконного нормотворчества",
        "kk": "заңға тәуелді норма шығарудың шамадан тыс еркіндігі",
    },
    "excessive_requirement": {
        "ru": "завышенные требования к лицу",
        "kk": "тұлғаға қойылатын шамадан тыс талаптар",
    },
    "vague_wording": {
        "ru": "юридико-лингвистическая неопределённость",
        "kk": "заңдық-лингвистикалық айқынсыздық",
    },
    "elastic_sanction": {
        "ru": "неопределённые (несоразмерные) санкции",
        "kk": "айқын емес (мөлшерлес емес) санкциялар",
    },
}

VERSIONS = Versions(
    saraptama="0.1.0",
    pack_id="kz",
    pack_version="1.0",
    pack_sha256="0123456789abcdef" * 4,
    libraries=(("lxml", "6.1.3"), ("pymorphy3", "2.0.6")),
)

RU_LINES = (
    Line("title", "Об утверждении Правил выдачи разрешений на размещение нестационарных торговых объектов"),
    Line("heading", "Глава 2. Порядок рассмотрения заявлений", address="chap_2"),
    Line(
        "point",
        "Заявитель подаёт в уполномоченный орган заявление по форме согласно приложению 1 к настоящим Правилам.",
        "5.",
        "para_5",
        automatic=True,
    ),
    Line(
        "point",
        "Уполномоченный орган изучает схему размещения павильона в разумный срок и при наличии достаточных "
        "оснований принимает "
        "сторону предпринимателя либо оставляет место за прежним владельцем.",
        "6.",
        "para_6",
        automatic=True,
    ),
    Line("point", "При рассмотрении заявления уполномоченный орган вправе:", "7.", "para_7", automatic=True),
    Line(
        "subpoint",
        "запросить у заявителя иные документы, необходимые для принятия решения;",
        "1)",
        "para_7__subpara_1",
    ),
    Line("subpoint", "провести осмотр места размещения с участием заявителя.", "2)", "para_7__subpara_2"),
    Line(
        "point",
        "Срок рассмотрения заявления может быть продлён руководителем уполномоченного органа при необходимости.",
        "8.",
        "para_8",
        automatic=True,
    ),
    Line(
        "point",
        "Порядок и основания приостановления действия разрешения определяются местным исполнительным органом.",
        "9.",
        "para_9",
        automatic=True,
    ),
    Line(
        "point",
        "При существенном нарушении условий размещения к владельцу объекта применяются меры воздействия вплоть до "
        "отзыва разрешения.",
        "10.",
        "para_10",
        automatic=True,
    ),
    Line(
        "point",
        "Комиссия по размещению нестационарных торговых объектов (далее – Комиссия) создаётся решением акима района "
        "(города областного значения) в составе не менее семи человек, включая представителей структурных "
        "подразделений, осуществляющих деятельность в сфере архитектуры и градостроительства, предпринимательства, "
        "жилищно-коммунального хозяйства, а также представителей региональной палаты предпринимателей и общественных "
        "объединений. Комиссия собирается каждую третью среду месяца, заседания считаются правомочными при участии "
        "не менее двух третей её членов. Решение принимается открытым голосованием большинством голосов и "
        "оформляется протоколом, который размещается на интернет-ресурсе местного исполнительного органа в течение "
        "трёх рабочих дней. При равенстве голосов Комиссия по своему усмотрению определяет заявителя, которому "
        "предоставляется место, с учётом его деловой репутации и иных значимых обстоятельств. Члены Комиссии, "
        "состоящие с заявителем в близком родстве или свойстве, не участвуют в рассмотрении его заявления, о чём "
        "делается запись в протоколе. Материалы заседаний хранятся в уполномоченном органе в течение пяти лет.",
        "11.",
        "para_11",
        automatic=True,
    ),
    Line(
        "point",
        "Заявитель вправе обжаловать решение в порядке, установленном законом.",
        "12.",
        "para_12",
        automatic=True,
    ),
)

KK_LINES = (
    Line("title", "Стационарлық емес сауда объектілерін орналастыруға рұқсат беру қағидаларын бекіту туралы"),
    Line("heading", "2-тарау. Өтініштерді қарау тәртібі", address="chap_2"),
    Line(
        "point",
        "Өтініш беруші уәкілетті органға осы Қағидаларға 1-қосымшаға сәйкес нысан бойынша өтініш береді.",
        "5.",
        "para_5",
        automatic=True,
    ),
    Line(
        "point",
        "Бөлім павильонды орналастыру схемасын ақылға қонымды мерзімде зерделейді және жеткілікті негіздер "
        "болған кезде орынды кәсіпкерге береді не бұрынғы иесіне қалдырады.",
        "6.",
        "para_6",
        automatic=True,
    ),
    Line("point", "Өтінішті қарау кезінде уәкілетті орган:", "7.", "para_7", automatic=True),
    Line(
        "subpoint",
        "өтініш берушіден шешім қабылдау үшін қажетті өзге де құжаттарды сұратуға;",
        "1)",
        "para_7__subpara_1",
    ),
    Line(
        "subpoint",
        "өтініш берушінің қатысуымен орналастыру орнын қарап-тексеруге құқылы.",
        "2)",
        "para_7__subpara_2",
    ),
    Line(
        "point",
        "Өтінішті қарау мерзімін уәкілетті органның басшысы қажет болған жағдайда ұзартуы мүмкін.",
        "8.",
        "para_8",
        automatic=True,
    ),
    Line(
        "point",
        "Рұқсаттың қолданысын тоқтата тұру тәртібі мен негіздерін жергілікті атқарушы орган айқындайды.",
        "9.",
        "para_9",
        automatic=True,
    ),
    Line(
        "point",
        "Орналастыру шарттары елеулі түрде бұзылған кезде объектінің иесіне рұқсатты кері қайтарып алуға дейінгі "
        "ықпал ету шаралары қолданылады.",
        "10.",
        "para_10",
        automatic=True,
    ),
)

RU_REQUISITES = Requisites(
    form="order",
    title="Об утверждении Правил выдачи разрешений на размещение нестационарных торговых объектов",
    issuer="Министр торговли и интеграции Республики Казахстан",
    approved_form="rules",
    approved_title="Правила выдачи разрешений на размещение нестационарных торговых объектов",
)
KK_REQUISITES = Requisites(
    form="order",
    title="Стационарлық емес сауда объектілерін орналастыруға рұқсат беру қағидаларын бекіту туралы",
    issuer="Қазақстан Республикасының Сауда және интеграция министрі",
    approved_form="rules",
    approved_title="Стационарлық емес сауда объектілерін орналастыруға рұқсат беру қағидалары",
)

VERIFIED = {
    "ru": Basis(
        "пункт 2 статьи 15-1 Административного процедурно-процессуального кодекса Республики Казахстан",
        "R:19",
        "сверено с официальным текстом",
    ),
    "kk": Basis(
        "Қазақстан Республикасы Әкімшілік рәсімдік-процестік кодексінің 15-1-бабының 2-тармағы",
        "R:19",
        "ресми мәтінмен салыстырылды",
    ),
}
UNVERIFIED = {
    "ru": Basis("статья 76 Административного процедурно-процессуального кодекса Республики Казахстан", "B"),
    "kk": Basis("Қазақстан Республикасы Әкімшілік рәсімдік-процестік кодексінің 76-бабы", "B"),
}


def finding(
    act: Act,
    factor: str,
    places: tuple[tuple[str, str, str], ...],
    *,
    explanation: str,
    risk: str,
    grade: tuple[int, int] = (2, 2),
    kind: Kind = Kind.REMARK,
    edits: tuple[tuple[str, str], ...] = (),
    instruction: str = "",
    action: str = "replace",
    also_at: tuple[str, ...] = (),
) -> Finding:
    """A finding at ``places`` – (address, citation, flagged words) – whose edits re-word the first place's unit."""
    marks = tuple(_mark(act, *place) for place in places)
    address = places[0][0]
    unit = act.find(address)
    assert unit is not None
    old = act.text(unit.own)
    made = tuple(
        Edit(FieldSpan(Field.TEXT, old.index(before), old.index(before) + len(before)), after)
        for before, after in edits
    )
    wording = ""
    if action != "delete":
        wording, at = "", 0
        for edit in sorted(made, key=lambda edit: edit.span.start):
            wording += old[at : edit.span.start] + edit.text
            at = edit.span.end
        wording += old[at:]
    probability, impact = grade
    score = probability * impact
    return Finding(
        id=f"{factor}-{address}-{marks[0].start}",
        factor=factor,
        kind=kind,
        strength=2 if kind is Kind.REMARK else 1,
        confidence=0.87654321,
        severity=Severity.HIGH if score >= 6 else Severity.MEDIUM if score >= 3 else Severity.LOW,
        probability=probability,
        impact=impact,
        provision=address,
        language=act.language,
        marks=marks,
        explanation=explanation,
        risk=risk,
        recommendation=Recommendation(act.language, action, instruction, wording, made) if instruction else None,
        basis=(VERIFIED[act.language], UNVERIFIED[act.language]),
        evidence=(
            Evidence(
                detector=f"{act.language}.{factor}.01",
                version="1.0",
                factor=factor,
                spans=(FieldSpan(Field.TEXT, 0, 5),),
                strength=2,
                confidence=1 / 3,
                reason=(("phrase", marks[0].quote), ("actor", "public")),
            ),
        ),
        also_at=also_at,
    )


def _mark(act: Act, address: str, citation: str, quote: str) -> Mark:
    unit = act.find(address)
    assert unit is not None, address
    start = act.source.text.index(quote, unit.span[0])
    assert start < unit.span[1], quote
    return Mark(address, citation, start, start + len(quote), quote)


@cache
def draft(language: str) -> bytes:
    """The Word file of the sample draft in one language."""
    return word_file(RU_LINES if language == "ru" else KK_LINES)


@cache
def act(language: str) -> Act:
    """The tree of the sample draft."""
    lines, requisites = (RU_LINES, RU_REQUISITES) if language == "ru" else (KK_LINES, KK_REQUISITES)
    name = "Проект приказа (НТО).docx" if language == "ru" else "Бұйрық жобасы (СЕСО).docx"
    return act_of(lines, source_text(lines, name, draft(language)), language, requisites)


@cache
def report(language: str) -> TextReport:
    """Findings of the sample draft in one language."""
    made = act(language)
    findings = _russian(made) if language == "ru" else _kazakh(made)
    return TextReport(language, made, findings, provisions_judged=9, provisions_total=11)


def examination(*languages: str) -> Examination:
    """The examination of the sample in these languages (Russian when none is named)."""
    return Examination(VERSIONS, tuple(report(language) for language in languages or ("ru",)))


def _russian(act: Act) -> tuple[Finding, ...]:
    return (
        finding(
            act,
            "broad_discretion",
            (
                ("para_6", "пункт 6 Правил", "в разумный срок"),
                ("para_6", "пункт 6 Правил", "при наличии достаточных оснований"),
            ),
            grade=(3, 3),
            explanation="Срок рассмотрения заявления и основания решения не определены: слова «в разумный срок» и «при "
            "наличии достаточных оснований» оставляют их на усмотрение уполномоченного органа.",
            risk="Должностное лицо уполномоченного органа может затягивать рассмотрение или отказывать в выдаче "
            "разрешения, чтобы получить от заявителя вознаграждение.",
            instruction="Пункт 6 Правил изложить в предлагаемой редакции, указав срок и основания отказа.",
            edits=(
                ("в разумный срок", "в течение ___ рабочих дней со дня его регистрации"),
                (
                    "при наличии достаточных оснований принимает",
                    "по основаниям, предусмотренным пунктом ___ настоящих Правил, принимает",
                ),
            ),
        ),
        finding(
            act,
            "excessive_requirement",
            (
                ("para_7__subpara_1", "подпункт 1) пункта 7 Правил", "иные документы"),
                ("para_7", "пункт 7 Правил", "вправе"),
            ),
            grade=(3, 2),
            explanation="Перечень документов остаётся открытым: уполномоченный орган вправе запросить у заявителя "
            "«иные документы», не названные в Правилах.",
            risk="Заявителя можно вынудить собирать новые документы, пока он не согласится на неформальные условия.",
            instruction="Подпункт 1) пункта 7 Правил изложить в предлагаемой редакции.",
            edits=(
                (
                    "иные документы, необходимые для принятия решения",
                    "документы, предусмотренные пунктом ___ настоящих Правил",
                ),
            ),
            also_at=("para_8",),
        ),
        finding(
            act,
            "permissive_power",
            (("para_8", "пункт 8 Правил", "может быть продлён"), ("para_8", "пункт 8 Правил", "при необходимости")),
            kind=Kind.ATTENTION,
            explanation="Продление срока сформулировано как право руководителя и не связано с определёнными случаями.",
            risk="Срок может продлеваться избирательно.",
            instruction="В пункте 8 Правил указать исчерпывающие случаи и предельный срок продления.",
            edits=(("при необходимости", "на срок не более ___ рабочих дней в случаях, предусмотренных пунктом ___"),),
        ),
        finding(
            act,
            "blanket_reference",
            (("para_9", "пункт 9 Правил", "Порядок и основания приостановления действия разрешения определяются"),),
            grade=(3, 3),
            explanation="Основания приостановления разрешения переданы на усмотрение того же органа, который его "
            "приостанавливает; в самом проекте они не названы.",
            risk="Местный исполнительный орган может приостанавливать разрешения по основаниям, им же установленным.",
            instruction="Пункт 9 Правил исключить, основания приостановления установить в тексте Правил.",
            action="delete",
        ),
        finding(
            act,
            "elastic_sanction",
            (("para_10", "пункт 10 Правил", "меры воздействия вплоть до отзыва разрешения"),),
            grade=(2, 3),
            explanation="Меры воздействия не перечислены, соответствие меры нарушению не установлено.",
            risk="За одно и то же нарушение возможны разные меры – от предупреждения до отзыва разрешения.",
        ),
        finding(
            act,
            "vague_wording",
            (("para_10", "пункт 10 Правил", "существенном нарушении"),),
            kind=Kind.ATTENTION,
            grade=(2, 1),
            explanation="Слово «существенном» не раскрыто в тексте проекта, а от него зависит применение мер.",
            risk="Оценка нарушения зависит от проверяющего.",
            instruction="Перечислить нарушения, которые признаются существенными.",
            edits=(("существенном нарушении условий размещения", "нарушении требований пункта ___ настоящих Правил"),),
        ),
        finding(
            act,
            "broad_discretion",
            (
                ("para_11", "пункт 11 Правил", "по своему усмотрению"),
                ("para_11", "пункт 11 Правил", "иных значимых обстоятельств"),
            ),
            grade=(2, 3),
            explanation="При равенстве голосов место распределяется по усмотрению Комиссии, критерии выбора открыты.",
            risk="Члены Комиссии могут предоставить место «своему» заявителю.",
            instruction="Четвёртое предложение пункта 11 Правил изложить в предлагаемой редакции.",
            edits=(
                (
                    "Комиссия по своему усмотрению определяет заявителя, которому предоставляется место, с учётом его "
                    "деловой репутации и иных значимых обстоятельств",
                    "место предоставляется заявителю, заявление которого зарегистрировано раньше",
                ),
            ),
        ),
    )


def _kazakh(act: Act) -> tuple[Finding, ...]:
    return (
        finding(
            act,
            "broad_discretion",
            (
                ("para_6", "Қағидалардың 6-тармағы", "ақылға қонымды мерзімде"),
                ("para_6", "Қағидалардың 6-тармағы", "жеткілікті негіздер болған кезде"),
            ),
            grade=(3, 3),
            explanation="Өтінішті қарау мерзімі мен шешім қабылдау негіздері айқындалмаған: «ақылға қонымды мерзімде» "
            "және «жеткілікті негіздер болған кезде» деген сөздер оларды уәкілетті органның қалауына қалдырады.",
            risk="Уәкілетті органның лауазымды адамы өтініш берушіден сыйақы алу үшін өтінішті қарауды созуы немесе "
            "рұқсат беруден бас тартуы мүмкін.",
            instruction="Қағидалардың 6-тармағы мерзімі мен бас тарту негіздері көрсетіле отырып, ұсынылатын "
            "редакцияда жазылсын.",
            edits=(
                ("ақылға қонымды мерзімде", "ол тіркелген күннен бастап ___ жұмыс күні ішінде"),
                (
                    "жеткілікті негіздер болған кезде",
                    "осы Қағидалардың ___-тармағында көзделген негіздер бойынша",
                ),
            ),
        ),
        finding(
            act,
            "excessive_requirement",
            (
                ("para_7__subpara_1", "Қағидалардың 7-тармағының 1) тармақшасы", "өзге де құжаттарды"),
                ("para_7__subpara_2", "Қағидалардың 7-тармағының 2) тармақшасы", "құқылы"),
            ),
            grade=(3, 2),
            explanation="Құжаттар тізбесі ашық қалады: уәкілетті орган өтініш берушіден Қағидаларда аталмаған «өзге де "
            "құжаттарды» сұратуға құқылы.",
            risk="Өтініш беруші бейресми шарттарға келіскенге дейін одан жаңа құжаттар талап етілуі мүмкін.",
            instruction="Қағидалардың 7-тармағының 1) тармақшасы ұсынылатын редакцияда жазылсын.",
            edits=(
                (
                    "шешім қабылдау үшін қажетті өзге де құжаттарды",
                    "осы Қағидалардың ___-тармағында көзделген құжаттарды",
                ),
            ),
        ),
        finding(
            act,
            "permissive_power",
            (
                ("para_8", "Қағидалардың 8-тармағы", "қажет болған жағдайда"),
                ("para_8", "Қағидалардың 8-тармағы", "ұзартуы мүмкін"),
            ),
            kind=Kind.ATTENTION,
            explanation="Мерзімді ұзарту басшының құқығы ретінде тұжырымдалған, нақты жағдайларға байланыстырылмаған.",
            risk="Мерзім іріктеп ұзартылуы мүмкін.",
            instruction="Қағидалардың 8-тармағында ұзартудың түпкілікті жағдайлары мен шекті мерзімі көрсетілсін.",
            edits=(
                ("қажет болған жағдайда", "___-тармақта көзделген жағдайларда ___ жұмыс күнінен аспайтын мерзімге"),
            ),
        ),
        finding(
            act,
            "blanket_reference",
            (
                (
                    "para_9",
                    "Қағидалардың 9-тармағы",
                    "тәртібі мен негіздерін жергілікті атқарушы орган айқындайды",
                ),
            ),
            grade=(3, 3),
            explanation="Рұқсатты тоқтата тұру негіздері оны тоқтата тұратын органның өз қалауына берілген, жобаның "
            "өзінде олар аталмаған.",
            risk="Жергілікті атқарушы орган рұқсаттарды өзі белгілейтін негіздер бойынша тоқтата тұра алады.",
            instruction="Қағидалардың 9-тармағы алып тасталсын, тоқтата тұру негіздері Қағидалардың мәтінінде "
            "белгіленсін.",
            action="delete",
        ),
        finding(
            act,
            "elastic_sanction",
            (
                (
                    "para_10",
                    "Қағидалардың 10-тармағы",
                    "рұқсатты кері қайтарып алуға дейінгі ықпал ету шаралары",
                ),
            ),
            grade=(2, 3),
            explanation="Ықпал ету шаралары тізбеленбеген, шараның бұзушылыққа сәйкестігі белгіленбеген.",
            risk="Бір бұзушылық үшін әртүрлі шара – ескертуден бастап рұқсатты кері қайтарып алуға дейін қолданылуы "
            "мүмкін.",
        ),
    )


def empty(language: str) -> Examination:
    """The sample with nothing found."""
    return Examination(VERSIONS, (replace(report(language), findings=()),))


def crowded(language: str, count: int = 200) -> Examination:
    """The sample with its findings repeated up to ``count``."""
    base = report(language)
    findings = tuple(
        replace(base.findings[number % len(base.findings)], id=f"crowd-{number:03}") for number in range(count)
    )
    return Examination(VERSIONS, (replace(base, findings=findings),))


def noisy(language: str) -> Examination:
    """The sample with tracked changes, a restriction mark, text set aside and notices."""
    base = report(language)
    mark = "Для служебного пользования" if language == "ru" else "Қызмет бабында пайдалану үшін"
    source = replace(
        base.act.source,
        inserted_revisions=4,
        deleted_revisions=2,
        dropped=(
            Dropped(DropReason.EDITOR_NOTE, "Сноска. Пункт 5 – в редакции приказа.", Place(3)),
            Dropped(DropReason.HEADER_FOOTER, "12", Place(0)),
        ),
    )
    made = replace(base.act, source=source, requisites=replace(base.act.requisites, restricted=mark))
    notice = Notice("unheard_of_code", (("where", "para_5"),))
    return Examination(VERSIONS, (replace(base, act=made, notices=(notice,)),), notices=(notice,))


def main(folder: Path) -> None:
    """Write every sample document into ``folder``."""
    import json

    from expertise.documents.comments import commented_draft
    from expertise.documents.docx_writer import write_docx
    from expertise.documents.preliminary import preliminary
    from expertise.documents.sarif import to_sarif
    from nlp.result import to_json

    folder.mkdir(parents=True, exist_ok=True)
    for language in ("ru", "kk"):
        made = {
            "plain": examination(language),
            "empty": empty(language),
            "noisy": noisy(language),
            "crowded": crowded(language),
            "dossier": examination("ru", "kk"),
        }
        for name, sample in made.items():
            document = preliminary(sample, language, FACTOR_NAMES)
            (folder / f"{name}-{language}.docx").write_bytes(write_docx(document))
        plain = made["plain"]
        (folder / f"result-{language}.json").write_text(to_json(plain), encoding="utf-8")
        sarif = json.dumps(to_sarif(plain, language, FACTOR_NAMES), ensure_ascii=False, indent=2)
        (folder / f"result-{language}.sarif").write_text(sarif + "\n", encoding="utf-8")
        commented = commented_draft(draft(language), plain.reports, language, FACTOR_NAMES)
        (folder / f"commented-{language}.docx").write_bytes(commented)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
