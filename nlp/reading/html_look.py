"""How an element of a web page looks: hidden, raised, bold, set to the right; what its names say of it.

Reads: attributes and the rules of the page's own style sheets. Writes: plain values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.reading.data import load
from nlp.reading.html_tree import Element, text_of

_HIDING = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE_SELECTOR = re.compile(r"\s*(?:[a-z][a-z0-9]*)?([.#][\w-]+)\s*$", re.IGNORECASE)
_MEDIA = re.compile(r"@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify|end)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_WORD_PART = re.compile(r"mso-element\s*:\s*([a-z-]+)", re.IGNORECASE)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_STYLES_READ = 200_000  # characters of style sheets


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``data/html.yaml``."""

    ignored: frozenset[str]
    around: frozenset[str]
    around_with_links: frozenset[str]
    contents: frozenset[str]
    note_reference: re.Pattern[str]
    note_body: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists, read once."""
    data = load("html.yaml")
    return Words(
        ignored=frozenset(data["ignored_tags"]),
        around=frozenset(data["around"]),
        around_with_links=frozenset(data["around_with_links"]),
        contents=frozenset(data["contents"]),
        note_reference=re.compile(data["note_reference"], re.IGNORECASE),
        note_body=re.compile(data["note_body"], re.IGNORECASE),
    )


def names_of(element: Element) -> frozenset[str]:
    """The words of tag, class, id and role: «topNav menu-left» → top, nav, menu, left."""
    given = " ".join(element.get(name, "") for name in ("class", "id", "role"))
    return frozenset(word.lower() for word in _WORDS.findall(given[:500])) | {str(element.tag)}


def style_of(element: Element) -> str:
    """The style attribute."""
    return element.get("style", "")


class Hidden:
    """Which elements a page does not show."""

    def __init__(self, root: Element) -> None:
        sheets = "".join(text_of(each)[:_STYLES_READ] for each in root.iter("style"))[:_STYLES_READ]
        self._selectors = frozenset(_hiding_selectors(_MEDIA.sub("", sheets)))

    def __call__(self, element: Element) -> bool:
        """Whether an element is hidden by itself (not by one above it)."""
        if element.get("hidden") is not None or _HIDING.search(style_of(element)):
            return True
        if not self._selectors:
            return False
        names = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
        return not names.isdisjoint(self._selectors)


def _hiding_selectors(sheet: str) -> list[str]:
    """Classes and ids that a rule of one simple selector hides; other selectors depend on where an element stands."""
    found: list[str] = []
    for rule in _RULE.finditer(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if _HIDING.search(rule.group(2)):
            matches = (_SIMPLE_SELECTOR.match(selector) for selector in rule.group(1).split(","))
            found.extend(match.group(1) for match in matches if match)
    return found


def bold_of(element: Element, above: bool) -> bool:
    """Whether the text of an element is bold, ``above`` telling of the one around it."""
    style = style_of(element)
    if _BOLD.search(style):
        return True
    if _LIGHT.search(style):
        return False
    return above or element.tag in ("b", "strong", "th")


def align_of(element: Element, above: str) -> str:
    """``left``, ``center``, ``right``, ``justify`` or ""."""
    match = _ALIGN.search(style_of(element))
    if match:
        return match.group(1).lower().replace("end", "right")
    if element.tag == "center":
        return "center"
    return element.get("align", "").lower() or above


def raised_of(element: Element, above: str) -> str:
    """``super``, ``sub`` or ""."""
    if element.tag in ("sup", "sub"):
        return "super" if element.tag == "sup" else "sub"
    match = _RAISED.search(style_of(element))
    return match.group(1).lower() if match else above


def word_part(element: Element) -> str:
    """What Word says an element is when it saves a page: ``footnote``, ``comment-list``, ``header`` …"""
    match = _WORD_PART.search(style_of(element))
    return match.group(1).lower() if match else ""


def has_marker(element: Element) -> bool:
    """Whether a list or item shows numbers or bullets."""
    return not _NO_MARKER.search(style_of(element))
