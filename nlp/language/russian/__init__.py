"""Russian: dictionary morphology with the project's corrections."""

from nlp.language.russian.analyser import Russian

__all__ = ["Russian"]
