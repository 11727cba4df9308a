"""How a file that is saved is called: by what it is, the number of the case and the language.

Reads: names as addresses have them («ru.docx», «comparison.kk.pdf», «draft-1.docx»). Writes: «Заключение 2026-0008
рус.docx», in the words of the document's own language. REST gives these names too, after the short ones for programs.
"""

from __future__ import annotations

from api.pages.texts import Texts
from expertise.messages import LANGUAGES
from expertise.store.case_tables import Case

_OF_DATA = {"conclusion.json": "conclusion", "findings.sarif": "findings"}


def called(paper: str, about: str, language: str, form: str, part: str = "") -> str:
    """«Заключение 2026-0008 рус.docx»; ``language``: of the document, ``part``: its place among several."""
    words = Texts(language)
    told = " ".join(each for each in (words(f"file.{paper}"), about, part, words("file.short_language")) if each)
    return f"{_safe(told)}.{form}"


def of_conclusion(case: Case, name: str, language: str) -> str:
    """The name for one file of a conclusion. ``language``: of the page, for files that are in none of ours."""
    stem, _, form = name.rpartition(".")
    document = "conclusion" if case.kind == "draft" else "certificate"
    if stem in LANGUAGES:
        return called(document, case.number, stem, form)
    words = Texts(language)
    if name in _OF_DATA:
        kind = document if _OF_DATA[name] == "conclusion" else _OF_DATA[name]
        return f"{_safe(words(f'file.{kind}') + ' ' + case.number)}.{form}"
    position = stem.rpartition("-")[2]
    return f"{_safe(words('file.draft') + ' ' + case.number + ' ' + position)}.{form}"


def of_paper(case: Case, name: str) -> str:
    """The name for a paper of a case, «comparison.kk.docx»."""
    paper, language, form = name.split(".")
    return called(paper, case.number, language, form)


def of_certificate(number: str, name: str, language: str) -> str:
    """The name for a file of a certificate of indicators, «ru.docx». ``language``: of the page, for data."""
    stem, _, form = name.rpartition(".")
    number = number.replace("/", "-")
    if stem in LANGUAGES:
        return called("indicator_certificate", number, stem, form)
    return f"{_safe(Texts(language)('file.indicator_certificate') + ' ' + number)}.{form}"


def of_preliminary(about: str, name: str) -> str:
    """The name for a preliminary check, «ru.docx». ``about``: the number of the case or the name of the draft."""
    language, _, form = name.partition(".")
    return called("preliminary", about, language, form)


def of_risk_map(name: str) -> str:
    """The name for the map of risks, «map.ru.docx», or for one of its drawings, «body.kk.svg»."""
    kind, language, form = name.split(".")
    part = "" if kind == "map" else Texts(language)(f"indicators.{kind}").lower()
    return called("risk_map", part, language, form)


def _safe(words: str) -> str:
    """Without the signs that some file system refuses in a name."""
    return " ".join("".join(sign if sign.isalnum() or sign in " -_.,()" else " " for sign in words).split())[:150]
