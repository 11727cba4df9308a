"""What documents call a conclusion and its draft: dates in the official form, the kind of the act where it is known."""

from __future__ import annotations

from typing import Any

import conclusion_samples as samples
import pytest

from expertise.case.answers import recommended
from expertise.case.conclusion import content
from expertise.documents.answer_form import answer_form
from expertise.documents.comparison import comparison
from expertise.documents.measures_plan import measures_plan
from expertise.documents.model import Paragraph, Style, Table
from expertise.documents.naming import dated, named
from expertise.documents.words import words


def test_dates_stand_in_the_form_that_a_sentence_needs() -> None:
    assert dated("2026-12-03", words("kk")) == {
        "date": "2026 жылғы 3 желтоқсан",
        "date_of": "2026 жылғы 3 желтоқсандағы",
        "date_on": "2026 жылғы 3 желтоқсанда",
    }
    assert set(dated("2026-12-03", words("ru")).values()) == {"3 декабря 2026 года"}
    for language in ("ru", "kk"):
        assert set(dated("", words(language)).values()) == {"___"} == set(dated("2026-13-01", words(language)).values())
        for month in range(1, 13):
            assert len(set(dated(f"2026-{month:02}-01", words(language)).values())) == (3 if language == "kk" else 1)
    assert dated("2026-07-08", words("kk"))["date_of"] == "2026 жылғы 8 шілдедегі"
    assert dated("2026-09-08", words("kk"))["date_on"] == "2026 жылғы 8 қыркүйекте"


def of(act_form: str = "", forms: dict[str, str] | None = None) -> dict[str, Any]:
    made = samples.both()
    made["requisites"]["act_form"] = act_form
    made["act"]["forms"] = {"ru": "order", "kk": "order"} if forms is None else forms
    return made


@pytest.mark.parametrize(
    ("act_form", "forms", "ru", "kk"),
    [
        ("", None, "приказа «Об утверждении Правил»", "«Қағидаларды бекіту туралы» бұйрығының"),
        ("Постановление", None, "постановления «Об утверждении Правил»", "«Қағидаларды бекіту туралы» қаулысының"),
        ("қаулы", None, "постановления «Об утверждении Правил»", "«Қағидаларды бекіту туралы» қаулысының"),
        ("иное", None, "«Об утверждении Правил»", "«Қағидаларды бекіту туралы»"),
        ("", {"ru": "rules"}, "«Об утверждении Правил»", "«Қағидаларды бекіту туралы»"),
        ("", {}, "«Об утверждении Правил»", "«Қағидаларды бекіту туралы»"),
    ],
)
def test_the_kind_of_the_act_is_named_where_it_is_known(act_form: str, forms: Any, ru: str, kk: str) -> None:
    made = of(act_form, forms)
    assert named(made, words("ru"))["draft"] == ru and named(made, words("kk"))["draft"] == kk


def titles(document: Any) -> list[str]:
    return [each.text for each in document.blocks if isinstance(each, Paragraph) and each.style is Style.TITLE]


def test_kazakh_titles_end_with_what_the_paper_is() -> None:
    made = samples.both()
    plan, table = measures_plan(made, "kk", "a" * 64, {}), comparison(made, "kk", "a" * 64)
    assert titles(plan) == [
        "«Қағидаларды бекіту туралы» бұйрығының жобасы бойынша",
        "сыбайлас жемқорлық тәуекелдерін жою жөніндегі",
        "іс-шаралар ЖОСПАРЫ",
    ]
    assert plan.page_statement == "2026 жылғы 2 наурыздағы № 15 қорытындыға қоса берілетін іс-шаралар жоспары"
    assert titles(table) == [
        "«Қағидаларды бекіту туралы» бұйрығының жобасының",
        "сыбайлас жемқорлыққа қарсы ғылыми сараптама ұсынатын редакциямен",
        "САЛЫСТЫРМА КЕСТЕСІ",
    ]
    assert titles(comparison(made, "ru", "a" * 64))[1] == "к проекту приказа «Об утверждении Правил»"


def test_a_recommendation_in_words_alone_stands_in_the_plan_and_is_answered() -> None:
    text = samples.shown("ru", samples.RU)
    found = samples.machine(text, 1, "permissive_power", "вправе", recommendation=None)
    own = {**found, "recommendation": "Закрепить закрытый перечень оснований."}
    made = content(samples.material([text], [samples.decided("a", own)]))
    assert [each["number"] for each in recommended(made)] == [1] and made["findings"][0]["proposals"] == []
    for document in (measures_plan(made, "ru", "a" * 64, {}), answer_form(made, "ru", "a" * 64, 20)):
        (table,) = [block for block in document.blocks if isinstance(block, Table)]
        assert table.rows[0][0].text == "1" and "закрытый перечень" in "".join(cell.text for cell in table.rows[0])
