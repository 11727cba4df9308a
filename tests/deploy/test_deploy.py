"""Container, compose and systemd files: what they name exists, nothing in them is open by default."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from expertise.documents import fonts
from nlp.reading.convert import LIBREOFFICE
from nlp.reading.ocr_tesseract import TESSERACT
from saraptama.cli.commands import build
from saraptama.cli.words import Words
from saraptama.weights import own_weights
from tests.conftest import REPOSITORY
from tests.docs.pages import DOCS, Page, code_words

CONTAINERFILE = (REPOSITORY / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((REPOSITORY / "compose.yaml").read_text("utf-8"))
UNITS = sorted((REPOSITORY / "deploy").glob("*.service"))
FILES = [REPOSITORY / "Containerfile", REPOSITORY / "compose.yaml", *UNITS]
DIGESTED = re.compile(r"[\w./-]+:\d[\w.-]*")


def runs(arguments: list[str]) -> bool:
    """Whether the command line takes these arguments."""
    group = build(Words("ru"))
    ran = []
    for command in _all(group):
        command.callback = lambda **values: ran.append(values)
    group.main(args=arguments, prog_name="saraptama", standalone_mode=False)
    return len(ran) == 1


def _all(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _all(command)
        else:
            yield command


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_documented(path: Path) -> None:
    known = {code_words(row[0])[0] for row in Page(DOCS / "operations.md").rows if row[0].startswith("`SARAPTAMA_")}
    assert set(re.findall(r"SARAPTAMA_[A-Z_]+", path.read_text("utf-8"))) <= known


# Containerfile


def instructions() -> list[tuple[str, str]]:
    lines = [line for line in CONTAINERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(name, words) for name, _, words in (line.partition(" ") for line in joined)]


def copied() -> list[str]:
    given = [shlex.split(words) for name, words in instructions() if name == "COPY"]
    return [word for words in given if not words[0].startswith("--from") for word in words[:-1]]


def test_all_that_is_copied_is_there_and_let_in() -> None:
    ignore = (REPOSITORY / ".dockerignore").read_text("utf-8").splitlines()
    let_in = {line[1:] for line in ignore if line.startswith("!")}
    assert copied() and all((REPOSITORY / name).exists() for name in copied())
    assert set(copied()) == let_in and "*" in ignore


def test_every_package_of_the_program_is_copied() -> None:
    """Those that are installed, not only those with code that runs: the weights of the classifier lie in one."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    weights = own_weights()
    assert weights and weights.relative_to(REPOSITORY).parts[0] in packages <= set(copied())


def test_every_system_package_that_a_message_names_is_installed() -> None:
    installed = next(words for name, words in instructions() if name == "RUN" and "apt-get install" in words)
    wanted = {*TESSERACT.packages.split(), LIBREOFFICE.packages, *fonts._PACKAGES}
    assert wanted <= set(installed.split())


def test_it_runs_as_nobody_in_particular_from_a_named_base() -> None:
    bases = [words.split()[0] for name, words in instructions() if name == "FROM"]
    assert bases and all(DIGESTED.fullmatch(base) for base in bases)
    last = dict(instructions())
    assert last["USER"] == "10001" and last["VOLUME"] == "/data"
    command = yaml.safe_load(last["CMD"])
    assert yaml.safe_load(last["ENTRYPOINT"]) == ["saraptama"] and runs(command)
    assert "password" not in CONTAINERFILE.lower()


def test_the_health_check_is_there() -> None:
    (words,) = [words for name, words in instructions() if name == "HEALTHCHECK"]
    assert (REPOSITORY / "saraptama" / "live.py").is_file() and "/opt/saraptama/saraptama/live.py" in words


# compose.yaml

SERVICE_KEYS = {
    "image", "build", "restart", "environment", "secrets", "volumes", "read_only", "tmpfs", "cap_drop", "security_opt",
    "init", "command", "networks", "healthcheck", "depends_on", "ports",
}  # fmt: skip
OURS = ("upgrade", "service", "worker")


