"""Where a Russian edit works and what it says: ``from``, ``reach``, ``match``, ``absent``, ``find``, agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nlp.language.token import Token
from nlp.rewriting.edits import Change
from nlp.rewriting.forms import formed
from nlp.rewriting.places import is_name
from nlp.rewriting.reach import end_of, opens_with_if, start_of

if TYPE_CHECKING:
    from nlp.rewriting.operations import Site


def is_meant(site: Site, entry: Mapping[str, Any]) -> bool:
    """Whether the marked words match ``match``, the norm does not say what ``absent`` tells, and the place is right.

    ``says`` and ``silent`` are asked of the sentence that holds the marked words.
    """
    if "says" in entry or "silent" in entry:
        sentence = site.words[slice(*sentence_of(site))]
        if "says" in entry and not re.search(entry["says"], sentence, re.IGNORECASE):
            return False
        if "silent" in entry and re.search(entry["silent"], sentence, re.IGNORECASE):
            return False
    if "match" in entry and not re.search(entry["match"], site.words[site.start : site.end], re.IGNORECASE):
        return False
    if "absent" in entry and re.search(entry["absent"], site.words, re.IGNORECASE):
        return False
    return "at_start" not in entry or bool(entry["at_start"]) == (site.start == 0)


def sentence_of(site: Site) -> tuple[int, int]:
    """Offsets of the sentence that holds the beginning of the marked words."""
    number = next((t.sentence for t in site.tokens if t.end > site.start), None)
    own = [t for t in site.tokens if t.sentence == number]
    return (own[0].start, own[-1].end) if own else (0, len(site.words))


def reached(site: Site, entry: Mapping[str, Any]) -> Site | None:
    """The site widened or narrowed as ``from`` and ``reach`` ask."""
    if entry.get("from") == "verb":
        return _at_verb(site)
    start: int | None = site.start
    if "from" in entry:
        start = start_of(entry["from"], site.tokens, site.start, site.end)
    if start is None:
        return None
    end = site.end
    if "scope" in entry:
        return replace(site, end=max(sentence_of(site)[1], site.end), marked=(site.start, site.end))
    if "reach" in entry:
        whole = entry.get("from") == "condition" and opens_with_if(site.tokens, start)
        end = end_of("clause" if whole else entry["reach"], site.tokens, max(site.end, start))
    return replace(site, start=start, end=end, marked=(site.start, site.end))


def _at_verb(site: Site) -> Site | None:
    """The last finite verb or short participle of the marked words; of two joined by «и» the first."""
    verbs = [t for t in site.tokens if site.start <= t.start and t.end <= site.end and t.tags & _SAYING]
    if not verbs:
        return None
    joined = [t for t in site.tokens if t.end <= verbs[-1].start][-1:]
    verb = verbs[-2] if len(verbs) > 1 and joined and joined[0].norm == "и" else verbs[-1]
    return replace(site, start=verb.start, end=verb.end)


_SAYING = frozenset({"finite", "short"})


def substitute(site: Site, pattern: str, text: str, extent: str | None = None) -> Sequence[Change]:
    """The first piece of the words that matches becomes ``text`` (with groups of the expression filled in).

    With ``extent`` the piece may be anywhere in the ``sentence`` or the ``norm``, rather one in or across the marked
    words. Nothing is changed where a form that the text asks for cannot be made.
    """
    start, end = (0, len(site.words)) if extent == "norm" else (site.start, site.end)
    if extent == "sentence":
        start, end = sentence_of(site)
    pieces = list(re.compile(pattern, re.IGNORECASE).finditer(site.words, start, end))
    own = [each for each in pieces if each.start() < site.end and each.end() > site.start]
    found = next(iter(own or pieces), None)
    if found is None:
        return []
    made = formed(found.expand(text))
    if made is None:
        return []
    capital = site.words[found.start() : found.start() + 1].isupper()
    if capital:
        head = re.match(r"\w+", found.group())
        lowers = head is not None and not is_name(head.group())
        made = made.replace(head.group(), head.group().lower(), 1) if head and lowers else made
    return [Change(found.start(), found.end(), made[:1].upper() + made[1:] if capital else made)]


_NUMBERED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def agreeing(site: Site, text: str) -> str:
    """«определя{ется|ются}» agrees with the words replaced, «{который}» with the last noun marked («которых»).

    A text that asks for «{который}» is left out («») where no noun is marked.
    """
    text = _NUMBERED.sub(lambda found: found.group(2 if _is_plural(site) else 1), text)
    if "{который}" not in text:
        return text
    marked = _marked(site)
    nouns = [t for t in marked if "noun" in t.tags]
    several = any("plur" in t.tags and t.tags & {"adj", "participle"} for t in marked)
    return text.replace("{который}", "которых" if several else _which(nouns[-1])) if nouns else ""


def _is_plural(site: Site) -> bool:
    """Number of the verb replaced; where that verb is of the active voice, of the thing it decides about."""
    replaced = [t for t in site.tokens if site.start <= t.start < site.end]
    verb = next((t for t in replaced if "verb" in t.tags and t.tags & _NUMBERS), None)
    if verb is not None and (verb.tags & {"refl", "short", "pass"} or verb.lemma == "мочь"):
        return "plur" in verb.tags
    things = [t for t in site.tokens if site.marked[0] <= t.start < site.start and "noun" in t.tags]
    return bool(things) and "plur" in things[0].tags


def _marked(site: Site) -> list[Token]:
    return [t for t in site.tokens if site.marked[0] <= t.start and t.end <= site.marked[1]]


def _which(noun: Token) -> str:
    if "plur" in noun.tags:
        return "которых"
    return "которой" if "fem" in noun.tags else "которого"


_NUMBERS = frozenset({"sing", "plur"})


def in_place_of_clause(site: Site, text: str) -> Sequence[Change]:
    """The change where a clause set off by commas becomes words that are not; empty for any other words."""
    before = re.search(r",\s*$", site.words[: site.start])
    if before and _FREE.match(text) and _CLAUSE.match(site.words[site.start :]):
        after = re.match(r",(?=\s+(\w+))", site.words[site.end :])
        closing = after.end() if after and after.group(1).lower() not in _NEW_CLAUSE else 0
        return [Change(before.start(), site.end + closing, " " + text)]
    return []


_CLAUSE = re.compile(
    r"(если|когда|котор\w+|исходя|руководствуясь|пока|[^\W\d_]+(нн|ем|им|ом|ящ|ющ|ащ|ущ|вш|т)[а-я]{2,3})\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"(согласно|по показателям|в соответствии|при наличии|в случаях|в следующих случаях)\b")
"""What no comma stands before, unlike the clause whose place it takes."""
_NEW_CLAUSE = frozenset(
    {"если", "когда", "который", "которая", "которые", "которое", "что", "о", "а", "но", "и", "за", "при"}
)
