"""What a conclusion is made of: one defect one finding, expert's words first, nothing outside of the texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import conclusion_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertise.case.conclusion import canonical, content, merged
from expertise.case.decided import Decided
from expertise.case.decisions import Said
from expertise.case.reading_list import chapters, unread
from expertise.shown_text import ShownText, ShownUnit
from nlp.factors import asides

RU, KK = samples.shown("ru", samples.RU), samples.shown("kk", samples.KK)


def of(*standing: Decided, texts: tuple[ShownText, ...] = (RU, KK)) -> list[dict[str, Any]]:
    return list(content(samples.material(texts, standing))["findings"])


def found(text: ShownText, point: int, name: str, said: Said | None = None, **other: object) -> Decided:
    factor, quote = samples.MARKED[text.language, point]
    return samples.decided(name, samples.machine(text, point, factor, quote, **other), 1, said or Said())


def test_the_two_texts_of_one_norm_are_one_finding_with_the_graver_severity() -> None:
    (one,) = of(found(RU, 1, "a", severity="low"), found(KK, 1, "b", severity="medium"))
    assert one["severity"] == "medium" and one["number"] == 1
    assert [place["finding"] for place in one["places"]] == ["a", "b"]
    assert [each["finding"] for each in one["decisions"]] == ["a", "b"]
    assert one["reasoning"]["kk"]["finding"] == "b"


def test_an_amendment_in_both_texts_is_one_finding_whatever_its_unit_is_called() -> None:
    def change(words: str) -> dict[str, object]:
        return {
            "act": words, "unit": words, "heading": words, "lead": "", "before": words, "after": words, "new": [],
            "gone": [], "marked": [],
        }  # fmt: skip

    (one,) = of(found(RU, 1, "a", change=change("отказывает")), found(KK, 1, "b", change=change("бас тартады")))
    assert {code: each["after"] for code, each in one["change"].items()} == {"ru": "отказывает", "kk": "бас тартады"}
    assert one["norms"] == []
    assert {each["language"]: each["old"] for each in one["proposals"]} == {"ru": "отказывает", "kk": "бас тартады"}


def test_what_is_not_the_same_defect_stays_apart() -> None:
    assert len(of(found(RU, 1, "a"), found(KK, 2, "b"))) == 2  # another norm
    other = found(KK, 1, "b", Said(factor="vague_wording"))
    assert len(of(found(RU, 1, "a"), other)) == 2  # the expert named another factor
    assert len(of(found(RU, 1, "a"), found(RU, 1, "b"))) == 2  # two of one text


def test_what_the_examination_linked_is_one_finding_whatever_the_units_are_called() -> None:
    linked = found(RU, 1, "a", counterpart="b"), found(KK, 1, "b", provision="rules__p_9", counterpart="a")
    (one,) = of(*linked)
    assert [place["finding"] for place in one["places"]] == ["a", "b"]
    other = found(KK, 1, "b", Said(factor="vague_wording"), counterpart="a")
    assert len(of(linked[0], other)) == 2  # the expert named another factor
    assert len(of(linked[0])) == 1  # the other was dismissed


def test_the_second_of_one_text_goes_with_the_second_of_the_other() -> None:
    made = of(found(RU, 1, "a"), found(RU, 1, "b"), found(KK, 1, "c"), found(KK, 1, "d"))
    assert [[place["finding"] for place in each["places"]] for each in made] == [["a", "c"], ["b", "d"]]


entries = st.lists(
    st.fixed_dictionaries(
        {
            "factor": st.sampled_from("ab"),
            "unit": st.sampled_from(["", "1", "2"]),
            "language": st.sampled_from(["ru", "kk"]),
        }
    ),
    max_size=8,
)


@given(entries)
def test_joining_loses_no_place_and_joins_no_two_of_one_text(raw: list[dict[str, str]]) -> None:
    made = merged(
        [
            {
                "factor": each["factor"], "unit": each["unit"], "severity": "low", "proposals": [],
                "places": [{"language": each["language"], "at": at}], "norms": [], "also_at": [], "decisions": [],
                **{name: {} for name in ("reasoning", "risk", "recommendation", "basis", "change")},
            }
            for at, each in enumerate(raw)
        ]
    )  # fmt: skip
    places = [place for each in made for place in each["places"]]
    assert sorted(place["at"] for place in places) == list(range(len(raw)))
    for each in made:
        languages = [place["language"] for place in each["places"]]
        assert len(languages) == len(set(languages)) <= (2 if each["unit"] else 1)


def test_places_an_expert_marked_take_the_place_of_the_machine_s() -> None:
    start = RU.text.index("Уполномоченный")
    at = KK.text.index("Уәкілетті")
    said = Said(places=(("ru", start, start + 14), ("kk", at, at + 9)))
    (one,) = of(found(RU, 1, "a", said, also_at=["rules__p_2"]))
    assert [(place["language"], place["quote"]) for place in one["places"]] == [
        ("ru", "Уполномоченный"), ("kk", "Уәкілетті"),
    ]  # fmt: skip
    assert one["also_at"] == [] and one["change"] == {}
    assert [norm["text"] for norm in one["norms"]] == [f"1. {samples.RU[0]}", f"1. {samples.KK[0]}"]


def test_words_outside_of_the_text_are_not_quoted() -> None:
    (one,) = of(found(RU, 1, "a", Said(places=(("ru", 10**6, 10**6 + 5), ("en", 0, 3)))))
    assert one["places"] == [] == one["norms"]


def test_a_finding_by_hand_that_another_seat_confirms_keeps_its_words() -> None:
    own = {
        "language": "ru", "factor": "vague_wording", "severity": "low", "explanation": "Слова эксперта.",
        "risk": "Риск.", "recommendation": "Уточнить.", "wording": {"ru": "3. Решение принимается за пять дней."},
        "places": [["ru", RU.text.index("в разумный"), RU.text.index("в разумный") + 15]],
    }  # fmt: skip
    confirmed = replace(samples.decided("own-1", own, 7), by_hand=True)
    (one,) = of(confirmed)
    assert one["reasoning"]["ru"] == {"text": "Слова эксперта.", "by": "expert", "finding": "own-1", "decision": 7}
    assert one["recommendation"]["ru"]["text"] == "Уточнить."
    (proposal,) = one["proposals"]
    assert proposal["old"] == samples.RU[2] and proposal["label"] == "3."
    edited = replace(confirmed, decision=replace(confirmed.decision, said=Said(wording={"kk": "3. Жаңа редакция."})))
    (one,) = of(edited)
    assert {each["language"]: each["old"] for each in one["proposals"]} == {"ru": samples.RU[2], "kk": samples.KK[2]}


def test_order_is_that_of_the_act_and_numbers_follow() -> None:
    made = of(found(RU, 3, "c"), found(RU, 1, "a"))
    assert [(each["number"], each["factor"]) for each in made] == [(1, "permissive_power"), (2, "vague_wording")]


def test_findings_at_the_same_words_stay_as_they_were_given() -> None:
    made = of(found(RU, 1, "a", Said(factor="vague_wording")), found(RU, 1, "b"))
    assert [each["factor"] for each in made] == ["vague_wording", "permissive_power"]


def test_a_change_of_one_word_changes_the_hash() -> None:
    one = content(samples.material((RU,), [found(RU, 1, "a")]))
    two = content(samples.material((RU,), [found(RU, 1, "a", Said(risk="Иначе."))]))
    assert canonical(one) != canonical(two)


def with_units(*units: tuple[str, str, int, int]) -> ShownText:
    made = tuple(
        ShownUnit(address, kind, "norm", {"ru": address, "kk": address}, "", start, end, (0, 0), (0, 0), 0)
        for address, kind, start, end in units
    )
    return ShownText("ru", "", "", "txt", "", "x" * 100, made, ())


@pytest.mark.parametrize(
    ("units", "listed"),
    [
        (
            [("order", "order", 0, 9), ("r", "document", 9, 90), ("c1", "chapter", 9, 50), ("c2", "chapter", 50, 90)],
            ["order", "c1", "c2"],
        ),
        ([("order", "order", 0, 10), ("rules", "document", 10, 90), ("p1", "point", 11, 50)], ["order", "rules"]),
        ([("art_1", "article", 0, 10), ("p", "point", 2, 10), ("art_2", "article", 10, 20)], ["art_1", "art_2"]),
        ([("p_1", "point", 0, 10), ("p_2", "point", 10, 20)], ["p_1", "p_2"]),
        ([], []),
    ],
)  # fmt: skip
def test_what_is_read_chapter_by_chapter(units: list[tuple[str, str, int, int]], listed: list[str]) -> None:
    found = chapters([with_units(*units)], {"chapter:c1", "chapter:art_1"})
    assert [each.address for each in found] == listed
    assert [each.address for each in unread(found)] == [name for name in listed if name not in ("c1", "art_1")]


def test_a_chapter_of_both_texts_is_one() -> None:
    text = with_units(("c1", "chapter", 0, 10))
    (one,) = chapters([text, replace(text, language="kk")], set())
    assert set(one.heading) == {"ru", "kk"}


def test_what_the_machine_says_in_both_languages_stands_in_both() -> None:
    other = {
        "language": "kk",
        "explanation": "Мерзім жоқ.",
        "risk": "Созбалау қаупі.",
        "instruction": "Мерзім көрсетілсін.",
        "basis": [{"text": "ӘРПК, 11-бап", "mark": "R:19", "verified": "2026-01-10"}],
    }
    bare = found(RU, 1, "one")
    told = Decided(bare.finding, {**bare.content, "otherwise": other}, bare.decision)
    (entry,) = of(told)
    assert set(entry["reasoning"]) == set(entry["risk"]) == set(entry["recommendation"]) == {"ru", "kk"}
    assert entry["reasoning"]["kk"]["text"] == "Мерзім жоқ."
    assert entry["basis"]["kk"] == ["ӘРПК, 11-бап"]
    assert entry["recommendation"]["kk"] == {
        **entry["recommendation"]["kk"],
        "text": "Мерзім көрсетілсін.",
        "by": "machine",
    }

    for words, language in (("Срок не указан.", "ru"), ("Мерзімі көрсетілмеген.", "kk")):
        said = found(RU, 1, "one", Said(explanation=words))
        (entry,) = of(Decided(said.finding, {**said.content, "otherwise": other}, said.decision))
        assert {code: each["text"] for code, each in entry["reasoning"].items()} == {language: words}
        assert set(entry["risk"]) == {"ru", "kk"}  # the expert left it as it was


def test_translations_give_way_to_the_words_of_the_other_text_and_to_an_expert_s() -> None:
    def told(text: ShownText, name: str, words: str, other: str, own: str = "") -> Decided:
        bare = found(text, 1, name, Said(explanation=own))
        code = "kk" if text is RU else "ru"
        otherwise = {"language": code, "explanation": other, "risk": "", "instruction": ""}
        content = {**bare.content, "explanation": words, "otherwise": otherwise}
        return Decided(bare.finding, content, bare.decision)

    russian = told(RU, "one", "Срок не указан.", "Аударма: мерзім жоқ.")
    (entry,) = of(russian, told(KK, "two", "Мерзімі көрсетілмеген.", "Перевод: срока нет."))
    assert {code: each["text"] for code, each in entry["reasoning"].items()} == {
        "ru": "Срок не указан.", "kk": "Мерзімі көрсетілмеген.",
    }  # fmt: skip
    (entry,) = of(russian, told(KK, "two", "Мерзімі көрсетілмеген.", "Перевод: срока нет.", "Сарапшы: мерзім жоқ."))
    assert entry["reasoning"]["kk"]["text"] == "Сарапшы: мерзім жоқ." and entry["reasoning"]["kk"]["by"] == "expert"
    assert entry["reasoning"]["ru"]["text"] == "Срок не указан."
    typed = told(
        KK, "two", "Мерзімі көрсетілмеген.", "Перевод: срока нет.", "Срок, в который орган решает, не указан: " * 3
    )
    (entry,) = of(russian, typed)
    assert entry["reasoning"]["ru"]["by"] == "expert"


def test_the_machine_s_word_to_the_expert_is_in_no_conclusion() -> None:
    for aside in asides():
        bare = found(RU, 1, "one")
        (entry,) = of(Decided(bare.finding, {**bare.content, "explanation": f"Срока нет. {aside}"}, bare.decision))
        assert entry["reasoning"]["ru"]["text"] == "Срока нет."
        said = found(RU, 1, "one", Said(explanation=f"Срок не указан. {aside}"))
        (entry,) = of(said)
        assert {each["text"] for each in entry["reasoning"].values()} == {"Срок не указан."}


def test_findings_stand_in_the_order_of_the_act_whoever_found_them_and_in_whichever_text() -> None:
    start = RU.text.index("и иные документы")
    own = {"factor": "vague_wording", "severity": "low", "places": [["ru", start, start + 5]], "language": "ru"}
    by_hand = replace(samples.decided("hand", own, 9), by_hand=True)
    in_kazakh_only = found(KK, 3, "kk-3")
    made = of(found(RU, 4, "ru-4"), found(RU, 1, "ru-1"), in_kazakh_only, by_hand)
    assert [each["unit"] for each in made] == [f"rules__p_{number}" for number in (1, 2, 3, 4)]
    assert [each["number"] for each in made] == [1, 2, 3, 4]


def test_a_norm_that_only_the_other_text_has_stands_after_the_one_before_it() -> None:
    shorter = replace(RU, units=tuple(unit for unit in RU.units if unit.address != "rules__p_3"))
    made = of(found(RU, 4, "ru-4"), found(KK, 3, "kk-3"), found(RU, 2, "ru-2"), texts=(shorter, KK))
    assert [each["unit"] for each in made] == [f"rules__p_{number}" for number in (2, 3, 4)]
    alone = of(found(KK, 3, "kk-3"), texts=(replace(RU, units=()), KK))
    assert len(alone) == 1


def test_a_point_does_not_repeat_its_own_subpoints() -> None:
    below = replace(RU.units[1], address="rules__p_1__sub_1", start=RU.units[1].start)
    text = replace(RU, units=(*RU.units, below))
    (one,) = of(found(text, 1, "a", also_at=["rules__p_1__sub_1", "rules__p_3"]), texts=(text,))
    assert [each["ru"] for each in one["also_at"]] == ["пункт 3 Правил"]
