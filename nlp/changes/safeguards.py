"""removed(): safeguards of the norms in force that the draft takes out (DESIGN 2).

Reads: changed norms of one amended act, safeguards of the pack, frames. Writes: ``Removed`` – which safeguard, the
words that stood there, what stands there now. Moved words are no removal: what comes back in other new wording of the
same act is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nlp import language as languages
from nlp.changes.norms import ChangedNorm, stems
from nlp.changes.words import touches
from nlp.detection.pack import Pack, PackLanguage
from nlp.detection.safeguard import Look, Safeguard
from nlp.language.token import Tokens
from nlp.matching import Match
from nlp.norms import ProvisionAnalysis, analyse, frames
from nlp.norms.frame import Field, FieldSpan, Modality, NormFrame, Slot, SlotState
from nlp.structure.act import Provision, Span

_SETTLED = (SlotState.CLOSED, SlotState.REFERENCE)
_BOUND = (Modality.DUTY, Modality.INDICATIVE)
_PUBLIC = ("public", "none")
_SAME_SENTENCE = 0.5  # share of the sentence's words that must come back with a safeguard that has only moved


@dataclass(frozen=True, slots=True)
class Removed:
    """A safeguard that is gone. ``stood``: its words, spans of the wording in force; ``came``: words of the new wording
    that stand in its place or do the harm, spans of ``after`` (empty when the words were only struck out)."""

    norm: ChangedNorm
    safeguard: Safeguard
    stood: tuple[Span, ...]
    came: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One wording of a norm, analysed."""

    analysis: ProvisionAnalysis
    frames: tuple[NormFrame, ...]

    @property
    def tokens(self) -> Tokens:
        return self.analysis.text


@dataclass(frozen=True, slots=True)
class _Norm:
    norm: ChangedNorm
    before: _Side
    after: _Side | None
    gone: tuple[Span, ...]
    new: tuple[Span, ...]
    replaced: tuple[tuple[Span, Span], ...]


def removed(norms: Sequence[ChangedNorm], pack: Pack) -> tuple[Removed, ...]:
    """Safeguards that are gone from the norms of one act, in the order of the norms and of the pack."""
    found = []
    for norm in norms:
        part = pack.languages.get(norm.language)
        if norm.before is None or part is None or not part.safeguards:
            continue
        seen = _norm(norm, part)
        for safeguard in part.safeguards:
            made = _LOOKS[safeguard.look](seen, safeguard)
            if made is not None and not _moved(made, norms, part):
                found.append(made)
    return tuple(found)


def _norm(norm: ChangedNorm, part: PackLanguage) -> _Norm:
    comparison = norm.comparison
    before = norm.before
    assert before is not None
    after = _side(norm.after, part) if norm.after is not None else None
    return _Norm(norm, _side(before, part), after, comparison.gone, comparison.new, comparison.replaced)


def _side(provision: Provision, part: PackLanguage) -> _Side:
    analysis = analyse(provision, languages.of(part.code))
    return _Side(analysis, frames(analysis, part.lexicon))


# --- how safeguards show ----------------------------------------------------------------------------------------------


def _words(seen: _Norm, safeguard: Safeguard) -> Removed | None:
    """Its words stood there, some of them are gone, and the new wording has fewer of them."""
    if seen.after is None and not safeguard.with_unit:
        return None
    stood = [
        (match.start, match.end)
        for match in safeguard.words.find(seen.before.tokens)
        if _is_for(safeguard, seen.before, match.start)
    ]
    lost = [span for span in stood if touches(span, seen.gone)]
    if not lost:
        return None
    if seen.after is not None:
        left = safeguard.words.find(seen.after.tokens)
        if len(_apart(left)) >= len(_joined(stood)) or safeguard.instead.find(seen.after.tokens):
            return None
    return _made(seen, safeguard, _joined(lost))


def _slot(seen: _Norm, safeguard: Safeguard) -> Removed | None:
    """A settled element is gone, or left open in a norm that settled it."""
    if seen.after is None and not safeguard.with_unit:
        return None
    stood = [
        span
        for frame in seen.before.frames
        if _bearer_fits(safeguard, frame)
        for span in _spans(_slot_of(frame, safeguard.look), SlotState.CLOSED)
    ]
    lost = [span for span in stood if touches(span, seen.gone)]
    opened: list[Span] = []
    if seen.after is not None:
        slots = [_slot_of(frame, safeguard.look) for frame in seen.after.frames]
        opened = [span for slot in slots for span in _spans(slot, SlotState.OPEN) if touches(span, seen.new)]
        settled = sum(len(_spans(slot, state)) for slot in slots for state in _SETTLED)
        kept = settled >= len(stood) or bool(safeguard.instead.find(seen.after.tokens))
        if not stood or (kept and not opened) or (not lost and not opened):
            return None
        if safeguard.look is not Look.TIME_LIMIT and not opened:
            return None  # a ground or document less is no open list
    if not stood:
        return None
    return _made(seen, safeguard, _joined(lost or stood), tuple(opened))


