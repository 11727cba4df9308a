"""What is annexed to a certificate: the list of drafts with the columns that the instruction asks for (seed 001).

Reads: the content of a certificate. Writes: blocks of the document model, on wide pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from expertise.documents.certificate_words import STATES, day, shown_of
from expertise.documents.model import Block, Cell, Emphasis, Shade, Style, Table, Turn, text
from expertise.documents.naming import dated
from expertise.documents.words import Words, capital, factor_name

Draft = Mapping[str, Any]

_RISKS = {"number": 14.0, "norm": 40.0, "factor": 38.0, "risk": 68.0, "recommendation": 68.0, "result": 34.0}
_REFUSED = {"number": 10.0, "draft": 100.0, "conclusion": 33.0, "fate": 28.0, "reason": 91.0}
_TAKEN = {
    "number": 10.0, "draft": 59.0, "conclusion": 30.0, "fate": 27.0, "issued": 27.0, "adopted": 21.0,
    "in_part": 21.0, "not_adopted": 22.0, "moot": 18.0, "undecided": 27.0,
}  # fmt: skip
_REFUSED_FATES = ("not_adopted", "withdrawn")


def annex(content: Mapping[str, Any], said: Words) -> Iterator[Block]:
    """The lists, each with its heading."""
    drafts = content["drafts"]
    if not drafts:
        return
    yield Turn(wide=True)
    numbered = {"number": content["number"], "date": day(content["date"])}
    yield text(said.say("certificate.annex", **numbered), Style.NOTE, keep=True)
    yield text(said.say(f"certificate.annex_title.{content['kind']}"), Style.TITLE)
    if content["kind"] == "factors":
        for draft in drafts:
            yield from _risks(draft, said)
        yield text(said.say("certificate.annexed_conclusions"), Style.NOTE)
        return
    others = [draft for draft in drafts if draft["fate"] not in _REFUSED_FATES]
    yield _table(_TAKEN, tuple(_taken(number, draft, said) for number, draft in enumerate(others, 1)), said)
    refused = [draft for draft in drafts if draft["fate"] in _REFUSED_FATES]
    if refused:
        yield text(said.say("certificate.refused_title"), Style.TITLE, keep=True)
        yield _table(_REFUSED, tuple(_refused(number, draft, said) for number, draft in enumerate(refused, 1)), said)


def _table(columns: Mapping[str, float], rows: tuple[tuple[Cell, ...], ...], said: Words) -> Table:
    head = tuple(Cell((text(said.say(f"certificate.list_{name}"), Style.COLUMN_HEAD),), Shade.HEAD) for name in columns)
    return Table(tuple(columns.values()), rows, (head,))


def title_in(title: Mapping[str, str], said: Words) -> str:
    """The name of a draft, in the other language where this one has none."""
    found = title.get(said.language) or next((words for words in title.values() if words), "")
    return found or said.say("conclusion.blank")


def conclusion_number(number: str, issued: str, said: Words) -> str:
    """«№ 12 от 2 марта 2026 года»."""
    blank = said.say("conclusion.blank")
    return said.say("certificate.number", number=number or blank, **dated(issued, said))


def title_of(draft: Draft, said: Words) -> str:
    """The name of a draft of the certificate."""
    return title_in(draft["title"], said)


def conclusion_line(draft: Draft, said: Words) -> str:
    """Number and date of its conclusion."""
    return conclusion_number(draft["conclusion"]["number"], draft["conclusion"]["date"], said)


def _risks(draft: Draft, said: Words) -> Iterator[Block]:
    """The draft, its conclusion, and a row a factor."""
    yield text(f"{draft['position']}. {title_of(draft, said)}", Style.SUBHEADING, keep=True)
    about = said.say(
        "certificate.draft_line", body=shown_of("body", draft["body"], said), conclusion=conclusion_line(draft, said),
        issued=dated(draft["conclusion"]["issued_on"], said)["date_on"], count=draft["factors"],
        sha256=draft["conclusion"]["sha256"],
    )  # fmt: skip
    yield text(about, Style.NOTE, keep=bool(draft["rows"]))
    if not draft["rows"]:
        yield text(said.say("certificate.no_factors"))
        return
    yield _table(_RISKS, tuple(_risk(draft, number, row, said) for number, row in enumerate(draft["rows"], 1)), said)


def _risk(draft: Draft, number: int, row: Mapping[str, Any], said: Words) -> tuple[Cell, ...]:
    return (
        Cell((text(f"{draft['position']}.{number}", Style.CELL_CENTERED),)),
        _lines(norms(row, said)),
        _lines([row_factor(row, said)]),
        _lines(risk(row, said)),
        _lines(advice(row, said)),
        _lines([result(draft["reason"], row, said)]),
    )


def _lines(lines: list[str]) -> Cell:
    return Cell(tuple(text(words, Style.CELL) for words in lines or ["–"]))


def row_factor(row: Mapping[str, Any], said: Words) -> str:
    """The name of the factor of a row."""
    return capital(factor_name(row["factor"], said.language, {row["factor"]: row["factor_name"]}))


def risk(row: Mapping[str, Any], said: Words) -> list[str]:
    """What is said of the risk, a line each."""
    return _of(row["risk"], said)


def norms(row: Mapping[str, Any], said: Words) -> list[str]:
    """Where the factor stands."""
    return _of(row["norm"], said)


def advice(row: Mapping[str, Any], said: Words) -> list[str]:
    """What experts recommended: in words, and as a wording in the language of the document where there is one."""
    proposals = [each for each in row["proposals"] if each["language"] == said.language] or row["proposals"]
    wordings = [
        said.say("certificate.wording", text=each["text"]) if each["text"] else said.say("conclusion.exclude")
        for each in proposals
    ]
    return [*_of(row["recommendation"], said), *wordings] or [said.say("certificate.no_recommendation")]


def result(reason: str, row: Mapping[str, Any], said: Words) -> str:
    """What became of it."""
    found = row["result"]
    if found["of"] == "fate":
        return said.say("certificate.fate_because", fate=said.say(f"certificate.fate.{found['value']}"), reason=reason)
    return said.say(f"certificate.result.{found['of']}_{found['value'] or 'none'}")


def _of(said_by_language: Mapping[str, list[str]], said: Words) -> list[str]:
    return list(said_by_language.get(said.language) or next((each for each in said_by_language.values() if each), []))


def _named(draft: Draft, said: Words) -> Cell:
    body = shown_of("body", draft["body"], said)
    return Cell((text(title_of(draft, said), Style.CELL), text(body, Style.CELL, Emphasis.QUIET)))


def _taken(number: int, draft: Draft, said: Words) -> tuple[Cell, ...]:
    adopted = draft["fate"] == "adopted"
    counts = [
        str(draft["recommendations"]),
        *(str(draft["states"][state]) if adopted else "–" for state in STATES),
    ]
    return (
        Cell((text(str(number), Style.CELL_CENTERED),)),
        _named(draft, said),
        Cell((text(conclusion_line(draft, said), Style.CELL),)),
        Cell((text(said.say(f"certificate.fate.{draft['fate']}"), Style.CELL),)),
        *(Cell((text(count, Style.CELL_CENTERED),)) for count in counts),
    )


def _refused(number: int, draft: Draft, said: Words) -> tuple[Cell, ...]:
    return (
        Cell((text(str(number), Style.CELL_CENTERED),)),
        _named(draft, said),
        Cell((text(conclusion_line(draft, said), Style.CELL),)),
        Cell((text(said.say(f"certificate.fate.{draft['fate']}"), Style.CELL),)),
        Cell((text(draft["reason"], Style.CELL),)),
    )
