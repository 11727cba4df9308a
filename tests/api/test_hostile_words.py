"""Words that are code somewhere – HTML, templates, formulas, Typst, addresses – stay words in all that goes out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import openpyxl
import pytest
from lxml import etree, html
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject
from starlette.testclient import TestClient

from api.app import served
from api.service import Reach
from api.serving import create_service
from expertise.case.adoption import Verdict as Fate
from expertise.case.answers import Given, Signatory
from expertise.case.decisions import Said, Verdict
from expertise.case.requisites import fields
from expertise.office import Office
from expertise.people import Seat
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.work.adopting import decide_rest
from expertise.work.analysing import ask, run
from expertise.work.answering import comment, submit
from expertise.work.concluding import conclude
from expertise.work.issued import sign
from expertise.work.moving import advance
from expertise.work.planning import Measure, plan
from expertise.work.registering import keep_file, register
from expertise.work.reviewing import add_finding, decide, finish, reviewed
from expertise.work.risk_map import map_file
from expertise.work.risking import Wanted, rate
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Keys
from tests.conftest import needs_fonts
from tests.work.conftest import DRAFT, Staff

pytestmark = [needs_fonts, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]  # no SQL of its own

CODE = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(2)>"
    "</td></textarea>\"' onmouseover=alert(3) {{ 7*7777 }}{% include '/etc/passwd' %}${7*7777} "
    '#eval("7*7777") #read("/etc/passwd") $x$ &lt;b&gt; javascript:alert(4) https://evil.example/'
)
WORKED_OUT = ("54439", "root:")  # what a template or Typst would have made of it
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}


@pytest.fixture
def hostile(office: Office, staff: Staff, examiner: Examiner) -> Case:
    """A case that came to its conclusion and answer, with code wherever somebody may write words."""
    about = {field.key: CODE for field in fields() if field.kind not in ("date", "number") and not field.choices}
    case = register(office, staff.coordinator, CODE[:400], developer=staff.developer.id, requisites=about)
    words = f"{DRAFT}4. Орган вправе отказать {CODE}.\n5. =1+1 и иные документы представляются в разумный срок.\n"
    keep_file(office, staff.coordinator, case.id, "text", f"{CODE[:60]}.txt", [words.encode()])
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    with office.database.reading() as session:
        found = reviewed(session, open_case(session, staff.first, case.id), Seat.FIRST)
    said = Said(explanation=CODE, risk=CODE, recommendation=CODE, wording={"ru": CODE})
    for number, each in enumerate(found):
        verdict = Verdict.DISMISSED if number == 0 else Verdict.EDITED
        decide(office, staff.first, case.id, each.row.id, verdict, said=said if number else Said(), reason=CODE)
    add_finding(office, staff.first, case.id, Said(
        factor="no_appeal", severity="low", explanation=CODE, risk=CODE, recommendation=CODE, places=(("ru", 0, 14),),
    ), "ru")  # fmt: skip
    finish(office, staff.first, case.id)
    row = conclude(office, staff.first, case.id, ["ru", "kk"])
    advance(office, staff.approver, case.id, "approve")
    sign(office, staff.first, case.id, "ru.docx", f"{CODE[:40]}.p7s", [b"signed"])
    advance(office, staff.coordinator, case.id, "send")
    numbers = [int(each["number"]) for each in row.content["findings"]]
    given = {number: Given("rejected", reason=CODE) for number in numbers}
    sheet = submit(office, staff.developer, case.id, Signatory(CODE[:200], CODE[:200], "1", date(2026, 3, 4)), given)
    comment(office, staff.first, case.id, sheet.row.id, numbers[0], CODE)
    rate(office, staff.first, case.id, numbers[0], 2, 3, CODE)
    plan(office, staff.developer, case.id, {numbers[0]: Measure(responsible=CODE[:200], term=CODE[:200])})
    decide_rest(office, staff.coordinator, case.id, Fate("not_adopted", CODE))
    advance(office, staff.coordinator, case.id, "not_adopt", CODE)
    return case


def test_words_stay_words_wherever_they_go_out(
    office: Office, staff: Staff, hostile: Case, examiner: Examiner, keys: Keys
) -> None:
    app = create_service(office, examiner.pack, Reach(plain_http=True, open_data=True), passwords=CHEAP)
    client, boss = TestClient(app, follow_redirects=False), keys(staff.coordinator)
    made = client.post("/certificates", headers=boss, data={"kind": "factors", "signs_name": CODE, "signs_post": CODE})
    assert made.status_code == 303, made.text
    waiting = [
        route.path.format(case_id=hostile.id) for route in served(app)
        if route.method == "GET" and route.path[:4] != "/api" and "{" not in route.path.replace("{case_id}", "")
    ]  # fmt: skip
    seen: dict[tuple[str, str], str] = {}
    wrong: list[str] = []
    begins: set[bytes] = set()
    for headers in (boss, keys(staff.first), keys(staff.developer)):
        paths = list(waiting)
        while paths:
            path = paths.pop()
            if (path, str(headers)) in seen:
                continue
            answer = client.get(path, headers=headers)
            kind = answer.headers.get("content-type", "").partition(";")[0]
            seen[path, str(headers)] = kind
            begins.add(answer.content[:4])
            try:
                assert answer.status_code != 500, (path, answer.text[:500])
                _disposition(answer.headers.get("content-disposition", ""))
                paths += _looked_at(kind, answer.content, path) if answer.status_code == 200 else []
            except AssertionError as error:
                wrong.append(str(error))
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert len(seen) > 40 and begins >= {b"PK\x03\x04", b"%PDF"}, begins
    for language in ("ru", "kk"):
        year = Wanted(date(2026, 1, 1), date(2026, 12, 31))
        _xml(map_file(office, staff.observer, year, f"map.{language}.svg"), "map")
    _table(client.get("/api/v1/open-data/indicators.csv").text)


def _disposition(words: str) -> None:
    assert "\n" not in words and "<" not in words and words.count('"') in (0, 2), words


def _looked_at(kind: str, data: bytes, path: str) -> list[str]:
    """Whatever the file is, nothing in it is code; addresses of files that a page leads to."""
    if kind == "text/html":
        return list(_page(data, path))
    if data.startswith(b"PK"):
        _archive(data, path)
    elif data.startswith(b"%PDF"):
        _print(data, path)
    elif kind in ("image/svg+xml", "application/xml", "application/akn+xml"):
        _xml(data, path)
    return []


def _page(data: bytes, path: str) -> Iterator[str]:
    tree = html.fromstring(data)
    shown = tree.text_content()
    assert not [words for words in WORKED_OUT if words in shown], path
    for element in tree.iter(etree.Element):
        name = str(element.tag)
        assert name not in ("iframe", "object", "embed", "base") and _is_ours(element.get("src", "")), (path, name)
        assert name != "script" or (element.get("src", "").startswith("/") and not element.text), path
        for attribute, value in element.attrib.items():
            assert not str(attribute).startswith("on"), (path, attribute, value)
            if attribute in ("src", "href", "action", "formaction", "poster", "data", "srcset", "style"):
                assert attribute != "style" or "url(" not in value, (path, value)
                assert attribute == "style" or _is_ours(str(value)), (path, value)
    for link in tree.iter("a"):
        address = str(link.get("href", "")).partition("#")[0]
        if link.get("download") is not None and address.startswith("/"):
            yield address


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def _archive(data: bytes, path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        assert not name.endswith((".bin", ".vml")) and "embeddings" not in name, (path, name)
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(part)
        for element in root.iter(etree.Element):
            local = etree.QName(element).localname
            assert element.get("TargetMode") != "External", (path, name)
            assert local not in ("altChunk", "object", "hyperlink", "ddeLink"), (path, local)
            if local == "instrText":
                assert (element.text or "").split()[:1] in [[each] for each in _FIELDS], (path, element.text)
            if local == "fldSimple":
                assert next(iter(element.attrib.values())).split()[0] in _FIELDS, path
        shown = "".join(str(words) for words in root.itertext())
        assert not [words for words in WORKED_OUT if words in shown], (path, name)
    if "xl/workbook.xml" in parts:
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet for cell in row]
        risky = [cell for cell in cells if str(cell.value).startswith(FORMULA) and isinstance(cell.value, str)]
        assert risky and all(cell.data_type == "s" and cell.quotePrefix for cell in risky), path
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink], path


def _print(data: bytes, path: str) -> None:
    reader = PdfReader(io.BytesIO(data))
    for reference in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = reader.get_object(IndirectObject(reference, 0, reader))
        if isinstance(found, DictionaryObject):
            kinds = {found.get("/S"), found.get("/Type"), found.get("/Subtype")}
            assert not kinds & {"/URI", "/JavaScript", "/Launch", "/EmbeddedFile", "/GoToR", "/SubmitForm"}, path
    shown = "".join(page.extract_text() for page in reader.pages)
    assert not [words for words in WORKED_OUT if words in "".join(shown.split())], path


def _xml(data: bytes, path: str) -> None:
    root = etree.fromstring(data)
    for element in root.iter(etree.Element):
        assert etree.QName(element).localname not in ("script", "foreignObject", "image", "a", "use"), path
        assert not [name for name in element.attrib if str(name).startswith("on")], path


def _table(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) >= 1
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
