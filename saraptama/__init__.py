"""Saraptama in Python: ``saraptama.examine("draft.docx", language="ru")``; see ``docs/api.md``.

Everything in ``__all__`` is public: it keeps its name and meaning within a major version. It is loaded when it is first
asked for, so that the command line stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saraptama.api import (
        Act,
        Dossier,
        Examination,
        Examiner,
        Finding,
        JudgedProvision,
        Kind,
        Limits,
        Mark,
        Provision,
        Recommendation,
        SaraptamaError,
        Severity,
        SourceText,
        TextReport,
        Unit,
        __version__,
        examine,
        examiner,
        explain,
        export,
        judge,
        message,
        plain_text,
        read,
        structure,
        to_json,
    )

__all__ = [
    "Act",
    "Dossier",
    "Examination",
    "Examiner",
    "Finding",
    "JudgedProvision",
    "Kind",
    "Limits",
    "Mark",
    "Provision",
    "Recommendation",
    "SaraptamaError",
    "Severity",
    "SourceText",
    "TextReport",
    "Unit",
    "__version__",
    "examine",
    "examiner",
    "explain",
    "export",
    "judge",
    "message",
    "plain_text",
    "read",
    "structure",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from saraptama import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
