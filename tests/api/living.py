"""The service as people meet it: answering on a port, with somebody who examines."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import docx
import uvicorn
from fastapi import FastAPI

from api.accounts.passwords import Passwords
from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.work.pack_changes import CurrentExaminer
from expertise.work.queueing import waiting
from expertise.work.running import run_job
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.reading.pdf.printing import pieces_of, print_pdf

RUSSIAN = (
    "Об утверждении Правил выдачи разрешений",
    "ПРИКАЗЫВАЮ:",
    "1. Утвердить прилагаемые Правила выдачи разрешений.",
    "Правила выдачи разрешений",
    "1. Уполномоченный орган вправе приостановить действие разрешения.",
    "2. Заявитель представляет заявление, копию устава и иные документы.",
    "3. Решение принимается в разумный срок.",
    "Решение направляется лицу и может быть обжаловано в суд.",
)
KAZAKH = (
    "Рұқсат беру қағидаларын бекіту туралы",
    "БҰЙЫРАМЫН:",
    "1. Қоса беріліп отырған Рұқсат беру қағидалары бекітілсін.",
    "Рұқсат беру қағидалары",
    "1. Уәкілетті орган рұқсаттың қолданысын тоқтата тұруға құқылы.",
    "2. Өтініш беруші өтінішті, жарғының көшірмесін және өзге де құжаттарды ұсынады.",
    "3. Шешім ақылға қонымды мерзімде қабылданады.",
    "Шешім тұлғаға жіберіледі және оған сотқа шағым жасалуы мүмкін.",
)


def word_file(lines: tuple[str, ...] = RUSSIAN) -> bytes:
    """A draft as a Word file."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(lines: tuple[str, ...] = KAZAKH) -> bytes:
    """A draft as a PDF."""
    return print_pdf(pieces_of(lines))


@contextmanager
def answering(app: FastAPI) -> Iterator[str]:
    """The address of an application that answers on loopback."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


@contextmanager
def living(office: Office, examiner: Examiner, passwords: Passwords) -> Iterator[str]:
    """The address of the service; analyses are done beside it as they are asked for."""
    app = create_service(office, examiner.pack, Reach(plain_http=True), passwords=passwords)
    stopping, current = threading.Event(), CurrentExaminer(office, examiner)

    def examine() -> None:
        while not stopping.wait(0.05):
            for analysis, _ in waiting(office):
                run_job(office, current, Limits(), analysis, "test")

    thread = threading.Thread(target=examine, daemon=True)
    thread.start()
    try:
        with answering(app) as address:
            yield address
    finally:
        stopping.set()
        thread.join(30)
