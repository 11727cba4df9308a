"""make bench-matching: how many megabytes of text a second the rules read, beside other matchers in the same run.

Reads: a folder of acts (the sample drafts by default). Writes: a table to standard output, and with ``--json FILE``
the same figures. Everything runs on one core and seconds are of the processor; sizes are those of the judged texts in
UTF-8, their lead-ins and headings not counted again for every item. Strings are analysed anew before every repeat, so
that no answer is remembered from the one before.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.clock import best
from evaluation.matching_regexes import eds_nlp, presidio
from evaluation.matching_rivals import Rival, aho_corasick, entity_ruler, matcher, token_patterns
from evaluation.versus import Versus
from nlp import language as languages
from nlp.detection.engine import Engine
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.judgeable import within
from nlp.language.token import Tokens
from nlp.limits import Limits
from nlp.matching import Pattern, PatternSet
from nlp.norms import ProvisionAnalysis, analyse
from nlp.pipeline import JUDGED_ROLES
from nlp.reading.reader import read_bytes
from nlp.structure import provisions, structure
from nlp.structure.act import Provision

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
MEGABYTE = 1_000_000
BUDGET = 1.0
"""Megabytes a second that the rules must read."""
LEAST = 0.1
"""Rules are within ten times of Aho–Corasick with lemmas."""
FURTHER = "besides phrases they work out frames, contexts and suppressions, up to the evidence"
WORDS, ANALYSIS, PHRASES = "words and lemmas of the texts", "analysis of words, with lead-ins", "their phrases"
SAID, LIMIT = "phrases that token patterns can say", "Aho–Corasick, words of phrases"
PEERS = {
    "spaCy Matcher": matcher,
    "spaCy EntityRuler": entity_ruler,
    "Presidio PatternRecognizer": presidio,
    "EDS-NLP eds.matcher": eds_nlp,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measured search. ``speed`` is in megabytes a second, None where the library is not installed; ``found`` are
    pairs of phrase and string."""

    language: str
    name: str
    phrases: int
    megabytes: float
    speed: float | None
    found: int | None = None


def texts(folder: Path, code: str, megabytes: float) -> list[Provision]:
    """Judged provisions of one language from the acts of a folder, in the order of names, up to a size."""
    found: list[Provision] = []
    left = megabytes * MEGABYTE
    limits = Limits()
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".docx"}):
        act = structure(read_bytes(path.read_bytes(), path.name))
        wanted = [p for p in provisions(act) if p.role in JUDGED_ROLES and p.language == code]
        for provision in within(act, wanted, limits)[0] if act.is_act else ():
            if left <= 0:
                return found
            found.append(provision)
            left -= len(provision.text.encode())
    return found


def measure(pack: Pack, code: str, given: Sequence[Provision], repeats: int, few_megabytes: float) -> list[Row]:
    """All rows of one language. The peers, which are slow, and what they are compared with read ``few_megabytes``."""
    bench = _Bench(pack, code, repeats)
    few = _first(given, few_megabytes)
    rows = [bench.words(given), bench.analysis(given), bench.rules(given), bench.phrases(given)]
    return [*rows, *bench.rivals(few), bench.limit(given)]


def compared(rows: Sequence[Row]) -> list[Versus]:
    """Rows of one language → ours beside each peer on the same phrases, and beside Aho–Corasick."""
    named = {row.name: row for row in rows}
    rules = next(row for row in rows if "rules" in row.name)
    said, code = named[SAID], rules.language
    made = [Versus("phrases", code, said.speed or 0, row.name, row.speed, "MB") for row in rows if row.name in PEERS]
    limit, words, analysis = named[LIMIT].speed, named[WORDS].speed, named[ANALYSIS].speed
    with_words = _together(limit, words)
    ours = _together(rules.speed, analysis) or 0
    made.append(Versus("rules, from the text", code, ours, "Aho–Corasick with lemmas", with_words, "MB", LEAST))
    found = named[PHRASES].speed or 0
    made.append(Versus("phrases, words known", code, found, "Aho–Corasick alone", limit, "MB", LEAST))
    made.append(Versus("rules, words known", code, rules.speed or 0, "Aho–Corasick alone", limit, "MB", LEAST, FURTHER))
    return made


def _together(one: float | None, two: float | None) -> float | None:
    """The speed of two steps done one after the other."""
    return 1 / (1 / one + 1 / two) if one and two else None


