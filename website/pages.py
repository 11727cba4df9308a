"""Pages of docs/ by language, and the navigation made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
SHORT = {"en": "EN", "ru": "РУС", "kk": "ҚАЗ"}


def language_of(name: str) -> str:
    """``user.kk.md`` → kk; pages without a language in their name are English."""
    parts = name.split(".")
    return parts[1] if len(parts) > 2 and parts[1] in LANGUAGES else "en"


def stem_of(name: str) -> str:
    """The page without language and ending."""
    return name.split(".")[0]


def versions(stem: str) -> dict[str, str]:
    """Language → file name of a page, in the languages it is there."""
    files = sorted(path.name for path in DOCS.glob("*.md") if stem_of(path.name) == stem)
    return {language_of(name): name for name in files}


def navigation(language: str) -> list[Any]:
    """The navigation of one language: readers, under each its pages."""
    data = yaml.safe_load((HERE / "nav.yaml").read_text("utf-8"))
    sections = [(each[language], each["pages"]) for each in data["sections"]]
    known = {stem for _, stems in sections for stem in stems}
    further = sorted({stem_of(path.name) for path in DOCS.glob("*.md")} - known)
    sections += [(data["more"][language], further)] if further else []
    return [{title: [_item(data, stem, language) for stem in stems if versions(stem)]} for title, stems in sections]


def _item(data: dict[str, Any], stem: str, language: str) -> Any:
    found = versions(stem)
    if language in found:
        return found[language]
    other = next(code for code in ("ru" if language == "kk" else "en", *LANGUAGES) if code in found)
    title = data["titles"].get(stem, {}).get(language, stem)
    return {data["elsewhere"][language][other].format(title=title): address(found[other])}


def address(name: str) -> str:
    """Where a page of another language is, seen from a page."""
    return f"../{language_of(name)}/{name.removesuffix('.md')}.html"
