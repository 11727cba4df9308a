"""The tokenizer: SentencePiece, unigram, one vocabulary for Russian and Kazakh (Kudo 2018)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import sentencepiece

from nlp.classifier.pieces import SPECIAL, even
from nlp.structure.act import Provision

_LONGEST_SENTENCE = 8000  # bytes


def train_tokenizer(provisions: list[Provision], settings: Mapping[str, Any], kazakh_times: int, seed: int) -> bytes:
    """A SentencePiece model over evened-out words; the same provisions, settings and seed give the same bytes."""
    sentencepiece.set_random_generator_seed(seed)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=_sentences(provisions, kazakh_times),
        model_writer=model,
        vocab_size=settings["pieces"],
        model_type="unigram",
        character_coverage=settings["character_coverage"],
        normalization_rule_name="identity",
        split_digits=True,
        control_symbols=list(SPECIAL),
        pad_id=0,
        unk_id=1,
        bos_id=-1,
        eos_id=-1,
        max_sentence_length=_LONGEST_SENTENCE,
        num_threads=1,
        minloglevel=1,
    )
    return model.getvalue()


def _sentences(provisions: list[Provision], kazakh_times: int) -> Iterator[str]:
    seen: set[str] = set()
    for provision in provisions:
        times = kazakh_times if provision.language == "kk" else 1
        for words in (provision.text, provision.lead, provision.heading):
            if words and words not in seen:
                seen.add(words)
                yield from [even(words)] * times
