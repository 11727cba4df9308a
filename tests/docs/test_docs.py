"""Documentation is part of the product: what exists is documented, what is documented exists."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise, product
from pathlib import Path

import click
import pytest
import yaml

from corpora.check import check
from expertise.batch.settings import BatchSettings
from expertise.office import Settings
from nlp.detection.pack import Pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.messages import LANGUAGES, catalogue
from nlp.pipeline import Examiner
from saraptama.cli.codes import Exit
from saraptama.cli.commands import build
from saraptama.cli.judge import to_entry, to_provision
from saraptama.cli.words import Words
from tests.conftest import REPOSITORY
from tests.docs.pages import DOCS, README, Page, code_words, pages

CLI, OPERATIONS, DATA = (Page(DOCS / f"{name}.md") for name in ("cli", "operations", "data"))
USER = {code: Page(DOCS / f"user.{code}.md") for code in LANGUAGES}
INTERRUPTED = 130
COMMON = {"--language", "--help", "-h"}
TOLD_TO_USERS = ("reading.", "structure.", "examine.", "documents.", "dossier.")

GROUP = build(Words("ru"))


# Links


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_relative_links_and_images_exist(path: Path) -> None:
    for _, target in Page(path).links:
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), target
        if anchor:
            assert anchor in Page(linked).anchors, target


def test_readme_is_short_and_leads_to_every_page() -> None:
    page = Page(README)
    assert len(page.text.splitlines()) < 60
    linked = {target.partition("#")[0] for _, target in page.links}
    assert {f"docs/{path.name}" for path in DOCS.glob("*.md")} <= linked
    pictures = [REPOSITORY / target for image, target in page.links if image]
    assert pictures
    assert all(picture.stat().st_size <= 200 * 1024 for picture in pictures)


# Settings, exit codes, make targets


def test_every_limit_is_documented_with_its_default() -> None:
    shown = {code_words(row[0])[0]: row[1] for row in OPERATIONS.rows if row[0].startswith("`SARAPTAMA_")}
    defaults = {
        f"SARAPTAMA_{each.name.upper()}": str(getattr(settings, each.name))
        for settings in (Limits(), Settings(), BatchSettings())
        for each in fields(settings)
    }
    other = set(shown) - set(defaults)
    assert {name: shown.get(name) for name in defaults} == defaults
    folders = ("saraptama/cli", "nlp/reading", "api")
    sources = "".join(path.read_text("utf-8") for folder in folders for path in (REPOSITORY / folder).rglob("*.py"))
    for alone in ("expertise/documents/fonts.py", "saraptama/weights.py"):
        sources += (REPOSITORY / alone).read_text("utf-8")
    assert {name for name in other if name not in sources} == set()
    named = set(re.findall(r'"(SARAPTAMA_[A-Z_]+)"', sources)) - {"SARAPTAMA_PARENT"}  # between two processes of ours
    assert named <= set(shown)


def test_every_setting_named_anywhere_exists() -> None:
    known = {code_words(row[0])[0] for row in OPERATIONS.rows if row[0].startswith("`SARAPTAMA_")}
    for path in pages():
        assert set(re.findall(r"SARAPTAMA_[A-Z_]+", Page(path).text)) <= known, path.name


def test_every_exit_code_is_documented() -> None:
    codes = {each.value: each.name for each in Exit}
    rows = [row for row in CLI.rows if row[0].isdecimal()]
    assert {int(row[0]): code_words(row[1])[0] for row in rows if int(row[0]) != INTERRUPTED} == codes
    assert {int(row[0]) for row in OPERATIONS.rows if row[0].isdecimal()} == {*codes, INTERRUPTED}
    assert INTERRUPTED in {int(row[0]) for row in rows}


def test_every_make_target_is_documented() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    assert targets
    assert {code_words(row[0])[0] for row in OPERATIONS.rows if row[0].startswith("`make ")} == {
        f"make {target}" for target in targets
    }
    for path in pages():
        assert set(re.findall(r"make ([a-z]+)[`\s]", "\n".join(_code(Page(path))))) <= targets, path.name


def _code(page: Page) -> list[str]:
    return [f"{each} " for each in (*code_words(page.prose), *page.blocks("sh"), *page.blocks(""))]


def test_pages_named_in_the_makefile_exist() -> None:
    named = re.findall(r"docs/[\w.]+\.md", (REPOSITORY / "Makefile").read_text("utf-8"))
    assert all((REPOSITORY / name).is_file() for name in named), named


# Command line


def _commands(group: click.Group = GROUP, above: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        path = f"{above} {name}".strip()
        if isinstance(command, click.Group):
            yield from _commands(command, path)
        else:
            yield path, command


def _options(command: click.Command) -> set[str]:
    return {name for param in command.params if isinstance(param, click.Option) for name in param.opts} - COMMON


def _examples() -> list[list[str]]:
    lines = [line for block in CLI.blocks("sh") for line in block.splitlines() if line.startswith("saraptama")]
    return [shlex.split(re.sub(r" [<>].*", "", line))[1:] for line in lines]


def test_every_command_and_option_is_documented_and_no_other() -> None:
    assert {code_words(row[0])[0] for row in CLI.tables[0][1:]} == set(GROUP.commands)
    for name in GROUP.commands:
        section = CLI.section(name)
        wanted: set[str] = set()
        for path, command in _commands():
            if path.split()[0] == name:
                wanted |= _options(command)
                assert path in section or path == name, path
        documented = set(re.findall(r"^\| `(--[\w-]+)", section, re.MULTILINE))
        assert documented == wanted, name
    assert all(f"`{option}`" in CLI.text for option in (*COMMON, "--version"))


def test_every_command_and_option_has_an_example() -> None:
    used = {word for words in _examples() for word in words}
    for path, command in _commands():
        first, *rest = path.split()
        assert first in used and (not rest or rest == ["run"] or rest[0] in used), path
        assert _options(command) <= used, path
    assert {"--language", "--help", "--version"} <= used


@pytest.mark.parametrize("words", _examples(), ids=" ".join)
def test_examples_of_the_command_line_parse(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    group = build(Words("ru"))
    ran: list[str] = []
    for path, command in _commands(group):
        command.callback = lambda path=path, **values: ran.append(path)
    group.main(args=words, prog_name="saraptama", standalone_mode=False)
    capsys.readouterr()
    assert len(ran) == (not {"--help", "--version"} & set(words))


def test_a_wrong_example_would_be_noticed() -> None:
    with pytest.raises(click.UsageError):
        GROUP.main(args=["examine", "draft.docx", "--ouput", "x"], prog_name="saraptama", standalone_mode=False)


def test_rules_and_factors_in_examples_exist(pack: Pack) -> None:
    rules = {rule.id for rule in pack.rules()}
    for words in _examples():
        if words[:2] == ["rules", "explain"]:
            assert words[2] in rules
        for option in ("--factor", "--factors"):
            if option in words:
                assert set(words[words.index(option) + 1].split(",")) <= set(pack.factors)


# JSON Lines


def _paths(value: object, above: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            path = f"{above}.{key}" if above else key
            yield path
            yield from _paths(inner, path)
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, f"{above}[]")


def test_the_format_of_judge_is_the_documented_one(pack: Pack) -> None:
    given, shown = CLI.section("judge").split("```json\n")[1:]
    line, documented = given.partition("\n```")[0], json.loads(shown.partition("```")[0])
    answer = to_entry(Examiner(pack).judge(to_provision(line, 1)))
    assert answer["findings"], "the example must show a finding"
    assert set(_paths(documented)) == set(_paths(answer))
    assert documented["id"] == answer["id"]
    assert documented["findings"][0]["factor"] == answer["findings"][0]["factor"]
    assert documented["findings"][0]["spans"] == answer["findings"][0]["spans"]


def test_every_field_of_judge_is_explained(pack: Pack) -> None:
    line = CLI.blocks("json")[0]
    answer = to_entry(Examiner(pack).judge(to_provision(line, 1)))
    tables = [table for table in CLI.tables if table[0] == ["field", "type", "meaning"]]
    explained = {code_words(row[0])[0]: row[2] for table in tables for row in table[1:]}
    assert set(json.loads(line)) <= set(explained)
    for path in {*_paths(answer)}:
        above, _, field = path.rpartition(".")
        holder = above.removesuffix("[]")
        assert path in explained or f"`{field}`" in explained.get(holder, "") or holder.endswith("evidence[].spans")


def test_factors_named_for_programs_are_those_of_the_pack(pack: Pack) -> None:
    row = next(row for row in CLI.rows if row[0] == "`findings[].factor`")
    assert code_words(row[2]) == list(pack.factors)


# Factors, grounds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_factor_is_explained_to_users_in_the_order_of_the_pack(language: str, pack: Pack) -> None:
    shown = [words for _, words in USER[language].headings if re.search(r"\(F\d+, `", words)]
    wanted = []
    for factor in (*pack.factors.values(), *pack.act_factors.values()):
        name = factor.name[language]
        wanted.append(f"{name[0].upper()}{name[1:]} ({factor.code}, `{factor.id}`)")
    assert shown == wanted


def test_factors_and_marks_of_grounds_stand_on_the_data_page(pack: Pack) -> None:
    rows = [row for row in DATA.rows if re.fullmatch(r"F\d+", row[1])]
    assert [(row[0].strip("`"), row[1], row[2]) for row in rows] == [
        (factor.id, factor.code, factor.name["ru"]) for factor in pack.factors.values()
    ]
    first_cells = {word for row in DATA.rows for word in code_words(row[0])}
    grounds = [ground for factor in pack.factors.values() for ground in factor.basis]
    assert grounds
    assert {ground["mark"] for ground in grounds} <= first_cells
    none_verified = not any(ground.get("verified") for ground in grounds)
    assert ("No ground is verified so far" in DATA.text) == none_verified


def test_thresholds_of_severity_are_those_of_the_pack() -> None:
    levels = yaml.safe_load((kz_pack() / "severity.yaml").read_text("utf-8"))["levels"]
    products = sorted({one * other for one, other in product((1, 2, 3), repeat=2)})
    bounds = (0, levels["medium"], levels["high"], max(products) + 1)
    for page in USER.values():
        for low, high in pairwise(bounds):
            inside = [value for value in products if low <= value < high]
            assert f"{inside[0]}–{inside[-1]} " in page.text, page.path.name


# Two languages


@pytest.mark.parametrize("name", ["user", "corpora", "batch"])
def test_user_pages_are_equal_in_shape(name: str) -> None:
    ru, kk = (Page(DOCS / f"{name}.{code}.md") for code in ("ru", "kk"))
    assert [level for level, _ in ru.headings] == [level for level, _ in kk.headings]
    assert [[len(row) for row in table] for table in ru.tables] == [[len(row) for row in table] for table in kk.tables]
    assert len(ru.blocks("sh")) == len(kk.blocks("sh"))
    for mark in (r"^- ", r"^\d+\. ", r"^> \*\*", r"\*\*", r"`[^`]+`"):
        assert len(re.findall(mark, ru.text, re.M)) == len(re.findall(mark, kk.text, re.M)), mark
    files = [[target for _, target in page.links if target.endswith(".md")] for page in (ru, kk)]
    assert files[0] == [f"{name}.kk.md" if target == f"{name}.ru.md" else target for target in files[1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_of_a_corpus_shown_to_users_is_sound(language: str, tmp_path: Path) -> None:
    (line,) = Page(DOCS / f"corpora.{language}.md").blocks("json")
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    assert check([tmp_path / "a.jsonl"], factors={"broad_discretion"}).problems == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_to_a_user_is_explained_in_its_own_words(language: str) -> None:
    said = catalogue(language)
    rows = {code_words(row[2])[0]: row[0] for table in USER[language].tables if len(table[0]) == 3
            for row in table[1:]}  # fmt: skip
    assert {code for code in said if code.startswith(TOLD_TO_USERS)} <= set(rows) <= set(said)
    for code, words in rows.items():
        pattern = ".*".join(re.escape(part.strip()) for part in words.split("…"))
        assert re.search(pattern, said[code]), f"{code}: {words}"
