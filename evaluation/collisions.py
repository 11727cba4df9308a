"""What the detector of collisions says of acts in force: every saying is printed to be read by a person.

Usage: ``python -m evaluation.collisions FILE…``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.detectors import collisions
from nlp.detection.findings import JudgedProvision
from nlp.detection.observation import Observation
from nlp.detection.observed import marks_of
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.norms import analyse
from nlp.pipeline import JUDGED_ROLES, main_language
from nlp.reading.plain import read_plain
from nlp.structure import provisions, structure


def said_of(file: Path, pack: Pack) -> tuple[list[Observation], ActView]:
    """Observations on one act, without rules and findings."""
    act = structure(read_plain(file.read_bytes(), file.name, Limits()))
    everything = provisions(act)
    judged = [
        JudgedProvision(analyse(each, languages.of(each.language)), (), ())
        for each in everything
        if each.role in JUDGED_ROLES and each.language in pack.languages
    ]
    view = ActView(act, everything, judged, pack)
    return list(collisions.build(pack)(view).observations), view


def main(files: list[str]) -> None:
    """Print the sayings of each act and their number."""
    pack = load_pack(kz_pack())
    for name in files:
        found, view = said_of(Path(name), pack)
        print(f"== {Path(name).stem}: {len(found)} in {len(view.judged)} provisions", flush=True)
        for each in found:
            print(f"-- {each.text}")
            for place, mark in zip(
                each.places, marks_of(each.places, view.citations, main_language(view.act)), strict=False
            ):
                print(f"   {mark.citation}: «{mark.quote}» | {' '.join(place.provision.lead.split())[-150:]} | "
                      f"{' '.join(place.provision.text.split())[:400]}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
