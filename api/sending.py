"""Files as attachments: as they came, or made here under a name of ours."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    "docx": _WORD, "pdf": "application/pdf", "svg": "image/svg+xml", "json": "application/json",
    "sarif": "application/sarif+json",
}  # fmt: skip


def as_sent(name: str, content: bytes) -> Response:
    """The bytes of a file somebody sent, under the name it had."""
    named = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"content-disposition": named})


def as_file(name: str, content: bytes, called: str = "") -> Response:
    """A file made here; ``name`` is one of ours, of letters, points and hyphens. ``called``: the name it is saved under
    by whatever reads RFC 5987, as all browsers do."""
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    named = f'attachment; filename="{name}"' + (f"; filename*=UTF-8''{quote(called, safe='')}" if called else "")
    return Response(content, media_type=kind, headers={"content-disposition": named})
