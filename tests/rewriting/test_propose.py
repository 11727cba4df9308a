"""propose(): edits of rules carried out on this very norm, and instructions that a lawyer can paste."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nlp import language
from nlp.detection.engine import Engine
from nlp.detection.finding import Recommendation
from nlp.detection.fusion import fuse
from nlp.detection.pack import Pack
from nlp.detection.rule import build_rule
from nlp.matching import PatternSet
from nlp.norms import analyse
from nlp.norms.frame import Field
from nlp.rewriting import propose
from nlp.rewriting.edits import Change, apply, keep_first_letter
from nlp.rewriting.operations import Site, changes
from nlp.rewriting.places import within
from nlp.structure.act import Provision
from tests.detection.conftest import make_pack  # noqa: F401  (fixture)

TEXT = "Комиссия в разумный срок рассматривает заявление, справку и иные документы."


def cite(address: str, code: str, case: str) -> str:
    return f"[{address}:{case}]"


def made(
    pack: Pack, text: str, lead: str = "", address: str = "doc_1__para_8__subpara_4", code: str = "ru"
) -> Recommendation | None:
    provision = Provision("1", "ru", text, lead, address=address, path=("doc_1__para_8", address))
    analysis = analyse(provision, language.of("ru"))
    judged = Engine(pack).judge(analysis)
    factors = fuse(judged, analysis, pack)
    assert factors
    return propose(analysis, judged.frames, factors[0], pack, cite, code)


def in_words(recommendation: Recommendation | None) -> bool:
    """Whether it tells what to do and proposes no wording."""
    assert recommendation is not None
    assert not recommendation.edits and recommendation.instruction
    return (recommendation.action, recommendation.wording) == ("supplement", "")


@pytest.fixture
def one(make_pack: Callable[..., Pack]) -> Callable[..., Pack]:  # noqa: F811
    """A pack with one rule that asks for these edits."""

    def build(pattern: str, *edits: dict[str, Any], **more: Any) -> Pack:
        return make_pack(vague_wording=[{"any": [pattern], "rewrite": list(edits)} | more])

    return build


@pytest.mark.parametrize(
    ("pattern", "edit", "wording"),
    [
        (
            "в разумный срок",
            {"op": "replace", "with": "в течение ___ рабочих дней"},
            "Комиссия в течение ___ рабочих дней рассматривает заявление, справку и иные документы.",
        ),
        (
            "иной документ",
            {"op": "delete"},
            "Комиссия в разумный срок рассматривает заявление, справку.",
        ),
        (
            "иной документ",
            {"op": "insert_after", "with": ", предусмотренные пунктом ___"},
            "Комиссия в разумный срок рассматривает заявление, справку и иные документы, предусмотренные пунктом ___.",
        ),
        (
            "в разумный срок",
            {"op": "insert_before", "with": "коллегиально"},
            "Комиссия коллегиально в разумный срок рассматривает заявление, справку и иные документы.",
        ),
        (
            "иной документ",
            {"op": "append", "with": "Истребование документов, не предусмотренных {unit}, не допускается"},
            TEXT + " Истребование документов, не предусмотренных настоящим пунктом, не допускается.",
        ),
        (
            "в разумный срок",
            {"op": "append", "with": "Слова «{quote}» означают: ___"},
            TEXT + " Слова «в разумный срок» означают: ___.",
        ),
    ],
)
def test_operations(one: Callable[..., Pack], pattern: str, edit: dict[str, Any], wording: str) -> None:
    recommendation = made(one(pattern, edit), TEXT)
    assert recommendation is not None
    assert recommendation.wording == wording
    assert recommendation.action == "replace"
    assert recommendation.instruction == "[doc_1__para_8__subpara_4:acc] изложить в следующей редакции:"


def test_edits_lead_from_the_norm_to_the_wording(one: Callable[..., Pack]) -> None:
    recommendation = made(one("в разумный срок", {"op": "replace", "with": "в течение ___ дней"}), TEXT)
    assert recommendation is not None
    result = TEXT
    for edit in reversed(recommendation.edits):
        result = result[: edit.span.start] + edit.text + result[edit.span.end :]
    assert result == recommendation.wording


@pytest.mark.parametrize(
    ("text", "added", "wording"),
    [
        ("иные документы;", "Перечень закрыт.", "иные документы. Перечень закрыт;"),
        ("иные документы;", "ЭЦП нужна.", "иные документы. ЭЦП нужна;"),
        ("иные документы;", "Это: 1) ___; 2) ___.", "иные документы. Это: 1) ___; 2) ___;"),
        ("иные документы;", "Перечень закрыт. Он открыт для всех.",
         "иные документы. Перечень закрыт. Он открыт для всех;"),
        ("иные документы", "Перечень закрыт.", "иные документы. Перечень закрыт."),
        ("Нужны иные документы. Плата не берется.", "Перечень закрыт.",
         "Нужны иные документы. Перечень закрыт. Плата не берется."),
        ("Плата не берется. Нужны иные документы.", "Перечень закрыт.",
         "Плата не берется. Нужны иные документы. Перечень закрыт."),
        ("Нужны иные документы. Плата не берется;", "Перечень закрыт.",
         "Нужны иные документы. Перечень закрыт. Плата не берется;"),
        ("Нужны иные документы:", "Перечень закрыт.", "Перечень закрыт. Нужны иные документы:"),
    ],
)  # fmt: skip
def test_where_a_sentence_is_put(one: Callable[..., Pack], text: str, added: str, wording: str) -> None:
    """After the sentence with the marked words; an item of a list keeps its semicolon and takes an aside."""
    pack = one("иной документ", {"op": "append", "with": added}, frame={"actor": ["none", "public"]})
    recommendation = made(pack, text)
    assert recommendation is not None
    assert recommendation.wording == wording


BESIDE = {"op": "replace", "at": ["{ и ..1 иной документ }"], "with": ", план и схему"}
FALLBACK = {"op": "append", "with": "Перечень закрыт.", "otherwise": True}


@pytest.mark.parametrize(
    ("text", "edits", "wording"),
    [
        (TEXT, [BESIDE], "Комиссия в разумный срок рассматривает заявление, справку, план и схему."),
        (TEXT, [BESIDE, FALLBACK], "Комиссия в разумный срок рассматривает заявление, справку, план и схему."),
        (TEXT, [FALLBACK | {"otherwise": False}, BESIDE | {"otherwise": True}], TEXT + " Перечень закрыт."),
        ("Комиссия в разумный срок решает дело.", [BESIDE, FALLBACK],
         "Комиссия в разумный срок решает дело. Перечень закрыт."),
        ("Комиссия в разумный срок решает дело. Она хранит протокол и иные документы.", [BESIDE], ""),
        ("Комиссия в разумный срок решает дело.", [{"op": "delete", "at": ["иной документ"]}, FALLBACK],
         "Комиссия в разумный срок решает дело. Перечень закрыт."),
    ],
)  # fmt: skip
def test_words_beside_the_marked_ones(
    one: Callable[..., Pack], text: str, edits: list[dict[str, Any]], wording: str
) -> None:
    """``at`` mends other words of the same sentence; ``otherwise`` is for where nothing could be mended."""
    recommendation = made(one("в разумный срок", *edits), text)
    assert recommendation is not None
    assert recommendation.wording == wording


def test_marked_words_come_before_the_rest_of_the_sentence_and_an_insertion_is_made_once(
    one: Callable[..., Pack],
) -> None:
    edits = ({"op": "insert_after", "at": ["заявление", "документ", "справка"], "with": "___"},)
    text = "Комиссия рассматривает заявление, справку и иные документы."
    recommendation = made(one("иной документ", *edits), text)
    assert recommendation is not None
    assert recommendation.wording == "Комиссия рассматривает заявление, справку и иные документы ___."
    elsewhere = made(one("комиссия", *edits), text)
    assert elsewhere is not None
    assert elsewhere.wording == "Комиссия рассматривает заявление ___, справку и иные документы."


def test_what_becomes_the_same_is_said_once(one: Callable[..., Pack]) -> None:
    edit = {"op": "replace", "with": "может быть обжаловано"}
    patterns = ["{ являться окончательный }", "{ обжалование не подлежать }"]
    pack = one("", edit, any=patterns, frame={"modality": ["indicative", "ban", "none"]})
    recommendation = made(pack, "Решение комиссии является окончательным и обжалованию не подлежит.")
    assert recommendation is not None
    assert recommendation.wording == "Решение комиссии может быть обжаловано."


def test_a_unit_of_which_nothing_is_left_is_excluded(one: Callable[..., Pack]) -> None:
    edit = {"op": "delete", "at": ["{ выполнять иной функция }"]}
    recommendation = made(one("иной функция", edit, frame={"actor": ["public", "none"]}), "выполняет иные функции;")
    assert recommendation is not None
    assert recommendation.action == "delete"


def test_a_closing_sentence_gives_way_to_words_mended_by_another_rule(
    make_pack: Callable[..., Pack],  # noqa: F811
) -> None:
    closing = {"op": "append", "with": "Перечень закрыт.", "otherwise": True}
    rules = [
        {"id": "vague_wording.ru.one", "any": ["в разумный срок"], "strength": 2, "rewrite": [closing]},
        {"id": "vague_wording.ru.two", "any": ["иной документ"], "rewrite": [{"op": "replace", "with": "план и"}]},
    ]
    recommendation = made(make_pack(vague_wording=rules), "Комиссия в разумный срок смотрит справку, иные документы.")
    assert recommendation is not None
    assert recommendation.wording == "Комиссия в разумный срок смотрит справку, план."


def test_an_edit_may_search_the_whole_sentence_or_what_follows(one: Callable[..., Pack]) -> None:
    text = "Служба в разумный срок смотрит списки службы. Служба уходит."
    edit = {"op": "sub", "find": r"служб(\w)", "with": r"групп\1"}
    whole = made(one("в разумный срок", edit | {"in": "sentence"}), text)
    onward = made(one("в разумный срок", edit | {"scope": "onward"}), text)
    assert whole is not None and onward is not None
    assert whole.wording == "Группа в разумный срок смотрит списки службы. Служба уходит."
    assert onward.wording == "Служба в разумный срок смотрит списки группы. Служба уходит."
    assert in_words(made(one("в разумный срок", edit | {"scope": "onward", "find": "служба в"}), text))


def test_an_edit_that_is_the_last_leaves_the_rest_undone(one: Callable[..., Pack]) -> None:
    last = {"op": "sub", "find": "заявление", "with": "просьбу", "in": "sentence", "final": True}
    rest = {"op": "replace", "with": "за ___ дней"}
    recommendation = made(one("в разумный срок", last, rest), TEXT)
    assert recommendation is not None
    assert recommendation.wording == "Комиссия в разумный срок рассматривает просьбу, справку и иные документы."
    other = made(one("в разумный срок", last | {"find": "жалобу"}, rest), TEXT)
    assert other is not None
    assert other.wording == "Комиссия за ___ дней рассматривает заявление, справку и иные документы."


def test_an_edit_yields_to_words_that_say_it_already(make_pack: Callable[..., Pack]) -> None:  # noqa: F811
    yielding = {"op": "insert_before", "with": "по конкурсу", "yields": "конкурс"}
    rules = [
        {"id": "vague_wording.ru.one", "any": ["в разумный срок"], "strength": 2, "rewrite": [yielding]},
        {"id": "vague_wording.ru.two", "any": ["иной документ"], "rewrite": [{"op": "replace", "with": "план"}]},
    ]
    alone = made(make_pack(vague_wording=rules), TEXT)
    rules[1]["rewrite"] = [{"op": "replace", "with": "план конкурса"}]
    together = made(make_pack(vague_wording=rules), TEXT)
    assert alone is not None and together is not None
    assert "по конкурсу в разумный срок" in alone.wording
    assert "по конкурсу" not in together.wording and "план конкурса" in together.wording


NEEDED = "Жителям предоставляются и иные документы по списку."


def test_what_a_verb_cannot_do_without_is_not_deleted(one: Callable[..., Pack]) -> None:
    edits = ({"op": "delete"}, {"op": "append", "with": "Перечень закрыт."})
    assert in_words(made(one("иной документ", *edits, frame={"actor": ["private", "none"]}), NEEDED))


def test_what_commas_set_off_is_deleted_after_a_verb_too(one: Callable[..., Pack]) -> None:
    pack = one("{ ,? как правило ,? }", {"op": "delete"}, frame={"actor": ["private", "none"]})
    recommendation = made(pack, "Жителям выдается, как правило, один пропуск.")
    assert recommendation is not None
    assert recommendation.wording == "Жителям выдается один пропуск."


def test_it_is_bounded_instead_where_the_rule_says_how(one: Callable[..., Pack]) -> None:
    edits = ({"op": "delete", "with": ", названные в приложении ___,"}, {"op": "append", "with": "Перечень закрыт."})
    recommendation = made(one("иной документ", *edits, frame={"actor": ["private", "none"]}), NEEDED)
    assert recommendation is not None
    assert recommendation.wording == (
        "Жителям предоставляются и иные документы, названные в приложении ___, по списку. Перечень закрыт."
    )


def test_exclusion_of_a_unit(one: Callable[..., Pack]) -> None:
    recommendation = made(one("иной документ", {"op": "exclude"}), "иные документы;")
    assert recommendation is not None
    assert (recommendation.action, recommendation.wording) == ("delete", "")
    assert recommendation.instruction == "[doc_1__para_8__subpara_4:acc] исключить."


def test_exclusion_comes_last_where_the_rule_mends_words_first(one: Callable[..., Pack]) -> None:
    edits = (
        {"op": "sub", "in": "sentence", "find": "иные документы", "with": "план"},
        {"op": "exclude", "otherwise": True},
    )
    pack = one("иной документ", *edits)
    for words, action, wording in (
        ("иные документы.", "replace", "план."),
        ("иного документа.", "delete", ""),  # the words that are mended do not stand in it
    ):
        recommendation = made(pack, words)
        assert recommendation is not None
        assert (recommendation.action, recommendation.wording) == (action, wording)


def test_a_sentence_added_to_a_lead_in_stands_before_it(one: Callable[..., Pack]) -> None:
    """The colon keeps its items."""
    pack = one("в разумный срок", {"op": "append", "with": "Срок – ___ дней."}, fields=["lead"])
    recommendation = made(pack, "справку;", lead="Комиссия в разумный срок проверяет:")
    assert recommendation is not None
    assert recommendation.wording == "Срок – ___ дней. Комиссия в разумный срок проверяет:"


def test_an_edit_of_the_lead_in_names_the_unit_above(one: Callable[..., Pack]) -> None:
    pack = one("в разумный срок", {"op": "replace", "with": "в течение ___ дней"}, fields=["lead"])
    recommendation = made(pack, "справку;", lead="Комиссия в разумный срок проверяет:")
    assert recommendation is not None
    assert recommendation.wording == "Комиссия в течение ___ дней проверяет:"
    assert recommendation.instruction == "Абзац первый [doc_1__para_8:gen] изложить в следующей редакции:"


def test_kazakh_instruction_for_a_russian_norm(one: Callable[..., Pack]) -> None:
    recommendation = made(one("в разумный срок", {"op": "replace", "with": "в течение ___ дней"}), TEXT, code="kk")
    assert recommendation is not None
    assert recommendation.instruction == "[doc_1__para_8__subpara_4:nom] мынадай редакцияда жазылсын:"
    assert recommendation.language == "ru"


def test_when_supplies_only_what_is_missing(one: Callable[..., Pack]) -> None:
    edit = {"op": "append", "with": "Основания: ___", "when": {"grounds": ["absent", "open"]}}
    pack = one("в разумный срок", edit)
    missing = made(pack, TEXT)
    assert missing is not None
    assert missing.wording.endswith("Основания: ___.")
    settled = "В случаях, предусмотренных пунктом 5, комиссия в разумный срок рассматривает заявление."
    assert in_words(made(pack, settled))


def test_words_are_kept_where_no_wording_would_be_right(one: Callable[..., Pack]) -> None:
    mended = {"op": "replace", "with": "в течение ___ дней"}
    assert in_words(made(one("в разумный срок", {"op": "keep", "says": "рассматривает"}, mended), TEXT))
    other = made(one("в разумный срок", {"op": "keep", "says": "утверждает"}, mended), TEXT)
    assert other is not None and "в течение ___ дней" in other.wording


def test_no_edit_a_recommendation_in_words(one: Callable[..., Pack]) -> None:
    assert in_words(made(one("в разумный срок"), TEXT))


@pytest.mark.parametrize(
    ("text", "pattern", "wording"),
    [
        ("Комиссия решает, как правило, в день подачи.", "как правило", "Комиссия решает в день подачи."),
        ("Комиссия решает, по возможности, в день подачи.", "по возможность", "Комиссия решает в день подачи."),
        ("Комиссия, как правило, решает в день подачи.", ", как правило ,", "Комиссия решает в день подачи."),
        ("Как правило, комиссия решает в день подачи.", "как правило", "Комиссия решает в день подачи."),
        ("Комиссия берет план, иные бумаги, справку.", "иной бумага", "Комиссия берет план, справку."),
        ("Комиссия берет план и, как правило, справку.", "как правило", "Комиссия берет план и справку."),
    ],
)
def test_a_parenthetical_goes_with_both_commas_and_an_item_with_one(
    one: Callable[..., Pack], text: str, pattern: str, wording: str
) -> None:
    recommendation = made(one(pattern, {"op": "delete"}), text)
    assert recommendation is not None
    assert recommendation.wording == wording


@pytest.mark.parametrize(
    ("pattern", "edits", "text", "wording"),
    [
        (  # the words before the clause; a name keeps its capital letter
            "бекітуге құқылы",
            [{"op": "open", "with": "4-тармақтағы негіздер бойынша"}],
            "Комиссия өтінімді қарайды, басқарма тізімді бекітуге құқылы.",
            "Комиссия өтінімді қарайды, 4-тармақтағы негіздер бойынша басқарма тізімді бекітуге құқылы.",
        ),
        (
            "бекітуге құқылы",
            [{"op": "open", "with": "4-тармақтағы негіздер бойынша"}],
            "Қазақстан Республикасының Үкіметі тізімді бекітуге құқылы.",
            "4-тармақтағы негіздер бойынша Қазақстан Республикасының Үкіметі тізімді бекітуге құқылы.",
        ),
        (  # an opening quotation mark and a label stay before the words
            "бекітуге құқылы",
            [{"op": "open", "with": "4-тармақтағы негіздер бойынша"}],
            "«4) басқарма тізімді бекітуге құқылы;»",
            "«4) 4-тармақтағы негіздер бойынша басқарма тізімді бекітуге құқылы;»",
        ),
        (  # a link stays in front of what is put before its clause
            "қайтаруы мүмкін",
            [{"op": "open", "with": "4-тармақтағы негіздер бойынша"}],
            "Комиссия өтінімді қарайды, сондай-ақ басқарма оны қайтаруы мүмкін.",
            "Комиссия өтінімді қарайды, сондай-ақ 4-тармақтағы негіздер бойынша басқарма оны қайтаруы мүмкін.",
        ),
        (  # only what ``of`` names; the second edit is not made
            "өрескел бұзу",
            [
                {"op": "replace", "of": ["өрескел"], "with": "екі рет"},
                {"op": "insert_before", "with": "4-тармақ бойынша", "otherwise": True},
            ],
            "Тәртіпті өрескел бұзған балықшы шығарылады.",
            "Тәртіпті екі рет бұзған балықшы шығарылады.",
        ),
        (
            "дөрекі бұзу",
            [
                {"op": "replace", "of": ["өрескел"], "with": "екі рет"},
                {"op": "insert_before", "with": "4-тармақ бойынша", "otherwise": True},
            ],
            "Балықшы қағиданы дөрекі бұзған жағдайда шығарылады.",
            "Балықшы қағиданы 4-тармақ бойынша дөрекі бұзған жағдайда шығарылады.",
        ),
        (
            "өзін лайықсыз ұстау",
            [{"op": "replace", "with": "4-тармақта аталған әрекетті {as:жасау}"}],
            "Өзін лайықсыз ұстаса, балықшы шығарылады.",
            "4-тармақта аталған әрекетті жасаса, балықшы шығарылады.",
        ),
        (  # two insertions at one place are one, and the sentence's first word becomes small
            "нәтиже төмен",
            [{"op": "insert_before", "with": "4-тармақ бойынша"}, {"op": "insert_before", "with": "5-тармақ бойынша"}],
            "Нәтижесі төмен ұйым тізімнен шығарылады.",
            "4-тармақ бойынша нәтижесі төмен ұйым тізімнен шығарылады.",
        ),
    ],
)
def test_kazakh_edits_work_in_place(pattern: str, edits: list[dict[str, Any]], text: str, wording: str) -> None:
    entry = {"id": "vague_wording.kk.one", "any": [pattern], "rewrite": edits, "frame": {"actor": ["public", "none"]}}
    rule = build_rule(entry, "vague_wording", "kk", {})
    provision = Provision("1", "kk", text, "", address="doc_1__para_8", path=("doc_1__para_8",))
    analysis = analyse(provision, language.of("kk"))
    match = PatternSet(rule.triggers).find(analysis.tokens(Field.TEXT))[0]
    site = Site("kk", text, analysis.tokens(Field.TEXT), match.start, match.end, None, "")
    made: list[Change] = []
    for edit in rule.rewrite:
        if not (edit.get("otherwise") and made):
            for place in within(site, edit["of"]) if "of" in edit else [site]:
                made.extend(changes(place, edit))
    assert keep_first_letter(text, apply(text, made)) == wording


@pytest.mark.parametrize(
    ("text", "pattern", "edit", "wording"),
    [
        (
            "Староста закрывает прилавок, если сочтет торговлю шумной, о чем извещает хозяина.",
            "если счесть",
            {
                "op": "replace",
                "from": "condition",
                "reach": "clause",
                "with": "при наличии обстоятельств из пункта ___,",
            },
            "Староста закрывает прилавок при наличии обстоятельств из пункта ___, о чем извещает хозяина.",
        ),
        (
            "Прилавок закрывается при ненадлежащем уходе за весами в течение трех дней.",
            "ненадлежащий уход",
            {"op": "replace", "from": "condition", "reach": "complement", "with": "в случаях, указанных в пункте ___,"},
            "Прилавок закрывается в случаях, указанных в пункте ___, в течение трех дней.",
        ),
        (
            "Сборы за лодки, стоящие у пирса, определяются начальником пристани по согласованию с акимом в срок.",
            "сбор ..8 определяться начальник",
            {
                "op": "replace",
                "from": "predicate",
                "reach": "phrase",
                "with": "определя{ется|ются} согласно приложению ___",
            },
            "Сборы за лодки, стоящие у пирса, определяются согласно приложению ___ в срок.",
        ),
        (
            "Лодки сдаются на условиях, которые придумывает смотритель, и учитываются.",
            "условие , который придумывать",
            {"op": "replace", "from": "relative", "reach": "clause", "with": "согласно приложению ___"},
            "Лодки сдаются на условиях согласно приложению ___, и учитываются.",
        ),
        (
            "Плата, ставки которой смотритель выводит сам, берется с гостей.",
            "ставка который смотритель выводить",
            {
                "op": "replace",
                "from": "relative",
                "reach": "clause",
                "with": "определя{ется|ются} согласно приложению ___",
            },
            "Плата, ставки которой определяются согласно приложению ___, берется с гостей.",
        ),
        (
            "При необходимости осмотра лодок смотритель закрывает пристань.",
            "при необходимость",
            {"op": "replace", "reach": "genitive", "with": "в случаях, указанных в пункте ___,"},
            "В случаях, указанных в пункте ___, смотритель закрывает пристань.",
        ),
        (
            "Смотритель принимает все необходимые меры для порядка.",
            "необходимый мера",
            {"op": "sub", "find": r"необходимые (\w+)", "with": r"\1 согласно приложению ___"},
            "Смотритель принимает все меры согласно приложению ___ для порядка.",
        ),
        (
            "Смотритель запрещает громкие песни на пристани.",
            "громкий песня",
            {"op": "insert_after", "reach": "phrase", "with": ", признаки {который} указаны в пункте ___,"},
            "Смотритель запрещает громкие песни, признаки которых указаны в пункте ___, на пристани.",
        ),
    ],
)
def test_edits_reach_what_the_marked_words_govern(
    one: Callable[..., Pack], text: str, pattern: str, edit: dict[str, Any], wording: str
) -> None:
    recommendation = made(one(pattern, edit), text)
    assert recommendation is not None
    assert recommendation.wording == wording


def test_an_edit_may_wait_for_another_to_fail(one: Callable[..., Pack]) -> None:
    edits = (
        {"op": "replace", "match": "^по уважит", "with": "по причинам ___"},
        {"op": "replace", "otherwise": True, "with": "без причин ___"},
    )
    for text, wording in (
        ("Гость не пришел по уважительной причине.", "Гость не пришел по причинам ___."),
        ("Гость не пришел без уважительной причины.", "Гость не пришел без причин ___."),
    ):
        recommendation = made(one("по|без уважительный причина", *edits), text)
        assert recommendation is not None
        assert recommendation.wording == wording


def test_an_edit_may_ask_for_words_to_be_absent(one: Callable[..., Pack]) -> None:
    pack = one("срок ..2 мочь быть продлить", {"op": "insert_after", "absent": "на два дня", "with": "на ___ дней"})
    added = made(pack, "Срок осмотра может быть продлен.")
    assert added is not None
    assert added.wording == "Срок осмотра может быть продлен на ___ дней."
    assert in_words(made(pack, "Срок осмотра может быть продлен на два дня."))


def test_a_noun_shared_with_words_before_stays(one: Callable[..., Pack]) -> None:
    recommendation = made(
        one("и другой работа", {"op": "delete"}), "Пристань закрыта на время ремонтных и других работ."
    )
    assert recommendation is not None
    assert recommendation.wording == "Пристань закрыта на время ремонтных работ."
