"""What mkdocs is told of one language: its pages, links to the others, the switch of languages, a strict policy."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import LANGUAGES, SHORT, address, language_of, stem_of, versions

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^(```.*?^```)", re.MULTILINE | re.DOTALL)
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
)


def on_files(files: Any, config: Any) -> Any:
    """Pages of this language and all pictures."""
    for file in list(files):
        if file.src_uri.endswith(".md") and language_of(file.src_uri) != config.extra["language"]:
            files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links to pages of other languages lead into their sites; files outside of docs/ are named, not linked."""
    pieces = _FENCE.split(markdown)
    return "".join(
        piece if number % 2 else _LINK.sub(lambda link: _linked(link, config.extra["language"]), piece)
        for number, piece in enumerate(pieces)
    )


def _linked(link: re.Match[str], language: str) -> str:
    words, target = link[1], link[2]
    file, _, anchor = target.partition("#")
    if file.startswith("../"):
        path = file.removeprefix("../")
        return words if words.strip("`") == path else f"{words} (`{path}`)"
    if file.endswith(".md") and language_of(file) != language:
        to = address(file) + (f"#{anchor}" if anchor else "")
        return f'<a href="{to}" hreflang="{language_of(file)}">{words}</a>'  # mkdocs looks for files of this site only
    return link[0]


def on_page_context(context: dict[str, Any], page: Any, config: Any, nav: Any) -> dict[str, Any]:
    """Where this page is in the other languages; without one, where they begin."""
    found = versions(stem_of(page.file.src_uri))
    context["alternates"] = [
        {
            "lang": code,
            "name": name,
            "short": SHORT[code],
            "link": address(found.get(code, f"index.{code}.md")),
            "current": code == config.extra["language"],
        }
        for code, name in LANGUAGES.items()
    ]
    return context


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Nothing is fetched from elsewhere, and a browser is told so."""
    return output.replace("<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">', 1)
