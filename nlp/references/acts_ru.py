"""Acts named in Russian: «настоящего Кодекса», «Законом Республики Казахстан «О …»», «законодательством …»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.references.citation import Citation, CitationKind, CitedAct
from nlp.references.cursor import Cursor
from nlp.references.tokens import T
from nlp.structure.head import read_date

_LONGEST_ISSUER = 22  # tokens between «приказом» and «от … года № …»
_LONGEST_TOPIC = 12


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose unit it is; ``act`` is None for the own act, then ``form`` is in the words."""

    act: CitedAct | None
    form: str
    end: int
    following: int


class RussianActs:
    """Names of acts in one text; ``short`` are short names that the act introduced: folded word → act."""

    def __init__(self, cursor: Cursor, short: Mapping[str, CitedAct]) -> None:
        self.cursor = cursor
        self.short = short

    def at(self, place: int) -> tuple[Citation, int] | None:
        """A citation of an act as such, or of a body of law, that begins at a place."""
        owner = self._this(place)
        if owner is not None:
            start = self.cursor.at(place).start
            return Citation(CitationKind.SELF, (start, owner.end), owner=owner.form), owner.following
        return self._blanket(place) or self._alone(place)

    def owner(self, place: int) -> Owner | None:
        """Whose units those before are: «настоящего Кодекса», «Гражданского кодекса …», «Закона»."""
        found = self._this(place) or self._named(place)
        if found is not None:
            return found
        if self.cursor.has(place, "that") and self.cursor.at(place + 1).meaning.form:
            that = self.cursor.at(place + 1)
            return Owner(CitedAct(that.meaning.form, short=True), that.meaning.form, that.end, place + 2)
        token = self.cursor.at(place)
        form = token.meaning.form
        if token.kind is T.WORD and form and token.capital and not self.cursor.has(place, "plural"):
            return Owner(self.short.get(form), form, token.end, place + 1)
        return self._elsewhere(place)

    def _elsewhere(self, place: int) -> Owner | None:
        """«пункта 5 Договора», «статьи 3 соглашения»: units of something that is not a part of the act."""
        token = self.cursor.at(place)
        if token.kind is not T.WORD or not ("elsewhere" in token.meaning.marks or token.capital):
            return None
        return Owner(CitedAct(name=self.cursor.text[token.start : token.end]), "", token.end, place + 1)

    def to_owner(self, place: int) -> Owner | None:
        """«(приложение) к настоящим Правилам»."""
        if self.cursor.at(place).value != "к":
            return None
        return self.owner(place + 1)

    def _this(self, place: int) -> Owner | None:
        if not self.cursor.has(place, "this"):
            return None
        here = place + 1
        while self.cursor.has(here, "model"):
            here += 1
        token = self.cursor.at(here)
        if not token.meaning.form:
            return None
        return Owner(None, token.meaning.form, token.end, here + 1)

    # --- named acts --------------------------------------------------------------------------------------------------

    def _alone(self, place: int) -> tuple[Citation, int] | None:
        token = self.cursor.at(place)
        start = token.start
        owner = self._named(place)
        if owner is not None and owner.act is not None:
            return Citation(CitationKind.EXTERNAL, (start, owner.end), (), owner.act), owner.following
        form = token.meaning.form
        if token.kind is not T.WORD or not form or not token.capital or form not in ("law", "code", "constitution"):
            return None
        if place == 0 or self.cursor.at(place - 1).value in (".", "") or self.cursor.has(place, "plural"):
            return None
        short = self.short.get(form)
        kind = CitationKind.SELF if short is None else CitationKind.EXTERNAL
        return Citation(kind, (start, token.end), (), short, form if short is None else ""), place + 1

    def _named(self, place: int) -> Owner | None:
        here = self._form_at(place)
        if here is None:
            return None
        token = self.cursor.at(here)
        form = token.meaning.form
        before = here > place and not self.cursor.has(place, "model")
        name = self.cursor.phrase(self.cursor.at(place).start, token.end) if before else ""
        end, following = token.end, here + 1
        if self.cursor.has(here, "plural") and not token.capital and self.cursor.at(following).kind is not T.QUOTED:
            listed = self._tail(following, form)
            if not listed.name:
                return None
        tail = self._tail(following, form)
        if form == "constitution":
            return Owner(CitedAct(form, "Конституция"), form, max(end, tail.end), tail.following)
        if not name and not tail.name and not tail.number:
            return self._of_country(token.capital, form, tail, end)
        if form in self.cursor.words.named_by_number and not (tail.number or tail.name):
            return None
        act = CitedAct(form, tail.name or name, tail.date, tail.number)
        return Owner(act, form, max(end, tail.end), tail.following)

    def _of_country(self, capital: bool, form: str, tail: _Tail, end: int) -> Owner | None:
        """«Законом Республики Казахстан» without a name."""
        if not (capital and tail.country and form in ("law", "code")):
            return None
        return Owner(CitedAct(form), form, max(end, tail.end), tail.following)

    def _form_at(self, place: int) -> int | None:
        """The token of the form when the name of an act begins at a place: «Гражданским процессуальным кодексом»."""
        token = self.cursor.at(place)
        if token.kind is not T.WORD:
            return None
        if token.meaning.form and token.meaning.form in self.cursor.words.acts:
            return place
        if token.meaning.form and token.capital:
            return place
        if self.cursor.has(place, "model"):
            following = self.cursor.at(place + 1)
            return place + 1 if following.meaning.form else None
        if not token.capital or not self.cursor.words.before_code.fullmatch(token.value):
            return None
        here = place + 1
        while here < place + 5:
            token = self.cursor.at(here)
            if token.meaning.form == "code":
                return here
            if not (token.value == "-" or self.cursor.words.before_code.fullmatch(token.value)):
                return None
            here += 1
        return None

    def _tail(self, place: int, form: str) -> _Tail:
        """What stands behind the form: country, issuer, date, number, name."""
        tail = _Tail(self.cursor, place)
        tail.country_at()
        if form in self.cursor.words.acts:
            tail.requisites(_LONGEST_ISSUER if form in self.cursor.words.named_by_number else 0)
        tail.country_at()
        tail.quoted() or tail.bare()
        tail.requisites(0)
        return tail

    # --- unnamed bodies of law ---------------------------------------------------------------------------------------

    def _blanket(self, place: int) -> tuple[Citation, int] | None:
        cursor = self.cursor
        if cursor.has(place, "blanket_always"):
            head = place
        elif cursor.has(place, "blanket_with_acts") and cursor.has(place + 1, "blanket_act_noun"):
            head = place + 1
        elif cursor.has(place, "blanket_law") and self._is_reference(place):
            head = place
        else:
            return None
        first = place
        words = cursor.words
        while first > place - 3:
            before = cursor.at(first - 1)
            fits = before.kind is T.WORD and words.before_blanket.fullmatch(before.value)
            if not fits or words.not_before_blanket.fullmatch(before.value) or before.meaning.unit:
                break
            first -= 1
        tail = _Tail(cursor, head + 1)
        tail.country_at()
        if not cursor.has(place, "blanket_law"):
            tail.topic()
        end = max(cursor.at(head).end, tail.end)
        return Citation(CitationKind.BLANKET, (cursor.at(first).start, end)), tail.following

    def _is_reference(self, place: int) -> bool:
        """«установлен законом», «законами Республики Казахстан»; not «обратная сила закона»."""
        token = self.cursor.at(place)
        if token.capital:
            return False
        tail = _Tail(self.cursor, place + 1)
        tail.country_at()
        before = self.cursor.at(place - 1)
        return tail.country or (before.kind is T.WORD and bool(self.cursor.words.after_law.fullmatch(before.value)))


