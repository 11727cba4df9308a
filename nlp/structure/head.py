"""The head of an act: draft mark, issuer, form, date and number, title, preamble, enacting words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from nlp.reading.source import DropReason, SourceText
from nlp.structure.act import Requisites, Role, UnitKind
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import LANGUAGES, Form, formulas
from nlp.structure.lines import Line
from nlp.structure.nodes import Node, node_of
from nlp.structure.wording import fold, is_capitals, starts_lower

_LONGEST_HEAD = 80  # lines
_LONGEST_TITLE_LINE = 600
_RESTRICTED_WITHIN = 25  # lines from the top in which a restriction mark stands


@dataclass(slots=True)
class Head:
    """Nodes of the head, index of the first line of the body, what the head says, whether it has enacting words."""

    nodes: list[Node]
    stop: int
    requisites: Requisites
    enacting: bool = False
    document: bool = False  # the file is an approved document alone: «Правила …» without the order


def read_head(lines: Sequence[Line], stop: int) -> Head:
    """The head is read up to the enacting words, the first numbered unit or the first paragraph of body text.

    ``stop`` is the line where a stamp or signature bounds the head.
    """
    limit = min(stop, _LONGEST_HEAD)
    enacting = _enacting_line(lines, limit)
    end = enacting if enacting is not None else _first_unit(lines, limit)
    roles = [_role(line) for line in lines[:end]]
    if enacting is None:
        end = _body_start(lines, roles, end, limit)
        roles = roles[:end]
    _mend_titles(lines, roles)
    if (
        enacting is not None
        and roles
        and roles[-1] is Role.TITLE
        and formulas().has("head.grounds", lines[end - 1].folded)
    ):
        roles[-1] = Role.PREAMBLE  # «… Заңының 8-бабына сәйкес» on a line of its own above «БҰЙЫРАМЫН:»
    nodes = _nodes(lines, roles)
    if enacting is not None:
        nodes += _enacting_nodes(lines[enacting])
        end = enacting + 1
    requisites = _requisites(lines, roles)
    if enacting is not None and not requisites.form:
        requisites = replace(requisites, form=_form_of_enacting(lines[enacting]), approved_form="", approved_title="")
    document = enacting is None and not _is_act_level(requisites, lines[:end])
    return Head(nodes, end, requisites, enacting is not None, document and bool(requisites.approved_form))


def _is_act_level(requisites: Requisites, lines: Sequence[Line]) -> bool:
    return bool(requisites.form) or any(is_capitals(line.text) and form_of_title(line.text, "act") for line in lines)


def _enacting_line(lines: Sequence[Line], limit: int) -> int | None:
    for place, line in enumerate(lines[:limit]):
        if formulas().has("enacting", line.folded.rstrip(" *_")):
            return place
        if line.label is not None and line.label.is_heading:
            return None
    return None


def _form_of_enacting(line: Line) -> str:
    """«ПРИКАЗЫВАЮ» is the word of an order, «ПОСТАНОВЛЯЕТ» of a resolution …"""
    words = line.folded.rstrip(" *_")
    forms = ("order", "resolution", "decree", "decision")
    return next((form for form in forms if formulas().has(f"enacting.{form}", words)), "")


def _first_unit(lines: Sequence[Line], limit: int) -> int:
    for place, line in enumerate(lines[:limit]):
        if line.label is not None or line.table or formulas().has("contents", line.folded):
            return place
    return limit


def _role(line: Line) -> Role:
    folded = line.folded_words.strip("*_ ")
    has = formulas().has
    if has("head.draft_mark", folded) or has("head.restricted", folded):
        return Role.REQUISITE
    if has("head.title", folded) and len(folded) <= _LONGEST_TITLE_LINE and line.mark in ("", ","):
        return Role.TITLE
    if has("head.number", folded) or has("head.publication", folded):
        return Role.REQUISITE
    form = form_of_title(line.text)
    if form is not None and len(line.text) <= _LONGEST_TITLE_LINE and line.mark in ("", ","):
        return Role.REQUISITE if form.level == "act" and _names_form_only(folded, form) else Role.TITLE
    if has("head.issuer", folded) and len(folded) <= 200 and line.mark != ".":
        return Role.REQUISITE
    if line.mark in (".", ":", ";") and len(line.text) > 60:
        return Role.PREAMBLE
    return Role.HEADING  # not known yet: the words around decide


def _names_form_only(folded: str, form: Form) -> bool:
    """«ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН» is the form, «Трудовой кодекс …» and «Кодекс … о правонарушениях» are titles."""
    words = folded.split()
    subject = re.search(r"(?<!\w)об?(?!\w)", folded) is not None
    first = form.language == "kk" or any(folded.startswith(name) for name in form.names)
    return first and not subject and len(words) <= 4 + len(form.names[0].split())


def _mend_titles(lines: Sequence[Line], roles: list[Role]) -> None:
    """Lines that no formula knows go on with a title; before any title they are requisites, or the title itself."""
    titled = Role.TITLE in roles
    for place, role in enumerate(roles):
        if role is not Role.HEADING:
            continue
        before = roles[place - 1] if place else None
        if before is Role.TITLE and (starts_lower(lines[place].text) or not titled or _title_goes_on(lines[place])):
            roles[place] = Role.TITLE
        elif not titled and before is not Role.PREAMBLE:
            roles[place] = Role.TITLE
            titled = True
        else:
            roles[place] = Role.REQUISITE
    for place in range(len(roles) - 2, -1, -1):  # a Kazakh title is known by its last line only («… туралы»)
        if roles[place] is Role.REQUISITE and roles[place + 1] is Role.TITLE and _flows(lines[place], lines[place + 1]):
            roles[place] = Role.TITLE


def _title_goes_on(line: Line) -> bool:
    return len(line.text) <= 300 and line.mark in ("", ",")


def _flows(line: Line, following: Line) -> bool:
    known = any(
        formulas().has(f"head.{group}", line.folded) for group in ("draft_mark", "number", "publication", "issuer")
    )
    return starts_lower(following.text) and not known and form_of_title(line.text, "act") is None


def _body_start(lines: Sequence[Line], roles: Sequence[Role], end: int, limit: int) -> int:
    """Without enacting words a preamble is one only if numbered units follow it; else body text begins there."""
    sentences = [place for place, role in enumerate(roles) if role is Role.PREAMBLE]
    label = lines[end].label if end < limit else None
    if not sentences or (label is not None and label.is_heading and end > 1):
        return end
    is_preamble = len(sentences) <= 2 and sentences[0] > 0 and sentences[-1] == end - 1
    if is_preamble and label is not None and label.kind is UnitKind.POINT:
        return end
    return sentences[0]


def _nodes(lines: Sequence[Line], roles: Sequence[Role]) -> list[Node]:
    nodes: list[Node] = []
    for line, role in zip(lines, roles, strict=False):
        if role is Role.TITLE and nodes and nodes[-1].role is Role.TITLE:
            nodes[-1].own = (nodes[-1].own[0], line.end)
            nodes[-1].end = line.end
        else:
            node = node_of(UnitKind.TEXT, line, role=role)
            nodes.append(node)
    return nodes


def _enacting_nodes(line: Line) -> list[Node]:
    """The grounds («В соответствии с …») are the preamble, the verb is the enacting formula."""
    pattern = formulas().groups["enacting"]
    found = pattern.search(line.folded.rstrip(" *_"))
    cut = line.start + (found.start() if found else 0)
    before = line.text[: cut - line.start].rstrip(" \t\n*_")
    nodes = []
    if before:
        end = line.start + len(before)
        nodes.append(Node(UnitKind.TEXT, start=line.start, end=end, own=(line.start, end), role=Role.PREAMBLE))
    else:
        cut = line.start
    nodes.append(Node(UnitKind.TEXT, start=cut, end=line.end, own=(cut, line.end), role=Role.ENACTING, mark=":"))
    return nodes


def _requisites(lines: Sequence[Line], roles: Sequence[Role]) -> Requisites:
    found = Requisites()
    title = " ".join(line.text.strip("*_# ") for line, role in zip(lines, roles, strict=False) if role is Role.TITLE)
    title = " ".join(title.split())
    issuers = []
    for line, role in zip(lines, roles, strict=False):
        if role is not Role.REQUISITE:
            continue
        form = form_of_title(line.text, "act")
        if form is not None and not found.form:
            found = replace(found, form=form.id)
        if formulas().has("head.issuer", line.folded):
            issuers.append(line.text.strip("*_ "))
        found = replace(found, date=found.date or read_date(line.text), number=found.number or _number(line.text))
    own = form_of_title(title, "act") if not found.form else None
    approved = form_of_title(title, "document")
    return replace(
        found,
        title=title,
        issuer=" ".join(issuers),
        form=found.form or (own.id if own and own.anywhere else ""),
        approved_form=approved.id if approved and not found.form else "",
        approved_title=title if approved and not found.form else "",
    )


def restriction(source: SourceText, lines: Sequence[Line]) -> str:
    """The restriction mark («Для служебного пользования», «ДСП», «ҚПҮ») as written, "" when there is none.

    It stands above the title, or in a page header that reading has set aside.
    """
    headers = (part.text for part in source.dropped if part.reason in (DropReason.HEADER_FOOTER, DropReason.STAMP))
    shown = (line.text for line in lines[:_RESTRICTED_WITHIN])
    candidates = (piece.strip("*_# \t") for text in chain(shown, headers) for piece in text.split("\n"))
    return next((piece for piece in candidates if formulas().has("head.restricted", fold(piece))), "")


def _number(text: str) -> str:
    found = re.search(r"№\s*([\w/-]*\d[\w/-]*)", text)
    return found.group(1) if found else ""


def read_date(text: str) -> str:
    """The first date of a requisite as ISO: «от 12 августа 2020 года», «2023 жылғы 16 қаңтардағы», «12.08.2020»."""
    folded = fold(text)
    months = {name: value for code in LANGUAGES for name, value in formulas().data[code]["months"].items()}
    names = "|".join(months)
    found = re.search(rf"(?P<d>\d{{1,2}})\s+(?P<m>{names})\w*\s+(?P<y>\d{{4}})", folded)
    found = found or re.search(rf"(?P<y>\d{{4}})\s+жылғы\s+(?P<d>\d{{1,2}})\s+(?P<m>{names})", folded)
    if found:
        return _iso(int(found["y"]), months[found["m"]], int(found["d"]))
    plain = re.search(r"(?<!\d)(\d{2})\.(\d{2})\.(\d{4})(?!\d)", folded)
    return _iso(int(plain[3]), int(plain[2]), int(plain[1])) if plain else ""


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
