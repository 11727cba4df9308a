"""nlp.norms: a provision → NormFrames."""

from nlp.norms.analysis import ProvisionAnalysis, analyse
from nlp.norms.extract import frames
from nlp.norms.lexicon import NormLexicon, build_lexicon

__all__ = ["NormLexicon", "ProvisionAnalysis", "analyse", "build_lexicon", "frames"]
