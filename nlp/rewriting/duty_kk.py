"""Kazakh: verbal noun + modal word at the end of the clause → finite present («беруге құқылы» → «береді»)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.generate import kk_to_infinitive, kk_verb_forms
from nlp.language.token import Token
from nlp.rewriting.edits import Change

_JOINERS = frozenset({",", "және", "немесе", "не", "сондай-ақ", "(", ")"})


def kazakh_duty(clause: Sequence[Token], modal: Sequence[Token]) -> Sequence[Change]:
    """Changes for one clause; empty when a form cannot be made."""
    if "verb" in modal[0].tags and len(modal) > 1:
        modal = modal[1:]  # «ұзарта алады»: the pattern of the option holds the verb itself
    end = clause.index(modal[0])
    verbs = _governed(clause, end)
    if not verbs:
        return []
    changes: list[Change] = []
    for token in verbs:
        form = _present(token, modal[0].norm)
        if form is None:
            return []
        changes.append(Change(token.start, token.end, form))
    changes.append(Change(clause[end - 1].end, modal[-1].end, ""))
    return changes


def _governed(clause: Sequence[Token], end: int) -> list[Token]:
    """The verb before the modal word and the verbs of the same form joined to it by a comma or «және».

    The last verb decides the form: dative («беруге … жасауға құқылы»), possessive («берілуі мүмкін») or converb
    («талап ете алады»).
    """
    if end == 0 or "verb" not in clause[end - 1].tags:
        return []
    last = clause[end - 1]
    wanted = _shape(last)
    verbs = [last]
    for position in range(end - 2, -1, -1):
        token = clause[position]
        followed = clause[position + 1].norm in _JOINERS
        if followed and "verb" in token.tags and _shape(token) == wanted and wanted != "other":
            verbs.insert(0, token)
    return verbs


def _shape(token: Token) -> str:
    if "infinitive" in token.tags and "dat" in token.tags:
        return "dative"
    if "infinitive" in token.tags and "poss" in token.tags:
        return "possessive"
    return "converb" if "converb" in token.tags else "other"


def _present(token: Token, modal: str) -> str | None:
    if _shape(token) == "other":
        return None
    infinitive = kk_to_infinitive(token.norm) or next((lemma for lemma in token.lemmas if lemma.endswith("у")), None)
    if infinitive is None:
        return None
    forms = kk_verb_forms(infinitive)
    if forms is None:
        return None
    return forms.passive if modal == "болады" else forms.present
