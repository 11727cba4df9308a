"""References: citations of units and acts in both languages, resolved inside the act (methodology 5.4)."""

from nlp.references.citation import Citation, CitationKind, CitedAct, Target
from nlp.references.extract import citations

__all__ = ["Citation", "CitationKind", "CitedAct", "Target", "citations"]
