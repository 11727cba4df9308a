"""The letter on hidden public services to the body that keeps the register (seed 001: group 2, KPI 1, task 10).

Reads: the content of a conclusion, what the machine kept of each confirmed hidden service (its evidence by criteria
C1–C7). Writes: a Document. A criterion that nobody has shown is told as such; that the register was not asked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.case.states import CaseError
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.model import Block, Cell, Document, Emphasis, Paragraph, Run, Shade, Style, Table, text
from expertise.documents.naming import Content, named, requisite, restriction
from expertise.documents.words import Words, words_for

CRITERIA = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
_DETECTOR = "services"
_UNSEEN = "not seen"
_FIXED = {"C4", "C6"}  # what they say is the same for every service
_WIDTHS = (78.0, 34.0, 63.0)
_SIGNATURE_WIDTHS = (70.0, 45.0, 60.0)

Kept = Mapping[str, Mapping[str, Any]]


def services_letter(content: Content, language: str, content_hash: str, kept: Kept) -> Document:
    """The letter in Russian or Kazakh. ``kept``: finding id → its content as the machine or an expert made it.

    Raises ``CaseError`` where no hidden service is confirmed, ``ValueError`` for a language without words.
    """
    said = words_for(content, language)
    found = [each for each in content["findings"] if each["number"] in content["summary"]["hidden_services"]]
    if not found:
        raise CaseError("expertise.no_hidden_services")
    blanks = named(content, said)
    statement = "services_letter.page_statement" if content_hash else "conclusion.preview_statement"
    blocks = [*_head(content, said, len(found), _signs(found, language, kept))]
    for position, each in enumerate(found, start=1):
        blocks += _service(each, position, said, kept)
    return Document(
        title=said.say("services_letter.title"),
        language=language,
        locale=said.say("locale"),
        blocks=(*blocks, *_foot(content, said)),
        page_statement=said.say(statement, **blanks),
        page_number=said.say("preliminary.page_number"),
        page_foot=said.say("conclusion.page_foot", hash=content_hash) if content_hash else "",
        page_mark=restriction(content, said),
        wide=False,
    )


def _head(content: Content, said: Words, count: int, signs: str) -> Iterator[Block]:
    yield text(said.say("services_letter.addressee"))
    yield text(said.say("services_letter.outgoing"), Style.NOTE)
    yield text(said.say("services_letter.title"), Style.TITLE)
    developer = requisite(content, "developer", said)
    yield text(said.say("services_letter.found", developer=developer, **named(content, said)))
    yield text(said.say("services_letter.count", count=count) + " " + said.say(f"services_letter.signs.{signs}"))
    register = content["checks"]["services"]["register"]
    asked = "services_letter.register" if register else "services_letter.no_register"
    yield text(said.say(asked, sha256=register))
    yield text(said.say("services_letter.asked"))


def _signs(found: Sequence[Mapping[str, Any]], language: str, kept: Kept) -> str:
    """Of how many of the services the program kept what shows their signs: the letter says no more than its tables."""
    shown = [bool(_evidence(each, language, kept)) for each in found]
    return "shown" if all(shown) else "in_part" if any(shown) else "by_expert"


def _service(found: Mapping[str, Any], position: int, said: Words, kept: Kept) -> Iterator[Block]:
    cells = finding_cells(found, said)
    heading = said.say("services_letter.service", position=position, unit=cells["unit"].paragraphs[0].text)
    yield text(heading, Style.SUBHEADING, keep=True)
    norms = [norm for norm in found["norms"] if norm["language"] == said.language] or found["norms"]
    for norm in norms:
        words_of_norm = " ".join(f"{norm['lead']} {norm['text']}".split())
        label = Run(said.say("services_letter.norm") + " ", Emphasis.STRONG)
        yield Paragraph((label, Run(f"«{words_of_norm}»")), keep=True)
    yield _criteria(_evidence(found, said.language, kept), said)
    yield text(said.say("services_letter.proposed"), emphasis=Emphasis.STRONG, keep=True)
    yield from (Paragraph(line.runs) for line in cells["proposal"].paragraphs)


def _evidence(found: Mapping[str, Any], language: str, kept: Kept) -> Mapping[str, str]:
    """Criterion → what shows it, of the text in the language of the letter where there is one."""
    rows = [kept[made["finding"]] for made in found["decisions"] if made["finding"] in kept]
    rows.sort(key=lambda row: row.get("text_language") != language)
    for row in rows:
        for each in row.get("evidence", ()):
            if each["detector"] == _DETECTOR:
                return {part["key"]: str(part["value"]) for part in each["reason"]}
    return {}


def _criteria(evidence: Mapping[str, str], said: Words) -> Table:
    head = tuple(
        Cell((text(said.say(f"services_letter.column_{name}"), Style.COLUMN_HEAD),), Shade.HEAD)
        for name in ("criterion", "holds", "words")
    )
    rows = []
    for code in CRITERIA:
        holds, shown = _judged(code, evidence.get(code, ""), said)
        named = said.say(f"services_letter.criterion.{code}")
        rows.append(
            (
                Cell((Paragraph((Run(f"{code}. ", Emphasis.STRONG), Run(named)), Style.CELL),)),
                Cell((text(holds, Style.CELL_CENTERED),)),
                Cell((text(shown, Style.CELL),)),
            )
        )
    return Table(_WIDTHS, tuple(rows), (head,))


def _judged(code: str, shown: str, said: Words) -> tuple[str, str]:
    """Whether the criterion holds, and by which words; of C7, what the register said."""
    blank = said.say("conclusion.blank")
    if not shown:
        return blank, said.say("services_letter.by_expert")
    if code == "C7":
        return _register(shown, said)
    if shown == _UNSEEN:
        return said.say("services_letter.unseen"), blank
    quoted = said.say(f"services_letter.fixed.{code}") if code in _FIXED else f"«{' '.join(shown.split())}»"
    return said.say("services_letter.holds"), quoted


def _register(shown: str, said: Words) -> tuple[str, str]:
    """«other: – (0.1)», «similar: 00101001 (0.7)», «not checked: no register» as the detector keeps it."""
    band, _, rest = shown.partition(": ")
    if band == "other":
        return said.say("services_letter.holds"), said.say("services_letter.c7_other")
    if band == "similar":
        return said.say("services_letter.open"), said.say("services_letter.c7_similar", code=rest.split(" ")[0])
    return said.say("services_letter.unchecked"), said.say("services_letter.c7_unchecked")


def _foot(content: Content, said: Words) -> Iterator[Block]:
    yield text("", keep=True)
    blank = said.say("conclusion.blank") * 5
    yield Table(
        _SIGNATURE_WIDTHS,
        (
            (
                Cell((text(said.say("services_letter.post", post=blank), Style.CELL, keep=True),)),
                Cell(
                    (
                        text("_" * 18, Style.CELL_CENTERED, keep=True),
                        text(said.say("conclusion.signature"), Style.CELL_CENTERED, Emphasis.QUIET, keep=True),
                    )
                ),
                Cell((text(blank, Style.CELL, keep=True),)),
            ),
        ),
    )
    yield text(said.say("services_letter.made_by", name=content["requisites"]["expert"] or blank), Style.NOTE)
