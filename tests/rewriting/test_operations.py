"""changes(): single operations on a norm's own words."""

from __future__ import annotations

import pytest

from nlp import language
from nlp.rewriting.edits import apply
from nlp.rewriting.operations import Site, changes

GROUNDS = "4-тармақтағы негіздер бойынша"


@pytest.mark.parametrize(
    ("marked", "text", "wording"),
    [
        (
            "мәліметтер",
            "Комиссия берушіден қосымша мәліметтер алады.",
            f"Комиссия берушіден {GROUNDS} қосымша мәліметтер алады.",
        ),
        (
            "көшірмелерін",
            "Бөлім өтініш берушінің банк шоттарының көшірмелерін алады.",
            f"Бөлім {GROUNDS} өтініш берушінің банк шоттарының көшірмелерін алады.",
        ),
        ("шешім", "Әкім өтінішті қарап, шешім қабылдайды.", f"Әкім өтінішті қарап, {GROUNDS} шешім қабылдайды."),
        (
            "есептерді",
            "Орган сақталған үш жылдық есептерді алады.",
            f"Орган {GROUNDS} сақталған үш жылдық есептерді алады.",
        ),
        ("тоқтатады", "Орган сақталған рұқсатты тоқтатады.", f"Орган сақталған рұқсатты {GROUNDS} тоқтатады."),
        ("береді", "Орган орындарды бөліп береді.", f"Орган орындарды {GROUNDS} бөліп береді."),
        ("бекітіледі", "Орын қайта бекітіледі.", f"Орын {GROUNDS} қайта бекітіледі."),
        ("Мерзім", "Мерзім ұзартылады.", f"{GROUNDS} мерзім ұзартылады."),
        ("береді", "Орган өтінішті қарап, рұқсат береді.", f"Орган өтінішті қарап, {GROUNDS} рұқсат береді."),
        ("береді", "Кеңес оң немесе теріс қорытынды береді.", f"Кеңес {GROUNDS} оң немесе теріс қорытынды береді."),
        ("алады", "Ол бос айлақ туралы анықтама алады.", f"Ол {GROUNDS} бос айлақ туралы анықтама алады."),
        ("сұратады", "Балықшы органнан келісім қағаз сұратады.", f"Балықшы органнан {GROUNDS} келісім қағаз сұратады."),
        ("береді", "Рұқсатты комиссия береді.", f"Рұқсатты комиссия {GROUNDS} береді."),
    ],
)
def test_kazakh_words_are_put_before_the_whole_noun_phrase(marked: str, text: str, wording: str) -> None:
    start = text.index(marked)
    tokens = language.of("kk").analyse(text)
    site = Site("kk", text, tokens, start, start + len(marked), None, "осы тармақта")
    made = changes(site, {"op": "insert_before", "with": GROUNDS})
    assert apply(text, made).lower() == wording.lower()


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "Балықшы хатта сұратылған өзге де құжаттарды береді.",
            "Балықшы хатта сұратылған, ___-тармақта көзделген құжаттарды береді.",
        ),
        (
            "Балықшы есепке негізделген өзге де құжаттарды береді.",
            "Балықшы есепке негізделген, ___-тармақта көзделген құжаттарды береді.",
        ),
        ("Балықшы өзге де құжаттарды береді.", "Балықшы ___-тармақта көзделген құжаттарды береді."),
        ("Балықшы келгенде өзге де құжаттарды береді.", "Балықшы келгенде ___-тармақта көзделген құжаттарды береді."),
        ("Балықшы келіп өзге де құжаттарды береді.", "Балықшы келіп ___-тармақта көзделген құжаттарды береді."),
    ],
)
def test_a_second_kazakh_attribute_is_set_off_by_a_comma(text: str, wording: str) -> None:
    start = text.index("өзге де")
    site = Site("kk", text, language.of("kk").analyse(text), start, start + len("өзге де"), None, "осы тармақта")
    assert apply(text, changes(site, {"op": "replace", "with": "___-тармақта көзделген"})) == wording


