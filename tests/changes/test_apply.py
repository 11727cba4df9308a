"""Operations applied to a text in force: each kind, in sequence, and what cannot be applied is said, not guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.changes.bases import base_of
from nlp.changes.change import State
from nlp.changes.rebuild import rebuild
from nlp.structure import structure
from nlp.structure.operations import LAST, AmendedAct, Operation, OperationKind, Piece, Step
from tests.changes.making import ACT, BASE_RU, act, operation, path, rebuilt

K = OperationKind
RULES = "Правила выдачи разрешений на лов\nГлава 1"


def amended(draft: str, *operations: Operation, base: str = BASE_RU, language: str = "ru") -> str:
    """The rules as amended; every operation must have been applied."""
    result = rebuilt(draft, operations, base, language=language)
    assert [(outcome.state, outcome.code) for outcome in result.outcomes] == [(State.REBUILT, "")] * len(operations)
    (made,) = result.acts
    assert made.after.source.text == made.text.text
    return made.text.text


def code(draft: str, *operations: Operation, base: str = BASE_RU) -> str:
    """Why the last operation cannot be applied."""
    return rebuilt(draft, operations, base).outcomes[-1].code


@pytest.mark.parametrize(
    ("draft", "kind", "target", "old", "new", "now", "no_more"),
    [
        ("изложить: «4. Услугодатель решает сам.»", K.REPLACE, "para_4", "", "4. Услугодатель решает сам.",
         "\n4. Услугодатель решает сам.\n5. К заявлению", "пяти рабочих дней"),
        ("изложить: «Услугодатель решает сам.»", K.REPLACE, "para_4", "", "Услугодатель решает сам.",
         "\n4. Услугодатель решает сам.\n5. К заявлению", "пяти рабочих дней"),
        ("изложить: «2) схему.»", K.REPLACE, "para_3/subpara_2", "", "2) схему.",
         "1) заявление;\n2) схему.\nКопия", "копию"),
        ("изложить: «Срок не продлевается.»", K.REPLACE, "para_2/clause_2", "", "Срок не продлевается.",
         "год.\nСрок не продлевается.\nОтказ", "один раз"),
        ("изложить: «Заявитель представляет:»", K.REPLACE, "para_3/indent_1", "", "Заявитель представляет:",
         "\n3. Заявитель представляет:\n1) заявление;", "Для получения"),
        ("дополнить: «3) схему.»", K.INSERT, "para_3/subpara_3", "", "3) схему.", "судна.\n3) схему.\nКопия", ""),
        ("дополнить: «1-1) схему;»", K.INSERT, "para_3/subpara_1-1", "", "1-1) схему;",
         "заявление;\n1-1) схему;\n2)", ""),
        ("дополнить: «3-1. Орган решает.»", K.INSERT, "para_3-1", "", "3-1. Орган решает.",
         "заверяется.\n3-1. Орган решает.\n4. Услугодатель", ""),
        ("дополнить: «0. Орган решает.»", K.INSERT, "para_0", "", "0. Орган решает.",
         "положения\n0. Орган решает.\n1. Настоящие", ""),
        ("дополнить: «Плата не взимается.»", K.INSERT, "para_2/clause_2", "", "Плата не взимается.",
         "год.\nПлата не взимается.\nСрок", ""),
        ("дополнить: «схема;»", K.INSERT, "para_5/indent_2", "", "схема;", "бумаги:\nсхема;\nпаспорт", ""),
        ("дополнить: «7. Орган решает.»", K.INSERT, "para_7", "", "7. Орган решает.", "журнал.\n7. Орган решает.", ""),
        ("исключить", K.DELETE, "para_5/indent_3", "", "", "паспорт судна;\nкарта.", "свидетельство"),
        ("исключить", K.DELETE, "para_3", "", "", "выдачи\n4. Услугодатель", "Копия заверяется"),
        ("утратил силу", K.REPEAL, "para_4", "", "", "заверяется.\n5. К", "пяти рабочих"),
        ("слова «один год» – «два года»", K.REPLACE_WORDS, "para_2", "один год", "два года",
         "на два года.", "один год"),
        ("слова «заявление» – «запрос»", K.REPLACE_WORDS, "para_3/subpara_1", "заявление", "запрос", "1) запрос;", ""),
        ("слова «в течение пяти рабочих дней»", K.DELETE_WORDS, "para_4", "в течение пяти рабочих дней", "",
         "4. Услугодатель рассматривает", "пяти"),
        ("после слов «заявление» – «и фото»", K.INSERT_WORDS, "para_3/subpara_1", "заявление", "и фото",
         "1) заявление и фото;", ""),
        ("после слов «заявление» – «, фото»", K.INSERT_WORDS, "para_3/subpara_1", "заявление", ", фото",
         "1) заявление, фото;", ""),
        ("дополнить словами «и фото»", K.INSERT_WORDS, "para_3/subpara_2", "", "и фото",
         "паспорта судна и фото.\nКопия", ""),
        ("слова «Разрешение» – «Право»", K.REPLACE_WORDS, "para_2/clause_1", "Разрешение", "Право",
         "2. Право выдаётся", ""),
    ],
)  # fmt: skip
def test_operations(draft: str, kind: K, target: str, old: str, new: str, now: str, no_more: str) -> None:
    text = amended(draft, operation(draft, kind, target, draft.split(":")[0].split("«")[0].strip(), old, new))
    assert now in text
    assert not no_more or no_more not in text


def test_words_in_their_cases_all_over_the_text() -> None:
    draft = "по всему тексту слова «уполномоченный орган» заменить словами «местный исполнительный орган»"
    replaced = operation(
        draft, K.REPLACE_WORDS, "", "по всему тексту", "уполномоченный орган", "местный исполнительный орган",
        everywhere=True, inflected=True,
    )  # fmt: skip
    assert "6. Решение местного исполнительного органа обжалуется в суд. Местный исполнительный орган" in amended(
        draft, replaced
    )


def test_kazakh_words_in_their_cases() -> None:
    base = "ҚАҒИДАЛАР\nБалық аулауға рұқсат беру қағидалары\n1. Уәкілетті органның шешімі жарияланады.\n2. Орган."
    draft = "мәтін бойынша «уәкілетті орган» деген сөздер «әкімдік» деген сөзбен ауыстырылсын"
    act_kk = AmendedAct(title="Балық аулауға рұқсат беру қағидалары")
    replaced = operation(
        draft, K.REPLACE_WORDS, "", "мәтін бойынша", "уәкілетті орган", "әкімдік", act_kk, everywhere=True
    )
    assert "1. Әкімдіктің шешімі жарияланады." in amended(draft, replaced, base=base, language="kk")


def test_latin_letters_in_the_text_in_force_hide_no_words() -> None:
    draft = "слово «карта» заменить словом «план»"
    base = BASE_RU.replace("карта", "кaртa")  # two Latin letters
    assert "\nплан." in amended(draft, operation(draft, K.REPLACE_WORDS, "para_5", "слово", "карта", "план"), base=base)


def test_words_before_other_words() -> None:
    draft = "перед словом «карта» дополнить словами «или»"
    put = operation(draft, K.INSERT_WORDS, "para_5/indent_4", "перед словом", "карта", "или", before=True)
    assert "\nили карта." in amended(draft, put)


def test_several_operations_on_one_unit_in_sequence() -> None:
    draft = "а) «один год» – «два года»; б) «4) фото.»; в) «5) план.»; г) «разрешение» исключить"
    text = amended(
        draft,
        operation(draft, K.REPLACE_WORDS, "para_2", "а)", "один год", "два года"),
        operation(draft, K.INSERT, "para_3/subpara_4", "б)", "", "4) фото."),
        operation(draft, K.INSERT, "para_3/subpara_5", "в)", "", "5) план."),
        operation(draft, K.DELETE_WORDS, "para_4", "г)", "разрешение"),
    )
    assert "на два года." in text
    assert "2) копию паспорта судна.\n4) фото.\n5) план.\nКопия" in text
    assert "выдаёт либо мотивированный отказ" in text


def test_a_unit_put_in_by_the_draft_can_be_amended_by_it() -> None:
    draft = "а) «7. Орган решает быстро.» б) слово «быстро» – «сразу»"
    text = amended(
        draft,
        operation(draft, K.INSERT, "para_7", "а)", "", "7. Орган решает быстро."),
        operation(draft, K.REPLACE_WORDS, "para_7", "б)", "быстро", "сразу"),
    )
    assert "7. Орган решает сразу." in text


def test_ordinals_count_in_the_text_in_force() -> None:
    draft = "а) абзац второй исключить; б) абзац третий исключить"
    text = amended(
        draft,
        operation(draft, K.DELETE, "para_5/indent_2", "а)"),
        operation(draft, K.DELETE, "para_5/indent_3", "б)"),
    )
    assert "бумаги:\nкарта." in text


def test_the_last_unit_and_units_by_title() -> None:
    draft = "последний абзац исключить"
    last = replace(
        operation(draft, K.DELETE, "para_5/indent_4", "последний"),
        target=(*path("para_5"), Step(path("indent_1")[0].kind, LAST)),
    )
    assert "карта." not in amended(draft, last)
    by_title = replace(last, target=(Step(path("chp_1")[0].kind, title="порядок выдачи"),))
    assert "Глава 2" not in amended(draft, by_title)
    heading = replace(
        last, kind=K.REPLACE_WORDS, target=(*path("chp_2"), Step(Piece.HEADING)), old=(0, 9), new=(10, 15)
    )
    assert code(draft, heading) == "examine.operation_words_missing"


@pytest.mark.parametrize(
    ("kind", "target", "old", "new", "wanted"),
    [
        (K.REPLACE, "para_44", "", "слово", "unit_missing"),
        (K.REPLACE, "para_4", "", "", "empty"),
        (K.INSERT, "para_4", "", "слово", "unit_exists"),
        (K.INSERT, "para_44/subpara_1", "", "слово", "unit_missing"),
        (K.DELETE, "para_3/subpara_9", "", "", "unit_missing"),
        (K.REPLACE, "", "", "слово", "whole_act"),
        (K.REPEAL, "", "", "", "whole_act"),
        (K.REPLACE_WORDS, "para_4", "чужое", "слово", "words_missing"),
        (K.REPLACE_WORDS, "para_5", "судна", "", "empty"),
        (K.DELETE_WORDS, "", "разрешений", "", "words_several"),
        (K.DELETE_WORDS, "para_4", "", "", "empty"),
    ],
)
def test_what_cannot_be_applied_is_said(kind: K, target: str, old: str, new: str, wanted: str) -> None:
    draft = "в пункте чужое разрешений судна слово"
    given_op = operation(draft, kind, target, "в пункте", old, new)
    assert code(draft, given_op) == f"examine.operation_{wanted}"
    assert rebuilt(draft, [given_op], BASE_RU).acts == ()


@pytest.mark.parametrize(
    ("amending", "wanted"),
    [
        (ACT, ""),
        (AmendedAct(date="2024-03-12", number="77", document="rules"), ""),
        (AmendedAct(title="Об утверждении Правил выдачи разрешений на лов", document="rules"), ""),
        (replace(ACT, number="78"), "examine.operation_other_base"),
        (replace(ACT, date="2023-03-12"), "examine.operation_other_base"),
        (AmendedAct(title="Об утверждении Правил содержания собак", document="rules"), "examine.operation_other_base"),
        (AmendedAct(), "examine.operation_act_unnamed"),
        (replace(ACT, document="instruction"), "examine.operation_unit_missing"),
    ],
)
def test_the_act_must_be_the_one_that_is_given(amending: AmendedAct, wanted: str) -> None:
    draft = "пункт 4 исключить"
    assert code(draft, operation(draft, K.DELETE, "para_4", "пункт 4", amended=amending)) == wanted


def test_without_the_wording_in_force_it_is_asked_for() -> None:
    draft = "а) исключить; б) «4. Орган решает.»"
    struck = operation(draft, K.DELETE, "para_4", "а)")
    quoted = operation(draft, K.REPLACE, "para_4", "б)", "", "4. Орган решает.", units=["qstr__para_4"])
    states = [(o.state, o.code) for o in rebuilt(draft, [struck, quoted]).outcomes]
    assert states == [
        (State.NEEDS_WORDING, "examine.operation_needs_base"),
        (State.JUDGED_AS_QUOTED, "examine.operation_needs_base"),
    ]
    other_language = rebuilt(draft, [struck], BASE_RU, language="kk").outcomes[0]
    assert other_language.state is State.NEEDS_WORDING


def test_a_base_that_does_not_say_what_it_is_is_not_taken() -> None:
    draft = "пункт 1 исключить"
    nameless = "1. Орган решает.\n2. Орган ведёт журнал."
    outcome = rebuilt(draft, [operation(draft, K.DELETE, "para_1", "пункт 1")], nameless).outcomes[0]
    assert (outcome.state, outcome.code) == (State.NEEDS_WORDING, "examine.operation_base_unnamed")


def test_a_unit_that_a_partial_base_lacks_still_needs_the_wording_in_force() -> None:
    draft = "пункт 44 исключить"
    partial = replace(base_of(act(BASE_RU), 0), partial=True)
    operations = [operation(draft, K.DELETE, "para_44", "пункт 44")]
    outcome = rebuild(act(draft), operations, [partial], lambda _: "ru", structure).outcomes[0]
    assert (outcome.state, outcome.code) == (State.NEEDS_WORDING, "examine.operation_needs_base")


def test_two_alike_bases_are_not_chosen_between() -> None:
    draft = "пункт 4 исключить"
    outcome = rebuilt(draft, [operation(draft, K.DELETE, "para_4", "пункт 4")], BASE_RU, BASE_RU).outcomes[0]
    assert (outcome.state, outcome.code) == (State.NEEDS_WORDING, "examine.operation_bases_alike")


def test_every_word_knows_where_it_comes_from() -> None:
    draft = "слова «один год» заменить словами «три месяца»"
    (made,) = rebuilt(
        draft, [operation(draft, K.REPLACE_WORDS, "para_2", "слова", "один год", "три месяца")], BASE_RU
    ).acts
    at = made.text.text.index("три месяца")
    ((start, end),) = made.text.draft_spans(at - 5, at + 20)
    assert draft[start:end] == "три месяца"
    assert made.text.draft_spans(0, at) == ()


KINDS = st.sampled_from(list(OperationKind))
TARGETS = st.sampled_from(
    ["para_1", "para_2/clause_1", "para_2/clause_2", "para_3", "para_3/subpara_1", "para_3/subpara_7", "para_4",
     "para_5/indent_1", "para_5/indent_3", "para_9", "chp_1", "para_2-1", "para_5/indent_9", ""]
)  # fmt: skip
WORDS = st.sampled_from(["", "срок", "заявление", "судна", "4. Новый пункт.", "1) новое;\n2) второе."])


@settings(max_examples=80)
@given(st.lists(st.tuples(KINDS, TARGETS, WORDS, WORDS, st.booleans()), max_size=6))
def test_any_sequence_of_operations_is_answered(rows: list[tuple[K, str, str, str, bool]]) -> None:
    draft = "поправка срок заявление судна 4. Новый пункт. 1) новое;\n2) второе."
    operations = [
        operation(draft, kind, target, "поправка", old, new, everywhere=flag) for kind, target, old, new, flag in rows
    ]
    result = rebuilt(draft, operations, BASE_RU)
    assert len(result.outcomes) == len(rows)
    for made in result.acts:
        assert made.after.source.text == made.text.text
        for (start, end), (first, last) in made.text.kept(0, len(made.text.text)):
            assert made.text.text[start:end] == act(BASE_RU).source.text[first:last]
