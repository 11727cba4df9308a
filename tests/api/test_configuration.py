"""Where things lie, from the environment; secrets may lie in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.configuration import Configuration
from api.jobs.engine import engine_url
from api.service import Reach

URL = "postgresql+psycopg://saraptama@database/saraptama"


def test_without_anything_all_lies_in_one_folder(tmp_path: Path) -> None:
    found = Configuration.from_environment({"SARAPTAMA_DATA": str(tmp_path)})
    assert (found.data, found.database, found.pack) == (tmp_path, f"sqlite:///{tmp_path}/saraptama.db", "kz")
    assert engine_url(found.database) == f"{found.database}.jobs"  # where a restoration looks for an old queue


def test_the_password_of_the_database_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("p@ss:w/rd %\n", "utf-8")
    environ = {"SARAPTAMA_DATABASE": URL, "SARAPTAMA_DATABASE_PASSWORD_FILE": str(secret)}
    found = Configuration.from_environment(environ).database
    assert found == "postgresql+psycopg://saraptama:p%40ss%3Aw%2Frd %25@database/saraptama"
    assert Configuration.from_environment({"SARAPTAMA_DATABASE": URL}).database == URL


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["SARAPTAMA_DATABASE_PASSWORD_FILE", "SARAPTAMA_METRICS_TOKEN_FILE"])
def test_a_file_without_a_secret_is_told(tmp_path: Path, content: bytes | None, name: str) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    read = Reach if "METRICS" in name else Configuration
    with pytest.raises(ValueError, match=name):
        read.from_environment({name: str(path)})  # type: ignore[attr-defined]


def test_the_token_of_the_figures_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("figures\n", "utf-8")
    assert Reach.from_environment({"SARAPTAMA_METRICS_TOKEN_FILE": str(tmp_path / "token")}).metrics_token == "figures"


def test_the_secret_of_a_provider_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("agreed\n", "utf-8")
    environ = {
        "SARAPTAMA_OPENID_ISSUER": "https://provider.example", "SARAPTAMA_OPENID_CLIENT": "saraptama",
        "SARAPTAMA_ADDRESS": "https://expertise.example", "SARAPTAMA_OPENID_SECRET_FILE": str(tmp_path / "secret"),
    }  # fmt: skip
    openid = Reach.from_environment(environ).sign_in.openid
    assert openid is not None and openid.secret == "agreed"


def test_an_address_that_is_none_is_told_without_repeating_it() -> None:
    with pytest.raises(ValueError) as caught:
        Configuration.from_environment({"SARAPTAMA_DATABASE": "secret nonsense"})
    assert str(caught.value) == "SARAPTAMA_DATABASE"
