"""Keep a schema at its release: ``python -m tests.store.released.keep`` writes the rows of the newest one.

Run once, when a version with a new migration is released; what is kept is never made anew.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from expertise.office import Office, Settings
from expertise.store import dump
from expertise.store.base import Base
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from expertise.store.references import named_files
from expertise.store.schema import newest, upgrade
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from tests.store.released.kept import HERE, ddl_hash, migration_hash, pack
from tests.store.released.scene import fill
from tests.work.conftest import Clock

LEFT_OUT = (".docx", ".pdf")  # documents of conclusions and certificates: large, and made from JSON that is kept


def keep(folder: Path) -> None:
    """Fill a service, write its rows and files into ``folder``, and say what was written."""
    examiner, clock = Examiner(load_pack(kz_pack())), Clock()
    with tempfile.TemporaryDirectory() as place:
        office = Office(
            Database(f"sqlite:///{place}/saraptama.db"), Blobs(Path(place) / "files"),
            {factor.id: factor.name for factor in examiner.pack.all_factors.values()}, Settings(), clock,
            pack=examiner.pack,
        )  # fmt: skip
        upgrade(office.database)
        fill(office, examiner, clock)
        rows, files = _rows(office), _files(office)
        told = {
            "ddl": ddl_hash(office.database), "migration": migration_hash(newest()), "moment": clock().isoformat(),
            "rows": {name: len(lines) for name, lines in rows.items()}, "files": sorted(files),
        }  # fmt: skip
        office.database.dispose()
    folder.mkdir()
    (folder / "about.json").write_text(json.dumps(told, indent=1) + "\n")
    pack(folder / "rows.json.xz", {name: [json.loads(line) for line in lines] for name, lines in rows.items()})
    pack(folder / "files.json.xz", {name: data.decode() for name, data in sorted(files.items())})
    empty = [name for name, lines in rows.items() if not lines]
    print(f"{folder}: {told['rows']}; without rows: {empty}")
    print({path.name: path.stat().st_size for path in folder.iterdir()})


def _rows(office: Office) -> dict[str, list[bytes]]:
    with office.database.snapshot() as connection:
        return {table.name: list(dump.rows(connection, table)) for table in Base.metadata.sorted_tables}


def _files(office: Office) -> dict[str, bytes]:
    with office.database.reading() as session:
        names = set(named_files(session))
    found = {name: office.files.get(name) for name in names}
    return {name: data for name, data in found.items() if not data.startswith((b"PK", b"%PDF"))}


if __name__ == "__main__":
    keep(HERE / newest())
