"""What passes from the making of the network to that of the weights: its folder's files and how examples are told."""

from __future__ import annotations

import hashlib

from models.examples import Example

NOTE = "network.json"
OUT_OF_FOLD = "folds.npz"


def key_of(example: Example) -> str:
    """One example among all: the same text may stand in several corpora and roles."""
    provision = example.provision
    parts = (example.source, example.role.value, provision.id, provision.heading, provision.lead, provision.text)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
