"""Kazakh syntax that frames rest on (methodology 6.1, 6.2): the modal word closes the clause, the bearer of a right may
stand in the genitive or the dative, a passive has no doer but the one whose decision it is."""

from __future__ import annotations

from nlp.language.token import Token, Tokens
from nlp.norms.frame import ActorClass
from nlp.norms.mention import Mention

_OBLIQUE = frozenset({"dat", "acc", "loc", "abl", "ins"})
_ADVERBIAL = frozenset({"кезде", "кездерде", "жағдайда", "жағдайларда", "соң", "кейін", "ретте"})
_ACTS = frozenset({"шешім", "қаулы", "бұйрық", "ұйғарым", "өкім", "бастама"})
_POWERS = frozenset({"құқық", "міндет", "құзырет", "өкілеттік", "функция"})
_LIGHT_VERBS = frozenset({"асыру", "жүргізу"})
_WITHIN = ("дағы", "дегі", "тағы", "тегі")
_BANS_AND_PERMITS = frozenset({"рұқсат", "тыйым"})
_GIVEN = frozenset({"беріледі", "берілсін", "етіледі", "етілмейді", "берілмейді", "салынады", "салынсын"})
_NOT_OPENING = frozenset({"acc", "loc", "abl", "ins", "verb"})
_AFTER_POSSESSED = frozenset({"бар", "жоқ", "беріледі", "берілсін", "болады", "болмайды"})


def kazakh_subject(
    tokens: Tokens,
    found: tuple[Mention, ...],
    first: int,
    predicate: int,
    not_before: frozenset[str],
    not_after: frozenset[str],
) -> Mention | None:
    """The mention that governs the predicate at token ``predicate`` of a clause that begins at ``first``."""
    left = [m for m in found if first <= m.first and m.last <= predicate]
    if _is_possessive(tokens, predicate):
        return _possessor(tokens, left, predicate)
    able = [m for m in left if may_be_kazakh_subject(tokens, m, not_before, not_after)]
    able = _of_main_clause(tokens, able, first, predicate) or _before_object(tokens, left, first, predicate)
    return able[-1] if able else None


def passive_doer(tokens: Tokens, found: tuple[Mention, ...], first: int, predicate: int) -> Mention | None:
    """Who acts though the verb is passive: whom the right is given to, whose deed it is, or whose decision."""
    return (
        _grantee(tokens, found, first, predicate)
        or _owner_of_deed(tokens, found, first, predicate)
        or _decision_maker(tokens, found, first, predicate)
    )


def is_passive(tokens: Tokens, first: int, last: int, floor: int) -> bool:
    """The modal or finite words at tokens [first, last), or the verb chain before them: «тоқтатыла тұруы мүмкін»."""
    if any("pass" in token.tags for token in tokens[first:last]):
        return True
    for position in range(first - 1, max(first - 3, floor - 1), -1):
        if "pass" in tokens[position].tags and "participle" not in tokens[position].tags:
            return True
        if "verb" not in tokens[position].tags:
            return False
    return False


def carrying_verb(tokens: Tokens, verb: int) -> int:
    """Position from which the action of the verb at ``verb`` is looked for: earlier where a light verb carries a noun.

    «тексеруді жүзеге асыруға құқылы» is a check.
    """
    light = verb < len(tokens) and bool(set(tokens[verb].lemmas) & _LIGHT_VERBS)
    return verb - 3 if light else verb


def opens_rights(tokens: Tokens, found: tuple[Mention, ...], last: int) -> bool:
    """«Уәкілетті органның лауазымды адамдарының:» – such a lead-in closes with «құқығы бар» after the last item."""
    return tokens[last - 1].text == ":" and any(m.last == last - 1 and "gen" in tokens[m.last - 1].tags for m in found)


def opening_grantees(tokens: Tokens, found: tuple[Mention, ...], last: int) -> list[Mention]:
    """«Бақылау органының лауазымды адамдарына: … рұқсат етіледі»: a body in the dative that opens a list."""
    if tokens[last - 1].text != ":":
        return []
    return [m for m in found if m.kind is ActorClass.PUBLIC and m.last == last - 1 and "dat" in tokens[m.last - 1].tags]


