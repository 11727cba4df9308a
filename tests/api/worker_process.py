"""A worker as a process of its own, for tests that kill it: ``python -m tests.api.worker_process URL FOLDER NAME``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from api.jobs.worker import Worker
from expertise.office import Office, Settings
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner


def main() -> None:
    url, folder, name = sys.argv[1:4]
    pack = load_pack(kz_pack())
    factors = {factor.id: factor.name for factor in pack.all_factors.values()}
    settings = Settings(worker_lost_seconds=5, analysis_tries=50)
    office = Office(Database(url), Blobs(Path(folder)), factors, settings, pack=pack)
    worker = Worker(office, Examiner(pack), Limits(), name)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    print("ready", flush=True)
    worker.work()


if __name__ == "__main__":
    main()
