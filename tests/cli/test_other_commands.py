"""judge, structure, explain, rules, evaluate."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import saraptama
from nlp.classifier.classifier import Classifier
from nlp.factors import kz_pack
from saraptama.cli.codes import Exit
from saraptama.weights import own_weights
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY

RU = REPOSITORY / "examples" / "draft-ru.docx"
OWN = REPOSITORY / "corpora" / "own"
FLAWED = "Отдел архитектуры рассматривает эскиз вывески в разумный срок и при необходимости запрашивает иные документы."


def line(**fields: object) -> str:
    return json.dumps({"id": "1", "lang": "ru", "text": FLAWED} | fields, ensure_ascii=False) + "\n"


def test_judge_answers_line_by_line(run: Run) -> None:
    ran = run("judge", stdin=line() + "\n" + line(id="2", text="Заявитель вправе отозвать заявление."))
    assert ran.code == Exit.OK
    first, second = (json.loads(row) for row in ran.out.splitlines())
    assert (first["id"], second["id"], second["findings"]) == ("1", "2", [])
    assert first["findings"]
    for finding in first["findings"]:
        assert set(finding) == {"factor", "kind", "strength", "confidence", "severity", "spans", "evidence"}
        assert finding["kind"] in {"remark", "attention"}
        assert finding["strength"] in {1, 2}
        assert 0 < finding["confidence"] <= 1
        for span in finding["spans"]:
            assert span["field"] == "text"
            assert FLAWED[span["start"] : span["end"]].strip()


def test_judge_tells_what_it_did_not_judge(run: Run) -> None:
    ran = run("judge", stdin=line(text="срок " * 5_000) + "\n" + line(id="2"))
    first, second = (json.loads(each) for each in ran.out.splitlines())
    assert ran.code == Exit.OK
    assert first["findings"] == [] and first["not_judged"]["code"] == "judge.too_long"
    assert "20000" in first["not_judged"]["message"] and "Строка 1" in ran.err
    assert second["id"] == "2" and "not_judged" not in second


def test_judge_takes_null_lead_and_heading(run: Run) -> None:
    assert run("judge", stdin=line(lead=None, heading=None)).code == Exit.OK


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ("{", "JSON"),
        ("[1]\n", "{…}"),
        (line(id=7), "id"),
        (line(text=None), "text"),
        (line(lang="en"), "en"),
        (line(lead=3), "lead"),
    ],
)
def test_judge_names_the_line_that_is_wrong(run: Run, bad: str, word: str) -> None:
    ran = run("judge", stdin=line() + bad)
    assert ran.code == Exit.INPUT
    assert "2" in ran.err
    assert word in ran.err
    assert len(ran.out.splitlines()) == 1


def test_structure_as_json_and_as_lines(run: Run) -> None:
    tree = json.loads(run("structure", RU, "--json").out)
    assert tree["kind"] == "act" or "children" in tree or "root" in tree
    shown = run("structure", RU)
    assert shown.code == Exit.OK
    assert "para_1" in shown.out


def test_structure_lists_the_amendments(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "ПРИКАЗ\nО внесении изменений\nПРИКАЗЫВАЮ:\n1. Внести в приказ от 1 марта 2020 года № 5 «О лодках» изменения:\n"
        "1) пункт 3 исключить;\n2) слова «а» заменить.\n2. Настоящий приказ вводится в действие со дня подписания.\n",
        "utf-8",
    )
    ran = run("structure", draft)
    assert ran.out.endswith(
        "\nПоправки: 1\nприказ от 01.03.2020 № 5 «О лодках»\n  order__para_1__subpara_1: пункт 3 – исключить\n"
    )
    assert "подпункт 2) пункта 1 проекта приказа" in ran.err
    assert json.loads(run("structure", draft, "--json").out)["operations"][0]["target"][0]["number"] == "3"


def test_explain_shows_frames_and_silence(run: Run) -> None:
    addresses = [word for word in run("structure", RU).out.split() if word.endswith("__para_7")]
    ran = run("explain", RU, "--unit", addresses[0])
    assert ran.code == Exit.OK
    assert "actor=" in ran.out


def test_explain_says_what_the_model_alone_was_sure_of(run: Run, tmp_path: Path) -> None:
    value = json.loads(run("examine", RU, "--format", "json").out)
    alone = [
        finding["provision"]
        for text in value["texts"]
        for finding in text["findings"]
        if {item["detector"] for item in finding["evidence"]} == {"model"}
    ]
    assert alone
    ran = run("explain", RU, "--unit", alone[0])
    assert ran.code == Exit.OK
    assert "    model: «" in ran.out


def test_explain_names_units_that_exist(run: Run) -> None:
    ran = run("explain", RU, "--unit", "art_999")
    assert ran.code == Exit.INPUT
    assert "para_" in ran.err


def test_rules_check_list_explain(run: Run) -> None:
    assert run("rules", "check").code == Exit.OK
    rows = run("rules", "list", "--factor", "broad_discretion").out.splitlines()
    assert rows
    assert all(row.startswith("broad_discretion.") for row in rows)
    for language in ("ru", "kk"):
        explained = run("rules", "explain", rows[0].split("\t")[0], "--language", language)
        assert explained.code == Exit.OK
        assert len(explained.out.splitlines()) > 8


def test_rules_of_an_unknown_name(run: Run) -> None:
    assert run("rules", "explain", "nothing.ru.x").code == Exit.PACK
    assert run("rules", "list", "--factor", "nothing").code == Exit.PACK


def test_rules_check_fails_on_a_spoilt_pack(run: Run, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kz_pack(), tmp_path / "pack"))
    path = folder / "factors" / "broad_discretion" / "rules.ru.yaml"
    path.write_text(path.read_text("utf-8").replace("    pass:\n", "    pass:\n      - слово без знаков\n", 1), "utf-8")
    assert run("rules", "check", "--pack", folder).code == Exit.OK
    spoilt = path.read_text("utf-8").replace("    flag:\n", "    flag:\n      - Здесь ничего не сказано.\n", 1)
    path.write_text(spoilt, "utf-8")
    ran = run("rules", "check", "--pack", folder)
    assert ran.code == Exit.PACK
    assert "Здесь ничего не сказано." in ran.out


def test_evaluate_and_compare(run: Run, tmp_path: Path) -> None:
    corpora = sorted(OWN.glob("*.jsonl"))
    assert corpora
    for name, language in (("a", "ru"), ("b", "kk")):
        ran = run("--language", language, "evaluate", *corpora, "--report", tmp_path / name)
        assert ran.code == Exit.OK, ran.err
        figures = [line for line in ran.out.splitlines() if not line.startswith("→")]
        assert len(figures) > 10
        assert len({line.partition(":")[0] for line in figures}) == len(figures)
        assert not re.search(r"[a-z]{2}|figure\.", "".join(figures))
        assert (tmp_path / name / "report.json").exists()
    ran = run("evaluate", "compare", tmp_path / "a", tmp_path / "b")
    assert ran.code == Exit.OK, ran.err


def test_a_report_says_what_judged_and_not_whose_labels_these_are(run: Run, tmp_path: Path) -> None:
    corpus = next(path for path in sorted(OWN.glob("*.jsonl")) if "pairs" not in path.name)
    assert run("evaluate", corpus, "--report", tmp_path / "r", "--model", "none").code == Exit.OK
    text = (tmp_path / "r" / "report.md").read_text("utf-8")
    assert "Judge: rules alone, no classifier." in text
    assert "of any other corpus its makers know" in text
    weights = own_weights()
    if weights is not None:
        assert run("evaluate", corpus, "--report", tmp_path / "r").code == Exit.OK
        assert json.loads((tmp_path / "r" / "report.json").read_text("utf-8"))["judge"].endswith(
            Classifier(weights).name
        )


MISTAKES = [
    ("evaluate run x", "--report", "--report"),
    ("versions a", "NEW", "NEW"),
    ("corpsu", "Нет такой команды: corpsu", "Мұндай команда жоқ: corpsu"),
    ("serve --port abc", "«abc» – не целое число", "«abc» бүтін сан емес"),
    ("serve --port 0", "1<=x<=65535", "1<=x<=65535"),
    ("serve more", "Лишнее: more", "Артық: more"),
    ("examine --out", "После --out нужно значение", "--out параметрінен кейін мән керек"),
    ("corpus convert x --to foo --out y", "--to. Допускается: jsonl", "--to параметрінің мәні жарамсыз"),
    ("audit erase --before 33", "не дата", "күн емес"),
    ("evaluate", "Использование: saraptama evaluate", "Қолданылуы: saraptama evaluate"),
]
ENGLISH = re.compile(
    r"\b(Usage|Options?|Commands?:|Got|Missing|Invalid|Error|Show|requires|valid|such|default|match)\b"
)


@pytest.mark.parametrize(("command", "russian", "kazakh"), MISTAKES)
def test_mistakes_in_a_command_are_told_in_the_users_language(
    run: Run, command: str, russian: str, kazakh: str
) -> None:
    for language, told in (("ru", russian), ("kk", kazakh)):
        ran = run("--language", language, *command.split())
        assert (ran.code, ran.out) == (Exit.USAGE, "")
        assert told in ran.err
        assert not ENGLISH.search(ran.err), ran.err


def test_help_is_in_the_users_language(run: Run) -> None:
    for language in ("ru", "kk"):
        for command in ("", "evaluate", "evaluate run", "serve", "train"):
            shown = run("--language", language, *command.split(), "--help")
            assert shown.code == Exit.OK
            assert not ENGLISH.search(shown.out), shown.out


def test_evaluate_predictions_of_judge(run: Run, tmp_path: Path) -> None:
    corpus = next(path for path in sorted(OWN.glob("*.jsonl")) if "pairs" not in path.name)
    judged = run("judge", stdin=corpus.read_text("utf-8"))
    assert judged.code == Exit.OK
    (tmp_path / "judged.jsonl").write_text(judged.out, "utf-8")
    ran = run("evaluate", corpus, "--report", tmp_path / "r", "--predictions", tmp_path / "judged.jsonl")
    assert ran.code == Exit.OK, ran.err


def test_evaluate_a_corpus_that_is_not_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n', "utf-8")
    ran = run("evaluate", tmp_path / "bad.jsonl", "--report", tmp_path / "r")
    assert ran.code == Exit.INPUT
    assert "bad.jsonl" in ran.err
    assert not (tmp_path / "r").exists()


def test_evaluate_writes_the_log(run: Run, tmp_path: Path) -> None:
    corpus = sorted(OWN.glob("*.jsonl"))[0]
    ran = run("evaluate", corpus, "--report", tmp_path / "r", "--log", tmp_path / "q.md", "--note", "проба")
    assert ran.code == Exit.OK, ran.err
    assert "проба" in (tmp_path / "q.md").read_text("utf-8")


def test_the_python_judge_says_what_is_too_long() -> None:
    with pytest.raises(saraptama.SaraptamaError) as caught:
        saraptama.judge("срок " * 5_000, "ru", model="none")
    assert "20000" in saraptama.message(caught.value)
