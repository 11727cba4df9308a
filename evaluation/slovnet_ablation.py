"""Would tags of a neural tagger help the Russian rules? One run with and one without them on the same texts.

    python -m evaluation.slovnet_ablation CORPUS… [--data FOLDER]

slovnet (with navec) picks, for every word that the dictionary reads in several ways, the reading whose part of speech,
case and number it agrees with; everything else stays. Neither package belongs to the product: the trial needs them
installed, and FOLDER is the folder of data that the natasha package carries (found by itself when it is installed).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import click

from corpora.reader import read_corpus
from evaluation.items import Item, judged_items, judged_pairs
from evaluation.judged import Counting, JudgedFinding
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.language.normal import normal_form
from nlp.language.russian import Russian
from nlp.language.russian import analyser as russian
from nlp.language.russian.corrections import corrections
from nlp.language.token import Token, Tokens
from nlp.pipeline import Examiner
from nlp.structure.act import Provision

_MODEL = "slovnet_morph_news_v1.tar"
_EMBEDDINGS = "navec_news_v1_1B_250K_300d_100q.tar"
_POS = {
    "NOUN": {"NOUN"}, "PROPN": {"NOUN"}, "ADJ": {"ADJF", "ADJS", "PRTF", "COMP"}, "DET": {"ADJF", "NPRO"},
    "VERB": {"VERB", "INFN", "GRND", "PRTS", "PRTF"}, "AUX": {"VERB", "INFN"}, "ADV": {"ADVB", "COMP", "PRED"},
    "PRON": {"NPRO", "ADJF"}, "NUM": {"NUMR", "ADJF"}, "ADP": {"PREP"}, "CCONJ": {"CONJ"}, "SCONJ": {"CONJ"},
    "PART": {"PRCL"},
}  # fmt: skip
_CASE = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
_NUMBER = {"Sing": "sing", "Plur": "plur"}

Tag = tuple[str, dict[str, str]]
Tagger = Callable[[Sequence[str]], Sequence[Tag]]


class Tagged:
    """Chooses readings of the Russian analyser by a tagger of whole sentences."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self.changed = 0
        self.tokens = 0

    def chosen(self, tokens: Tokens) -> Tokens:
        """Tokens with the reading the tagger agrees with most; equal ones keep the dictionary's order."""
        tags = [tag for sentence in _sentences(tokens) for tag in self._tagger([token.text for token in sentence])]
        return tuple(self._one(token, tag) for token, tag in zip(tokens, tags, strict=True))

    def _one(self, token: Token, tag: Tag) -> Token:
        self.tokens += 1
        if not token.text[0].isalpha() or normal_form(token.text) in corrections().readings:
            return token
        norm = normal_form(token.text)
        parses = russian._ranked(norm, corrections().preferred.get(norm))
        best = max(parses, key=lambda parse: agreement(parse.tag, tag))
        if best is parses[0]:
            return token
        self.changed += 1
        first = russian._lemmas(best)
        lemmas = (*first, *(lemma for lemma in token.lemmas if lemma not in first))
        return replace(token, lemmas=lemmas, tags=russian._tags(best))


def agreement(parse: Any, tag: Tag) -> int:
    """How much of part of speech (2), case (1) and number (1) a dictionary reading shares with a tag."""
    pos, features = tag
    points = 2 * (parse.POS in _POS.get(pos, set()))
    points += parse.case is not None and parse.case == _CASE.get(features.get("Case", ""))
    return points + (parse.number is not None and parse.number == _NUMBER.get(features.get("Number", "")))


def slovnet_tagger(data: Path | None) -> Tagger:
    """The tagger; raises ``ImportError`` when the packages are missing."""
    slovnet, navec = importlib.import_module("slovnet"), importlib.import_module("navec")
    folder = data or Path(str(resources.files("natasha"))) / "data"
    embeddings = navec.Navec.load(next(folder.rglob(_EMBEDDINGS)))
    morph = slovnet.Morph.load(next(folder.rglob(_MODEL)), batch_size=1)
    morph.navec(embeddings)

    def tags(words: Sequence[str]) -> Sequence[Tag]:
        markup = next(morph.map([list(words)]))
        return [(token.pos, dict(token.feats or {})) for token in markup.tokens]

    return tags


def _sentences(tokens: Tokens) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in tokens:
        if sentence and token.sentence != sentence[0].sentence:
            yield sentence
            sentence = []
        sentence.append(token)
    if sentence:
        yield sentence


@contextmanager
def analyser(tagged: Tagged) -> Iterator[None]:
    """Everything that analyses Russian gets the readings chosen by ``tagged`` meanwhile."""
    before = Russian.analyse
    Russian.analyse = lambda self, text: tagged.chosen(before(self, text))  # type: ignore[method-assign]
    try:
        yield
    finally:
        Russian.analyse = before  # type: ignore[method-assign]


def figures(paths: Sequence[Path]) -> dict[str, float]:
    """Unweighted any-factor and micro F1 on Russian provisions, share of pairs with both sides right."""
    examiner = Examiner(load_pack(kz_pack()))

    def judge(provision: Provision) -> list[JudgedFinding]:
        return [
            JudgedFinding(found.factor, found.kind, found.strength, found.confidence, found.severity)
            for found in examiner.judge(provision).factors
        ]

    items: list[Item] = []
    both = pairs = 0
    for path in paths:
        corpus = read_corpus(path)
        items += judged_items([each for each in corpus.provisions if each.language == "ru"], judge, None, path.name)
        for pair in judged_pairs([each for each in corpus.pairs if each.language == "ru"], judge, None, path.name):
            pairs += 1
            found = pair.flawed.found_factors(Counting.ALL)
            both += bool(found & set(pair.flawed.gold_strengths())) and not pair.sound.findings
    return {**_f1(items), "pairs both right": both / pairs if pairs else 0.0}


def _f1(items: Sequence[Item]) -> dict[str, float]:
    whole, single = [0, 0, 0], [0, 0, 0]
    for item in items:
        gold, found = set(item.gold_strengths()), set(item.found_factors(Counting.ALL))
        for counts, hit, said, meant in (
            (whole, bool(gold and found), bool(found), bool(gold)),
            (single, len(gold & found), len(found), len(gold)),
        ):
            counts[0] += hit
            counts[1] += said
            counts[2] += meant
    return {
        name: 2 * hit / (said + meant) if said + meant else 0.0
        for name, (hit, said, meant) in (("any-factor F1", whole), ("micro F1", single))
    }


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--data", type=click.Path(exists=True, path_type=Path))
def main(corpora: tuple[Path, ...], data: Path | None) -> None:
    """Print the figures without and with the tagger."""
    tagged = Tagged(slovnet_tagger(data))
    before = figures(corpora)
    with analyser(tagged):
        after = figures(corpora)
    for name in before:
        click.echo(
            f"{name:20} {before[name]:.4f} → {after[name]:.4f}  ({100 * (after[name] - before[name]):+.2f} points)"
        )
    click.echo(f"readings changed: {tagged.changed} of {tagged.tokens}")


if __name__ == "__main__":
    main()
