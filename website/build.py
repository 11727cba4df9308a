"""The documentation as a site: ``python website/build.py OUT``; a folder for each language and a page to choose one."""

from __future__ import annotations

import html
import logging
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from pages import HERE, LANGUAGES, navigation

_SEARCHED_AS = {"en": "en", "ru": "ru", "kk": "ru"}  # lunr knows no Kazakh; its Russian takes all Cyrillic letters
_TOLD = {  # what it is; names of the switch to the dark and to the light scheme
    "en": ("Anti-corruption expertise of draft laws of Kazakhstan", "Dark", "Light"),
    "ru": ("Антикоррупционная экспертиза проектов нормативных правовых актов", "Тёмный вид", "Светлый вид"),
    "kk": ("Нормативтік құқықтық актілер жобаларының сыбайлас жемқорлыққа қарсы сараптамасы", "Күңгірт", "Ашық"),
}


def build(out: Path) -> None:
    """Write the site into ``out``, which is emptied first. Raises ``mkdocs.exceptions.Abort`` on any warning."""
    shutil.rmtree(out, ignore_errors=True)
    for language in LANGUAGES:
        build_language(language, out / language)
    (out / "index.html").write_text(_choice(), "utf-8")


def build_language(language: str, out: Path) -> None:
    """The site of one language."""
    description, dark, light = _TOLD[language]
    config = load_config(
        str(HERE / "mkdocs.yml"),
        strict=True,
        site_dir=str(out),
        site_description=description,
        nav=navigation(language),
        plugins=[{"search": {"lang": _SEARCHED_AS[language]}}],
    )
    config.theme["language"] = language
    config.theme["palette"] = [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "teal", "accent": "teal",
         "toggle": {"icon": "material/weather-night", "name": dark}},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "teal", "accent": "teal",
         "toggle": {"icon": "material/weather-sunny", "name": light}},
    ]  # fmt: skip
    config.extra["language"] = language
    config.extra["homepage"] = f"index.{language}.html"
    config.extra["alternate"] = [{"name": name, "lang": code, "link": ""} for code, name in LANGUAGES.items()]
    build_site(config)
    shutil.copyfile(out / f"index.{language}.html", out / "index.html")


def _choice() -> str:
    links = "".join(
        f'<li><a href="{code}/index.html" lang="{code}" hreflang="{code}">{html.escape(name)}</a> – '
        f'<span lang="{code}">{html.escape(_TOLD[code][0])}</span></li>'
        for code, name in LANGUAGES.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Saraptama</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><style>body{font:1.1rem/1.6 sans-serif;'
        "max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}</style></head>"
        f"<body><h1>Saraptama</h1><ul>{links}</ul></body></html>\n"
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    build(Path(sys.argv[1]))
