"""Asked: a finding of the draft as adoption sees it, whoever wrote it – the machine or an expert."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.adoption.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """``unit``: as the finding names it (an address, «12», «пункт 12»); ``address``: the unit of the draft, where it is
    known; ``start`` of the flagged words in its clean text (-1: to be found by ``quote``). ``id`` is the machine's own
    or counts the list (``#3``)."""

    id: str
    factor: str
    unit: str
    quote: str
    wanted: Wanted
    recommendation: str = ""
    address: str = ""
    start: int = -1
    sub: str = ""
