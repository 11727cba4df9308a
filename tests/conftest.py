"""Fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from expertise.documents.fonts import FontsMissingError, font_files
from expertise.store.database import Database
from tests.databases import Server, postgres, postgres_programs, sqlite
from tests.seeds import SEED

# The same examples every time, and no verdict by a loaded machine's clock. A long run takes others, by its seed
# (``--hypothesis-seed``); so no test says ``derandomize`` itself.
settings.register_profile("saraptama", derandomize=True, deadline=None)
settings.register_profile("soak", deadline=None, database=None, print_blob=True)
settings.load_profile("soak" if SEED else "saraptama")

REPOSITORY = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The development data beside the checkout; None when it is absent or hidden by SARAPTAMA_NO_SHARED."""
    import os

    folder = REPOSITORY.parent / "shared"
    if os.environ.get("SARAPTAMA_NO_SHARED") or not folder.is_dir():
        return None
    return folder


def fonts_installed() -> bool:
    """Whether PDF documents can be made here."""
    try:
        font_files()
    except FontsMissingError:
        return False
    return True


needs_fonts = pytest.mark.skipif(not fonts_installed(), reason="fonts-paratype, fonts-dejavu-core are not installed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """SARAPTAMA_ONLY_SHARED: only the tests that use the development data.

    CI runs these once more with the data hidden: all others do not look at it and would only do the same again.
    """
    import os

    if not os.environ.get("SARAPTAMA_ONLY_SHARED"):
        return
    chosen = [item for item in items if "shared" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the development data; the test is skipped where it is absent."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the development data (shared) is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server; tests that need one are skipped where none is installed, unless it is asked for."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    server = Server(programs)
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of the service, on either engine: whatever uses it runs twice."""
    if request.param == "sqlite":
        yield from sqlite(tmp_path)
    else:
        yield from postgres(request.getfixturevalue("postgres_server"))
