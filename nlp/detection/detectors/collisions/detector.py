"""The detector: norms of an act → sayings → rivals → observations with both places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.detectors.collisions.lists import lists
from nlp.detection.detectors.collisions.modalities import exceptions, modalities
from nlp.detection.detectors.collisions.quantities import Quantity, quantities
from nlp.detection.detectors.collisions.rivals import rivals
from nlp.detection.detectors.collisions.say import NAME, misspelled, observation
from nlp.detection.detectors.collisions.sayings import Saying, Sentence, sayings
from nlp.detection.detectors.collisions.scopes import Scopes
from nlp.detection.detectors.collisions.terms import terms
from nlp.detection.detectors.collisions.words import Words, build_words
from nlp.detection.observation import Detected, Detector, Observation
from nlp.detection.pack import Pack
from nlp.language.token import Tokens
from nlp.norms.frame import Modality
from nlp.structure.act import Provision, Role

_LONGEST = 120  # tokens; longer sentences hold conditions that words alone do not show
_FORCES = {
    frozenset({Modality.OPTION, Modality.DUTY}): "modality",
    frozenset({Modality.OPTION, Modality.BAN}): "permission",
}


def build(pack: Pack) -> Detector:
    """The detector with the pack's words."""
    return _Collisions({code: build_words(code, data) for code, data in pack.detectors[NAME].words.items()})


class _Collisions:
    def __init__(self, words: Mapping[str, Words]) -> None:
        self._words = words

    def __call__(self, view: ActView) -> Detected:
        scopes = Scopes(view, self._words)
        said: list[Saying] = []
        found: list[Observation] = []
        openings: dict[str, dict[str, Sentence]] = defaultdict(dict)
        items: dict[str, list[Sentence]] = defaultdict(list)
        for provision in view.judged:
            words = self._words.get(provision.language)
            if words is None or provision.role not in (Role.NORM, Role.DEFINITION):
                continue
            if provision.role is Role.DEFINITION:
                said += terms(provision, languages.of(provision.language), words, scopes)
                continue
            sentences = list(_sentences(view, provision, scopes))
            if provision.opens_list and len(sentences) == 1:
                openings[provision.language][provision.address] = sentences[0]
            if sentences and len(provision.path) > 1:
                items[provision.path[-2]].append(sentences[0])
            for sentence in sentences:
                counted = quantities(sentence.tokens, words)
                found += _misspelled(view, sentence, counted)
                said += _of(sentence, counted, words)
        for code, opened in openings.items():
            said += lists(opened, items, self._words[code])
        found += [made for group in rivals(said) if (made := _judged(view, group)) is not None]
        found += _forces(view, [each for each in said if each.kind == "force"])
        return Detected(tuple(found))


def _of(sentence: Sentence, counted: Sequence[Quantity], words: Words) -> Iterator[Saying]:
    if len(sentence.tokens) + len(sentence.framing) > _LONGEST:
        return
    yield from sayings(sentence, counted, words)
    yield from modalities(sentence, words)
    yield from exceptions(sentence, words)


def _sentences(view: ActView, provision: Provision, scopes: Scopes) -> Iterator[Sentence]:
    analysis = view.analysis(provision)
    if not analysis.text:
        return
    scope = scopes.of(provision)
    framing: Tokens = (*analysis.lead, *analysis.tail)
    for _, tokens in groupby(analysis.text, key=lambda token: token.sentence):
        yield Sentence(provision, tuple(tokens), framing, scope)


def _misspelled(view: ActView, sentence: Sentence, counted: Sequence[Quantity]) -> Iterator[Observation]:
    """«10 (пятнадцати) рабочих дней»: the figure and the word of one limit differ."""
    for quantity in counted:
        if quantity.contradicts_itself:
            yield misspelled(view.citations, sentence, quantity)


def _judged(view: ActView, group: Sequence[Saying]) -> Observation | None:
    if group[0].kind == "force":
        return None
    return observation(view.citations, group[0].kind, group)


def _forces(view: ActView, said: Sequence[Saying]) -> Iterator[Observation]:
    """Rival forces of one deed. Frames are read only where two provisions share the key."""
    groups: dict[object, list[Saying]] = defaultdict(list)
    for saying in said:
        groups[saying.key].append(saying)
    for group in groups.values():
        if len({saying.provision.id for saying in group}) < 2:
            continue
        first: dict[Modality, Saying] = {}
        for saying in group:
            force = _force(view, saying)
            if force is not None:
                first.setdefault(force, saying)
        for forces, text in _FORCES.items():
            rival = [first[force] for force in first if force in forces]
            if len({each.provision.id for each in rival}) == 2:
                yield observation(view.citations, text, rival)


def _force(view: ActView, saying: Saying) -> Modality | None:
    """The one force of the sentence; None where clauses of it differ."""
    forces = {
        frame.modality
        for frame in view.frames(saying.provision)
        if frame.extent.field is saying.span.field
        and frame.extent.start < saying.span.end
        and saying.span.start < frame.extent.end
        and frame.modality not in (Modality.NONE, Modality.INDICATIVE)
    }
    return next(iter(forces)) if len(forces) == 1 else None
