"""Raw bodies: taken as they stream, so many at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anyio import from_thread
from starlette.requests import Request

from api.problems import ApiError
from api.service import desk_of

RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How the description of the interface tells of such a body."""

RAW_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}
"""How it tells of a file that is given back."""


@contextmanager
def receiving(request: Request) -> Iterator[Iterator[bytes]]:
    """The body piece by piece, for a route that runs in a thread; raises ``ApiError`` when too many are at it."""
    room = desk_of(request).upload_room
    if not room.acquire(blocking=False):
        raise ApiError(503, "api.uploads_busy")
    try:
        yield _pieces(request)
    finally:
        room.release()


def _pieces(request: Request) -> Iterator[bytes]:
    stream = request.stream()

    async def following() -> bytes | None:
        return await anext(stream, None)

    while (piece := from_thread.run(following)) is not None:
        yield piece
