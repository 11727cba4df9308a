"""What every wish that a worker fulfils has in its table: how it stands, who has it in hand, how often it was tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import new_id

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


class JobColumns:
    """Columns of a wish; ``status`` is one of the four above, ``reason`` (code, params, file) says why it failed."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    status: Mapped[str] = mapped_column(String(20), index=True, default=WAITING)
    reason: Mapped[dict[str, Any] | None]
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)  # of a thousand
    worker: Mapped[str] = mapped_column(String(100), default="")  # who has it in hand
