"""nlp.rewriting: proposed wording – this very norm with the defect mended, inflected, «___» where a lawyer decides."""

from nlp.rewriting.propose import Cite, propose

__all__ = ["Cite", "propose"]
