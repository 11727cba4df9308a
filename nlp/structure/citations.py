"""Citations of units in both languages (methodology 5.4).

Russian goes from the unit outwards: «подпункт 3-1) пункта 2 статьи 7 Проекта». Kazakh goes inwards, with possessive
endings: «Жобаның 7-бабы 2-тармағының 3-1) тармақшасы» – counted from the cited unit, every second link has the genitive
(«7-бабының 2-тармағы», «7-бабының 2-тармағы 3) тармақшасының екінші абзацы»), so that genitives do not pile up.
«7-баптың 2-тармағының 3-1) тармақшасы» is the form of amending formulas: ``style="amending"``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.addresses import OWNERS
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import LANGUAGES, Form, formulas
from nlp.structure.ordinals import ordinal

STYLES = ("act", "amending")
_HEADINGS = (
    UnitKind.PART, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK, UnitKind.CHAPTER, UnitKind.PARAGRAPH,
)  # fmt: skip
_LINKS = (UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT, UnitKind.ROW)
_COLUMNS = {Role.CURRENT: "current", Role.REASON: "beside", Role.REQUISITE: "beside"}  # of a comparative table
_NAMED = {Role.TITLE: "title", Role.PREAMBLE: "preamble", Role.ENACTING: "preamble"}


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a citation: name of the unit in the data (``point``) and its number."""

    name: str
    number: str


def cite(act: Act, address: str, language: str, case: str = "nom", style: str = "act") -> str:
    """Citation of the unit at ``address`` in ``language`` ("ru" | "kk"), inflected.

    Cases: nom gen dat acc ins loc, and abl in Kazakh. ``style="amending"`` leaves out whose unit it is and uses the
    forms of amending formulas. Raises ``KeyError`` for an unknown address, ``ValueError`` for another language, case or
    style. For many citations of one act use ``Citations``.
    """
    return Citations(act).cite(address, language, case, style)


