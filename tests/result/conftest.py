"""The hand-made examinations live beside the tests of the documents."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "expertise"))
