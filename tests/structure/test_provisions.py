"""Provisions: what is judged, with heading, lead-in, closing words and places."""

from __future__ import annotations

import itertools

import pytest

from nlp.structure import provisions, structure
from nlp.structure.act import Provision, Role
from nlp.structure.provisions import NOT_JUDGED, closing_predicate
from tests.structure import drafts
from tests.structure.helpers import source, with_table


def of(text: str) -> dict[str, Provision]:
    return {p.id: p for p in provisions(structure(source(text)))}


ALL = [drafts.LAW_RU, drafts.LAW_KK, drafts.ORDER_RU, drafts.ORDER_KK, drafts.AMENDING_RU, drafts.AMENDING_KK]


@pytest.mark.parametrize("text", ALL)
def test_every_word_of_a_norm_is_covered_once(text: str) -> None:
    act = structure(source(text))
    found = provisions(act)
    covered = sorted((p.text_at, p.text_at + len(p.text)) for p in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(covered))
    owned = {u.own for u in act.root.walk() if u.own != (0, 0) and u.role not in NOT_JUDGED}
    assert owned == set(covered)
    assert len({p.id for p in found}) == len(found)


@pytest.mark.parametrize("text", ALL)
def test_fields_are_pieces_of_the_text(text: str) -> None:
    act = structure(source(text))
    for p in provisions(act):
        for words, at in ((p.text, p.text_at), (p.lead, p.lead_at), (p.heading, p.heading_at), (p.tail, p.tail_at)):
            assert (at == -1) == (words == "")
            assert act.source.text[at : at + len(words)] == words if words else True
        assert act.find(p.address) is not None and p.path[0] == "act" and p.path[-1] == p.address


def test_heading_lead_and_form() -> None:
    found = of(drafts.LAW_RU)
    item = found["art_7__para_2__subpara_3-1"]
    assert (item.heading, item.lead, item.act_form) == ("Порядок доступа", "Заявка содержит:", "law")
    assert found["art_7__para_2__subpara_3-1__subpara_б"].lead == "сведения о судне:"
    assert found["art_7__para_2__clause_3__indent_2"].lead == "Отказ оформляется письменно и содержит:"
    assert found["art_7__para_2__clause_2"].lead == ""
    assert found["art_7__para_2__clause_3"].opens_list and not found["art_7__para_2__clause_2"].opens_list
    rules = of(drafts.ORDER_RU)
    assert (
        rules["doc_1__para_12__subpara_4"].heading == "Порядок"
        and rules["doc_1__para_12__subpara_4"].act_form == "rules"
    )
    assert rules["order__para_3"].act_form == "order" and rules["order__para_3"].role is Role.ENTRY_INTO_FORCE


def test_titles_stamps_and_signatures_are_not_judged() -> None:
    found = of(drafts.ORDER_RU)
    assert not [p for p in found.values() if p.role in NOT_JUDGED]
    assert not [p for p in found.values() if "Министр А. Буев" in p.text or p.text == "Правила пользования дорожками"]


def test_rows_are_read_with_the_head_of_the_table() -> None:
    rows = [["№", "Нарушение", "Срок"], ["1", "Опоздание", "10 дней"]]
    act = structure(with_table("Правила сбора\n1. Сбор.\nПриложение 3 к Правилам сбора\nСроки", rows))
    row = next(p for p in provisions(act) if p.id == "annex_3__row_1")
    assert (row.text, row.lead, row.heading) == ("Опоздание\n10 дней", "№\nНарушение\nСрок", "Сроки")


def test_quoted_wording_is_judged_with_its_own_lead() -> None:
    item = of(drafts.AMENDING_RU)["order__para_1__subpara_1__qstr__para_9__subpara_4"]
    assert (item.role, item.lead, item.text) == (Role.QUOTED, "К заявке прилагаются:", "иные документы.")


def test_paragraph_that_no_colon_announces_has_no_lead() -> None:
    articles = [
        f"Статья {n}. А\n1. По части первой статьи {n} решает суд.\nПодробности в кодексе." for n in range(1, 7)
    ]
    assert of("\n".join(articles))["art_3__clause_1__indent_2"].lead == ""


