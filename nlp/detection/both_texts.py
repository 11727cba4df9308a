"""The two authentic texts of a draft together: divergences become findings, one defect of both texts is told as one.

Reads: the reports on both texts. Writes: the reports with findings of parity, and ``Finding.counterpart`` where a
finding of the other text is the same defect (DESIGN 2: places in one or both texts; 3.11).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.alignment import Alignment
from nlp.detection.finding import Finding, Kind
from nlp.detection.observation import Observation, Place
from nlp.detection.observed import with_observations
from nlp.detection.pack import Pack
from nlp.norms.frame import Field, FieldSpan
from nlp.parity import Divergence, DivergenceKind, ParityWords, Spot, build_words
from nlp.parity.compare import aligned, divergences
from nlp.rewriting.agreed import agreed
from nlp.structure import provisions
from nlp.structure.act import Act, Provision
from nlp.structure.citations import Citations

NAME = "parity"
FACTOR = "collision"
_SURE = frozenset({DivergenceKind.NUMBER, DivergenceKind.AMOUNT, DivergenceKind.MODALITY, DivergenceKind.BODY})
_CONFIDENCE = {True: 0.9, False: 0.7}
_PARTS = ("unit", "quote")
_PAIR = "pair"  # number of the divergence that both findings tell
_SHOWN = 90  # characters of a quotation in a sentence


@dataclass(frozen=True, slots=True)
class Side:
    """One text: its act, its findings, the language of its report."""

    act: Act
    findings: tuple[Finding, ...]
    language: str


def parity_words(pack: Pack) -> Mapping[str, ParityWords]:
    """The pack's words for comparing the two texts; none where it does not compare them."""
    return (
        {code: build_words(data) for code, data in pack.detectors[NAME].words.items()} if NAME in pack.detectors else {}
    )


