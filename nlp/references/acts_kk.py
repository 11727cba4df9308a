"""Acts named in Kazakh, the name before the form: «"… туралы" Қазақстан Республикасының Заңы», «осы Кодекстің»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.references.citation import Citation, CitationKind, CitedAct
from nlp.references.cursor import Cursor
from nlp.references.tokens import T
from nlp.structure.head import read_date

_LONGEST_NAME = 16  # words of a name without quotation marks
_LONGEST_BODY = 24  # words of «Қазақстан Республикасының … туралы заңнамасы»


@dataclass(frozen=True, slots=True)
class KazakhOwner:
    """Whose units follow; ``act`` is None for the own act."""

    act: CitedAct | None
    form: str
    start: int
    end: int
    following: int


class KazakhActs:
    """Names of acts in one text; ``short`` are short names that the act introduced: form → act."""

    def __init__(self, cursor: Cursor, short: Mapping[str, CitedAct]) -> None:
        self.cursor = cursor
        self.short = short

    def owner(self, place: int, floor: int) -> KazakhOwner | None:
        """The act that is named from ``place`` on; a name without marks reaches back, not before offset ``floor``."""
        cursor, token = self.cursor, self.cursor.at(place)
        if cursor.has(place, "this"):
            here = place + 1
            while cursor.has(here, "model"):
                here += 1
            form = cursor.at(here)
            return KazakhOwner(None, form.meaning.form, token.start, form.end, here + 1) if form.meaning.form else None
        if cursor.has(place, "that") and cursor.at(place + 1).meaning.form:
            form = cursor.at(place + 1)
            act = CitedAct(form.meaning.form, short=True)
            return KazakhOwner(act, form.meaning.form, token.start, form.end, place + 2)
        if token.kind is T.QUOTED:
            return self._quoted(place)
        if token.kind is T.WORD and token.value in cursor.words.about:
            return self._about(place, floor)
        if token.kind is T.NUMBER and cursor.at(place + 1).value == "жылғы":
            return self._dated(place, floor)
        return self._code(place) or self._form_alone(place)

    # --- names -------------------------------------------------------------------------------------------------------

    def _quoted(self, place: int) -> KazakhOwner | None:
        token = self.cursor.at(place)
        name = self.cursor.phrase(token.start + 1, token.end - 1)
        here = place + 1
        if self.cursor.at(here).value in self.cursor.words.about:
            name, here = f"{name} {self.cursor.at(here).value}", here + 1
        further, listed = here, False
        while self.cursor.separator(further) != further:
            step = self.cursor.separator(further)
            if self.cursor.at(step).kind is not T.QUOTED:
                break
            further, listed = step + 1, True
        found = self._form_behind(further)
        if found is None:
            return None
        if listed:  # «"…" және "…" заңдары»: this one is named by its name alone
            return KazakhOwner(CitedAct(found.form, name), found.form, token.start, token.end, place + 1)
        act = CitedAct(found.form, name, found.date, found.number)
        return KazakhOwner(act, found.form, token.start, found.end, found.following)

    def _about(self, place: int, floor: int) -> KazakhOwner | None:
        """«Әкімшілік құқық бұзушылық туралы Қазақстан Республикасының Кодексі»."""
        found = self._form_behind(place + 1)
        if found is None or self.cursor.has(found.following - 1, "plural"):
            return None
        first = self._back(place, floor)
        if first is None:
            return None
        name = self.cursor.phrase(self.cursor.at(first).start, self.cursor.at(place).end)
        act = CitedAct(found.form, name, found.date, found.number)
        return KazakhOwner(act, found.form, self.cursor.at(first).start, found.end, found.following)

    def _back(self, place: int, floor: int) -> int | None:
        """Where a name that ends before ``place`` begins: its farthest capital letter, or a name that the data know."""
        here, capital = place, None
        while here > place - _LONGEST_NAME:
            before = self.cursor.at(here - 1)
            if before.start < floor or not (before.kind is T.WORD or before.value in ("-", "–", ",")):
                break
            if before.value == "," and self.cursor.at(here - 2).kind is not T.WORD:
                break
            here -= 1
            if before.capital and before.value not in ("қазақстан", "республикасының", "осы"):
                capital = here
        if capital is not None:
            return capital
        for length in (4, 3, 2):
            start = self.cursor.at(place - length).start
            words = self.cursor.phrase(start, self.cursor.at(place - 1).end).lower()
            if start >= floor and self.cursor.words.bare_names.fullmatch(words):
                return place - length
        return None

    def _dated(self, place: int, floor: int) -> KazakhOwner | None:
        """«… министрінің 2015 жылғы 28 желтоқсандағы № 694 бұйрығы»."""
        found = self._form_behind(place)
        if found is None or not found.number:
            return None
        first = self._back(place, floor)
        start = self.cursor.at(first if first is not None else place).start
        quoted = self.cursor.at((first or place) - 1)
        name = self.cursor.phrase(quoted.start + 1, quoted.end - 1) if quoted.kind is T.QUOTED else ""
        begin = quoted.start if name and quoted.start >= floor else start
        return KazakhOwner(
            CitedAct(found.form, name, found.date, found.number), found.form, begin, found.end, found.following
        )

    def _code(self, place: int) -> KazakhOwner | None:
        """«Қазақстан Республикасының Азаматтық кодексі», «Конституция»."""
        token = self.cursor.at(place)
        if token.kind is not T.WORD or not token.capital:
            return None
        here = self._country(place)
        after_country = here
        while here < after_country + 5:
            word = self.cursor.at(here)
            if word.meaning.form == "constitution" and word.capital:
                return KazakhOwner(
                    CitedAct("constitution", "Конституция"), "constitution", token.start, word.end, here + 1
                )
            if word.meaning.form == "code" and here > after_country:
                name = self.cursor.phrase(self.cursor.at(after_country).start, word.end)
                return KazakhOwner(CitedAct("code", name), "code", token.start, word.end, here + 1)
            if word.meaning.form in ("law", "code") and word.capital and here == after_country > place:
                form = word.meaning.form
                return KazakhOwner(CitedAct(form), form, token.start, word.end, here + 1)
            proper = word.kind is T.WORD and (here > after_country or word.capital)
            if not (proper or word.value == "-") or word.meaning.form or word.value in self.cursor.words.about:
                return None
            here += 1
        return None

    def _form_alone(self, place: int) -> KazakhOwner | None:
        token = self.cursor.at(place)
        form = token.meaning.form
        if token.kind is not T.WORD or not form or not token.capital or self.cursor.has(place, "plural"):
            return None
        before = self.cursor.at(place - 1)
        if before.kind is T.WORD and (before.capital or before.value in self.cursor.words.about):
            return None
        return KazakhOwner(self.short.get(form), form, token.start, token.end, place + 1)

    def _form_behind(self, place: int) -> _Form | None:
        """Country, date, number and the form, in any order of the first three."""
        cursor = self.cursor
        here = place
        date = number = ""
        country = False
        for _ in range(4):
            step = self._country(here)
            country = country or step != here
            if step == here and cursor.at(here).kind is T.NUMBER and cursor.at(here + 1).value == "жылғы":
                step = here + 2
                while step < here + 6 and not cursor.is_mark(step, "№") and cursor.at(step).value != "n":
                    step += 1
                if step == here + 6:
                    return None
                date = read_date(cursor.phrase(cursor.at(here).start, cursor.at(step).start)) or ""
                step += 1
                first = last = cursor.at(step)
                while cursor.at(step + 1).start == last.end:
                    step += 1
                    last = cursor.at(step)
                number = cursor.text[first.start : last.end]
                step += 1
            if step == here:
                break
            here = step
        while cursor.has(here, "model"):
            here += 1
        token = cursor.at(here)
        form = token.meaning.form
        if not form or (cursor.words.acts and form not in cursor.words.acts):
            return None
        if not (token.capital or country or number) and cursor.at(place - 1).kind is not T.QUOTED:
            named = form in ("law", "code") and not cursor.has(here, "plural")
            if not named:
                return None
        return _Form(form, date, number, token.end, here + 1)

    def _country(self, place: int) -> int:
        first, second = self.cursor.at(place), self.cursor.at(place + 1)
        if first.kind is not T.WORD:
            return place
        if self.cursor.words.country.fullmatch(f"{first.value} {second.value}"):
            return place + 2
        return place + 1 if self.cursor.words.country.fullmatch(first.value) else place

    # --- unnamed bodies of law ---------------------------------------------------------------------------------------

    def blanket(self, place: int, floor: int) -> tuple[Citation, int] | None:
        """«Қазақстан Республикасының … туралы заңнамасы», «заңда белгіленген»."""
        cursor, token = self.cursor, self.cursor.at(place)
        if token.kind is not T.WORD:
            return None
        if cursor.has(place, "blanket_with_acts") and cursor.has(place + 1, "blanket_act_noun"):
            head = place + 1
        elif cursor.has(place, "blanket_always") or (cursor.has(place, "blanket_law") and not token.capital):
            head = place
        else:
            return None
        first = self._body(place, floor)
        if first is None and cursor.has(place, "blanket_law"):
            after = cursor.at(place + 1)
            if not (after.kind is T.WORD and cursor.words.after_law.fullmatch(after.value)) or after.capital:
                return None
        if first is None:
            before = cursor.at(place - 1)
            adjective = before.kind is T.WORD and before.start >= floor
            adjective = adjective and cursor.words.adjectives.fullmatch(before.value) is not None
            first = place - 1 if adjective else place
        return Citation(CitationKind.BLANKET, (cursor.at(first).start, cursor.at(head).end)), head + 1

    def _body(self, place: int, floor: int) -> int | None:
        here, found = place, None
        while here > place - _LONGEST_BODY:
            before = self.cursor.at(here - 1)
            if before.start < floor or not (before.kind is T.WORD or before.value in ("-", ",")):
                break
            here -= 1
            if before.value == "," and found is not None:
                break
            if before.value == "," or not before.capital:
                continue
            if self._country(here) != here and (found is None or self._belongs(here)):
                found = here
        return found

    def _belongs(self, place: int) -> bool:
        """The country before «… туралы Қазақстан Республикасының заңнамасы» opens its name."""
        return self.cursor.at(place - 1).value not in self.cursor.words.about


@dataclass(frozen=True, slots=True)
class _Form:
    form: str
    date: str
    number: str
    end: int
    following: int
