"""Readers: what they read, and what they say about a line that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import (
    AdoptionState,
    CorpusKind,
    Label,
    judge_line,
    judged_provisions,
    read_corpus,
    read_draft,
    read_pairs,
    read_provisions,
)
from nlp.errors import CorpusError
from nlp.messages import catalogue, message

PROVISION: dict[str, Any] = {
    "id": "a:1",
    "lang": "ru",
    "act": "law_x",
    "heading": "Статья 1",
    "path": "1",
    "lead": "",
    "text": "Орган вправе отказать.",
    "labels": [["permissive_power", 2, "вправе отказать"]],
    "stratum": "marker",
    "weight": 2.5,
}
PAIR: dict[str, Any] = {
    "id": "p1",
    "lang": "kk",
    "domain": "жер",
    "heading": "",
    "lead": "",
    "flawed": "Бөлім бас тартуға құқылы.",
    "labels": ["permissive_power"],
    "spans": ["құқылы"],
    "sound": "Бөлім 5-тармақтың негізі болған кезде бас тартады.",
    "why": "Міндеттің орнына құқық.",
}
NEUTRAL: dict[str, Any] = {"id": "n1", "lang": "ru", "domain": "", "heading": "", "lead": "", "neutral": "Норма."}
GOLD: dict[str, Any] = {
    "unit": "12",
    "sub": "4)",
    "part": "",
    "factor": "excessive_requirement",
    "strength": 2,
    "quote": "иные документы",
    "risk": "",
    "recommendation": "",
}


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def draft(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    plain = {
        "draft.txt": "12. Представляются:\n4) иные документы.",
        "gold.jsonl": json.dumps(GOLD),
        "meta.json": json.dumps({"id": "d1", "lang": "ru", "type": "order"}),
    }
    for name, text in {**plain, **{key.replace("__", "."): value for key, value in files.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_provision_is_read_whole(tmp_path: Path) -> None:
    kazakh = {
        **PROVISION,
        "id": "a:2",
        "lang": "kk",
        "act": "law_x_kz",
        "labels": [],
        "weight": 0,
        "stratum": "enriched",
    }
    first, second = read_provisions(write(tmp_path / "a", PROVISION, kazakh))
    assert first.labels == (Label("permissive_power", 2, "вправе отказать"),)
    assert (first.language, first.heading, first.path, first.weight) == ("ru", "Статья 1", "1", 2.5)
    assert first.strength_of("permissive_power") == 2 and first.strength_of("vague_wording") == 0
    assert first.base_act == second.base_act == "law_x"
    assert first.is_natural and not second.is_natural


def test_mark_of_kazakh_text_is_cut_at_the_end_only(tmp_path: Path) -> None:
    rows = [{**PROVISION, "id": str(at), "act": act} for at, act in enumerate(("a_kz_b", "a_kz", "a_kz_kz"))]
    assert [each.base_act for each in read_provisions(write(tmp_path / "a", *rows))] == ["a_kz_b", "a", "a_kz"]


@pytest.mark.parametrize(
    ("stratum", "weight", "natural"), [("plain", 0, False), ("enriched", 3, False), ("plain", 1, True)]
)
def test_natural_needs_weight_and_another_stratum(tmp_path: Path, stratum: str, weight: float, natural: bool) -> None:
    (read,) = read_provisions(write(tmp_path / "a", {**PROVISION, "stratum": stratum, "weight": weight}))
    assert read.is_natural is natural


def test_pairs_and_neutral_norms_in_one_file(tmp_path: Path) -> None:
    pairs, neutrals = read_pairs(write(tmp_path / "a", NEUTRAL, PAIR))
    assert [pair.id for pair in pairs] == ["p1"] and [norm.text for norm in neutrals] == ["Норма."]
    assert pairs[0].quote_of(0) == "құқылы"


def test_quote_of_a_pair_whose_spans_are_common(tmp_path: Path) -> None:
    both = {**PAIR, "labels": ["permissive_power", "broad_discretion"]}
    (pair,), _ = read_pairs(write(tmp_path / "a", both))
    assert pair.quote_of(1) == "құқылы"


def test_byte_order_mark_blank_lines_and_line_separators(tmp_path: Path) -> None:
    text = json.dumps({**PROVISION, "text": "а\u2028б\u0085в"}, ensure_ascii=False)
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbf\r\n" + text.encode("utf-8") + b"\r\n\n  \n")
    (read,) = read_provisions(path)
    assert read.text == "а\u2028б\u0085в"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"lang": "en"}, "corpus_field_value", "lang"),
        ({"lang": 1}, "corpus_field_not_text", "lang"),
        ({"text": "  \n"}, "corpus_field_empty", "text"),
        ({"text": None}, "corpus_field_not_text", "text"),
        ({"text": "\ud800"}, "corpus_field_not_text", "text"),
        ({"id": ""}, "corpus_field_empty", "id"),
        ({"weight": "2"}, "corpus_field_not_number", "weight"),
        ({"weight": True}, "corpus_field_not_number", "weight"),
        ({"weight": -1}, "corpus_field_number_range", "weight"),
        ({"weight": float("nan")}, "corpus_field_number_range", "weight"),
        ({"weight": float("inf")}, "corpus_field_number_range", "weight"),
        ({"weight": 10**400}, "corpus_field_number_range", "weight"),
        ({"labels": {}}, "corpus_field_not_list", "labels"),
        ({"labels": [["vague_wording", 2]]}, "corpus_label_shape", "labels[0]"),
        ({"labels": ["vague_wording"]}, "corpus_label_shape", "labels[0]"),
        ({"labels": [["Vague wording", 2, "q"]]}, "corpus_factor_id", "labels[0][0]"),
        ({"labels": [[7, 2, "q"]]}, "corpus_field_not_text", "labels[0][0]"),
        ({"labels": [["vague_wording", 3, "q"]]}, "corpus_field_value", "labels[0][1]"),
        ({"labels": [["vague_wording", True, "q"]]}, "corpus_field_value", "labels[0][1]"),
        ({"labels": [["vague_wording", 1.0, "q"]]}, "corpus_field_value", "labels[0][1]"),
        ({"labels": [["vague_wording", 2, " "]]}, "corpus_field_empty", "labels[0][2]"),
        ({"labels": [["a", 1, "q"], ["a", 2, "r"]]}, "corpus_label_repeated", "labels"),
    ],
)
def test_wrong_provision_names_line_and_field(tmp_path: Path, change: dict[str, Any], code: str, field: str) -> None:
    path = tmp_path / "a"
    good = json.dumps(PROVISION)
    path.write_text(good + "\n\n" + json.dumps({**PROVISION, "id": "b", **change}) + "\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_provisions(path)
    assert caught.value.code == code
    assert (caught.value.params["file"], caught.value.params["line"], caught.value.params["field"]) == (
        str(path),
        3,
        field,
    )


@pytest.mark.parametrize("field", sorted(PROVISION))
def test_every_field_of_a_provision_is_needed(tmp_path: Path, field: str) -> None:
    left = {key: value for key, value in PROVISION.items() if key != field}
    with pytest.raises(CorpusError) as caught:
        read_provisions(write(tmp_path / "a", left))
    assert (caught.value.code, caught.value.params["field"]) == ("corpus_field_missing", field)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"labels": []}, "corpus_field_empty"),
        ({"labels": ["a", "a"]}, "corpus_label_repeated"),
        ({"spans": ["x", ""]}, "corpus_field_empty"),
        ({"spans": [1]}, "corpus_field_not_text"),
        ({"sound": ""}, "corpus_field_empty"),
        ({"flawed": 5}, "corpus_field_not_text"),
    ],
)
def test_wrong_pair(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_pairs(write(tmp_path / "a", {**PAIR, **change}))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"id": ', "corpus_line_not_json"),
        (b"[1, 2]", "corpus_line_not_object"),
        (b'"text"', "corpus_line_not_object"),
        (b'{"id": "\xff"}', "corpus_line_not_utf8"),
        (b'{"id": "a", "id": "b"}', "corpus_field_repeated"),
        (b'{"weight": ' + b"9" * 5000 + b"}", "corpus_line_not_json"),
        (b"[" * 200_000, "corpus_line_not_json"),
        (b'{"id": 1}\x00', "corpus_line_not_json"),
    ],
)
def test_line_that_is_no_record(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(json.dumps(PROVISION).encode() + b"\n" + raw + b"\n")
    with pytest.raises(CorpusError) as caught:
        read_provisions(path)
    assert (caught.value.code, caught.value.params["line"]) == (code, 2)


def test_repeated_id(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_provisions(write(tmp_path / "a", PROVISION, PROVISION))
    assert (caught.value.code, caught.value.params["line"]) == ("corpus_id_repeated", 2)


def test_absent_file_and_folder_instead_of_file(tmp_path: Path) -> None:
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(CorpusError) as caught:
            read_provisions(path)
        assert caught.value.code == "corpus_file_unreadable"


def test_content_decides_what_a_corpus_is(tmp_path: Path) -> None:
    provisions = read_corpus(write(tmp_path / "pairs.jsonl", PROVISION))
    pairs = read_corpus(write(tmp_path / "provisions.jsonl", NEUTRAL, PAIR))
    drafts = read_corpus(draft(tmp_path / "drafts" / "one").parent)
    assert (provisions.kind, len(provisions.provisions)) == (CorpusKind.PROVISIONS, 1)
    assert (pairs.kind, len(pairs.pairs), len(pairs.neutrals)) == (CorpusKind.PAIRS, 1, 1)
    assert (drafts.kind, [case.id for case in drafts.drafts]) == (CorpusKind.DRAFT, ["d1"])
    assert len({provisions.sha256, pairs.sha256, drafts.sha256}) == 3


def test_digest_follows_the_content_not_the_name(tmp_path: Path) -> None:
    one, same = write(tmp_path / "one", PROVISION), write(tmp_path / "same", PROVISION)
    other = write(tmp_path / "other", {**PROVISION, "text": "Иное."})
    assert read_corpus(one).sha256 == read_corpus(same).sha256 != read_corpus(other).sha256
    folder = draft(tmp_path / "d")
    before = read_corpus(folder).sha256
    (folder / "draft.txt").write_text("1. Другое.", encoding="utf-8")
    assert read_corpus(folder).sha256 != before


def test_empty_file_is_an_empty_corpus(tmp_path: Path) -> None:
    corpus = read_corpus(write(tmp_path / "a"))
    assert (corpus.kind, corpus.provisions) == (CorpusKind.PROVISIONS, ())


def test_unknown_corpora(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="corpus_unknown_format"):
        read_corpus(write(tmp_path / "a", {"hello": 1}))
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="corpus_no_draft"):
        read_corpus(tmp_path / "empty")


def test_draft_without_adoption(tmp_path: Path) -> None:
    case = read_draft(draft(tmp_path / "d"))
    assert (case.adopted, case.adoption, case.new_findings) == (None, (), ())
    assert [(gold.unit, gold.sub, gold.factor) for gold in case.gold] == [("12", "4)", "excessive_requirement")]
    assert case.meta["type"] == "order" and case.draft.read_text(encoding="utf-8").startswith("12.")


def test_draft_with_adoption(tmp_path: Path) -> None:
    outcome = {
        "unit": "12",
        "factor": "vague_wording",
        "state": "adopted_partly",
        "adopted_unit": "13",
        "evidence": "е",
    }
    new = {"new_finding": {"unit": "17", "factor": "broad_discretion", "quote": "q"}}
    lines = json.dumps(outcome) + "\n" + json.dumps(new)
    case = read_draft(draft(tmp_path / "d", adopted__txt="12. …", adoption__jsonl=lines))
    assert case.adopted == tmp_path / "d" / "adopted.txt"
    assert case.adoption[0].state is AdoptionState.ADOPTED_PARTLY
    assert [new.unit for new in case.new_findings] == ["17"]


@pytest.mark.parametrize("name", ["draft.txt", "gold.jsonl", "meta.json"])
def test_draft_with_a_file_missing(tmp_path: Path, name: str) -> None:
    folder = draft(tmp_path / "d")
    (folder / name).unlink()
    with pytest.raises(CorpusError) as caught:
        read_draft(folder)
    assert (caught.value.code, caught.value.params["name"]) == ("corpus_draft_file_missing", name)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"meta__json": "{"}, "corpus_line_not_json"),
        ({"meta__json": '{"id": "d", "lang": "de"}'}, "corpus_field_value"),
        ({"gold__jsonl": json.dumps({**GOLD, "strength": 0})}, "corpus_field_value"),
        ({"adoption__jsonl": '{"unit": "1", "factor": "a", "state": "maybe"}'}, "corpus_field_value"),
        ({"adoption__jsonl": '{"new_finding": "x"}'}, "corpus_field_not_object"),
    ],
)
def test_malformed_draft(tmp_path: Path, files: dict[str, str], code: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_draft(draft(tmp_path / "d", **files))
    assert caught.value.code == code


def test_json_error_in_a_file_of_several_lines_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_draft(draft(tmp_path / "d", meta__json='{\n "id": "d",\n "lang": ru\n}'))
    assert caught.value.params["line"] == 3


def test_judge_input_of_pairs_and_provisions(tmp_path: Path) -> None:
    pairs = read_corpus(write(tmp_path / "a", PAIR, NEUTRAL))
    assert [each.id for each in judged_provisions(pairs)] == ["p1:flawed", "p1:sound", "n1:neutral"]
    (provision,) = judged_provisions(read_corpus(write(tmp_path / "b", PROVISION)))
    assert judge_line(provision) == {key: PROVISION[key] for key in ("id", "lang", "heading", "lead", "text")}


CODES = [code for code in catalogue("ru") if code.startswith(("corpus_", "evaluation_"))]


def test_codes_have_texts_in_both_languages() -> None:
    assert len(CODES) >= 28
    assert [code for code in catalogue("kk") if code.startswith(("corpus_", "evaluation_"))] == CODES


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_message_of_an_error_fills_every_blank(tmp_path: Path, language: str) -> None:
    bad = [
        {**PROVISION, "lang": "en"},
        {**PROVISION, "weight": "2"},
        {**PROVISION, "labels": [["a b", 2, "q"]]},
        {**PROVISION, "labels": [["a"]]},
    ]
    for line in bad:
        with pytest.raises(CorpusError) as caught:
            read_provisions(write(tmp_path / "файл.jsonl", line))
        text = message(caught.value.code, language, caught.value.params)
        assert "файл.jsonl" in text and "___" not in text and "{" not in text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FUZZ = settings(max_examples=60)


def reads_or_refuses(path: Path) -> None:
    for reader in (read_provisions, read_pairs, read_corpus):
        try:
            reader(path)
        except CorpusError as error:
            assert error.params["file"] == str(path)
            assert message(error.code, "ru", error.params) != error.code


@FUZZ
@given(
    field=st.sampled_from(sorted({*PROVISION, *PAIR, "neutral"})), value=JSON, base=st.sampled_from([PROVISION, PAIR])
)
def test_any_value_in_any_field_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, field: str, value: object, base: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "field.jsonl"
    path.write_text(json.dumps({**base, field: value}), encoding="utf-8")
    reads_or_refuses(path)


@FUZZ
@given(content=st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.jsonl"
    path.write_bytes(content)
    reads_or_refuses(path)


@FUZZ
@given(cut=st.integers(min_value=0, max_value=2000), flip=st.integers(min_value=0, max_value=255))
def test_truncated_and_damaged_lines_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int
) -> None:
    whole = bytearray("\n".join(json.dumps(line, ensure_ascii=False) for line in (PROVISION, NEUTRAL)).encode("utf-8"))
    at = cut % len(whole)
    path = tmp_path_factory.getbasetemp() / "damaged.jsonl"
    path.write_bytes(bytes(whole[:at]))
    reads_or_refuses(path)
    whole[at] = flip
    path.write_bytes(bytes(whole))
    reads_or_refuses(path)
