"""Kazakh forms for proposed wording: a verb (alone or with its fixed words) and a noun phrase in another form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.language.kazakh.analyser import Candidate, candidates, infinitive
from nlp.language.kazakh.lexicon import lexicon, rows, verb_stem
from nlp.language.kazakh.phonology import VOWELS, attach, ends_in_vowel
from nlp.language.kazakh.suffixes import by_name
from nlp.language.normal import normal_form

_CASES: Final = ("gen", "dat", "acc", "loc", "abl", "ins")
_AFTER_POSS3: Final = {"acc": "acc3", "dat": "dat3", "loc": "loc3", "abl": "abl3"}


class VerbForms(NamedTuple):
    """Forms of one verb or verb phrase; «бас тарту» gives «бас тартады» and so on.

    ``present`` «береді», ``negative`` «бермейді», ``passive`` «беріледі», ``passive_negative`` «берілмейді»,
    ``past`` «берді», ``imperative`` «берсін», ``passive_imperative`` «берілсін», ``dative`` «беруге»,
    ``negative_noun`` «бермеу», ``passive_noun`` «берілу», ``past_participle`` «берген», ``habitual_participle``
    «беретін», ``passive_participle`` «берілген», ``converb`` «беріп», ``conditional`` «берсе».
    """

    infinitive: str
    stem: str
    present: str
    negative: str
    past: str
    imperative: str
    dative: str
    negative_noun: str
    past_participle: str
    habitual_participle: str
    converb: str
    conditional: str
    passive_noun: str
    passive: str
    passive_negative: str
    passive_imperative: str
    passive_participle: str


def add(stem: str, *names: str) -> str:
    """``stem`` with the named endings of data/kk_suffixes.tsv, in their usual spelling."""
    words = lexicon()
    for name in names:
        template = by_name()[name].template
        forms = attach(stem, template)
        short = next((short for short, full in words.short.items() if full == stem), None)
        if name == "poss3" and short is not None:
            forms = attach(short, template)
        elif stem in words.hard:
            forms = tuple(form for form in forms if form.startswith(stem)) or forms
        stem = forms[0]
    return stem


def verb_forms(lemma: str) -> VerbForms | None:
    """Forms of a verb given by its verbal noun in -у/-ю, fixed words before it allowed; None if it is no such noun."""
    head, space, last = lemma.strip().rpartition(" ")
    if len(last) < 2 or last[-1] not in "ую":
        return None
    stem = stem_of(last)
    if not any(letter in VOWELS for letter in stem):
        return None
    before = head + space
    passive_head, passive_space, passive_last = passive_noun(lemma.strip()).rpartition(" ")
    passive_before = passive_head + passive_space
    passive = stem_of(passive_last) if passive_last != last else passive_last[:-1]
    return VerbForms(
        infinitive=lemma.strip(),
        stem=before + stem,
        present=before + add(stem, "pres3"),
        negative=before + add(stem, "neg", "pres3"),
        past=before + add(stem, "past3"),
        imperative=before + add(stem, "imp3"),
        dative=before + add(last, "dat"),
        negative_noun=before + add(stem, "neg", "verbal_noun"),
        past_participle=before + add(stem, "perfect"),
        habitual_participle=before + add(stem, "habitual"),
        converb=before + add(stem, "converb_p"),
        conditional=before + add(stem, "cond3"),
        passive_noun=passive_before + passive_last,
        passive=passive_before + add(passive, "pres3"),
        passive_negative=passive_before + add(passive, "neg", "pres3"),
        passive_imperative=passive_before + add(passive, "imp3"),
        passive_participle=passive_before + add(passive, "perfect"),
    )


def stem_of(verbal_noun: str) -> str:
    """Stem of a verb by its verbal noun: from the lexicon («оқу» → оқы), else by rule («табу» → тап)."""
    return _stems().get(verbal_noun) or verb_stem(verbal_noun)


@lru_cache(maxsize=1)
def _stems() -> dict[str, str]:
    return {lemma: stem for stem, lemma in lexicon().infinitives.items()}


@lru_cache(maxsize=1)
def _irregular_passives() -> dict[str, str]:
    return {active: passive for active, passive, *_ in rows("kk_passive.tsv")}


def passive_noun(lemma: str) -> str:
    """The passive verbal noun: беру → берілу, қабылдау → қабылдану, алу → алыну, тоқтата тұру → тоқтатыла тұру."""
    irregular = _irregular_passives().get(lemma)
    if irregular is not None:
        return irregular
    head, space, last = lemma.rpartition(" ")
    return head + space + add(_passive_stem(stem_of(last)), "verbal_noun")


def _passive_stem(stem: str) -> str:
    """A stem on л, or a vowel stem with л in it, takes н: ал-ын, қабылда-н, бағала-н; others л: бер-іл, сақта-л."""
    nasal = "л" in stem if ends_in_vowel(stem) else stem.endswith("л")
    return add(stem, "passive_n" if nasal else "passive")


def to_infinitive(phrase: str) -> str | None:
    """The verbal noun of a verb form, or None: «бас тартуға» → «бас тарту», «береді» → «беру».

    Negation is kept («бермейді» → «бермеу»), and so is the passive («беріледі» → «берілу»).
    """
    head, space, last = phrase.strip().rpartition(" ")
    best = candidates(normal_form(last))[0] if last else None
    if best is None or best.root != "V" or any(ending.kind == "derivation" for ending in best.endings):
        return None
    kept = [ending.name for ending in best.endings if ending.kind in ("voice", "rarevoice") or ending.name == "neg"]
    if not kept:
        return head + space + infinitive(best.stem, lexicon())
    return head + space + add(best.stem, *kept, "verbal_noun")


def inflect(phrase: str, tags: Iterable[str]) -> str | None:
    """A noun phrase in another form: its last word takes ``plur``, ``poss`` (3rd person) and one case, in that order.

    A plural or possessive that the word has already is kept («Республикасы» + gen → «Республикасының»); its old case
    is replaced. «тармақ» + poss, loc → «тармағында». None for an empty phrase or one that does not end in a word.
    """
    wanted = frozenset(tags)
    head, space, last = phrase.strip().rpartition(" ")
    before, hyphen, tail = last.rpartition("-")
    if not tail.isalpha():
        return None
    stem, kept = _nominal_base(tail)
    names = []
    if "plur" in wanted and "plural" not in kept:
        names.append("plural")
    possessive = "poss" in wanted or "poss3" in kept
    if "poss" in wanted and "poss3" not in kept:
        names.append("poss3")
    case = next((name for name in _CASES if name in wanted), None)
    if case is not None:
        names.append(_AFTER_POSS3.get(case, case) if possessive else case)
    if not names:
        return head + space + before + hyphen + stem
    return head + space + before + hyphen + _cased(add(_inflecting(stem.lower(), kept), *names), tail)


def _nominal_base(word: str) -> tuple[str, frozenset[str]]:
    """The word without its case, and the names of the endings (plural, possessive) it keeps."""
    best = candidates(normal_form(word))[0]
    if not _is_nominal(best):
        return word, frozenset()
    kept = [ending.name for ending in best.endings if ending.gives in ("PL", "P3")]
    dropped = [ending for ending in best.endings if ending.gives in ("CA", "LO")]
    if not dropped:
        return word, frozenset(kept)
    return _cased(add(best.stem, *[ending.name for ending in best.endings if ending not in dropped]), word), frozenset(
        kept
    )


def _is_nominal(candidate: Candidate) -> bool:
    """Known noun with plain noun endings only: anything else is inflected as it stands."""
    plain = all(
        ending.gives in ("PL", "P3", "CA", "LO") and ending.kind == "inflection" for ending in candidate.endings
    )
    return candidate.root == "N" and candidate.stem in lexicon().nominal and plain


def _inflecting(stem: str, kept: frozenset[str]) -> str:
    """The spelling that takes endings: акт → акті."""
    if kept:
        return stem
    return next((variant for variant, lemma in lexicon().variants.items() if lemma == stem), stem)


def with_number(label: str, noun: str, tags: Iterable[str] = ("poss",)) -> str | None:
    """A unit with its number, as acts cite it: «5-тармағы», «3) тармақшасының», «7-баптың» (tags without poss)."""
    form = inflect(noun, tags)
    if form is None:
        return None
    return f"{label} {form}" if label.endswith(")") else f"{label}-{form}"


def _cased(form: str, model: str) -> str:
    if len(model) > 1 and model.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if model[:1].isupper() else form
