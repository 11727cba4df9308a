"""The commented draft: exact anchors, and not a byte of the draft changed besides."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import samples
from draft_lines import track_insertion
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_checks import anchored, joined, part, parts, without_our_comments, word_file

from expertise.documents.comments import commented_draft, comments_notice
from expertise.documents.ooxml import W, archive
from nlp.detection.finding import Mark
from nlp.errors import ReadingError
from nlp.examination import TextReport
from nlp.limits import Limits
from nlp.messages import message
from nlp.reading.docx import read_docx
from nlp.reading.ooxml import name_of, value
from nlp.reading.source import Block, BlockKind, Place, Segment, SourceText
from nlp.structure.act import Act, Requisites, Unit, UnitKind

NAMES = samples.FACTOR_NAMES
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def _report(source: SourceText, *quotes: str, spans: tuple[tuple[int, int], ...] = ()) -> TextReport:
    """A report with one finding a quote (or span of the clean text)."""
    marks = [(source.text.index(quote), source.text.index(quote) + len(quote)) for quote in quotes]
    pattern = samples.report("ru").findings[0]
    findings = tuple(
        replace(
            pattern,
            id=f"f{number}",
            marks=(Mark("text", f"пункт {number}", start, end, source.text[start:end]),),
        )
        for number, (start, end) in enumerate([*marks, *spans], start=1)
    )
    root = Unit(UnitKind.TEXT, "", "text", (0, len(source.text)), (0, len(source.text)))
    return TextReport("ru", Act(source, root, "ru", Requisites()), findings, 1, 1)


def _commented(data: bytes, *quotes: str, spans: tuple[tuple[int, int], ...] = ()) -> bytes:
    source = read_docx(data, "проект.docx", Limits())
    return commented_draft(data, [_report(source, *quotes, spans=spans)], "ru", NAMES)


def _check_untouched(before: bytes, after: bytes, first: int = 0) -> None:
    old, new = parts(before), parts(after)
    touched = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert [name for name in new if name in old] == list(old)
    assert set(new) - set(old) <= {"word/comments.xml"}
    for name in set(old) - touched:
        assert new[name] == old[name], name
    assert without_our_comments(part(after, "word/document.xml"), first) == joined(part(before, "word/document.xml"))


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_mark_is_anchored_at_its_words_and_nothing_else_changes(language: str) -> None:
    data = samples.draft(language)
    after = commented_draft(data, [samples.report(language)], language, NAMES)
    _check_untouched(data, after)
    quotes = [mark.quote for finding in samples.report(language).findings for mark in finding.marks]
    assert sorted(anchored(after).values()) == sorted(quotes)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_comments_say_what_the_preliminary_check_says(language: str) -> None:
    after = commented_draft(samples.draft(language), [samples.report(language)], language, NAMES)
    comments = part(after, "word/comments.xml")
    texts = ["\n".join("".join(p.itertext()) for p in comment) for comment in comments]
    for finding in samples.report(language).findings:
        (full,) = [text for text in texts if finding.explanation in text]
        assert finding.risk in full
        assert NAMES[finding.factor][language][1:] in full
        if finding.recommendation:
            assert finding.recommendation.instruction in full
            assert finding.recommendation.wording in full
    assert {value(comment, "author") for comment in comments} == {"Saraptama"}
    assert all(value(comment, "date") is None for comment in comments)
    assert all(value(comment, "initials") for comment in comments)


def test_further_marks_of_a_finding_refer_to_the_first() -> None:
    after = commented_draft(samples.draft("ru"), [samples.report("ru")], "ru", NAMES)
    texts = ["".join(comment.itertext()) for comment in part(after, "word/comments.xml")]
    assert texts[1] == "Замечание 1: пояснение дано у слов «в разумный срок»."


def test_same_input_same_bytes_and_the_date_is_the_callers() -> None:
    made = [commented_draft(samples.draft("ru"), [samples.report("ru")], "ru", NAMES) for _ in range(2)]
    assert made[0] == made[1]
    dated = commented_draft(samples.draft("ru"), [samples.report("ru")], "ru", NAMES, date="2026-05-12T09:00:00Z")
    dates = {value(comment, "date") for comment in part(dated, "word/comments.xml")}
    assert dates == {"2026-05-12T09:00:00Z"}


def test_nothing_found_gives_the_very_file() -> None:
    report = replace(samples.report("ru"), findings=())
    assert commented_draft(samples.draft("ru"), [report], "ru", NAMES) == samples.draft("ru")
    assert commented_draft(samples.draft("ru"), [], "ru", NAMES) == samples.draft("ru")


def test_comments_part_is_related_and_typed() -> None:
    after = commented_draft(samples.draft("ru"), [samples.report("ru")], "ru", NAMES)
    relations = part(after, "word/_rels/document.xml.rels")
    (comments,) = [r for r in relations if (r.get("Type") or "").endswith("/comments")]
    assert comments.get("Target") == "comments.xml"
    assert len({r.get("Id") for r in relations}) == len(relations)
    types = [t for t in part(after, "[Content_Types].xml") if t.get("PartName") == "/word/comments.xml"]
    assert [t.get("ContentType") for t in types] == [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    ]


OLD_COMMENT = (
    '<w:comment w:id="7" w:author="Юрист" w:date="2026-01-01T00:00:00Z"><w:p><w:r><w:t>Проверить</w:t></w:r></w:p>'
    "</w:comment>"
)


def test_existing_comments_stay_and_ids_go_on() -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>Орган рассматривает заявление в разумный срок.</w:t></w:r>'
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r></w:p>'
    )
    data = word_file(body, OLD_COMMENT)
    after = _commented(data, "в разумный срок")
    _check_untouched(data, after, first=8)
    comments = part(after, "word/comments.xml")
    assert [value(comment, "id") for comment in comments] == ["7", "8"]
    assert etree.tostring(comments[0], method="c14n", with_tail=False) == etree.tostring(
        part(data, "word/comments.xml")[0], method="c14n", with_tail=False
    )
    assert anchored(after) == {7: "Орган рассматривает заявление в разумный срок.", 8: "в разумный срок"}
    assert parts(after)["[Content_Types].xml"] == parts(data)["[Content_Types].xml"]
    assert parts(after)["word/_rels/document.xml.rels"] == parts(data)["word/_rels/document.xml.rels"]


DELETED = '<w:del w:id="1" w:author="Ю"><w:r><w:delText>10</w:delText></w:r></w:del>'

CASES = {
    "middle of a run": ("<w:p><w:r><w:t>Орган вправе отказать.</w:t></w:r></w:p>", "вправе"),
    "formatted runs": (
        '<w:p><w:r w:rsidR="00AB"><w:rPr><w:b/><w:i/></w:rPr><w:t xml:space="preserve">Орган впр</w:t></w:r>'
        "<w:r><w:rPr><w:u/></w:rPr><w:t>аве отка</w:t></w:r><w:r><w:t>зать.</w:t></w:r></w:p>",
        "вправе отказать",
    ),
    "run with tab and break": (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Орган</w:t><w:tab/><w:t>вправе</w:t><w:br/><w:t>отказать.</w:t></w:r></w:p>",
        "вправе",
    ),
    "hyperlink": (
        '<w:p><w:r><w:t xml:space="preserve">По </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>пункту 5 вправе</w:t>'
        "</w:r></w:hyperlink><w:r><w:t> отказать.</w:t></w:r></w:p>",
        "5 вправе отка",
    ),
    "insertion and deletion": (
        f'<w:p><w:r><w:t xml:space="preserve">Срок – </w:t></w:r>{DELETED}'
        '<w:ins w:id="2" w:author="Ю"><w:r><w:t>разумный срок</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>',
        "разумный",
    ),
    "across a deletion": (
        f'<w:p><w:r><w:t xml:space="preserve">Срок </w:t></w:r>{DELETED}<w:r><w:t>разумный.</w:t></w:r></w:p>',
        "Срок разумный",
    ),
    "content control": (
        "<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Орган вправе</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:t> отказать.</w:t></w:r></w:p>",
        "вправе отказать",
    ),
    "block content control": (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Орган вправе отказать.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "вправе",
    ),
    "table cell": (
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>Первая</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Орган вправе отказать.</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>",
        "вправе",
    ),
    "field result": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>пункту 5</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> орган вправе.</w:t></w:r></w:p>',
        "5 орган",
    ),
    "deleted paragraph mark": (
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="Ю"/></w:rPr></w:pPr><w:r><w:t>Орган впра</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>ве отказать.</w:t></w:r></w:p>",
        "ве отказать",
    ),
    "paragraph before it has a drawing and marks": (
        '<w:p><w:bookmarkStart w:id="0" w:name="a"/><w:r><w:t>Орган </w:t></w:r><w:bookmarkEnd w:id="0"/>'
        '<w:proofErr w:type="spellStart"/><w:r><w:t>вправе</w:t></w:r><w:proofErr w:type="spellEnd"/></w:p>',
        "вправе",
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("namespace", [W, STRICT], ids=["transitional", "strict"])
def test_anchors_in_every_kind_of_container(name: str, namespace: str) -> None:
    body, quote = CASES[name]
    data = word_file(body, namespace=namespace)
    after = _commented(data, quote)
    _check_untouched(data, after)
    assert anchored(after)[0].replace("\n", "") == quote
    tags = {etree.QName(element).namespace for element in part(after, "word/comments.xml").iter()}
    assert tags == {namespace}


def test_locked_controls_and_formulas_are_anchored_as_a_whole() -> None:
    body = (
        "<w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>Срок разумный</w:t></w:r></w:sdtContent></w:sdt>"
        "<m:oMath><m:r><m:t>икс плюс</m:t></m:r></m:oMath><w:r><w:t> конец.</w:t></w:r></w:p>"
    )
    data = word_file(body)
    after = _commented(data, "разумный", "плюс")
    _check_untouched(data, after)
    assert anchored(after) == {0: "Срок разумный", 1: "икс плюс"}


def test_many_comments_may_meet_overlap_and_nest() -> None:
    words = "Орган вправе отказать в разумный срок."
    data = word_file(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    spans = ((0, 12), (6, 12), (6, 21), (12, 21), (21, len(words)), (0, len(words)), (6, 12))
    after = _commented(data, spans=spans)
    _check_untouched(data, after)
    assert sorted(anchored(after).values()) == sorted(words[start:end] for start, end in spans)


def test_a_mark_over_paragraphs_is_one_comment() -> None:
    data = word_file(
        "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Орган вправе:", "отказать;", "ждать."))
    )
    source = read_docx(data, "проект.docx", Limits())
    start, end = source.text.index("вправе"), source.text.index("ждать") + 5
    after = _commented(data, spans=((start, end),))
    _check_untouched(data, after)
    assert anchored(after) == {0: "вправе:\nотказать;\nждать"}


def test_a_mark_over_cells_stays_in_its_first_cell() -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("Орган вправе", "отказать"))
    data = word_file(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl><w:p/>")
    source = read_docx(data, "проект.docx", Limits())
    after = _commented(data, spans=((source.text.index("вправе"), len(source.text)),))
    _check_untouched(data, after)
    assert anchored(after) == {0: "вправе"}


def test_a_mark_in_the_automatic_number_stands_at_the_first_own_character() -> None:
    act = samples.act("ru")
    unit = act.find("para_6")
    assert unit is not None
    number, both = (unit.span[0], unit.span[0] + 2), (unit.span[0], unit.own[0] + len("Уполномоченный"))
    report = _report(act.source, spans=(number, both))
    after = commented_draft(samples.draft("ru"), [report], "ru", NAMES)
    _check_untouched(samples.draft("ru"), after)
    assert anchored(after) == {0: "У", 1: "Уполномоченный"}


def test_an_empty_numbered_paragraph_takes_a_comment_too() -> None:
    data = word_file('<w:p><w:pPr><w:pStyle w:val="x"/></w:pPr></w:p><w:p><w:r><w:t>Орган.</w:t></w:r></w:p>')
    source = read_docx(data, "проект.docx", Limits())
    block = replace(source.blocks[0], start=0, end=2, segments=(), place=replace(source.blocks[0].place, paragraph=0))
    empty = replace(source, text="5. Орган.", blocks=(block,))
    after = commented_draft(data, [_report(empty, spans=((0, 2),))], "ru", NAMES)
    _check_untouched(data, after)
    assert anchored(after) == {0: ""}


def test_tracked_changes_of_the_sample_survive() -> None:
    data = track_insertion(samples.draft("ru"), 3, " Отказ допускается при необходимости.")
    after = _commented(data, "при необходимости", "при наличии достаточных оснований")
    _check_untouched(data, after)
    inserted = [e for e in part(after, "word/document.xml").iter() if name_of(e) == "w:ins"]
    assert [value(element, "author") for element in inserted] == ["Юрист"]


RUN = st.tuples(
    st.text("абв г", min_size=1, max_size=6), st.sampled_from(["plain", "bold", "ins", "link", "sdt", "del"])
)


def _run_xml(text: str, kind: str) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if kind == "bold" else ""
    run = f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'
    gone = run.replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")
    wraps = {
        "ins": f'<w:ins w:id="1" w:author="Ю">{run}</w:ins>',
        "link": f'<w:hyperlink w:anchor="a">{run}</w:hyperlink>',
        "sdt": f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>",
        "del": f'<w:del w:id="2" w:author="Ю">{gone}</w:del>',
    }
    return wraps.get(kind, run)


@settings(max_examples=60)
@given(st.lists(RUN, min_size=1, max_size=6), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=4))
def test_any_runs_and_any_spans(runs: list[tuple[str, str]], wanted: list[tuple[int, int]]) -> None:
    data = word_file(f"<w:p>{''.join(_run_xml(*run) for run in runs)}</w:p>")
    words = "".join(text for text, kind in runs if kind != "del")
    spans = [(start, min(start + length, len(words))) for start, length in wanted if start < len(words)]
    if not spans:
        return
    block = Block(BlockKind.PARAGRAPH, 0, len(words), Place(0), (Segment(0, len(words), 0),))
    source = SourceText(words, (block,), "docx")
    after = commented_draft(data, [_report(source, spans=tuple(spans))], "ru", NAMES)
    _check_untouched(data, after)
    assert sorted(anchored(after).values()) == sorted(words[start:end] for start, end in spans)


def test_a_text_file_has_no_comments_and_says_why() -> None:
    source = replace(samples.act("ru").source, format="txt", name="проект.txt", sha256="")
    notice = comments_notice(source)
    assert notice is not None
    assert "проект.txt" in message(notice.code, "ru", dict(notice.params))
    assert comments_notice(samples.act("ru").source) is None
    report = replace(samples.report("ru"), act=replace(samples.act("ru"), source=source))
    with pytest.raises(ReadingError) as raised:
        commented_draft(samples.draft("ru"), [report], "ru", NAMES)
    assert raised.value.code == "documents.no_comments"


def test_reports_on_another_file_are_not_put_into_this_one() -> None:
    with pytest.raises(ReadingError) as raised:
        commented_draft(samples.draft("kk"), [samples.report("ru")], "ru", NAMES)
    assert raised.value.code == "documents.other_file"
    both = commented_draft(samples.draft("kk"), [samples.report("ru"), samples.report("kk")], "ru", NAMES)
    assert len(anchored(both)) == sum(len(finding.marks) for finding in samples.report("kk").findings)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", word_file("<w:p/>")[:200]],
    ids=["empty", "stub", "old Word", "truncated"],
)
def test_what_is_no_word_file_is_refused_with_a_code(data: bytes) -> None:
    source = replace(samples.act("ru").source, sha256="")
    with pytest.raises(ReadingError):
        commented_draft(data, [_report(source, "в разумный срок")], "ru", NAMES)


def test_a_hostile_comments_part_is_refused() -> None:
    data = word_file("<w:p><w:r><w:t>Орган вправе.</w:t></w:r></w:p>", OLD_COMMENT)
    poisoned = parts(data)
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    poisoned["word/comments.xml"] = bomb + poisoned["word/comments.xml"].split(b"\n", 1)[1]
    hostile = archive(poisoned)
    source = replace(read_docx(data, "проект.docx", Limits()), sha256="")
    with pytest.raises(ReadingError) as raised:
        commented_draft(hostile, [_report(source, "вправе")], "ru", NAMES)
    assert raised.value.code == "reading.doctype"


def test_words_of_others_cannot_make_markup() -> None:
    data = word_file("<w:p><w:r><w:t>Орган вправе.</w:t></w:r></w:p>")
    source = read_docx(data, "проект.docx", Limits())
    report = _report(source, "вправе")
    hostile = replace(report.findings[0], explanation="</w:t><w:p/>\x00\x0b&\u202e")
    after = commented_draft(data, [replace(report, findings=(hostile,))], "ru", NAMES)
    assert "</w:t><w:p/>&" in "".join(part(after, "word/comments.xml").itertext())


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_libreoffice_opens_it_and_keeps_the_comments(language: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    after = commented_draft(samples.draft(language), [samples.report(language)], language, NAMES)
    (tmp_path / "draft.docx").write_bytes(after)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "fodt", "--outdir", str(tmp_path), "draft.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    root = etree.parse(tmp_path / "draft.fodt").getroot()
    office_space = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    notes = ["".join(note.itertext()) for note in root.iter(office_space + "annotation")]
    assert len(notes) == len(anchored(after))
    assert len(list(root.iter(office_space + "annotation-end"))) == len(notes)
    for finding in samples.report(language).findings:
        assert any(finding.explanation in note for note in notes)


@pytest.mark.shared
def test_real_word_files_stay_as_they_are(shared: Path) -> None:
    files = sorted((shared / "documents").glob("*.docx"))
    if not files:
        pytest.skip("no Word files in the development data")
    for path in files:
        data = path.read_bytes()
        source = read_docx(data, path.name, Limits())
        blocks = [block for block in source.blocks[:: max(len(source.blocks) // 60, 1)] if block.end - block.start > 8]
        spans = tuple((block.start + 2, block.end - 2) for block in blocks)
        after = commented_draft(data, [_report(source, spans=spans)], "ru", NAMES)
        _check_untouched(data, after)
        found = {_letters(words) for words in anchored(after).values()}
        for start, end in spans:
            assert _letters(source.text[start:end]) in found


def _letters(words: str) -> str:
    """Without blanks and marks, superscripts as figures: the reader may have mended those."""
    return "".join(character for character in unicodedata.normalize("NFKC", words) if character.isalnum())
