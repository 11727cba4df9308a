"""Speed of the classifier: beside TF-IDF with CatBoost, its peer, and beside the quickest multiplication, its limit.

Reads: the project's own written corpora (``corpora/own``) and ``models/weights``. Writes: ``Versus`` rows. Only speed
is compared: the peer learns the same factors from the same own norms, in a few rounds. Every norm is read on one
thread. Multiplications of the network are counted from the shapes that ONNX Runtime reports for a run.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpora.conversion import flawed_provision, neutral_provision, sound_provision, to_provision
from corpora.reader import read_corpus
from evaluation.clock import WEIGHTS, best
from evaluation.versus import Versus
from nlp import language as languages
from nlp.classifier.classifier import Classifier, read_description
from nlp.classifier.network import LOGITS, NAMES, NETWORK, TOKENIZER, Network
from nlp.classifier.pieces import Tokenizer
from nlp.detection.pack import Pack
from nlp.norms import analyse, frames
from nlp.structure.act import Provision

OWN = Path(__file__).resolve().parent.parent / "corpora" / "own"
PLACES, ROUNDS, DEPTH = 1_000, 10, 4
"""Words and word pairs, trees and their depth of the peer: few, so that it is soon trained; more make it slower."""
SIDE = 1_024
_NETWORK = "a network of two layers reads every norm; trees over a thousand words do not"
_BATCHED = f"{_NETWORK}, and answer for all norms in one call"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A norm and its factors."""

    provision: Provision
    factors: frozenset[str]


def own_norms(folder: Path = OWN) -> list[Labelled]:
    """Every written norm: provisions, both sides of pairs, neutral ones."""
    made: list[Labelled] = []
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("written/*.jsonl")]):
        corpus = read_corpus(path)
        made += [Labelled(to_provision(p), frozenset(label.factor for label in p.labels)) for p in corpus.provisions]
        for pair in corpus.pairs:
            made += [
                Labelled(flawed_provision(pair), frozenset(pair.labels)),
                Labelled(sound_provision(pair), frozenset()),
            ]
        made += [Labelled(neutral_provision(norm), frozenset()) for norm in corpus.neutrals]
    return made


def measure(pack: Pack, norms: int, repeats: int) -> list[Versus]:
    """All rows; ``norms`` of each language are read."""
    learned = own_norms()
    given = [
        item.provision
        for code in pack.languages
        for item in [each for each in learned if each.provision.language == code][-norms:]
    ]
    scored, read = _ours(pack, given, repeats)
    single, whole = _peer(learned, given, repeats)
    network, eight, single_precision = _multiplications(given, repeats)
    both, peer = "+".join(pack.languages), "TF-IDF + CatBoost, norm by norm"
    return [
        Versus("classifier, from the text", both, read, peer, single, "norms", reason=_NETWORK),
        Versus("classifier, from the text", both, read, "the same, all at once", whole, "norms", reason=_BATCHED),
        Versus("its scores alone", both, scored, peer, single, "norms", reason=_NETWORK),
        Versus("its network", both, network, "ONNX Runtime, 8 bits, 1,024²", eight, "10⁹ operations", None),
        Versus("its network", both, network, "numpy, 32 bits, 1,024²", single_precision, "10⁹ operations", None),
    ]


def _ours(pack: Pack, given: Sequence[Provision], repeats: int) -> tuple[float, float]:
    """Norms a second: scores of norms whose words and frames are known; the same from the text."""
    classifier = Classifier(WEIGHTS)

    def known() -> list[tuple[Any, Any]]:
        analyses = [analyse(one, languages.of(one.language)) for one in given]
        return [(made, frames(made, pack.languages[made.provision.language].lexicon)) for made in analyses]

    scored = best(known, lambda pairs: list(classifier.score_all(pairs)), repeats)
    read = best(lambda: None, lambda _: list(classifier.score_all(known())), repeats)
    return len(given) / scored, len(given) / read


