"""Files that the commands of ``saraptama corpus`` write."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpora.lines import raw_lines
from corpora.splitting import Part
from nlp.errors import CorpusError

MANIFEST = "split.json"


def put(path: Path, content: bytes) -> Path:
    """Write a file by way of a temporary name, so that no half file stays; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.part")
    passing.write_bytes(content)
    passing.replace(path)
    return path


def put_all(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, by their names in it."""
    return [put(folder / name, content) for name, content in contents.items()]


def take_out_earlier(folder: Path, contents: Mapping[str, bytes], kept: Sequence[Path]) -> None:
    """Remove the files of an earlier split of the folder that the new one has not: an act that stayed there would be in
    two parts. Only what its ``split.json`` names is touched, and none of ``kept``."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        names = [f"{part['name']}/{file['name']}" for part in told["parts"] for file in told["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    given = {path.resolve() for path in kept}
    for name in names:
        path = (folder / name).resolve()
        if name not in contents and path not in given and path.is_relative_to(folder.resolve()) and path.is_file():
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def named_parts(parts: Sequence[str]) -> dict[str, float]:
    """``NAME=SHARE`` as shares by name; raises ``CorpusError`` for anything else."""
    shares: dict[str, float] = {}
    for part in parts:
        name, _, share = part.partition("=")
        try:
            number = float(share)
        except ValueError:
            number = math.nan
        if not name or Path(name).name != name or name in shares or not 0 < number < math.inf:
            raise CorpusError("corpus_split_part", value=part)
        shares[name] = number
    return shares


def part_files(files: Sequence[Path], parts: Sequence[Part], seed: int) -> dict[str, bytes]:
    """The files of a split by name: lines as they stand, and what it was made of.

    Raises ``CorpusError`` where two files have one name.
    """
    if len({path.name for path in files}) < len(files):
        raise CorpusError("corpus_split_names")
    lines = [dict(raw_lines(path)) for path in files]
    made = {
        f"{part.name}/{files[at].name}": b"".join(lines[at][number].rstrip(b"\r") + b"\n" for number in numbers)
        for part in parts
        for at, numbers in part.lines.items()
    }
    manifest = {
        "seed": seed,
        "files": [{"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files],
        "parts": [
            {"name": part.name, "share": round(part.share, 6), "groups": sorted(part.groups),
             "counts": {name: int(count) for name, count in part.counts.items()}}
            for part in parts
        ],
    }  # fmt: skip
    made[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return made
