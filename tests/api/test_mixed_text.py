"""A file in which the two languages could not be parted is reviewed and concluded on as one text; doubts are told."""

from __future__ import annotations

import html

from api.service import Reach
from api.serving import create_service
from expertise.documents.conclusion import conclusion
from expertise.office import Office
from expertise.people import Seat
from expertise.store.cases import open_case
from expertise.work.analysing import ask, run
from expertise.work.concluding import preview
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.reviewing import reviewed
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys
from tests.dossier.files import ACT_KK, ACT_RU
from tests.work.conftest import Staff


def test_a_mixed_text_is_reviewed(office: Office, staff: Staff, examiner: Examiner, keys: Keys) -> None:
    case = register(office, staff.coordinator, "Смешанный текст")
    words = "\n\n".join([*ACT_RU[:-2], *ACT_KK[-3:], *ACT_RU[-2:]])
    keep_file(office, staff.coordinator, case.id, "text", "draft.txt", [words.encode()])
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    wish = ask(office, staff.coordinator, case.id, force=True)
    assert run(office, examiner, Limits(), wish.id) == "done"
    browser = Browser(create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP))
    path, headers = f"/cases/{case.id}", keys(staff.first)
    page = browser.client.get(f"{path}/review", headers=headers)
    assert page.status_code == 200 and "разделить их не удалось" in html.unescape(page.text)
    assert "разделить их не удалось" in html.unescape(browser.client.get(path, headers=headers).text)
    assert 'name="wording_ru"' in page.text and 'name="wording_kk"' in page.text
    form = {
        "seat": "first", "quote": " ".join(ACT_RU[-1].split()[1:5]), "language": "mixed",
        "factor": "no_appeal", "severity": "low",
        "explanation": "Порядок обжалования не указан.", "risk": "Решение не проверить.",
    }  # fmt: skip
    added = browser.client.post(f"{path}/findings", headers=headers, data=form, follow_redirects=False)
    assert added.status_code == 303, html.unescape(added.text)[:3000]
    listed = html.unescape(browser.client.get(f"{path}/review", headers=headers).text)
    assert listed.count(">добавлено экспертом<") == 1, "kind and verdict do not say it twice"
    with office.database.reading() as session:
        found = reviewed(session, open_case(session, staff.first, case.id), Seat.FIRST)
    for each in found:
        done = browser.client.post(
            f"{path}/findings/{each.row.id}", headers=headers, data={"seat": "first", "verdict": "confirmed"}
        )
        assert done.status_code == 200
    drawn = preview(office, staff.first, case.id)
    assert any(each["places"] and each["places"][0]["language"] == "mixed" for each in drawn.content["findings"])
    for language, said in (("ru", "не сопоставлялись"), ("kk", "салыстырылған жоқ")):
        assert said in "\n".join(conclusion(drawn.content, language).texts())
