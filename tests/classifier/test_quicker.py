"""What is remembered, hashed on, or read together says the same as what is done plainly, one norm at a time."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language as languages
from nlp.classifier.classifier import Classifier
from nlp.classifier.features import GROUPS, HASHED_WORDS, OF_WORDS, features
from nlp.classifier.remembered import Remembered, key_of
from nlp.classifier.weighing import FEATURES, Heard, Standing, Standings, Weighing
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.judging import Judge
from nlp.language.token import Token
from nlp.limits import Limits
from nlp.norms import analyse, frames
from nlp.norms.frame import Field, NormFrame
from nlp.structure.act import Provision
from saraptama.weights import own_weights

TEXT = {
    "ru": "Акимат вправе по своему усмотрению предоставить отсрочку отдельным лицам, иным лицам и иным органам.",
    "kk": "Әкімдік өз қалауы бойынша жекелеген тұлғаларға мерзімін кейінге қалдыруға құқылы.",
}
HEADING = {"ru": "Отсрочка платежей", "kk": "Төлемдерді кейінге қалдыру"}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    folder = own_weights()
    assert folder is not None
    return Classifier(folder)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def norms() -> list[Provision]:
    """Norms that differ in one thing only: language, words, lead-in, heading, or in nothing that is read."""
    made = []
    for code, text in TEXT.items():
        lead, heading = f"{HEADING[code]}:", HEADING[code]
        for number, (words, before, over) in enumerate(
            [(text, "", ""), (text, lead, ""), (text, "", heading), (text, lead, heading), (lead, text, heading),
             (text.upper(), "", ""), (text[:-1], "", ""), (lead + text, "", "")]
        ):  # fmt: skip
            made.append(Provision(f"{code}{number}", code, words, before, over))
    # The same characters under the other language's name, and twice the same norm at two places.
    made += [Provision("other", "kk", TEXT["ru"]), Provision("again", "ru", TEXT["ru"], address="art_9", text_at=77)]
    return made


def test_a_norm_remembered_reads_as_one_that_was_not(classifier: Classifier, pack: Pack) -> None:
    network = classifier._network
    assert network is not None
    alone = [network.read(norm) for norm in norms()]
    remembered = Remembered(100)
    assert network.read_all(norms(), remembered) == alone
    assert network.read_all(norms()[::-1], remembered) == alone[::-1]
    assert len(remembered) == len(norms()) - 1, "only «again» has the same words"
    assert remembered.hits == len(norms()) - 1
    assert alone[-1] == alone[0] and alone[-2] != alone[0]
    judge = Judge(pack, Limits(norms_remembered=2), classifier)  # nothing stays long enough to be of use
    wide = Judge(pack, Limits(), classifier)
    said = [judge.one(norm) for norm in norms()]
    for _ in range(2):
        together = wide.all(norms())[0]
        asked = [item.chances != {} for item in together]
        assert asked.count(False) == 1, "Russian words under the name of Kazakh order nothing: the model adds nothing"
        for one, alone_, was_asked in zip(together, said, asked, strict=True):
            assert replace(one, chances={}) == replace(alone_, chances={})
            assert one.chances == alone_.chances if was_asked else not alone_.factors
    assert len(judge.remembered) == 2


def test_keys_differ_in_everything_the_network_reads_and_in_the_network() -> None:
    keys = {key_of("one", norm) for norm in norms()} | {key_of("two", norm) for norm in norms()}
    assert len(keys) == 2 * (len(norms()) - 1)
    moved = [("аб", "", ""), ("а", "б", ""), ("а", "", "б"), ("", "аб", ""), ("", "а", "б"), ("", "", "аб")]
    assert len({key_of("one", Provision("1", "ru", *fields)) for fields in moved}) == len(moved)
    assert key_of("one", Provision("1", "ru", "\ud800"))


def test_one_norm_over_the_limit_and_the_longest_unused_goes() -> None:
    kept = Remembered(Limits.from_environment({"SARAPTAMA_NORMS_REMEMBERED": "2"}).norms_remembered)
    for name in (b"a", b"b"):
        kept.keep(name, array("d", [1.0]))
    assert kept.get(b"a") is not None
    kept.keep(b"c", array("d", [2.0]))
    assert len(kept) == 2
    assert kept.get(b"b") is None and kept.get(b"a") is not None and kept.get(b"c") is not None
    assert (kept.hits, kept.asked) == (3, 4)
    for number in range(3 * HASHED_WORDS):
        kept.keep(str(number).encode(), array("d"))
    assert len(kept) == 2


def plainly(
    text: Sequence[Token], lead: Sequence[Token], heading: Sequence[Token], made: Sequence[NormFrame]
) -> list[str]:
    """Every feature as a string: what ``features`` hashes."""
    keys = [*_grams(text, ""), *_grams(lead, "L"), *(f"H:{token.lemma}" for token in heading[:30])]
    for frame in made:
        values = frame.values()
        who, may, does = values["actor"], values["modality"], values["action"]
        when, why = values["time_limit"], values["grounds"]
        keys += [f"F{name}={value}" for name, value in values.items()]
        keys += [f"F1={who}|{may}", f"F2={who}|{may}|{when}|{why}", f"F3={who}|{may}|{does}"]
        keys += [f"F4={who}|{may}|{does}|{when}|{why}"]
        keys += [f"F5={who}|{does}|{values['addressee']}|{values['documents']}|{values['result']}"]
        keys += [f"F6={who}|inherited"] if frame.actor.inherited else []
    return keys


def _grams(tokens: Sequence[Token], mark: str) -> Iterator[str]:
    lemmas = [token.lemma for token in tokens]
    for token in tokens:
        yield f"{mark}l:{token.lemma}"
        if token.norm != token.lemma:
            yield f"{mark}s:{token.norm}"
    for one, two in pairwise(lemmas):
        yield f"{mark}b:{one}_{two}"
    for one, two, three in zip(lemmas, lemmas[1:], lemmas[2:], strict=False):
        yield f"{mark}k:{one}_{three}"
        yield f"{mark}t:{one}_{two}_{three}"


words = st.sampled_from(
    [
        "акимат",
        "вправе",
        "лиц",
        "иным",
        "құқылы",
        "әкімдік",
        "10",
        "по",
        "усмотрению",
        "өз",
        "қалауы",
        ":",
        ",",
        ".",
        "ёлка",
        "i",
    ]
)


@given(
    st.lists(words, max_size=8),
    st.lists(words, max_size=5),
    st.lists(words, max_size=35),
    st.sampled_from(["ru", "kk"]),
)
@settings(max_examples=60)
def test_hashes_that_go_on_are_those_of_whole_strings(
    pack: Pack, text: list[str], lead: list[str], heading: list[str], code: str
) -> None:
    norm = Provision("1", code, " ".join(text), " ".join(lead), " ".join(heading))
    analysis = analyse(norm, languages.of(code))
    made = frames(analysis, pack.languages[code].lexicon)
    keys = plainly(analysis.text, analysis.lead, analysis.heading, made)
    found = features(analysis, made)
    of_words = [feature for feature in found if GROUPS[feature.group] != "letters"]
    assert [feature.place for feature in of_words] == [zlib.crc32(key.encode()) % OF_WORDS for key in keys]
    letters = found[len(of_words) :]
    assert [feature.place for feature in letters] == [
        OF_WORDS + zlib.crc32(run.encode()) % OF_WORDS
        for token in (*analysis.text, *analysis.lead)
        for run in runs(token.norm)
    ]
    tokens = {Field.TEXT: analysis.text, Field.LEAD: analysis.lead}
    for feature in letters:
        assert any(
            OF_WORDS + zlib.crc32(run.encode()) % OF_WORDS == feature.place
            for run in runs(tokens[feature.field][feature.token].norm)
        )


def runs(norm: str) -> list[str]:
    """Three to five letters in a row, the blanks around the word among them; a word too short for a run once."""
    padded = f" {norm} "
    made = []
    for length in (3, 4, 5):
        if len(padded) <= length:
            return [*made, padded]
        made += [padded[at : at + length] for at in range(len(padded) - length + 1)]
    return made


def test_a_word_of_one_letter_has_one_run() -> None:
    assert runs("i") == [" i "] and runs("по") == [" по", "по ", " по "]


logits = st.floats(-20, 20, allow_nan=False)


three_logits = st.tuples(logits, logits, logits)
some_weights = st.lists(st.floats(-3, 3), min_size=len(FEATURES), max_size=len(FEATURES))


@given(three_logits, st.lists(three_logits, min_size=1, max_size=4), st.booleans(), some_weights)
@settings(max_examples=150)
def test_the_chance_where_no_rule_spoke_is_that_of_the_whole_formula(
    some: tuple[float, float, float], rows: list[tuple[float, float, float]], read: bool, weights: list[float]
) -> None:
    names = [f"f{number}" for number in range(len(rows))]
    weighing = Weighing({"ru": tuple(weights)}, {"ru": -0.3}, {"ru": {"f0": 0.7}}, {}, {}, {}, 2)
    act, pair, network = some if read else (*some[:2], 0.0)
    which, shares, of_network = ({name: row[at] for name, row in zip(names, rows, strict=True)} for at in range(3))
    quicker = weighing.of_silence("ru", (act, pair, network), which, shares, of_network if read else {})
    standings, by_network = Standings(which.values()), Standings(of_network.values())
    for name in names:
        placed = (standings.of(which[name]), by_network.of(of_network[name]) if read else Standing())
        this = of_network[name] if read else 0.0
        heard = Heard(act, pair, which[name], shares[name], 0.0, 0, False, network, this, *placed)
        assert quicker[name] == weighing.probability("ru", name, heard)
