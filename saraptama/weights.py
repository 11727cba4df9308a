"""The classifier that goes with the product, another folder of weights, or none."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Final

from nlp.classifier.classifier import DESCRIPTION, Classifier

NONE: Final = "none"
SETTING: Final = "SARAPTAMA_MODEL"


def find_classifier(name: str = "") -> Classifier | None:
    """The classifier named: a folder, ``none``, or "" – what ``SARAPTAMA_MODEL`` says, else the one of the product.

    None when it is not wanted, or when the product was installed without weights. Raises ``ClassifierError`` for a
    folder that holds none, or other ones than it says. It is loaded anew for every process.
    """
    wanted = name or os.environ.get(SETTING, "")
    if wanted == NONE:
        return None
    if wanted:
        return Classifier(Path(wanted))
    folder = own_weights()
    return None if folder is None else Classifier(folder)


def own_weights() -> Path | None:
    """The folder of the weights that were installed with the product, None without them."""
    try:
        folder = Path(str(files("models").joinpath("weights")))
    except ModuleNotFoundError:  # installed without them, or an older installation of a newer checkout
        return None
    return folder if (folder / DESCRIPTION).is_file() else None
