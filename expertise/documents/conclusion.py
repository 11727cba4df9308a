"""The conclusion «заключение научной антикоррупционной экспертизы» / «сыбайлас жемқорлыққа қарсы ғылыми сараптаманың
қорытындысы».

Reads: the content of a conclusion (``expertise.case.conclusion``) and nothing of the machine's beside it. Writes: a
Document of the document model in the form of methodology 1.6. What is empty prints as «___». No clock: dates are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expertise.documents.conclusion_parts import divergences, services
from expertise.documents.conclusion_table import conclusion_table
from expertise.documents.model import Block, Cell, Document, Emphasis, Paragraph, Run, Style, Table, Turn, text
from expertise.documents.naming import act_title, dated, day, named, requisite, restriction
from expertise.documents.words import Words, capital, factor_name, words_for

Content = Mapping[str, Any]

_ABOUT_WIDTHS = (50.0, 125.0)
_SIGNATURE_WIDTHS = (70.0, 45.0, 60.0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What is printed of a conclusion that is not drawn up yet: names and reasons in the language of the document.

    ``unread``: of the chapters that there are; none where the text was not examined yet. While there are ``obstacles``
    nothing is claimed to be absent: nobody has finished looking.
    """

    empty: Sequence[str] = ()
    unread: Sequence[str] | None = ()
    obstacles: Sequence[str] = ()


def conclusion(content: Content, language: str, content_hash: str = "", preview: Preview | None = None) -> Document:
    """The conclusion in Russian or Kazakh.

    ``content_hash`` is the SHA-256 of the frozen content. With ``preview`` every page says that it is none yet, and
    what is missing stands before it. Raises ``ValueError`` for a language that has no words.
    """
    said = words_for(content, language)
    blanks = named(content, said)
    statement = "conclusion.preview_statement" if preview else "conclusion.page_statement"
    return Document(
        title=" ".join(said.lines("conclusion.heading", **blanks)),
        language=language,
        locale=said.say("locale"),
        blocks=tuple(_blocks(content, said, content_hash, preview)),
        page_statement=said.say(statement, **blanks),
        page_number=said.say("preliminary.page_number"),
        page_foot=said.say("conclusion.page_foot", hash=content_hash) if content_hash else "",
        page_mark=restriction(content, said),
        wide=False,
    )


def untranslated(content: Content, language: str) -> tuple[int, ...]:
    """Numbers of findings whose reasons nobody wrote in this language: they are printed in the other one."""
    return tuple(each["number"] for each in content["findings"] if language not in each["reasoning"])


def _blocks(content: Content, said: Words, content_hash: str, preview: Preview | None) -> Iterator[Block]:
    if preview:
        yield from _to_do(content, said, preview)
    yield from _head(content, said)
    yield _heading("basis", said)
    yield from _basis(content, said)
    yield _heading("draft", said)
    yield _draft(content, said)
    yield _heading("experts", said)
    yield from _experts(content, said)
    yield _heading("materials", said)
    yield from _materials(content, said)
    yield _heading("subject", said)
    yield from _lines(content["requisites"]["subject"], said)
    open_ = bool(preview and preview.obstacles)
    yield from _results(content, said, open_)
    yield _heading("services", said)
    yield from services(content, said, open_)
    yield _heading("authenticity", said)
    yield from divergences(content, said, tuple(_paragraphs(content["requisites"]["authenticity"])), open_)
    yield _heading("conclusions", said)
    yield from _conclusions(content, said, open_)
    yield from _foot(content, said, content_hash)


def _heading(name: str, said: Words) -> Paragraph:
    return text(said.say(f"conclusion.section_{name}"), Style.HEADING, keep=True)


def _to_do(content: Content, said: Words, preview: Preview) -> Iterator[Block]:
    """What is still missing; it is no part of the conclusion."""
    yield text(said.say("conclusion.to_fill_heading"), Style.SUBHEADING, keep=True)
    told = [said.say("conclusion.obstacle", reason=reason) for reason in preview.obstacles]
    if preview.empty:
        told.append(said.say("conclusion.to_fill", fields=", ".join(preview.empty)))
    other = untranslated(content, said.language)
    if other:
        told.append(at_points("conclusion.untranslated", other, said))
    if preview.unread is not None:
        unread = "; ".join(preview.unread)
        told.append(said.say("conclusion.unread", chapters=unread) if unread else said.say("conclusion.all_read"))
    yield from (text(line, Style.BULLET) for line in told)
    yield text("")


def _head(content: Content, said: Words) -> Iterator[Block]:
    addressee = content["requisites"].get("addressee", "")
    if addressee:
        yield text(said.say("conclusion.addressee", addressee=addressee))
    *before, last = said.lines("conclusion.heading", **named(content, said))
    yield from (text(line, Style.TITLE, keep=True) for line in before)
    yield text(last, Style.TITLE)


def _basis(content: Content, said: Words) -> Iterator[Block]:
    letter = dated(content["requisites"]["letter_date"], said)
    yield text(said.say("conclusion.basis", number=requisite(content, "letter_number", said), **letter))
    if content["requisites"].get("initiator"):
        yield text(said.say("conclusion.initiator", initiator=content["requisites"]["initiator"]))
    if content["case"]["round"] > 1:
        yield text(said.say("conclusion.basis_round", round=content["case"]["round"]))


