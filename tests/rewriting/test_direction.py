"""Recommendations in words: whose words, what they quote, and that adoption reads them as asking no wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nlp import language as languages
from nlp.adoption.wanted import Deed, wanted
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.norms.frame import Field, FieldSpan
from nlp.rewriting.replaceable import is_replaceable
from tests.detection.conftest import make_pack  # noqa: F401  (fixture)
from tests.rewriting.test_propose import in_words, made

OWN = {
    "ru": "Вместо {words} «{quote}» указать число дней.",
    "kk": "«{quote}» деген {words} орнына күн саны көрсетілсін.",
}
SEIZED = "Инспекция в разумный срок осматривает лодку."


@pytest.fixture
def one(make_pack: Callable[..., Pack]) -> Callable[..., Pack]:  # noqa: F811
    """A pack with one rule without edits."""

    def build(pattern: str, **more: Any) -> Pack:
        return make_pack(vague_wording=[{"any": [pattern]} | more])

    return build


def test_the_factor_says_what_to_do_where_the_rule_says_nothing(one: Callable[..., Pack]) -> None:
    recommendation = made(one("в разумный срок"), SEIZED)
    assert in_words(recommendation)
    assert recommendation is not None
    assert recommendation.instruction.startswith("Вместо слов «в разумный срок» указать признаки")


def test_the_rule_says_it_in_its_own_words_and_in_the_language_of_the_report(one: Callable[..., Pack]) -> None:
    pack = one("в разумный срок", direction=OWN)
    ru, kk = made(pack, SEIZED), made(pack, SEIZED, code="kk")
    assert ru is not None and kk is not None
    assert ru.instruction == "Вместо слов «в разумный срок» указать число дней."
    assert kk.instruction == "«в разумный срок» деген сөздердің орнына күн саны көрсетілсін."
    assert ru.language == kk.language == "ru"  # of the norm


def test_one_word_is_called_a_word(one: Callable[..., Pack]) -> None:
    pack = one("своевременно", direction=OWN)
    ru, kk = (made(pack, "Инспекция своевременно осматривает лодку.", code=code) for code in ("ru", "kk"))
    assert ru is not None and kk is not None
    assert ru.instruction == "Вместо слова «своевременно» указать число дней."
    assert kk.instruction == "«своевременно» деген сөздің орнына күн саны көрсетілсін."


def test_a_long_quotation_is_cut_in_the_middle_and_its_marks_are_plain(one: Callable[..., Pack]) -> None:
    text = (
        "Инспекция осматривает лодку, если сторож причала «Восток», второй сторож, старый хозяин берега, его сосед, "
        "третий сторож, его племянник, дежурный инспектор и капитан сочтут нужным."
    )
    recommendation = made(one("{ если ..30 счесть нужный }", direction=OWN), text)
    assert recommendation is not None
    assert recommendation.instruction == (
        'Норму в части слов «если сторож причала "Восток", второй сторож, старый хозяин … инспектор и капитан сочтут '
        "нужным» изложить заново. Указать число дней."
    )


@pytest.mark.parametrize(
    ("pattern", "text", "quote"),
    [
        ("столько , сколько", "Стоянка длится столько, сколько сочтет капитан порта, и не дольше зимы.",
         "столько, сколько сочтет капитан порта"),
        ("на ту доля , какой", "Порт урезает выплату на ту долю, какую назовет.", "на ту долю, какую назовет"),
        ("согласие старосты , мираба", "Рыбак берет согласие старосты, мираба, соседа и двух лодочников и ждет.",
         "согласие старосты, мираба, соседа и двух лодочников"),
        ("согласие старосты , мираба", "Рыбак берет согласие старосты, мираба, которые его знают.",
         "согласие старосты, мираба"),
        ("исключать из", "Рыбак исключается из речного списка.", "исключается из речного списка"),
        ("рейтинг ..3 определять", "Перечень агентств и рейтинг лодок определяются портом.",
         "Перечень агентств и рейтинг лодок определяются портом"),
        ("рейтинг устанавливать", "Список лодок и нужный портовый рейтинг устанавливаются портом.",
         "Список лодок и нужный портовый рейтинг устанавливаются портом"),
        ("на основании ..1 решения", "Срок дан на основании нового решения районного (городского) речного порта и.",
         "на основании нового решения районного (городского) речного порта"),
        ("по подпунктам 1-1)", "Порт решает по подпунктам 1-1), 2-1) и 6) пункта 2 книги и моет лодку.",
         "по подпунктам 1-1), 2-1) и 6) пункта 2 книги"),
        ("по подпункту 3)", "Порт решает по подпункту 3), моет лодку.", "по подпункту 3)"),
        ("снимать", "Запрет снимается распиской.", "Запрет снимается распиской"),
        ("первой показавшая порту", "Лодку строит артель, первой показавшая порту готовый чертеж.",
         "первой показавшая порту готовый чертеж"),
        ("обходить ..5 или забирает", "Порт обходит лодки, запирает их или забирает весла до конца сезона.",
         "обходит лодки, запирает их или забирает весла до конца сезона"),
        ("прочем , что", "Рыбак пишет обо всем прочем, что спросит порт.", "обо всем прочем, что спросит порт"),
        ("чем", "Порт делает то, чем", "чем"),
    ],
)  # fmt: skip
def test_a_quotation_ends_where_its_clause_or_list_ends(
    one: Callable[..., Pack], pattern: str, text: str, quote: str
) -> None:
    recommendation = made(one(pattern, direction=OWN), text)
    assert recommendation is not None
    assert f" «{quote}» " in recommendation.instruction


@pytest.mark.parametrize(
    ("pattern", "text", "begins"),
    [
        ("в разумный срок", "Порт в разумный срок, указанный в книге, моет лодку.", "Норму в части слов"),
        ("в разумный срок", "Порт моет лодку в разумный срок, но не зимой.", "Вместо слов"),
        ("по договоренности", "Лодки делят по договоренности с портом.", "Норму в части слов"),
        ("по договоренности", "Лодки делят по договоренности.", "Вместо слов"),
        ("договоренность", "Лодки делит договоренность.", "Норму в части слова"),
        ("плохо", "Порт моет и плохо красит лодку.", "Норму в части слова"),
        ("вправе", "Порт вправе забрать лодку.", "Норму в части слов"),
        ("чистый", "Порт берет чистые лодки.", "Вместо слов «чистые лодки»"),
    ],
)
def test_words_that_cannot_be_replaced_as_they_stand_are_said_anew_with_the_norm(
    one: Callable[..., Pack], pattern: str, text: str, begins: str
) -> None:
    for code, restated in (("ru", "изложить заново. Указать число"), ("kk", "қайта тұжырымдалсын. Күн саны")):
        recommendation = made(one(pattern, direction=OWN), text, code=code)
        assert recommendation is not None
        assert (restated in recommendation.instruction) is begins.startswith("Норму")
        assert recommendation.instruction.startswith(begins if code == "ru" else ("Норма «", "«"))


@pytest.mark.parametrize(
    ("language", "text", "words", "stands"),
    [
        ("kk", "Порт ақылға қонымды мерзімде қайықты жуады.", "ақылға қонымды мерзімде", True),
        ("kk", "Порт қайықты тиісті тәртіппен жуады.", "тиісті", True),
        ("kk", "Төлемнің ең төмен және ең жоғары шектерін порт белгілейді.", "ең жоғары шектерін", False),
        ("kk", "Порт қайықты алуға құқылы.", "алуға құқылы", False),
        ("kk", "Порт бекітеді, қайық жүзеді.", "бекітеді", False),
        ("ru", "Порт судит по виду, чьи следы видны.", "по виду", False),
        ("ru", "Порт судит по виду, не открывая лодки.", "по виду", True),
        ("ru", "Порт судит по виду. И моет лодку.", "по виду", True),
        ("ru", "Порт пускает лодки, стоящие вдоль всего берега, и катера.", "лодки, стоящие вдоль", False),
    ],
)
def test_what_can_be_replaced(language: str, text: str, words: str, stands: bool) -> None:
    start = text.index(words)
    span = FieldSpan(Field.TEXT, start, start + len(words))
    assert is_replaceable(languages.of(language).analyse(text), span, language) is stands


def _texts() -> Iterator[tuple[str, str, str]]:
    pack = load_pack(kz_pack())
    for factor in pack.factors.values():
        yield from ((factor.id, code, words) for code, words in factor.direction.items())
    for rule in pack.by_id.values():
        yield from ((rule.id, code, words) for code, words in rule.direction.items())


@pytest.mark.parametrize(("name", "language", "words"), list(_texts()))
def test_no_direction_of_the_pack_is_taken_for_a_wording(name: str, language: str, words: str) -> None:
    """The adopted norm would be compared with the words of the recommendation itself."""
    assert words.count("{quote}") <= 1
    assert "{" not in words.replace("{quote}", "").replace("{words}", "")
    quote = "по своему усмотрению" if language == "ru" else "өз қалауы бойынша"
    for called in {"ru": ("слов", "слова"), "kk": ("сөздердің", "сөздің")}[language]:
        told = words.replace("{quote}", quote).replace("{words}", called)
        assert wanted(told, language).deed is Deed.NOTHING


@pytest.mark.parametrize(
    ("words", "language", "deed"),
    [
        ("Норму в части слов «в срок» изложить заново. Указать число. Вместо слова «чисто» указать меру.", "ru",
         Deed.NOTHING),
        ("Вместо слов «а», «б» указать число. Норму в части слова «в» изложить заново. Привести меру.", "ru",
         Deed.NOTHING),
        ("Вместо слов «в срок» указать число. Норму изложить так: «Порт моет лодку».", "ru", Deed.WORDING),
        ("Вместо слов «в срок» указать число. Дополнить словами «за пять дней».", "ru", Deed.SUPPLEMENT),
        ("Норма «мерзімде» деген сөзге қатысты бөлігінде қайта тұжырымдалсын. Күн саны көрсетілсін. «таза» деген "
         "сөздің орнына өлшем көрсетілсін.", "kk", Deed.NOTHING),
        ("Норма мынадай редакцияда жазылсын: «Порт қайықты жуады».", "kk", Deed.WORDING),
    ],
)  # fmt: skip
def test_advice_on_two_marks_is_advice_and_a_wording_beside_it_is_not_lost(
    words: str, language: str, deed: Deed
) -> None:
    assert wanted(words, language).deed is deed


def test_every_factor_with_rules_has_a_direction_in_both_languages() -> None:
    pack = load_pack(kz_pack())
    assert {rule.factor for rule in pack.by_id.values()}
    for name in {rule.factor for rule in pack.by_id.values()}:
        assert set(pack.factors[name].direction) == {"ru", "kk"}, name
