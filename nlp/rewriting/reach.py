"""How far an edit goes: from the marked words to the clause, phrase or predicate that says the same thing.

A rule marks the words that give a defect away («если сочтет»); the edit must take the whole of what they govern
(«если сочтет изложенные в нем сведения убедительными»), or the rest limps. ``from`` tells where the edited words begin,
``reach`` where they end. Russian only: a Kazakh clause is governed from its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.token import Token, Tokens

_CLOSING = frozenset({".", ";", ":", "–", "—", "»", '"', "!", "?"})
_OPENS_CLAUSE = frozenset({"который", "что", "чтобы", "если", "когда", "где", "а", "но", "однако", "причем"})
_JOINS = frozenset({"и", "или", "либо", ","})
_TAIL_HEADS = frozenset({"область", "сфера", "лицо"})
_SHALL = frozenset({"мочь", "вправе", "иметь", "должный", "обязанный", "быть"})


def start_of(name: str, tokens: Tokens, start: int, end: int) -> int | None:
    """Offset where the words named by ``from`` begin within the marked words; None where there are none such."""
    marked = [token for token in tokens if start <= token.start and token.end <= end]
    if name == "condition":
        return _condition(tokens, marked)
    if name == "relative":
        return _relative(tokens, marked)
    if name == "predicate":
        return _predicate(marked)
    return _agent(marked) if name == "agent" else None


def _condition(tokens: Tokens, marked: Sequence[Token]) -> int | None:
    """«если», «при», «в случае» within the marked words or before them in the same clause.

    «При …» that opens a sentence is left alone: where it ends and the subject begins cannot be told.
    """
    at = next((at for at, token in enumerate(tokens) if marked and token is marked[0]), None)
    if at is None:
        return None
    for token in marked:
        if token.norm in _WHEN or token.lemma == "случай":
            return _opening(tokens, token)
    for before in range(at, max(-1, at - _LOOK_BACK), -1):
        token = tokens[before]
        if token.sentence != marked[0].sentence or (before < at and token.text in _PARTING):
            return None
        if token.norm in _WHEN or (token.lemma == "случай" and "sing" in token.tags):
            return _opening(tokens, token)
        if before < at and "finite" in token.tags and tokens[at].norm not in _IF:
            found = next((t for t in reversed(tokens[:before]) if t.norm in _IF or t.text in _PARTING), None)
            return found.start if found is not None and found.norm in _IF else None
    return None


def _opening(tokens: Tokens, token: Token) -> int | None:
    """«в случае», «в случае, если» begin with the preposition."""
    at = tokens.index(token)
    if token.norm in _IF and at > 1 and tokens[at - 1].norm == "," and tokens[at - 2].lemma == "случай":
        at -= 2
    if tokens[at].lemma == "случай" and at and tokens[at - 1].norm == "в":
        at -= 1
    capital = tokens[at].text[:1].isupper()
    return None if capital and tokens[at].norm not in _IF else tokens[at].start


def opens_with_if(tokens: Tokens, start: int) -> bool:
    """Whether a clause with a verb of its own begins at ``start``: it goes to its end."""
    following = [t for t in tokens if t.start >= start]
    return any(t.norm in _IF for t in following[:4]) and following[0].norm in _IF | {"в"}


_IF = frozenset({"если", "когда", "коль", "раз"})
_WHEN = _IF | {"при", "за", "вследствие", "ввиду", "из-за"}
_PARTING = frozenset({",", ";", ":", ".", "(", ")", "–", "—"})
_LOOK_BACK = 12


def _relative(tokens: Tokens, marked: Sequence[Token]) -> int | None:
    """The participle or «который» that says who sets the thing named before it.

    «перечень которых формирует управление»: what follows «которых» goes, the pronoun stays.
    """
    last = _last_set_off(tokens, marked)
    for at, token in enumerate(marked):
        if token.start < last:
            continue
        if token.lemma == "который":
            before = [other for other in tokens if other.end <= token.start]
            owned = bool(before) and "noun" in before[-1].tags and "nom" not in token.tags
            return token.end + 1 if owned else _with_preposition(marked, at)
        before = [other for other in tokens if other.end <= token.start]
        set_off = bool(before) and before[-1].norm == "," and "adj" in token.tags
        if set_off or ("participle" in token.tags and "short" not in token.tags):
            return token.start if before and (before[-1].norm == "," or "noun" in before[-1].tags) else None
    return None


def _last_set_off(tokens: Tokens, marked: Sequence[Token]) -> int:
    """Offset of the last participle or «который» that stands after a comma, 0 where there is none.

    «Основания, по которым отказывают, определяются в порядке, установленном …»: it is the last that is meant.
    """
    last = 0
    for token in marked:
        told = token.lemma == "который" or "participle" in token.tags
        before = [other for other in tokens if other.end <= token.start][-2:]
        if before and "prep" in before[-1].tags and token.lemma == "который":
            before.pop()
        if told and before and before[-1].norm == ",":
            last = token.start
    return last


def _with_preposition(marked: Sequence[Token], at: int) -> int:
    return marked[at - 1].start if at and "prep" in marked[at - 1].tags else marked[at].start


def _predicate(marked: Sequence[Token]) -> int | None:
    """The last finite verb of the marked words with the modal word and the verbs joined to it."""
    verbs = [at for at, token in enumerate(marked) if {"verb", "finite"} <= token.tags or "short" in token.tags]
    if not verbs:
        return None
    at = verbs[-1]
    while at and (marked[at - 1].lemma in _SHALL or (marked[at - 1].norm in {"и", "также"} and at - 1 > 0)):
        if marked[at - 1].lemma in _SHALL:
            at -= 1
        elif "finite" in marked[at - 2].tags:
            at -= 2
        else:
            break
    return marked[at].start


def _agent(marked: Sequence[Token]) -> int | None:
    """The body in the instrumental case with its adjectives: «уполномоченным государственным органом»."""
    found = [at for at, token in enumerate(marked) if {"noun", "ins"} <= token.tags]
    if not found:
        return None
    at = found[-1]
    while at and ("ins" in marked[at - 1].tags or marked[at - 1].norm in _JOINS) and not _is_verb(marked[at - 1]):
        at -= 1
    while marked[at].norm in _JOINS:
        at += 1
    return marked[at].start


def end_of(name: str, tokens: Tokens, end: int) -> int:
    """Offset where a phrase or clause that holds the character before ``end`` ends.

    ``phrase``: before a verb, a subject, a preposition of another phrase or a mark that parts clauses; ``complement``:
    before a verb, a subject or such a mark; ``clause``: before such a mark only; ``genitive``: after what is named in
    the genitive; ``blank``: before the next word, where what is taken out with the marked words ends. Commas in a list
    of things («областей, городов, столицы») and a clause that tells of the last word («органом, установившим зону») do
    not end either.
    """
    following = [token for token in tokens if token.start >= end]
    if name == "blank":
        return following[0].start if following else end
    before = [token for token in tokens if token.start < end]
    sentence = before[-1].sentence if before else 0
    if name == "genitive" and not (following and "gen" in following[0].tags):
        return end
    depth, last, at = 0, end, 0
    while at < len(following):
        token = following[at]
        if token.sentence != sentence or (token.text in _CLOSING and depth == 0):
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0:
            break
        if token.text == "," and depth == 0 and _tells_of_last(following, at):
            return _end_of_aside(following, at)
        if depth == 0 and token.text not in "()" and _ends(name, [*before[-4:], *following[:at]], following, at):
            break
        last = token.end
        at += 1
    return last


def _ends(name: str, before: Sequence[Token], following: Sequence[Token], at: int) -> bool:
    if _ends_clause(name, before, following, at):
        return True
    if name == "clause":
        return False
    if name == "genitive":
        return not (following[at].tags & {"gen", "fixed"} or following[at].norm in _JOINS)
    if _is_subject(before, following[at]) or following[at].lemma in _SHALL:
        return True
    if name == "phrase":
        return _ends_phrase(before, following, at)
    return _is_verb(following[at]) or _opens_term(following, at)


def _tells_of_last(following: Sequence[Token], at: int) -> bool:
    """«, установившим пригородную зону», «, которого требует выяснение обстоятельств»."""
    after = following[at + 1 : at + 3]
    return bool(after) and (
        ("participle" in after[0].tags and "short" not in after[0].tags) or any(t.lemma == "который" for t in after)
    )


def _end_of_aside(following: Sequence[Token], at: int) -> int:
    last = following[at].start
    for position, token in enumerate(following[at + 1 :], at + 1):
        if token.text in _CLOSING or token.sentence != following[at].sentence or token.text == ")":
            break
        if token.text == "," and not _is_listed(following[:position], following[position + 1 : position + 2]):
            break
        last = token.end
    return last


def _is_subject(before: Sequence[Token], token: Token) -> bool:
    """A noun in the nominative with nothing of its case before it: the subject of what follows."""
    named = token.text[:1].isupper() or "abbr" in token.tags
    return "nom" in token.tags and bool(token.tags & {"noun", "adj"}) and not named and before[-1].norm not in _JOINS


def _is_verb(token: Token) -> bool:
    return "verb" in token.tags and "participle" not in token.tags


def _ends_clause(name: str, before: Sequence[Token], following: Sequence[Token], at: int) -> bool:
    """A comma, unless a thing listed follows; a conjunction before a verb of its own."""
    token, after = following[at], following[at + 1 : at + 2]
    if token.text == ",":
        return not _is_listed(before, after)
    if token.norm not in {"и", "или", "либо", "а"} or not after:
        return False
    return _is_verb(after[0]) and "finite" in after[0].tags and name != "clause"


def _is_listed(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether what follows a comma is one more thing in the case of the last noun before it."""
    noun = next((t for t in reversed(before) if "noun" in t.tags), None)
    if noun is None or not after or after[0].lemma in _OPENS_CLAUSE or "participle" in after[0].tags:
        return False
    cases = after[0].tags & _LISTED_CASES
    shared = any(cases & t.tags for t in list(before)[-6:] if "noun" in t.tags)
    return bool(after[0].tags & {"noun", "adj"}) and shared


