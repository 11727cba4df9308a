"""propose(): a factor said of a provision → the recommendation with this norm's proposed wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nlp.detection.finding import Evidence, Recommendation
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Pack
from nlp.detection.rule import Rule
from nlp.matching import PatternSet
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.rewriting.aimed import is_meant
from nlp.rewriting.direction import directed
from nlp.rewriting.edits import Change, apply, differences, keep_first_letter, once
from nlp.rewriting.operations import Site, changes
from nlp.rewriting.places import within
from nlp.rewriting.sound import is_unsound, loses_an_apposition
from nlp.rewriting.units import in_units_of
from nlp.rewriting.whole import points_at_nothing, repeated, without_doubles

Cite = Callable[[str, str, str], str]
"""(address, language, case) → citation."""

EXCLUDE = "exclude"
KEEP = "keep"


def propose(
    analysis: ProvisionAnalysis,
    frames: tuple[NormFrame, ...],
    factor: JudgedFactor,
    pack: Pack,
    cite: Cite,
    report_language: str,
) -> Recommendation | None:
    """The norm re-worded by the edits its rules ask for.

    The wording is in the norm's language, the instruction in the report's. Where no rule asks for an edit or the edits
    leave the norm as it is, the recommendation is given in words alone (``directed``), None if the pack has none.
    """
    rules = pack.by_id
    leading = factor.leading
    struck = [entry for entry in _entries(rules, leading) if entry["op"] == EXCLUDE and _wanted(entry, leading)]
    struck = [entry for entry in struck if _placed(entry, leading) and _alone(entry, analysis, leading)]
    if any(not entry.get("otherwise") for entry in struck):
        return _excluded(analysis, cite, report_language)
    field = factor.leading.spans[0].field
    original = analysis.string(field)
    made = once(_all_changes(analysis, frames, factor, rules, field), original)
    made = repeated(original, (span for item in factor.evidence for span in item.spans if span.field is field), made)
    language = analysis.provision.language
    reworded = original
    if made:
        units = _texts()[language].get("units", {})
        reworded = in_units_of(apply(original, made), analysis.provision.act_form, units)
        reworded = keep_first_letter(original, reworded)
    lead = analysis.string(Field.LEAD) if field is Field.TEXT else ""
    reworded = without_doubles(reworded, lead, original, _texts()[language].get("doubles", ()))
    if (
        reworded == original
        or points_at_nothing(original, reworded, language)
        or is_unsound(original, reworded, made, factor.evidence, rules, _texts()[language])
        or loses_an_apposition(analysis.tokens(field), made)
    ):
        if struck:
            return _excluded(analysis, cite, report_language)
        # no wording is better than one whose next sentence hangs in the air
        return directed(analysis, factor, pack, report_language, texts_of(report_language))
    if field is Field.TEXT and not any(letter.isalpha() for letter in reworded):
        return _excluded(analysis, cite, report_language)
    return Recommendation(
        language=analysis.provision.language,
        action="replace",
        instruction=_instruction(analysis, field, cite, report_language),
        wording=reworded,
        edits=differences(original, reworded, field),
    )


def texts_of(language: str) -> Mapping[str, Any]:
    """The words of recommendations in a language (``texts.yaml``)."""
    texts: Mapping[str, Any] = _texts()[language]
    return texts


def _all_changes(
    analysis: ProvisionAnalysis,
    frames: tuple[NormFrame, ...],
    factor: JudgedFactor,
    rules: Mapping[str, Rule],
    field: Field,
) -> list[Change]:
    made: list[Change] = []
    yielding: dict[Change, str] = {}
    appended: set[str] = set()
    inserted: set[tuple[str, int]] = set()
    closing: list[Change] = []  # sentences for where nothing can be mended in place
    for item in factor.evidence:
        others = bool(made)
        for span in item.spans:
            if span.field is not field:
                continue
            if _covered(span, made):
                continue  # these words are said anew already
            site = _site(analysis, frames, span)
            settled, own = False, len(made)
            for entry in _entries(rules, item):
                if entry["op"] == EXCLUDE or not _wanted(entry, item):
                    continue  # only the leading rule may strike the whole unit out
                if entry["op"] == KEEP:
                    if is_meant(site, entry):
                        break  # no wording is better than a wrong one
                    continue
                if entry.get("otherwise") and (settled or (entry["op"] == "append" and made)):
                    continue  # something better has been done already
                if entry["op"] == "append" and (others or (appended and entry["with"] not in appended)):
                    continue  # one closing sentence is enough, and none where another rule has mended the words
                if entry["op"] in _INSERTS and (entry["with"], _sentence_of(site)) in inserted:
                    settled = True
                    continue  # said once already
                places = _places(site, entry)
                edits = [change for place in places for change in _carried_out(place, entry, made)]
                if entry["op"] in _INSERTS:
                    edits = [change for change in edits if not _touches(change, made[:own])]
                if entry["op"] == "append" and edits:
                    appended.add(entry["with"])
                    if entry.get("otherwise"):
                        closing.extend(edits)
                        continue
                if entry["op"] in _INSERTS and edits:
                    inserted.add((entry["with"], _sentence_of(site)))
                    edits = edits[:1]
                if places and not edits and entry["op"] == "delete" and "of" not in entry:
                    break  # the words stay, so nothing that presumes them gone may follow
                if "yields" in entry:
                    yielding.update((change, entry["yields"]) for change in edits if change not in made)
                made.extend(edits)
                settled = settled or bool(edits)
                if edits and entry.get("final"):
                    break  # this says it all
    return _without_yielding(made, yielding) or closing


def _without_yielding(made: Sequence[Change], yielding: Mapping[Change, str]) -> list[Change]:
    """The changes less those whose ``yields`` words a change that does not yield says already.

    «ашық конкурс қорытындысы бойынша» before the verb is too much where «… жеңімпазына» has taken the firm's place.
    """
    said = [change.text for change in made if change not in yielding]
    return [c for c in made if c not in yielding or not any(yielding[c] in text for text in said)]


def _sentence_of(site: Site) -> int:
    return next((t.sentence for t in site.tokens if t.end > site.start), 0) if site.language == "ru" else 0


def _covered(span: FieldSpan, made: Sequence[Change]) -> bool:
    """Whether other evidence has replaced all the marked words."""
    return any(other.start <= span.start and span.end <= other.end and other.text for other in made)


def _touches(insertion: Change, others: Sequence[Change]) -> bool:
    """Whether words would be put into or right beside what another piece of evidence has replaced."""
    return any(other.start < other.end and other.start <= insertion.start <= other.end for other in others)


_INSERTS = frozenset({"insert_before", "insert_after", "open"})
_JOINED = re.compile(r"\s*(,|,?\s*(и|или|либо|және|немесе))?\s*")


def _carried_out(site: Site, entry: Mapping[str, Any], made: Sequence[Change]) -> Sequence[Change]:
    """The changes of the edit; words joined to others that became the same («X и X») are taken out instead."""
    edits = changes(site, entry)
    if entry["op"] != "replace" or not edits:
        return edits
    text = edits[0].text
    for other in made:
        first, second = sorted((other, edits[0]), key=lambda change: change.start)
        same = text and other.text.lower() == text.lower() and first.end < second.start
        if same and _JOINED.fullmatch(site.words[first.end : second.start]):
            return [Change(first.end, second.end, "")] if second is edits[0] else []
    return edits


def _places(site: Site, entry: Mapping[str, Any]) -> list[Site]:
    """Where the edit works: the marked words, or, with ``at``, the words of their sentence that the patterns mark.

    With ``of`` only a place in or across the marked words will do.
    Where the patterns mark something in or across the marked words, the rest of the sentence is left alone.
    """
    if "of" in entry:
        return within(site, entry["of"])
    patterns: PatternSet | None = entry.get("at")
    if patterns is None:
        return [site]
    sentences = {t.sentence for t in site.tokens if t.end > site.start and t.start < site.end}
    found = [match for match in patterns.find(site.tokens) if site.tokens[match.first].sentence in sentences]
    marked = [match for match in found if match.end > site.start and match.start < site.end]
    return [replace(site, start=match.start, end=match.end) for match in marked or found]


def _wanted(entry: Mapping[str, Any], item: Evidence) -> bool:
    """Whether the norm is what the edit's ``when`` asks for: an element is supplied only where it is missing."""
    said = dict(item.reason)
    when: Mapping[str, Any] = entry.get("when", {})
    if (said.get("action") or "other") in when.get("no_action", ()):
        return False
    return all((said.get(slot) or "other") in wanted for slot, wanted in when.items() if slot != "no_action")


