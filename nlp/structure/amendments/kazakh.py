"""Kazakh instructions → tokens: «2-тармақтың 3) тармақшасындағы "…" деген сөздер "…" деген сөздермен ауыстырылсын»."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.structure.act import UnitKind
from nlp.structure.amendments.grammar import grammar, unit_of
from nlp.structure.amendments.numbers import number_list, read_numbers
from nlp.structure.amendments.scanner import Scanner
from nlp.structure.amendments.tokens import NUMBERLESS, Token, TokenKind
from nlp.structure.formulas import phrase
from nlp.structure.operations import Piece

_PLURAL = re.compile(r"(?:лар|лер|дар|дер|тар|тер)")
_POSSESSIVE = re.compile(r"(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі)$")
_WITHOUT_NUMBER = (*NUMBERLESS, Piece.SENTENCE, UnitKind.INDENT, UnitKind.CLAUSE, UnitKind.ROW)


class KazakhScanner(Scanner):
    """Tokens of a Kazakh instruction."""

    def __init__(self, text: str) -> None:
        super().__init__(text, grammar("kk"))

    def _special(self, at: int) -> Token | None:
        after = re.compile(rf"{self.grammar.data['after']}(?!\w)").match(self.folded, at)
        if after and self._at_word(at):
            return Token(TokenKind.PREPOSITION, at, after.end(), "after")
        for word in self.grammar.data["before"]:
            if self.folded.startswith(word, at) and self._at_word(at):
                return Token(TokenKind.PREPOSITION, at, at + len(word), "before")
        form = self._form(at)
        return form if form is not None and form.value == "changes" and "gen" in form.cases else None

    def _words(self, at: int) -> Token | None:
        """Quotations, then «деген сөздер» in a case, or «сөздері» alone; a title when a unit is named so."""
        if at not in self.at_start:
            return None
        quotes, end = self._quotes_from(at)
        noun = _word_noun().match(self.folded, end)
        if noun is not None:
            return Token(TokenKind.WORDS, at, noun.end(), value=case_of(noun["rest"] or ""), quotes=tuple(quotes))
        first = self.quotes[self.at_start[at]]
        named = _named_unit().match(self.folded, first[1])
        if named is not None:
            kind = _unit_stems()[_joined(named["stem"])]
            numbers = (named["n"],) if named["n"] else ()
            return Token(
                TokenKind.UNIT, at, named.end(), unit=kind, numbers=numbers, title=self._inner(first),
                cases=frozenset((case_of(named["rest"]),)),
            )  # fmt: skip
        bare = _named_only().match(self.folded, end)
        if bare is not None:
            return Token(TokenKind.WORDS, at, bare.end(), value=case_of(bare["rest"] or ""), quotes=tuple(quotes))
        return None

    def _unit(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        match = _numbered_unit().match(self.folded, at)
        if match is None:
            return self._unnumbered(at)
        plural = _PLURAL.match(match["rest"]) is not None
        numbers, _ = read_numbers(match["n"], "kk", plural)
        return Token(
            TokenKind.UNIT, at, match.end(), unit=_unit_stems()[_joined(match["stem"])], numbers=numbers,
            cases=frozenset((case_of(match["rest"]),)), bracketed=")" in match["n"],
            possessive=_POSSESSIVE.match(match["rest"]) is not None,
        )  # fmt: skip

    def _unnumbered(self, at: int) -> Token | None:
        match = _plain_unit().match(self.folded, at)
        if match is None:
            return None
        kind = _unit_stems()[_joined(match["stem"])]
        own = _joined(match["stem"]) in self.grammar.data["self_named"]
        if not own and kind not in _WITHOUT_NUMBER:
            return None
        cases = frozenset((case_of(match["rest"]),))
        return Token(
            TokenKind.UNIT, at, match.end(), unit=kind, cases=cases, title=match.span("stem") if own else (0, 0)
        )

    def _form(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        match = _forms().match(self.folded, at)
        if match is None:
            return None
        form = _form_stems()[_joined(match["stem"])]
        return Token(TokenKind.FORM, at, match.end(), form, cases=frozenset((case_of(match["rest"]),)))


def _joined(stem: str) -> str:
    """«кіші  бөлім» over a line break is the stem «кіші бөлім»."""
    return " ".join(stem.split())


def case_of(rest: str) -> str:
    """Case of a noun by what follows its stem: nom, gen, attr (-дағы), loc, abl, ins, dat, acc."""
    bare = _between().sub("", rest, count=1)
    for case, pattern in _endings():
        if pattern.fullmatch(rest) or pattern.fullmatch(bare) or pattern.search(rest):
            return case
    return "nom"


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((case, re.compile(rf"(?:{ending})$")) for case, ending in grammar("kk").data["endings"])


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    return re.compile("^" + grammar("kk").data["between"])


@lru_cache(maxsize=1)
def _unit_stems() -> dict[str, UnitKind | Piece]:
    return {stem: unit_of(name) for name, stems in grammar("kk").data["units"].items() for stem in stems}


def _stem(words: dict[str, UnitKind | Piece] | dict[str, str] | list[str]) -> str:
    stems = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))
    return rf"(?P<stem>{stems})(?P<rest>{_tail()})(?!\w)"


def _tail() -> str:
    """What may follow a stem: plural, possessive, case; so that «бапкер» is no «бап»."""
    between = grammar("kk").data["between"].replace("(", "(?:")
    cases = "|".join(ending for _, ending in grammar("kk").data["endings"])
    return rf"{between}н?(?:{cases})?"


@lru_cache(maxsize=1)
def _numbered_unit() -> re.Pattern[str]:
    ordered = phrase(grammar("kk").data["ordered"])
    return re.compile(
        rf"(?:{ordered}\s+)?(?P<n>{number_list('kk')})\s*(?:[-–‑]\s*)?(?:{ordered}\s+)?{_stem(_unit_stems())}"
    )


@lru_cache(maxsize=1)
def _plain_unit() -> re.Pattern[str]:
    return re.compile(_stem(_unit_stems()))


@lru_cache(maxsize=1)
def _named_unit() -> re.Pattern[str]:
    named = grammar("kk").data["named"]
    return re.compile(rf"\s*{named}\s+(?:(?P<n>\d+(?:[-.]\d+)*)\s*-?\s*)?{_stem(_unit_stems())}")


@lru_cache(maxsize=1)
def _word_noun() -> re.Pattern[str]:
    named = grammar("kk").data["named"]
    stems = "|".join(re.escape(word) for word in sorted(grammar("kk").data["words"], key=len, reverse=True))
    return re.compile(rf"\s*(?:{named}\s+)?(?:{stems})(?P<rest>\w*)")


@lru_cache(maxsize=1)
def _named_only() -> re.Pattern[str]:
    return re.compile(rf"\s*{grammar('kk').data['named']}(?P<rest>нен|мен|нің|ді)?(?!\w)")


@lru_cache(maxsize=1)
def _form_stems() -> dict[str, str]:
    return {stem: form for form, stems in grammar("kk").data["forms"].items() for stem in stems}


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    return re.compile(_stem(_form_stems()))
