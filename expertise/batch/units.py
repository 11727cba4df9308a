"""The units of a draft as they are kept beside its result, so that two results can be compared without the files.

Reads: an examination. Writes: plain JSON values, and the nodes of an alignment back.
"""

from __future__ import annotations

import gzip
import json
from typing import Any

from nlp.alignment import nodes
from nlp.alignment.alignment import Node
from nlp.examination import Examination
from nlp.structure.act import UnitKind

VERSION = 1


def units_of(examination: Examination) -> dict[str, Any]:
    """Units of every text with their own words, in document order."""
    return {
        "version": VERSION,
        "texts": [
            {
                "language": report.act.language,
                "sha256": report.act.source.sha256,
                "units": [
                    [n.address, n.kind.value, n.number, n.words, n.parent, list(n.children)] for n in nodes(report.act)
                ],
            }
            for report in examination.reports
        ],
    }


def read_units(packed: bytes) -> dict[str, tuple[Node, ...]]:
    """Language of a text → its units. Raises ``ValueError`` for what is not of this version."""
    try:
        raw = json.loads(gzip.decompress(packed))
        if raw["version"] != VERSION:
            raise ValueError(f"units of version {raw['version']}")
        return {text["language"]: tuple(_node(row) for row in text["units"]) for text in raw["texts"]}
    except (OSError, EOFError, KeyError, TypeError) as error:
        raise ValueError("units") from error


def _node(row: list[Any]) -> Node:
    address, kind, number, words, parent, children = row
    return Node(address, UnitKind(kind), number, words, parent, tuple(children))