def _placed(entry: Mapping[str, Any], item: Evidence) -> bool:
    """Whether the marked words stand where ``at_start`` asks: an item that opens with them is nothing but them."""
    first = item.spans[0]
    return "at_start" not in entry or bool(entry["at_start"]) == (first.start == 0 and first.field is Field.TEXT)


def _alone(entry: Mapping[str, Any], analysis: ProvisionAnalysis, item: Evidence) -> bool:
    """Whether the unit does not say what ``absent`` tells: a further sentence is not struck out with the item."""
    words = analysis.string(item.spans[0].field)
    return "absent" not in entry or re.search(entry["absent"], words, re.IGNORECASE) is None


def _entries(rules: Mapping[str, Rule], item: Evidence) -> tuple[Mapping[str, Any], ...]:
    rule = rules.get(item.detector)
    return rule.rewrite if rule is not None else ()


def _site(analysis: ProvisionAnalysis, frames: tuple[NormFrame, ...], span: FieldSpan) -> Site:
    holding = [f for f in frames if f.extent.field is span.field and f.extent.start <= span.start < f.extent.end]
    provision = analysis.provision
    return Site(
        language=provision.language,
        words=analysis.string(span.field),
        tokens=analysis.tokens(span.field),
        start=span.start,
        end=span.end,
        frame=holding[-1] if holding else None,
        unit=_unit_words(provision.address, provision.language),
    )


