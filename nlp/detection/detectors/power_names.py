"""How a power and its body are called: the action and its object, the name of the body, in the norm's own words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.detection.body_names import LONGEST, in_quoted_name, named_from
from nlp.detection.phrases import whole
from nlp.language import generate
from nlp.language.token import Token, Tokens
from nlp.norms.frame import Field, FieldSpan
from nlp.norms.powers import ActIndex, Core, Element, Power

_FIELDS = (Field.TEXT, Field.LEAD, Field.HEADING)
_OBLIQUE = ("abl", "dat", "loc", "ins")
_NOMINAL = frozenset({"noun", "adj"})
_VERBAL = frozenset({"converb", "participle", "infinitive", "finite", "cond", "gen"})
_LONGEST_DEED = 3
_OF_ONE = frozenset({"қарау", "айқындау", "таңдау", "іріктеу"})
"""What is done to a known thing keeps its case: «шағымды қарау», but «рұқсат беру»."""
_REFUSALS = frozenset({"отказать", "отказывать", "отказываться", "отказ"})


def deed(index: ActIndex, core: Core) -> str:
    """«выдает разрешение» → «выдача разрешения», «рұқсат береді» → «рұқсат беру»; "" where the norm gives no name."""
    actor_span = core.frame.actor.span
    everything = index.analysis(index.provisions[core.at]).text
    tokens = [t for t in everything if core.span.start <= t.start and t.end <= core.span.end]
    if index.words.language == "ru":
        return _russian_refusal(tokens, everything) or _russian_deed(tokens, actor_span, index)
    named = _kazakh_name(everything, actor_span)
    return _kazakh_refusal(tokens, everything) or _kazakh_deed([t for t in tokens if not _is_in(t, named)])


def _kazakh_name(everything: Tokens, span: FieldSpan | None) -> FieldSpan | None:
    """The whole name of the body: of «шағымын әкімдік комиссиясы қарайды» no «әкімдік» is an object."""
    if span is None or span.field is not Field.TEXT:
        return span
    own = [n for n, t in enumerate(everything) if span.start <= t.start and t.end <= span.end]
    first = named_from(everything, own[0], own[-1]) if own else -1
    return span if first < 0 else FieldSpan(span.field, everything[first].start, span.end)


def _russian_refusal(tokens: Sequence[Token], everything: Tokens) -> str:
    """«отказать в предоставлении места» → «отказ в предоставлении места»: a bare «отказ» would say nothing."""
    if not any(lemma in _REFUSALS for token in tokens for lemma in token.lemmas):
        return ""
    at = next((n for n, t in enumerate(tokens[:-1]) if t.norm == "в" and "loc" in tokens[n + 1].tags), -1)
    if at < 0:
        return ""
    phrase = whole(everything, FieldSpan(Field.TEXT, tokens[at].start, tokens[at + 1].end), "ru")
    words = [t.text for t in everything if tokens[at].start <= t.start and t.end <= phrase.end]
    return " ".join(["отказ", "в", tokens[at + 1].norm, *(words[2:] if len(words) <= LONGEST else ())])


def _kazakh_refusal(tokens: Sequence[Token], everything: Tokens) -> str:
    """«жолдама беруден бас тартуға» → «жолдама беруден бас тарту»."""
    pairs = pairwise(everything)
    own = {t.start for t in tokens}
    at = next((n for n, (a, b) in enumerate(pairs) if a.start in own and a.norm == "бас" and b.lemma == "тарту"), 0)
    if at < 1 or not {"infinitive", "abl"} <= everything[at - 1].tags:
        return ""
    named = at > 1 and "noun" in everything[at - 2].tags and bool(everything[at - 2].tags & {"nom", "acc"})
    return " ".join([*([everything[at - 2].norm] if named else ()), everything[at - 1].norm, "бас тарту"])


def _russian_deed(tokens: Sequence[Token], actor_span: FieldSpan | None, index: ActIndex) -> str:
    nouns = index.words.nouns
    verb = next((n for n, t in enumerate(tokens) if any(lemma in nouns for lemma in t.lemmas)), -1)
    if verb < 0:
        return ""
    direct = [t for t in tokens[verb + 1 :] if "noun" in t.tags and "acc" in t.tags and "dat" not in t.tags]
    candidates = (*direct, *reversed(tokens[verb + 1 :]), *tokens[:verb])
    object_ = next((t for t in candidates if "noun" in t.tags and not _is_in(t, actor_span)), None)
    if object_ is None:
        return ""
    # «лишить лицензии», «требовать информации»: a genitive already.
    words = object_.norm if "gen" in object_.tags else generate.inflect("ru", object_.norm, {"gen"})
    if object_.lemma.endswith("ие") and object_.norm.endswith("ия") and object_ not in tokens[:verb]:
        words = f"{object_.norm[:-1]}й"  # «получать сведения»: several, though the form is also that of a genitive
    noun = next(nouns[lemma] for lemma in tokens[verb].lemmas if lemma in nouns)
    return f"{noun} {words}" if words else ""


def _kazakh_deed(tokens: Sequence[Token]) -> str:
    """The object without the ending of an owner that is not named: «шараларын қолданады» → «шара қолдану».

    A converb is no name of an action, and words with a verb among them are no object.
    """
    if len(tokens) < 2 or "verb" not in tokens[-1].tags or any(not t.text.isalpha() for t in tokens):
        return ""
    *before, last = tokens
    if "converb" in last.tags or len(before) > _LONGEST_DEED:
        return ""
    light = before[-1:] if "converb" in before[-1].tags and "pass" not in before[-1].tags else []  # «алып тастау»
    objects = before[: len(before) - len(light)]
    if any(not t.tags & _NOMINAL or t.tags & _VERBAL for t in objects):
        return ""
    alone = len(objects) + len(light) == 1 and last.lemma not in _OF_ONE
    return " ".join([*(_bare(t, whole=alone) for t in objects), *(t.norm for t in light), last.lemma])


def _bare(token: Token, whole: bool) -> str:
    """«шараларын» → «шара» right before its verb, «рұқсатты» further off; other cases stand, without an owner."""
    if "noun" not in token.tags:
        return token.norm
    case = next((each for each in _OBLIQUE if each in token.tags), None)
    if case is None and (whole or "acc" not in token.tags):
        return token.lemma
    return generate.kk_inflect(token.lemma, {case or "acc"}) or token.norm


def actor(index: ActIndex, core: Core, power: Power) -> str:
    """Who has the power, by the whole name in the nominative; "" where the norm names nobody by a name of its own."""
    provision = power.core
    analysis = index.analysis(provision)
    span = core.frame.actor.span
    own = ""
    if span is not None:
        own = _whole(analysis.tokens(span.field), analysis.string(span.field), (span.start, span.end), index)
    elif (slot := power.slots[Element.WHO].words) is not None:
        other = index.analysis(slot.provision)
        # «проверка работы исполнителя»: a name in another case may be of the person whom the power touches.
        if any(_names_doer(t) for t in other.text if slot.span.start <= t.start and t.end <= slot.span.end):
            own = _whole(other.text, slot.provision.text, (slot.span.start, slot.span.end), index)
    if not own:
        return ""
    named = generate.inflect(index.words.language, own, {"nom"}) or own
    return named if _is_proper(named) else named[:1].lower() + named[1:]


def _names_doer(token: Token) -> bool:
    return "noun" in token.tags and bool(token.tags & {"nom", "ins"})


def _is_proper(name: str) -> bool:
    """«Қазақстан Республикасының Ұлттық Банкі», «Национальный Банк»."""
    return any(word[:1].isupper() for word in name.split()[1:])


def _whole(tokens: Tokens, text: str, span: tuple[int, int], index: ActIndex) -> str:
    """«управление» of the norm with what tells it from others: «управление набережных», «жағалау басқармасы»."""
    named = [n for n, t in enumerate(tokens) if span[0] <= t.start and t.end <= span[1]]
    if not named:
        return ""
    first, last = named[0], named[-1]
    if in_quoted_name(tokens, first, last):
        return ""
    if index.words.language == "ru":
        last = _with_genitive(tokens, last)
    else:
        first = named_from(tokens, first, last)
        if first < 0:
            return ""
    return " ".join(text[tokens[first].start : tokens[last].end].split())


def _with_genitive(tokens: Tokens, last: int) -> int:
    """Where the name of a Russian body ends: «управление набережных», «палата частных судебных исполнителей»."""
    position = last + 1
    while position < len(tokens) and position <= last + LONGEST and tokens[position].text.isalpha():
        tags = tokens[position].tags
        if "gen" not in tags:
            break
        if [t.text for t in tokens[position : position + 2]] == ["Республики", "Казахстан"]:
            return position + 1
        if "noun" in tags:
            republic = [t.text for t in tokens[position + 1 : position + 3]] == ["Республики", "Казахстан"]
            return position + 2 if republic else position
        position += 1
    return last + 1 if position == last + 2 else last  # «управление набережных»: an adjective that stands as a noun


def _is_in(token: Token, span: FieldSpan | None) -> bool:
    return span is not None and span.field is Field.TEXT and span.start <= token.start and token.end <= span.end
