"""Russian: modal word + infinitives → present tense, agreeing with the subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from nlp.language.generate import ru_imperfective, ru_inflect
from nlp.language.token import Token
from nlp.rewriting.edits import Change

_IMPERSONAL = frozenset(
    {"разрешаться", "допускаться", "позволяться", "дозволяться", "предоставляться", "сохраняться", "оставаться"}
)
_CONDITIONS = frozenset({"если", "когда", "пока"})
_JOINERS = frozenset({",", "и", "или", "либо", "а", "также", "(", ")"})


def russian_duty(clause: Sequence[Token], modal: Sequence[Token], plural_subject: bool) -> Sequence[Change]:
    """Changes for one clause; empty when a form cannot be made."""
    if modal[0].lemma in _IMPERSONAL:
        return []  # «директору разрешается сокращать»: the one in the dative cannot be made the subject
    at = clause.index(modal[-1]) + 1
    plural = modal[0].norm in {"могут", "имеют"} or (
        modal[0].norm == "вправе" and (plural_subject or _several(clause, modal[0]))
    )
    passive = _passive(clause, modal, at, plural)
    if passive is not None:
        return passive
    verbs = _governed_infinitives(clause, at)
    made = [_present(verb, plural) for verb in verbs]
    if not verbs or any(form is None for form in made):
        return []
    end = clause[at].start if at < len(clause) else modal[-1].end
    changes = [Change(modal[0].start, end, "")]
    changes += [Change(verb.start, verb.end, form) for verb, form in zip(verbs, made, strict=True) if form]
    return changes


def _several(clause: Sequence[Token], modal: Token) -> bool:
    """«Орган и администратор вправе», «Орган, лицо вправе»: nouns in the nominative joined before the modal."""
    before = _after_condition([t for t in clause if t.end <= modal.start])
    nouns = [at for at, t in enumerate(before) if "noun" in t.tags]
    named = [
        at for at in nouns if "nom" in before[at].tags or (at == len(before) - 1 and _looks_nominative(before[at]))
    ]
    if len(named) < 2:
        return False
    between = [t.norm for t in before[named[0] + 1 : named[-1]]]
    listed = list(dropwhile(lambda t: "gen" in t.tags, before[named[-2] + 1 : named[-1]]))
    if [t.norm for t in listed[:1]] == [","] and all("nom" in t.tags or _looks_nominative(t) for t in listed[1:]):
        return True
    return bool({"и", "также"} & set(between)) and "или" not in between and named[0] < 6


def _after_condition(before: Sequence[Token]) -> Sequence[Token]:
    """«Если пыль превышает норматив, врач района» → «врач района»: the condition has a subject of its own."""
    if not before or before[0].norm not in _CONDITIONS:
        return before
    verb = max((at for at, t in enumerate(before) if {"verb", "finite"} <= t.tags), default=None)
    comma = next((at for at, t in enumerate(before) if verb is not None and at > verb and t.text == ","), None)
    return before if comma is None else before[comma + 1 :]


def _looks_nominative(token: Token) -> bool:
    """«лицо» is the same in the accusative, which is what it may have been read as."""
    return "acc" in token.tags and "neut" in token.tags


def _present(verb: Token, plural: bool) -> str | None:
    return ru_inflect(verb.norm, {"pres", "3", "plur" if plural else "sing"})


def _governed_infinitives(clause: Sequence[Token], at: int) -> list[Token]:
    """The first infinitive after the modal word and those joined to it: «запросить документы и провести проверку».

    An infinitive that follows a noun, a verb or «для» directly is governed by that word and stays.
    """
    verbs: list[Token] = []
    for position in range(at, len(clause)):
        token = clause[position]
        if "infinitive" not in token.tags:
            continue
        before = clause[position - 1]
        joined = before.norm in _JOINERS or "adv" in before.tags or position == at
        if not verbs or joined:
            verbs.append(token)
    return verbs


def _passive(clause: Sequence[Token], modal: Sequence[Token], at: int, plural: bool) -> Sequence[Change] | None:
    """«может быть продлён» → «продлевается»; None when the clause is not of this kind."""
    rest = list(clause[at - 1 if modal[-1].norm == "быть" else at :])
    if not rest or rest[0].norm != "быть":
        return None
    participle = next((t for t in rest[1:4] if {"pass", "short"} <= t.tags), None)
    if participle is None:
        return None
    verb = next((lemma for lemma in participle.lemmas if lemma.endswith(("ть", "ти", "чь"))), None)
    imperfective = ru_imperfective(verb) if verb else None
    if imperfective is None:
        return []
    form = ru_inflect(imperfective, {"pres", "3", "plur" if plural or "plur" in participle.tags else "sing"})
    if form is None:
        return []
    return [Change(modal[0].start, rest[1].start, ""), Change(participle.start, participle.end, form + "ся")]
