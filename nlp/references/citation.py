"""Citation: words that name units or acts, and what they name, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.act import Span
from nlp.structure.operations import Step

THIS = "this"  # number of a unit that the citation points at from inside: «настоящей статьи» / «осы баптың»


class CitationKind(StrEnum):
    """What is cited."""

    INTERNAL = "internal"  # units of this very act
    EXTERNAL = "external"  # another act, or units of it
    SELF = "self"  # this act (document) itself: «настоящий Закон» / «осы Заң»
    BLANKET = "blanket"  # an unnamed body of law: «законодательство Республики Казахстан»


@dataclass(frozen=True, slots=True)
class CitedAct:
    """Which act, as the words say; "" where they say nothing. ``form`` is the id of a form of act (law, code …).

    ``name`` is the name as it stands in the text on one line, ``number`` and ``date`` (ISO) are requisites. ``short``:
    the act is named by a short name that the text introduced («далее – Закон») or by its form alone («Закона»).
    """

    form: str = ""
    name: str = ""
    date: str = ""
    number: str = ""
    short: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a reader can find the act."""
        return bool(self.name or self.number)


@dataclass(frozen=True, slots=True)
class Target:
    """One unit named: steps from the widest to the narrowest. ``inner``: the unit stands between the ends of a range
    («пункты 3 – 7») and is not named itself."""

    path: tuple[Step, ...]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """``span`` are offsets in the text read. ``act`` is None for units of the own act; ``owner`` is the id of the form
    in «настоящего Закона», "" where the words do not say whose unit it is."""

    kind: CitationKind
    span: Span
    targets: tuple[Target, ...] = ()
    act: CitedAct | None = None
    owner: str = ""
