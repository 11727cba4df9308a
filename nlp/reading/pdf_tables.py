"""Words of a page → cells of its ruled tables.

Reads: grids (``pdf_rules``) and the words of the page. Writes: ``Table``s; the words they hold are taken from the page,
so that no text of a table comes twice. Turned words inside a cell are text (narrow columns have turned heads), not
stamps.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.reading.pdf_rows import Row, rows_of
from nlp.reading.pdf_rules import Grid, GridCell
from nlp.reading.pdf_words import PageWords, Word, turn

_COLUMN_ROWS = 8  # two cells with so many rows each are a page in two columns with a frame around it


@dataclass(frozen=True, slots=True)
class Table:
    """``cells``: the grid's cells that hold text, with their rows of words."""

    grid: Grid
    cells: tuple[tuple[GridCell, list[Row]], ...]


def take_tables(grids: list[Grid], words: PageWords) -> list[Table]:
    """Tables with their text; ``words`` keeps what stands outside of them."""
    tables: list[Table] = []
    for grid in grids:
        inside = _by_cell(grid, words.upright)
        turned = _by_cell(grid, [_in_upright(word, words.quadrant) for word in words.turned])
        if _is_layout(grid, inside) or not inside:
            continue
        taken = {id(word) for found in inside.values() for word in found}
        words.upright = [word for word in words.upright if id(word) not in taken]
        orders = {word.order for found in turned.values() for word in found}
        words.turned = [word for word in words.turned if word.order not in orders]
        cells: list[tuple[GridCell, list[Row]]] = []
        for number, cell in enumerate(grid.cells):
            rows = rows_of(inside.get(number, []))
            rows.extend(Row([word]) for word in turned.get(number, []))
            if rows:
                cells.append((cell, rows))
        tables.append(Table(grid, tuple(cells)))
    return tables


def _by_cell(grid: Grid, words: list[Word]) -> dict[int, list[Word]]:
    """Words by the number of the cell that their middle lies in."""
    found: dict[int, list[Word]] = {}
    low, high = grid.bottom, grid.top
    left, right = grid.borders[0], grid.borders[-1]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        if not (low <= y <= high and left <= x <= right):
            continue
        for number, cell in enumerate(grid.cells):
            if cell.holds(x, y):
                found.setdefault(number, []).append(word)
                break
    return found


def _in_upright(word: Word, quadrant: int) -> Word:
    """A turned word with its box in upright coordinates, so that it can be placed and mapped back."""
    a, b = turn(quadrant, word.x0, word.y0), turn(quadrant, word.x1, word.y1)
    box = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    return Word(word.text, box, box[1], word.size, word.bold, word.order, word.glued)


def _is_layout(grid: Grid, inside: dict[int, list[Word]]) -> bool:
    """A frame around text in two columns, or lines that hold hardly any text (a form's border)."""
    if len(inside) <= 1:
        return True
    if grid.rows > 1 or len(grid.cells) != 2:
        return False
    return all(len(rows_of(list(found))) >= _COLUMN_ROWS for found in inside.values())
