"""Plug-ins: the worked example reads and writes, a broken one is named and breaks nothing, all in the same child."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest

import saraptama
from nlp import plugins
from nlp.errors import PackError, ReadingError
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.plugins import EXPORTERS, PACKS, READERS, PluginError
from nlp.reading.isolation import Parser
from saraptama.cli.codes import Exit
from saraptama.packs import find_pack
from tests.cli.conftest import Run, run  # noqa: F401  (fixture)
from tests.conftest import REPOSITORY
from tests.structure import drafts

EXAMPLE = REPOSITORY / "examples" / "plugins"
DRAFT = REPOSITORY / "examples" / "draft-ru.docx"
BAD = """
import socket
def recognises(data, name):
    if data.startswith(b"%!loud"):
        raise KeyError("loud")
    return data.startswith((b"%!net", b"%!none", b"%!disk"))
def read(data, name, limits):
    if data.startswith(b"%!net"):
        socket.create_connection(("127.0.0.1", 9))
    if data.startswith(b"%!disk"):
        open("/tmp/saraptama-plugin", "w")
    return "no text"
def export(examination, language):
    raise ValueError("no\\nexport")
def escape(examination, language):
    return {"../x": b""}
def pack():
    raise OSError("gone")
"""
ENTRIES = {
    READERS: {"aa-missing": "no_such_module:read", "zz-bad": "bad_plugins"},
    EXPORTERS: {"bad": "bad_plugins:export", "escape": "bad_plugins:escape", "missing": "no_such_module:export"},
    PACKS: {"missing": "no_such_module:pack", "bad": "bad_plugins:pack"},
}


def distribution(folder: Path, name: str, entries: dict[str, dict[str, str]]) -> None:
    """What pip leaves of an installed distribution."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in named.items())
             for group, named in entries.items()]  # fmt: skip
    (info / "entry_points.txt").write_text("\n".join(lines))


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example as installed, for this process."""
    folder = tmp_path / "site"
    declared = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    distribution(folder, declared["name"], declared["entry-points"])
    module = "saraptama_example_plugins.py"
    (folder / module).write_bytes((EXAMPLE / module).read_bytes())
    monkeypatch.syspath_prepend(str(folder))
    return folder


@pytest.fixture
def broken(example: Path) -> Path:
    """Beside it a distribution of broken ones."""
    distribution(example, "broken-plugins", ENTRIES)
    (example / "bad_plugins.py").write_text(BAD)
    return example


def test_the_example_reads_in_the_confined_child(example: Path) -> None:
    draft = saraptama.read(drafts.LAW_RU.encode(), name="law.txt")
    examination = saraptama.examine(draft, model="none")
    (data,) = saraptama.export(examination, "akn").values()
    with Parser(Limits(), path=(str(example),)) as parser:
        source = parser.read(data, "draft.akn.xml")
        with pytest.raises(ReadingError, match=r"plugin_failed.*akoma.*XMLSyntaxError"):
            parser.read(data[:-40], "cut.xml")
        with pytest.raises(ReadingError, match="format_not_supported"):
            parser.read(b"<?xml version='1.0'?><a/>", "other.xml")
        assert parser.read(b"1. x", "a.txt").format == "txt"
    assert source.format == "akoma"
    assert "".join(source.text.split()) == "".join(draft.text.split())
    assert [unit.address for unit in saraptama.structure(source).root.walk()] == [
        unit.address for unit in saraptama.structure(draft).root.walk()
    ]


def test_broken_readers_are_named_and_do_not_stand_in_the_way(broken: Path) -> None:
    akoma = b'<?xml version="1.0"?><a xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><p>1. Text.</p></a>'
    with Parser(Limits(), path=(str(broken),)) as parser:
        assert parser.read(akoma, "a.xml").text == "1. Text."
        for start, plugin, why in (
            (b"", "aa-missing", "ModuleNotFoundError"),
            (b"%!loud", "aa-missing", "ModuleNotFoundError"),
            (b"%!net", "zz-bad", "PermissionError"),
            (b"%!disk", "zz-bad", "PermissionError"),
            (b"%!none", "zz-bad", "TypeError: str is not a SourceText"),
        ):
            with pytest.raises(ReadingError) as refused:
                parser.read(start + b"\0\1\2\xff" * 20, "x.bin")
            assert refused.value.code == "reading.plugin_failed"
            assert refused.value.params["plugin"] == plugin
            assert str(refused.value.params["reason"]).startswith(why)
    assert not Path("/tmp/saraptama-plugin").exists()


def test_the_example_exports_beside_a_broken_one(broken: Path, run: Run, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "out"
    wanted = ("json", "bad", "csv", "missing", "escape")
    options = [word for name in wanted for word in ("--format", name)]
    ran = run("examine", DRAFT, "--out", out, "--model", "none", *options)
    assert ran.code == Exit.INPUT
    assert {path.name for path in out.iterdir()} == {"draft-ru.examination.json", "draft-ru.findings.csv"}
    for name, why in (
        ("bad", "ValueError: no export"),
        ("missing", "ModuleNotFoundError"),
        ("escape", "'../x': bytes"),
    ):
        assert f"«{name}»" in ran.err and why in ran.err
    rows = list(csv.DictReader(io.StringIO((out / "draft-ru.findings.csv").read_text("utf-8-sig"))))
    found = json.loads((out / "draft-ru.examination.json").read_text("utf-8"))["texts"][0]["findings"]
    assert [row["id"] for row in rows] == [finding["id"] for finding in found]
    assert run("examine", DRAFT, "--out", out, "--format", "nobody").code == Exit.USAGE
    assert run("examine", DRAFT, "--format", "csv").code == Exit.USAGE


def test_they_are_listed_and_told(broken: Path, run: Run) -> None:  # noqa: F811
    ran = run("plugins", "--json")
    rows = {(row["group"], row["name"]): row for row in json.loads(ran.out)}
    assert ran.code == Exit.INPUT
    assert rows[READERS, "akoma"]["package"] == "saraptama-example-plugins"
    assert {name for (_, name), row in rows.items() if row["error"]} == {"aa-missing", "missing"}
    assert rows[PACKS, "kz"]["error"] is None
    told = run("plugins", "--language", "kk").out
    assert "Оқу: akoma – saraptama-example-plugins 1.0" in told and "«aa-missing» кеңейтімі жүктелмейді" in told


def test_packs_that_are_registered_but_broken(broken: Path) -> None:
    for name, code in (("missing", "plugin.broken"), ("bad", "plugin.failed")):
        with pytest.raises(PluginError) as refused:
            find_pack(name)
        assert (refused.value.code, refused.value.params["plugin"]) == (code, name)
    assert find_pack("kz").id == "kz"


def test_of_two_with_one_name_the_first_package_counts(broken: Path) -> None:
    distribution(broken, "aaa-first", {EXPORTERS: {"csv": "nothing:here"}})
    assert plugins.named(EXPORTERS, "csv").package == "aaa-first"
    with pytest.raises(PluginError, match=r"broken.*csv"):
        plugins.named(EXPORTERS, "csv").load()


def test_a_folder_called_like_a_registered_pack_does_not_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kz").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_pack("kz").folders[0] == kz_pack()
    with pytest.raises(PackError) as raised:
        find_pack("./kz")  # the folder itself, which has no manifest
    assert raised.value.code != "pack.unknown"
