"""What can be wrong with an evaluation, as codes (texts in ``nlp/messages``)."""

from __future__ import annotations

from nlp.errors import SaraptamaError


class EvaluationError(SaraptamaError):
    """Predictions, reports or settings of an evaluation do not fit."""
