"""Everything wrong with a corpus is told, with file, line and field; splits that share acts or texts are caught."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.check import Problem, check
from corpora.overlap import LIKENESS, normalised, overlaps
from nlp.messages import LANGUAGES, catalogue, message
from tests.conftest import REPOSITORY
from tests.corpora.test_readers import GOLD, NEUTRAL, PAIR, PROVISION, draft, write

FACTORS = {"permissive_power", "broad_discretion", "excessive_requirement"}
LONG = "Уполномоченный орган рассматривает заявление о выдаче разрешения и принимает решение в срок до 10 дней"


def told(problems: tuple[Problem, ...]) -> list[tuple[str, object, object]]:
    return [(each.code, each.params.get("line"), each.params.get("field")) for each in problems]


def provision(name: str, **fields: Any) -> dict[str, Any]:
    return {**PROVISION, "id": name, **fields}


def test_a_sound_corpus_has_no_problems(tmp_path: Path) -> None:
    found = check([write(tmp_path / "a", PROVISION), write(tmp_path / "b", PAIR, NEUTRAL), draft(tmp_path / "d")],
                  factors=FACTORS)  # fmt: skip
    assert found.problems == () and found.errors == 0
    (split,) = found.splits
    assert (split.provisions, split.pairs, split.neutrals, split.drafts) == (1, 1, 1, 1)


def test_every_line_tells_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    labels = [["permissive_power", 2, "нет таких слов"], ["vague_wordin", 1, "Орган  ВПРАВЕ"]]
    write(path, PROVISION, provision("b", lang="en"), PROVISION, provision("c", labels=labels), provision("d", labels=[
        ["permissive_power", 3, "вправе"]]))  # fmt: skip
    path.write_bytes(path.read_bytes() + b"{\n\xff\n[1]\n" + json.dumps(provision("e")).encode() + b"\n")
    found = check([path], factors=FACTORS)
    assert told(found.problems) == [
        ("corpus_field_value", 2, "lang"),
        ("corpus_id_repeated", 3, "id"),
        ("corpus_factor_unknown", 4, "labels[1][0]"),
        ("corpus_quote_absent", 4, "labels[0][2]"),
        ("corpus_quote_loose", 4, "labels[1][2]"),
        ("corpus_field_value", 5, "labels[0][1]"),
        ("corpus_line_not_json", 6, None),
        ("corpus_line_not_utf8", 7, None),
        ("corpus_line_not_object", 8, None),
        ("corpus_texts_repeated", None, None),
    ]
    assert found.errors == 8 and found.splits[0].provisions == 3


def test_a_line_tells_all_of_its_malformed_fields(tmp_path: Path) -> None:
    labels = [["permissive_power", 3, "вправе"], ["Сила", 1, "вправе"], ["permissive_power", 1, "вправе"]]
    bad = {**provision("", lang="en", weight=-1, labels=labels), "annotator": 5}
    twice = provision("2", labels=[["permissive_power", 1, "вправе"], ["permissive_power", 2, "отказать"]])
    found = check([write(tmp_path / "a", bad, twice), write(tmp_path / "b", {**PAIR, "sound": "", "labels": [1]})])
    assert told(found.problems) == [
        ("corpus_field_value", 1, "lang"),
        ("corpus_field_empty", 1, "id"),
        ("corpus_field_number_range", 1, "weight"),
        ("corpus_field_not_text", 1, "annotator"),
        ("corpus_field_value", 1, "labels[0][1]"),
        ("corpus_factor_id", 1, "labels[1][0]"),
        ("corpus_label_repeated", 2, "labels"),
        ("corpus_field_empty", 1, "sound"),
        ("corpus_field_not_text", 1, "labels[0]"),
    ]


@pytest.mark.shared
def test_training_files_are_sound_and_share_nothing_with_our_own(shared: Path) -> None:
    train = [shared / "corpora" / f"{name}-train.jsonl" for name in ("provisions", "pairs-ru", "pairs-kk")]
    found = check(train, [sorted((REPOSITORY / "corpora" / "own").glob("*.jsonl"))])
    assert found.errors == 0 and found.splits[0].provisions == 3823


def test_pairs_and_drafts_are_judged_too(tmp_path: Path) -> None:
    equal = {**PAIR, "id": "p2", "labels": ["no_such"], "spans": ["жоқ сөз"], "sound": PAIR["flawed"].upper()}
    gold = json.dumps(GOLD) + "\n" + json.dumps({**GOLD, "quote": "такого нет", "factor": "other"})
    found = check([write(tmp_path / "a", PAIR, PAIR, equal), draft(tmp_path / "d" / "one", gold__jsonl=gold),
                   draft(tmp_path / "e", meta__json="{}"), tmp_path / "absent"], factors=FACTORS)  # fmt: skip
    assert told(found.problems) == [
        ("corpus_id_repeated", 2, "id"),
        ("corpus_factor_unknown", 3, "labels[0]"),
        ("corpus_quote_absent", 3, "spans[0]"),
        ("corpus_pair_equal", 3, "sound"),
        ("corpus_factor_unknown", 2, "factor"),
        ("corpus_quote_absent", 2, "quote"),
        ("corpus_field_missing", 1, "id"),
        ("corpus_file_unreadable", None, None),
        ("corpus_texts_repeated", None, None),
    ]


def test_a_file_of_another_kind_and_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = check([write(tmp_path / "a", {"hello": 1}), tmp_path / "empty", write(tmp_path / "b")])
    assert [each.code for each in found.problems] == ["corpus_unknown_format", "corpus_no_draft"]


def test_an_id_in_two_files_unless_annotators_differ(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a", PROVISION), write(tmp_path / "b", PROVISION)
    (problem,) = check([one, other]).problems
    assert problem.code == "corpus_id_elsewhere" and problem.params["other"] == str(one)
    named = [write(tmp_path / name, provision("a:1", annotator=name)) for name in ("x", "y")]
    found = check(named)
    assert found.problems == () and found.splits[0].provisions == 1


def test_splits_share_no_act_id_or_text(tmp_path: Path) -> None:
    train = write(tmp_path / "train", provision("1", text=LONG, labels=[]), provision("2", act="law_y", labels=[]))
    near = LONG.replace("10 дней", "30 дней").upper() + ";"
    dev = write(
        tmp_path / "dev", provision("3", act="law_x_kz", lang="kk", labels=[]), provision("1", act="law_z", labels=[]),
        provision("4", act="law_w", text=near, labels=[]),
    )  # fmt: skip
    found = check([train], [[dev]])
    assert told(found.problems) == [
        ("corpus_act_in_splits", 1, None),
        ("corpus_id_in_splits", 2, None),
        ("corpus_texts_overlap", 3, "text"),
    ]
    overlap = found.problems[-1].params
    assert (overlap["file"], overlap["other"], overlap["other_line"], overlap["percent"]) == (
        str(dev), str(train), 1, 100,
    )  # fmt: skip
    assert {each.code for each in check([train, dev]).problems} == {"corpus_id_elsewhere", "corpus_texts_repeated"}


def test_likeness_by_hand() -> None:
    words = [f"слово{letter}" for letter in "абвгдежзик"]
    nine, eight = " ".join(words[:9]), " ".join(words[:8])
    # Nine common words of ten: 0.9; eight of ten: 0.8; seven of ten: under the bound.
    assert [each.likeness for each in overlaps([("a", " ".join(words))], [("b", nine), ("c", eight)])] == [0.9, 0.8]
    assert overlaps([("a", " ".join(words[:9]))], [("b", " ".join(words[2:]))]) == []
    assert overlaps([("a", "Орган вправе отказать")], [("b", "Орган вправе отказать")]) == []  # too short to tell
    assert normalised("№ 15-бап, Ещё; «ОРГАН»") == ("0", "бап", "еще", "орган")


texts = st.lists(st.lists(st.sampled_from("абвгдежзиклмно"), min_size=6, max_size=14).map(" ".join), max_size=6)


@settings(deadline=None)
@given(texts, texts)
def test_nothing_like_is_missed(first: list[str], second: list[str]) -> None:
    found = {each.second: each.likeness for each in overlaps(list(enumerate(first)), list(enumerate(second)))}
    for at, text in enumerate(second):
        words = set(text.split())
        sizes = [len(words & set(one.split())) / len(words | set(one.split())) for one in first
                 if min(len(words), len(set(one.split()))) >= 8]  # fmt: skip
        best = max(sizes, default=0)
        assert found.get(at) == (best if best >= LIKENESS else None)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_file_is_told_never_more(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (PROVISION, PAIR)).encode()
    at = data.draw(st.integers(0, len(content)))
    path = tmp_path_factory.mktemp("check") / "a"
    path.write_bytes(content[:at] + data.draw(st.binary(max_size=3)) + content[at + 1 :])
    for problem in check([path], [[path]], FACTORS).problems:
        for language in LANGUAGES:
            assert problem.code in catalogue(language) and "___" not in message(problem.code, language, problem.params)
