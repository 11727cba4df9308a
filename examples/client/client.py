"""A client of the REST interface with nothing but the standard library: one draft from upload to findings.

SARAPTAMA_TOKEN=srp_… python client.py https://saraptama.example draft.docx --title "Правила …"

The program may be run again after any failure: its requests carry keys made of the draft itself, so nothing is
registered, uploaded or examined twice.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

AGAIN = frozenset({429, 502, 503, 504})  # the service asks to come back later
MOST_BYTES = 200_000_000  # of an answer


class ServiceError(Exception):
    """The service refused: ``message`` is for people, ``code`` for programs, ``request_id`` for its administrator."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        self.status = status
        self.code = str(error.get("code", ""))
        self.message = str(error.get("message", ""))
        self.request_id = str(error.get("request_id", ""))
        super().__init__(f"{status} {self.code}: {self.message}")


class AnalysisError(Exception):
    """The draft could not be examined, or not in time."""


@dataclass
class Client:
    """One account of one service. ``pause`` is called between tries; tests give another one."""

    address: str
    token: str
    language: str = "ru"
    tries: int = 5
    timeout: float = 60.0
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    def examine(self, draft: Path, title: str, longest: float = 900.0) -> dict[str, Any]:
        """The examination of a draft by its JSON Schema. Raises ``ServiceError``, ``AnalysisError``, ``OSError``."""
        content = draft.read_bytes()
        key = hashlib.sha256(title.encode() + b"\0" + draft.name.encode() + b"\0" + content).hexdigest()[:32]
        case = self.register(title, f"{key}-case")
        self.upload(case, draft.name, content, f"{key}-file")
        analysis = self.analyse(case, f"{key}-analysis")
        self.wait(case, analysis, longest)
        return self.result(case, analysis)

    def register(self, title: str, key: str) -> str:
        """A new case; the same key gives the same one. Its id."""
        return str(self.ask("POST", "/cases", {"title": title}, key=key)["id"])

    def upload(self, case: str, name: str, content: bytes, key: str) -> str:
        """A text of the draft. Id of the file."""
        query = urllib.parse.urlencode({"kind": "text", "name": name})
        return str(self.ask("POST", f"/cases/{case}/files?{query}", content, key=key)["id"])

    def analyse(self, case: str, key: str) -> str:
        """Ask for an analysis of the files. Its id."""
        return str(self.ask("POST", f"/cases/{case}/analyses", {}, key=key)["id"])

    def wait(self, case: str, analysis: str, longest: float) -> None:
        """Until it is done; asks less and less often."""
        until, seconds = time.monotonic() + longest, 0.5
        while True:
            told = self.ask("GET", f"/cases/{case}/analyses/{analysis}")
            if told["status"] == "done":
                return
            if told["status"] == "failed":
                raise AnalysisError(str((told["reason"] or {}).get("message", "")))
            if time.monotonic() > until:
                raise AnalysisError(f"not done within {longest:.0f} s: {told['status']}, {told['done'] / 10} %")
            self.pause(seconds)
            seconds = min(seconds * 1.5, 10.0)

    def result(self, case: str, analysis: str) -> dict[str, Any]:
        """The examination."""
        made = self.ask("GET", f"/cases/{case}/analyses/{analysis}/result")
        return dict(made)

    def ask(self, method: str, path: str, body: dict[str, Any] | bytes | None = None, key: str = "") -> Any:
        """One request, repeated while the service is away or busy; without a key only what changes nothing is."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language}
        if body is not None:
            headers["Content-Type"] = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        if key:
            headers["Idempotency-Key"] = key
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/v1{path}", data, headers, method=method)
        repeatable = bool(key) or method == "GET"
        for left in range(self.tries - 1, -1, -1):
            try:
                return self._answer(request)
            except urllib.error.HTTPError as refused:
                if refused.code not in AGAIN or not (left and repeatable):
                    raise _told(refused) from None
                self.pause(_seconds(refused.headers.get("Retry-After", ""), self.tries - left))
            except (OSError, http.client.HTTPException):
                if not (left and repeatable):
                    raise
                self.pause(float(self.tries - left))
        raise AssertionError("unreachable")

    def _answer(self, request: urllib.request.Request) -> Any:
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:
            content = answer.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ServiceError(answer.status, {"message": "the answer is too long"})
        return json.loads(content) if content else None


def _told(refused: urllib.error.HTTPError) -> ServiceError:
    try:
        return ServiceError(refused.code, json.loads(refused.read(MOST_BYTES))["error"])
    except (ValueError, KeyError, TypeError):  # a proxy that speaks HTML
        return ServiceError(refused.code, {"message": str(refused.reason)})


def _seconds(said: str, tried: int) -> float:
    """How long to stay away: what the service said, at most a minute."""
    return min(float(said), 60.0) if said.isdigit() else float(2**tried)


def main(arguments: list[str] | None = None) -> int:
    """Print the findings of one draft, or what went wrong."""
    parser = argparse.ArgumentParser(description="Examine one draft with a Saraptama service.")
    parser.add_argument("address", help="https://saraptama.example")
    parser.add_argument("draft", type=Path)
    parser.add_argument("--title", required=True)
    parser.add_argument("--language", choices=("ru", "kk"), default="ru")
    given = parser.parse_args(arguments)
    client = Client(given.address.rstrip("/"), os.environ.get("SARAPTAMA_TOKEN", ""), given.language)
    try:
        examination = client.examine(given.draft, given.title)
    except (ServiceError, AnalysisError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for text in examination["texts"]:
        for finding in text["findings"]:
            mark = finding["marks"][0]
            print(f"{finding['kind']}  {finding['factor']}  {mark['citation']}: «{mark['quote']}»")
    return 0


if __name__ == "__main__":
    sys.exit(main())
