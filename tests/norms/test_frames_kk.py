"""Norm frames of Kazakh sentences: who acts, what force the clause has, what is settled and what is left open."""

from __future__ import annotations

from functools import cache

import pytest

from nlp import language
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.norms import NormLexicon, analyse, frames
from nlp.norms.frame import Field, NormFrame
from nlp.structure.act import Provision


@cache
def _lexicon() -> NormLexicon:
    return load_pack(kz_pack()).languages["kk"].lexicon


def _frames(text: str, lead: str = "", heading: str = "") -> list[NormFrame]:
    made = frames(analyse(Provision("t", "kk", text, lead, heading), language.of("kk")), _lexicon())
    return [frame for frame in made if frame.extent.field is Field.TEXT]


def _last(text: str, lead: str = "", heading: str = "") -> NormFrame:
    return _frames(text, lead, heading)[-1]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Уәкілетті орган өтінішті қарайды.", "public", "уәкілетті орган"),
        ("Әкім рұқсатты кері қайтарып алады.", "public", "әкім"),
        ("Қазақстан Республикасының Ұлттық Банкі мәліметтерді сұратуға құқылы.", "public", "ұлттық банк"),
        ("Көрсетілетін қызметті беруші құжаттарды тексереді.", "public", "көрсету қызмет беруші"),
        ("Көрсетілетін қызметті алушы шағым беруге құқылы.", "private", "көрсету қызмет алушы"),
        ("Лицензиат есепті ұсынуға міндетті.", "private", "лицензиат"),
        ("Сот мүлікті алып қоюға құқылы.", "court", "сот"),
        ("Прокурор нұсқама енгізуге құқылы.", "court", "прокурор"),
        # Өзгеніки: «банк акцияларын» – ие емес, тек меншік.
        ("Уәкілетті орган банк акцияларын сатуды талап етуге құқылы.", "public", "уәкілетті орган"),
        ("Уәкілетті орган клиенттер тізбесі бар ақпаратты талап етуге құқылы.", "public", "уәкілетті орган"),
        # Ілік септігіндегі құқық иесі.
        ("Кеден органының банктен мәліметтерді талап етуге құқығы бар.", "public", "кеден орган"),
        ("Декларанттың сынама алуға қатысуға құқығы бар.", "private", "декларант"),
        ("Жергілікті атқарушы органның өтінішті қабылдамауына болады.", "public", "жергілікті атқарушы орган"),
        # Барыс септігіндегі құқық иесі.
        ("Инспекторға үй-жайды тексеруге рұқсат етіледі.", "public", "инспектор"),
        ("Операторға субсидияны қайтаруды талап ету құқығы беріледі.", "public", "оператор"),
        # Бағыныңқының бастауышы басыңқыға өтпейді.
        ("Банк талаптарды бұзған кезде уәкілетті орган лицензияны тоқтатады.", "public", "уәкілетті орган"),
        ("Егер лицензиат есеп бермесе, инспекция рұқсатты тоқтатады.", "public", "инспекция"),
        ("Уәкілетті орган банк талаптарды бұзған кезде лицензияны тоқтатады.", "public", "уәкілетті орган"),
        ("Тапсырыс беруші жұмыс орындалмаған деп тапса, төлемді кідіртеді.", "public", "тапсырыс беруші"),
        # Есімше айқындауышының иесі басты етістіктің иесі емес.
        ("Өтініш беруші уәкілетті орган белгілеген мерзімде құжат ұсынады.", "private", "өтініш беруші"),
        ("Мемлекеттік орган ұсынылған құжаттарды қарайды.", "public", "мемлекеттік орган"),
        # Ырықсыз етіс: атау септігі – әсерге ұшыраушы, шешімі аталған ғана – әрекет етуші.
        ("Лицензиат жауаптылыққа тартылуы мүмкін.", "none", ""),
        ("Рұқсаттың қолданысы тоқтатыла тұруы мүмкін.", "none", ""),
        ("Жер учаскесі әкімнің шешімімен алып қойылуы мүмкін.", "public", "әкім"),
        ("Шарт сот шешімі бойынша бұзылуы мүмкін.", "court", "сот"),
        # Әрекет етушіге тек ұқсайтын сөздер.
        ("Әкімшілік жаза қолданылады.", "none", ""),
        ("Комиссия отырысы тоқсан сайын өтеді.", "none", ""),
    ],
)
def test_actor(text: str, kind: str, name: str) -> None:
    actor = _last(text).actor
    assert (str(actor.kind), actor.name) == (kind, name)


