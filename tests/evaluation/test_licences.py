"""Licences of dependencies: each locked package has its row, with the locked version and a licence."""

from __future__ import annotations

from evaluation.licences import LOCK, PAGE, licences, locked, page
from tests.docs.pages import Page


def test_every_locked_package_is_on_the_page() -> None:
    rows = locked(LOCK.read_text("utf-8"))
    assert len(rows) > 40
    shown = Page(PAGE).rows
    assert [(row[0], row[1]) for row in shown] == rows
    assert not [row for row in shown if not row[2] or row[2] == "not installed here"]


def test_what_packages_say_of_themselves() -> None:
    text = "click==8.5.1 \\\n    --hash=sha256:ab\nno-such-package==1 ; python_full_version < '3.12'\n"
    found = list(licences(locked(text)))
    assert [tuple(each) for each in found] == [("click", "8.5.1", "BSD-3-Clause"), ("no-such-package", "1", "")]
    assert page(found).endswith("| no-such-package | 1 | not installed here |\n")