def test_it_says_nothing_that_compose_does_not_know() -> None:
    assert set(COMPOSE) == {"name", "x-saraptama", "services", "networks", "volumes", "secrets"}
    assert set(COMPOSE["services"]) == {"database", *OURS}
    for service in COMPOSE["services"].values():
        assert set(service) <= SERVICE_KEYS
        assert set(service["healthcheck"]) <= {"test", "interval", "timeout", "retries", "start_period", "disable"}
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])
        for volume in service["volumes"]:
            assert volume.partition(":")[0] in COMPOSE["volumes"]
        for name, condition in service.get("depends_on", {}).items():
            assert name in COMPOSE["services"] and set(condition) == {"condition"}


def test_no_password_is_in_it_and_none_is_usual() -> None:
    text = (REPOSITORY / "compose.yaml").read_text("utf-8")
    assert not re.search(r"PASSWORD:|//\w+:[^@\s]+@", text)
    (secret,) = COMPOSE["secrets"].values()
    assert not (REPOSITORY / secret["file"]).exists()
    ignored = (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()
    assert any(fnmatch(secret["file"].removeprefix("."), f"{line}*") for line in ignored if line.startswith("/deploy"))


@pytest.mark.parametrize("name", OURS)
def test_ours_write_only_where_they_must_and_gain_nothing(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True and service["volumes"] == ["data:/data"]
    assert service["cap_drop"] == ["ALL"] and service["security_opt"] == ["no-new-privileges:true"]
    assert runs(service["command"])
    assert service["environment"]["SARAPTAMA_DATABASE_PASSWORD_FILE"] == "/run/secrets/database_password"
    test = service["healthcheck"].get("test")
    assert test is None or test[1] != "saraptama" or runs(test[2:])


def test_only_a_proxy_of_this_machine_reaches_it() -> None:
    assert COMPOSE["services"]["service"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]
    assert not any("ports" in COMPOSE["services"][name] for name in ("database", "upgrade", "worker"))
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert COMPOSE["services"]["worker"]["networks"] == COMPOSE["services"]["database"]["networks"] == ["inside"]
    assert DIGESTED.fullmatch(COMPOSE["services"]["database"]["image"])


# systemd

HARD = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes", "CapabilityBoundingSet": "", "RestrictSUIDSGID": "yes", "LockPersonality": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6", "User": "saraptama", "UMask": "0077",
}  # fmt: skip


def unit(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text("utf-8").splitlines() if "=" in line and not line.startswith("#")]
    pairs = [(name, value) for name, _, value in (line.partition("=") for line in lines)]
    assert len(pairs) == len(dict(pairs)), "a name twice"
    return dict(pairs)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_hardened_and_start_what_there_is(path: Path) -> None:
    said = unit(path)
    assert {name: said.get(name) for name in HARD} == HARD
    program, *arguments = shlex.split(said["ExecStart"])
    assert program == "/opt/saraptama/.venv/bin/saraptama" and runs(arguments)
    assert said["Environment"] == f"SARAPTAMA_DATA=/var/lib/{said['StateDirectory']}"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_leave_the_parser_child_what_it_shuts_itself_up_with(path: Path) -> None:
    said = unit(path)
    assert set(said["RestrictNamespaces"].split()) == {"user", "net", "pid", "mnt"}
    assert "PrivateUsers" not in said and "MemoryDenyWriteExecute" not in said
    allowed = set(said["SystemCallFilter"].split())
    assert allowed >= {"@system-service", "mount", "landlock_create_ruleset", "landlock_restrict_self"}


def test_there_are_two_units_and_they_know_each_other() -> None:
    assert [path.name for path in UNITS] == ["saraptama-worker.service", "saraptama.service"]
    assert unit(UNITS[1])["Wants"] == UNITS[0].name


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(path: Path, tmp_path: Path) -> None:
    """As written, but for the program and the account, which this machine has not."""
    text = re.sub(r"^ExecStart=.*", "ExecStart=/bin/true", path.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^(User|Group|Wants)=.*\n", "", text, flags=re.MULTILINE)
    (tmp_path / path.name).write_text(text, "utf-8")
    ran = subprocess.run(["systemd-analyze", "verify", tmp_path / path.name], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
