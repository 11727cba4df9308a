"""Comparative tables for tests, made without the readers: a cell holds paragraphs parted by line breaks."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.reading.source import Block, BlockKind, Place, SourceText
from nlp.structure import structure
from nlp.structure.act import Act
from nlp.structure.comparative_rows import TableRow, comparative_rows

RU = ["№ п/п", "Структурный элемент", "Действующая редакция", "Предлагаемая редакция", "Обоснование"]
KK = ["Р/с №", "Құрылымдық элемент", "Қолданыстағы редакция", "Ұсынылатын редакция", "Негіздеме"]
TITLE_RU = "СРАВНИТЕЛЬНАЯ ТАБЛИЦА\nк проекту Закона Республики Казахстан «О внесении изменений в Закон «О сборах»»"
TITLE_KK = "«Алымдар туралы» Заңға өзгерістер енгізу туралы» Қазақстан Республикасы Заңының жобасына\nСАЛЫСТЫРМА КЕСТЕ"

Row = Sequence[str] | dict[int, str]


def table(
    rows: Sequence[Row], title: str = TITLE_RU, after: str = "", further: Sequence[Sequence[Row]] = ()
) -> SourceText:
    """A title, tables one after another (``further`` with the lines above them as first item), lines after them.

    A row given as a dictionary has its cells at these places of the grid (merged cells begin at their first place).
    """
    pieces: list[str] = []
    blocks: list[Block] = []

    def put(words: str, kind: BlockKind, **place: int) -> None:
        at = sum(len(piece) + 1 for piece in pieces)
        blocks.append(Block(kind, at, at + len(words), Place(len(blocks), **place)))
        pieces.append(words)

    def lines(words: str) -> None:
        for line in filter(None, words.split("\n")):
            put(line, BlockKind.PARAGRAPH)

    lines(title)
    for number, one in enumerate((rows, *further)):
        for row, cells in enumerate(one):
            for column, words in (cells if isinstance(cells, dict) else dict(enumerate(cells))).items():
                for line in filter(None, words.split("\n")):
                    put(line, BlockKind.CELL, table=number, row=row, column=column)
    lines(after)
    return SourceText("\n".join(pieces), tuple(blocks), "docx")


def act_of(rows: Sequence[Row], title: str = TITLE_RU, after: str = "", further: Sequence[Sequence[Row]] = ()) -> Act:
    """The structured table."""
    return structure(table(rows, title, after, further))


def rows_of(*rows: Row, head: Row = RU, title: str = TITLE_RU) -> tuple[TableRow, ...]:
    """The rows recognised below a head."""
    return comparative_rows(act_of([head, *rows], title))
