"""Measures of Kazakh lemmas: the stripper, the treebank reader, the draw, readers' marks, and the promised figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from evaluation.errors import EvaluationError
from evaluation.kazakh_lemmas import CHOICES, main, notations, ours, shares, treebank_table, words_per_second
from evaluation.morphology import marks
from evaluation.morphology.draw import draw, places
from evaluation.morphology.stripper import Stripper, rests_of, word_list
from evaluation.morphology.treebank import Word, words
from evaluation.morphology.unknown import by_stem, kept, without
from nlp.language.kazakh.analyser import candidates, is_known
from nlp.language.kazakh.lexicon import lexicon

WORDS = frozenset({"кітап", "кітабы", "бер", "беру", "үй", "бала", "балалар", "ат", "ата"})


@pytest.mark.parametrize(
    ("form", "shortest", "longest"),
    [
        ("кітаптарда", "кітап", "кітап"),
        ("кітабына", "кітап", "кітабы"),
        ("балаларға", "бала", "балалар"),
        ("берілмеген", "бер", "бер"),
        ("үй", "үй", "үй"),
        ("аталар", "ата", "ата"),  # two letters are no stem
        ("қоңыздарға", "қоңыз", "қоңыз"),  # nothing known: the endings of nouns go
    ],
)
def test_stripper(form: str, shortest: str, longest: str) -> None:
    assert Stripper(WORDS, "shortest").lemma(form) == shortest
    assert Stripper(WORDS, "longest").lemma(form) == longest


def test_stripper_takes_off_only_what_is_in_harmony() -> None:
    assert "бала" in set(rests_of("балаға"))
    assert "бала" not in set(rests_of("балаге"))


def test_word_list_drops_classes_and_the_count(tmp_path: Path) -> None:
    path = tmp_path / "x.dic"
    path.write_text("\ufeff2\nАба/ABb\nүй\n\n", encoding="utf-8")
    assert word_list(path) == {"аба", "үй"}


CONLLU = """# text = x
1\tҮйлер\tүй\tNOUN\tn\t_\t0\troot\t_\t_
2\t,\t,\tPUNCT\tx\t_\t1\tpunct\t_\t_
3-4\tжақсымын\t_\t_\t_\t_\t_\t_\t_\t_
3\tжақсы\tжақсы\tADJ\tadj\t_\t1\tx\t_\t_
4\tмын\tе\tAUX\tcop\t_\t1\tx\t_\t_
5\t—\t—\tX\tx\t_\t1\tx\t_\t_

