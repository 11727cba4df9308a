"""One decided finding as a conclusion has it: the expert's words where there are any, the machine's elsewhere.

Reads: what was found, the decision on it, the shown texts. Writes: plain JSON values in which every statement names the
finding and the decision it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expertise.case.decisions import Decision
from expertise.case.shown_units import (
    above,
    has_words,
    is_inside,
    label_of,
    lead_in,
    own_words,
    quoted_span,
    unit_holding,
    unit_with,
)
from expertise.shown_text import ShownText, ShownUnit
from nlp.factors import asides
from nlp.structure.wording import language_of

LANGUAGES = ("ru", "kk")
_UNSOURCED = ("B", "D")  # marks of grounds that rest on no act: never in a document that is sent
_STATEMENTS = {"reasoning": "explanation", "risk": "risk"}


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding that stands. ``by_hand``: an expert added it, so that its first words are an expert's too."""

    finding: str
    content: Mapping[str, Any]
    decision: Decision
    by_hand: bool = False

    @property
    def own_places(self) -> bool:
        """Whether an expert marked the words."""
        return bool(self.decision.said.places) or self.by_hand

    @property
    def places(self) -> tuple[tuple[str, int, int], ...]:
        """(language, start, end) of the marked words."""
        if self.decision.said.places:
            return self.decision.said.places
        if self.by_hand:
            return tuple((str(code), int(start), int(end)) for code, start, end in self.content.get("places", ()))
        code = str(self.content["text_language"])
        return tuple((code, mark["start"], mark["end"]) for mark in self.content["marks"])


def entry(decided: Decided, texts: Mapping[str, ShownText]) -> dict[str, Any]:
    """The finding as JSON values, without its number and the name of its factor."""
    content, said = decided.content, decided.decision.said
    places = list(_places(decided, texts))
    change = _change(decided)
    return {
        "factor": said.factor or content["factor"],
        "severity": said.severity or content["severity"],
        "unit": _unit_key(decided, places),
        "places": places,
        "norms": [] if change else list(_norms(places, texts)),
        "change": change,
        "also_at": [] if said.places else list(_also(decided, places, texts)),
        **{name: _statement(decided, field) for name, field in _STATEMENTS.items()},
        "recommendation": _recommendation(decided),
        "proposals": list(_proposals(decided, places, texts)),
        "basis": _basis(decided),
        "decisions": [_decision(decided)],
    }


def _change(decided: Decided) -> dict[str, Any]:
    """The norm in the amended act before and after, by language; nothing where an expert marked other words."""
    change = decided.content.get("change")
    return {words_language(decided.content): change} if change and not decided.decision.said.places else {}


def _places(decided: Decided, texts: Mapping[str, ShownText]) -> Iterator[dict[str, Any]]:
    """Marked words with the unit that holds them; words outside of the text as it is now are left out.

    ``repeats``: the same norm stands there once more; it is the same defect and is cited, not quoted.
    """
    again = set(decided.content.get("also_at", ())) if not decided.own_places else set()
    if all(mark.get("address") in again for _, mark in _with_marks(decided)):
        again = set()
    for (code, start, end), mark in _with_marks(decided):
        text = texts.get(code)
        if text is None or end > len(text.text):
            continue
        unit = (unit_with(text, mark["address"]) if mark else None) or unit_holding(text, start, end)
        yield {
            "language": code,
            "address": unit.address if unit else str(mark.get("address", "")),
            "citation": dict(unit.citation) if unit else {"ru": mark.get("citation", ""), "kk": ""},
            "start": start,
            "end": end,
            "quote": text.text[start:end],
            "repeats": bool(mark) and mark["address"] in again,
            "finding": decided.finding,
        }


def _with_marks(decided: Decided) -> Iterator[tuple[tuple[str, int, int], Mapping[str, Any]]]:
    marks = () if decided.own_places else decided.content["marks"]
    for index, place in enumerate(decided.places):
        yield place, marks[index] if marks else {}


