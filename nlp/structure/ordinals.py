"""Ordinals in words, 1 to 999: «двадцать первая», «жиырма бірінші». Tables: ``ordinals`` in ``data/*.yaml``."""

from __future__ import annotations

from nlp.structure.formulas import formulas


def ordinal(value: int, language: str, gender: str = "m", case: str = "nom") -> str:
    """The ordinal in words. ``gender`` (m, f, n) and ``case`` matter for Russian only; Kazakh ordinals before a noun
    do not change. Raises ``ValueError`` outside 1-999."""
    if not 1 <= value <= 999:
        raise ValueError(f"ordinal {value} outside 1-999")
    return _russian(value, gender, case) if language == "ru" else _kazakh(value)


def _russian(value: int, gender: str, case: str) -> str:
    data = formulas().data["ru"]["ordinals"]
    words: list[str] = []
    hundreds, rest = value // 100 * 100, value % 100
    if hundreds:
        if not rest:
            return f"{data['hundreds'][hundreds]}{data['endings']['hard'][gender][case]}"
        words.append(data["hundreds_cardinal"][hundreds])
    if rest >= 20 and rest % 10:
        words.append(data["tens_cardinal"][rest // 10 * 10])
        rest %= 10
    stem: str = data["tens"][rest] if rest >= 20 else data["units"][rest - 1]
    style = "soft" if stem in data["soft"] else "stressed" if stem in data["stressed"] else "hard"
    words.append(stem + data["endings"][style][gender][case])
    return " ".join(words)


def _kazakh(value: int) -> str:
    data = formulas().data["kk"]["ordinals"]
    words: list[str] = []
    hundreds, tens, units = value // 100 * 100, value % 100 // 10 * 10, value % 10
    if hundreds:
        words.append(data["hundreds_cardinal"][hundreds] if tens or units else data["hundreds"][hundreds])
    if tens:
        words.append(data["tens_cardinal"][tens] if units else data["tens"][tens])
    if units:
        words.append(data["units"][units - 1])
    return " ".join(words)