@pytest.mark.parametrize(
    ("text", "modality", "action"),
    [
        ("Инспектор рұқсатты тоқтатуға құқылы.", "option", "sanction"),
        ("Комиссия құжаттарды сұрата алады.", "option", "demand"),
        ("Департамент өтінішті қайтаруға ерікті, ол тіркелмейді.", "option", "refuse"),
        ("Инспекция тауарды тексеруге өкілетті.", "option", "check"),
        ("Жер учаскесі берілуі мүмкін.", "option", "grant"),
        ("Басқарма келісімді кері қайтарып алады.", "indicative", "sanction"),
        ("Уәкілетті орган өтінішті қарауға міндетті.", "duty", "decide"),
        ("Есеп тіркелуге жатады.", "duty", "grant"),
        ("Лауазымды адам құжат талап етуге құқылы емес.", "ban", "demand"),
        ("Басқа құжаттарды талап етуге жол берілмейді.", "ban", "demand"),
        ("Бұл мәліметтерді жариялауға болмайды.", "ban", ""),
        # Модальдыға тек ұқсайтын сөздер.
        ("Қажет болған жағдайда орган мерзімді ұзартады.", "indicative", "grant"),
        ("Банк міндетті резервтерді сақтайды.", "indicative", ""),
        ("Орган қолданылуы мүмкін шараларды жариялайды.", "indicative", ""),
        ("Қызметкерлер санаты осы тізбеге жатады.", "indicative", ""),
        # Іс-әрекет – модаль сөздің алдындағы етістік.
        ("Орган қызметті тоқтату туралы сотқа жүгінуге құқылы.", "option", ""),
        ("Инспекция тексеруді жүзеге асырады.", "indicative", "check"),
        ("Комиссия өтінімнен бас тартады.", "indicative", "refuse"),
        ("Ұйым тәуелсіз сарапшыларды тартуға құқылы.", "option", "cooperate"),
    ],
)
def test_modality_and_action(text: str, modality: str, action: str) -> None:
    frame = _frames(text)[0]
    assert (str(frame.modality), frame.action.kind) == (modality, action)


@pytest.mark.parametrize(
    ("text", "slot", "state"),
    [
        ("Орган өтінішті бес жұмыс күні ішінде қарайды.", "time_limit", "closed"),
        ("Есеп 1 наурызға дейін ұсынылады.", "time_limit", "closed"),
        ("Хабарлама он күннен кешіктірілмей жіберіледі.", "time_limit", "closed"),
        ("Орган өтінішті ақылға қонымды мерзімде қарайды.", "time_limit", "open"),
        ("Рұқсат алты айға дейінгі мерзімге тоқтатыла тұрады.", "time_limit", "absent"),
        ("Ескертулер орган белгілеген мерзімде жойылады.", "time_limit", "open"),
        ("Төлем осы баптың 3-тармағында белгіленген мерзімде жасалады.", "time_limit", "reference"),
        ("Орган өтінішті қарайды.", "time_limit", "absent"),
        ("Есеп ұсынылмаған кезде рұқсат тоқтатылады.", "grounds", "closed"),
        ("Егер мәліметтер жалған болса, рұқсат тоқтатылады.", "grounds", "closed"),
        ("Осы Қағидалардың 17-тармағында көзделген негіздер бойынша рұқсат тоқтатылады.", "grounds", "reference"),
        ("Қажет болған жағдайда рұқсат тоқтатылады.", "grounds", "open"),
        ("Жеткілікті негіздер болған кезде рұқсат беріледі.", "grounds", "open"),
        ("Комиссия рұқсатты тоқтатады.", "grounds", "absent"),
        ("Өтініш беруші өзге де құжаттарды ұсынады.", "documents", "open"),
        ("Өтініш беруші мынадай құжаттарды ұсынады.", "documents", "closed"),
        ("Өтініш беруші осы баптың 2-тармағында көрсетілген құжаттарды ұсынады.", "documents", "reference"),
        ("Комиссия шешім қабылдайды.", "documents", "absent"),
    ],
)
def test_elements_of_the_norm(text: str, slot: str, state: str) -> None:
    assert str(getattr(_last(text), slot).state) == state


