"""Forms for proposed wording, both languages; expectations written from the grammars."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.language.generate import (
    inflect,
    kk_inflect,
    kk_to_infinitive,
    kk_verb_forms,
    kk_with_number,
    ru_imperfective,
    ru_inflect,
    ru_number_of,
    ru_perfective,
    ru_present,
)

DATA = Path(__file__).resolve().parents[2] / "nlp" / "language" / "data"


@pytest.mark.parametrize(
    ("phrase", "tags", "expected"),
    [
        ("отказать в выдаче лицензии", "pres sing", "отказывает в выдаче лицензии"),
        ("отказать в выдаче лицензии", "pres plur", "отказывают в выдаче лицензии"),
        ("приостановить рассмотрение", "pres sing", "приостанавливает рассмотрение"),
        ("запросить документы", "pres sing", "запрашивает документы"),
        ("выдать разрешение", "pres sing", "выдает разрешение"),
        ("принять решение", "pres plur", "принимают решение"),
        ("продлить срок", "pres sing", "продлевает срок"),
        ("отозвать лицензию", "pres sing", "отзывает лицензию"),
        ("назначить проверку", "pres sing", "назначает проверку"),
        ("провести проверку", "pres sing", "проводит проверку"),
        ("привлечь специалистов", "pres sing", "привлекает специалистов"),
        ("рассмотреть заявление", "pres sing", "рассматривает заявление"),
        ("требовать документы", "pres sing", "требует документы"),
        ("истребовать документы", "pres plur", "истребуют документы"),
        ("обратиться в суд", "pres sing", "обращается в суд"),
        ("Установить срок", "pres sing", "Устанавливает срок"),
        ("не выдавать разрешение", "pres sing", "не выдает разрешение"),
        ("рассматривает заявление", "infinitive", "рассматривать заявление"),
        ("отказывает в выдаче", "infinitive", "отказывать в выдаче"),
        ("выдают справку", "infinitive", "выдавать справку"),
        ("провести проверку", "fut sing", "проведет проверку"),
        ("взыскать штраф", "pres sing", "взыскивает штраф"),
        ("обязать заявителя", "pres sing", "обязывает заявителя"),
        ("перевести средства", "pres sing", "переводит средства"),
        ("финансировать проект", "pres plur", "финансируют проект"),
        ("организовать проверку", "pres sing", "организует проверку"),
        ("изъять документы", "pres sing", "изымает документы"),
        ("снять с учета", "pres sing", "снимает с учета"),
        ("уполномоченный орган", "gen", "уполномоченного органа"),
        ("уполномоченный орган", "dat", "уполномоченному органу"),
        ("уполномоченный орган", "acc", "уполномоченный орган"),
        ("уполномоченный орган", "ins", "уполномоченным органом"),
        ("уполномоченный орган", "loc", "уполномоченном органе"),
        ("уполномоченный орган", "gen plur", "уполномоченных органов"),
        ("уполномоченный орган в области связи", "ins", "уполномоченным органом в области связи"),
        ("местный исполнительный орган области", "ins", "местным исполнительным органом области"),
        ("местные исполнительные органы", "dat", "местным исполнительным органам"),
        ("физические и юридические лица", "ins", "физическими и юридическими лицами"),
        ("физическое или юридическое лицо", "gen", "физического или юридического лица"),
        ("лицо, осуществляющее деятельность", "gen", "лица, осуществляющего деятельность"),
        ("должностное лицо уполномоченного органа", "dat", "должностному лицу уполномоченного органа"),
        ("государственный служащий", "dat", "государственному служащему"),
        ("государственные служащие", "ins", "государственными служащими"),
        ("первый руководитель", "acc", "первого руководителя"),
        ("индивидуальный предприниматель", "acc", "индивидуального предпринимателя"),
        ("государственные органы", "acc", "государственные органы"),
        ("рабочий день", "gen plur", "рабочих дней"),
        ("аким области", "ins", "акимом области"),
        ("маслихат", "loc", "маслихате"),
        ("акимат города", "ins", "акиматом города"),
        ("услугодатель", "ins", "услугодателем"),
        ("Министр финансов", "acc", "Министра финансов"),
        ("Правительство Республики Казахстан", "ins", "Правительством Республики Казахстан"),
        ("комиссия", "ins", "комиссией"),
        ("лицензия", "acc", "лицензию"),
        ("МИО", "gen", "МИО"),
        ("тенге", "gen plur", "тенге"),
    ],
)
def test_russian_forms(phrase: str, tags: str, expected: str) -> None:
    assert ru_inflect(phrase, tags.split()) == expected


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("уполномоченный орган", "sing"),
        ("местные исполнительные органы", "plur"),
        ("аким и маслихат", "plur"),
        ("Министерство финансов и экономики", "sing"),
        ("Правительство Республики Казахстан", "sing"),
        ("суды", "plur"),
        ("должностное лицо", "sing"),
        ("должностные лица", "plur"),
        ("", "sing"),
    ],
)
def test_russian_number_of_a_subject(subject: str, number: str) -> None:
    assert ru_number_of(subject) == number


def test_russian_statement_agrees_with_its_subject() -> None:
    assert ru_present("отказать в выдаче", "уполномоченный орган") == "отказывает в выдаче"
    assert ru_present("отказать в выдаче", "акимы") == "отказывают в выдаче"


@pytest.mark.parametrize(("phrase", "tags"), [("xyz", {"gen"}), ("", {"gen"}), ("в срок", {"pres"}), ("123", {"ins"})])
def test_russian_form_that_cannot_be_made(phrase: str, tags: set[str]) -> None:
    assert ru_inflect(phrase, tags) is None


def test_aspect_pairs_are_what_they_say() -> None:
    """Every pair is two infinitives of the dictionary, of different aspects, and gives a present tense."""
    from nlp.language.russian.lexemes import lexemes

    lines = (DATA / "ru_aspect.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert len(pairs) >= 150
    assert len({pair[0] for pair in pairs}) == len(pairs)
    # The dictionary knows these verbs of both aspects as perfective only.
    both = {"фиксировать", "финансировать"}
    for perfective, imperfective in pairs:
        assert any("infinitive" in lexeme.tags for lexeme in lexemes(perfective)), perfective
        if perfective != imperfective:
            assert any("perf" in lexeme.tags for lexeme in lexemes(perfective)), perfective
            assert imperfective in both or any("impf" in lexeme.tags for lexeme in lexemes(imperfective)), imperfective
        assert ru_imperfective(perfective) == imperfective
        present = ru_inflect(perfective, {"pres", "sing"})
        assert present is not None, perfective
        assert present.endswith(("ет", "ит", "ется", "ится")), present


def test_aspect_of_single_verbs() -> None:
    assert ru_imperfective("отказать") == "отказывать"
    assert ru_imperfective("требовать") == "требовать"
    assert ru_perfective("выдавать") == "выдать"
    assert ru_perfective("орган") is None


@pytest.mark.parametrize(
    ("lemma", "field", "expected"),
    [
        ("беру", "present", "береді"),
        ("беру", "negative", "бермейді"),
        ("беру", "passive", "беріледі"),
        ("беру", "passive_negative", "берілмейді"),
        ("беру", "dative", "беруге"),
        ("беру", "imperative", "берсін"),
        ("беру", "past", "берді"),
        ("беру", "past_participle", "берген"),
        ("беру", "habitual_participle", "беретін"),
        ("беру", "converb", "беріп"),
        ("беру", "conditional", "берсе"),
        ("беру", "negative_noun", "бермеу"),
        ("беру", "passive_noun", "берілу"),
        ("беру", "passive_participle", "берілген"),
        ("тоқтата тұру", "present", "тоқтата тұрады"),
        ("тоқтата тұру", "negative", "тоқтата тұрмайды"),
        ("тоқтата тұру", "dative", "тоқтата тұруға"),
        ("тоқтата тұру", "passive", "тоқтатыла тұрады"),
        ("талап ету", "present", "талап етеді"),
        ("талап ету", "negative", "талап етпейді"),
        ("талап ету", "passive", "талап етіледі"),
        ("бас тарту", "present", "бас тартады"),
        ("бас тарту", "negative", "бас тартпайды"),
        ("бас тарту", "dative", "бас тартуға"),
        ("қабылдау", "present", "қабылдайды"),
        ("қабылдау", "passive", "қабылданады"),
        ("қабылдау", "passive_negative", "қабылданбайды"),
        ("қабылдау", "past_participle", "қабылдаған"),
        ("белгілеу", "present", "белгілейді"),
        ("белгілеу", "passive", "белгіленеді"),
        ("белгілеу", "passive_imperative", "белгіленсін"),
        ("бекіту", "passive_imperative", "бекітілсін"),
        ("бекіту", "past", "бекітті"),
        ("айқындау", "passive", "айқындалады"),
        ("оқу", "present", "оқиды"),
        ("тану", "present", "таниды"),
        ("жою", "present", "жояды"),
        ("жою", "passive", "жойылады"),
        ("жою", "dative", "жоюға"),
        ("қою", "past_participle", "қойған"),
        ("табу", "present", "табады"),
        ("табу", "past", "тапты"),
        ("табу", "negative", "таппайды"),
        ("шығу", "present", "шығады"),
        ("шығу", "past_participle", "шыққан"),
        ("қарау", "present", "қарайды"),
        ("қарау", "passive", "қаралады"),
        ("алу", "passive", "алынады"),
        ("салу", "passive", "салынады"),
        ("ұсыну", "negative", "ұсынбайды"),
        ("ұсыну", "passive", "ұсынылады"),
        ("жүргізу", "negative", "жүргізбейді"),
        ("жүргізу", "passive", "жүргізіледі"),
        ("жүзеге асыру", "present", "жүзеге асырады"),
        ("жүзеге асыру", "passive", "жүзеге асырылады"),
        ("алып тастау", "passive", "алып тасталады"),
        ("шешу", "negative", "шешпейді"),
        ("төлеу", "passive", "төленеді"),
        ("сақтау", "passive", "сақталады"),
        ("тіркеу", "passive_participle", "тіркелген"),
        ("ұзарту", "passive", "ұзартылады"),
    ],
)
def test_kazakh_verb_forms(lemma: str, field: str, expected: str) -> None:
    forms = kk_verb_forms(lemma)
    assert forms is not None
    assert getattr(forms, field) == expected


@pytest.mark.parametrize("word", ["орган", "", " ", "у", "тұр", "бргту"])
def test_kazakh_word_that_is_no_verbal_noun(word: str) -> None:
    assert kk_verb_forms(word) is None


@pytest.mark.parametrize(
    ("phrase", "tags", "expected"),
    [
        ("тармақ", "poss", "тармағы"),
        ("тармақ", "poss loc", "тармағында"),
        ("тармақ", "poss gen", "тармағының"),
        ("тармақ", "gen", "тармақтың"),
        ("тармақ", "plur poss loc", "тармақтарында"),
        ("тармақша", "poss gen", "тармақшасының"),
        ("бап", "poss", "бабы"),
        ("бап", "poss gen", "бабының"),
        ("бап", "gen", "баптың"),
        ("бап", "loc", "бапта"),
        ("бөлік", "poss loc", "бөлігінде"),
        ("тарау", "poss", "тарауы"),
        ("орын", "poss", "орны"),
        ("орын", "gen", "орынның"),
        ("халық", "poss gen", "халқының"),
        ("мүлік", "poss acc", "мүлкін"),
        ("құқық", "poss", "құқығы"),
        ("мерзім", "poss loc", "мерзімінде"),
        ("мерзім", "abl", "мерзімнен"),
        ("хат", "ins", "хатпен"),
        ("заң", "loc", "заңда"),
        ("заң", "gen", "заңның"),
        ("заңнама", "poss abl", "заңнамасынан"),
        ("уәкілетті орган", "gen", "уәкілетті органның"),
        ("уәкілетті орган", "dat", "уәкілетті органға"),
        ("уәкілетті орган", "plur dat", "уәкілетті органдарға"),
        ("Қазақстан Республикасы", "gen", "Қазақстан Республикасының"),
        ("Қазақстан Республикасының", "loc", "Қазақстан Республикасында"),
        ("министрлік", "ins", "министрлікпен"),
        ("министрлік", "poss gen", "министрлігінің"),
        ("комиссия", "dat", "комиссияға"),
        ("әкім", "gen", "әкімнің"),
        ("мәслихат", "abl", "мәслихаттан"),
        ("тәртіп", "ins", "тәртіппен"),
        ("тәртіп", "poss", "тәртібі"),
        ("шешім", "poss ins", "шешімімен"),
        ("іс-шара", "plur acc", "іс-шараларды"),
        ("тұлға", "plur abl", "тұлғалардан"),
        ("тұлғалар", "gen", "тұлғалардың"),
        ("банк", "dat", "банкке"),
        ("акт", "plur gen", "актілердің"),
        ("субъект", "plur dat", "субъектілерге"),
        ("объект", "poss", "объектісі"),
        ("кодекс", "dat", "кодекске"),
        ("рубль", "dat", "рубльге"),
        ("тип", "poss", "типі"),
        ("интернет-ресурс", "poss loc", "интернет-ресурсында"),
        ("жарғы", "poss", "жарғысы"),
        ("Үкімет", "gen", "Үкіметтің"),
        ("жыл", "loc", "жылда"),
        ("күн", "abl", "күннен"),
    ],
)
def test_kazakh_nouns(phrase: str, tags: str, expected: str) -> None:
    assert kk_inflect(phrase, tags.split()) == expected


@pytest.mark.parametrize(
    ("label", "noun", "tags", "expected"),
    [
        ("5", "тармақ", "poss", "5-тармағы"),
        ("5", "тармақ", "poss gen", "5-тармағының"),
        ("3)", "тармақша", "poss gen", "3) тармақшасының"),
        ("3-1)", "тармақша", "poss", "3-1) тармақшасы"),
        ("7", "бап", "gen", "7-баптың"),
        ("7", "бап", "poss gen", "7-бабының"),
        ("2", "бөлік", "poss loc", "2-бөлігінде"),
        ("4", "тарау", "poss loc", "4-тарауында"),
        ("6-1", "тармақ", "poss abl", "6-1-тармағынан"),
    ],
)
def test_kazakh_unit_with_number(label: str, noun: str, tags: str, expected: str) -> None:
    assert kk_with_number(label, noun, tags.split()) == expected


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("беруге", "беру"),
        ("береді", "беру"),
        ("бермейді", "бермеу"),
        ("беріледі", "берілу"),
        ("бас тартуға", "бас тарту"),
        ("тоқтата тұрады", "тоқтата тұру"),
        ("қарайды", "қарау"),
        ("орган", None),
        ("", None),
    ],
)
def test_kazakh_infinitive_of_a_form(form: str, lemma: str | None) -> None:
    assert kk_to_infinitive(form) == lemma


def test_known_kazakh_verbs_come_back_from_their_forms() -> None:
    """The analyser undoes the generator for every verb of the lexicon."""
    from nlp.language import of
    from nlp.language.kazakh.lexicon import lexicon

    kazakh = of("kk")
    for lemma in sorted(lexicon().infinitives.values()):
        forms = kk_verb_forms(lemma)
        assert forms is not None, lemma
        for form in (forms.present, forms.negative, forms.dative, forms.past_participle, forms.converb):
            assert lemma in kazakh.lemmas(form), (lemma, form)


def test_known_kazakh_nouns_come_back_from_their_forms() -> None:
    from nlp.language import of
    from nlp.language.kazakh.lexicon import lexicon

    kazakh = of("kk")
    words = lexicon()
    missed = []
    for noun in sorted(stem for stem, pos in words.nominal.items() if "noun" in pos and stem not in words.variants):
        for tags in ({"poss", "gen"}, {"plur", "dat"}, {"abl"}):
            form = kk_inflect(noun, tags)
            assert form is not None
            if noun not in kazakh.lemmas(form):
                missed.append((noun, form))
    assert not missed


def test_unknown_language_is_refused() -> None:
    assert inflect("ru", "орган", {"gen"}) == "органа"
    assert inflect("kk", "орган", {"gen"}) == "органның"
    with pytest.raises(ValueError, match="de"):
        inflect("de", "Amt", {"gen"})


@settings(max_examples=60)
@given(
    st.sampled_from(["ru", "kk"]),
    st.text(alphabet="абвгдеиқңәіуый -,«»", max_size=25) | st.text(max_size=15),
    st.sets(st.sampled_from(["gen", "dat", "acc", "loc", "abl", "ins", "plur", "sing", "poss", "pres", "infinitive"])),
)
def test_any_phrase_is_answered(code: str, phrase: str, tags: set[str]) -> None:
    form = inflect(code, phrase, tags)
    assert form is None or isinstance(form, str)
    kk_verb_forms(phrase)
    kk_to_infinitive(phrase)
    ru_number_of(phrase)
