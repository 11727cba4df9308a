"""Named limits of reading and judging. Every limit has a test that goes one over."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.environment import overrides


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; units are in the names.

    Each field can be set by the environment: ``SARAPTAMA_`` + the name in capitals (see ``Limits.from_environment``).
    """

    file_bytes: int = 100 * 1024 * 1024
    text_characters: int = 20_000_000
    archive_members: int = 5_000
    archive_unpacked_bytes: int = 600 * 1024 * 1024
    archive_ratio: int = 300
    xml_depth: int = 200
    xml_tags: int = 8_000_000
    table_cells: int = 500_000
    blocks: int = 600_000
    pages: int = 5_000
    parse_seconds: int = 120
    parse_memory_bytes: int = 3 * 1024**3
    parse_answer_bytes: int = 1024**3
    convert_seconds: int = 120
    convert_memory_bytes: int = 4 * 1024**3
    ocr_pages: int = 200
    ocr_dpi: int = 300
    ocr_pixels: int = 25_000_000
    ocr_seconds: int = 60
    ocr_total_seconds: int = 1_800
    ocr_memory_bytes: int = 2 * 1024**3
    image_pixels: int = 100_000_000
    page_pixels: int = 4_000_000
    page_seconds: int = 20
    provision_characters: int = 20_000
    judged_characters: int = 60_000_000
    rule_steps: int = 20_000
    norms_remembered: int = 16_384
    shown_findings: int = 200

    @classmethod
    def from_environment(cls, environ: dict[str, str]) -> Limits:
        """Overrides from ``environ``; raises ``ValueError`` naming the variable that is not a number above zero."""
        return cls(**overrides(cls, environ))
