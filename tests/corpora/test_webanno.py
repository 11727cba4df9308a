"""WebAnno TSV 3.3: what is written is what the format says, and comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import AnnotatedProvision, Label, find_quote
from corpora.webanno import documents, escaped_text, escaped_value, webanno_tsv
from corpora.webanno_reader import read_webanno, unescaped_text, unescaped_value
from nlp.errors import CorpusError
from nlp.norms.frame import Field

ONE = AnnotatedProvision(
    "a:1", "ru", "law_x", "", "1", "Орган:", "вправе отказать.",
    (Label("permissive_power", 2, "вправе"), Label("broad_discretion", 1, "вправе отказ"),
     Label("declarative", 1, "Орган")),
    "marker", 2.5,
)  # fmt: skip
WRITTEN = r"""#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Factor|factor|strength
#T_SP=webanno.custom.Provision|id|language|act|field|path|stratum|weight


#Text=Орган:
1-1	0-5	Орган	declarative[3]	1[3]	a:1	ru	law\_x	lead	1	marker	2.5	
1-2	5-6	:	_	_	_	_	_	_	_	_	_	

#Text=вправе отказать.
2-1	7-13	вправе	permissive\_power[1]|broad\_discretion[2]	2[1]|1[2]	a:1	ru	law\_x	text	1	marker	2.5	
2-2	14-22	отказать	_	_	_	_	_	_	_	_	_	
2-2.1	14-19	отказ	broad\_discretion[2]	1[2]	_	_	_	_	_	_	_	
2-3	22-23	.	_	_	_	_	_	_	_	_	_	
"""  # noqa: W291


def read(text: str, tmp_path: Path, annotator: str = "") -> tuple[AnnotatedProvision, ...]:
    path = tmp_path / "document.tsv"
    path.write_bytes(text.encode())
    return read_webanno(path, annotator)


def in_order(provision: AnnotatedProvision) -> AnnotatedProvision:
    return replace(provision, labels=tuple(sorted(provision.labels, key=lambda label: label.factor)))


def test_a_document_by_hand_both_ways(tmp_path: Path) -> None:
    assert webanno_tsv([ONE]) == WRITTEN
    (back,) = read(WRITTEN, tmp_path)
    assert in_order(back) == in_order(ONE)


def test_offsets_count_utf16_units(tmp_path: Path) -> None:
    provision = replace(ONE, lead="", text="😊 вправе 😊", labels=(Label("declarative", 1, "вправе"),))
    written = webanno_tsv([provision])
    assert "1-1\t0-2\t😊\t" in written and "1-2\t3-9\tвправе\t" in written and "1-3\t10-12\t😊\t" in written
    assert read(written, tmp_path) == (provision,)


def test_what_a_tool_made_of_it_is_read(tmp_path: Path) -> None:
    """No numbers on marks of one word, a layer of the tool's own, a second mark of one factor, Windows lines."""
    text = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.pos.POS\n#T_SP=webanno.custom.Factor|factor|strength\n"
        "#T_SP=webanno.custom.Provision|act|field|id|language|path|stratum|weight\n\n\n"
        "#Sentence.id=s1\n#Text=Тиісті\\tорган\n#Text=елеулі жағдайда\n"
        "1-1\t0-6\tТиісті\tADJ\tvague\\_wording\t1\tlaw\ttext\tx|y\tkk\t*\tplain\t1\t\n"
        "1-2\t7-12\tорган\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
        "1-3\t13-19\tелеулі\t_\tvague\\_wording[4]|declarative\t2[4]|1\t_\t_\t_\t_\t_\t_\t_\t\n"
        "1-4\t20-28\tжағдайда\t*\tvague\\_wording[4]\t2[4]\t_\t_\t_\t_\t_\t_\t_\t\n"
    ).replace("\n", "\r\n")
    (found,) = read(text.replace("x|y", "x\\|y"), tmp_path, "expert")
    assert (found.id, found.language, found.text, found.path, found.annotator) == (
        "x|y", "kk", "Тиісті\tорган\nелеулі жағдайда", "", "expert",
    )  # fmt: skip
    assert found.labels == (Label("vague_wording", 2, "елеулі жағдайда"), Label("declarative", 1, "елеулі"))


