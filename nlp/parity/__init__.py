"""nlp.parity: two authentic texts → where they say different things."""

from nlp.parity.compare import parity
from nlp.parity.divergence import Divergence, DivergenceKind, Spot
from nlp.parity.words import ParityWords, build_words

__all__ = ["Divergence", "DivergenceKind", "ParityWords", "Spot", "build_words", "parity"]
