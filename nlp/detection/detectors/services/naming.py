"""The name a service would bear in the Registry, built of the result and the object that the norm itself names."""

from __future__ import annotations

from nlp.detection.detectors.services.words import ServiceWords
from nlp.language.token import Token, Tokens
from nlp.matching.matcher import Match

_OBJECT = frozenset({"noun", "adj", "abbr"})


def service_name(tokens: Tokens, result: Match, words: ServiceWords) -> str:
    """«Выдача справки о …» / «… туралы анықтама беру»; without an object where the norm names none."""
    first, last = result.mark_first, result.mark_last
    word = tokens[last - 1]
    phrase = " ".join(token.lemma for token in tokens[first:last])
    lemma = (
        phrase if phrase in words.papers else next((each for each in word.lemmas if _known(each, words)), word.lemma)
    )
    paper = words.papers.get(lemma, "")
    made = (_kazakh if words.language == "kk" else _russian)(tokens, result, lemma, words)
    rest, paper = made if paper else (made[0], paper)
    rest = rest or (_purpose(tokens, words) if paper else "")
    template = words.named_by["paper"] if paper else words.named_by.get(lemma, "{rest}")
    name = template.format(paper=paper or words.papers.get(lemma, ""), rest=rest)
    if words.language == "ru" and rest and "{rest}" not in template:
        name = f"{name} {rest}"
    name = " ".join(name.split())
    return name[:1].upper() + name[1:]


def _purpose(tokens: Tokens, words: ServiceWords) -> str:
    """What the norm says the application is for: «для размещения пасеки …» / «… кіру үшін»."""
    if words.language == "kk":
        at = next((n for n, token in enumerate(tokens[:12]) if token.norm == "үшін"), 0)
        last = first = at
        while first > 0 and last - first < words.longest and _stands_before(tokens[first - 1], words):
            first -= 1
        return _text(tokens[first : at + 1]) if last - first > 1 and tokens[at - 1].lemma != "алу" else ""
    if len(tokens) < 3 or tokens[0].norm != "для" or tokens[1].lemma == "получение":
        return ""
    last = 1
    while last < min(len(tokens), words.longest) and _goes_on(tokens, last, False, words):
        if "nom" in tokens[last].tags and last > 1:
            break
        last += 1
    return f"для {_text(tokens[1:last])}" if last > 1 else ""


def _known(lemma: str, words: ServiceWords) -> bool:
    return lemma in words.papers or lemma in words.named_by


def _russian(tokens: Tokens, result: Match, lemma: str, words: ServiceWords) -> tuple[str, str]:
    """The object follows the word of the result; after «включается» it begins at the list, after «ставится» at «на»."""
    verb = "verb" in tokens[result.mark_last - 1].tags
    first = result.mark_last
    if verb:
        first = next((n for n in range(first, result.last) if tokens[n].norm in {"в", "на"}), first)
    last = first
    while last < len(tokens) and last - first < words.longest and _goes_on(tokens, last, last == first, words):
        last += 1
    ends = {"noun", "abbr"} if lemma in words.papers or verb else _OBJECT  # «статуса народного»
    while last > first and not tokens[last - 1].tags & ends:
        last -= 1
    return _text(tokens[first:last]), words.papers.get(lemma, "")


def _goes_on(tokens: Tokens, at: int, opening: bool, words: ServiceWords) -> bool:
    token = tokens[at]
    if token.tags & {"num", "punct", "verb"} and "participle" not in token.tags:
        return False
    if "prep" in token.tags or token.norm in words.opens:
        following = tokens[at + 1].lemma if at + 1 < len(tokens) else ""
        return token.norm in words.opens and (token.norm, following) not in words.never
    if not token.tags & _OBJECT or token.lemma in words.body_lemmas:
        return False
    return not opening or bool(token.tags & {"gen"}) or _reads_as_genitive(token)


def _reads_as_genitive(token: Token) -> bool:
    """«выписку голубятни»: the feature is of the first reading only, so an unclear noun in -и, -ы, -а, -я may be."""
    return not token.tags & {"dat", "ins"} and token.norm.endswith(("и", "ы", "а", "я", "ов", "ей", "ого", "его", "ых"))


def _kazakh(tokens: Tokens, result: Match, lemma: str, words: ServiceWords) -> tuple[str, str]:
    """The object stands before the word of the result."""
    last = result.mark_first
    first = last
    receivers = {match.mark_last - 1 for match in words.persons.find(tokens)}
    while first > 0 and last - first < words.longest and _stands_before(tokens[first - 1], words):
        if first - 1 in receivers and "dat" in tokens[first - 1].tags:
            break
        first -= 1
    paper = words.papers.get(lemma, "")
    owned = "poss" in tokens[result.mark_last - 1].tags and not tokens[last - 1].tags & {"dat", "prep"}
    if paper and last > first and (owned or "gen" in tokens[last - 1].tags):
        paper = tokens[result.mark_last - 1].text
    return _text(tokens[first:last]), paper


def _stands_before(token: Token, words: ServiceWords) -> bool:
    if (token.lemma,) in words.never or (token.norm,) in words.never or token.lemma in words.body_lemmas:
        return False
    if token.tags & {"num", "punct", "converb", "finite", "ins", "pron"}:
        return False
    return bool(token.tags & (_OBJECT | {"infinitive", "participle", "adv"})) or token.norm in {"туралы", "жөнінде"}


def _text(tokens: Tokens) -> str:
    return " ".join(token.text for token in tokens)
