"""The network at run time: pieces of one norm with its lead-in and heading → logits of factors.

Reads: ``network.onnx`` (weights as 8-bit integers) and ``tokenizer.model``. Writes: ``Read``. One norm at a time on one
thread: activations are rounded by what stands in one call, so a norm reads the same alone and among others. Many norms
are read one after the other without anything in between: the weights then stay in the processor's cache.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from nlp.classifier.files import checked
from nlp.classifier.pieces import Tokenizer
from nlp.classifier.remembered import Key, Logits, Remembered, key_of
from nlp.errors import ClassifierError
from nlp.structure.act import Provision

NETWORK: Final = "network.onnx"
TOKENIZER: Final = "tokenizer.model"
NAMES: Final = ("ids", "kinds", "attention")
"""Inputs of the network, [1, pieces] each."""
LOGITS: Final = "logits"
"""Its output, [1, factors + 1]: each factor, then «some factor»."""
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class NetworkDescription:
    """What ``classifier.json`` says of the network. ``longest``: pieces that it reads of one norm."""

    longest: int
    network_sha256: str
    tokenizer_sha256: str

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> NetworkDescription:
        """From JSON; raises ``KeyError``, ``TypeError`` or ``ValueError`` for another shape."""
        return cls(int(said["longest"]), str(said["network_sha256"]), str(said["tokenizer_sha256"]))

    def sums(self) -> tuple[str, str]:
        """Hashes of both files."""
        return self.network_sha256, self.tokenizer_sha256


@dataclass(frozen=True, slots=True)
class Read:
    """Logits of «some factor» and of each factor."""

    some: float
    which: Mapping[str, float]


class Network:
    """Loaded once; immutable; may be shared by threads."""

    def __init__(self, folder: Path, described: NetworkDescription, factors: tuple[str, ...]) -> None:
        """Raises ``ClassifierError`` for files that are missing, changed, or no network for these factors."""
        network = checked(folder / NETWORK, described.network_sha256)
        tokenizer = checked(folder / TOKENIZER, described.tokenizer_sha256)
        self._factors, self._longest, self._sum = factors, described.longest, described.network_sha256
        self._all = np.ones((1, described.longest), np.int64)  # nothing is padded, so all pieces are attended to
        try:
            self._session = _session(network)
            self._tokenizer = Tokenizer(tokenizer)
            outputs = {output.name: output.shape for output in self._session.get_outputs()}
        except Exception as error:  # the runtime raises types of its own for broken files
            raise ClassifierError("classifier.unreadable", folder=str(folder)) from error
        if outputs.get(LOGITS, [0])[-1] != len(factors) + 1:
            raise ClassifierError("classifier.unreadable", folder=str(folder))

    def read(self, provision: Provision) -> Read:
        """What the network says of one provision in Russian or Kazakh."""
        return self.read_all([provision])[0]

    def read_all(self, provisions: Sequence[Provision], remembered: Remembered | None = None) -> list[Read]:
        """What it says of each, whatever the others are. ``remembered``: looked up, and what is new is kept there."""
        keys = [key_of(self._sum, provision) for provision in provisions]
        made: dict[Key, Logits] = {}
        encoded: dict[Key, tuple[list[int], list[int]]] = {}
        for key, provision in zip(keys, provisions, strict=True):
            known = made.get(key) or (remembered.get(key) if remembered is not None else None)
            if known is not None:
                made[key] = known
            elif key not in encoded:
                encoded[key] = self._tokenizer.numbers(provision, self._longest)
        for key, numbers in encoded.items():
            made[key] = self._run(*numbers)
            if remembered is not None:
                remembered.keep(key, made[key])
        return [Read(made[key][-1], dict(zip(self._factors, made[key], strict=False))) for key in keys]

    def _run(self, ids: list[int], kinds: list[int]) -> Logits:
        given = (np.array(ids, np.int64)[None], np.array(kinds, np.int64)[None], self._all[:, : len(ids)])
        (made,) = self._session.run([LOGITS], dict(zip(NAMES, given, strict=True)))
        return array("d", [round(value, _DIGITS) for value in made[0].tolist()])


def _session(network: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
