"""The two parts of a conclusion that gather findings of the table by what they are of: hidden public services
(methodology 3), and divergences of the two authentic texts (methodology 1.6, row 9).

Reads: the content of a conclusion. Writes: paragraphs. Nothing is claimed that was not looked at: without a register it
is said that none was used, of one text that nothing was compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.documents.model import Block, Style, text
from expertise.documents.words import LANGUAGES, Words, capital

Content = Mapping[str, Any]
_LONGEST_QUOTE = 160


def services(content: Content, said: Words, open_: bool = False) -> Iterator[Block]:
    """Confirmed hidden services with their norms, or that there are none; then what they were compared with.

    ``open_``: the review is not finished, so that nothing is said to be absent.
    """
    checked = content["checks"]["services"]
    found = _those(content, content["summary"]["hidden_services"])
    if found:
        yield text(said.say("conclusion.services_found"), keep=True)
        for each in found:
            yield text(_service(each, said), Style.BULLET)
    elif not checked["looked_for"]:
        yield text(said.say("conclusion.services_unchecked"))
        return
    elif open_:
        yield text(said.say("conclusion.unfinished"))
        return
    else:
        yield text(said.say("conclusion.services_none" if checked["register"] else "conclusion.services_no_signs"))
    register = "conclusion.services_register" if checked["register"] else "conclusion.services_no_register"
    yield text(said.say(register, sha256=checked["register"]))


def divergences(content: Content, said: Words, own_words: Sequence[Block], open_: bool = False) -> Iterator[Block]:
    """What the expert wrote of the two texts, and the confirmed divergences; else what was compared, and found none."""
    yield from own_words
    found = _those(content, content["summary"]["divergences"])
    if found:
        yield text(said.say("conclusion.divergences_found"), keep=True)
        for each in found:
            yield text(_divergence(each, said), Style.BULLET)
    elif not own_words:
        yield text(_nothing_diverges(content, said, open_))


def _nothing_diverges(content: Content, said: Words, open_: bool) -> str:
    languages = content["act"]["languages"]
    if content["checks"]["texts_compared"]:
        return said.say("conclusion.unfinished" if open_ else "conclusion.no_divergence")
    if len(languages) == 1 and languages[0] in LANGUAGES:
        return said.say("conclusion.one_text", language=said.say(f"conclusion.of_language.{languages[0]}"))
    return said.say("conclusion.not_compared")


def _those(content: Content, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
    return [each for each in content["findings"] if each["number"] in numbers]


def _service(found: Mapping[str, Any], said: Words) -> str:
    """Words of the text in the language of the document, where there is one."""
    places = [place for place in found["places"] if not place["repeats"]] or found["places"]
    mine = [place for place in places if place["language"] == said.language] or places
    quoted = "; ".join(dict.fromkeys(_quoted(place, said) for place in mine))
    return said.say("conclusion.at_number", number=found["number"], places=capital(quoted))


def _divergence(found: Mapping[str, Any], said: Words) -> str:
    sides = []
    for code in LANGUAGES:
        quoted = "; ".join(dict.fromkeys(_quoted(each, said) for each in found["places"] if each["language"] == code))
        if quoted:
            sides.append(said.say(f"conclusion.side.{code}", places=quoted))
    return said.say("conclusion.at_number", number=found["number"], places=capital("; ".join(sides)))


def _quoted(place: Mapping[str, Any], said: Words) -> str:
    citation = place["citation"].get(said.language) or place["citation"].get("ru") or place["address"]
    quote = " ".join(place["quote"].split()).rstrip(" ;:,.")
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
    return f"{citation}, «{quote}»" if quote else str(citation)
