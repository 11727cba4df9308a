"""People at their desks: each signs in, opens the case and goes on reviewing, with time to think between."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random

import httpx

from tests.load.scene import PASSWORD, Reviewer

THINKING = (1.0, 3.0)  # seconds
_KEY = re.compile(r'name="form_key" value="([^"]+)"')
_FINDING = re.compile(r'data-finding="([^"]+)" data-verdict="([^"]*)"')
_ROUND = 8  # steps of reviewing before the person looks at the list of cases again


@dataclass
class Seen:
    """What came of the walks: seconds by kind of page, errors in words."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)


class Walk:
    """One person's browser. ``scripted``: a decision is a request of the page's script, else a form and a new page."""

    def __init__(self, url: str, reviewer: Reviewer, seen: Seen, random: Random, scripted: bool) -> None:
        self.client = httpx.AsyncClient(base_url=url, timeout=60, headers={"accept-language": "ru"})
        self.reviewer, self.seen, self.random, self.scripted = reviewer, seen, random, scripted
        self.form_key = ""
        self.open: list[str] = []

    async def sign_in(self) -> None:
        """As every morning."""
        form = {"login": self.reviewer.login, "password": PASSWORD, "next": "/cases"}
        await self._ask("sign in", "POST", "/sign-in", form)

    async def until(self, end: float) -> None:
        """Review until the clock says so."""
        await asyncio.sleep(self.random.uniform(0, THINKING[1]))
        while time.monotonic() < end:
            await self._round(end)
        await self.client.aclose()

    async def _round(self, end: float) -> None:
        case = f"/cases/{self.reviewer.case}"
        for kind, path in (("list of cases", "/cases"), ("case", case)):
            await self._ask(kind, "GET", path)
            await self._think()
        await self._look()
        for step in range(_ROUND):
            await self._think()
            if time.monotonic() >= end:
                return
            if not self.open:
                await self._look()
                continue
            finding = self.open.pop(0)
            await self._decide(finding, "dismissed" if step % 4 == 3 else "confirmed")
            if step % 4 == 1:
                await self._think()
                await self._post("undo", f"/findings/{finding}/undo", {})
                self.open.append(finding)

    async def _look(self) -> None:
        html = await self._ask("review", "GET", f"/cases/{self.reviewer.case}/review")
        key = _KEY.search(html)
        self.form_key = key.group(1) if key else self.form_key
        self.open = [name for name, verdict in _FINDING.findall(html) if not verdict]
        if not _FINDING.search(html):
            self.seen.errors["a review without findings"] += 1
        if not self.open:  # all is decided: change one's mind about some
            self.open = [name for name, _ in _FINDING.findall(html)][:_ROUND]

    async def _decide(self, finding: str, verdict: str) -> None:
        reason = {"reason": "Норма повторяет закон, усмотрения нет."} if verdict == "dismissed" else {}
        await self._post("decision", f"/findings/{finding}", {"verdict": verdict} | reason)

    async def _post(self, kind: str, path: str, form: dict[str, str]) -> None:
        sent = form | {"form_key": self.form_key, "seat": "first"}
        path = f"/cases/{self.reviewer.case}{path}"
        if self.scripted:
            await self._ask(kind, "POST", path, sent, {"x-fragment": "1"})
            return
        begin = time.perf_counter()
        await self._ask(f"{kind} by form", "POST", path, sent)
        html = await self._ask("review", "GET", f"/cases/{self.reviewer.case}/review")
        self.seen.seconds[f"{kind} by form and the page after it"].append(time.perf_counter() - begin)
        key = _KEY.search(html)
        self.form_key = key.group(1) if key else self.form_key

    async def _ask(
        self, kind: str, method: str, path: str, form: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> str:  # fmt: skip
        begin = time.perf_counter()
        try:
            answer = await self.client.request(method, path, data=form, headers=headers)
        except httpx.HTTPError as error:
            self.seen.errors[f"{kind}: {type(error).__name__}"] += 1
            return ""
        self.seen.seconds[kind].append(time.perf_counter() - begin)
        if answer.status_code >= 400 or "/sign-in" in answer.headers.get("location", ""):
            self.seen.errors[f"{kind}: {answer.status_code}"] += 1
        return answer.text

    async def _think(self) -> None:
        await asyncio.sleep(self.random.uniform(*THINKING))


async def review(url: str, reviewers: list[Reviewer], seconds: float, seed: int) -> Seen:
    """All of them at once for so long; every fourth has no scripts."""
    seen = Seen()
    walks = [Walk(url, each, seen, Random(f"{seed}:{n}"), n % 4 != 3) for n, each in enumerate(reviewers)]
    for walk in walks:  # before the clock runs: twenty sign-ins in a second are no morning anybody has
        await walk.sign_in()
    end = time.monotonic() + seconds
    await asyncio.gather(*(walk.until(end) for walk in walks))
    return seen
