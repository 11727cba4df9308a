"""Hostile files before the living service: each ends examined or failed with words, and the service goes on answering.

The upload is kept with its status and reason whatever the file is; no answer is a fault, none holds a traceback.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from expertise.office import Office
from expertise.people import OPERATOR, Role
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from expertise.work.people import add_person
from expertise.work.tokens import give_token
from tests.api.live import Live, serving
from tests.hostile.case import READ, Case
from tests.hostile.corpus import CASES, QUICK
from tests.seeds import SEED

SAMPLE = 25
SECONDS_EACH = 60  # on a machine under load; a file that takes the whole time of the parser is among them
LANGUAGES = ("ru", "kk")
_SHOWN_CODE = re.compile(r"\b(?:reading|expertise|api|examine|dossier)\.[a-z_]+\b|[{}]")
_KAZAKH = re.compile("[әғқңөұүһі]")


@dataclass
class Sent:
    """A file, its case, and what the service said to it."""

    case: Case
    language: str
    data: bytes
    id: str = ""
    file: str = ""
    refused: str = ""


class Desk:
    """Coordinators before the service, one in each language; every answer is looked at."""

    def __init__(self, live: Live, office: Office) -> None:
        self.live = live
        self.clients = {language: self._client(office, language) for language in LANGUAGES}

    def _client(self, office: Office, language: str) -> httpx.Client:
        person = add_person(office, OPERATOR, f"c-{language}", "Координатор", [Role.COORDINATOR], "", language=language,
                            must_change=False)  # fmt: skip
        secret, _ = give_token(office, OPERATOR, person.id, "test")
        headers = {"authorization": f"Bearer {secret}"}
        return httpx.Client(base_url=self.live.url, headers=headers, timeout=SECONDS_EACH)

    def ask(self, language: str, method: str, path: str, **more: Any) -> httpx.Response:
        """An answer that is no fault."""
        answer = self.clients[language].request(method, path, **more)
        assert answer.status_code < 500, (method, path, answer.text[:500])
        if "/files/" not in path:
            assert "Traceback" not in answer.text, (method, path)
        return answer

    def send(self, sent: Sent) -> None:
        """A case with the file, to be examined."""
        made = self.ask(sent.language, "POST", "/api/v1/cases", json={"title": sent.case.name[:200]})
        sent.id = made.json()["id"]
        path = f"/api/v1/cases/{sent.id}/files?kind=text&name={quote(sent.case.name)}"
        kept = self.ask(sent.language, "POST", path, content=sent.data)
        if kept.status_code != 201:
            sent.refused = kept.json()["error"]["message"]
            return
        sent.file = kept.json()["id"]
        assert self.ask(sent.language, "POST", f"/api/v1/cases/{sent.id}/analyses", json={"force": True}).is_success

    def ended(self, sent: Sent, until: float) -> dict[str, Any]:
        """The analysis at its end; while it is waited for, the service answers others."""
        while True:
            path = f"/api/v1/cases/{sent.id}/analyses"
            analysis: dict[str, Any] = self.ask(sent.language, "GET", path).json()["analyses"][0]
            if analysis["status"] in ("done", "failed"):
                return analysis
            assert time.monotonic() < until, (sent.case.name, analysis, self.live.said()[-2000:])
            assert self.ask(sent.language, "GET", "/cases").status_code == 200
            time.sleep(0.2)


def is_told(words: str, language: str) -> bool:
    """Whether the words are a message for people in their language."""
    fine = len(words) > 20 and not _SHOWN_CODE.search(words) and "Traceback" not in words
    return fine and bool(_KAZAKH.search(words)) == (language == "kk")


def check(desk: Desk, sent: Sent, until: float) -> None:
    if sent.refused:
        assert is_told(sent.refused, sent.language), sent.refused
        return
    analysis = desk.ended(sent, until)
    name, files = sent.case.name, desk.ask(sent.language, "GET", f"/api/v1/cases/{sent.id}/files").json()["files"]
    (kept,) = [file for file in files if file["id"] == sent.file]
    content = desk.ask(sent.language, "GET", f"/api/v1/cases/{sent.id}/files/{sent.file}")
    assert content.content == sent.data, name
    page = desk.ask(sent.language, "GET", f"/cases/{sent.id}")
    assert page.status_code == 200, name
    if analysis["status"] == "done":
        assert kept["status"] == "read" and (READ in sent.case.outcomes or sent.case.seconds), (name, kept)
        for path in (f"/cases/{sent.id}/review", f"/api/v1/cases/{sent.id}/analyses/{analysis['id']}/result"):
            assert desk.ask(sent.language, "GET", path).status_code == 200, (name, path)
        return
    reason = analysis["reason"]
    assert reason["message"] in unescape(page.text), (name, reason)
    assert is_told(reason["message"], sent.language), (name, reason)
    assert reason["code"] != "expertise.analysis_gave_up", (name, desk.live.said()[-3000:])
    if kept["status"] == "failed":
        assert reason["file"] == name and kept["reason"]["code"] == reason["code"], (name, kept)
        assert reason["code"] in sent.case.outcomes or sent.case.seconds, (name, reason)


def go_through(live: Live, office: Office, cases: Sequence[Case]) -> None:
    desk = Desk(live, office)
    every = [Sent(case, LANGUAGES[n % 2], case.bytes()) for n, case in enumerate(cases)]
    for sent in every:
        desk.send(sent)
    until = time.monotonic() + SECONDS_EACH * len(every)
    wrong = []
    for sent in every:
        try:
            check(desk, sent, until)
        except (AssertionError, KeyError, ValueError) as error:
            wrong.append(f"{sent.case.name}: {str(error)[:600]}")
        sent.data = b""
    assert not wrong, "\n".join(wrong) + live.said()[-3000:]
    assert live.process.poll() is None
    assert "the worker ended" not in live.said()


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Iterator[tuple[Live, Office]]:
    """The living service, and its office for what comes before."""
    folder = tmp_path / "data"
    office = Office(database, Blobs(folder / "files"), {})
    settings = {"SARAPTAMA_PARSE_SECONDS": "60", "SARAPTAMA_OCR_TOTAL_SECONDS": "40", "SARAPTAMA_OCR_SECONDS": "20"}
    with serving(database.url.render_as_string(hide_password=False), folder, settings) as live:
        yield live, office


def test_a_sample(here: tuple[Live, Office]) -> None:
    go_through(*here, Random(SEED or 20261130).sample(QUICK, SAMPLE))


@pytest.mark.slow
def test_all_of_them(here: tuple[Live, Office]) -> None:
    go_through(*here, CASES)
