"""make powers: elements of powers in adopted acts against the stand-off gold, both languages.

    python -m evaluation.powers --shared FOLDER [--language ru] [--part late] [--errors] [--agreement]

Reads: ``corpora/own/powers/{powers,drawn}-{ru,kk}.jsonl`` (offsets only; its README says how they were made) and the
acts of the shared folder. Writes: tables to standard output. The core of a power is given; what is measured is whether
the ten elements gathered for it have the states of the gold. «powers» (both halves) was read and tuned on; of «drawn»
nobody has read an error, which is why ``--errors`` shows only those of the parts that are asked for. ``--agreement``: κ
of the two markers per element.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click

from nlp import language as languages
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.norms import analyse, frames
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.norms.powers import ActIndex, Element, Gatherer, Power, State, build_words, estimates
from nlp.norms.powers.kinds import kind_in, kind_of
from nlp.reading.reader import read_file
from nlp.reading.source import SourceText
from nlp.structure import provisions, structure
from nlp.structure.act import Provision

GOLD = Path(__file__).resolve().parent.parent / "corpora" / "own" / "powers"
SETS = {
    "powers": {"first": range(1, 31), "second": range(31, 61)},
    "drawn": {"early": range(1, 131), "late": range(131, 211), "fresh": range(211, 451)},
}
PARTS = tuple(part for parts in SETS.values() for part in parts)
Counts = dict[Element, dict[str, Counter[str]]]
"""Element → state of the gold → our state → how often."""


class Reader:
    """One act, read once: its powers by the offsets of their cores in the file."""

    def __init__(self, file: Path, code: str, pack: Pack) -> None:
        self._source: SourceText = read_file(file)
        self._code = code
        self._lexicon = pack.languages[code].lexicon
        self._analysis = cache(self._analyse)
        self._frames = cache(self._make_frames)
        data = pack.detectors["powers"]
        words = build_words(code, data.words[code], data.settings, pack.languages[code].lists)
        self.index = ActIndex(provisions(structure(self._source)), self._analysis, words)
        self.gatherer = Gatherer(self.index, self._lexicon, self._frames)

    def power(self, core: Sequence[int]) -> Power | None:
        """The power whose core stands at these offsets of the file; None where no provision does."""
        start, end = self._clean(core)
        at = [n for n, p in enumerate(self.index.provisions) if p.text_at < end and p.text_at + len(p.text) > start]
        if not at:
            return None
        kind = kind_of(self.index, at) or self.index.words.kind("grant")
        met = kind_in(self.index, at[0])
        span = (met[1].start, met[1].end) if met is not None else (0, 1)
        return self.gatherer.gather(at, kind, FieldSpan(Field.TEXT, *span))

    def _clean(self, span: Sequence[int]) -> tuple[int, int]:
        """Offsets of the file → of the clean text; (0, 0) where nothing of it was kept."""
        found = [
            (
                each.start + max(span[0], each.source) - each.source,
                each.start + min(span[1], each.source + each.length) - each.source,
            )
            for block in self._source.blocks
            for each in block.segments
            if each.source < span[1] and span[0] < each.source + each.length
        ]
        return (min(a for a, _ in found), max(b for _, b in found)) if found else (0, 0)

    def _analyse(self, provision: Provision) -> ProvisionAnalysis:
        return analyse(provision, languages.of(self._code))

    def _make_frames(self, provision: Provision) -> tuple[NormFrame, ...]:
        return frames(self._analysis(provision), self._lexicon)


def rows(language: str, marker: str = "", which: str = "powers") -> list[dict[str, Any]]:
    """Powers of a set's gold (or of one marker: "1", "2") of one language."""
    name = f"{which}-{language}-{marker}.jsonl" if marker else f"{which}-{language}.jsonl"
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


def number(row: Mapping[str, Any]) -> int:
    """«p-ru-07» → 7."""
    return int(row["id"].rsplit("-", 1)[1])


def score(
    gold: Sequence[Mapping[str, Any]], shared: Path, code: str, pack: Pack, estimated: bool = True
) -> tuple[Counts, list[str], int]:
    """States counted (the estimated ones, or those of the words found alone), disagreements in words, and the number of
    cores that no provision holds (their elements count as absent)."""
    counts: Counts = {element: defaultdict(Counter) for element in Element}
    errors: list[str] = []
    lost = 0
    by_act: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in gold:
        by_act[row["act"]].append(row)
    for act, powers in by_act.items():
        reader = Reader(shared / "corpora" / "kz-acts" / act, code, pack)
        for row in powers:
            power = reader.power(row["core"])
            lost += power is None
            said = _states(power, estimated)
            for element in Element:
                wanted = row["slots"][element.value]["state"]
                ours = said[element].value
                counts[element][wanted][ours] += 1
                if wanted != ours:
                    errors.append(f"{row['id']} {element.value}: {wanted}, ours {ours}{_where(power, element)}")
    return counts, errors, lost


