"""Records as lines of JSON, the reverse of the readers. Reads: records. Writes: text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from corpora.records import AnnotatedProvision


def provision_line(provision: AnnotatedProvision) -> str:
    """One line of a corpus of provisions; ``annotator`` only where it is said."""
    weight = provision.weight
    fields: dict[str, Any] = {
        "id": provision.id,
        "lang": provision.language,
        "act": provision.act,
        "heading": provision.heading,
        "path": provision.path,
        "lead": provision.lead,
        "text": provision.text,
        "labels": [[label.factor, label.strength, label.quote] for label in provision.labels],
        "stratum": provision.stratum,
        "weight": int(weight) if weight.is_integer() else weight,
    }
    if provision.annotator:
        fields["annotator"] = provision.annotator
    return json.dumps(fields, ensure_ascii=False) + "\n"


def provision_lines(provisions: Iterable[AnnotatedProvision]) -> str:
    """A whole file."""
    return "".join(map(provision_line, provisions))
