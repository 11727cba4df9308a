"""How far two blind experts agree on the findings of a case; the coefficients themselves are ``nlp.agreement``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.agreement import Span, cohen_kappa, krippendorff_alpha, unitising_alpha

NONE = ""  # the finding does not stand


@dataclass(frozen=True, slots=True)
class Coded:
    """One finding as two experts left it: the factor under which it stands, ``NONE`` where it does not."""

    finding: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The words that one expert lets stand as places of a factor, in one continuous text of both languages."""

    spans: Mapping[str, Sequence[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Coefficients for one factor ("" – all together). ``findings``: on how many findings; ``same``: said the same."""

    factor: str
    findings: int
    same: int
    kappa: float | None
    alpha: float | None
    unitising: float | None


def agreement(coded: Sequence[Coded], length: int, first: Marked, second: Marked) -> tuple[Agreement, ...]:
    """All factors together, then each that somebody let stand, in the order given.

    A factor by itself is judged over all findings: «this factor» against anything else. ``length`` is that of the text.
    """
    factors = dict.fromkeys(name for each in coded for name in (each.first, each.second) if name != NONE)
    whole = _of("", [(each.first, each.second) for each in coded], length, _all(first), _all(second))
    apart = [
        _of(
            name, [(_only(each.first, name), _only(each.second, name)) for each in coded], length,
            first.spans.get(name, ()), second.spans.get(name, ()),
        )
        for name in factors
    ]  # fmt: skip
    return (whole, *apart)


def _of(
    factor: str, pairs: Sequence[tuple[str, str]], length: int, one: Sequence[Span], two: Sequence[Span]
) -> Agreement:
    return Agreement(
        factor=factor,
        findings=len(pairs),
        same=sum(a == b for a, b in pairs),
        kappa=cohen_kappa(pairs),
        alpha=krippendorff_alpha(pairs),
        unitising=unitising_alpha(length, one, two),
    )


def _only(said: str, name: str) -> str:
    return said if said == name else NONE


def _all(marked: Marked) -> list[Span]:
    return [span for spans in marked.spans.values() for span in spans]