def _states(power: Power | None, estimated: bool) -> dict[Element, State]:
    if power is None:
        return dict.fromkeys(Element, State.ABSENT)
    if estimated:
        return {element: state for element, (state, _) in estimates().of(power).items()}
    return {element: power.state(element) for element in Element}


def _where(power: Power | None, element: Element) -> str:
    words = power.slots[element].words if power is not None else None
    if words is None:
        return ""
    text = " ".join(words.provision.text[words.span.start : words.span.end].split())
    return f" «{text}» ({words.provision.address})"


def f1(table: Mapping[str, Counter[str]]) -> dict[str, float]:
    """F1 of each state that the gold or we use."""
    made = {}
    for state in State:
        wanted = sum(table.get(state.value, Counter()).values())
        ours = sum(row[state.value] for row in table.values())
        if wanted or ours:
            made[state.value] = 2 * table.get(state.value, Counter())[state.value] / (wanted + ours)
    return made


def lines(name: str, counts: Counts, lost: int) -> Iterator[str]:
    """A table: all elements together, then each."""
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for table in counts.values():
        for state, row in table.items():
            whole[state].update(row)
    yield _line(name, whole) + f"  cores not found {lost}"
    for element, table in counts.items():
        yield _line(f"  {element.value}", table)


def _line(name: str, table: Mapping[str, Counter[str]]) -> str:
    by_state = f1(table)
    total = sum(sum(row.values()) for row in table.values())
    right = sum(row[state] for state, row in table.items())
    macro = sum(by_state.values()) / max(1, len(by_state))
    states = " ".join(f"{state} {value:.3f}" for state, value in by_state.items())
    return f"{name:18} micro {right / max(1, total):.3f} macro {macro:.3f}  {states}"


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's κ of two markers; 1 where both always say one and the same."""
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[state] * second[state] for state in first) / len(pairs) ** 2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def agreement(language: str, which: str) -> Iterator[str]:
    """κ of the markers of a set on what both call powers: all elements, then each."""
    one, two = ({row["id"]: row["slots"] for row in rows(language, marker, which) if "slots" in row} for marker in "12")
    pairs = {
        element.value: [
            (one[id_][element.value]["state"], two[id_][element.value]["state"]) for id_ in one if id_ in two
        ]
        for element in Element
    }
    yield f"{language} {which} all: {kappa([pair for part in pairs.values() for pair in part]):.2f}"
    for name, part in pairs.items():
        yield f"  {name}: {kappa(part):.2f} ({sum(a == b for a, b in part)} of {len(part)})"


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--language", type=click.Choice(["ru", "kk"]), multiple=True, default=("ru", "kk"))
@click.option("--part", "wanted", type=click.Choice(PARTS), multiple=True, default=PARTS)
@click.option("--errors", is_flag=True, help="show the errors of the parts")
@click.option("--estimated/--gathered", default=True, help="estimated states, or those of the words found alone")
@click.option("--agreement", "agreed", is_flag=True, help="κ of the two markers")
def main(
    shared: Path, language: tuple[str, ...], wanted: tuple[str, ...], errors: bool, estimated: bool, agreed: bool
) -> None:
    """Print the figures."""
    pack = load_pack(kz_pack())
    for code in language:
        for which, parts in SETS.items():
            if agreed:
                click.echo("\n".join(agreement(code, which)))
            chosen = {name: numbers for name, numbers in parts.items() if name in wanted}
            for line in _of_set(code, which, chosen, shared, pack, errors, estimated):
                click.echo(line)


def _of_set(
    code: str, which: str, parts: Mapping[str, range], shared: Path, pack: Pack, errors: bool, estimated: bool
) -> Iterator[str]:  # fmt: skip
    whole: Counts = {element: defaultdict(Counter) for element in Element}
    missed = 0
    for name, numbers in parts.items():
        counts, found, lost = score(
            [row for row in rows(code, "", which) if number(row) in numbers], shared, code, pack, estimated
        )
        missed += lost
        for element, table in counts.items():
            for state, row in table.items():
                whole[element][state].update(row)
        yield from found if errors else ()
        yield from lines(f"{code} {name}", counts, lost)
    if len(parts) > 1:
        yield from lines(f"{code} {which}", whole, missed)


if __name__ == "__main__":
    main()
