"""Adoption: what became of every recommendation in the adopted act, as a proposal with evidence."""

from nlp.adoption.adoption import adoption
from nlp.adoption.asked import Asked
from nlp.adoption.outcome import Adoption, Outcome, Reason, State
from nlp.adoption.wanted import Wanted, wanted

__all__ = ["Adoption", "Asked", "Outcome", "Reason", "State", "Wanted", "adoption", "wanted"]