def closes_as_ability(item: Tokens, tail: Tokens) -> bool:
    """An item that ends in a converb and is closed by «алады»: «құжаттарды қараусыз қалдыра; … алады»."""
    words = [token for token in item if "punct" not in token.tags]
    return bool(words and tail) and "converb" in words[-1].tags and tail[0].norm in {"алады", "ала"}


def _decision_maker(tokens: Tokens, found: tuple[Mention, ...], first: int, last: int) -> Mention | None:
    """The doer of a Kazakh passive: «әкімнің шешімімен», «сот шешімі бойынша», «комиссия тарапынан»."""
    for mention in found:
        if first <= mention.first and mention.last < last:
            after = tokens[mention.last]
            if after.norm == "тарапынан" or _ACTS & set(after.lemmas):
                return mention
    return None


def may_head(tokens: Tokens, mention: Mention) -> bool:
    """Whether a heading speaks of the mention's powers: not of «банк операциялары», but of «орган құзыреті»."""
    if mention.last >= len(tokens) or "gen" in tokens[mention.last - 1].tags:
        return True
    after = tokens[mention.last]
    return not _owns(after) or bool(_POWERS & set(after.lemmas))


def names_deeds(heading: Tokens) -> bool:
    """Whether a heading says what somebody does or must: «Комиссияның шағымдарды қарауы», «Банктің міндеттері»."""
    words = [token for token in heading if "punct" not in token.tags]
    if not words or not any("gen" in token.tags for token in words[:-1]):
        return False
    last = words[-1]
    return bool(_POWERS & set(last.lemmas)) or {"infinitive", "poss"} <= last.tags


def _grantee(tokens: Tokens, found: tuple[Mention, ...], first: int, predicate: int) -> Mention | None:
    """«операторға талап ету құқығы беріледі», «инспекторға жариялауға тыйым салынады»: who is given a right or a ban.

    A ban is laid on whom its sentence opens with: not on «балаларға» in «шылымды балаларға сатуға тыйым салынады».
    """
    word = tokens[predicate].norm
    following = tokens[predicate + 1].norm if predicate + 1 < len(tokens) else ""
    if not (word.startswith("құқы") or word in _BANS_AND_PERMITS) or following not in _GIVEN:
        return None
    dative = [m for m in found if first <= m.first and m.last <= predicate and "dat" in tokens[m.last - 1].tags]
    if word == "тыйым":
        dative = [m for m in dative if not any(token.tags & _NOT_OPENING for token in tokens[first : m.first])]
    return dative[0] if dative else None


def _owner_of_deed(tokens: Tokens, found: tuple[Mention, ...], first: int, predicate: int) -> Mention | None:
    """«комиссияның өтінішті тіркеуден бас тартуына жол берілмейді»: whose deed is banned or let."""
    if predicate <= first or not {"infinitive", "poss", "dat"} <= tokens[predicate - 1].tags:
        return None
    return _possessor(tokens, [m for m in found if first <= m.first and m.last <= predicate], predicate)


def _is_possessive(tokens: Tokens, predicate: int) -> bool:
    """«органның … талап етуге құқығы бар», «органның қабылдамауына болады»: who may stands in the genitive."""
    following = tokens[predicate + 1].norm if predicate + 1 < len(tokens) else ""
    return "poss" in tokens[predicate].tags and following in _AFTER_POSSESSED


def _possessor(tokens: Tokens, found: list[Mention], predicate: int) -> Mention | None:
    """The first mention in the genitive that is not itself the owner of the next word («банктің акцияларын»)."""
    genitive = [m for m in found if "gen" in tokens[m.last - 1].tags]
    free = [m for m in genitive if m.last == predicate or not _owns(tokens[m.last])]
    return free[0] if free else None


