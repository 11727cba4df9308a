"""A recommendation as it stands on the page of adoption: draft, recommended and adopted wording, proposal, decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.diff import Stretch, compare
from api.pages.document_html import Text, texts
from expertise.case.adoption import Adoption
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.words import words
from expertise.store.adoption_tables import AdoptionComment
from expertise.work.adoption_views import Recommendation
from nlp.structure.labels import read_label

_NAMES_THE_ACT = frozenset({"unit_gone", "wording_there", "part_there", "texts_differ"})


@dataclass(frozen=True, slots=True)
class AdoptedUnit:
    """A unit of the adopted act: how it is cited, its words with what differs from the draft."""

    citation: str
    pieces: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """One text: the draft's wording, the recommended one and the adopted ones with differences from the draft.

    ``recommended`` is empty where the norm was to go or no wording was proposed; ``fires``: words on which the same
    factor is still found; ``near``: units that may be meant too.
    """

    language: str
    citation: str
    old: str
    recommended: tuple[Stretch, ...]
    adopted: tuple[AdoptedUnit, ...]
    fires: tuple[str, ...]
    near: tuple[str, ...]
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class AdoptionCard:
    """``parts``: what the conclusion says, by the names of its columns; ``proposed``: "" – nothing was compared."""

    number: int
    severity: str
    parts: Mapping[str, tuple[Text, ...]]
    sides: tuple[Sides, ...]
    proposed: str
    reason: str
    sureness: int
    decision: Any
    moved: bool
    answer: Any
    comments: tuple[AdoptionComment, ...]

    @property
    def state(self) -> str:
        """What was decided, "" – nothing yet."""
        return self.decision.state.value if self.decision else ""

    @property
    def one_key(self) -> bool:
        """Whether the proposal can be confirmed without a word: what was not adopted needs a reason."""
        return self.proposed in (Adoption.ADOPTED, Adoption.IN_PART, Adoption.MOOT)

    @property
    def first_reason(self) -> str:
        """What stands in the field of the reason at first: the developer's, where the recommendation was rejected."""
        return str(self.answer.reason) if self.answer and self.answer.position == "rejected" else ""


def cards(found: Sequence[Recommendation], language: str, *, later: bool = False) -> tuple[AdoptionCard, ...]:
    """Cards in the language of the page; the texts stay in their own. ``later``: the text compared is a later edition
    of the draft, of which nothing is called adopted."""
    return tuple(_card(each, language, later) for each in found)


def reason_code(reason: str, later: bool) -> str:
    """The message of a reason; those that name the adopted act have words of their own for a later edition."""
    return f"adoption.reason_{reason}" + ("_later" if later and reason in _NAMES_THE_ACT else "")


def _card(each: Recommendation, language: str, later: bool) -> AdoptionCard:
    proposal = each.proposal
    return AdoptionCard(
        number=each.number,
        severity=each.found["severity"],
        parts={name: texts(cell) for name, cell in finding_cells(each.found, words(language)).items()},
        sides=tuple(_sides(proposal.evidence, language, later)) if proposal else (),
        proposed=proposal.state if proposal else "",
        reason=reason_code(proposal.reason, later) if proposal else "",
        sureness=proposal.sureness if proposal else 0,
        decision=each.decision,
        moved=each.moved,
        answer=each.answer,
        comments=each.comments,
    )


def _sides(evidence: Mapping[str, Any], language: str, later: bool) -> Iterator[Sides]:
    for code, told in evidence.items():
        shown, link = told["evidence"], told["link"]
        old, wanted = str(shown["old"] or told["quote"]), str(shown["recommended"])
        near = [*link["rivals"], *([shown["closest"]] if shown["closest"] else [])]
        yield Sides(
            language=code,
            citation=told["unit"]["citation"][language],
            old=old,
            recommended=compare(old, wanted) if wanted else (),
            adopted=tuple(
                AdoptedUnit(unit["citation"][language], _unlike(old, unit["quote"])) for unit in shown["adopted"]
            ),
            fires=tuple(finding["marks"][0]["quote"] for finding in shown["still_fires"]),
            near=tuple(unit["citation"][language] for unit in near),
            state="in_part" if told["state"] == "adopted_partly" else told["state"],
            reason=reason_code(told["reason"], later),
        )


def _unlike(old: str, quote: str) -> tuple[Stretch, ...]:
    """The adopted words with what differs from the draft's, which have no number: it is told and not compared."""
    plain = " ".join(quote.split())
    label = read_label(plain)
    if label is None or label.style == "bullet":
        return compare(old, plain)
    return (Stretch("same", plain[: label.length].strip() + " "), *compare(old, plain[label.length :].strip()))
