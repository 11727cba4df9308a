"""Export to ONNX: checked against torch, then weights as 8-bit integers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from models.network_finetune import Learned
from nlp.classifier.network import LOGITS, NAMES

_TOLERANCE = 2e-3


class ExportError(Exception):
    """The exported network does not say what the trained one says."""


def export(learned: Learned, path: Path) -> float:
    """Write the int8 network; returns the greatest difference between torch and ONNX (not quantised) on tried inputs.

    Raises ``ExportError`` when they differ by more than 0.002.
    """
    learned.model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _plain(learned, plain)
        gap = _gap(learned.model, plain, len(learned.tokenizer))
        if gap > _TOLERANCE:
            raise ExportError(f"torch and ONNX differ by {gap}")
        quantize_dynamic(
            plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
        )
    onnx.checker.check_model(str(path))
    return gap


def _plain(learned: Learned, path: Path) -> None:
    given = tuple(torch.ones(2, 7, dtype=torch.long) for _ in NAMES)
    batch, pieces = torch.export.Dim("batch"), torch.export.Dim("pieces", max=learned.longest)
    torch.onnx.export(
        learned.model,
        given,
        str(path),
        input_names=list(NAMES),
        output_names=[LOGITS, "words"],
        dynamic_shapes={name: {0: batch, 1: pieces} for name in NAMES},
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def _gap(model: nn.Module, path: Path, pieces: int) -> float:
    session = InferenceSession(str(path), providers=["CPUExecutionProvider"])
    dice = torch.Generator().manual_seed(1)
    worst = 0.0
    for length in (1, 3, 50, 200):
        ids = torch.randint(6, pieces, (2, length), generator=dice)
        given = (ids, torch.zeros_like(ids), torch.ones_like(ids))
        with torch.no_grad():
            right = model(*given)
        made = session.run(None, {name: value.numpy() for name, value in zip(NAMES, given, strict=True)})
        worst = max(worst, *(float(np.abs(a.numpy() - b).max()) for a, b in zip(right, made, strict=True)))
    return worst
