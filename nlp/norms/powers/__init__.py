"""Powers: the provisions of one power or procedure gathered across the act, and how far each element is settled.

Reads: provisions of an act with their tokens and frames; the words of a language (``PowerWords``). Writes: ``Power`` –
core norm, all provisions that order it, ten elements (DESIGN 2, methodology 7).
"""

from nlp.norms.powers.cores import Core, cores
from nlp.norms.powers.estimates import Estimates, estimates
from nlp.norms.powers.gather import Gatherer
from nlp.norms.powers.index import ActIndex
from nlp.norms.powers.model import Element, Power, PowerSlot, State, Words
from nlp.norms.powers.words import PowerWords, build_words

__all__ = [
    "ActIndex",
    "Core",
    "Element",
    "Estimates",
    "Gatherer",
    "Power",
    "PowerSlot",
    "PowerWords",
    "State",
    "Words",
    "build_words",
    "cores",
    "estimates",
]
