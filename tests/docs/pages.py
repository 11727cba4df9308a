"""Markdown pages as tests see them: headings, tables, code blocks, links, examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
README = REPOSITORY / "README.md"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_CELL = re.compile(r"(?<!\\)\|")


def pages() -> list[Path]:
    """All pages of documentation in the repository."""
    return [README, *sorted(DOCS.glob("*.md")), REPOSITORY / "examples" / "README.md",
            REPOSITORY / "corpora" / "own" / "README.md"]  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page."""

    path: Path

    @cached_property
    def text(self) -> str:
        """The whole page."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The page without its code blocks."""
        return _FENCE.sub("", self.text)

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """(level, words) in order."""
        return [(len(marks), words.strip()) for marks, words in _HEADING.findall(self.prose)]

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """Tables as rows of cells; the head is row 0, the line under it is left out."""
        found: list[list[list[str]]] = []
        inside = False
        for line in self.prose.splitlines():
            if not line.startswith("|"):
                inside = False
                continue
            cells = [cell.strip() for cell in _CELL.split(line.strip().strip("|"))]
            if not inside:
                found.append([])
            inside = True
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                found[-1].append(cells)
        return found

    @cached_property
    def rows(self) -> list[list[str]]:
        """Rows of all tables, heads left out."""
        return [row for table in self.tables for row in table[1:]]

    @cached_property
    def links(self) -> list[tuple[bool, str]]:
        """(is an image, target) in order."""
        return [(bool(mark), target) for mark, target in _LINK.findall(self.prose)]

    @cached_property
    def anchors(self) -> set[str]:
        """What ``page.md#…`` can point to."""
        return {slug(words) for _, words in self.headings}

    def blocks(self, language: str) -> list[str]:
        """Contents of the code blocks of one language."""
        return [code for name, code in _FENCE.findall(self.text) if name == language]

    def section(self, title: str) -> str:
        """The words from the heading ``title`` to the next of its level or higher."""
        headings = list(_HEADING.finditer(self.text))
        for position, heading in enumerate(headings):
            if heading[2].strip() == title:
                ends = (h.start() for h in headings[position + 1 :] if len(h[1]) <= len(heading[1]))
                return self.text[heading.end() : next(ends, len(self.text))]
        raise AssertionError(f"{self.path.name} has no section «{title}»")


def slug(words: str) -> str:
    """The anchor of a heading, as code hosts make it."""
    kept = re.sub(r"[^\w\- ]", "", words.lower())
    return kept.replace(" ", "-")


def code_words(text: str) -> list[str]:
    """Words in back quotes."""
    return re.findall(r"`([^`]+)`", text)