def _draft(content: Content, said: Words) -> Table:
    forms = content["act"]["forms"]
    form = forms.get(said.language) or next((each for each in forms.values() if each), "")
    known = said.known(f"act_forms.{form}", "") if form else ""
    languages = [said.say(f"conclusion.language.{code}") for code in content["act"]["languages"]]
    rows = [
        ("form", [content["requisites"]["act_form"] or known]),
        ("name", [act_title(content, said)]),
        ("developer", [content["requisites"]["developer"]]),
        ("languages", [", ".join(languages)]),
        ("pages", [content["requisites"]["pages"]]),
        ("edition", [day(content["requisites"]["edition_date"], said)]),
    ]
    for each in content["texts"]:
        named = f"{each['name']} ({said.say('conclusion.of_language.' + each['language'])})"
        rows.append(("file", [named, said.say("conclusion.hash", sha256=each["sha256"])]))
    return Table(_ABOUT_WIDTHS, tuple(_about(said.say(f"conclusion.{key}"), values, said) for key, values in rows))


def _about(label: str, values: Sequence[str], said: Words) -> tuple[Cell, ...]:
    first, *rest = values
    shown = [text(first.strip() or said.say("conclusion.blank"), Style.CELL)]
    shown += [text(more, Style.CELL, Emphasis.QUIET) for more in rest]
    return (Cell((text(label, Style.CELL, Emphasis.STRONG),)), Cell(tuple(shown)))


def _experts(content: Content, said: Words) -> Iterator[Block]:
    for sat in content["experts"]:
        name, post = sat["name"], ""
        if sat["seat"] == "first":
            name, post = content["requisites"]["expert"] or name, content["requisites"]["expert_post"]
            post = post or said.say("conclusion.blank")
        declared = said.say("conclusion.declared", **dated(sat["declared_on"], said))
        who = ", ".join(part for part in (name, post, declared) if part)
        yield Paragraph((Run(said.say(f"conclusion.seat.{sat['seat']}") + ": ", Emphasis.STRONG), Run(who + ".")))
    stated = content["requisites"]["no_conflict"]
    yield from _paragraphs(stated)


def _materials(content: Content, said: Words) -> Iterator[Block]:
    given = content["requisites"]["materials"].splitlines()
    named = [
        said.say("conclusion.material", kind=said.say(f"conclusion.kind.{file['kind']}"), name=file["name"])
        for file in content["files"]
    ]
    lines = [line.strip() for line in given if line.strip()] or named
    yield from (text(line, Style.BULLET) for line in lines)
    if not lines:
        yield text(said.say("conclusion.blank"))


def _lines(given: str, said: Words) -> Iterator[Block]:
    lines = list(_paragraphs(given))
    yield from lines or [text(said.say("conclusion.blank"))]


def _paragraphs(given: str) -> Iterator[Paragraph]:
    yield from (text(line.strip()) for line in given.splitlines() if line.strip())


def _results(content: Content, said: Words, open_: bool) -> Iterator[Block]:
    found = content["findings"]
    if not found:
        yield _heading("results", said)
        yield text(said.say("conclusion.unfinished" if open_ else "conclusion.nothing"), Style.BODY, Emphasis.STRONG)
        return
    yield Turn(wide=True)
    yield _heading("results", said)
    if open_:
        yield text(said.say("conclusion.unfinished"), Style.BODY, Emphasis.STRONG, keep=True)
    yield text(said.say("conclusion.found", count=len(found)), keep=True)
    yield text(said.say("conclusion.legend"), Style.NOTE, keep=True)
    yield conclusion_table(found, said)
    yield Turn(wide=False)


def _conclusions(content: Content, said: Words, open_: bool) -> Iterator[Block]:
    summary = content["summary"]
    if open_:
        yield text(said.say("conclusion.unfinished"))
    if not content["findings"]:
        if not open_:
            yield text(said.say("conclusion.nothing"))
            yield text(said.say("conclusion.nothing_recommended"))
    else:
        yield text(said.say("conclusion.found", count=summary["findings"]))
        yield text(said.say("conclusion.by_severity", **summary["severities"]))
        names = {each["factor"]: each["factor_name"] for each in content["findings"]}
        for each in summary["factors"]:
            name = capital(factor_name(each["factor"], said.language, names))
            yield text(at_points("conclusion.by_factor", each["findings"], said, factor=name), Style.BULLET)
        yield text(said.say("conclusion.recommended", count=summary["recommendations"]))
        yield text(said.say("conclusion.answer"))
    yield from _paragraphs(content["requisites"]["notes"])


def at_points(key: str, numbers: Sequence[int], said: Words, **blanks: str) -> str:
    """«пункт таблицы: 4» of one, «пункты таблицы: 2, 29» of several."""
    grown = "one" if len(numbers) == 1 else "many"
    return said.say(f"{key}.{grown}", numbers=", ".join(str(number) for number in numbers), **blanks)


def _foot(content: Content, said: Words, content_hash: str) -> Iterator[Block]:
    rows = []
    for sat in content["experts"]:
        name = content["requisites"]["expert"] if sat["seat"] == "first" else sat["name"]
        rows.append(
            (
                Cell((text(said.say(f"conclusion.seat.{sat['seat']}"), Style.CELL, keep=True),)),
                Cell(
                    (
                        text("_" * 18, Style.CELL_CENTERED, keep=True),
                        text(said.say("conclusion.signature"), Style.CELL_CENTERED, Emphasis.QUIET, keep=True),
                    )
                ),
                Cell((text(name, Style.CELL, Emphasis.STRONG, keep=True),)),
            )
        )
    yield text("", keep=True)
    yield Table(_SIGNATURE_WIDTHS, tuple(rows))
    if content_hash:
        yield text(said.say("conclusion.frozen", hash=content_hash), Style.NOTE)
        yield text(said.say("conclusion.audit", head=content["audit_head"]), Style.NOTE)
    versions = content["versions"]
    if versions:
        pack = versions["pack"]
        yield text(
            said.say(
                "conclusion.made_with",
                saraptama=versions["saraptama"],
                pack_id=pack["id"],
                pack_version=pack["version"],
            ),
            Style.NOTE,
        )
