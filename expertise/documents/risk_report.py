"""The risk map and the cartogram as a document: matrix, tables by sphere, body, factor and period, grids of factors.

Reads: risks of issued conclusions, a selection in words. Writes: a Document. How the places in the matrix come about is
printed on it, and how many risks have none. Source: seed 004, items 5–8; scales of methodology 4.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from expertise.case.risks import (
    EXPERT,
    LEVELS,
    MACHINE,
    REST,
    Grid,
    Group,
    Risk,
    cartogram,
    grouped,
    level,
    matrix,
    scale,
)
from expertise.documents.drawing import Drawing, Field, grid_drawing, matrix_drawing
from expertise.documents.model import Block, Cell, Document, Picture, Shade, Style, Table, Turn, text
from expertise.documents.naming import dated
from expertise.documents.words import Words, capital, factor_name, words
from expertise.messages import term

UNSTATED = "-"
_WIDTHS = (91.0, 21.0, 21.0, 21.0, 21.0)
_MATRIX_WIDTH = 150.0
_GRID_WIDTH, _GRID_HEIGHT = 255.0, 140.0
_SHADES = {"low": Shade.LOW, "medium": Shade.MEDIUM, "high": Shade.HIGH}
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Risks of a selection as pages and documents show them, in one language."""

    risks: Sequence[Risk]
    said: Words
    factors: Names

    @property
    def placed(self) -> int:
        """How many stand in the matrix."""
        return sum(risk.rating is not None for risk in self.risks)

    def by(self, name: str) -> tuple[Group, ...]:
        """Groups by «sphere», «body», «factor» or «period», those of a period in its order."""
        found = grouped(self.risks, _PROPERTIES[name])
        return tuple(sorted(found, key=lambda each: each.name)) if name == "period" else found

    def called(self, name: str, value: str) -> str:
        """What a group is called."""
        if value == UNSTATED:
            return self.said.say("risks.unstated")
        if value == REST:
            return self.said.say("risks.rest")
        if name == "factor":
            return capital(factor_name(value, self.said.language, self.factors))
        if name == "sphere":
            return capital(term("sphere", value, self.said.language))
        if name == "period":
            year, _, quarter = value.partition("-")
            return self.said.say("risks.quarter", year=year, quarter=quarter)
        return value

    def how(self) -> tuple[str, ...]:
        """How the numbers come about, in sentences."""
        experts = sum(risk.rating is not None and risk.rating.by == EXPERT for risk in self.risks)
        machine = sum(risk.rating is not None and risk.rating.by == MACHINE for risk in self.risks)
        count = {"all": len(self.risks), "experts": experts, "machine": machine, "open": len(self.risks) - self.placed}
        return tuple(self.said.say(f"risks.how_{name}", **count) for name in ("what", "scale", "who", "open"))

    def map(self) -> Drawing:
        """The matrix."""
        counts, values = matrix(self.risks), scale()
        fields = [Field(i, p, level(p * i), counts.get((p, i), 0)) for p in values for i in values]
        axes = {
            name: (self.said.say(f"risks.{name}"), [self.said.say(f"risks.{name}_{value}") for value in values])
            for name in ("impact", "probability")
        }
        return matrix_drawing(fields, self.map_in_words(), axes["impact"], axes["probability"])

    def map_in_words(self) -> str:
        """The matrix for whoever does not see it."""
        told = [
            self.said.say("risks.cell", probability=p, impact=i, count=count)
            for (p, i), count in sorted(matrix(self.risks).items(), reverse=True)
        ]
        return self.said.say("risks.map_title") + ". " + ("; ".join(told) or self.said.say("risks.none"))

    def grid(self, name: str) -> Grid:
        """The cartogram by «body» or «sphere»."""
        return cartogram(self.risks, _PROPERTIES[name])

    def grid_map(self, name: str) -> Drawing:
        """The cartogram drawn."""
        grid = self.grid(name)
        cells = {
            (row, column): (grid.values.get((one, two), 0), grid.step(one, two))
            for row, one in enumerate(grid.rows)
            for column, two in enumerate(grid.columns)
        }
        rows = [self.called(name, each) for each in grid.rows]
        columns = [self.called("factor", each) for each in grid.columns]
        return grid_drawing(rows, columns, cells, self.said.say(f"risks.grid_{name}"))


def _quarter(risk: Risk) -> str:
    return f"{risk.issued_on.year}-{(risk.issued_on.month + 2) // 3}"


_PROPERTIES: Mapping[str, Callable[[Risk], str]] = {
    "sphere": lambda risk: risk.sphere,
    "body": lambda risk: risk.body,
    "factor": lambda risk: risk.factor,
    "period": _quarter,
}
TABLES = tuple(_PROPERTIES)
GRIDS = ("body", "sphere")


def risk_report(risks: Sequence[Risk], language: str, factors: Names, selection: str, on: date) -> Document:
    """The document in Russian or Kazakh. ``selection``: which risks these are, in words of the language."""
    said = words(language)
    counted = Counted(risks, said, factors)
    return Document(
        title=" ".join(said.lines("risks.title")),
        language=language,
        locale=said.say("locale"),
        blocks=tuple(_blocks(counted, selection)),
        page_statement=said.say("risks.page_statement", **dated(on.isoformat(), said)),
        page_number=said.say("preliminary.page_number"),
        wide=False,
    )


def _blocks(counted: Counted, selection: str) -> Iterator[Block]:
    said = counted.said
    for line in said.lines("risks.title"):
        yield text(line, Style.TITLE, keep=True)
    yield text(selection)
    if not counted.risks:
        yield text(said.say("risks.none"))
        return
    for line in counted.how():
        yield text(line, Style.NOTE)
    yield text(said.say("risks.map_title"), Style.HEADING, keep=True)
    yield _picture(counted.map(), counted.map_in_words(), _MATRIX_WIDTH, 110.0)
    for name in TABLES:
        yield text(said.say(f"risks.by_{name}"), Style.HEADING, keep=True)
        yield _table(counted, name)
    yield Turn(wide=True)
    for name in GRIDS:
        yield text(said.say(f"risks.grid_{name}"), Style.HEADING, keep=True)
        yield text(said.say("risks.grid_about"), Style.NOTE, keep=True)
        yield _picture(counted.grid_map(name), said.say(f"risks.grid_{name}"), _GRID_WIDTH, _GRID_HEIGHT)


def _picture(drawing: Drawing, alt: str, width: float, height: float) -> Picture:
    """As large as fits both; a small one is not blown up."""
    scale_ = min(width / drawing.width, height / drawing.height, 0.28)
    return Picture(drawing.svg, round(drawing.width * scale_, 1), round(drawing.height * scale_, 1), alt)


def _table(counted: Counted, name: str) -> Table:
    said = counted.said
    heads = [said.say(f"risks.{name}"), *(said.say(f"risks.level_{each}") for each in LEVELS), said.say("risks.total")]
    rows = []
    for group in counted.by(name):
        cells = [Cell((text(counted.called(name, group.name), Style.CELL),))]
        for each in LEVELS:
            count = group.levels[each]
            shade = _SHADES[each] if count else Shade.NONE
            cells.append(Cell((text(str(count), Style.CELL_CENTERED),), shade))
        cells.append(Cell((text(str(group.total), Style.CELL_CENTERED),)))
        rows.append(tuple(cells))
    head = tuple(Cell((text(each, Style.COLUMN_HEAD),), Shade.HEAD) for each in heads)
    return Table(_WIDTHS, tuple(rows), (head,))
