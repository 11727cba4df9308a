"""Exit codes, also listed in ``docs/cli.md``."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process tells its caller."""

    OK = 0
    INTERNAL = 1  # a fault of ours
    USAGE = 2  # wrong arguments
    INPUT = 3  # a file cannot be read or is malformed
    NOT_AN_ACT = 4  # read, but not a draft act
    PACK = 5  # the pack is malformed or its tests fail
    PARTLY = 6  # some of several files failed
    OUTPUT = 7  # results cannot be written
    DAMAGED = 8  # what was verified is not whole