class Citations:
    """Citations of one act; finds the way to each unit once."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.paths: dict[str, tuple[Unit, ...]] = {}
        self._document_forms: dict[str, Form | None] | None = None
        self._forms_count: Counter[str] = Counter()
        self._clauses: dict[str, tuple[list[Unit], bool]] = {}
        self._has_order = any(child.kind is UnitKind.ORDER for child in act.root.children)
        self._walk(act.root, ())
        self.order_form = act.requisites.form or "order"

    def _walk(self, unit: Unit, path: tuple[Unit, ...]) -> None:
        here = (*path, unit)
        self.paths[unit.address] = here
        for child in unit.children:
            self._walk(child, here)

    def cite(self, address: str, language: str, case: str = "nom", style: str = "act") -> str:
        """See ``cite``."""
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r}")
        if case not in formulas().data[language]["citation"]["draft"]:
            raise ValueError(f"case {case!r} in {language}")
        if style not in STYLES:
            raise ValueError(f"style {style!r}")
        path = self.paths[address]
        row = next((n for n, unit in enumerate(path[:-1]) if _is_comparative(unit)), None)
        if row is not None:
            return self._compared(path, row, language, case, style)
        quoted = next((n for n, unit in enumerate(path) if unit.role is Role.QUOTED), None)
        if quoted is None:
            return self._plain(path, language, case, style)
        links = self._links(path[quoted - 1 :], path[quoted - 1])
        if all(_unlabelled(link) for link in links):
            return self._plain(path[:quoted], language, case, style)
        return self._quoted(path, quoted, language, case, style)

    def _quoted(self, path: tuple[Unit, ...], quoted: int, language: str, case: str, style: str) -> str:
        """Wording that an amendment brings: the unit it will be, «в редакции» of the amending unit."""
        links = self._links(path[quoted - 1 :], path[quoted - 1])
        unit = _chain(links, language, case, "amending")
        if style == "amending":
            return unit
        template: str = formulas().data[language]["citation"]["quoted"]
        return template.format(unit=unit, amendment_gen=self._plain(path[:quoted], language, "gen", style))

    def _compared(self, path: tuple[Unit, ...], row: int, language: str, case: str, style: str) -> str:
        """Wording in a comparative table: the unit of the amended act, in which wording, in which row."""
        links = self._links(path[row:], path[row])
        if all(_unlabelled(link) for link in links):  # their ordinals count in the cell, not in the amended act
            links = []
        unit = _chain(links, language, case, "amending")
        if style == "amending" and links:
            return unit
        words: Mapping[str, Any] = formulas().data[language]["citation"]["comparative"]
        column = _COLUMNS.get(path[row + 1].role, "proposed")
        template: str = words[column]["unit"] if links else words[column][case]
        table = _table_number(path[row - 1])
        place: str = words["further_row" if table else "row"]
        return template.format(unit=unit, row=place.format(row=path[row].number, table=table))

    def _plain(self, path: tuple[Unit, ...], language: str, case: str, style: str) -> str:
        owner_at = max(n for n, unit in enumerate(path) if unit.kind in OWNERS)
        links = self._links(path[owner_at:], path[owner_at])
        if not links:
            return self._owner(path[: owner_at + 1], language, case)
        if style == "amending":
            return _chain(links, language, case, style)
        owner = self._owner(path[: owner_at + 1], language, "gen")
        chain = _chain(links, language, case, style)
        return f"{chain} {owner}" if language == "ru" else f"{owner} {chain}"

    # --- what belongs into a citation -------------------------------------------------------------------------------

    def _links(self, path: Sequence[Unit], owner: Unit) -> list[Link]:
        """Links from the outermost inwards. Headings are named only where the address needs them too."""
        target = path[-1]
        links: list[Link] = []
        for place, unit in enumerate(path):
            if unit is owner:
                continue
            if unit.kind in _HEADINGS:
                if unit is target or target.address.startswith(unit.address + "__"):
                    links.append(Link(unit.kind.value, unit.number))
            elif unit.kind is UnitKind.TABLE:
                if unit is target or target.address.startswith(unit.address + "__"):
                    links.append(Link("table", _table_number(unit)))
            elif unit.kind is UnitKind.TEXT:
                links += _text_link(unit)
            elif unit.kind in _LINKS and not _inside_dotted(path, place):
                links += self._clause_of_list(path[place - 1], unit) if place else []
                links.append(Link(unit.kind.value, unit.number))
        return links

    def _clause_of_list(self, parent: Unit, unit: Unit) -> list[Link]:
        """A list that belongs to a clause though it hangs on the point: «абзац второй части первой пункта 5».

        Subpoints name the clause only where another clause has a list of its own: the number alone would be doubtful.
        """
        if unit.kind not in (UnitKind.SUBPOINT, UnitKind.INDENT) or parent.kind is UnitKind.CLAUSE:
            return []
        clauses, several = self._clauses_of(parent)
        at = bisect_left(clauses, unit.span[0], key=lambda clause: clause.span[0])
        if at == 0:
            return []
        return [Link("clause", clauses[at - 1].number)] if unit.kind is UnitKind.INDENT or several else []

    def _clauses_of(self, parent: Unit) -> tuple[list[Unit], bool]:
        """Clauses of a unit in order, and whether a clause has numbered items of its own."""
        if parent.address not in self._clauses:
            clauses = [child for child in parent.children if child.kind is UnitKind.CLAUSE]
            several = any(child.kind is UnitKind.SUBPOINT for clause in clauses for child in clause.children)
            self._clauses[parent.address] = (clauses, several)
        return self._clauses[parent.address]

    # --- whose unit it is -------------------------------------------------------------------------------------------

    def _owner(self, path: tuple[Unit, ...], language: str, case: str) -> str:
        owner = path[-1]
        if owner.kind is UnitKind.ORDER or (owner.kind is UnitKind.ACT and self._has_order):
            return self._draft_of(language, case)
        if owner.kind is UnitKind.DOCUMENT:
            return self._document(owner, language, case)
        if owner.kind is UnitKind.ANNEX:
            return self._annex(path, language, case)
        return str(formulas().data[language]["citation"]["draft"][case])

    def _draft_of(self, language: str, case: str) -> str:
        """«проект приказа» / «бұйрық жобасы»."""
        words: Mapping[str, str] = formulas().data[language]["citation"]["draft_of"]
        form = formulas().form(self.order_form, language)
        if form is None:
            return str(formulas().data[language]["citation"]["draft"][case])
        if language == "ru":
            return f"{words[case]} {form.cases['gen']}"
        return f"{form.cases['nom']} {words[case]}"

    def _document(self, document: Unit, language: str, case: str) -> str:
        forms = self._forms()
        form = forms.get(document.address)
        if form is None:
            if document.number:
                return self._to_order(document, language, case)
            return str(formulas().data[language]["citation"]["draft"][case])
        several = self._forms_count[form.id] > 1
        if form.language == language and several:
            return _full_title(self._title(document), form, case)
        named = formulas().form(form.id, language)
        words = named.cases[case] if named else self._title(document)
        # «Правил (приложение 2 к проекту приказа)»: a title in the other language tells nobody which of them
        return f"{words} ({self._to_order(document, language, 'nom')})" if several and document.number else words

    def _to_order(self, unit: Unit, language: str, case: str) -> str:
        template: str = formulas().data[language]["citation"]["annex_to"]
        return template.format(annex=_annex_words(unit, language, case), owner_dat=self._draft_of(language, "dat"))

    def _forms(self) -> dict[str, Form | None]:
        """Form of every approved document by its address, worked out once."""
        if self._document_forms is None:
            documents = [unit for unit in self.act.root.children if unit.kind is UnitKind.DOCUMENT]
            self._document_forms = {unit.address: form_of_title(self._title(unit), "document") for unit in documents}
            self._forms_count = Counter(form.id for form in self._document_forms.values() if form is not None)
        return self._document_forms

    def _title(self, document: Unit) -> str:
        title = next((child for child in document.children if child.role is Role.TITLE), None)
        return " ".join(self.act.text(title.own).replace("*", " ").split()) if title else ""

    def _annex(self, path: tuple[Unit, ...], language: str, case: str) -> str:
        annex = path[-1]
        words = _annex_words(annex, language, case)
        if path[-2].kind is UnitKind.ANNEX:  # new wording of an annex: «приложение 4 в редакции приложения 2»
            quoted: str = formulas().data[language]["citation"]["quoted"]
            return quoted.format(unit=words, amendment_gen=self._annex(path[:-1], language, "gen"))
        foreign = annex.address.startswith("order__") or (annex.address.startswith("doc_"))
        if not foreign:
            return words
        of_order = annex.address.startswith("order__")
        owner = self._draft_of(language, "dat") if of_order else self._owner(path[:-1], language, "dat")
        template: str = formulas().data[language]["citation"]["annex_to"]
        return template.format(annex=words, owner_dat=owner)


def _annex_words(unit: Unit, language: str, case: str) -> str:
    """«приложение 2» / «2-қосымша»: an annex, or an approved document under such a stamp."""
    return _word(Link("annex", unit.number), language, case, "plain" if language == "kk" else "cases")


def _table_number(table: Unit) -> str:
    """The ordinal of a further table is in its address only: ``annex_1__table_2``."""
    return table.address.rpartition("table_")[2] if "table_" in table.address else ""


def _is_comparative(unit: Unit) -> bool:
    """Rows of other tables have no units."""
    return unit.kind is UnitKind.ROW and bool(unit.children)


def _unlabelled(link: Link) -> bool:
    """Clauses and indents of quoted wording: their ordinals count in the quotation, not in the amended unit."""
    return link.name in ("clause", "indent")


def _text_link(unit: Unit) -> list[Link]:
    if unit.address.rpartition("__")[2].startswith("note"):
        return [Link("note", "")]
    name = _NAMED.get(unit.role)
    return [Link(name, "")] if name else []


def _inside_dotted(path: Sequence[Unit], place: int) -> bool:
    """Point 1 around point 1.1 is not named: «пункт 1.1»."""
    following = path[place + 1] if place + 1 < len(path) else None
    here = path[place]
    if following is None or here.kind is not UnitKind.POINT or following.kind is not UnitKind.POINT:
        return False
    return following.number.startswith(here.number + ".")


# --- words -----------------------------------------------------------------------------------------------------------


def chain(links: Sequence[Link], language: str, case: str, style: str = "act") -> str:
    """A citation from links given as data, the widest first: units of an act whose tree is not at hand."""
    return _chain(links, language, case, style)


def _chain(links: Sequence[Link], language: str, case: str, style: str) -> str:
    if language == "ru":
        words = [_word(link, "ru", "gen" if place else case) for place, link in enumerate(reversed(links))]
        return " ".join(words)
    words = []
    for place, link in enumerate(links):
        distance = len(links) - 1 - place
        inner = "gen" if style == "amending" or distance % 2 else "nom"
        declined = "plain" if style == "amending" and place == 0 else "cases"
        words.append(_word(link, "kk", inner if distance else case, declined))
    return " ".join(words)


def _word(link: Link, language: str, case: str, declined: str = "cases") -> str:
    unit: Mapping[str, Any] = formulas().data[language]["citation"]["units"][link.name]
    noun: str = unit[declined][case]
    way = unit["number"]
    if not link.number or way == "none":
        return noun
    if way == "ordinal" and link.number.isdigit() and 1 <= int(link.number) <= 999:
        words = ordinal(int(link.number), language, unit.get("gender", "m"), case)
        return f"{noun} {words}" if language == "ru" else f"{words} {noun}"
    number = f"{link.number})" if way == "bracket" else link.number
    if language == "ru":
        return f"{noun} {number}"
    return f"{number} {noun}" if way == "bracket" else f"{number}-{noun}"


def _full_title(title: str, form: Form, case: str) -> str:
    """Two documents of one form in a file are told apart by their titles: «Правил распределения жилищ»."""
    lowered = title.lower()
    for name in sorted(form.names, key=len, reverse=True):
        if form.language == "ru" and lowered.startswith(name):
            return form.cases[case] + title[len(name) :]
        if form.language == "kk" and lowered.endswith(name):
            last = name.rpartition(" ")[2]
            return title[: len(title) - len(last)] + form.possessive.get(case, form.possessive["nom"])
    return title
