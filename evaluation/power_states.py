"""Weights of the estimated states of powers: learnt from the gold of ``corpora/own/powers``, judged on acts held out.

    python -m evaluation.power_states --shared FOLDER [--out nlp/norms/powers/estimates.json]

Reads: the gold but its part «fresh», which stays for measuring; the acts of the shared folder; the cues of the file
that is to be written anew. Writes: the file, and to standard output F1 over acts that were held out, eight folds, the
two languages of an act in one. Multinomial logistic regression, an element at a time, both languages together;
its strength is the one of five (0.05 to 0.5) that does best on held-out acts.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from evaluation.powers import SETS, Reader, f1, number, rows
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.norms.powers import Element
from nlp.norms.powers.estimates import STATES, compiled, traits

FOLDS, INVERSE_STRENGTH, SMALLEST = 8, 0.3, 0.005
FILE = Path(__file__).resolve().parent.parent / "nlp" / "norms" / "powers" / "estimates.json"


@dataclass(frozen=True, slots=True)
class Marked:
    """A power with the states of the gold and, by element, what is known of it."""

    language: str
    act: str
    states: Mapping[Element, str]
    traits: Mapping[Element, Mapping[str, float]]


def marked(shared: Path, cues: Mapping[str, list[str]]) -> Iterator[Marked]:
    """All powers to learn from."""
    pack, expressions = load_pack(kz_pack()), compiled(cues)
    for code in ("ru", "kk"):
        gold = rows(code) + [row for row in rows(code, "", "drawn") if number(row) not in SETS["drawn"]["fresh"]]
        by_act: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in gold:
            by_act[row["act"]].append(row)
        for act, powers in sorted(by_act.items()):
            reader = Reader(shared / "corpora" / "kz-acts" / act, code, pack)
            for row in powers:
                power = reader.power(row["core"])
                if power is not None:
                    states = {element: str(row["slots"][element.value]["state"]) for element in Element}
                    known = {element: traits(power, element, expressions) for element in Element}
                    yield Marked(code, act.replace("_kz", ""), states, known)


Weights = dict[str, list[float]]


def learnt(powers: Sequence[Marked], element: Element) -> Weights:
    """Trait → a weight for each state."""
    given = [each.states[element] for each in powers]
    if len(set(given)) == 1:
        return {"all": [float(state.value == given[0]) * 5 for state in STATES]}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([each.traits[element] for each in powers])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=INVERSE_STRENGTH, max_iter=3000).fit(matrix, given)
    known = list(model.classes_)
    coefficients = model.coef_ if len(known) > 2 else np.vstack([-model.coef_ / 2, model.coef_ / 2])
    bias = model.intercept_ if len(known) > 2 else np.array([-model.intercept_[0] / 2, model.intercept_[0] / 2])
    table = {name: _row(coefficients[:, at], known) for at, name in enumerate(vectors.get_feature_names_out())}
    table["all"] = [
        round(a + b, 3) for a, b in zip(table.get("all", [0.0] * len(STATES)), _row(bias, known, -9.0), strict=True)
    ]
    return {name: row for name, row in sorted(table.items()) if max(map(abs, row)) >= SMALLEST}


def _row(values: Any, known: Sequence[str], missing: float = 0.0) -> list[float]:
    return [round(float(values[known.index(s.value)]), 3) if s.value in known else missing for s in STATES]


def likeliest(weights: Mapping[str, Sequence[float]], known: Mapping[str, float]) -> str:
    """The state with the greatest sum."""
    sums = np.zeros(len(STATES))
    for trait, value in known.items():
        sums += value * np.array(weights.get(trait, [0.0] * len(STATES)))
    return STATES[int(sums.argmax())].value


def held_out(powers: Sequence[Marked]) -> Iterator[str]:
    """Macro and micro F1 of the states on acts that were not learnt from."""
    order = np.random.default_rng(0).permutation(sorted({each.act for each in powers})).tolist()
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for fold in range(FOLDS):
        away = set(order[fold::FOLDS])
        others = [each for each in powers if each.act not in away]
        for element in Element:
            weights = learnt(others, element)
            for each in powers:
                if each.act in away:
                    said = likeliest(weights, each.traits[element])
                    tables[each.language][each.states[element]][said] += 1
    for code, table in tables.items():
        by_state = f1(table)
        right, whole = sum(row[state] for state, row in table.items()), sum(sum(row.values()) for row in table.values())
        yield f"{code} held-out acts: macro {np.mean(list(by_state.values())):.3f} micro {right / whole:.3f}"


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=FILE)
def main(shared: Path, out: Path) -> None:
    """Learn and write."""
    cues = json.loads(FILE.read_text("utf-8"))["cues"]
    powers = list(marked(shared, cues))
    for line in held_out(powers):
        click.echo(line)
    told = hashlib.sha256(repr([(p.language, p.act, sorted(p.states.items())) for p in powers]).encode()).hexdigest()
    made = {
        "learnt_from": {"powers": len(powers), "gold_sha256": told},
        "cues": cues,
        "weights": {element.value: learnt(powers, element) for element in Element},
    }
    out.write_text(_written(made), encoding="utf-8")


def _written(made: Mapping[str, Any]) -> str:
    """JSON with a trait a line, so that changes of a weight can be read."""
    parts = [f' "learnt_from": {json.dumps(made["learnt_from"])}']
    cues = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(stems, ensure_ascii=False)}" for name, stems in made["cues"].items()
    )
    parts.append(f' "cues": {{\n{cues}\n }}')
    elements = []
    for element, table in made["weights"].items():
        lines = ",\n".join(f"   {json.dumps(trait)}: {json.dumps(row)}" for trait, row in table.items())
        elements.append(f"  {json.dumps(element)}: {{\n{lines}\n  }}")
    parts.append(' "weights": {\n' + ",\n".join(elements) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
