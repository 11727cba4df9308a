"""What use cases work with: the database, the kept files, a clock, the named settings, what the pack knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from expertise.store.blobs import Blobs
from expertise.store.database import Database
from nlp.detection.pack import Pack
from nlp.environment import overrides
from nlp.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Bounds and terms of the work; each can be set by the environment as ``SARAPTAMA_`` + the name in capitals."""

    upload_bytes: int = 100 * 1024 * 1024
    case_files: int = 50
    deadline_workdays: int = 10
    decision_characters: int = 20_000
    analysis_tries: int = 5
    page_of_cases: int = 50
    worker_lost_seconds: int = 60
    hook_tries: int = 8
    hook_seconds: int = 10
    request_bytes: int = 1024 * 1024
    once_hours: int = 48
    password_characters: int = 12
    session_idle_minutes: int = 60
    session_hours: int = 12
    sign_in_tries: int = 10
    sign_in_address_tries: int = 100
    sign_in_minutes: int = 15
    password_checks_at_once: int = 4
    uploads_at_once: int = 8
    pages_at_once: int = 4
    pages_kept_bytes: int = 64 * 1024 * 1024
    token_days: int = 365
    hooks: int = 20
    signature_bytes: int = 1024 * 1024
    answer_workdays: int = 15
    answer_reminder_workdays: int = 3
    answer_reason_characters: int = 20
    answer_file_bytes: int = 10 * 1024 * 1024
    answer_files: int = 20
    page_of_answers: int = 40
    later_files: int = 20
    page_of_recommendations: int = 20
    openid_seconds: int = 10
    openid_bytes: int = 256 * 1024
    openid_minutes: int = 10
    certificate_drafts: int = 2_000
    open_data_drafts: int = 3
    open_data_minutes: int = 60
    radar_conclusions: int = 2_000
    radar_places: int = 50
    risk_map_conclusions: int = 5000
    texts_kept_bytes: int = 32 * 1024 * 1024
    preliminary_bytes: int = 2 * 1024 * 1024
    own_checks_per_day: int = 20
    own_checks: int = 100
    own_check_files: int = 2
    own_check_bytes: int = 20 * 1024 * 1024
    question_points: int = 2
    text_paragraphs: int = 50_000
    case_findings: int = 2_000
    preview_cases: int = 5
    previews_waiting: int = 5

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Overrides from ``environ``; raises ``ValueError`` naming the variable that is no whole number above zero."""
        return cls(**overrides(cls, environ))


def utc_now() -> datetime:
    """The clock of the service."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a use case needs beside its actor. ``factors``: factor id → names by language, in pack order.

    ``limits``: what one file may cost whoever reads it. ``pack``: as it is installed, for those who change it.
    """

    database: Database
    files: Blobs
    factors: Mapping[str, Mapping[str, str]]
    settings: Settings = field(default_factory=Settings)
    clock: Callable[[], datetime] = utc_now
    limits: Limits = field(default_factory=Limits)
    pack: Pack | None = None
