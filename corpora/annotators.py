"""One set of labels out of several annotators', by a named policy.

Reads: annotated provisions, the same one once for each annotator. Writes: each provision once, ``annotator`` empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from corpora.records import AnnotatedProvision, Corpus, Label
from nlp.errors import CorpusError


class Policy(StrEnum):
    """How labels become gold: those of one annotator, of more than half of them, of any of them."""

    ONE = "one"
    MAJORITY = "majority"
    UNION = "union"


@dataclass(frozen=True, slots=True)
class Gold:
    """A policy; ``annotator`` names whose labels are gold where it is ``ONE``."""

    policy: Policy
    annotator: str = ""


def gold_named(text: str) -> Gold:
    """``majority``, ``union`` or ``one:NAME``; raises ``CorpusError`` for anything else."""
    policy, _, annotator = text.partition(":")
    if policy not in tuple(Policy) or (policy == Policy.ONE) != bool(annotator):
        raise CorpusError("corpus_gold_unknown", value=text)
    return Gold(Policy(policy), annotator)


def by_provision(provisions: Iterable[AnnotatedProvision]) -> dict[str, list[AnnotatedProvision]]:
    """Annotations by id, in the order of first appearance."""
    found: dict[str, list[AnnotatedProvision]] = {}
    for provision in provisions:
        found.setdefault(provision.id, []).append(provision)
    return found


def by_annotator(sources: Mapping[PurePath, Sequence[AnnotatedProvision]]) -> dict[str, dict[str, AnnotatedProvision]]:
    """Annotator → id → provision, over files; who is not named in the lines is named after the file.

    Raises ``CorpusError`` where one annotator has a provision twice.
    """
    found: dict[str, dict[str, AnnotatedProvision]] = {}
    for path, provisions in sources.items():
        for provision in provisions:
            name = provision.annotator or path.stem
            made = found.setdefault(name, {})
            if provision.id in made:
                raise CorpusError("corpus_annotator_twice", file=str(path), value=provision.id, annotator=name)
            made[provision.id] = provision
    return found


def gold(provisions: Iterable[AnnotatedProvision], policy: Gold | None = None) -> tuple[AnnotatedProvision, ...]:
    """Each provision once, with the labels that ``policy`` makes gold; the order of first appearance.

    Without a policy nothing may stand twice. With ``ONE`` the provisions that this annotator did not see are left out.
    Raises ``CorpusError`` for several annotators without a policy and for an annotator who is not there.
    """
    found = by_provision(provisions)
    if policy is None:
        for name, made in found.items():
            if len(made) > 1:
                raise CorpusError("corpus_several_annotators", value=name, count=len(made))
        return tuple(replace(made[0], annotator="") for made in found.values())
    if policy.policy is Policy.ONE:
        chosen = tuple(each for made in found.values() for each in made if each.annotator == policy.annotator)
        if found and not chosen:
            known = sorted({each.annotator for made in found.values() for each in made if each.annotator})
            raise CorpusError("corpus_annotator_unknown", value=policy.annotator, known=", ".join(known) or "–")
        return tuple(replace(each, annotator="") for each in chosen)
    most = policy.policy is Policy.MAJORITY
    return tuple(replace(made[0], labels=_labels(made, most), annotator="") for made in found.values())


def with_gold(corpus: Corpus, policy: Gold | None = None) -> Corpus:
    """The corpus with each provision once; pairs and drafts have one author and stay as they are."""
    return replace(corpus, provisions=gold(corpus.provisions, policy))


def _labels(made: Sequence[AnnotatedProvision], most: bool) -> tuple[Label, ...]:
    said: dict[str, list[Label]] = {}
    for each in sorted(made, key=lambda one: one.annotator):
        for label in each.labels:
            said.setdefault(label.factor, []).append(label)
    return tuple(_label(labels, most) for labels in said.values() if not most or 2 * len(labels) > len(made))


def _label(labels: Sequence[Label], most: bool) -> Label:
    """One label of those with one factor: of the strength that more than half gave it (any of them gave it), with the
    quote of the first who gave that strength."""
    strong = sum(label.strength == 2 for label in labels)
    strength = 2 if (2 * strong > len(labels) if most else strong) else 1
    return next(label for label in labels if label.strength == strength)
