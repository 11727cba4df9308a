"""python -m nlp.language.kazakh TEXT…: words, lemmas and features as a table; standard input where no text is given."""

from __future__ import annotations

import sys

from nlp.language.kazakh.language import Kazakh


def main(arguments: list[str]) -> None:
    """Writes a row a token: text, candidate lemmas with ``|`` between them, features."""
    for line in [" ".join(arguments)] if arguments else sys.stdin:
        for token in Kazakh().analyse(line):
            sys.stdout.write(f"{token.text}\t{'|'.join(token.lemmas)}\t{' '.join(sorted(token.tags))}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