def _unit_words(address: str, language: str) -> str:
    """«настоящим пунктом», «осы тармақта»: the unit whose list or rule it is."""
    words: Mapping[str, str] = _texts()[language]["unit"]
    parts = [part.split("_")[0] for part in address.split("__") if part]
    kind = next((part for part in reversed(parts) if part in words), "default")
    return words[kind]


def _excluded(analysis: ProvisionAnalysis, cite: Cite, language: str) -> Recommendation:
    provision = analysis.provision
    texts = _texts()[language]
    instruction = _sentence(texts["exclude"].format(citation=_cited(cite, provision.address, language, texts)))
    return Recommendation(
        language=provision.language,
        action="delete",
        instruction=instruction,
        wording="",
        edits=differences(provision.text, "", Field.TEXT),
    )


def _instruction(analysis: ProvisionAnalysis, field: Field, cite: Cite, language: str) -> str:
    provision = analysis.provision
    texts = _texts()[language]
    lead = field is Field.LEAD and len(provision.path) > 1
    address = provision.path[-2] if lead else provision.address
    name = "replace_lead" if lead else "replace"
    case = texts["lead_case"] if lead else texts["case"]
    return _sentence(texts[name].format(citation=cite(address, language, case) if address else texts["norm"]))


def _sentence(words: str) -> str:
    """An instruction stands by itself in a table and in a comment."""
    return words[:1].upper() + words[1:]


def _cited(cite: Cite, address: str, language: str, texts: Mapping[str, Any]) -> str:
    return cite(address, language, texts["case"]) if address else str(texts["norm"])


@cache
def _texts() -> Mapping[str, Any]:
    raw = resources.files("nlp.rewriting").joinpath("texts.yaml").read_text("utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(raw)
    return loaded
