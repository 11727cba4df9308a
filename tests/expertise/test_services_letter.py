"""The letter on hidden services: criteria as they were kept, blanks where nobody showed anything, none of nothing."""

from __future__ import annotations

from typing import Any

import conclusion_samples as samples
import pytest

from expertise.case.states import CaseError
from expertise.documents.model import Table
from expertise.documents.services_letter import CRITERIA, services_letter
from expertise.documents.words import words

HASH = "c0ffee" * 10 + "c0ff"
SHOWN = {
    "C1": "Отдел", "C2": "not seen", "C3": "по заявлению", "C4": "application and result of one person",
    "C5": "выдаёт справку", "C6": "no service, rules or code named", "C7": "not checked: no register",
}  # fmt: skip


def kept(**other: str) -> dict[str, Any]:
    reason = [{"key": key, "value": value} for key, value in {**SHOWN, **other}.items()]
    return {"ru-4": {"text_language": "ru", "evidence": [{"detector": "services", "reason": reason}]}}


def rows(language: str, of: dict[str, Any]) -> dict[str, tuple[str, str]]:
    document = services_letter(samples.both(), language, HASH, of)
    table = next(block for block in document.blocks if isinstance(block, Table))
    return {row[0].text.split(".")[0]: (row[1].text, row[2].text) for row in table.rows}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_each_criterion_says_by_which_words_it_holds(language: str) -> None:
    said, found = words(language), rows(language, kept())
    assert tuple(found) == CRITERIA
    assert found["C1"] == (said.say("services_letter.holds"), "«Отдел»")
    assert found["C2"] == (said.say("services_letter.unseen"), "___")
    assert found["C4"][1] == said.say("services_letter.fixed.C4")
    assert found["C7"] == (said.say("services_letter.unchecked"), said.say("services_letter.c7_unchecked"))


def test_the_register_is_told_as_it_answered() -> None:
    assert rows("ru", kept(C7="other: – (0.1)"))["C7"][0] == "да"
    judged, shown = rows("ru", kept(C7="similar: 00101001 (0.62)"))["C7"]
    assert judged == "требует решения" and "код 00101001" in shown
    made = samples.both()
    told = "\n".join(services_letter(made, "ru", HASH, kept()).texts())
    assert "не сопоставлялись" in told and "Отдел по заявлению лица выдаёт справку" in told and "___" in told
    made["checks"]["services"]["register"] = "ab" * 32
    assert "ab" * 32 in "\n".join(services_letter(made, "ru", HASH, kept()).texts())


def test_what_an_expert_added_leaves_the_criteria_to_the_expert() -> None:
    assert set(rows("ru", {}).values()) == {("___", "заполняет эксперт")}


def test_there_is_no_letter_about_nothing() -> None:
    with pytest.raises(CaseError, match="no_hidden_services"):
        services_letter(samples.nothing(), "ru", HASH, {})


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_letter_promises_no_signs_that_its_tables_leave_to_the_expert(language: str) -> None:
    said = words(language)
    shown, by_expert = (said.say(f"services_letter.signs.{name}") for name in ("shown", "by_expert"))
    made = samples.both()
    with_signs = "\n".join(services_letter(made, language, HASH, kept()).texts())
    without = "\n".join(services_letter(made, language, HASH, {}).texts())
    assert shown in with_signs and by_expert not in with_signs
    assert by_expert in without and shown not in without
