"""make load: 20 people review while a worker examines at ``nice 10``; then 1,000 read at once. SQLite and PostgreSQL.

    python -m tests.load [--seconds 120] [--reviewers 20] [--readers 1000] [--database sqlite|postgresql] [--seed 1]

Writes Markdown to standard output, as it stands in docs/operations.md. Exits with 1 when anything went wrong or a page
of a reviewer took longer than the bound at the 95th percentile. Service and worker are processes of their own; the
generator's share of a processor is told, because on the same machine it takes from theirs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psutil
from sqlalchemy import func, select

from expertise.office import Office, Settings
from expertise.store.blobs import Blobs
from expertise.store.case_tables import Analysis
from expertise.store.database import Database
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from tests.api.live import serving
from tests.databases import Server, postgres, postgres_programs, sqlite
from tests.load.crowd import crowd
from tests.load.reviewers import Seen, review
from tests.load.scene import PAGES, Remembering, queue, seed

BOUND_MS = 300
_PAGES_OF_REVIEW = ("list of cases", "case", "review", "decision", "undo", "decision by form", "undo by form")


def main() -> int:
    """One database after another; 0 when nothing went wrong."""
    options = _options()
    _allow_files(options.readers + 500)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; drafts of "
          f"{PAGES} pages, {options.reviewers} reviewers with 1-3 s of thinking, {options.seconds} s, seed "
          f"{options.seed}.\n")  # fmt: skip
    kinds = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    return max(_on(kind, options) for kind in kinds)


def _on(kind: str, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="saraptama-load-") as name, _database(kind, Path(name)) as database:
        pack = load_pack(kz_pack())
        factors = {factor.id: factor.name for factor in pack.all_factors.values()}
        data = Path(name) / "data"
        office = Office(database, Blobs(data / "files"), factors, Settings())
        reviewers = list(seed(office, Remembering(pack), options.reviewers))
        queue(office, options.queue, Random(options.seed))
        done = _done(office)
        url = database.url.render_as_string(hide_password=False)
        with serving(url, data, {"SARAPTAMA_SIGN_IN_ADDRESS_TRIES": "1000"}, worker=False, nice=10) as live:
            server = psutil.Process(live.process.pid)
            before, own, begin = server.cpu_times(), time.process_time(), time.monotonic()
            walked = asyncio.run(review(live.url, reviewers, options.seconds, options.seed))
            spent = time.monotonic() - begin
            after, examined = server.cpu_times(), _done(office) - done
            share = (time.process_time() - own) / spent
            of_server = (after.user + after.system - before.user - before.system) / spent
            resident = server.memory_info().rss
            read = asyncio.run(crowd(live.url, reviewers, options.readers))
            most = server.memory_info().rss
            faults = live.said().count("ERROR")
    print(f"### {'SQLite' if kind == 'sqlite' else 'PostgreSQL'}\n")
    _table("page", walked)
    print(f"\nProcessor: service {of_server:.0%}, generator {share:.0%} of one; the worker at `nice 10` ended "
          f"{examined} analyses, {options.queue - examined} still waited. Memory of the service: "
          f"{resident / 2**20:.0f} MiB. "
          f"Errors: {_errors(walked)}.\n")  # fmt: skip
    _table(f"{options.readers} at once", read)
    print(f"\nErrors: {_errors(read)}. Memory of the service after it: {most / 2**20:.0f} MiB. Lines of faults in its "
          f"log: {faults}.\n")  # fmt: skip
    return int(bool(walked.errors or read.errors or faults) or _too_slow(walked))


def _too_slow(seen: Seen) -> bool:
    times = sorted(value for kind in _PAGES_OF_REVIEW for value in seen.seconds.get(kind, ()))
    p95 = _at(times, 0.95) * 1000
    print(f"All pages of reviewing: p95 {p95:.0f} ms (bound {BOUND_MS} ms).\n")
    return p95 > BOUND_MS


def _table(title: str, seen: Seen) -> None:
    print(f"| {title} | requests | p50, ms | p95, ms | most, ms |\n|---|---|---|---|---|")
    for kind, values in sorted(seen.seconds.items()):
        times = sorted(values)
        figures = " | ".join(f"{_at(times, share) * 1000:.0f}" for share in (0.5, 0.95, 1.0))
        print(f"| {kind} | {len(times)} | {figures} |")


def _at(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0


def _errors(seen: Seen) -> str:
    return ", ".join(f"{words} × {count}" for words, count in seen.errors.most_common(10)) or "none"


def _done(office: Office) -> int:
    with office.database.reading() as session:
        ended = select(func.count()).select_from(Analysis).where(Analysis.status.in_(["done", "failed"]))
        return session.scalar(ended) or 0


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[Database]:
    if kind == "sqlite":
        yield from sqlite(folder)
        return
    programs = postgres_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed")
    server = Server(programs)
    try:
        yield from postgres(server)
    finally:
        server.stop()


def _allow_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="the service under load")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--reviewers", type=int, default=20)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--queue", type=int, default=60)
    parser.add_argument("--database", choices=["both", "sqlite", "postgresql"], default="both")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