class _Tail:
    """Reads on behind the noun of an act."""

    def __init__(self, cursor: Cursor, place: int) -> None:
        self.cursor = cursor
        self.following = place
        self.end = 0
        self.country = False
        self.name = self.date = self.number = ""

    def _take(self, place: int) -> None:
        self.end = self.cursor.at(place - 1).end
        self.following = place

    def country_at(self) -> None:
        """«Республики Казахстан», «РК»."""
        first, second = self.cursor.at(self.following), self.cursor.at(self.following + 1)
        if first.kind is not T.WORD:
            return
        if self.cursor.words.country.fullmatch(first.value):
            self._take(self.following + 1)
            self.country = True
        elif self.cursor.words.country.fullmatch(f"{first.value} {second.value}"):
            self._take(self.following + 2)
            self.country = True

    def requisites(self, issuer: int) -> None:
        """«от 5 мая 2020 года № 123», for orders and decisions behind who issued them."""
        here = self.following
        for _ in range(issuer + 1):
            token = self.cursor.at(here)
            if token.value == "от" and self.cursor.at(here + 1).kind is T.NUMBER:
                break
            if token.kind is T.QUOTED or token.value in (".", ";", ":", ""):
                return
            here += 1
        else:
            return
        start = self.cursor.at(here).start
        limit = here + 9
        while here < limit and not self.cursor.is_mark(here, "№") and self.cursor.at(here).value not in ("n", ""):
            here += 1
        if here >= limit or self.cursor.at(here).value == "" or self.cursor.at(here + 1).kind is T.MARK:
            return
        self.date = read_date(self.cursor.phrase(start, self.cursor.at(here).start)) or ""
        here += 1
        first = self.cursor.at(here)
        last = first
        while self.cursor.at(here + 1).start == last.end and self.cursor.at(here + 1).value not in (",", ".", ";", ")"):
            here += 1
            last = self.cursor.at(here)
        self.number = self.cursor.text[first.start : last.end]
        self._take(here + 1)

    def quoted(self) -> bool:
        """The name in quotation marks."""
        token = self.cursor.at(self.following)
        if token.kind is not T.QUOTED:
            return False
        self.name = self.cursor.phrase(token.start + 1, token.end - 1)
        self._take(self.following + 1)
        self._other_name()
        return True

    def _other_name(self) -> None:
        """«… «О налогах …» (Налоговый кодекс)»: one act, its second name is not a citation of its own."""
        here = self.following
        if not self.cursor.is_mark(here, "("):
            return
        close = next((n for n in range(here + 1, here + 5) if self.cursor.is_mark(n, ")")), 0)
        if close and self.cursor.at(close - 1).meaning.form == "code":
            self.following = close + 1

    def bare(self) -> bool:
        """A name without quotation marks that the data know."""
        token = self.cursor.at(self.following)
        if token.value not in ("о", "об") or token.kind is not T.WORD:
            return False
        ahead = self.cursor.text[token.start : token.start + 200].lower().replace("\n", " ")
        found = self.cursor.words.bare_names.match(ahead)
        if found is None:
            return False
        end = token.start + found.end()
        here = self.following
        while self.cursor.at(here).end != -1 and self.cursor.at(here).end <= end:
            here += 1
        self.name = self.cursor.phrase(token.start, end)
        self._take(here)
        return True

    def topic(self) -> None:
        """«о газе и газоснабжении», «в области охраны окружающей среды»: up to a mark or a verb-like word."""
        token = self.cursor.at(self.following)
        words = self.cursor.words
        if token.kind is not T.WORD or token.value not in words.topic:
            return
        if token.value == "в" and self.cursor.at(self.following + 1).value not in words.topic_in:
            return
        here = self.following + 1
        while here < self.following + _LONGEST_TOPIC and self.cursor.at(here).kind in (T.WORD, T.QUOTED):
            value = self.cursor.at(here).value
            if words.topic_stops.fullmatch(value) and here > self.following + 1:
                break
            here += 1
        while self.cursor.at(here - 1).value in ("и", "или", "либо", "в", "на", "с", "не"):
            here -= 1
        self._take(here)
