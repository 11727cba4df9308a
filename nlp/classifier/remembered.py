"""What the network said of norms, kept by their words: drafts of one season repeat each other's norms.

The key holds all that the network reads – language, text, lead-in, heading – and which network it is, so that nothing
of another language, heading or version is ever given. At most so many norms are kept; those longest unused go first.
"""

from __future__ import annotations

import hashlib
from array import array
from threading import Lock
from typing import TypeAlias

from nlp.structure.act import Provision

Key = bytes
Logits: TypeAlias = "array[float]"


class Remembered:
    """Bounded; may be shared by threads. ``hits`` and ``asked`` count what was looked up."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Logits] = {}
        self._lock = Lock()
        self.hits = self.asked = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Logits | None:
        """What is kept of ``key``; it counts as used now."""
        with self._lock:
            self.asked += 1
            found = self._kept.pop(key, None)
            if found is not None:
                self._kept[key] = found
                self.hits += 1
            return found

    def keep(self, key: Key, logits: Logits) -> None:
        """Keep one more."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = logits
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]


def key_of(network: str, provision: Provision) -> Key:
    """``network``: its hash. Lengths are told, so that words cannot change from one field into another."""
    fields = (network, provision.language, provision.text, provision.lead, provision.heading)
    digest = hashlib.sha256()
    for field in fields:
        words = field.encode("utf-8", "surrogatepass")
        digest.update(len(words).to_bytes(8, "big"))
        digest.update(words)
    return digest.digest()
