"""Similarity: drafts → fingerprints of their norms → families of drafts made of one text."""

from nlp.similarity.fingerprint import Fingerprint, fingerprint
from nlp.similarity.index import Index, clusters
from nlp.similarity.profile import Profile, Spread, likeness, most_like

__all__ = ["Fingerprint", "Index", "Profile", "Spread", "clusters", "fingerprint", "likeness", "most_like"]