def test_item_takes_actor_and_force_from_its_lead_in() -> None:
    frame = _last("рұқсаттың қолданысын тоқтата тұруға;", lead="Комиссия мыналарға құқылы:")
    assert (str(frame.actor.kind), frame.actor.inherited) == ("public", True)
    assert (str(frame.modality), frame.action.kind) == ("option", "sanction")


def test_item_with_its_own_modal_word_takes_only_the_actor_of_a_bare_lead_in() -> None:
    frame = _last("өнімді сатуды тоқтатуға құқылы;", lead="Мемлекеттік инспектор:")
    assert (str(frame.actor.kind), frame.actor.name, str(frame.modality)) == (
        "public",
        "мемлекеттік инспектор",
        "option",
    )


def test_genitive_lead_in_opens_a_list_of_rights() -> None:
    frame = _last("тіркеуден бас тартуға;", lead="Уәкілетті орган лауазымды адамдарының:")
    assert (frame.actor.name, str(frame.modality), frame.action.kind) == ("лауазым адам", "option", "refuse")


def test_items_own_actor_is_not_replaced_by_the_lead_in() -> None:
    frame = _last("пайдаланушы қарсылық беруге құқылы;", lead="Платформа операторы:")
    assert str(frame.actor.kind) == "private"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Уәкілетті органның құзыреті", "public"), ("Банк операцияларын лицензиялау", "none"), ("Жалпы ережелер", "none")],
)
def test_actor_of_the_heading(heading: str, kind: str) -> None:
    assert str(_last("тексеруді жүргізеді;", heading=heading).actor.kind) == kind


def test_every_modal_word_closes_its_own_piece() -> None:
    made = _frames("Өтініш беруші түсініктеме беруге міндетті, комиссия одан бас тартуға құқылы.")
    assert [(str(f.actor.kind), str(f.modality)) for f in made] == [("private", "duty"), ("public", "option")]


def test_empty_text_has_no_frames() -> None:
    assert _frames("") == []


@pytest.mark.parametrize(("tail", "modality"), [("құқылы.", "option"), ("міндетті.", "duty"), ("құқылы емес.", "ban")])
def test_closing_words_of_a_list_give_its_items_their_force(tail: str, modality: str) -> None:
    item = Provision("t", "kk", "рұқсаттың қолданысын тоқтата тұруға;", "Уәкілетті орган:", tail=tail)
    frame = frames(analyse(item, language.of("kk")), _lexicon())[-1]
    assert (frame.actor.name, str(frame.modality)) == ("уәкілетті орган", modality)


@pytest.mark.parametrize(
    ("lead", "text", "tail", "modality", "action"),
    [
        ("Комиссия:", "құжаттарды қараусыз қалдыра;", "алады.", "option", "refuse"),
        ("Рұқсат беру органы:", "рұқсаттың қолданысын тоқтатуы;", "мүмкін.", "option", "sanction"),
        ("Уәкілетті органның:", "рұқсатты кері қайтарып алуға;", "құқығы бар.", "option", "sanction"),
        ("Инспектор:", "қызметті тоқтата тұру туралы нұсқама беруге;", "құқылы.", "option", "sanction"),
        ("Комиссия:", "өтінішті қарауға;", "міндетті.", "duty", "decide"),
    ],
)
def test_closing_words_leave_the_item_its_own_action(
    lead: str, text: str, tail: str, modality: str, action: str
) -> None:
    item = Provision("t", "kk", text, lead, tail=tail)
    frame = frames(analyse(item, language.of("kk")), _lexicon())[-1]
    assert (str(frame.actor.kind), str(frame.modality), frame.action.kind) == ("public", modality, action)


def test_body_in_the_dative_that_opens_a_list_is_given_the_right() -> None:
    lead = "Бақылау органының лауазымды адамдарына:"
    frame = _last("көлік құралын ұстап тұруға рұқсат етіледі;", lead=lead)
    assert (str(frame.actor.kind), frame.action.kind) == ("public", "sanction")
    assert str(_last("өтініш беруге рұқсат етіледі;", lead="Өтініш берушілерге:").actor.kind) == "none"