@pytest.mark.parametrize(
    ("code", "marked", "before", "text", "wording"),
    [
        ("kk", "қаралмайды", "", "Шағым қаралмайды.", "Шағым қаралады."),
        ("kk", "хабарламайды", "", "Орган себебін хабарламайды.", "Орган себебін хабарлайды."),
        ("kk", "себебі көрсетілмей", "", "Хат себебі көрсетілмей қайтады.", "Хат себебі көрсетіліп қайтады."),
        ("kk", "жатпайтын", "", "Шағымдануға жатпайтын шешім.", "Шағымдануға жататын шешім."),
        ("kk", "жарияланбайды", "сайтта", "Тізім жарияланбайды.", "Тізім сайтта жарияланады."),
        ("kk", "қаралады", "", "Шағым қаралады.", "Шағым қаралады."),
        ("ru", "не рассматриваются", "в срок", "Жалобы не рассматриваются.", "Жалобы в срок рассматриваются."),
        ("ru", "рассматриваются", "", "Жалобы рассматриваются.", "Жалобы рассматриваются."),
    ],
)  # fmt: skip
def test_what_a_verb_denies_is_said(code: str, marked: str, before: str, text: str, wording: str) -> None:
    start = text.index(marked)
    site = Site(code, text, language.of(code).analyse(text), start, start + len(marked), None, "")
    assert apply(text, changes(site, {"op": "affirm", "with": before})) == wording


@pytest.mark.parametrize(
    ("noun", "wording"),
    [
        ("ұйымға", "Алаң ұйым да қатысатын конкурста беріледі."),
        ("берушіге", "Алаң беруші де қатысатын конкурста беріледі."),
        ("клубқа", "Алаң клуб та қатысатын конкурста беріледі."),
        ("кооперативке", "Алаң кооператив те қатысатын конкурста беріледі."),
        ("фирмасына", "Алаң фирмасы да қатысатын конкурста беріледі."),
        ("серіктестігіне", "Алаң серіктестігі де қатысатын конкурста беріледі."),
    ],
)
def test_a_kazakh_noun_loses_its_case(noun: str, wording: str) -> None:
    text = f"Алаң {noun} беріледі."
    site = Site("kk", text, language.of("kk").analyse(text), 5, 5 + len(noun), None, "")
    assert apply(text, changes(site, {"op": "replace", "with": "{bare} {да} қатысатын конкурста"})) == wording


@pytest.mark.parametrize(
    ("text", "marked", "wording"),
    [
        ("Қаражат ұйымдар арасында олардың жұмыс тәжірибесіне қарай бөлінеді.", "тәжірибесіне қарай",
         "Қаражат ұйымдар арасында ___ бойынша бөлінеді."),
        ("Өтінім шлюздің жүктемесін ескере отырып орындалады.", "жүктемесін ескере отырып",
         "Өтінім ___ бойынша орындалады."),
        ("Күнді тәжірибесіне қарай белгілейді.", "тәжірибесіне қарай", "Күнді ___ бойынша белгілейді."),
    ],
)  # fmt: skip
def test_kazakh_words_are_replaced_with_their_attributes(text: str, marked: str, wording: str) -> None:
    start = text.index(marked)
    site = Site("kk", text, language.of("kk").analyse(text), start, start + len(marked), None, "")
    entry = {"op": "replace", "attributes": True, "with": "___ бойынша"}
    assert apply(text, changes(site, entry)) == wording


def test_a_name_that_opens_the_words_found_keeps_its_capital_letter() -> None:
    text = "Қазақстан Республикасының заңнамасында көзделген өзге де талаптар."
    site = Site("kk", text, language.of("kk").analyse(text), 0, 9, None, "")
    entry = {"op": "sub", "in": "sentence", "find": r"(\w+) Республикасының \w+", "with": r"«___ туралы» \1 Заңында"}
    assert apply(text, changes(site, entry)) == "«___ туралы» Қазақстан Заңында көзделген өзге де талаптар."


@pytest.mark.parametrize(
    ("marked", "text", "wording"),
    [
        (
            "или иное аналогичное учреждение",
            "Ребенок подлежит устройству в воспитательное, лечебное или иное аналогичное учреждение.",
            "Ребенок подлежит устройству в воспитательное или лечебное учреждение.",
        ),
        (
            "и других работ",
            "Список ремонтных и других работ утвержден.",
            "Список ремонтных работ утвержден.",
        ),
        (
            "или иной документ",
            "Лицо представляет паспорт, справку или иной документ.",
            "Лицо представляет паспорт, справку.",
        ),
    ],
)
def test_adjectives_keep_the_noun_they_share(marked: str, text: str, wording: str) -> None:
    start = text.index(marked)
    site = Site("ru", text, language.of("ru").analyse(text), start, start + len(marked), None, "настоящим пунктом")
    assert apply(text, changes(site, {"op": "delete"})) == wording
