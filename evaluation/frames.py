"""make frames: norm frames measured on the project's own norms, slot by slot, both halves, both languages.

    python -m evaluation.frames [--language ru] [--errors grounds]

Reads: ``corpora/own/frames/frames-{ru,kk}.jsonl`` (its README says how it was made). Writes: tables to standard output.

The frame judged is the one whose clause holds the words ``focus``; for an item whose predicate stands in the lead-in,
the item's own frame. Odd ids are the half for tuning; errors (``--errors SLOT``) are shown of that half only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from nlp import language as languages
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.norms import NormLexicon, analyse, frames
from nlp.norms.frame import SLOTS, Field, FieldSpan, NormFrame
from nlp.structure.act import Provision

GOLD = Path(__file__).resolve().parent.parent / "corpora" / "own" / "frames"
LEAST = 5  # a state that occurs less often in a half is left out of its macro average
JUDGED = ("actor", "modality", *SLOTS, "addressee", "kind")
_NOTHING = {"absent", "none"}


@dataclass(frozen=True, slots=True)
class GoldNorm:
    """One norm of the gold: its provision, the words of the predicate, slot name → (value, quote)."""

    provision: Provision
    focus: str
    marks: Mapping[str, tuple[str, str]]

    @property
    def for_tuning(self) -> bool:
        """Odd ids."""
        return int(self.provision.id.rpartition("-")[2]) % 2 == 1


@dataclass(frozen=True, slots=True)
class Answer:
    """Gold and ours for one slot of one norm; ``overlap``: both name words and these touch."""

    norm: GoldNorm
    gold: str
    ours: str
    overlap: bool | None


@dataclass(frozen=True, slots=True)
class SlotScore:
    """Figures of one slot; ``by_value``: value → (how often in the gold, precision, recall, F1)."""

    slot: str
    norms: int
    micro: float
    macro: float | None
    presence: float | None
    overlaps: float | None
    by_value: Mapping[str, tuple[int, float, float, float]]


def read_gold(path: Path) -> list[GoldNorm]:
    """The norms of one file, in its order."""
    return [_norm(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _norm(row: Mapping[str, object]) -> GoldNorm:
    def pair(name: str, value: str) -> tuple[str, str]:
        held = row[name]
        assert isinstance(held, dict)
        return str(held[value]), str(held["quote"])

    marks = {name: pair(name, "state") for name in SLOTS}
    marks |= {name: pair(name, "class") for name in ("actor", "addressee")}
    marks |= {"kind": pair("action", "kind"), "modality": (str(row["modality"]), "")}
    identity, language, text, lead, heading = (str(row[name]) for name in ("id", "language", "text", "lead", "heading"))
    return GoldNorm(Provision(identity, language, text, lead, heading), str(row["focus"]), marks)


def frame_of(norm: GoldNorm, lexicon: NormLexicon) -> NormFrame | None:
    """Our frame of the clause in focus: of an item whose lead-in holds the focus, the item's first frame."""
    provision = norm.provision
    made = frames(analyse(provision, languages.of(provision.language)), lexicon)
    own = [frame for frame in made if frame.extent.field is Field.TEXT]
    start = provision.text.find(norm.focus)
    if start < 0 or not own:
        return own[0] if own else None
    end = start + len(norm.focus)
    return max(own, key=lambda frame: min(end, frame.extent.end) - max(start, frame.extent.start))


def answers(norms: Iterable[GoldNorm], lexicon: NormLexicon) -> dict[str, list[Answer]]:
    """Slot → answers, one per norm."""
    table: dict[str, list[Answer]] = {slot: [] for slot in JUDGED}
    for norm in norms:
        frame = frame_of(norm, lexicon)
        for slot in JUDGED:
            gold, quote = norm.marks[slot]
            value, spans = _ours(slot, frame)
            table[slot].append(Answer(norm, gold, value, _touches(norm.provision, quote, spans)))
    return table


def _ours(slot: str, frame: NormFrame | None) -> tuple[str, Sequence[FieldSpan]]:
    if frame is None:
        return ("absent" if slot in SLOTS else "none"), ()
    if slot == "kind":
        return frame.action.sort or "other", ()
    if slot == "modality":
        return str(frame.modality), ()
    if slot in ("actor", "addressee"):
        bearer = frame.actor if slot == "actor" else frame.addressee
        return str(bearer.kind), [bearer.span] if bearer.span else ()
    held = frame.slots()[slot]
    return str(held.state), held.spans