class _Bench:
    """The searches of one language, ready to be timed."""

    def __init__(self, pack: Pack, code: str, repeats: int) -> None:
        self._pack, self._code, self._repeats = pack, code, repeats
        self._language = languages.of(code)
        self._triggers = [trigger for rule in pack.languages[code].rules for trigger in rule.triggers]

    def words(self, given: Sequence[Provision]) -> Row:
        return self._row(WORDS, 0, given, best(lambda: given, self._strings, self._repeats))

    def analysis(self, given: Sequence[Provision]) -> Row:
        seconds = best(lambda: given, self._analyses, self._repeats)
        return self._row(ANALYSIS, 0, given, seconds)

    def rules(self, given: Sequence[Provision]) -> Row:
        engine = Engine(self._pack)
        seconds = best(lambda: self._analyses(given), lambda made: [engine.judge(a) for a in made], self._repeats)
        evidence = sum(len(engine.judge(analysis).evidence) for analysis in self._analyses(given))
        name = f"all {len(self._pack.languages[self._code].rules)} rules: evidence"
        return self._row(name, len(self._triggers), given, seconds, evidence)

    def phrases(self, given: Sequence[Provision]) -> Row:
        return self._search(PHRASES, self._triggers, given)

    def rivals(self, given: Sequence[Provision]) -> list[Row]:
        """Ours and every peer on the phrases that token patterns can say."""
        pairs = [(trigger, token_patterns(trigger, self._lemma)) for trigger in self._triggers]
        said = [(trigger, made) for trigger, made in pairs if made is not None]
        rows = [self._search(SAID, [trigger for trigger, _ in said], given)]
        for name, prepare in PEERS.items():
            rival = prepare([made for _, made in said], self._strings(given))
            rows.append(self._rival(name, len(said), given, rival, repeats=1))
        return rows

    def limit(self, given: Sequence[Provision]) -> Row:
        rival = aho_corasick(self._triggers, self._strings(given), self._lemma)
        return self._rival(LIMIT, len(self._triggers), given, rival, self._repeats)

    def _search(self, name: str, patterns: Sequence[Pattern], given: Sequence[Provision]) -> Row:
        ours = PatternSet(patterns)
        seconds = best(lambda: self._strings(given), lambda strings: [ours.find(s) for s in strings], self._repeats)
        found = sum(len({match.index for match in ours.find(string)}) for string in self._strings(given))
        return self._row(name, len(patterns), given, seconds, found)

    def _rival(self, name: str, phrases: int, given: Sequence[Provision], rival: Rival | None, repeats: int) -> Row:
        if rival is None:
            return self._row(name, phrases, given, None)
        found: set[tuple[int, int]] = set()
        seconds = best(found.clear, lambda _: found.update(rival.search()), repeats)
        return self._row(name, phrases, given, seconds, len(found))

    def _row(
        self, name: str, phrases: int, given: Sequence[Provision], seconds: float | None, found: int | None = None
    ) -> Row:
        size = _megabytes(given)
        return Row(self._code, name, phrases, round(size, 2), round(size / seconds, 4) if seconds else None, found)

    def _analyses(self, given: Sequence[Provision]) -> list[ProvisionAnalysis]:
        return [analyse(provision, self._language) for provision in given]

    def _strings(self, given: Sequence[Provision]) -> list[Tokens]:
        return [self._language.analyse(provision.text) for provision in given]

    def _lemma(self, word: str) -> str:
        return self._language.lemmas(word)[0]


def _megabytes(given: Sequence[Provision]) -> float:
    return sum(len(provision.text.encode()) for provision in given) / MEGABYTE


def _first(given: Sequence[Provision], megabytes: float) -> list[Provision]:
    few: list[Provision] = []
    left = megabytes * MEGABYTE
    for provision in given:
        if left <= 0:
            break
        few.append(provision)
        left -= len(provision.text.encode())
    return few


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code tells whether the rules read a megabyte a second in both languages."""
    options = _options(arguments)
    pack = load_pack(kz_pack())
    rows: list[Row] = []
    for code in pack.languages:
        given = texts(options.acts, code, options.megabytes)
        if given:
            rows += measure(pack, code, given, options.repeats, options.few)
    if not rows:
        sys.stderr.write(f"{options.acts}: no acts (.txt, .docx) to read\n")
        return 2
    _print(rows)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return 1 if any(row.speed is not None and row.speed < BUDGET for row in rows if "rules" in row.name) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="speed of rule matching")
    parser.add_argument("--acts", type=Path, default=EXAMPLES, help="folder of acts, .txt or .docx")
    parser.add_argument("--megabytes", type=float, default=3.0, help="text of each language, at most")
    parser.add_argument("--few", type=float, default=0.05, help="megabytes for the peers, which are slow")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path)
    return parser.parse_args(arguments)


def _print(rows: Sequence[Row]) -> None:
    write = sys.stdout.write
    write(f"{'':4}{'one core':36}{'phrases':>9}{'MB':>8}{'MB/s':>10}{'ratio':>9}{'found':>9}\n")
    for row in rows:
        rules = next(other.speed for other in rows if other.language == row.language and "rules" in other.name)
        speed = f"{row.speed:.3f}" if row.speed is not None else "not installed"
        ratio = f"{row.speed / rules:.3f}" if row.speed is not None and rules else ""
        found = "" if row.found is None else str(row.found)
        write(f"{row.language:4}{row.name:36}{row.phrases or '':>9}{row.megabytes:>8.2f}")
        write(f"{speed:>{10 if ratio else 15}}{ratio:>9}{found:>9}\n" if ratio else f"  {speed}\n")
    write("ratio: to all rules of the same language; found: pairs of phrase and text, for the rules evidence\n")


if __name__ == "__main__":
    sys.exit(main())