_LISTED_CASES = frozenset({"gen", "dat", "ins", "loc"})


def _opens_term(following: Sequence[Token], at: int) -> bool:
    """«в течение», «не позднее», «в срок», «со дня»: a limit that stays."""
    pair = " ".join(token.norm for token in following[at : at + 2])
    return pair in {
        "в течение",
        "не позднее",
        "не позже",
        "в срок",
        "со дня",
        "на срок",
        "с указанием",
        "с уведомлением",
    }


def _ends_phrase(before: Sequence[Token], following: Sequence[Token], at: int) -> bool:
    token, after = following[at], following[at + 1 : at + 2]
    if _is_verb(token) or "short" in token.tags or token.norm in {"не", "согласно"} or "adv" in token.tags:
        return True
    if "prep" not in token.tags or before[-1].lemma == "согласование":
        return False
    if token.norm == "по":
        return not after or after[0].lemma in _BY
    return not (token.norm == "в" and after and after[0].lemma in _TAIL_HEADS)


_BY = frozenset({"заявление", "просьба", "ходатайство", "результат", "итог", "решение", "каждый", "представление"}) | {
    "предложение",
    "истечение",
    "месяц",
    "форма",
    "сравнение",
    "основание",
    "причина",
    "мера",
    "шкала",
    "совместный",
}
