"""Several annotators: kept by the readers, made one by a policy, compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import AnnotatedProvision, Corpus, CorpusKind, Label, read_corpus
from corpora.agreement import ANY, corpus_agreement
from corpora.annotators import Gold, Policy, by_annotator, gold, gold_named, with_gold
from corpora.writing import provision_lines
from nlp.errors import CorpusError

BLANK = AnnotatedProvision("a:1", "ru", "law", "", "1", "", "Орган вправе отказать в разумный срок.", (), "plain", 1.0)
POWER, POWER1 = Label("permissive_power", 2, "вправе"), Label("permissive_power", 1, "вправе отказать")
TERM = Label("broad_discretion", 1, "разумный срок")


def said(annotator: str, *labels: Label, name: str = "a:1") -> AnnotatedProvision:
    return replace(BLANK, id=name, labels=labels, annotator=annotator)


def test_readers_keep_every_annotator(tmp_path: Path) -> None:
    given = (said("b", POWER), said("a", TERM), said("", name="a:2"))
    (tmp_path / "c.jsonl").write_text(provision_lines(given), encoding="utf-8")
    assert read_corpus(tmp_path / "c.jsonl").provisions == given
    assert '"annotator"' not in provision_lines(given[2:]) and '"weight": 1,' in provision_lines(given)


@pytest.mark.parametrize(
    ("second", "code"),
    [(said("b"), "corpus_id_repeated"), (replace(said("c"), text="Иное."), "corpus_annotators_text")],
)
def test_readers_refuse_an_annotator_twice_and_other_words(
    tmp_path: Path, second: AnnotatedProvision, code: str
) -> None:
    (tmp_path / "c.jsonl").write_text(provision_lines([said("b"), second]), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_corpus(tmp_path / "c.jsonl")
    assert (caught.value.code, caught.value.params["line"]) == (code, 2)


def test_policies_by_hand() -> None:
    three = [said("a", POWER1, TERM), said("b", POWER), said("c", POWER), said("c", TERM, name="a:2")]
    majority, other = gold(three, Gold(Policy.MAJORITY))
    assert majority.labels == (POWER,) and majority.annotator == "" and other.labels == (TERM,)
    # Two of three say strength 2; without the third nobody has more than half.
    assert gold([three[0], three[1]], Gold(Policy.MAJORITY))[0].labels == (POWER1,)
    assert gold(three, Gold(Policy.UNION))[0].labels == (POWER, TERM)
    assert [each.labels for each in gold(three, Gold(Policy.ONE, "a"))] == [(POWER1, TERM)]
    corpus = Corpus("c", CorpusKind.PROVISIONS, "", provisions=tuple(three))
    assert len(with_gold(corpus, Gold(Policy.UNION)).provisions) == 2


def test_an_even_half_is_no_majority() -> None:
    assert gold([said("a", TERM), said("b")], Gold(Policy.MAJORITY))[0].labels == ()


def test_what_needs_a_policy_says_so() -> None:
    assert gold([said("a", TERM)]) == (said("", TERM),)
    for made, policy, code in (
        ([said("a"), said("b")], None, "corpus_several_annotators"),
        ([said("a")], Gold(Policy.ONE, "z"), "corpus_annotator_unknown"),
    ):
        with pytest.raises(CorpusError, match=code):
            gold(made, policy)
    assert gold([], Gold(Policy.ONE, "z")) == ()
    assert (gold_named("union"), gold_named("one:А. Б.")) == (Gold(Policy.UNION), Gold(Policy.ONE, "А. Б."))
    for wrong in ("", "one", "one:", "most", "union:a"):
        with pytest.raises(CorpusError, match="corpus_gold_unknown"):
            gold_named(wrong)


labels = st.lists(st.sampled_from([POWER, POWER1, TERM]), max_size=2, unique_by=lambda label: label.factor)


@given(st.lists(labels, min_size=1, max_size=4))
def test_majority_lies_within_union_and_order_does_not_matter(given: list[list[Label]]) -> None:
    made = [said(str(at), *each) for at, each in enumerate(given)]
    most, any_ = (gold(made, Gold(policy))[0] for policy in (Policy.MAJORITY, Policy.UNION))
    assert {label.factor for label in most.labels} <= {label.factor for label in any_.labels}
    back = gold(made[::-1], Gold(Policy.MAJORITY))[0]
    assert set(back.labels) == set(most.labels)


def test_annotators_are_named_by_lines_or_by_files() -> None:
    found = by_annotator({Path("x/first.jsonl"): [said("")], Path("b.jsonl"): [said("second")]})
    assert list(found) == ["first", "second"]
    with pytest.raises(CorpusError, match="corpus_annotator_twice"):
        by_annotator({Path("x/a.jsonl"): [said("")], Path("y/a.jsonl"): [said("")]})


def test_agreement_by_hand() -> None:
    """Four provisions: both say power, only a says power, neither, and one that only a and c saw."""
    a = {
        each.id: each
        for each in (said("a", POWER), said("a", POWER1, name="2"), said("a", name="3"), said("a", name="4"))
    }
    b = {each.id: each for each in (said("b", POWER1, TERM), said("b", name="2"), said("b", name="3"))}
    c = {each.id: each for each in (said("c", POWER, name="2"), said("c", name="4"))}
    two = corpus_agreement({"a": a, "b": b})
    assert (two.annotators, two.shared, two.common, two.unlocated) == (("a", "b"), 3, 3, 0)
    power = next(each for each in two.pairs if each.factor == "permissive_power")
    assert (power.both, power.only_first, power.only_second, power.neither) == (1, 1, 0, 1)
    # p₀ = 2/3; a says it twice of 3, b once: pₑ = (2·1 + 1·2)/9 = 4/9; κ = (6/9 − 4/9)/(5/9) = 0.4; F1 = 2/3.
    assert power.kappa == pytest.approx(0.4) and power.f1 == pytest.approx(2 / 3)
    # The only label both gave: strengths 2 and 1, so α = 1 − (1·(2 − 1))/… of two unlike values = 0.
    assert two.strength_alpha == pytest.approx(0)
    whole = next(each for each in two.factors if each.factor == ANY)
    # any: (y,y) (y,n) (n,n): 6 values, 3 yes; observed 2/6, expected 2·3·3/(6·5): α = 1 − (1/3)/(3/5) = 4/9.
    assert whole.alpha == pytest.approx(4 / 9) and (whole.annotations, whole.labelled) == (6, 3)
    assert whole.unitising is not None and -1 < whole.unitising < 1
    three = corpus_agreement({"a": a, "b": b, "c": c})
    assert (three.shared, three.common, len(three.pairs)) == (4, 1, 3 * 3)
    seen = next(each for each in three.factors if each.factor == "permissive_power")
    # Units yy, yny, nn, n-n: n = 9, of them 4 yes. Observed (2 of yy 0) yny: 2·(3−2) + 1·(3−1) = 4, /2 = 2;
    # α = 1 − (2/9)/(2·4·5/(9·8)) = 1 − (2/9)/(5/9) = 0.6.
    assert (seen.annotations, seen.labelled) == (9, 4) and seen.alpha == pytest.approx(0.6)


def test_words_that_are_the_same_agree_wholly() -> None:
    one = {"1": said("a", POWER, name="1"), "2": said("a", TERM, name="2")}
    other = {name: replace(each, annotator="b") for name, each in one.items()}
    found = corpus_agreement({"a": one, "b": other})
    assert all(each.unitising == 1 and each.alpha in (None, 1) for each in found.factors)
    lost = {**other, "1": said("b", replace(POWER, quote="нет таких слов"), name="1")}
    assert corpus_agreement({"a": one, "b": lost}).unlocated == 1


def test_agreement_that_cannot_be_measured() -> None:
    a, b = {"a:1": said("a")}, {"2": said("b", name="2")}
    for compared, code in (
        ({"a": a}, "corpus_agreement_one"),
        ({"a": a, "b": b}, "corpus_agreement_nothing"),
        ({"a": a, "b": {"a:1": replace(said("b"), text="Иное.")}}, "corpus_agreement_text"),
    ):
        with pytest.raises(CorpusError, match=code):
            corpus_agreement(compared)
