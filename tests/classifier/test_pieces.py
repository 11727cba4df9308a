"""Words → pieces: places stay true whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.classifier.classifier import TOKENIZER, whole_words
from nlp.classifier.pieces import KAZAKH, PAD, RUSSIAN, SEPARATOR, SPECIAL, Tokenizer, even
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision
from saraptama.weights import own_weights

pytestmark = pytest.mark.skipif(own_weights() is None, reason="no weights in this checkout")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    folder = own_weights()
    assert folder is not None
    return Tokenizer.read(folder / TOKENIZER)


LETTERS = st.text(
    alphabet=st.sampled_from("абвгдеёжзийклАБВәғқңөұүһіӘҒҚiaceoI 0123456789.,;:()«»–-\n\u00ad\U0001f600İ"), max_size=60
)


@given(LETTERS)
@settings(derandomize=True, max_examples=200)
def test_evening_out_keeps_every_character_in_its_place(text: str) -> None:
    assert len(even(text)) == len(text)


@given(LETTERS)
@settings(derandomize=True, max_examples=200)
def test_pieces_stand_in_the_text_in_order(tokenizer: Tokenizer, text: str) -> None:
    end = 0
    for id, start, stop in tokenizer.pieces(text):
        assert 0 <= id < len(tokenizer)
        assert end <= start < stop <= len(text)
        end = stop
    outside = set(range(len(text))) - {at for _, start, stop in tokenizer.pieces(text) for at in range(start, stop)}
    assert all(not text[at].isalnum() for at in outside)


def test_latin_letters_inside_kazakh_words_do_not_change_the_pieces(tokenizer: Tokenizer) -> None:
    right = [id for id, _, _ in tokenizer.pieces("мемлекеттік органның шешімі")]
    mixed = [id for id, _, _ in tokenizer.pieces("мемлекеттiк oрганның шешiмi")]
    assert mixed == right


def test_marks_of_ours_cannot_be_written_in_a_text(tokenizer: Tokenizer) -> None:
    ids = {id for id, _, _ in tokenizer.pieces("Орган <mask> <sep> <ru> решает <kk>")}
    assert not ids & set(range(2, 2 + len(SPECIAL)))
    assert PAD not in ids


def test_the_text_goes_before_its_context_and_a_lead_in_keeps_its_end(tokenizer: Tokenizer) -> None:
    provision = Provision("1", "ru", "выдает разрешение;", "Акимат " + "и иные органы " * 40 + "вправе:", "Заголовок")
    encoded = tokenizer.encode(provision, 40)
    assert len(encoded.ids) == len(encoded.kinds) == len(encoded.pieces) == 40
    assert encoded.ids[0] == RUSSIAN
    fields = [piece.field for piece in encoded.pieces if piece]
    assert fields == sorted(fields, key=[Field.TEXT, Field.LEAD, Field.HEADING].index)
    last = [piece for piece in encoded.pieces if piece and piece.field is Field.LEAD][-1]
    assert last.end == len(provision.lead)
    assert Field.HEADING not in fields


def test_language_is_told_by_the_first_piece(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode(Provision("1", "kk", "шешім қабылдайды"), 20).ids[0] == KAZAKH


def test_an_empty_text_has_only_the_mark_of_its_language(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode(Provision("1", "ru", ""), 20).ids == (RUSSIAN,)
    assert SEPARATOR not in tokenizer.encode(Provision("1", "ru", ""), 20).ids


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(8, 10, "вправе"), (0, 1, "Орган"), (5, 13, "вправе"), (12, 17, "отказать")],
)
def test_marked_words_are_whole(start: int, end: int, words: str) -> None:
    text = "Орган вправе, отказать."
    made = whole_words(FieldSpan(Field.TEXT, start, end), text)
    assert text[made.start : made.end] == words
    assert made.start < made.end
