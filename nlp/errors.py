"""What can be wrong with an input, as codes; the wording in ru and kk lives in ``nlp/messages``."""

from __future__ import annotations


class SaraptamaError(Exception):
    """Base of every expected failure.

    ``code`` names a message in ``nlp/messages/{ru,kk}.yaml``; ``params`` fill its blanks.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross the process border of the parser child, so they must pickle with their params."""
        return (_rebuild, (type(self), self.code, self.params))

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in sorted(self.params.items()))
        return f"{self.code}({shown})"


def _rebuild(kind: type[SaraptamaError], code: str, params: dict[str, object]) -> SaraptamaError:
    return kind(code, **params)


class ReadingError(SaraptamaError):
    """The file cannot be read: empty, encrypted, truncated, too large, of another type."""


class NotAnActError(SaraptamaError):
    """The text was read but is not a draft act (a novel, a letter); ``examine`` refuses it unless forced."""


class ClassifierError(SaraptamaError):
    """The weights of the classifier are missing, changed or of another format."""


class DossierError(SaraptamaError):
    """The files of one dossier do not go together: two texts in one language, three texts, a table that is none."""


class PackError(SaraptamaError):
    """A methodology pack, or a rule in it, is malformed."""


class CorpusError(SaraptamaError):
    """A corpus file is malformed; params name file and line."""
