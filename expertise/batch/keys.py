"""When a result stands: hashes of contents, versions and limits.

``key``: over the files of a draft and all that the judgement depends on. Same key, same result: it is not made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from expertise.batch.settings import Setup

FORMAT = 1  # of what is kept beside a result; another one makes all anew
_JUDGING = ("ocr_pages", "ocr_dpi", "ocr_pixels", "provision_characters", "judged_characters", "rule_steps")
_CIRCUMSTANCES = frozenset(
    {
        "batch.timeout", "batch.memory", "batch.killed", "batch.fault", "reading.timeout", "reading.memory",
        "reading.crashed", "reading.not_found", "reading.no_access", "reading.not_a_file", "reading.program_missing",
    }
)  # fmt: skip


def key_of(files: Sequence[tuple[str, str]], versions: Mapping[str, Any], setup: Setup) -> str:
    """``files``: (name without folders, sha256) of every file of the draft. The name is in the result, so it counts."""
    limits = {name: getattr(setup.limits, name) for name in _JUDGING}
    return _hash([FORMAT, list(files), versions, setup.force, limits])


def bounds_of(setup: Setup) -> str:
    """A hash of all limits: a draft that failed is tried again under others."""
    return _hash([asdict(setup.limits), asdict(setup.settings)])


def of_circumstances(code: str) -> bool:
    """Whether a failure may go away by itself, so that every run tries again."""
    return code in _CIRCUMSTANCES


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