@pytest.mark.parametrize(
    ("text", "modality", "action"),
    [
        ("Лауазымды адам сынама алуға хақылы.", "option", "demand"),
        ("Жұмыс органының төлемді тоқтата тұруға өкілеттігі бар.", "option", "sanction"),
        ("Мүлікке билік етуді шектеуге жол беріледі.", "option", "sanction"),
        ("Шарттың бұзылуы ықтимал.", "option", "sanction"),
        ("Әкімдік шартты бұза алады.", "option", "sanction"),
        ("Қор қатысушыға төлемді төлемейді.", "indicative", "refuse"),
        ("Инспектор объектінің аумағына кіруге құқылы.", "option", "check"),
    ],
)
def test_wider_modal_words_and_actions(text: str, modality: str, action: str) -> None:
    frame = _last(text)
    assert (str(frame.modality), frame.action.kind) == (modality, action)


@pytest.mark.parametrize(
    ("text", "slot", "state"),
    [
        # Мерзім.
        ("Бекет журналды ауысым сайын толтырады.", "time_limit", "closed"),
        ("Басқарма кестені жылына екі рет жаңартады.", "time_limit", "closed"),
        ("Орган тізімді үш жылда бір рет жариялайды.", "time_limit", "closed"),
        ("Инспектор актіні тексеру аяқталғанға дейін тапсырады.", "time_limit", "closed"),
        ("Комитет шотты келесі айдың бесінші күнінен кешіктірмей жолдайды.", "time_limit", "closed"),
        ("Штаб тұрғындарды дереу, бірақ екі сағаттан кешіктірмей хабардар етеді.", "time_limit", "closed"),
        ("Жалға алушы ақауды кідіріссіз жөндейді.", "time_limit", "open"),
        ("Қойма меңгерушісі тыңайтқышты жеткізілуіне қарай береді.", "time_limit", "open"),
        ("Инспектор қойманы кез келген уақытта қарап шығады.", "time_limit", "open"),
        ("Әкім нұсқаманы өзі белгілейтін мерзімде береді.", "time_limit", "open"),
        ("Архив анықтаманы регламентте айқындалған мерзімде береді.", "time_limit", "reference"),
        ("Кітапхана есепті белгіленген тәртіппен және мерзімде ұсынады.", "time_limit", "reference"),
        # Бұл – мерзім емес: құқықтың ұзақтығы не шарттың мерзімі.
        ("Куәлік бес жыл мерзімге беріледі.", "time_limit", "absent"),
        ("Егер жеткізуші тауарды шартта белгіленген мерзімде жеткізбесе, орган шартты бұзады.", "time_limit", "absent"),
        # Негіз.
        ("Комиссия сынақ нәтижелері бойынша дипломды береді.", "grounds", "closed"),
        ("Қонақүй иесінің өтінуі бойынша мерзім ұзартылады.", "grounds", "closed"),
        ("Кепіл мерзімі өткен соң банк мүлікті сатады.", "grounds", "closed"),
        ("Көпірге қауіп төнгенде басқарма қозғалысты жабады.", "grounds", "closed"),
        ("Қала кодексінде белгіленген жағдайларда әкімдік жолды жабады.", "grounds", "reference"),
        ("Орман заңнамасында көзделмеген негіздер бойынша бас тартуға жол берілмейді.", "grounds", "reference"),
        ("Дәлелді себептер болған кезде емтихан ауыстырылады.", "grounds", "open"),
        ("Мердігер шартты өрескел бұзса, тапсырыс беруші төлемді тоқтатады.", "grounds", "open"),
        # Бұл – негіз емес: мерзімнің басы, нысан, шегіну.
        ("Хаттама отырыс өткізілгеннен кейін үш күн ішінде жарияланады.", "grounds", "absent"),
        ("Қолхат осы Қағидаларға 4-қосымшаға сәйкес нысан бойынша беріледі.", "grounds", "absent"),
        ("Ерекше жағдайларды қоспағанда, қайта тексеруге жол берілмейді.", "grounds", "absent"),
        # Шегіну, нысан, нәтиже, салдар.
        ("Ерекше жағдайларды қоспағанда, қайта тексеруге жол берілмейді.", "exception", "open"),
        ("Апат болған жағдайды қоспағанда, су тоқтатылмайды.", "exception", "closed"),
        ("Егер шартта өзгеше белгіленбесе, жалдау ақысы ай сайын төленеді.", "exception", "reference"),
        ("Бұдан басқа, комиссия өтінімді қарайды.", "exception", "absent"),
        ("Қолхат осы Қағидаларға 4-қосымшаға сәйкес нысан бойынша беріледі.", "form", "reference"),
        ("Жауап электрондық нысанда жолданады.", "form", "closed"),
        ("Балықшы арызды еркін нысанда жазады.", "form", "open"),
        ("Зертхана сынама туралы қорытынды береді.", "result", "closed"),
        ("Музей жәдігерлерді сақтайды.", "result", "absent"),
        ("Бұл тыйымды бұзу заңда белгіленген жауаптылыққа әкеп соғады.", "sanction", "reference"),
        ("Жүк жоғалған жағдайда тасымалдаушы жауапты болады.", "sanction", "closed"),
    ],
)
def test_elements_by_their_kazakh_forms(text: str, slot: str, state: str) -> None:
    assert str(getattr(_last(text), slot).state) == state


