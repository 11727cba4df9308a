"""nlp.quantities: time limits, shares, amounts and dates of a text, in figures and in words, alike in ru and kk."""

from nlp.quantities.quantity import Quantity
from nlp.quantities.reading import quantities

__all__ = ["Quantity", "quantities"]
