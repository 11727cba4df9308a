"""Marks left out because the act closes their words, held against the labels of train: a labelled one is a loss.

Usage: ``python -m evaluation.closings CORPORA`` (the folder with ``provisions-train.jsonl`` and ``kz-acts``).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nlp import language as languages
from nlp.detection.closings import FACTORS, Closings, Finder
from nlp.detection.defined import LeftOut, without_defined
from nlp.detection.findings import JudgedProvision
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.reading.plain import read_plain
from nlp.structure import provisions, structure


def fold(words: str) -> str:
    """Words on one line, lower case."""
    return " ".join(words.lower().split()).rstrip(" ;.")


def left_out(file: Path, wanted: frozenset[str], examiner: Examiner) -> Iterator[tuple[LeftOut, JudgedProvision, str]]:
    """Marks left out in the provisions of an act whose words are ``wanted``, with what closes them."""
    act = structure(read_plain(file.read_bytes(), file.name))
    everything = provisions(act)
    code = "kk" if act.language == "kk" else "ru"
    words, language = examiner.pack.languages[code].closings, languages.of(code)
    closers = {closing.address for closing in Finder(act, everything, ()).closings(language, words)}
    beneath = [examiner.judge(each) for each in everything if closers & set(each.path)]
    finder = Finder(act, everything, beneath)
    closings = Closings(finder.closings(language, words))
    for provision in everything:
        if provision.language == code and fold(provision.text) in wanted:
            judged = examiner.judge(provision)
            for each in without_defined(judged, closings)[1]:
                yield each, judged, act.text(finder.citations.paths[each.closing.address][-1].span)


def main(corpora: Path) -> None:
    """Print every mark left out in a labelled provision, and the counts."""
    by_act: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for line in (corpora / "provisions-train.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        by_act[item["act"]][fold(item["text"])] = item
    examiner = Examiner(load_pack(kz_pack()))
    right = lost = 0
    for name, items in sorted(by_act.items()):
        file = corpora / "kz-acts" / f"{name}.txt"
        if not file.is_file():
            continue
        for left, judged, closer in left_out(file, frozenset(items), examiner):
            item = items[fold(left.provision.text)]
            labels = [label for label in item["labels"] if label[0] in FACTORS and label[0] == left.factor]
            right, lost = right + (not labels), lost + bool(labels)
            quote = judged.analysis.string(left.span.field)[left.span.start : left.span.end]
            print(f"{'LOST' if labels else 'right'} {name} {left.factor} «{quote}» {labels} <- "
                  f"{left.closing.ground} {sorted(left.closing.term)} {left.closing.address}: "
                  f"{' '.join(closer.split())[:200]}", flush=True)  # fmt: skip
    print(f"left out {right + lost}, of them labelled {lost}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