def together(
    ru: Side, kk: Side, pack: Pack, known: Mapping[str, ParityWords]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of both texts with those on divergences, each linked to the one on the same defect in the other.

    ``known`` are ``parity_words`` of the pack, made once for it.
    """
    alignment = aligned(ru.act, kk.act)
    found = divergences(ru.act, kk.act, alignment, known) if known else ()
    places = _Provisions(ru.act), _Provisions(kk.act)
    said: tuple[list[Observation], list[Observation]] = ([], [])
    cited = Citations(ru.act), Citations(kk.act)
    words = pack.detectors[NAME].texts["words"] if found else {}
    for number, each in enumerate(found, start=1):
        one, two = (held.place(spot.start, spot.end) for held, spot in zip(places, (each.ru, each.kk), strict=True))
        if one is not None and two is not None:
            said[0].append(_observation(each, number, one, cited, words))
            said[1].append(_observation(each, number, two, cited, words))
    made = [
        with_observations(side.findings, observations, citations, pack, side.language, {})
        for side, observations, citations in zip((ru, kk), said, cited, strict=True)
    ]
    mine, others = _linked(made[0], made[1], alignment)
    return agreed(mine, others, pack, ru.language), agreed(others, mine, pack, kk.language)


# --- divergences are findings -----------------------------------------------------------------------------------------


class _Provisions:
    """Finds the provision that holds an offset."""

    def __init__(self, act: Act) -> None:
        places = [(at, field, words, p) for p in provisions(act) for at, field, words in _fields(p) if at >= 0]
        self.places = sorted(places, key=lambda place: (place[0], place[1] is not Field.TEXT))
        self.starts = [place[0] for place in self.places]

    def place(self, start: int, end: int) -> Place | None:
        """The words as a place in a provision; words beyond its end are left out."""
        last = bisect_right(self.starts, start)
        first = bisect_left(self.starts, self.starts[last - 1]) if last else 0
        for offset, field, words, provision in self.places[first:last]:  # a lead-in first, then the items it governs
            if start < offset + len(words):
                return Place(provision, FieldSpan(field, start - offset, min(end - offset, len(words))))
        return None


def _fields(provision: Provision) -> tuple[tuple[int, Field, str], ...]:
    return (
        (provision.text_at, Field.TEXT, provision.text),
        (provision.lead_at, Field.LEAD, provision.lead),
        (provision.heading_at, Field.HEADING, provision.heading),
    )


def _observation(
    divergence: Divergence,
    number: int,
    place: Place,
    cited: tuple[Citations, Citations],
    words: Mapping[str, Mapping[str, str]],
) -> Observation:
    sure = divergence.kind in _SURE and not (divergence.ru.lacks or divergence.kk.lacks)
    return Observation(
        detector=NAME,
        text=divergence.kind.value,
        factor=FACTOR,
        places=(place,),
        kind=Kind.REMARK if sure else Kind.ATTENTION,
        strength=2 if sure else 1,
        confidence=_CONFIDENCE[sure],
        blanks=_blanks(divergence, cited, words),
        reason=((_PAIR, str(number)), *divergence.reason),
        apart=True,
    )


def _blanks(
    divergence: Divergence, cited: tuple[Citations, Citations], words: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    made: dict[str, Mapping[str, str]] = {}
    spots = {"ru": divergence.ru, "kk": divergence.kk}
    for (code, spot), citations in zip(spots.items(), cited, strict=True):
        made[f"{code}_unit"] = {language: citations.cite(spot.address, language) for language in spots}
        made[f"{code}_quote"] = dict.fromkeys(spots, _quoted(spot))
    has, lacks = ("kk", "ru") if divergence.ru.lacks else ("ru", "kk")
    for name, code in (("has", has), ("lacks", lacks)):
        made |= {f"{name}_text": words[f"in_{code}"], **{f"{name}_{part}": made[f"{code}_{part}"] for part in _PARTS}}
    units = {language: (made["ru_unit"][language], made["kk_unit"][language]) for language in spots}
    made["units"] = {language: "; ".join(dict.fromkeys(both)) for language, both in units.items()}
    return made


def _quoted(spot: Spot) -> str:
    words = " ".join(spot.quote.split()).rstrip(" ;:,.")
    return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + "…"


# --- one defect, two texts --------------------------------------------------------------------------------------------


def _linked(
    ru: Sequence[Finding], kk: Sequence[Finding], alignment: Alignment
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The k-th finding of a factor at a unit goes with the k-th at the aligned unit."""
    pairs = _told_together(ru, kk)
    taken = set(pairs.values())
    waiting: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in kk:
        if finding.id not in taken:
            waiting[finding.factor, _unit(finding)].append(finding)
    for finding in ru:
        for address in _partners(_unit(finding), alignment) if finding.id not in pairs else ():
            if others := waiting[finding.factor, address]:
                chosen = _best(finding, others)
                others.remove(chosen)
                pairs[finding.id] = chosen.id
                break
    back = {two: one for one, two in pairs.items()}
    return (
        tuple(replace(each, counterpart=pairs.get(each.id, "")) for each in ru),
        tuple(replace(each, counterpart=back.get(each.id, "")) for each in kk),
    )


def _told_together(ru: Sequence[Finding], kk: Sequence[Finding]) -> dict[str, str]:
    """Findings that tell the same divergence."""
    other = {number: finding.id for finding in kk for number in _divergences(finding)}
    pairs: dict[str, str] = {}
    for finding in ru:
        partner = next((other[number] for number in _divergences(finding) if number in other), "")
        if partner and partner not in pairs.values():
            pairs[finding.id] = partner
    return pairs


def _divergences(finding: Finding) -> list[str]:
    said = [each for each in finding.evidence if each.detector.startswith(f"{NAME}.")]
    return [value for each in said for name, value in each.reason if name == _PAIR]


def _unit(finding: Finding) -> str:
    return finding.marks[0].address if finding.marks else finding.provision


def _partners(address: str, alignment: Alignment) -> Iterator[str]:
    pair = alignment.of_left(address)
    if pair is not None:
        yield from pair.right
    elif (parent := address.rpartition("__")[0]) and (above := alignment.of_left(parent)) is not None:
        first = address.rpartition("__")[2]  # a first clause is no unit apart (``nlp.alignment``)
        yield from (f"{each}__{first}" for each in above.right)
        yield from above.right


def _best(finding: Finding, others: Sequence[Finding]) -> Finding:
    """Said by the same detector where there is one, else the first."""
    mine = {evidence.detector for evidence in finding.evidence}
    return next((each for each in others if mine & {evidence.detector for evidence in each.evidence}), others[0])
