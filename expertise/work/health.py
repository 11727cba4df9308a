"""How the service is: what must hold before it can work, and how much work waits."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from expertise.office import Office
from expertise.store.schema import SchemaError, require_current
from expertise.store.service_tables import Delivery
from expertise.work.jobs import KINDS
from expertise.work.queueing import workers


def readiness(office: Office) -> Mapping[str, bool]:
    """What must hold, and whether it does: database, its schema, the folder of files, a worker seen lately."""
    answers, current = _database(office)
    seen = current and bool(workers(office))
    return {"database": answers, "schema": current, "files": _files(office), "worker": seen}


def waiting_work(office: Office) -> Mapping[str, Mapping[str, int]]:
    """Wishes of the queue (analyses, own checks, previews of the pack) and deliveries by status."""
    wishes: Counter[str] = Counter()
    with office.database.reading() as session:
        for kind in KINDS:
            for status, count in session.execute(select(kind.status, func.count()).group_by(kind.status)):
                wishes[status] += count
        deliveries = session.execute(select(Delivery.status, func.count()).group_by(Delivery.status)).all()
    return {
        "analyses": dict(wishes),
        "deliveries": {str(status): int(count) for status, count in deliveries},
    }


def _database(office: Office) -> tuple[bool, bool]:
    try:
        require_current(office.database)
    except SchemaError:
        return True, False
    except (SQLAlchemyError, OSError):
        return False, False
    return True, True


def _files(office: Office) -> bool:
    """Whether a file can be written where files are kept."""
    try:
        office.files.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=office.files.folder, prefix=".coming-")
        os.close(handle)
        os.unlink(name)  # noqa: PTH108
    except OSError:
        return False
    return True
