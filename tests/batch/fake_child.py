"""An examining process that reads no file: what a draft holds says how it behaves. Started as a script by ``seat``.

The first word: ``ok …`` – a result with one finding for each further word; ``fail`` – a reading error; ``memory``;
``die`` – ends at once; ``die-once`` – only the first time; ``hang`` – never answers; ``gate`` – answers when the file
``gate`` is there; ``junk`` – says what is no message. Every draft begun is noted in the file ``begun``.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from pathlib import Path

from expertise.batch import wire

FOLDER = Path(os.environ["FAKE_CHILD_FOLDER"])


def finding(word: str, at: int) -> dict[str, object]:
    factor, _, quote = word.partition(":")
    mark = {"address": f"art_{at}", "citation": f"статья {at}", "start": at, "end": at + 1, "quote": quote or word}
    return {
        "id": f"{factor}-{quote}", "factor": factor, "kind": "remark", "strength": 2, "confidence": 0.5,
        "severity": "low", "probability": 1, "impact": 1, "marks": [mark], "also_at": [], "explanation": "e",
        "risk": "r", "recommendation": None, "evidence": [{"detector": "d"}], "counterpart": "",
    }  # fmt: skip


def result(words: list[str], version: str) -> tuple[bytes, bytes]:
    found = [finding(word, at) for at, word in enumerate(words, 1)]
    counts = {
        "provisions_total": 3, "provisions_judged": 2, "findings": len(found), "remarks": len(found), "attention": 0,
        "by_severity": {"low": len(found), "medium": 0, "high": 0}, "by_factor": {},
    }  # fmt: skip
    requisites = dict.fromkeys(
        ("form", "title", "issuer", "number", "date", "approved_form", "approved_title", "restricted"), ""
    )
    text = {
        "language": "ru", "act_language": "ru", "requisites": {**requisites, "title": version}, "findings": found,
        "questions": [], "notices": [{"code": "reading.note"}], "counts": counts,
    }  # fmt: skip
    units = [["", "act", "", "", -1, list(range(1, len(words) + 1))]]
    units += [[f"art_{at}", "article", str(at), f"слова {word} нормы", 0, []] for at, word in enumerate(words, 1)]
    kept = {"version": 1, "texts": [{"language": "ru", "sha256": "", "units": units}]}
    whole = {"notices": [], "counts": counts, "texts": [text]}
    return json.dumps(whole, ensure_ascii=False).encode(), gzip.compress(json.dumps(kept).encode(), mtime=0)


def noted(name: str) -> None:
    line = f"{name} {os.getpid()} {os.getppid()}\n".encode()
    handle = os.open(FOLDER / "begun", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, line)
    os.close(handle)


def main() -> None:
    out = os.fdopen(os.dup(1), "wb")
    setup = wire.receive(sys.stdin.buffer)
    assert setup is not None
    if setup[0]["pack"] == "none":
        wire.send(out, {"kind": "PackError", "code": "pack.unknown", "params": {"pack": "none"}})
        return
    if setup[0]["pack"] == "slow":
        (FOLDER / f"starting-{os.getpid()}").touch()
        time.sleep(600)
    version = os.environ.get("FAKE_CHILD_VERSION", "1")
    pack = {"id": "kz", "version": version, "sha256": version}
    wire.send(out, {"code": "", "program": "p", "versions": {"pack": pack, "libraries": [], "registers": []}})
    while (asked := wire.receive(sys.stdin.buffer)) is not None:
        header, blobs = asked
        noted(header["names"][0])
        how, *words = blobs[0].decode().split()
        if how == "die" or (how == "die-once" and _first(header["names"][0])):
            os.kill(os.getpid(), 9)
        while how == "hang" or (how == "gate" and not (FOLDER / "gate").exists()):
            time.sleep(0.01)
        if how == "junk":
            out.write(b"\xff" * 64)
            out.flush()
        elif how == "fail":
            wire.send(out, {"code": "reading.empty", "params": {}, "file": ""})
        elif how == "memory":
            wire.send(out, {"code": "batch.memory", "params": {"limit": 1}})
        else:
            wire.send(out, {"code": "", "peak_bytes": 7}, result(words, version))


def _first(name: str) -> bool:
    mark = FOLDER / f"died-{name}"
    there = mark.exists()
    mark.touch()
    return not there


if __name__ == "__main__":
    main()
