"""The examining process: loads the pack once, then files of a draft in, the canonical result out, until the pipe ends.

Run by ``seat``. It holds no state between drafts. Files are parsed in a child of its own (``nlp.reading.isolation``).
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from expertise.batch import wire
from expertise.batch.program import program
from expertise.batch.settings import Setup, failure, setup_from
from expertise.batch.units import units_of
from nlp.dossier import dossier_of
from nlp.errors import SaraptamaError
from nlp.examination import Examination, Versions
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import close, read_bytes
from nlp.result import to_dict, to_json

Load = Callable[[Setup], tuple[Examiner, Versions]]
_LOOKS = 2  # seconds between two looks for the parent


def serve(load: Load) -> None:
    """Answer until the pipe closes.

    ``load`` makes the examiner of a setup on this machine and says what its results depend on.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints can spoil the answers
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    first = wire.receive(sys.stdin.buffer)
    if first is None:
        return
    setup = setup_from(first[0])
    _bound_memory(setup.settings.batch_memory_bytes)
    try:
        examiner, versions = load(setup)
        wire.send(answers, _greeting(versions))
    except SaraptamaError as error:
        wire.send(answers, {"kind": type(error).__name__, **failure(error)})
        return
    while (asked := wire.receive(sys.stdin.buffer)) is not None:
        header, blobs = asked
        wire.send(answers, *_answer(examiner, setup, list(zip(header["names"], blobs, strict=True))))
    close()


def _greeting(versions: Versions) -> dict[str, Any]:
    content = to_dict(Examination(versions, ()))["versions"]
    return {"code": "", "program": program(), "versions": content}


def _answer(
    examiner: Examiner, setup: Setup, files: Sequence[tuple[str, bytes]]
) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    try:
        examination = _examine(examiner, setup, files)
        blobs = (to_json(examination).encode(), _packed(units_of(examination)))
    except _FileFailedError as failed:
        return failure(failed.error, failed.file if len(files) > 1 else ""), ()
    except SaraptamaError as error:
        return failure(error), ()
    except MemoryError:
        return {"code": "batch.memory", "params": {"limit": setup.settings.batch_memory_bytes // 2**20}}, ()
    except Exception as error:  # a fault of ours costs this draft, not the batch
        return {"code": "batch.fault", "params": {"kind": type(error).__name__}}, ()
    return {"code": "", "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}, blobs


class _FileFailedError(Exception):
    def __init__(self, file: str, error: SaraptamaError) -> None:
        super().__init__(file)
        self.file, self.error = file, error


def _examine(examiner: Examiner, setup: Setup, files: Sequence[tuple[str, bytes]]) -> Examination:
    sources = []
    for name, data in files:
        try:
            sources.append(read_bytes(data, name, setup.limits))
        except SaraptamaError as error:
            raise _FileFailedError(name, error) from error
    return examiner.examine(dossier_of(sources), Options(force=setup.force))


def _packed(content: object) -> bytes:
    words = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(words, compresslevel=6, mtime=0)


def _bound_memory(size: int) -> None:
    """The soft bound only: programs that this process starts have limits of their own."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _end_with(parent: int) -> None:
    """End when whoever started this process is gone, even in the midst of a draft."""
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)
