"""Types that all requests and answers share: strict, bounded, without unknown fields."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

HEX_ID = "^[0-9a-f]{32}$"


class Asked(BaseModel):
    """Body of a request: what it does not know it refuses, and «1» is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Told(BaseModel):
    """Part of an answer: names its fields one by one, so that no column leaks by being there."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


def without_nul(words: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    if "\x00" in words:
        raise ValueError("NUL")
    return words


plain_text = AfterValidator(without_nul)
Words = Annotated[str, StringConstraints(max_length=2_000), plain_text]
Line = Annotated[str, StringConstraints(max_length=500), plain_text]
Long = Annotated[str, StringConstraints(max_length=100_000), plain_text]
Id = Annotated[str, StringConstraints(pattern=HEX_ID)]
Language = Annotated[str, StringConstraints(pattern="^(ru|kk)$")]
Password = Annotated[str, StringConstraints(max_length=500)]

Search = Annotated[str, Query(max_length=200), plain_text]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=200)]
Moment = AwareDatetime


class Page(Told):
    """Part of a list: ``total`` is the length of the whole list."""

    total: Annotated[int, Field(ge=0)]
    offset: Annotated[int, Field(ge=0)]
