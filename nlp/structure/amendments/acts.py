"""Which act is amended: form, date, number and title from the words that name it, and the approved document inside."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from nlp.structure.amendments.grammar import grammar
from nlp.structure.amendments.kazakh import KazakhScanner
from nlp.structure.amendments.russian import RussianScanner
from nlp.structure.amendments.scanner import inner_span, masked
from nlp.structure.amendments.tokens import Token, TokenKind
from nlp.structure.formulas import formulas, phrase
from nlp.structure.head import read_date
from nlp.structure.operations import AmendedAct
from nlp.structure.quotes import inline_quotes
from nlp.structure.wording import fold

_NUMBER = re.compile(r"(?:№|(?<!\w)n)\s?([\w/-]*\d[\w/-]*)")
_TRIM = " \t\n,.;:*_()"


def read_act(text: str, language: str, offset: int) -> AmendedAct:
    """The act named by ``text``, which begins at ``offset`` of the clean text; fields it does not give are "".

    «Правилах …, утвержденных указанным приказом» gives a document and no act: the frame around knows it.
    """
    span = (offset, offset + len(text))
    found = _kazakh(text) if language == "kk" else _russian(text)
    return replace(found, span=span)


def within(context: AmendedAct, named: AmendedAct) -> AmendedAct:
    """``named`` read in the light of the frame around it."""
    if named.form and (named.number or named.date or named.title):
        return named
    if named.document:
        title = named.document_title
        if not title and named.document == context.document:
            title = context.document_title
        return replace(context, document=named.document, document_title=title, span=named.span)
    if named.form:  # «указанный приказ»: the act itself, not its document
        same = not context.form or context.form == named.form
        base = context if same else AmendedAct()
        return replace(base, form=named.form, document="", document_title="", span=named.span)
    return context


# --- Russian ----------------------------------------------------------------------------------------------------------


def _russian(text: str) -> AmendedAct:
    quotes = inline_quotes(text)
    folded = masked(fold(text), quotes)
    cut = approved("ru").search(folded)
    forms = [token for token in RussianScanner(text).tokens() if token.kind is TokenKind.FORM]
    head = [form for form in forms if cut is None or form.start < cut.start()]
    if not head:
        return AmendedAct()
    first = head[0]
    if _level(first.value) == "act":
        return _named_act(text, folded, first, len(text))
    document_end = cut.start() if cut else len(text)
    act = AmendedAct()
    rest = [form for form in forms if cut and form.start > cut.start() and _level(form.value) == "act"]
    if rest:
        act = _named_act(text, folded, rest[0], len(text))
    if _is_anaphora("ru", folded[document_end:]):
        act = AmendedAct()
    name = _nominative(text, folded, first)
    after = _before_brackets(text, folded, first.end, document_end).rstrip(_TRIM)
    title = " ".join(f"{name}{after}".split())
    return replace(act, document=first.value, document_title=title if after.strip() else "")


def _nominative(text: str, folded: str, form: Token) -> str:
    """The form in the nominative with its adjectives: «в Национальном плане» → «Национальный план»."""
    named = formulas().form(form.value, "ru")
    noun = named.cases["nom"] if named else text[form.start : form.end]
    adjectives = []
    for word in re.findall(r"[\w-]+", text[: form.start]):
        if _anaphora("ru").match(fold(word)):
            continue
        adjectives.append(word if form.cases & {"nom", "acc"} else _nominative_adjective(word))
    if not adjectives:
        return noun
    first = adjectives[0][:1].upper() + adjectives[0][1:]
    return " ".join([first, *adjectives[1:], noun[:1].lower() + noun[1:]])


def _nominative_adjective(word: str) -> str:
    for case, ending in grammar("ru").data["adjectives"].items():
        if word.endswith(case):
            stem = word[: -len(case)]
            stressed = fold(stem) in grammar("ru").data["stressed_adjectives"]
            return stem + ("ой" if stressed and ending == "ый" else ending)
    return word


def _named_act(text: str, folded: str, form: Token, stop: int) -> AmendedAct:
    """«приказ Министра … от 11 марта 2021 года № 64 «…» (зарегистрирован …)»; codes have their name before «от»."""
    end = folded.find("(", form.end)
    end = stop if end < 0 else end
    number = _NUMBER.search(folded, form.end, end)
    titles = [quote for quote in inline_quotes(text) if form.end <= quote[0] < end]
    title = text[slice(*inner_span(text, titles[0]))] if titles else ""
    if form.value == "code" and not title:
        title = _nominative(text, folded, form) + re.split(r"\sот\s|\(|,", text[form.end : end])[0]
    return AmendedAct(
        form.value,
        _clean(title),
        read_date(folded[form.end : end]),
        text[number.start(1) : number.end(1)] if number else "",
    )


def _before_brackets(text: str, folded: str, start: int, stop: int) -> str:
    cut = folded.find("(", start, stop)
    if cut > 0 and folded[cut : cut + 7].startswith(("(далее", "(зарег")):
        stop = cut
    return text[start:stop]


# --- Kazakh -----------------------------------------------------------------------------------------------------------


def _kazakh(text: str) -> AmendedAct:
    """«"…" … 2021 жылғы 11 наурыздағы № 64 бұйрығымен бекітілген … қағидаларында»."""
    quotes = inline_quotes(text)
    folded = masked(fold(text), quotes)
    cut = approved("kk").search(folded)
    forms = [token for token in KazakhScanner(text).tokens() if token.kind is TokenKind.FORM]
    if not forms:
        return AmendedAct()
    after = [form for form in forms if cut and form.start > cut.end()]
    before = [form for form in forms if cut is None or form.start < cut.start()]
    acts = [form for form in before if _level(form.value) == "act"]
    act = AmendedAct()
    if acts and not _is_anaphora("kk", folded[: acts[-1].start]):
        act = _kazakh_act(text, folded, acts[-1])
    elif acts and not after:
        act = AmendedAct(acts[-1].value)
    document = after[-1] if after else next((f for f in reversed(before) if _level(f.value) == "document"), None)
    if document is None or (not after and acts):
        return act
    start = cut.end() if cut else 0
    known = _is_anaphora("kk", folded[start : document.start])
    name = "" if known else _kazakh_name(text[start : document.end])
    return replace(act, document=document.value, document_title=name if " " in name else "")


def _kazakh_act(text: str, folded: str, form: Token) -> AmendedAct:
    number = _NUMBER.search(folded, 0, form.start)
    titles = [quote for quote in inline_quotes(text) if quote[0] < form.start]
    title = text[slice(*inner_span(text, titles[0]))] if titles else ""
    if form.value == "code" and not title:
        words = re.search(r"((?:[А-ЯӘҒҚҢӨҰҮҺІ][\w-]*\s+)+)\w+$", text[: form.end])
        title = _kazakh_name(words.group() if words else text[form.start : form.end])
    return AmendedAct(
        form.value,
        _clean(title),
        read_date(folded[: form.start]),
        text[number.start(1) : number.end(1)] if number else "",
    )


def _kazakh_name(words: str) -> str:
    """The name without the case of its last word: «… беру қағидаларында» → «… беру қағидалары»."""
    endings = "|".join(f"н?(?:{ending})" for name, ending in grammar("kk").data["endings"] if name != "acc")
    return _clean(re.sub(rf"(?<=[ыіеаәлр])(?:{endings})$", "", words.strip(_TRIM)))


# --- both -------------------------------------------------------------------------------------------------------------


def _clean(title: str) -> str:
    return " ".join(title.split()).strip(_TRIM)


@lru_cache(maxsize=2)
def approved(language: str) -> re.Pattern[str]:
    """«утвержденный» / «бекітілген»: what stands between a document and the act that approved it."""
    return re.compile("|".join(rf"(?<!\w)(?:{phrase(p)})" for p in grammar(language).data["approved"]))


@lru_cache(maxsize=2)
def _anaphora(language: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{phrase(p)})" for p in grammar(language).data["anaphora"]))


def _is_anaphora(language: str, folded: str) -> bool:
    return _anaphora(language).search(folded) is not None and not _NUMBER.search(folded)


@lru_cache(maxsize=64)
def _level(form_id: str) -> str:
    return next((form.level for form in formulas().forms if form.id == form_id), "act")
