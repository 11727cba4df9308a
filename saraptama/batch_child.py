"""``python -m saraptama.batch_child``: the examining process of a batch, with packs and weights found as everywhere."""

from __future__ import annotations

from pathlib import Path

from expertise.batch.child import serve
from expertise.batch.settings import Setup
from nlp.examination import Versions
from nlp.pipeline import Examiner, versions
from saraptama.packs import find_pack
from saraptama.registers import load_registers
from saraptama.weights import find_classifier


def load(setup: Setup) -> tuple[Examiner, Versions]:
    """The examiner of a setup on this machine."""
    pack, classifier = find_pack(setup.pack), find_classifier(setup.model)
    registers = load_registers(_path(setup.services), setup.limits, _path(setup.acts))
    examiner = Examiner(pack, setup.limits, registers, classifier)
    return examiner, versions(pack, registers, classifier)


def _path(named: str) -> Path | None:
    return Path(named) if named else None


if __name__ == "__main__":
    serve(load)
