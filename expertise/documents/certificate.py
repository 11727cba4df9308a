"""A certificate of an indicator «справка» / «анықтама», for a head to sign (seed 001).

Reads: the content of a certificate (``expertise.case.certificate``) and nothing beside it. Writes: a Document of the
document model: the figures, the rule they were counted by, the line to sign on; annexed, the list of drafts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.documents.certificate_lists import annex
from expertise.documents.certificate_words import day, figure, figures, heads, label, named_period, shown, shown_of
from expertise.documents.model import Block, Cell, Document, Emphasis, Shade, Style, Table, text
from expertise.documents.naming import dated
from expertise.documents.words import Words, capital, factor_name, words

Content = Mapping[str, Any]

_ABOUT = (52.0, 123.0)
_FIGURES = (140.0, 35.0)
_FACTORS = (115.0, 30.0, 30.0)
_WIDTH = 175.0
_NARROW = {
    "drafts": 20.0, "factors": 23.0, "mean": 20.0, "recommendations": 32.0, "adopted_drafts": 24.0, "issued": 29.0,
    "adopted": 18.0, "in_part": 17.0, "strict": 16.0, "lenient": 16.0,
}  # fmt: skip
_SIGNATURE = (75.0, 45.0, 55.0)


def certificate_document(content: Content, language: str, content_hash: str) -> Document:
    """The certificate in Russian or Kazakh. Raises ``ValueError`` for a language that has no words."""
    said, numbered = words(language), {"number": content["number"], **dated(content["date"], words(language))}
    titles = said.lines(f"certificate.title.{content['kind']}")
    return Document(
        title=" ".join((*titles, said.say("certificate.number", **numbered))),
        language=language,
        locale=said.say("locale"),
        blocks=tuple(_blocks(content, said, content_hash, numbered)),
        page_statement=said.say("certificate.page_statement", **numbered),
        page_number=said.say("preliminary.page_number"),
        page_foot=said.say("conclusion.page_foot", hash=content_hash),
        page_mark=mark(content, said),
        wide=False,
    )


def mark(content: Content, said: Words) -> str:
    """The restriction mark, where one of the drafts bears one."""
    return said.say("restricted") if any(each["restricted"].strip() for each in content["drafts"]) else ""


def _blocks(content: Content, said: Words, content_hash: str, numbered: Mapping[str, str]) -> Iterator[Block]:
    for line in said.lines(f"certificate.title.{content['kind']}"):
        yield text(line, Style.TITLE, keep=True)
    yield text(said.say("certificate.number", **numbered), Style.TITLE, keep=True)
    yield text(said.say("certificate.for_period", period=named_period(content["period"], said)), Style.TITLE)
    yield text("")
    yield _about(content, said)
    yield text(said.say("certificate.section_figures"), Style.HEADING, keep=True)
    kind = content["kind"]
    rows = [_figure(label(kind, name, said), shown(name, value)) for name, value in figures(kind, content["totals"])]
    yield Table(_FIGURES, tuple(rows))
    if content["factors"]:
        yield text(said.say("certificate.section_factors"), Style.HEADING, keep=True)
        yield _factors(content, said)
    for name in ("bodies", "spheres"):
        if any(each[_KEYS[name]] for each in content[name]):
            yield text(said.say(f"certificate.section_{name}"), Style.HEADING, keep=True)
            yield _groups(content, said, name)
    yield text(said.say("counting.heading"), Style.HEADING, keep=True)
    *before, last = said.lines("counting.rule")
    yield from (text(line, Style.BULLET) for line in before)
    yield text(last, Style.BULLET, keep=True)  # the signature does not stand on a page alone
    yield from _foot(content, said, content_hash)
    yield from annex(content, said)


def _about(content: Content, said: Words) -> Table:
    selection, period = content["selection"], content["period"]
    rows = [
        ("indicator_label", said.say(f"certificate.indicator.{content['kind']}")),
        ("period", said.say("certificate.from_to", first=day(period["first"]), last=day(period["last"]))),
        *((name, shown_of(name, selection[name], said, all_of=True)) for name in ("body", "sphere", "act_form")),
        ("by", ", ".join(each for each in (content["by"]["name"], content["by"]["organisation"]) if each)),
    ]
    return Table(
        _ABOUT,
        tuple(
            (
                Cell((text(said.say(f"certificate.{name}"), Style.CELL),)),
                Cell((text(value, Style.CELL),)),
            )
            for name, value in rows
        ),
    )


def _figure(words_of: str, value: str) -> tuple[Cell, ...]:
    return (
        Cell((text(words_of, Style.CELL, keep=True),)),
        Cell((text(value, Style.CELL_CENTERED, Emphasis.STRONG, keep=True),)),
    )


def _head(labels: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    return (tuple(Cell((text(each, Style.COLUMN_HEAD),), Shade.HEAD) for each in labels),)


def _factors(content: Content, said: Words) -> Table:
    labels = [said.say(f"certificate.column_{name}") for name in ("factor", "found", "in_drafts")]
    rows = []
    for each in content["factors"]:
        name = capital(factor_name(each["factor"], said.language, {each["factor"]: each["factor_name"]}))
        numbers = (str(each["found"]), str(each["drafts"]))
        rows.append((Cell((text(name, Style.CELL),)), *(Cell((text(n, Style.CELL_CENTERED),)) for n in numbers)))
    return Table(_FACTORS, tuple(rows), _head(labels))


_KEYS = {"bodies": "body", "spheres": "sphere"}


def _groups(content: Content, said: Words, name: str) -> Table:
    columns = heads(content["kind"])
    labels = [said.say(f"certificate.{_KEYS[name]}"), *(said.say(f"certificate.column_{each}") for each in columns)]
    rows = []
    for each in content[name]:
        named = shown_of(_KEYS[name], each[_KEYS[name]], said)
        numbers = (Cell((text(shown(column, figure(each, column)), Style.CELL_CENTERED),)) for column in columns)
        rows.append((Cell((text(named, Style.CELL),)), *numbers))
    narrow = [_NARROW[each] for each in columns]
    return Table((_WIDTH - sum(narrow), *narrow), tuple(rows), _head(labels))


def _foot(content: Content, said: Words, content_hash: str) -> Iterator[Block]:
    signs = content["signs"]
    yield text("", keep=True)
    line = (
        Cell((text(signs["post"] or said.say("certificate.head"), Style.CELL, keep=True),)),
        Cell(
            (
                text("_" * 18, Style.CELL_CENTERED, keep=True),
                text(said.say("conclusion.signature"), Style.CELL_CENTERED, Emphasis.QUIET, keep=True),
            )
        ),
        Cell(
            (
                text(signs["name"] or "_" * 20, Style.CELL, Emphasis.STRONG, keep=True),
                text("" if signs["name"] else said.say("certificate.full_name"), Style.CELL, Emphasis.QUIET, keep=True),
            )
        ),
    )
    yield Table(_SIGNATURE, (line,))
    yield text(said.say("certificate.who_signs"), Style.NOTE)
    yield text(said.say("certificate.frozen", hash=content_hash), Style.NOTE)
    yield text(said.say("conclusion.audit", head=content["audit_head"]), Style.NOTE)