def _unit_key(decided: Decided, places: Sequence[Mapping[str, Any]]) -> str:
    if not decided.own_places and decided.content.get("provision"):
        return str(decided.content["provision"])  # of an amendment too: where it stands in the draft
    return str(places[0]["address"]) if places else ""


def _norms(places: Sequence[Mapping[str, Any]], texts: Mapping[str, ShownText]) -> Iterator[dict[str, Any]]:
    """The norms that hold marked words, each once, with offsets of these words in it."""
    shown: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for place in places:
        if place["repeats"]:
            continue
        shown.setdefault((place["language"], place["address"]), []).append(place)
    for (code, address), mine in shown.items():
        text = texts[code]
        unit = unit_with(text, address)
        start, end = quoted_span(unit) if unit else (mine[0]["start"], mine[0]["end"])
        if not any(start <= place["start"] < end for place in mine):  # words of a heading or of a lead-in
            start, end = min(place["start"] for place in mine), max(place["end"] for place in mine)
        marks = [[max(place["start"], start) - start, min(place["end"], end) - start] for place in mine]
        yield {
            "language": code,
            "address": address,
            "lead": lead_in(text, unit) if unit else "",
            "text": text.text[start:end],
            "marks": sorted(mark for mark in marks if mark[0] < mark[1]),
        }


def _also(
    decided: Decided, places: Sequence[Mapping[str, Any]], texts: Mapping[str, ShownText]
) -> Iterator[dict[str, str]]:
    """Further units with the same norm: repeats of one defect are places of one finding."""
    shown = {place["address"] for place in places}
    text = texts.get(str(decided.content.get("text_language", "")))
    for address in decided.content.get("also_at", ()):
        unit = unit_with(text, address) if text else None
        if unit is not None and address not in shown and not any(is_inside(address, own) for own in shown):
            yield dict(unit.citation)


def words_language(content: Mapping[str, Any]) -> str:
    """The language in which a finding was written: of reports on its text, of who added it."""
    code = str(content.get("text_language") or content.get("language") or "ru")
    return code if code in LANGUAGES else "ru"


def _trace(decided: Decided, expert: bool) -> dict[str, Any]:
    by = "expert" if expert or decided.by_hand else "machine"
    return {"by": by, "finding": decided.finding, "decision": decided.decision.number}


def of_machine(content: Mapping[str, Any], field: str) -> dict[str, str]:
    """Language → what the machine says (``explanation``, ``risk``, ``instruction``), where it says anything."""
    first = content.get(field, "")
    if field == "instruction":
        given = content.get("recommendation")
        first = given["instruction"] if isinstance(given, Mapping) else given  # of a finding made by hand: plain words
    other = content.get("otherwise") or {}
    said = {words_language(content): str(first or ""), str(other.get("language", "")): str(other.get(field, ""))}
    return {code: words.strip() for code, words in said.items() if code and words.strip()}


def _statement(decided: Decided, field: str) -> dict[str, Any]:
    own = _without_aside(str(getattr(decided.decision.said, field)))
    return _said(decided, own, of_machine(decided.content, field))


def _said(decided: Decided, own: str, machine: Mapping[str, str]) -> dict[str, Any]:
    """The expert's words in the language they are in; else the machine's in every language it has them."""
    if own:
        return {language_of(own, words_language(decided.content)): {"text": own, **_trace(decided, True)}}
    told = {code: _without_aside(words) for code, words in machine.items()}
    return {code: {"text": words, **_trace(decided, False)} for code, words in told.items() if words}


def _without_aside(words: str) -> str:
    """The reason without what tells the expert alone that a trained model saw it: in a document he answers for it."""
    for aside in asides():
        words = words.replace(aside, "")
    return words.strip()


def _recommendation(decided: Decided) -> dict[str, Any]:
    """What is to be done, in words; the proposed wording stands apart."""
    return _said(decided, decided.decision.said.recommendation.strip(), of_machine(decided.content, "instruction"))


