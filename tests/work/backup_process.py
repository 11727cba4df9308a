"""Backing up or restoring as a process of its own, for tests that kill it.

python -m tests.work.backup_process back_up|restore URL FOLDER BACKUP
"""

from __future__ import annotations

import sys
from pathlib import Path

from expertise.backup.making import back_up
from expertise.backup.restoring import restore
from expertise.office import Office
from expertise.people import OPERATOR
from expertise.store.blobs import Blobs
from expertise.store.database import Database


def main() -> None:
    what, url, folder, path = sys.argv[1:]
    office = Office(Database(url), Blobs(Path(folder)), {})
    print("ready", flush=True)
    {"back_up": back_up, "restore": restore}[what](office, OPERATOR, Path(path))


if __name__ == "__main__":
    main()