1\tүйлер\tүй\tNOUN\tn\t_\t0\troot\t_\t_
3\tбарды\tбар\tVERB\tv\t_\t0\troot\t_\t_
"""


def test_treebank_counts_words_written_on_their_own(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    assert words([path]) == {Word("үйлер", "үй", "NOUN"): 2, Word("барды", "бар", "VERB"): 1}


def test_shares_count_types_and_tokens_apart() -> None:
    counted = {Word("үйлер", "үй", "NOUN"): 3, Word("барды", "бару", "VERB"): 1}
    result = shares(counted, {"үйлер": "үй", "барды": "бар"}.__getitem__)
    assert result["all"] == (1, 2, 3, 4)
    assert result["VERB"] == (0, 1, 0, 1)
    assert "| all | 2 | 4 | 0.500 | 0.750 |" in treebank_table(
        counted, {"x": {"үйлер": "үй", "барды": "б"}.__getitem__}
    )


def test_our_lemma_of_a_verb_is_compared_as_a_stem() -> None:
    assert ours("берілді") == "бер"
    assert notations("берілді") == ("бер", "беру")
    assert ours("баптың") == "бап"
    assert ours("екенін") == "е"  # the defective verb


def acts(folder: Path) -> Path:
    line = "Уәкілетті орган өтінішті үш жұмыс күні ішінде қарайды және шешім қабылдайды"
    (folder / "a_kz.txt").write_text(
        f"{line}\nСтатья закона на русском языке о порядке\n{line}, әкім", encoding="utf-8"
    )
    (folder / "a.txt").write_text("орган", encoding="utf-8")
    return folder


def test_draw_is_of_kazakh_lines_distinct_and_repeatable(tmp_path: Path) -> None:
    found = places(acts(tmp_path))
    assert "статья" not in found
    assert len(found["орган"]) == 2
    rows = draw(found, size=8, seed=3)
    assert rows == draw(found, size=8, seed=3)
    assert rows != draw(found, size=8, seed=4)
    assert len({form for _, form, _ in rows}) == 8
    assert sorted(how for how, _, _ in rows) == ["frequency"] * 4 + ["types"] * 4
    text = (tmp_path / "a_kz.txt").read_text(encoding="utf-8")
    for _, form, place in rows:
        assert text[place.start : place.start + place.length].lower() == form


def marked(tmp_path: Path) -> list[marks.Marked]:
    folder = acts(tmp_path)
    places_file = tmp_path / "types.jsonl"
    rows = [(1, 10, 5), (2, 16, 8), (3, 0, 9)]
    places_file.write_text(
        "".join(
            json.dumps({"n": n, "draw": "types", "file": "a_kz.txt", "start": start, "length": length}) + "\n"
            for n, start, length in rows
        ),
        encoding="utf-8",
    )
    first, second = tmp_path / "1.tsv", tmp_path / "2.tsv"
    first.write_text("n\tlemma\tnote\n1\tорган\t\n2\tөтініш|өтін\tx\n3\tуәкілетті\t\n", encoding="utf-8")
    second.write_text("1\tорган\n2\tөтініш\n3\tуәкілет|?\n\n", encoding="utf-8")
    kept = tmp_path / "marks.jsonl"
    marks.keep(first, second, kept)
    return marks.marked(folder, places_file, kept)


def test_marks_are_read_by_place_and_scored(tmp_path: Path) -> None:
    rows = marked(tmp_path)
    assert [row.form for row in rows] == ["орган", "өтінішті", "Уәкілетті"]
    assert [row.agreed for row in rows] == [True, True, False]
    answers = {"орган": ("орган",), "өтінішті": ("өтін",), "Уәкілетті": ("уәкілет",)}
    table = marks.table(rows, {"x": answers.__getitem__})
    assert "common on 2, the very same lemmas on 1; they accept 1.33 and 1.00 lemmas a form" in table
    assert "| all | 3 | 2 | 1.000 (2) | 1.000 (3) | 0.333 (1) |" in table
    assert "| frequency | 0 | 0 | – | – | – |" in table


def test_a_table_without_numbers_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "x.tsv"
    bad.write_text("орган\tорган\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="expected its number"):
        marks.keep(bad, bad, tmp_path / "out")


def test_a_stem_taken_out_is_guessed_back_or_not() -> None:
    groups = by_stem(["министрлердің", "министрден", "бап", "мен", "ата-ана", "бракьерлер"])
    assert groups == {("министр", "N"): ["министрден", "министрлердің"]}
    assert "министр" not in without("министр", lexicon()).nominal
    assert kept("министр", ["министрлердің", "министрден"]) == (2, 2)
    assert kept("қала", ["қаладан"])[1] == 1
    assert is_known(candidates("министрден")[0])


def test_speed_counts_both_passes() -> None:
    seen: list[str] = []
    first, again = words_per_second(["а", "б"], seen.append)
    assert seen == ["а", "б", "а", "б"]
    assert min(first, again) > 0


@given(st.text(alphabet="1234-\t\n_.ab²٣", max_size=200) | st.text(max_size=100))
def test_any_text_is_a_treebank_without_a_traceback(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.conllu"
    path.write_bytes(text.encode("utf-8", "replace"))
    assert all(count > 0 for count in words([path]).values())


def test_kept_marks_fit_the_drawn_types() -> None:
    drawn = [json.loads(line) for line in marks.TYPES.read_text(encoding="utf-8").splitlines()]
    kept = [json.loads(line) for line in marks.KEPT.read_text(encoding="utf-8").splitlines()]
    assert [row["n"] for row in drawn] == [row["n"] for row in kept] == list(range(1, 501))
    assert all(row["first"] and row["second"] for row in kept)


@pytest.mark.shared
def test_the_draw_gives_the_committed_types(shared: Path) -> None:
    rows = draw(places(shared / "corpora" / "kz-acts"))
    committed = [json.loads(line) for line in marks.TYPES.read_text(encoding="utf-8").splitlines()]
    assert [(how, *place) for how, _, place in rows] == [
        (row["draw"], row["file"], row["start"], row["length"]) for row in committed
    ]


@pytest.mark.shared
def test_lemmas_on_the_treebank_are_better_than_stripping_by_eight_points(shared: Path) -> None:
    bank = words(sorted((shared / "lexicons" / "UD_Kazakh-KTB").glob("*.conllu")))
    known = word_list(shared / "lexicons" / "hunspell-kk" / "kk_KZ.dic")
    right, types, _, _ = shares(bank, ours)["all"]
    baselines = [shares(bank, Stripper(known, choice).lemma)["all"][0] for choice in CHOICES]
    assert types > 4_000
    assert right / types >= max(baselines) / types + 0.08


@pytest.mark.shared
def test_lemmas_of_forms_of_acts_are_right_for_both_readers(shared: Path) -> None:
    rows = marks.marked(shared / "corpora" / "kz-acts")
    right = sum(bool(row.first & row.second & set(notations(row.form))) for row in rows)
    assert len(rows) == 500
    assert right / len(rows) >= 0.90


@pytest.mark.shared
def test_the_command_prints_both_tables(shared: Path) -> None:
    result = CliRunner().invoke(main, [str(shared), "--no-speed"])
    assert result.exit_code == 0, result.output
    assert "| all | 4561 |" in result.output
    assert "500 forms; readers" in result.output
