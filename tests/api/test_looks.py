"""What the style sheet promises: contrast of AA in both themes, computed for every pair of colours that meets."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

import pytest

from expertise.messages import LANGUAGES, catalogue
from tests.conftest import REPOSITORY

SHEET = files("api.pages").joinpath("static", "app.css").read_text(encoding="utf-8")
THEMES = dict(
    zip(("light", "system dark", "chosen dark"), re.findall(r"color-scheme: \w+;(.*?)\}", SHEET, re.S), strict=True)
)
GROUNDS = ("page", "card")
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent", "bad", "good") for ground in GROUNDS),
    *(("ink", ground) for ground in ("high", "medium", "low", "gone", "new", "good-soft", "bad-soft", "accent-soft")),
    ("accent-ink", "accent"), ("accent", "accent-soft"), ("soft", "accent-soft"), ("bad", "bad-soft"),
    ("bad", "accent-soft"), ("soft", "good-soft"), ("accent", "good-soft"),
]  # fmt: skip
SIGNS = [
    *((f"{line}-line", ground) for line in ("high", "medium", "low", "dismissed") for ground in GROUNDS),
    ("high-line", "high"), ("medium-line", "medium"), ("low-line", "low"),
    ("focus", "page"), ("focus", "card"), ("accent", "page"), ("accent", "card"), ("good", "good-soft"),
]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", colours_of_light() + THEMES[theme]))


def colours_of_light() -> str:
    return THEMES["light"]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 computes it."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
def test_text_has_the_contrast_of_aa(theme: str) -> None:
    known = colours(theme)
    low = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in TEXT}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_signs_and_edges_that_tell_something_have_the_contrast_of_aa(theme: str) -> None:
    known = colours(theme)
    low = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in SIGNS}
    assert {pair: value for pair, value in low.items() if value < 3.0} == {}


def test_marks_on_paper_can_be_told_from_it() -> None:
    for rule in re.findall(r"\.paper [^{]*rect \{[^}]*\}", SHEET):
        for stroke in re.findall(r"stroke: (#[0-9a-f]{6})", rule):
            assert contrast(stroke, "#ffffff") >= 3.0, rule


def test_both_dark_themes_are_one() -> None:
    assert colours("system dark") == colours("chosen dark") != colours("light")


def test_every_act_in_the_audit_has_a_name() -> None:
    acts: set[str] = set()
    for path in sorted((REPOSITORY / "expertise").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.write":
                acts |= {str(each.value) for each in node.args[3:4] if isinstance(each, ast.Constant)}
    assert len(acts) > 20
    for language in LANGUAGES:
        assert {f"action.{act}" for act in acts} <= set(catalogue(language))
