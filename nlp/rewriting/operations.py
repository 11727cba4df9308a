"""Operations a rule may ask for, each turned into changes of the norm's own words.

``replace``, ``delete``, ``insert_before``, ``insert_after`` act on the marked words, ``append`` on the end of the text,
``duty`` on the modal word and its verb, ``affirm`` on a verb that is denied. ``exclude`` has no changes: the unit is
struck out (see ``propose``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlp.language.token import Token, Tokens
from nlp.norms.frame import NormFrame
from nlp.rewriting.affirm import affirmed
from nlp.rewriting.aimed import agreeing, in_place_of_clause, is_meant, reached, substitute
from nlp.rewriting.duty import duty_changes
from nlp.rewriting.edits import Change
from nlp.rewriting.forms import formed, model_of
from nlp.rewriting.kazakh_nouns import with_bare_noun
from nlp.rewriting.kazakh_phrase import follows_attribute, phrase_start
from nlp.rewriting.places import clause_opening, in_form_of, small


@dataclass(frozen=True, slots=True)
class Site:
    """Where an operation works: the string of a field, its tokens, the marked span, the clause's frame."""

    language: str
    words: str
    tokens: Tokens
    start: int
    end: int
    frame: NormFrame | None
    unit: str  # «настоящим пунктом» / «осы тармақта», for {unit}
    marked: tuple[int, int] = (0, 0)  # the words the rule marked, where the edit reaches further or begins later


Operation = Callable[[Site, str], Sequence[Change]]


def changes(site: Site, entry: Mapping[str, Any]) -> Sequence[Change]:
    """Changes of one ``rewrite`` entry; an unknown operation raises ``KeyError`` (the pack check finds it).

    None where the norm is not what the entry asks for, or holds nothing that ``from`` or ``find`` names.
    """
    text = str(entry.get("with", "")).replace("{unit}", site.unit)
    quote = site.words[site.start : site.end].strip(" ,")
    worded = in_form_of(site, with_bare_noun(text, quote).replace("{quote}", quote))
    if worded is None or not is_meant(site, entry):
        return []
    aim = reached(site, entry)
    if aim is None:
        return []
    if entry.get("attributes"):
        aim = replace(aim, start=phrase_start(aim.tokens, aim.start))
    if "find" in entry:
        return substitute(aim, str(entry["find"]), worded, entry.get("in"))
    said = formed(agreeing(aim, worded).replace("{end}", "{end:" + model_of(aim) + "}"))
    return [] if said is None or (worded and not said) else OPERATIONS[entry["op"]](aim, said)


def _replace(site: Site, text: str) -> Sequence[Change]:
    without_commas = in_place_of_clause(site, text) if site.language == "ru" else []
    if without_commas:
        return without_commas
    starts_sentence = site.words[site.start : site.start + 1].isupper()
    if site.language == "ru":
        site = _with_closing_comma(site, text)
    attribute = follows_attribute(site.tokens, site.start) if site.language == "kk" and _TELLS.match(text) else None
    if attribute is not None:
        return [Change(attribute.end, site.end, f", {text}")]
    return [Change(site.start, site.end, text[:1].upper() + text[1:] if starts_sentence else text)]


def _with_closing_comma(site: Site, text: str) -> Site:
    """«организации, имеющей базу, по договору» → «организации на конкурсе по договору»: both commas of the aside go."""
    opened = site.words[site.start : site.start + 1] == "," and text[:1] != ","
    closing = _CLOSING_COMMA.match(site.words, site.end)
    return replace(site, end=closing.end()) if opened and text and closing else site


_TELLS = re.compile(r"___-(тармақта|қосымшада) (көзделген|көрсетілген|белгіленген)$")
"""A Kazakh attribute: after another one («сұратылған құжаттар») it stands behind a comma."""
_CLOSING_COMMA = re.compile(
    r",(?=\s+(?!который|которая|которое|которые|что|чтобы|если|когда|а|но|о чем|в том|за исключ|кроме)\w)"
)

_HANGING = {
    "ru": re.compile(r"(,\s*(а также|и|или|либо)?|\s+(и|или|либо|а также))?\s*$"),
    "kk": re.compile(r"(,\s*(сондай-ақ|және|немесе|не)?|\s+(және|немесе|не|сондай-ақ))?\s*$"),
}


def _delete(site: Site, text: str) -> Sequence[Change]:
    """Takes the comma or conjunction before the words along, so that no «и» is left hanging.

    A parenthetical between commas («, как правило,») gives up both; an item of an enumeration only one. What the verb
    cannot do without («предоставляются и другие льготы») stays; ``text``, if there is one, then follows it.
    """
    if _is_needed(site):
        return _insert_after(site, text) if text else []
    shared = _shared_noun(site)
    if shared is not None:
        return [*_last_joined(site), Change(site.start, shared.start, "")]
    hanging = _HANGING[site.language].search(site.words[: site.start])
    start = hanging.start() if hanging else site.start
    following = re.match(r"\s*,", site.words[site.end :])
    both = start == 0 or (_is_parenthetical(site) and site.words[start : site.start].strip() == ",")
    end = site.end + (following.end() if following and both else 0)
    return [Change(start, end, "")]


def _is_needed(site: Site) -> bool:
    """Whether the words are the subject or object of a Russian verb right before them (an «и» between is «also»)."""
    set_off = site.words[site.start : site.start + 1] in {",", "("}
    if site.language != "ru" or set_off or _is_parenthetical(site):
        return False
    before = [token for token in site.tokens if token.end <= site.start]
    while before and before[-1].lemma in _ALSO:
        before.pop()
    verb = bool(before) and "verb" in before[-1].tags and bool(before[-1].tags & {"finite", "infinitive"})
    return verb and any("noun" in token.tags for token in site.tokens if site.start <= token.start < site.end)


