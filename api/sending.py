"""Files as they came, to be saved by whoever asks and never shown by a browser."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response


def as_sent(name: str, content: bytes) -> Response:
    """The bytes of a file somebody sent, under the name it had."""
    named = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"content-disposition": named})