def test_every_annotator_has_a_document() -> None:
    made = dict(documents([replace(ONE, annotator=name) for name in ("second", "first")]))
    assert list(made) == ["first", "second"] and made["first"] == made["second"] == WRITTEN


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("TSV 3.3", "TSV 2", "corpus_tsv_format", 1),
        ("|strength", "", "corpus_tsv_layer", 1),
        ("webanno.custom.Provision", "webanno.custom.Other", "corpus_tsv_layer", 1),
        ("2[1]|1[2]", "3[1]|1[2]", "corpus_tsv_mark", 11),
        ("declarative[3]", "*[3]", "corpus_tsv_mark", 7),
        ("\tlead\t", "\tend\t", "corpus_tsv_no_place", 6),
        ("\ttext\t", "\tlead\t", "corpus_tsv_sentence_twice", 10),
        ("#Text=Орган:\n", "", "corpus_tsv_line", 6),
        ("2[1]|1[2]", "2[1]", "corpus_tsv_line", 11),
        ("1-2\t5-6", "nonsense\t5-6", "corpus_tsv_line", 8),
        ("7-13", "7-99", "corpus_tsv_offsets", 11),
        ("\tru\tlaw\\_x\tlead", "\ten\tlaw\\_x\tlead", "corpus_field_value", 6),
        ("permissive\\_power", "Право", "corpus_factor_id", 6),
    ],
)
def test_what_is_wrong_names_file_and_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(CorpusError) as caught:
        read(WRITTEN.replace(old, new), tmp_path)
    assert (caught.value.code, caught.value.params["line"]) == (code, line)
    assert caught.value.params["file"] == str(tmp_path / "document.tsv")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(WRITTEN.encode("cp1251", errors="replace"))
    with pytest.raises(CorpusError) as caught:
        read_webanno(path)
    assert (caught.value.code, caught.value.params["line"]) == ("corpus_line_not_utf8", 6)


def test_a_quote_that_stands_nowhere_is_not_written() -> None:
    with pytest.raises(CorpusError, match="corpus_convert_quote"):
        webanno_tsv([replace(ONE, labels=(Label("declarative", 1, "иное"),))])


words = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\\[]|_->;*\t\n\r\f\b аб😊«.")), max_size=30
)


@given(words)
def test_escaping_comes_back(text: str) -> None:
    assert unescaped_text(escaped_text(text)) == text
    assert unescaped_value(escaped_value(text)) == (text or "*")
    assert not set("\t\n\r") & set(escaped_value(text) + escaped_text(text))


@st.composite
def provisions(draw: st.DrawFn) -> AnnotatedProvision:
    filled = words.filter(str.strip)
    text, lead, heading = draw(filled), draw(words), draw(words)
    labels = []
    for factor in draw(st.lists(st.sampled_from(["a", "b_c", "d_e_f"]), unique=True)):
        source = draw(st.sampled_from([part for part in (text, lead, heading) if part.strip()]))
        start = draw(st.integers(0, len(source) - 1))
        quote = source[start : draw(st.integers(start + 1, len(source)))].strip()
        if quote:
            labels.append(Label(factor, draw(st.sampled_from([1, 2])), quote))
    return AnnotatedProvision(
        draw(filled), draw(st.sampled_from(["ru", "kk"])), draw(filled), heading, draw(words), lead, text,
        tuple(labels), draw(filled), draw(st.floats(0, 1e6)),
    )  # fmt: skip


@settings(deadline=None)
@given(st.lists(provisions(), max_size=4, unique_by=lambda each: each.id))
def test_provisions_come_back_whole(tmp_path_factory: pytest.TempPathFactory, given: list[AnnotatedProvision]) -> None:
    back = read(webanno_tsv(given), tmp_path_factory.mktemp("tsv"))
    assert [in_order(each) for each in back] == [in_order(each) for each in given]
    for each in back:
        for label in each.labels:
            assert find_quote(label.quote, each)[0].field in tuple(Field)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_document_is_refused_or_read_never_more(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(WRITTEN) - 1))
    damaged = (
        WRITTEN[:at] + data.draw(st.text(max_size=3).filter(lambda text: "\ud800" not in text)) + WRITTEN[at + 1 :]
    )
    try:
        read(damaged.encode("utf-8", "ignore").decode(), tmp_path_factory.mktemp("tsv"))
    except CorpusError as error:
        assert "file" in error.params
