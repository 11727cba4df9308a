"""SourceText → Act, Act → provisions; addresses and citations. See ``addresses`` for the grammar of addresses."""

from nlp.structure.citations import Citations, cite
from nlp.structure.parser import structure
from nlp.structure.provisions import provisions
from nlp.structure.tree import to_tree

__all__ = ["Citations", "cite", "provisions", "structure", "to_tree"]
