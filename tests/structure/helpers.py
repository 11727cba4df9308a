"""Source texts for the tests of structure, made without the readers: a line is a block, a table is blocks of cells."""

from __future__ import annotations

from nlp.reading.source import Block, BlockKind, Place, SourceText
from nlp.structure.act import Act, Unit


def source(text: str) -> SourceText:
    """Each line that is not empty becomes a paragraph."""
    pieces, blocks, at = [], [], 0
    for number, line in enumerate(text.split("\n")):
        line = line.strip()
        if line:
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line), Place(number)))
            pieces.append(line)
            at += len(line) + 1
    return SourceText("\n".join(pieces), tuple(blocks), "text")


def with_table(before: str, rows: list[list[str]], after: str = "") -> SourceText:
    """Lines, then a table of cells, then lines."""
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0

    def put(words: str, kind: BlockKind, place: Place) -> None:
        nonlocal at
        blocks.append(Block(kind, at, at + len(words), place))
        pieces.append(words)
        at += len(words) + 1

    for line in filter(None, before.split("\n")):
        put(line.strip(), BlockKind.PARAGRAPH, Place(len(blocks)))
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            put(words, BlockKind.CELL, Place(len(blocks), table=0, row=row, column=column))
    for line in filter(None, after.split("\n")):
        put(line.strip(), BlockKind.PARAGRAPH, Place(len(blocks)))
    return SourceText("\n".join(pieces), tuple(blocks), "docx")


def unit(act: Act, address: str) -> Unit:
    """The unit at an address; fails the test with the addresses there are."""
    found = act.find(address)
    assert found is not None, f"{address} not among {[u.address for u in act.root.walk()]}"
    return found


def own(act: Act, address: str) -> str:
    """Own words of the unit at an address."""
    return act.text(unit(act, address).own)