@pytest.mark.parametrize(
    ("text", "heading", "kind"),
    [
        # Тақырып не істелетінін не міндетті айтса, иесі – сонда аталған.
        ("Жауап үш күн ішінде берілуге тиіс.", "Балық инспекциясының шағымдарды қарауы", "public"),
        ("Құтқару құралдары жағада сақталуға тиіс.", "Қайық иесінің міндеттері", "private"),
        ("Жауап үш күн ішінде берілуге тиіс.", "Балық инспекциясының сайты", "none"),
        # Тыйым кімге салынады, рұқсат кімге беріледі.
        ("Бас ревизорға сыйлық алуға тыйым салынады.", "", "public"),
        ("Темекіні балаларға сатуға тыйым салынады.", "", "none"),
        ("Аукцион комиссиясының өтінімді ашуына жол берілмейді.", "", "public"),
        # Сөз тек ұқсайды.
        ("Академиялық демалыс беріледі.", "", "none"),
        ("Орман шаруашылығы саласындағы жоспар бекітіледі.", "", "none"),
        ("Сатушы көлемі шағын ыдысты қабылдауға міндетті.", "", "private"),
    ],
)
def test_bearer_without_a_nominative(text: str, heading: str, kind: str) -> None:
    assert str(_last(text, heading=heading).actor.kind) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Инспекция нұсқама береді, ферма иесі оны орындауға міндетті.",
            [("public", "indicative"), ("private", "duty")],
        ),
        (
            "Жүргізуші жүкті жабуға міндетті, ал бекет оны таразыға тартады.",
            [("private", "duty"), ("public", "indicative")],
        ),
        # Бір иесінің бірнеше ісі – бір норма.
        ("Бекет жүкті өлшейді, жазады және хабарлайды.", [("public", "indicative")]),
        ("Сарапшы пікір айта алады, бірақ дауыс бермейді.", [("private", "option")]),
    ],
)
def test_norms_of_one_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(frame.actor.kind), str(frame.modality)) for frame in _frames(text)] == expected


def test_whoever_stands_in_the_condition_of_an_item_is_not_its_bearer() -> None:
    frame = _last("тыңдаушы ауырған жағдайда дәрігерді шақыруға міндетті;", lead="Колледж директоры:")
    assert (str(frame.actor.kind), frame.actor.inherited) == ("public", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Басқарма өтініш берушіге жауап жолдайды.", "private"),
        ("Инспектор тасымалдаушыдан құжаттарды талап етеді.", "private"),
        ("Директор қызметкерді жұмыстан шеттетеді.", "private"),
        ("Шаруа қожалығы әкімдікке есеп ұсынады.", "public"),
        ("Комиссия хаттаманы бекітеді.", "none"),
        ("Сотқа арыз беріледі.", "none"),
    ],
)
def test_addressee(text: str, kind: str) -> None:
    assert str(_last(text).addressee.kind) == kind


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Әкімдік қолхат береді.", "issue"),
        ("Басқарма тұрғындарды хабардар етеді.", "inform"),
        ("Комиссия қаулы шығарады.", "decide"),
        ("Инспектор айыппұл салады.", "punish"),
        ("Орталық стипендия төлейді.", "pay"),
        ("Бекет тексеру жүргізеді.", "inspect"),
    ],
)
def test_sort_of_the_deed(text: str, sort: str) -> None:
    assert _last(text).action.sort == sort
