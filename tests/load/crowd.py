"""A crowd: a thousand readers, each on a connection of their own, all asking at the same moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import httpx

from tests.load.reviewers import Seen
from tests.load.scene import PASSWORD, Reviewer

KINDS = {"list of cases": "/cases", "case": "/cases/{case}", "review": "/cases/{case}/review"}
_PATIENCE = 300  # seconds


async def crowd(url: str, readers: Sequence[Reviewer], size: int) -> Seen:
    """``size`` readers that share the sessions of ``readers``: all are connected before the first one asks."""
    cookies = [await _signed_in(url, reader) for reader in readers]
    seen, gate = Seen(), asyncio.Event()
    ready = asyncio.Semaphore(0)
    tasks = []
    for number in range(size):
        reader, cookie = readers[number % len(readers)], cookies[number % len(readers)]
        kind = list(KINDS)[number % len(KINDS)]
        path = KINDS[kind].format(case=reader.case)
        tasks.append(asyncio.create_task(_read(url, kind, path, cookie, seen, ready, gate)))
    for _ in range(size):
        await ready.acquire()
    gate.set()
    await asyncio.gather(*tasks)
    return seen


async def _signed_in(url: str, reader: Reviewer) -> str:
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        await client.post("/sign-in", data={"login": reader.login, "password": PASSWORD})
        return str(client.cookies["saraptama"])


async def _read(
    url: str, kind: str, path: str, cookie: str, seen: Seen, ready: asyncio.Semaphore, gate: asyncio.Event
) -> None:
    address = httpx.URL(url)
    try:
        reading, writing = await asyncio.open_connection(address.host, address.port)
    except OSError as error:
        ready.release()
        seen.errors[f"{kind}: {type(error).__name__}"] += 1
        return
    ready.release()
    await gate.wait()
    begin = time.perf_counter()
    head = f"GET {path} HTTP/1.1\r\nHost: here\r\nCookie: saraptama={cookie}\r\nConnection: close\r\n\r\n"
    try:
        writing.write(head.encode())
        await writing.drain()
        answer = await asyncio.wait_for(reading.read(-1), _PATIENCE)
    except (OSError, TimeoutError) as error:
        seen.errors[f"{kind}: {type(error).__name__}"] += 1
        return
    finally:
        writing.close()
    seen.seconds[kind].append(time.perf_counter() - begin)
    if not answer.startswith(b"HTTP/1.1 200 ") or not answer.rstrip().endswith(b"</html>"):
        seen.errors[f"{kind}: {answer[:15]!r}"] += 1
