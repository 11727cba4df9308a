"""The service as a process of its own, for tests that kill it: ``python -m tests.api.web_process URL FOLDER``.

Prints the port it answers on.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn

from api.app import create_app
from api.service import Reach
from expertise.office import Office, Settings
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from tests.api.conftest import CHEAP


def main() -> None:
    url, folder = sys.argv[1:3]
    office = Office(Database(url), Blobs(Path(folder)), {}, Settings(upload_bytes=50_000_000))
    app = create_app(office, Reach(plain_http=True), passwords=CHEAP)
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    main()
