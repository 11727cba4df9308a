"""Two texts of one act: their language, their units aligned."""

from __future__ import annotations

from nlp.alignment import Alignment, SameLanguage, align, nodes
from nlp.errors import DossierError
from nlp.structure.act import Act


def language_of_both(one: Act, two: Act) -> str:
    """The language of two versions; raises ``DossierError`` where they are in two."""
    if one.language != two.language and {one.language, two.language} == {"ru", "kk"}:
        raise DossierError("versions.other_language", one=one.language, two=two.language)
    return next((act.language for act in (one, two) if act.language in {"ru", "kk"}), "ru")


def aligned(one: Act, two: Act, language: str) -> Alignment:
    """Units of two versions."""
    left, right = nodes(one), nodes(two)
    return align(left, right, SameLanguage(left, right, language))
