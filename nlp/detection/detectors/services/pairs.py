"""Application and result joined: in one provision, or over neighbouring points (application, result, refusal)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.detection.detectors.services.seen import Neighbourhood, Seen
from nlp.detection.detectors.services.words import ServiceWords
from nlp.matching.matcher import Match


@dataclass(frozen=True, slots=True)
class Found:
    """One service: where one applies, where the result is given, further results, the refusal."""

    asked: Seen
    application: Match
    given: Seen
    result: Match
    refused: tuple[tuple[Seen, Match], ...] = ()

    @property
    def by_rule(self) -> bool:
        """Whether a rule has already said so of a place of the service."""
        return self.asked.by_rule or self.given.by_rule


def services_in(neighbourhood: Neighbourhood, words: ServiceWords) -> Iterator[Found]:
    """Services of a neighbourhood, each application once, with the first result it leads to."""
    last: Seen | None = None
    taken: set[str] = set()
    for seen in neighbourhood.seen:
        if seen.applies:
            last = seen
        if not seen.results or seen.excluded:
            continue
        asked = _asked(seen, last, words)
        if asked is None or asked.excluded or asked.provision.id in taken:
            continue
        pair = _pair(asked, seen)
        if pair is not None:
            taken.add(asked.provision.id)
            yield Found(asked, *pair, _refusals(neighbourhood, seen, words))


def _asked(seen: Seen, last: Seen | None, words: ServiceWords) -> Seen | None:
    """Where one applies: the provision itself, the last one near that the decision is tied to, «по заявлению»."""
    if last is not None:
        near = seen.point - last.point <= words.thresholds.reach
        if last is seen or (near and seen.linked):
            return last
    return seen if seen.by_request else None


def _pair(asked: Seen, given: Seen) -> tuple[Match, Seen, Match] | None:
    """The application and the first result that is not itself part of it («для получения талона подает заявление»)."""
    application = (asked.applies or asked.by_request)[0]
    for result in given.results:
        if asked is not given or result.first >= application.last or result.last <= application.first:
            return application, given, result
    return None


def _refusals(neighbourhood: Neighbourhood, given: Seen, words: ServiceWords) -> tuple[tuple[Seen, Match], ...]:
    reach = words.thresholds.reach
    near = (seen for seen in neighbourhood.seen if 0 <= seen.point - given.point <= reach and not seen.excluded)
    return tuple((seen, seen.refuses[0]) for seen in near if seen.refuses)[:1]