def _proposals(
    decided: Decided, places: Sequence[Mapping[str, Any]], texts: Mapping[str, ShownText]
) -> Iterator[dict[str, Any]]:
    """Proposed wordings by language with the words they replace: the expert's, and the machine's elsewhere."""
    given = decided.content.get("recommendation")
    own = {code: words.strip() for code, words in decided.decision.said.wording.items() if words.strip()}
    by_hand = {code: words for code, words in (decided.content.get("wording") or {}).items() if code not in own}
    for code, words in {**by_hand, **own}.items():
        old, label = _old(decided, places, texts, code)
        yield {
            "language": code, "action": _action(given, code, old, words), "old": old, "label": label, "text": words,
            **_trace(decided, code in own),
        }  # fmt: skip
    if (
        isinstance(given, Mapping)
        and given["language"] not in own
        and (given["wording"] or given["action"] == "delete")
    ):
        old, label = replaced(decided.content, texts)
        yield {
            "language": given["language"], "action": given["action"], "old": old, "label": label,
            "text": given["wording"], **_trace(decided, False),
        }  # fmt: skip


def _action(given: Any, code: str, old: str, words: str) -> str:
    """What an expert's wording does: a sentence that the machine would have added and the expert mended stays one."""
    supplements = isinstance(given, Mapping) and (given["action"], given["language"]) == ("supplement", code)
    return "supplement" if supplements and given["wording"] and old not in words else "replace"


def _old(
    decided: Decided, places: Sequence[Mapping[str, Any]], texts: Mapping[str, ShownText], code: str
) -> tuple[str, str]:
    """The words that an expert's wording replaces: of the norm in that language, "" where it is not in the dossier."""
    change = _change(decided).get(code)
    if change:
        return str(change["after"]), ""
    address = next((place["address"] for place in places if place["language"] == code), "")
    address = address or next((place["address"] for place in places), "")
    text = texts.get(code)
    unit = unit_with(text, address) if text and address else None
    return (own_words(text, unit), label_of(text, unit)) if text and unit and has_words(unit) else ("", "")


def replaced(content: Mapping[str, Any], texts: Mapping[str, ShownText]) -> tuple[str, str]:
    """The words that the machine's edits are of, with their number: the norm, or the lead-in above it when all edits
    are there; of an amendment the norm as it would be. Empty where the text no longer has them."""
    made = content.get("recommendation")
    edits = made.get("edits", ()) if isinstance(made, Mapping) else ()  # of a finding made by hand it is plain words
    of_lead = bool(edits) and all(edit["field"] == "lead" for edit in edits)
    change = content.get("change")
    if change:
        return str(change["lead"] if of_lead else change["after"]), ""
    text = texts.get(str(content.get("text_language", "")))
    unit = unit_with(text, str(content.get("provision", ""))) if text else None
    if text is None or unit is None:
        return "", ""
    if of_lead:
        unit = _holder(text, unit)
    return own_words(text, unit), label_of(text, unit)


def _holder(text: ShownText, unit: ShownUnit) -> ShownUnit:
    found = above(text, unit)
    while found is not None and not has_words(found):
        found = above(text, found)
    return found or unit


def _basis(decided: Decided) -> dict[str, list[str]]:
    """Grounds that somebody verified; none when the expert named another factor than that they belong to."""
    if decided.decision.said.factor not in ("", decided.content["factor"]):
        return {}
    told = {
        code: [each["text"] for each in basis if each["verified"] and each["mark"] not in _UNSOURCED]
        for code, basis in bases(decided.content).items()
    }
    return {code: grounds for code, grounds in told.items() if grounds}


def bases(content: Mapping[str, Any]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Language → the grounds that the machine names, in every language it names them."""
    other = content.get("otherwise") or {}
    said = {str(other.get("language", "")): other.get("basis", ()), words_language(content): content.get("basis", ())}
    return {code: grounds for code, grounds in said.items() if code and grounds}


def _decision(decided: Decided) -> dict[str, Any]:
    decision = decided.decision
    return {
        "finding": decided.finding, "decision": decision.number, "seat": decision.seat.value,
        "verdict": decision.verdict.value, "by": decision.by, "at": decision.at.isoformat(),
    }  # fmt: skip