def may_be_kazakh_subject(
    tokens: Tokens, mention: Mention, not_before: frozenset[str], not_after: frozenset[str]
) -> bool:
    """Whether a mention may be a subject: bare, owner of nothing, not the doer of a relative clause.

    A genitive counts where it opens a list of rights («органның лауазымды адамдарының:») or stands before «құқығы».
    """
    last = tokens[mention.last - 1]
    after = tokens[mention.last] if mention.last < len(tokens) else None
    if mention.first > 0 and tokens[mention.first - 1].norm in not_before:
        return False
    if last.tags & _OBLIQUE:
        return False
    if "gen" in last.tags:
        return after is None or after.norm == ":" or after.norm.startswith(("құқығ", "құқықтар", "міндет"))
    if after is None:
        return True
    if after.norm in not_after:
        return False
    return not _opens_relative_clause(after) and not _owns(after)


def _opens_relative_clause(token: Token) -> bool:
    """«уәкілетті орган белгілеген мерзім»: the actor belongs to the participle, not to the main verb.

    A passive participle has no doer in the nominative: in «уәкілетті орган ұсынылған құжаттарды» the actor is free.
    """
    return "participle" in token.tags and "pass" not in token.tags


def _owns(token: Token) -> bool:
    """«банк акцияларын», «орган шешімімен», «орман шаруашылығы саласындағы»: the actor only says whose thing it is."""
    return {"noun", "poss"} <= token.tags or ({"adj", "poss"} <= token.tags and token.norm.endswith(_WITHIN))


def _before_object(tokens: Tokens, found: list[Mention], first: int, predicate: int) -> list[Mention]:
    """«инспектор себептерін көрсетеді»: where nobody else may be the subject, a body beside its object is.

    So is whoever opens the clause before a thing that is said to be of a kind («сатушы сапасы тиісінше емес тауарды»).
    """
    beside = [m for m in found if m.last < predicate and "nom" in tokens[m.last - 1].tags]
    bodies = [m for m in beside if m.kind is ActorClass.PUBLIC and {"poss", "acc"} <= tokens[m.last].tags]
    return bodies or [m for m in beside if m.first == first and _is_of_a_kind(tokens, m.last)]


def _is_of_a_kind(tokens: Tokens, position: int) -> bool:
    """«сапасы тиісінше емес», «саны аз»: a possessed nominative with what is said of it."""
    if position + 2 >= len(tokens) or not {"poss", "nom"} <= tokens[position].tags:
        return False
    return "adj" in tokens[position + 1].tags and "poss" not in tokens[position + 1].tags


def governs_condition_only(tokens: Tokens, start: int, end: int) -> bool:
    """Whether whoever stands at character ``start`` is the subject of a condition that ends before ``end``.

    In an item of a list such a subject («тәрбиеленуші жарақат алған жағдайда») is not the bearer: the lead-in's is.
    """
    for position, token in enumerate(tokens):
        if token.start > start and token.start < end and closes_adverbial_clause(tokens, position):
            return True
    return False


def _of_main_clause(tokens: Tokens, found: list[Mention], first: int, predicate: int) -> list[Mention]:
    """Mentions without the subjects of adverbial clauses («банк талаптарды бұзған кезде уәкілетті орган …»).

    An adverbial clause takes the mention nearest to it, as long as another is left for the main clause; alone, the
    mention governs both («комиссия құжаттар толық емес деп тапса, өтінішті қайтарады»).
    """
    kept = list(found)
    for position in range(first, predicate):
        before = [m for m in kept if m.last <= position]
        if len(kept) > 1 and before and closes_adverbial_clause(tokens, position):
            kept.remove(before[-1])
    return kept


def closes_adverbial_clause(tokens: Tokens, position: int) -> bool:
    """Whether the token at ``position`` ends a condition: «бұзса», «бұзған кезде», «бұзған жағдайда»."""
    token = tokens[position]
    if "cond" in token.tags:
        return True
    after_participle = position > 0 and "participle" in tokens[position - 1].tags
    return after_participle and token.norm in _ADVERBIAL
