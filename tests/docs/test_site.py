"""The documentation as a site: builds without a warning, in three languages, and fetches nothing from elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tests.conftest import REPOSITORY
from tests.docs.pages import DOCS

pytest.importorskip("mkdocs", reason="the site is built with the development dependencies")
FETCHING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "embed": "src",
            "object": "data", "link": "href"}  # fmt: skip
POLICY = "default-src 'none'"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with ``strict``: any warning ends it."""
    sys.path.insert(0, str(REPOSITORY / "website"))
    try:
        import build
    finally:
        sys.path.remove(str(REPOSITORY / "website"))
    out = tmp_path_factory.mktemp("site") / "out"
    build.build(out)
    return out


@pytest.fixture(scope="module")
def trees(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}


def test_every_page_is_there_and_in_the_navigation(site: Path, trees: dict[Path, html.HtmlElement]) -> None:
    for page in DOCS.glob("*.md"):
        parts = page.name.split(".")
        language = parts[1] if len(parts) == 3 else "en"
        built = site / language / f"{page.name.removesuffix('.md')}.html"
        assert trees[built].get("lang") == language
        addresses = {link.get("href") for link in trees[built].xpath("//nav//a[@href]")}
        assert f"{page.name.removesuffix('.md')}.html" in addresses or parts[0] == "index", page.name
        switch = trees[built].xpath("//nav[@class='s-languages']/a")
        assert [link.get("lang") for link in switch] == ["en", "ru", "kk"]
        assert [link.get("lang") for link in switch if link.get("aria-current")] == [language]
    assert "Іздеу" in (site / "kk" / "user.kk.html").read_text("utf-8")
    assert trees[site / "ru" / "user.ru.html"].xpath("//nav[@class='s-languages']/a[@lang='kk']")[0].get("href") == (
        "../kk/user.kk.html"
    )
    assert [link.get("href") for link in trees[site / "index.html"].iter("a")] == [
        "en/index.html", "ru/index.html", "kk/index.html",
    ]  # fmt: skip


def test_links_between_pages_and_languages_lead_somewhere(site: Path, trees: dict[Path, html.HtmlElement]) -> None:
    for path, tree in trees.items():
        if path.name == "404.html":
            continue
        for target in {link.get("href") for link in tree.iter("a") if link.get("href")}:
            parts = urlsplit(target)
            if parts.scheme or not parts.path:
                continue
            linked = (path.parent / unquote(parts.path)).resolve()
            linked = linked / "index.html" if linked.is_dir() else linked
            assert linked.is_file(), f"{path.name}: {target}"
            if parts.fragment:
                assert trees[linked].xpath("//*[@id=$id]", id=unquote(parts.fragment)), f"{path.name}: {target}"


def test_nothing_is_fetched_from_elsewhere(site: Path, trees: dict[Path, html.HtmlElement]) -> None:
    for path, tree in trees.items():
        for element in tree.iter(*FETCHING):
            address = element.get(FETCHING[element.tag], "")
            assert not urlsplit(address).netloc, f"{path.name}: {address}"
        assert not tree.xpath("//*[@class='mermaid']")  # the theme would fetch a library for it
        if path.parent != site and path.name != "404.html":
            policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert policy and policy[0].startswith(POLICY) and "http" not in policy[0]
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", path.read_text("utf-8")), path.name
