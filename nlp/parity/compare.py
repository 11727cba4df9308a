"""parity(): a Russian and a Kazakh text of one act → divergences of eight kinds, in the order of the Russian text.

Reads: both acts. Writes: ``Divergence``s with words of both texts. Sources: DESIGN 1, issue 6 point 8. Quiet first:
what a translator may word otherwise is no divergence; a difference must hold in the unit and in the norm around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nlp.alignment import AlignedUnits, Alignment, Change, RussianKazakh, align, nodes
from nlp.parity.cited import cited
from nlp.parity.divergence import Divergence, DivergenceKind, Spot
from nlp.parity.missing import missing
from nlp.parity.numbers import numbers
from nlp.parity.said import Both, Difference, bodies, claims, modality
from nlp.parity.side import Side, Words
from nlp.parity.words import ParityWords, own_words
from nlp.structure.act import Act, Role

_LEAST_ALIKE = 0.12  # units that are less alike are of different editions: only their absence could be told


def parity(ru: Act, kk: Act, words: Mapping[str, ParityWords] | None = None) -> tuple[Divergence, ...]:
    """Divergences between the two texts of one act; ``words`` are those of a pack (none: of our own)."""
    return divergences(ru, kk, aligned(ru, kk), words or own_words())


def aligned(ru: Act, kk: Act) -> Alignment:
    """The units of both texts that are one norm."""
    left, right = nodes(ru), nodes(kk)
    return align(left, right, RussianKazakh(left, right))


def divergences(ru: Act, kk: Act, alignment: Alignment, words: Mapping[str, ParityWords]) -> tuple[Divergence, ...]:
    """Divergences of texts that are aligned."""
    russian, kazakh = Side(ru, "ru", words["ru"]), Side(kk, "kk", words["kk"])
    found = list(missing(russian, kazakh, alignment))
    for pair in alignment.pairs:
        if pair.left and pair.right and _is_compared(russian, kazakh, pair):
            found += _of_pair(russian, kazakh, pair)
    return tuple(sorted(found, key=lambda each: (each.ru.start, each.kk.start, each.kind)))


def _is_compared(russian: Side, kazakh: Side, pair: AlignedUnits) -> bool:
    roles = {russian.units[a].role for a in pair.left} | {kazakh.units[a].role for a in pair.right}
    if Role.EXCLUDED in roles or pair.score < _LEAST_ALIKE:
        return False
    words = (russian.words(pair.left).text, kazakh.words(pair.right).text)
    return all(text.strip() for text in words) and pair.change is not Change.MOVED


def _of_pair(russian: Side, kazakh: Side, pair: AlignedUnits) -> Iterator[Divergence]:
    around = russian.norm(pair.left[0]), kazakh.norm(pair.right[0])
    own = russian.words(pair.left), kazakh.words(pair.right)
    whole = russian.whole(pair.left), kazakh.whole(pair.right)
    for words, differences in ((own, _counted), (whole, _said)):
        for found in differences((words[0], around[0]), (words[1], around[1])):
            yield Divergence(
                found.kind,
                _spot(russian, pair.left[0], words[0], found.ru),
                _spot(kazakh, pair.right[0], words[1], found.kk),
                pair.score,
                found.reason,
            )


def _counted(ours: Both, theirs: Both) -> Iterator[Difference]:
    yield from numbers(ours, theirs)
    yield from bodies(ours, theirs)
    yield from cited(ours, theirs)


def _said(ours: Both, theirs: Both) -> Iterator[Difference]:
    yield from modality(ours, theirs)
    yield from claims(DivergenceKind.EXCEPTION, "exception", ours, theirs)
    yield from claims(DivergenceKind.ONLY, "only", ours, theirs)


def _spot(side: Side, address: str, words: Words, span: tuple[int, int] | None) -> Spot:
    """The marked words; the words of the unit where it lacks what the other says."""
    if span is None:
        own = side.opening(side.units[address]).own
        return Spot(address, *own, side.act.text(own), True)
    start, end = words.at(span[0]), words.at(span[1] - 1) + 1
    return Spot(side.holding(address, start), start, end, side.act.text((start, end)))
