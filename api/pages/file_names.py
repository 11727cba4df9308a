"""How a file that is saved from a page is called: by what it is, the number of the case and the language.

Reads: names as addresses have them («ru.docx», «comparison.kk.pdf», «draft-1.docx»). Writes: «Заключение 2026-0008
рус.docx», in the words of the document's own language; programs get the short names from REST.
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


def of_risk_map(name: str) -> str:
    """The name for the map of risks, «map.ru.docx», or for one of its drawings, «body.kk.svg»."""
    kind, language, form = name.split(".")
    part = "" if kind == "map" else Texts(language)(f"indicators.{kind}").lower()
    return called("risk_map", part, language, form)


def _safe(words: str) -> str:
    """Without the signs that some file system refuses in a name."""
    return " ".join("".join(sign if sign.isalnum() or sign in " -_.,()" else " " for sign in words).split())[:150]
