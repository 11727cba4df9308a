"""The hostile corpus: every file that is to be answered with words and never with a hang or a fault.

    python -m tests.hostile.corpus OUT [--seed N] [--all]

writes the files into OUT, and ``OUT/expected.json`` with what may be answered to each: ``read``, or codes of refusal
(``nlp/messages``). ``--all`` writes the heavy ones too. The same seed gives the same bytes. So a web service or any
other way in can be tried with the same files as the reader itself (``tests/hostile/test_corpus.py``).

Kinds: ``zips`` (archives that lie), ``word`` (Word files), ``prints`` (PDF), ``texts`` (text files), ``others``
(spreadsheets, pages of the net, pictures, files of LibreOffice, wrong names, files of two kinds).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.hostile import others, prints, texts, word, zips
from tests.hostile.case import Case

CASES: tuple[Case, ...] = (*zips.CASES, *word.CASES, *prints.CASES, *texts.CASES, *others.CASES)
QUICK = tuple(case for case in CASES if not case.slow)
HEAVY = tuple(case for case in CASES if case.slow)


def write(folder: Path, seed: int = 1, heavy: bool = False) -> list[Path]:
    """Write the corpus; returns the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = CASES if heavy else QUICK
    written = []
    for case in cases:
        path = folder / case.name
        path.write_bytes(case.bytes(seed))
        written.append(path)
    expected = {
        case.name: {"says": case.says, "outcomes": sorted(case.outcomes), "holds": case.holds, "lacks": case.lacks}
        for case in cases
    }
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    return written


def main() -> None:
    """Write the corpus as the command line says."""
    parser = argparse.ArgumentParser(description="hostile files for trying a way in")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="the heavy files too")
    options = parser.parse_args()
    written = write(options.out, options.seed, options.all)
    print(f"{len(written)} files, {sum(path.stat().st_size for path in written) / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
