"""Draws the lines of the own drafts whose unit is marked: uniformly over non-empty lines, per language, by seed.

The first sample: no options. The second one: `--folder second --seed 20261129 --size 60`.
"""

import argparse
import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20260
SIZE = 100


def lines(language: str, folder: str = "") -> list[tuple[str, int]]:
    """Every non-empty line of the own drafts in the language: path within the folder of the sample, number from 0."""
    found: list[tuple[str, int]] = []
    for file in sorted((HERE / folder / "own").glob(f"{language}-*.txt")):
        for number, text in enumerate(file.read_text(encoding="utf-8").split("\n")):
            if text.strip():
                found.append((f"own/{file.name}", number))
    return found


def draw(language: str, size: int = SIZE, seed: int = SEED, folder: str = "") -> list[tuple[str, int]]:
    """The drawn lines in the order of the files."""
    return sorted(random.Random(seed).sample(lines(language, folder), size))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--folder", default="", help="folder of the sample within samples; the first sample lies in samples itself"
    )
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--size", type=int, default=SIZE)
    given = options.parse_args()
    for language in ("ru", "kk"):
        for text, line in draw(language, given.size, given.seed, given.folder):
            sys.stdout.write(json.dumps({"text": text, "line": line, "language": language}) + "\n")


if __name__ == "__main__":
    main()
