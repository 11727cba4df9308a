"""The header that makes a request one that is done once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=100,
        pattern="^[!-~]*$",
        description="The same key with the same request gets the same answer; with another request 409.",
    ),
]
