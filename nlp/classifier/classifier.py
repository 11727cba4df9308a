"""The trained classifier: provision → logits of factors and the words that carry them.

Reads: a folder with ``tokenizer.model``, ``classifier.onnx``, ``classifier.json`` (see ``Description``). Writes:
``Scores``. Every provision is run by itself, so that its scores do not depend on what stands beside it; they are
rounded before anything is decided on them (DESIGN 2, Examination).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.classifier.pieces import Encoded, Tokenizer
from nlp.classifier.weighing import Weighing
from nlp.errors import ClassifierError
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision

TOKENIZER, NETWORK, DESCRIPTION = "tokenizer.model", "classifier.onnx", "classifier.json"
FORMAT = 1
_DIGITS = 3
_SPAN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Description:
    """What stands beside the network. ``sha256``: of the network and the tokenizer; ``longest`` in pieces."""

    version: str
    factors: tuple[str, ...]
    longest: int
    sha256: Mapping[str, str]
    weighing: Weighing


@dataclass(frozen=True, slots=True)
class Scores:
    """``logits`` by factor, ``any`` for «some factor»; ``spans``: the words each factor rests on, at least one span."""

    logits: Mapping[str, float]
    any: float
    spans: Mapping[str, tuple[FieldSpan, ...]]


class Classifier:
    """Loaded once; immutable; may be shared by threads. ``threads``: provisions read at the same time."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.description = read_description(folder)
        files = {name: _checked(folder / name, self.description) for name in (NETWORK, TOKENIZER)}
        self._tokenizer = Tokenizer(files[TOKENIZER])
        self._session = _session(files[NETWORK])
        self._threads = max(1, threads)

    @property
    def name(self) -> str:
        """Version and the beginning of the network's hash, as every examination records them."""
        return f"{self.description.version}+{self.description.sha256[NETWORK][:16]}"

    def score(self, provision: Provision) -> Scores:
        """Scores of one provision in Russian or Kazakh."""
        encoded = self._tokenizer.encode(provision, self.description.longest)
        shape = (1, len(encoded.ids))
        given = {
            "ids": np.array(encoded.ids, np.int64).reshape(shape),
            "kinds": np.array(encoded.kinds, np.int64).reshape(shape),
            "attention": np.ones(shape, np.int64),
        }
        logits, words = self._session.run(None, given)
        return self._scores(encoded, logits[0], words[0])

    def score_all(self, provisions: Sequence[Provision]) -> Sequence[Scores | None]:
        """Scores in order; None for a provision in another language."""
        if self._threads == 1:
            return [self._maybe(provision) for provision in provisions]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._maybe, provisions))

    def _maybe(self, provision: Provision) -> Scores | None:
        return self.score(provision) if provision.language in {"ru", "kk"} and provision.text else None

    def _scores(self, encoded: Encoded, logits: Any, words: Any) -> Scores:
        factors = self.description.factors
        rounded = [round(float(value), _DIGITS) for value in logits]
        return Scores(
            logits=dict(zip(factors, rounded[:-1], strict=True)),
            any=rounded[-1],
            spans={
                factor: _spans(encoded, words[:, at])
                for at, factor in enumerate(factors)
                if rounded[at] > self.description.weighing.worth_marking
            },
        )


def _spans(encoded: Encoded, strengths: Any) -> tuple[FieldSpan, ...]:
    """The run of pieces around the strongest one that are at least half as likely; whole words."""
    likely = 1 / (1 + np.exp(-np.asarray(strengths, np.float64)))
    real = [at for at, piece in enumerate(encoded.pieces) if piece is not None and piece.field is not Field.HEADING]
    if not real:
        return ()
    peak = max(real, key=lambda at: (round(float(likely[at]), _DIGITS), -at))
    enough = _SPAN_SHARE * likely[peak]
    first = last = peak
    while _goes_on(encoded, first - 1, peak) and likely[first - 1] >= enough:
        first -= 1
    while _goes_on(encoded, last + 1, peak) and likely[last + 1] >= enough:
        last += 1
    begin, end = encoded.pieces[first], encoded.pieces[last]
    assert begin is not None and end is not None
    return (FieldSpan(begin.field, begin.start, end.end),)


def _goes_on(encoded: Encoded, at: int, peak: int) -> bool:
    if not 0 <= at < len(encoded.pieces):
        return False
    piece, middle = encoded.pieces[at], encoded.pieces[peak]
    return piece is not None and middle is not None and piece.field is middle.field


def whole_words(span: FieldSpan, text: str) -> FieldSpan:
    """The span widened to whole words and freed of blanks and commas at its ends."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end - 1 and not text[start].isalnum() and text[start] not in "«(":
        start += 1
    while end - 1 > start and not text[end - 1].isalnum() and text[end - 1] not in "»)":
        end -= 1
    return FieldSpan(span.field, start, end)


def read_description(folder: Path) -> Description:
    """What a folder of weights says of itself; raises ``ClassifierError`` when it is missing or of another format."""
    path = Path(folder) / DESCRIPTION
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise ClassifierError("classifier.format", folder=str(folder), format=said["format"])
        return Description(
            version=str(said["version"]),
            factors=tuple(said["factors"]),
            longest=int(said["longest"]),
            sha256={NETWORK: said["sha256"][NETWORK], TOKENIZER: said["sha256"][TOKENIZER]},
            weighing=Weighing.read(said["weighing"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClassifierError("classifier.unreadable", folder=str(folder)) from error


def _checked(path: Path, description: Description) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ClassifierError("classifier.unreadable", folder=str(path.parent)) from error
    if hashlib.sha256(data).hexdigest() != description.sha256[path.name]:
        raise ClassifierError("classifier.changed", file=path.name)
    return data


def _session(network: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
