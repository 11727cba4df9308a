"""The network: an ELECTRA encoder of transformers at a size a processor can serve, and its heads.

Source: Clark et al. 2020 (ELECTRA); Devlin et al. 2019 for the masked objective it is measured against.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from transformers import ElectraConfig, ElectraForMaskedLM, ElectraForPreTraining, ElectraModel

from nlp.classifier.pieces import PAD

KINDS = 3
"""Text, lead-in, heading (``nlp.classifier.pieces``)."""


def config(pieces: int, shape: Mapping[str, Any], embedding: int, longest: int, dropout: float) -> ElectraConfig:
    """The shape of an encoder: ``shape`` gives width, layers, heads and inner width."""
    return ElectraConfig(
        vocab_size=pieces,
        embedding_size=embedding,
        hidden_size=shape["width"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        intermediate_size=shape["inner"],
        max_position_embeddings=longest,
        type_vocab_size=KINDS,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        pad_token_id=PAD,
        attn_implementation="eager",  # on processors twice as quick backwards for short sequences
    )


class Discriminating(nn.Module):
    """Replaced-token detection: a small generator fills masks, the encoder says which pieces are not the author's."""

    def __init__(self, pieces: int, encoder: Mapping[str, Any], generator: Mapping[str, Any], weight: float) -> None:
        super().__init__()
        size, longest = encoder["embedding"], encoder["longest"]
        self.weight = weight
        self.generator = ElectraForMaskedLM(config(pieces, generator, size, longest, 0.0))
        self.judge = ElectraForPreTraining(config(pieces, encoder, size, longest, 0.0))
        shared, own = self.judge.electra.embeddings, self.generator.electra.embeddings
        own.word_embeddings = shared.word_embeddings
        own.position_embeddings = shared.position_embeddings
        own.token_type_embeddings = shared.token_type_embeddings
        self.generator.generator_lm_head.weight = shared.word_embeddings.weight

    @property
    def encoder(self) -> ElectraModel:
        return self.judge.electra

    def forward(self, ids: Tensor, kinds: Tensor, attention: Tensor, masked: Tensor, hidden: Tensor) -> Tensor:
        """The loss. ``ids`` [batch, pieces] as written; ``hidden`` with masks; ``masked`` True where hidden."""
        guesses = _guesses(self.generator, hidden, kinds, attention, masked).float()
        loss = nn.functional.cross_entropy(guesses, ids[masked])
        with torch.no_grad():
            filled = hidden.clone()
            filled[masked] = _drawn(guesses)
        replaced = (filled != ids).float()
        logits = self.judge(input_ids=filled, attention_mask=attention, token_type_ids=kinds).logits
        real = attention.bool()
        judged = nn.functional.binary_cross_entropy_with_logits(logits[real].float(), replaced[real])
        return loss + self.weight * judged


class Masking(nn.Module):
    """The masked objective with the same encoder."""

    def __init__(self, pieces: int, encoder: Mapping[str, Any]) -> None:
        super().__init__()
        self.model = ElectraForMaskedLM(config(pieces, encoder, encoder["embedding"], encoder["longest"], 0.0))
        self.model.generator_lm_head.weight = self.model.electra.embeddings.word_embeddings.weight

    @property
    def encoder(self) -> ElectraModel:
        return self.model.electra

    def forward(self, ids: Tensor, kinds: Tensor, attention: Tensor, masked: Tensor, hidden: Tensor) -> Tensor:
        """The loss; arguments as in ``Discriminating``."""
        guesses = _guesses(self.model, hidden, kinds, attention, masked).float()
        return nn.functional.cross_entropy(guesses, ids[masked])


def _drawn(guesses: Tensor) -> Tensor:
    """One piece a row, by chance, each as likely as its score says."""
    sums = guesses.softmax(-1).cumsum(-1)
    drawn = torch.searchsorted(sums, torch.rand(len(sums), 1) * sums[:, -1:])
    return drawn.squeeze(-1).clamp_(max=guesses.shape[-1] - 1)


def _guesses(model: ElectraForMaskedLM, ids: Tensor, kinds: Tensor, attention: Tensor, masked: Tensor) -> Tensor:
    """Scores of pieces at the masked places only: the wide last layer is the dear one."""
    states = model.electra(input_ids=ids, attention_mask=attention, token_type_ids=kinds).last_hidden_state[masked]
    return model.generator_lm_head(model.generator_predictions(states))
