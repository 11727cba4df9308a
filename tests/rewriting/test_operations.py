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
        ("Мерзім", "Мерзім ұзартылады.", f"{GROUNDS} мерзім ұзартылады."),
    ],
)
def test_kazakh_words_are_put_before_the_whole_noun_phrase(marked: str, text: str, wording: str) -> None:
    start = text.index(marked)
    tokens = language.of("kk").analyse(text)
    site = Site("kk", text, tokens, start, start + len(marked), None, "осы тармақта")
    made = changes(site, {"op": "insert_before", "with": GROUNDS})
    assert apply(text, made).lower() == wording.lower()
