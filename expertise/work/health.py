"""How the service is: what must hold before it can work, and how much work waits."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from expertise.office import Office
from expertise.store.case_tables import Analysis
from expertise.store.schema import SchemaError, require_current
from expertise.store.service_tables import Delivery
from expertise.work.queueing import workers


def readiness(office: Office) -> Mapping[str, bool]:
    """What must hold, and whether it does: database, its schema, the folder of files, a worker seen lately."""
    answers, current = _database(office)
    seen = current and bool(workers(office))
    return {"database": answers, "schema": current, "files": _files(office), "worker": seen}


def waiting_work(office: Office) -> Mapping[str, Mapping[str, int]]:
    """Analyses and deliveries by status."""
    with office.database.reading() as session:
        analyses = session.execute(select(Analysis.status, func.count()).group_by(Analysis.status)).all()
        deliveries = session.execute(select(Delivery.status, func.count()).group_by(Delivery.status)).all()
    return {
        "analyses": {str(status): int(count) for status, count in analyses},
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
