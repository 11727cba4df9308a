"""The trial of a tagger: what agrees is chosen, nothing else is touched, and the analyser is put back."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.slovnet_ablation import Tag, Tagged, analyser, figures
from nlp.language import of
from nlp.language.russian import Russian
from tests.conftest import REPOSITORY

TEXT = "Дворник вчера мыла не получил. Уборщица мыла пол."


def by_word(tags: dict[str, list[Tag]]):  # type: ignore[no-untyped-def]
    """A tagger that answers from a table, one entry of a word after the other."""

    def tagger(words: Sequence[str]) -> list[Tag]:
        return [tags[word].pop(0) if tags.get(word) else ("X", {}) for word in words]

    return tagger


def test_the_reading_that_agrees_is_chosen_word_by_word() -> None:
    noun: Tag = ("NOUN", {"Case": "Gen", "Number": "Sing"})
    tagged = Tagged(by_word({"мыла": [noun, ("VERB", {"Number": "Sing"})]}))
    with analyser(tagged):
        tokens = [token for token in of("ru").analyse(TEXT) if token.text == "мыла"]
    assert [token.lemma for token in tokens] == ["мыло", "мыть"]
    assert "noun" in tokens[0].tags and "verb" in tokens[1].tags


def test_without_agreement_the_order_of_the_dictionary_stays() -> None:
    plain = of("ru").analyse(TEXT)
    tagged = Tagged(by_word({}))
    with analyser(tagged):
        assert of("ru").analyse(TEXT) == plain
    assert (tagged.changed, tagged.tokens) == (0, len(plain))


def test_the_analyser_is_put_back_after_a_failure() -> None:
    before = Russian.analyse
    try:
        with analyser(Tagged(by_word({}))):
            raise RuntimeError
    except RuntimeError:
        pass
    assert Russian.analyse is before


def test_figures_are_shares() -> None:
    made = figures([REPOSITORY / "corpora/own/provisions-ru.jsonl", REPOSITORY / "corpora/own/pairs-ru.jsonl"])
    assert set(made) == {"any-factor F1", "micro F1", "pairs both right"}
    assert all(0 < value <= 1 for value in made.values())