def _touches(provision: Provision, quote: str, spans: Sequence[FieldSpan]) -> bool | None:
    """Whether our words touch the gold's; None where one of the two names none."""
    strings = {Field.TEXT: provision.text, Field.LEAD: provision.lead, Field.HEADING: provision.heading}
    places = {field: string.find(quote) for field, string in strings.items() if quote and quote in string}
    if not places or not spans:
        return None
    return any(
        span.field in places and span.start < places[span.field] + len(quote) and places[span.field] < span.end
        for span in spans
    )


def score(slot: str, given: Sequence[Answer]) -> SlotScore:
    """Micro and macro F1 of the values, F1 of «something is said», share of overlapping words where both name some."""
    counted = Counter(answer.gold for answer in given)
    by_value = {
        value: (counted[value], *_prf([(answer.gold == value, answer.ours == value) for answer in given]))
        for value in sorted(counted)
    }
    frequent = [f1 for count, _, _, f1 in by_value.values() if count >= LEAST]
    said = [(answer.gold not in _NOTHING, answer.ours not in _NOTHING) for answer in given]
    overlapping = [answer.overlap for answer in given if answer.overlap is not None]
    return SlotScore(
        slot=slot,
        norms=len(given),
        micro=sum(answer.gold == answer.ours for answer in given) / max(len(given), 1),
        macro=sum(frequent) / len(frequent) if frequent else None,
        presence=_prf(said)[2] if any(gold for gold, _ in said) else None,
        overlaps=sum(overlapping) / len(overlapping) if overlapping else None,
        by_value=by_value,
    )


def _prf(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    right = sum(gold and ours for gold, ours in pairs)
    found, expected = sum(ours for _, ours in pairs), sum(gold for gold, _ in pairs)
    precision, recall = right / found if found else 0.0, right / expected if expected else 0.0
    return precision, recall, 2 * right / (found + expected) if found + expected else 0.0


HALVES: Mapping[str, Callable[[GoldNorm], bool]] = {
    "odd ids (tuning)": lambda norm: norm.for_tuning,
    "even ids (untouched)": lambda norm: not norm.for_tuning,
}


def table(language: str, given: Mapping[str, Sequence[Answer]]) -> str:
    """Markdown: one row per slot, figures of both halves side by side."""
    head = "| " + language + " | " + " | ".join(f"{half}: macro | micro | present | words" for half in HALVES) + " |"
    rows = [head, "|---|" + "---|" * 4 * len(HALVES)]
    for slot in JUDGED:
        cells = []
        for wanted in HALVES.values():
            made = score(slot, [answer for answer in given[slot] if wanted(answer.norm)])
            cells += [_figure(made.macro), _figure(made.micro), _figure(made.presence), _figure(made.overlaps)]
        rows.append(f"| {slot} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def by_state(given: Mapping[str, Sequence[Answer]]) -> str:
    """Precision, recall and F1 of every value, both halves."""
    rows = []
    for half, wanted in HALVES.items():
        for slot in JUDGED:
            made = score(slot, [answer for answer in given[slot] if wanted(answer.norm)])
            said = "; ".join(f"{v} {n}: {p:.2f}/{r:.2f}/{f:.2f}" for v, (n, p, r, f) in made.by_value.items())
            rows.append(f"{half} {slot}: {said}")
    return "\n".join(rows)


def errors(slot: str, given: Sequence[Answer]) -> str:
    """What is wrong in the half for tuning: gold, ours, the norm with its framing."""
    lines = []
    for answer in given:
        if answer.gold != answer.ours and answer.norm.for_tuning:
            norm, quote = answer.norm.provision, answer.norm.marks[slot][1]
            said = f"{norm.id} gold={answer.gold} «{quote}» ours={answer.ours}"
            lines.append(f"{said}\n    {norm.heading} | {norm.lead} | {norm.text} | focus: {answer.norm.focus}")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


@click.command()
@click.option("--language", "chosen", type=click.Choice(["ru", "kk"]), help="One language; both unless said.")
@click.option("--errors", "slots", multiple=True, type=click.Choice(JUDGED), help="Show errors of odd ids.")
@click.option("--states", is_flag=True, help="Precision, recall and F1 of every state.")
@click.option("--gold", type=click.Path(path_type=Path, exists=True), default=GOLD, help="Folder of the gold.")
def main(chosen: str | None, slots: tuple[str, ...], states: bool, gold: Path) -> None:
    """Scores of norm frames on the project's own norms."""
    pack = load_pack(kz_pack())
    for language in [chosen] if chosen else sorted(pack.languages):
        given = answers(read_gold(gold / f"frames-{language}.jsonl"), pack.languages[language].lexicon)
        click.echo(table(language, given) + "\n")
        if states:
            click.echo(by_state(given) + "\n")
        for slot in slots:
            click.echo(f"{slot}\n{errors(slot, given[slot])}\n")


if __name__ == "__main__":
    main()
