"""nlp.parity: two authentic texts → where they say different things."""

from nlp.parity.compare import parity
from nlp.parity.divergence import Divergence, DivergenceKind, Spot

__all__ = ["Divergence", "DivergenceKind", "Spot", "parity"]
