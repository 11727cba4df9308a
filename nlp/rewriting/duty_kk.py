"""Kazakh: verbal noun + modal word at the end of the clause → finite present («беруге құқылы» → «береді»)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.generate import kk_to_infinitive, kk_verb_forms
from nlp.language.token import Token
from nlp.rewriting.edits import Change

_ALSO = frozenset({"да", "де"})  # «жоя да алады» → «жояды»
_JOINERS = frozenset({",", "және", "немесе", "не", "сондай-ақ", "(", ")"})


# What says «may» of somebody in the genitive or dative: «органның … құқығы бар», «инспекторға … рұқсат етіледі».
_IMPERSONAL = frozenset({"бар", "болады", "беріледі", "етіледі"})
_BEARER_ENDINGS = {
    "gen": ("ның", "нің", "дың", "дің", "тың", "тің"),
    "dat": ("ға", "ге", "қа", "ке", "на", "не"),
}


def kazakh_duty(clause: Sequence[Token], modal: Sequence[Token], bearer: Token | None = None) -> Sequence[Change]:
    """Changes for one clause; empty when a form cannot be made.

    ``bearer`` is the last word of the actor. In the genitive or dative it becomes the subject («органның … тоқтатуға
    құқығы бар» → «орган … тоқтатады»); where an impersonal modal names nobody, there is no one to lay a duty on.
    """
    subject: list[Change] = []
    if modal[-1].norm in _IMPERSONAL:
        renamed = _as_subject(bearer) if bearer is not None else None
        if renamed is None:
            return []
        subject.append(renamed)
    if "verb" in modal[0].tags and len(modal) > 1:
        modal = modal[1:]  # «ұзарта алады»: the pattern of the option holds the verb itself
    end = clause.index(modal[0])
    if end and clause[end - 1].norm in _ALSO:
        end -= 1
    done = _either_way(clause, end)
    if done is not None:
        end, verbs = done + 1, [clause[done]]
    else:
        verbs = _governed(clause, end)
    if not verbs:
        return []
    changes = subject
    for token in verbs:
        form = _present(token)
        if form is None:
            return []
        changes.append(Change(token.start, token.end, form))
    changes.append(Change(clause[end - 1].end, modal[-1].end, ""))
    return changes


def _either_way(clause: Sequence[Token], end: int) -> int | None:
    """Where the verb stands that its own refusal follows («қарауы да, қарамауы да мүмкін»): the duty is to do it."""
    refusal = end - 1
    while refusal > 0 and clause[refusal].norm in _ALSO:
        refusal -= 1
    verb = refusal - 1
    while verb > 0 and clause[verb].norm in _JOINERS | _ALSO:
        verb -= 1
    if verb < 0 or verb == refusal - 1:
        return None
    infinitive, refused = (kk_to_infinitive(clause[position].norm) for position in (verb, refusal))
    forms = kk_verb_forms(infinitive) if infinitive else None
    return verb if forms is not None and refused == forms.negative_noun else None


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
        if clause[position + 1].norm == "қарсы":
            break  # «… қаржыландыруға қарсы іс-қимыл»: what stands before it goes with it, not with the modal word
        followed = clause[position + 1].norm in _JOINERS
        if followed and "verb" in token.tags and _shape(token) == wanted and wanted != "other":
            verbs.insert(0, token)
    return verbs


def _shape(token: Token) -> str:
    if "infinitive" in token.tags and "dat" in token.tags:
        return "own" if "poss" in token.tags else "dative"  # «жүруіне, тұруына шектеу енгізуге»: objects, not verbs
    if "infinitive" in token.tags and "poss" in token.tags:
        return "possessive"
    # «бере алады» is «may give», «талдап, жібере алады» only goes on telling.
    return "converb" if "converb" in token.tags and not token.norm.endswith("п") else "other"


def _as_subject(bearer: Token) -> Change | None:
    """«органның», «инспекторға» → «орган», «инспектор»; None where the word has neither case."""
    for case, endings in _BEARER_ENDINGS.items():
        for ending in endings:
            if case in bearer.tags and bearer.norm.endswith(ending):
                return Change(bearer.end - len(ending), bearer.end, "")
    return None


def _present(token: Token) -> str | None:
    if _shape(token) == "other":
        return None
    infinitive = kk_to_infinitive(token.norm) or next((lemma for lemma in token.lemmas if lemma.endswith("у")), None)
    if infinitive is None:
        return None
    forms = kk_verb_forms(infinitive)
    return None if forms is None else forms.present
