"""Kazakh: the project's own slot grammar over its own list of stems."""

from nlp.language.kazakh.analyser import Kazakh

__all__ = ["Kazakh"]