LISTS = [
    ("Тасымалдаушы:\n1) шарт жасасуға;\n2) бас тартуға құқылы.", "құқылы."),
    ("Нотариустың:\n1) кеңес беруге;\n2) мәміле жасауға құқығы жоқ.", "құқығы жоқ."),
    ("Басқарма:\n1) тіркелуін;\n2) орналастырылуын қамтамасыз етсін.", "қамтамасыз етсін."),
    ("Осы Қағидалардың күші:\n1) тасымалдауға;\n2) тасымалға қолданылмайды.", "қолданылмайды."),
    ("Мыналар:\n1) паспорт;\n2) куәлік негіздер болып табылады.", "негіздер болып табылады."),
    ("Қызметші:\n1) келуге;\n2) сақтауға міндетті.", "міндетті."),
    ("Өтініште:\n1) аты;\n2) мекенжайы қамтылуға тиіс.", "қамтылуға тиіс."),
    ("Рұқсат:\n1) сот шешімімен;\n2) органның шешімімен кері қайтарылуы мүмкін.", "қайтарылуы мүмкін."),
    ("Қызметші:\n1) келуге;\n2) сақтауға тиіс.", "тиіс."),
]


@pytest.mark.parametrize(("text", "tail"), LISTS)
def test_kazakh_predicate_at_the_end_governs_the_whole_list(text: str, tail: str) -> None:
    found = of(f"Су жинау қағидалары\n1. {text}\n2. Өзгесі жоқ.")
    first, last = found["doc_1__para_1__subpara_1"], found["doc_1__para_1__subpara_2"]
    assert first.tail == tail and last.tail == "" and last.text.endswith(tail)


@pytest.mark.parametrize(
    "text",
    [
        "Комитет:\n1) ұйымдастырады;\n2) үйлестіреді.",  # every item has its own predicate
        "Мынадай құжаттар қоса беріледі:\n1) паспорт;\n2) куәлік.",  # the lead-in has it
        "Орган:\n1) собирает;\n2) не отказывает.",  # Russian
    ],
)
def test_lists_without_a_common_predicate(text: str) -> None:
    assert not [p for p in of(f"Су жинау қағидалары\n1. {text}\n2. Өзгесі жоқ.").values() if p.tail]


def test_closing_words_on_a_line_of_their_own() -> None:
    found = of("Су жинау қағидалары\n1. Тасымалдаушы:\n1) шарт жасасуға;\n2) бас тартуға\nқұқылы.\n2. Өзгесі.")
    assert found["doc_1__para_1__subpara_2"].text == "бас тартуға\nқұқылы."
    assert found["doc_1__para_1__subpara_1"].tail == "құқылы."
    flush = of("Правила\n1. Лица:\n1) скрывшие доход;\n2) не подавшие отчет;\nнесут ответственность.\n2. Иное.")
    assert [p.tail for p in flush.values() if "subpara" in p.id] == ["несут ответственность."] * 2


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("бас тартуға құқылы.", "құқылы."), ("негіз болып табылады;", "негіз болып табылады;"),
        ("жүзеге асырады.", "жүзеге асырады."), ("өтінім береді", "береді"), ("паспорт;", None),
        ("тасымалдауға;", None),
        ("қағидаларын", None), ("", None),
    ],
)  # fmt: skip
def test_closing_predicate(text: str, cut: str | None) -> None:
    found = closing_predicate(text)
    assert (text[found:] if found is not None else None) == cut


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["1) шараларды;", "2) есептерді беруді;", "3) жоспарды талап етуге құқылы."], ["құқылы.", "құқылы.", ""]),
        (["1) жоспардың көшірмесін;", "2) тәртібін;", "3) есепті ұсынуға міндетті."], ["міндетті.", "міндетті.", ""]),
        (["1) айлақты ашады;", "2) айлақты жабуға құқылы."], ["", ""]),  # each says itself
        (
            ["1) ашуға;", "2) жабуға. Жабу туралы хабарланады;", "3) көшіруге;", "4) тексеруге құқылы."],
            ["құқылы.", "", "құқылы.", ""],
        ),
    ],
)
def test_the_last_predicate_governs_items_that_end_with_an_object(items: list[str], expected: list[str]) -> None:
    found = of("Айлақты пайдалану қағидалары\n1. Оператор:\n" + "\n".join(items))
    assert [found[f"doc_1__para_1__subpara_{n}"].tail for n in range(1, len(items) + 1)] == expected


def test_the_last_predicate_reaches_paragraphs_and_lists_inside_items() -> None:
    found = of(
        "Айлақты пайдалану қағидалары\n1. Оператор:\n1) кемені тексеруге.\nТексеру бір күн ішінде жүргізіледі;\n"
        "2) мыналарды:\nжоспарды;\nесепті сұратуға;\n3) айлақты жабуға құқылы."
    )
    item = "doc_1__para_1__subpara"
    assert found[f"{item}_1__clause_1"].tail == "құқылы."
    assert found[f"{item}_1__clause_2"].tail == ""
    assert found[f"{item}_2__indent_2"].tail == found[f"{item}_2__indent_3"].tail == "құқылы."
