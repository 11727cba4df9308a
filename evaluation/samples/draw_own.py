"""Draws the lines of the own drafts whose unit is marked: uniformly over non-empty lines, per language, by seed."""

import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20260
SIZE = 100


def lines(language: str) -> list[tuple[str, int]]:
    """Every non-empty line of the own drafts in the language: path within samples, number from 0."""
    found: list[tuple[str, int]] = []
    for file in sorted((HERE / "own").glob(f"{language}-*.txt")):
        for number, text in enumerate(file.read_text(encoding="utf-8").split("\n")):
            if text.strip():
                found.append((f"own/{file.name}", number))
    return found


def draw(language: str, size: int = SIZE, seed: int = SEED) -> list[tuple[str, int]]:
    """The drawn lines in the order of the files."""
    return sorted(random.Random(seed).sample(lines(language), size))


def main() -> None:
    for language in ("ru", "kk"):
        for text, line in draw(language):
            sys.stdout.write(json.dumps({"text": text, "line": line, "language": language}) + "\n")


if __name__ == "__main__":
    main()