def _shared_noun(site: Site) -> Token | None:
    """The noun of «и других работ» where adjectives before it need it: «ремонтно-строительных и других работ»."""
    marked = [token for token in site.tokens if site.start <= token.start and token.end <= site.end]
    before = [token for token in site.tokens if token.end <= site.start]
    if site.language != "ru" or not before or not marked or marked[0].norm not in {"и", "или", "либо"}:
        return None
    noun = marked[-1]
    adjective = before[-1].tags
    alike = adjective & noun.tags & _CASES or (adjective | noun.tags) & _CASES == _ONE_FORM
    return noun if "noun" in noun.tags and "adj" in adjective and alike else None


def _last_joined(site: Site) -> list[Change]:
    """«воспитательное, лечебное или иное учреждение»: the conjunction of what is taken out joins the last two left."""
    before = [token for token in site.tokens if token.end <= site.start][-3:]
    if len(before) < 3 or before[1].text != "," or "adj" not in before[0].tags:
        return []
    conjunction = next(token.text for token in site.tokens if token.start >= site.start)
    return [Change(before[1].start, before[1].end, f" {conjunction}")]


_ONE_FORM = frozenset({"nom", "acc"})  # «лечебное учреждение» is both, and each word is read by itself
_CASES = frozenset({"nom", "gen", "dat", "acc", "ins", "loc"})
_ALSO = frozenset({"и", "также"})
_OPENS_PARENTHETICAL = frozenset({"adv", "conj", "part", "prep"})


def _is_parenthetical(site: Site) -> bool:
    """Whether the words open like a parenthetical («как правило», «по возможности») and not like a thing listed."""
    first = next((token for token in site.tokens if token.start >= site.start), None)
    return first is not None and bool(first.tags & _OPENS_PARENTHETICAL)


def _insert_before(site: Site, text: str) -> Sequence[Change]:
    start = phrase_start(site.tokens, site.start) if site.language == "kk" else site.start
    return _put_before(site, start, text)


def _insert_after(site: Site, text: str) -> Sequence[Change]:
    glue = "" if text[:1] in ",;:." else " "
    return [Change(site.end, site.end, glue + text)]


def _append(site: Site, text: str) -> Sequence[Change]:
    """A sentence after the one that holds the marked words; for an item of a list an aside before its semicolon.

    Words that open a list («…:») keep their colon and their items: the sentence is put before them.
    """
    body = site.words.rstrip()
    if body.endswith(":") and body[:1].isupper():
        return [Change(0, 0, text.rstrip(".;") + ". ")]
    within = _sentence_end(site)
    if within < len(body):
        return [Change(within, within, " " + text.rstrip(".;") + ".")]
    mark = body[-1:] if body[-1:] in ".;:" else ""
    end = len(body) - len(mark)
    if mark == ";" and not _several(text) and site.language == "kk":
        return [Change(end, end, f" ({_small(text.rstrip('.;'))})")]
    closing = ";" if mark == ";" else "."
    return [Change(end, len(body), ". " + text.rstrip(".;") + closing)]


def _sentence_end(site: Site) -> int:
    """Offset after the full stop of the sentence with the marked words; the end of the words for the last one."""
    marked = next((token.sentence for token in site.tokens if token.end > site.start), None)
    own = [token for token in site.tokens if token.sentence == marked]
    further = any(token.sentence > own[-1].sentence for token in site.tokens) if own else False
    return own[-1].end if further and own[-1].text == "." else len(site.words.rstrip())


_NEXT_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]")


def _several(text: str) -> bool:
    return _NEXT_SENTENCE.search(text) is not None


def _small(text: str) -> str:
    """An aside begins small unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or not text[1:2].isalpha() else text


def _affirm(site: Site, text: str) -> Sequence[Change]:
    """What the last marked verb denies is said («қаралмайды» → «қаралады»), ``text`` before it; else nothing."""
    inside = [token for token in site.tokens if site.start <= token.start < site.end]
    for position in range(len(inside) - 1, -1, -1):
        verb = inside[position]
        before = inside[position - 1] if position else None
        made = affirmed(site.language, verb, before)
        if made is not None:
            start = before.start if site.language == "ru" and before is not None else verb.start
            return [Change(start, verb.end, f"{text} {made}" if text else made)]
    return []


def _open(site: Site, text: str) -> Sequence[Change]:
    """The words before the clause: «___-тармақта көзделген жағдайларда комиссия …» cannot tear a phrase apart."""
    return _put_before(site, clause_opening(site), text)


def _put_before(site: Site, at: int, text: str) -> Sequence[Change]:
    """``text`` before the words at ``at``, which no longer open the sentence if they did."""
    opens = at == 0 or site.words[:at].rstrip()[-1:] in ".!?"
    rest = small(site.words[at:]) if opens and site.language == "kk" else site.words[at:]
    changed = site.words[at : at + 1] != rest[:1]
    return [Change(at, at + changed, text + " " + (rest[:1] if changed else ""))]


def _duty(site: Site, text: str) -> Sequence[Change]:
    made = duty_changes(site.language, site.words, site.tokens, site.frame)
    if not text or not made or site.language != "ru":
        return made
    first = made[0]
    return [Change(first.start, first.end, f"{text} {first.text}"), *made[1:]]


OPERATIONS: Mapping[str, Operation] = {
    "replace": _replace,
    "delete": _delete,
    "insert_before": _insert_before,
    "insert_after": _insert_after,
    "append": _append,
    "affirm": _affirm,
    "open": _open,
    "duty": _duty,
    "sub": _replace,
}