def _duty(seen: _Norm, safeguard: Safeguard) -> Removed | None:
    """What a body had to do it now may do or leave."""
    if seen.after is None:
        return None
    bound = [f for f in seen.before.frames if f.modality in _BOUND and _bearer_fits(safeguard, f)]
    if not bound or any(f.modality is Modality.OPTION for f in seen.before.frames):
        return None
    for frame in seen.after.frames:
        span = frame.modal_span
        if frame.modality is not Modality.OPTION or span is None or span.field is not Field.TEXT:
            continue
        came = (span.start, span.end)
        same = next((f for f in bound if _same_action(f, frame)), None)
        if same is not None and _bearer_fits(safeguard, frame) and touches(came, seen.new):
            return _made(seen, safeguard, _modal_words(same, seen), (came,))
    return None


def _same_action(one: NormFrame, two: NormFrame) -> bool:
    if one.action.lemma and one.action.lemma == two.action.lemma:
        return True
    return bool(one.action.kind) and one.action.kind == two.action.kind


def _modal_words(frame: NormFrame, seen: _Norm) -> tuple[Span, ...]:
    """The words that bound the body: the modal word, or the verb that said what it does."""
    span = frame.modal_span or frame.action.span
    if span is None or span.field is not Field.TEXT:
        return seen.gone[:1]
    return ((span.start, span.end),)


def _opened(seen: _Norm, safeguard: Safeguard) -> Removed | None:
    """Words that open a list have come into a norm that had none."""
    if seen.after is None or safeguard.words.find(seen.before.tokens):
        return None
    came = tuple(
        (match.start, match.end)
        for match in safeguard.words.find(seen.after.tokens)
        if touches((match.start, match.end), seen.new) and _is_for(safeguard, seen.after, match.start)
    )
    return _made(seen, safeguard, (), came) if came else None


_LOOKS: dict[Look, Callable[[_Norm, Safeguard], Removed | None]] = {
    Look.WORDS: _words,
    Look.TIME_LIMIT: _slot,
    Look.GROUNDS: _slot,
    Look.DOCUMENTS: _slot,
    Look.DUTY: _duty,
    Look.OPENED: _opened,
}


def _made(seen: _Norm, safeguard: Safeguard, stood: tuple[Span, ...], came: tuple[Span, ...] = ()) -> Removed:
    if not came:
        came = tuple(new for old, new in seen.replaced if new[0] < new[1] and touches(old, stood))
    return Removed(seen.norm, safeguard, stood, _joined(came))


# --- small questions --------------------------------------------------------------------------------------------------


def _slot_of(frame: NormFrame, look: Look) -> Slot:
    slot: Slot = getattr(frame, look.value)
    return slot


def _spans(slot: Slot, state: SlotState) -> list[Span]:
    if slot.state is not state:
        return []
    return [(span.start, span.end) for span in slot.spans if span.field is Field.TEXT]


def _is_for(safeguard: Safeguard, side: _Side, offset: int) -> bool:
    if not safeguard.actors:
        return True
    holding = [f for f in side.frames if _holds(f.extent, offset)]
    return not holding or _bearer_fits(safeguard, holding[-1])


def _holds(extent: FieldSpan, offset: int) -> bool:
    return extent.field is Field.TEXT and extent.start <= offset < extent.end


def _bearer_fits(safeguard: Safeguard, frame: NormFrame) -> bool:
    return str(frame.actor.kind) in (safeguard.actors or _PUBLIC)


def _apart(matches: Iterable[Match]) -> tuple[Span, ...]:
    return _joined((match.start, match.end) for match in matches)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)


def _moved(made: Removed, norms: Sequence[ChangedNorm], part: PackLanguage) -> bool:
    """Whether the safeguard comes back in other new wording of the act: its words, in a sentence about the same."""
    before = made.norm.before
    if not made.stood or before is None:
        return False
    sentence = stems(_sentence(before.text, made.stood[0]))
    quotes = [_key(before.text[a:b]) for a, b in made.stood]
    analyser = languages.of(part.code)
    for other in norms:
        if other is made.norm or other.after is None:
            continue
        words = " ".join(other.after.text[s.start : s.end] for s in other.new if s.field is Field.TEXT)
        if not words or len(sentence & stems(words)) < _SAME_SENTENCE * len(sentence):
            continue
        if all(f" {quote} " in f" {_key(words)} " for quote in quotes):
            return True
        if made.safeguard.look is Look.WORDS and made.safeguard.words.find(analyser.analyse(words)):
            return True
    return False


def _sentence(text: str, span: Span) -> str:
    """The sentence, or the item of a list, that holds a span."""
    start = max(text.rfind(mark, 0, span[0]) for mark in ".;:") + 1
    ends = [at for mark in ".;:" if (at := text.find(mark, span[1])) >= 0]
    return text[start : min(ends, default=len(text))]


def _key(words: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in words.lower().replace("ё", "е")).split())
