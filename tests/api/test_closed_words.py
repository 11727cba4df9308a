"""Words that the act itself closes are told on the page of the review, with their place and without a mark."""

from __future__ import annotations

import pytest

from api.pages.act_view import Line
from api.pages.closed_words import closed_words
from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.people import Seat
from expertise.store.cases import open_case
from expertise.work import results
from expertise.work.analysing import ask, latest_examination, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys
from tests.work.conftest import Staff

DRAFT = """Об утверждении Правил предоставления субсидий

ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила предоставления субсидий.

Правила предоставления субсидий

1. Комиссия отказывает заявителю при существенном нарушении.
2. Существенным нарушением признаётся нарушение, указанное в пункте 3 настоящих Правил.
3. Нарушениями являются:
1) непредставление отчёта в срок, установленный договором;
2) использование субсидии на иные цели, чем указано в договоре.
"""


def test_they_are_listed_with_their_place(
    office: Office, staff: Staff, examiner: Examiner, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = register(office, staff.coordinator, "Правила")
    keep_file(office, staff.coordinator, case.id, "text", "draft.txt", [DRAFT.encode()])
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    monkeypatch.setattr(results, "_SUPPRESSED", 1)
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    with office.database.reading() as session:
        row = latest_examination(session, open_case(session, staff.first, case.id))
    assert row is not None
    told = row.summary["suppressed"]
    assert told["total"] >= len(told["first"]) == 1
    (entry,) = told["first"]
    client = Browser(create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)).client
    for query in ("", "?text=ru"):
        page = client.get(f"/cases/{case.id}/review{query}", headers=keys(staff.first)).text
        assert f"Слова, которые определяет сам акт: {told['total']}" in page and entry["text"]["ru"] in page
        line = page.split('<details class="closed">')[1].split("</details>")[0]
        anchor = line.split('href="#')[1].split('"')[0]
        assert f'id="{anchor}"' in page and "существенном" in page.split(f'id="{anchor}"')[1][:200]


def test_texts_that_are_not_shown_have_no_place() -> None:
    def entry(code: str, start: int) -> dict[str, object]:
        mark = {"citation": "пункт", "start": start, "end": start + 1}
        return {"factor": "vague_wording", "language": code, "mark": mark, "text": {"ru": "закрыто", "kk": "жабық"}}

    lines = [Line("a", "1.", "norm", 1, (), "1-тармақ", 10), Line("b", "2.", "norm", 1, (), "2-тармақ", 20)]
    made = closed_words([entry("ru", 5), entry("kk", 25), entry("kk", 20), entry("kk", 3)], {"kk": lines}, "kk")
    assert [(each.language, each.at, each.citation) for each in made] == [
        ("kk", 20, "2-тармақ"), ("kk", 20, "2-тармақ"), ("ru", -1, "пункт"), ("kk", -1, "пункт"),
    ]  # fmt: skip
    assert {each.told for each in made} == {"жабық"}
