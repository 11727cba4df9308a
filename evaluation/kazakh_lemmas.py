"""Kazakh lemmas measured: a treebank and types of acts marked by readers, ours beside a baseline; words a second.

    python -m evaluation.kazakh_lemmas SHARED [--readers FIRST SECOND]

Reads: ``SHARED/lexicons`` (treebank UD_Kazakh-KTB, word list of hunspell-kk), ``SHARED/corpora/kz-acts``, the drawn
types of ``evaluation/morphology/types.jsonl`` and the readers' marks beside it (``--readers``: their tables n, lemmas
with ``|`` between them, note, which are then kept as ``marks.jsonl``). Writes: tables in Markdown.

What is compared. Our first lemma; of a verb form its stem («беру» → бер), since the treebank and the readers write
verbs so. A lemma is right when it equals the marked one, lower case, ё as е. The treebank is for this figure alone:
nothing was chosen by looking into it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from evaluation.morphology import marks
from evaluation.morphology.stripper import Choice, Stripper, word_list
from evaluation.morphology.treebank import Word, words
from nlp.language import of
from nlp.language.kazakh.lemma import dictionary_lemmas

Lemmatiser = Callable[[str], str]
ACTS_TIMED = 6
CHOICES: tuple[Choice, ...] = ("longest", "shortest")


def ours(form: str) -> str:
    """Our first lemma of a form, verbs as stems."""
    return dictionary_lemmas(form)[0]


def notations(form: str) -> tuple[str, ...]:
    """Our first lemma as a stem and as our analyser writes it."""
    return (dictionary_lemmas(form)[0], of("kk").lemmas(form)[0])


def _one(lemma: Lemmatiser) -> Callable[[str], tuple[str, ...]]:
    return lambda form: (lemma(form.lower()),)


def _same(first: str, second: str) -> bool:
    return first.replace("ё", "е") == second.replace("ё", "е")


def shares(counted: Mapping[Word, int], lemma: Lemmatiser) -> dict[str, tuple[int, int, int, int]]:
    """Part of speech («all» for every) → types right, types, tokens right, tokens."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for word, count in counted.items():
        right = _same(lemma(word.form), word.lemma)
        for row in (table["all"], table[word.upos]):
            row[0] += right
            row[1] += 1
            row[2] += right * count
            row[3] += count
    return {name: (row[0], row[1], row[2], row[3]) for name, row in sorted(table.items())}


def treebank_table(counted: Mapping[Word, int], lemmatisers: Mapping[str, Lemmatiser]) -> str:
    """Shares of types and tokens by part of speech, one column a lemmatiser."""
    results = {name: shares(counted, lemma) for name, lemma in lemmatisers.items()}
    lines = [
        "| | types | tokens | " + " | ".join(f"{name}: types | tokens" for name in results) + " |",
        "|---" * (3 + 2 * len(results)) + "|",
    ]
    for upos, (_, types, _, tokens) in next(iter(results.values())).items():
        cells = " | ".join(f"{rows[upos][0] / types:.3f} | {rows[upos][2] / tokens:.3f}" for rows in results.values())
        lines.append(f"| {upos} | {types} | {tokens} | {cells} |")
    return "\n".join(lines)


def words_per_second(forms: Sequence[str], word: Callable[[str], object]) -> tuple[float, float]:
    """Forms a second of ``word``: at first sight and again, when every form is in its cache."""
    rates = []
    for _ in range(2):
        begin = time.perf_counter()
        for form in forms:
            word(form)
        rates.append(len(forms) / (time.perf_counter() - begin))
    return rates[0], rates[1]


def tokens_per_second(texts: Iterable[str]) -> tuple[int, float]:
    """Tokens of the texts, and tokens a second of the whole analysis with the forms in the cache."""
    kazakh = of("kk")
    parts = [line for text in texts for line in text.split("\n") if line.strip()]
    tokens = sum(len(kazakh.analyse(part)) for part in parts)
    begin = time.perf_counter()
    for part in parts:
        kazakh.analyse(part)
    return tokens, tokens / (time.perf_counter() - begin)


def speed_report(acts: Path, known: frozenset[str]) -> str:
    """Our analyser and the baseline on the same distinct forms, and the whole analysis, in one run."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(acts.glob("*_kz.txt"))[:ACTS_TIMED]]
    forms = sorted({form.lower() for text in texts for form in text.split() if form.isalpha()})
    new, again = words_per_second(forms, of("kk").lemmas)
    base_new, base_again = words_per_second(forms, Stripper(known, "longest").lemma)
    tokens, rate = tokens_per_second(texts)
    return (
        f"{len(forms)} distinct forms of {ACTS_TIMED} acts, forms a second: ours {new:,.0f} at first sight, "
        f"{again:,.0f} cached; baseline {base_new:,.0f} and {base_again:,.0f}; ratios {new / base_new:.2f} and "
        f"{again / base_again:.2f}.\nWhole analysis (tokens, sentences, readings), cached: {rate:,.0f} tokens a second "
        f"over {tokens} tokens."
    )


@click.command(help=(__doc__ or "").split("\n")[0])
@click.argument("shared", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--readers", nargs=2, type=click.Path(path_type=Path, exists=True), help="tables of the two readers")
@click.option("--speed/--no-speed", "timed", default=True, help="measure words a second, too")
def main(shared: Path, readers: tuple[Path, Path] | None, timed: bool) -> None:
    """Prints the three measurements."""
    known = word_list(shared / "lexicons" / "hunspell-kk" / "kk_KZ.dic")
    strippers = {f"baseline, {choice}": Stripper(known, choice).lemma for choice in CHOICES}
    bank = words(sorted((shared / "lexicons" / "UD_Kazakh-KTB").glob("*.conllu")))
    print("Treebank UD_Kazakh-KTB, train and test: first lemma right\n")
    print(treebank_table(bank, {"ours": ours, **strippers}))
    acts = shared / "corpora" / "kz-acts"
    if readers:
        marks.keep(*readers)
    if marks.KEPT.exists():
        print("\nTypes of acts, marked by two readers\n")
        print(
            marks.table(
                marks.marked(acts), {"ours": notations, **{name: _one(lemma) for name, lemma in strippers.items()}}
            )
        )
    if timed:
        print(f"\n{speed_report(acts, known)}")


if __name__ == "__main__":
    main()
