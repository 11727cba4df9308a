"""Russian forms for proposed wording: a verb with its complements in another form, a noun phrase in another case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from nlp.language.russian.lexemes import Form, Lexeme, lexemes

_DATA = Path(__file__).parent.parent / "data"
_CASES: Final = frozenset({"nom", "gen", "dat", "acc", "ins", "loc"})
_NUMBERS: Final = frozenset({"sing", "plur"})
_GENDERS: Final = ("masc", "fem", "neut")
_WORD: Final = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_LINKS: Final = frozenset({"и", "или", "либо", "а", "также"})


@lru_cache(maxsize=1)
def _aspect_pairs() -> tuple[dict[str, str], dict[str, str]]:
    """Perfective → imperfective, and back; data/ru_aspect.tsv."""
    to_imperfective: dict[str, str] = {}
    to_perfective: dict[str, str] = {}
    for line in (_DATA / "ru_aspect.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            perfective, imperfective = line.split("\t")
            to_imperfective.setdefault(perfective, imperfective)
            to_perfective.setdefault(imperfective, perfective)
    return to_imperfective, to_perfective


def imperfective(infinitive: str) -> str | None:
    """The imperfective partner of a verb («отказать» → «отказывать»), itself if imperfective, None if not known."""
    word = infinitive.lower().replace("ё", "е")
    partner = _aspect_pairs()[0].get(word)
    if partner is not None:
        return partner
    return word if any("impf" in lexeme.tags for lexeme in lexemes(word) if "verb" in lexeme.tags) else None


def perfective(infinitive: str) -> str | None:
    """The perfective partner («отказывать» → «отказать»), itself if perfective, None if not known."""
    word = infinitive.lower().replace("ё", "е")
    partner = _aspect_pairs()[1].get(word)
    if partner is not None:
        return partner
    return word if any("perf" in lexeme.tags for lexeme in lexemes(word) if "verb" in lexeme.tags) else None


def inflect(phrase: str, tags: Iterable[str]) -> str | None:
    """``phrase`` in the form that ``tags`` name, or None when it cannot be made.

    With ``infinitive``, ``pres`` or ``fut`` the phrase is a verb (perhaps after «не») with complements; finite forms
    are of the 3rd person, ``sing`` or ``plur``. For ``pres`` a perfective verb is first turned into its imperfective
    partner. Any other phrase is a noun phrase: a case and/or a number; agreeing words follow the head noun, its
    complements stay. Case of letters and punctuation are kept.
    """
    wanted = frozenset(tags)
    if wanted & (_CASES - {"nom"}) or (wanted & _CASES and not wanted & {"pres", "infinitive"}):
        return _noun_phrase(phrase, wanted)
    if wanted & {"infinitive", "pres", "fut"}:
        return _verb_phrase(phrase, wanted)
    return _noun_phrase(phrase, wanted)


def present(verb_phrase: str, subject: str) -> str | None:
    """The verb phrase as a statement about ``subject``, agreeing in number.

    «отказать в выдаче» + «уполномоченный орган» → «отказывает в выдаче»; + «местные органы» → «отказывают в выдаче».
    """
    return inflect(verb_phrase, {"pres", "3", number_of(subject)})


def number_of(subject: str) -> str:
    """``"sing"`` or ``"plur"``: the number a verb takes after ``subject`` (in the nominative)."""
    words = list(_WORD.finditer(subject))
    head = _head(words)
    if head is None:
        return "sing"
    if "plur" in head.form.tags:
        return "plur"
    for before, word in zip(words[head.place :], words[head.place + 1 :], strict=False):
        likely = lexemes(word.group().lower())[0]
        if before.group().lower() == "и" and "noun" in likely.tags and "nom" in likely.standing[0].tags:
            return "plur"
    return "sing"


def _verb_phrase(phrase: str, wanted: Set[str]) -> str | None:
    for match in _WORD.finditer(phrase):
        word = match.group()
        if word.lower() == "не":
            continue
        form = _verb_form(word, wanted)
        if form is None:
            return None
        return phrase[: match.start()] + _cased(form, word) + phrase[match.end() :]
    return None


def _verb_form(word: str, wanted: Set[str]) -> str | None:
    verbs = [lexeme for lexeme in lexemes(word.lower()) if "verb" in lexeme.tags]
    if "pres" in wanted:
        verbs.sort(key=lambda lexeme: "impf" not in lexeme.tags)
    for lexeme in verbs:
        two_aspects = False
        if "pres" in wanted and "impf" not in lexeme.tags:
            partner = imperfective(lexeme.lemma)
            if partner is not None and partner != lexeme.lemma:
                return _verb_form(partner, wanted)
            # «истребовать», «финансировать»: the dictionary calls their present a future.
            two_aspects = partner is not None or lexeme.lemma in _aspect_pairs()[1]
            if not two_aspects:
                continue
        if "infinitive" in wanted:
            needed = {"infinitive"}
        else:
            tense = "fut" if "fut" in wanted or two_aspects else "pres"
            needed = {"finite", tense, "3", "plur" if "plur" in wanted else "sing"}
        form = lexeme.form(needed)
        if form is not None:
            return form
    return None


class _Head(NamedTuple):
    """The head noun of a phrase: its place among the words, its lexeme, and the form it stands in."""

    place: int
    lexeme: Lexeme
    form: Form


def _noun_phrase(phrase: str, wanted: Set[str]) -> str | None:
    words = list(_WORD.finditer(phrase))
    head = _head(words)
    if head is None:
        return None
    case = next(iter(wanted & _CASES), None) or next(iter(head.form.tags & _CASES), "nom")
    number = next(iter(wanted & _NUMBERS), None) or next(iter(head.form.tags & _NUMBERS), "sing")
    result, at = [], 0
    for index, match in enumerate(words):
        word = match.group()
        form = _phrase_word(phrase, words, index, head, case, number)
        if form is None:
            return None
        result += [phrase[at : match.start()], _cased(form, word) if form != word.lower() else word]
        at = match.end()
    return "".join(result) + phrase[at:]


def _phrase_word(
    phrase: str, words: list[re.Match[str]], index: int, head: _Head, case: str, number: str
) -> str | None:
    """The form of word ``index`` when the head stands in ``case`` and ``number``."""
    word = words[index].group().lower()
    if index == head.place:
        return _head_form(word, head, case, number)
    before_head = index < head.place
    # «лицо, осуществляющее деятельность»: the participle right after the head's comma agrees too.
    after_comma = index == head.place + 1 and phrase[words[head.place].end() : words[index].start()].strip() == ","
    if word in _LINKS or not (before_head or after_comma):
        return word
    return _agreeing(word, head, case, number, only_participle=after_comma)


def _head_form(word: str, head: _Head, case: str, number: str) -> str | None:
    if "fixed" in head.form.tags:
        return word
    if "noun" in head.lexeme.tags:
        return head.lexeme.form({case, number})
    # A substantive names a person: «государственного служащего».
    return _agreeing(word, head._replace(form=head.form._replace(tags=head.form.tags | {"anim"})), case, number, False)


def _agreeing(word: str, head: _Head, case: str, number: str, only_participle: bool) -> str | None:
    gender = next((name for name in _GENDERS if name in head.form.tags), None)
    for lexeme in lexemes(word):
        if not lexeme.tags & {"adj", "participle"} or (only_participle and "participle" not in lexeme.tags):
            continue
        needed = {case, number}
        if number == "sing" and gender is not None:
            needed.add(gender)
        if case == "acc" and (number == "plur" or gender == "masc"):
            needed.add("anim" if "anim" in head.form.tags else "inan")
        part = "participle" if "participle" in lexeme.tags else "adj"
        form = lexeme.form(needed | {part}, voice=lexeme.voice)
        if form is not None:
            return form
    # A preposition or an adverb inside («местный исполнительный», «вновь созданный»): it stays.
    return None if any(lexeme.tags & {"noun"} for lexeme in lexemes(word)[:1]) else word


def _head(words: list[re.Match[str]]) -> _Head | None:
    """The first noun that agrees with the adjectives before it, in the nominative if it can be."""
    for index, match in enumerate(words):
        if match.group().lower() in _LINKS:
            continue
        forms = [
            (lexeme, form)
            for lexeme in lexemes(match.group().lower())
            if "noun" in lexeme.tags
            for form in lexeme.standing
        ]
        if not forms or (index + 1 < len(words) and _is_modifier(match.group(), words[index + 1].group())):
            continue
        ranked = sorted(forms, key=lambda pair: (-_agreement(words[:index], pair[1]), "nom" not in pair[1].tags))
        return _Head(index, *ranked[0])
    return _substantive(words)


def _substantive(words: list[re.Match[str]]) -> _Head | None:
    """«государственный служащий»: without a noun the last adjective or participle is the head."""
    for index in range(len(words) - 1, -1, -1):
        for lexeme in lexemes(words[index].group().lower()):
            if lexeme.tags & {"adj", "participle"} and "short" not in lexeme.tags:
                nominative = [form for form in lexeme.standing if "nom" in form.tags]
                return _Head(index, lexeme, (nominative or list(lexeme.standing))[0])
    return None


def _is_modifier(word: str, following: str) -> bool:
    """«ответственный исполнитель»: an adjective that could be a noun, before a noun it agrees with."""
    first = lexemes(word.lower())
    if not any(lexeme.tags & {"adj", "participle"} for lexeme in first):
        return False
    return any("noun" in form.tags and _agrees(word, form) for form in _forms_of(following))


def _agreement(modifiers: list[re.Match[str]], noun: Form) -> int:
    return sum(_agrees(match.group(), noun) for match in modifiers)


def _agrees(modifier: str, noun: Form) -> bool:
    case, number = noun.tags & _CASES, noun.tags & _NUMBERS
    gender = noun.tags & set(_GENDERS)
    for form in _forms_of(modifier):
        same = form.tags & {"adj", "participle"} and case <= form.tags and number <= form.tags
        if same and ("plur" in number or not gender or gender <= form.tags):
            return True
    return False


def _forms_of(word: str) -> list[Form]:
    return [form for lexeme in lexemes(word.lower()) for form in lexeme.standing]


def _cased(form: str, model: str) -> str:
    """``form`` with the capitals of ``model``."""
    if len(model) > 1 and model.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if model[:1].isupper() else form
