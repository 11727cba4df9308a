"""Detectors of the act: each a module with ``build(pack) -> Detector``, its words and texts data of the pack.

``BUILDERS`` is the order in which they are asked; a pack names those it has in its manifest (``detectors``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nlp.detection.detectors import collisions, digital, powers, references, services
from nlp.detection.observation import Detector
from nlp.detection.pack import Pack

Builder = Callable[[Pack], Detector]
"""Compiles a detector's data once for a pack."""

BUILDERS: Mapping[str, Builder] = {
    references.NAME: references.build,
    services.NAME: services.build,
    collisions.NAME: collisions.build,
    powers.NAME: powers.build,
    digital.NAME: digital.build,
}


def detectors_of(pack: Pack) -> tuple[Detector, ...]:
    """The detectors that a pack names, compiled, in the order of ``BUILDERS``."""
    return tuple(build(pack) for name, build in BUILDERS.items() if name in pack.detectors)
