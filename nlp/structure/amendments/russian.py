"""Russian instructions → tokens: «в подпункте 2) пункта 3 слова «…» заменить словами «…»»."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from nlp.structure.act import UnitKind
from nlp.structure.amendments.grammar import grammar, unit_of
from nlp.structure.amendments.numbers import number_list, read_numbers
from nlp.structure.amendments.scanner import MASK, Scanner
from nlp.structure.amendments.tokens import Token, TokenKind
from nlp.structure.formulas import formulas, phrase
from nlp.structure.operations import Piece

_ALL = frozenset(("nom", "gen", "dat", "acc", "ins", "loc"))
_TITLED = (
    UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK, UnitKind.CHAPTER, UnitKind.PARAGRAPH, UnitKind.TEXT,
    UnitKind.TABLE,
)  # fmt: skip
_TITLE_GAP = re.compile(rf"\s*(?:\.\s*)?(?={MASK})")


class RussianScanner(Scanner):
    """Tokens of a Russian instruction."""

    def __init__(self, text: str) -> None:
        super().__init__(text, grammar("ru"))

    def _special(self, at: int) -> Token | None:
        return None

    def _words(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        match = _word_nouns().match(self.folded, at)
        if match is None:
            return None
        quotes, end = self._quotes_from(match.end())
        if not quotes:
            return self._bare_words(at, match)
        return Token(TokenKind.WORDS, at, end, value="/".join(sorted(_cases_of_word(match[0]))), quotes=tuple(quotes))

    def _bare_words(self, at: int, match: re.Match[str]) -> Token | None:
        """«… заменить словами» at the end of a line, with the words on the next one."""
        if self.folded[match.end() :].strip(" :\n") or "ins" not in _cases_of_word(match[0]):
            return None
        return Token(TokenKind.WORDS, at, match.end(), value="ins")

    def _unit(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        first = _ordinal_first().match(self.folded, at)
        if first is not None:
            numbers, _ = read_numbers(first["n"], "ru", plural=True)
            kind, cases, _ = _unit_forms()[first["noun"]]
            return Token(TokenKind.UNIT, at, first.end(), unit=kind, numbers=numbers, cases=cases)
        match = _unit_nouns().match(self.folded, at)
        if match is None:
            return None
        kind, cases, plural = _unit_forms()[match["noun"].rstrip(".")]
        if match["noun"] in self.grammar.data["self_named"]:
            return Token(TokenKind.UNIT, at, match.end(), unit=kind, cases=cases, title=(at, match.end()))
        token = self._numbered(at, match.end(), kind, cases, plural)
        if match["noun"] == "пп." and token.bracketed:  # «пп. 2) п. 5» is a subpoint, «пп. 2, 3» are points
            token = replace(token, unit=UnitKind.SUBPOINT)
        return self._titled(token)

    def _numbered(self, at: int, end: int, kind: UnitKind | Piece, cases: frozenset[str], plural: bool) -> Token:
        numbers: tuple[str, ...] = ()
        bracketed = False
        ordered = _ordered().match(self.folded, end) if kind is UnitKind.ROW else None
        match = _numbers().match(self.folded, ordered.end() if ordered else end)
        if match is not None:
            numbers, told = read_numbers(match["n"], "ru", plural)
            bracketed = ")" in match["n"]
            cases = (cases & told) or cases
            end = match.end()
            if ordered and self.folded[end : end + 1] == ",":
                end += 1
        return Token(TokenKind.UNIT, at, end, unit=kind, numbers=numbers, cases=cases, bracketed=bracketed)

    def _titled(self, token: Token) -> Token:
        gap = _TITLE_GAP.match(self.folded, token.end)
        if gap is None or gap.end() not in self.at_start or (token.numbers and token.unit not in _TITLED):
            return token
        if token.unit in (UnitKind.CLAUSE, UnitKind.INDENT, Piece.SENTENCE, Piece.HEADING):
            return token
        outer = self.quotes[self.at_start[gap.end()]]
        return Token(
            TokenKind.UNIT, token.start, outer[1], unit=token.unit, numbers=token.numbers, cases=token.cases,
            title=self._inner(outer),
        )  # fmt: skip

    def _form(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        match = _forms().match(self.folded, at)
        if match is None:
            return None
        form, cases = _form_cases()[match[0]]
        return Token(TokenKind.FORM, at, match.end(), form, cases=cases)

    def _small(self, at: int) -> Token | None:
        for name, words in self.grammar.data["prepositions"].items():
            for word in words:
                end = at + len(word)
                if self.folded.startswith(word, at) and self._at_word(at) and not self.folded[end : end + 1].isalnum():
                    return Token(TokenKind.PREPOSITION, at, end, name)
        return super()._small(at)


# --- tables -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _unit_forms() -> dict[str, tuple[UnitKind | Piece, frozenset[str], bool]]:
    """Form of a noun → kind, cases, whether it stands in the plural."""
    found: dict[str, tuple[UnitKind | Piece, set[str], bool]] = {}
    for name, cases in grammar("ru").data["units"].items():
        singular = {words[0] for words in cases.values() if words}
        for case, words in cases.items():
            for word in words:
                plural = word not in singular
                found.setdefault(word, (unit_of(name), set(), plural))[1].add(case)
                if not plural and word in [other for rest in cases.values() for other in rest[1:]]:
                    found[word] = (found[word][0], found[word][1], True)  # «части»: gen. singular and nom. plural
    table = {word: (kind, frozenset(cases), plural) for word, (kind, cases, plural) in found.items()}
    for name, words in grammar("ru").data["short"].items():
        for word in words:
            table.setdefault(word, (unit_of(name), _ALL, word == "пп"))
    return table


@lru_cache(maxsize=1)
def _unit_nouns() -> re.Pattern[str]:
    short = {word for words in grammar("ru").data["short"].values() for word in words}
    full = "|".join(sorted((word for word in _unit_forms() if word not in short), key=len, reverse=True))
    brief = "|".join(sorted(short, key=len, reverse=True))
    return re.compile(rf"(?P<noun>(?:{full})(?!\w)|(?:{brief})\.)")


@lru_cache(maxsize=1)
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:№\s*|с\s+)?(?P<n>{number_list('ru')})(?!\w)")


@lru_cache(maxsize=1)
def _ordinal_first() -> re.Pattern[str]:
    """«второй абзац», «первое предложение»."""
    nouns = "|".join(sorted((word for word in _unit_forms() if len(word) > 4), key=len, reverse=True))
    table = formulas().data["ru"]["ordinals"]
    stems = "|".join([*table["units"], *table["tens"].values(), grammar("ru").data["last"]])
    tens = "|".join(table["tens_cardinal"].values())
    item = rf"(?:(?:{tens})\s+)?(?:{stems})[а-я]{{1,3}}"
    return re.compile(rf"(?P<n>{item}(?:(?:\s*,\s*|\s+и\s+){item})*)\s+(?P<noun>{nouns})(?!\w)")


@lru_cache(maxsize=1)
def _ordered() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*{phrase(grammar('ru').data['ordered'])}\s*(?:№\s*)?")


@lru_cache(maxsize=1)
def _word_cases() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for case, words in grammar("ru").data["words"].items():
        for word in words:
            found.setdefault(word, set()).add(case)
    return {word: frozenset(cases) for word, cases in found.items()}


def _cases_of_word(word: str) -> frozenset[str]:
    return _word_cases()[" ".join(word.split())]


@lru_cache(maxsize=1)
def _word_nouns() -> re.Pattern[str]:
    words = sorted(_word_cases(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + r")(?!\w)")


@lru_cache(maxsize=1)
def _form_cases() -> dict[str, tuple[str, frozenset[str]]]:
    found: dict[str, tuple[str, set[str]]] = {}
    for form in formulas().forms:
        if form.language != "ru" or form.id == "changes":
            continue
        for case, words in form.cases.items():
            found.setdefault(words.lower(), (form.id, set()))[1].add(case)
    for word, (form_id, cases) in _plurals().items():
        found.setdefault(word, (form_id, set()))[1].update(cases)
    return {word: (form_id, frozenset(cases)) for word, (form_id, cases) in found.items()}


def _plurals() -> dict[str, tuple[str, frozenset[str]]]:
    """«в некоторые приказы», «в законодательные акты»."""
    rows = grammar("ru").data["plural_forms"]
    return {word: (form_id, _ALL) for form_id, words in rows.items() for word in words}


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(map(re.escape, _form_cases()), key=len, reverse=True)) + r")(?!\w)")