def _peer(learned: Sequence[Labelled], given: Sequence[Provision], repeats: int) -> tuple[float | None, float | None]:
    """Norms a second of TF-IDF and CatBoost: norm by norm, and all at once; None where they are not installed."""
    try:
        from catboost import CatBoostClassifier, Pool
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        return None, None
    factors = sorted({factor for item in learned for factor in item.factors})
    labels = [[float(bool(item.factors)), *(float(f in item.factors) for f in factors)] for item in learned]
    words = TfidfVectorizer(ngram_range=(1, 2), max_features=PLACES, sublinear_tf=True)
    model = CatBoostClassifier(
        loss_function="MultiLogloss",
        iterations=ROUNDS,
        depth=DEPTH,
        random_seed=1,
        verbose=0,
        allow_writing_files=False,
    )
    model.fit(Pool(words.fit_transform([_words(item.provision) for item in learned]), labels))
    texts = [_words(provision) for provision in given]

    def predict(rows: Sequence[str]) -> object:
        return model.predict(Pool(words.transform(rows)), prediction_type="RawFormulaVal", thread_count=1)

    single = best(lambda: None, lambda _: [predict([text]) for text in texts], repeats)
    whole = best(lambda: None, lambda _: predict(texts), repeats)
    return len(texts) / single, len(texts) / whole


def _words(provision: Provision) -> str:
    return " ".join((provision.text, provision.lead, provision.heading))


def _multiplications(given: Sequence[Provision], repeats: int) -> tuple[float, float | None, float]:
    """Thousand million operations a second: the network, 8-bit multiplication, numpy's in 32 bits."""
    description = read_description(WEIGHTS)
    assert description.network is not None
    network = Network(WEIGHTS, description.network, description.factors)
    operations = network_operations(given, description.network.longest)
    seconds = best(lambda: None, lambda _: [network.read(one) for one in given], repeats)
    square = np.ones((SIDE, SIDE), np.float32)
    plain = best(lambda: None, lambda _: square @ square, max(repeats, 5))
    eight = _eight_bits()
    whole = 2 * SIDE**3
    bits = None if eight is None else whole / best(lambda: None, lambda _: eight(), max(repeats, 5)) / 1e9
    return operations / seconds / 1e9, bits, whole / plain / 1e9


def network_operations(given: Sequence[Provision], longest: int) -> int:
    """Additions and multiplications in the products of matrices of one reading of every norm."""
    import onnxruntime

    tokenizer = Tokenizer.read(WEIGHTS / TOKENIZER)
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "run")
        session = onnxruntime.InferenceSession(str(WEIGHTS / NETWORK), options, providers=["CPUExecutionProvider"])
        for one in given:
            encoded = tokenizer.encode(one, longest)
            rows = (encoded.ids, encoded.kinds, (1,) * len(encoded.ids))
            session.run([LOGITS], {name: np.array([row], np.int64) for name, row in zip(NAMES, rows, strict=True)})
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    return sum(_operations(event["args"]) for event in events if event.get("name", "").endswith("_kernel_time"))


def _operations(said: dict[str, Any]) -> int:
    if "MatMul" not in said["op_name"] and said["op_name"] != "Gemm":
        return 0
    (first, *_), (made, *_) = said["input_type_shape"], said["output_type_shape"]
    inner, shape = next(iter(first.values()))[-1], next(iter(made.values()))
    return int(2 * inner * np.prod(shape))


def _eight_bits() -> Callable[[], object] | None:
    """One product of 8-bit matrices in ONNX Runtime; None where the package onnx, which writes its model, is not."""
    try:
        from onnx import TensorProto, helper, numpy_helper
    except ImportError:
        return None
    import onnxruntime

    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, [SIDE, SIDE])],
        [helper.make_tensor_value_info("c", TensorProto.INT32, [SIDE, SIDE])],
        [numpy_helper.from_array(np.ones((SIDE, SIDE), np.int8), "b")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    given = {"a": np.ones((SIDE, SIDE), np.uint8)}
    return lambda: session.run(["c"], given)
