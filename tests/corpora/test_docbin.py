"""spaCy DocBin: where spaCy is installed, provisions come back whole; where it is not, that is said."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import AnnotatedProvision, Label
from corpora.docbin import docbin, read_docbin
from nlp.errors import CorpusError
from tests.corpora.test_webanno import provisions

needs_spacy = pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None, reason="spaCy is an optional extra: pip install 'saraptama[spacy]'"
)
ONE = AnnotatedProvision(
    "a:1", "kk", "law_x_kz", "Мерзім", "1", "Орган:", "әкімнің шешімі бойынша.",
    (Label("selective_exception", 2, "шешім"),), "plain", 1.5, "expert",
)  # fmt: skip


def test_without_spacy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(CorpusError, match="corpus_spacy_missing"):
        docbin([ONE])
    with pytest.raises(CorpusError, match="corpus_spacy_missing"):
        read_docbin(tmp_path / "a.spacy")


@needs_spacy
def test_spans_are_exact_and_labelled(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    (tmp_path / "a.spacy").write_bytes(docbin([ONE, replace(ONE, id="a:2", labels=())]))
    first, second = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("xx").vocab)
    assert first.text == "Мерзім\nОрган:\nәкімнің шешімі бойынша."
    assert [(span.text, span.label_, span.id_) for span in first.spans["factors"]] == [
        ("шешім", "selective_exception", "2")
    ]
    assert [token.text for token in first][-5:] == ["шешім", "і", " ", "бойынша", "."]
    assert read_docbin(tmp_path / "a.spacy")[0] == ONE and not second.spans["factors"]


@needs_spacy
@settings(max_examples=40)
@given(st.lists(provisions(), max_size=3))
def test_docbin_comes_back_whole(tmp_path_factory: pytest.TempPathFactory, given: list[AnnotatedProvision]) -> None:
    path = tmp_path_factory.mktemp("docbin") / "a.spacy"
    path.write_bytes(docbin(given))
    assert list(read_docbin(path)) == given


@needs_spacy
def test_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    (tmp_path / "a").write_bytes(b"nonsense")
    with pytest.raises(CorpusError, match="corpus_docbin_unreadable"):
        read_docbin(tmp_path / "a")
    (tmp_path / "b").write_bytes(DocBin(docs=[spacy.blank("xx")("Слова.")]).to_bytes())
    with pytest.raises(CorpusError) as caught:
        read_docbin(tmp_path / "b")
    assert (caught.value.code, caught.value.params["line"]) == ("corpus_docbin_document", 1)
