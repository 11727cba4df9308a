"""Hidden public services: mini acts beside the words, the register, the places, the name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.detection.detectors.services import NAME, build
from nlp.detection.detectors.services.matching import NameIndex, band_of, content, likeness
from nlp.detection.detectors.services.words import compile_words
from nlp.detection.finding import Kind
from nlp.detection.observation import Detected, Detector
from nlp.detection.pack import Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.register.services import Service, ServiceRegister, import_services
from nlp.registers import Registers
from tests.detection.mini_acts import mini_act, view_of_text

DATA = {
    code: yaml.safe_load((kz_pack() / "detectors" / NAME / f"{code}.yaml").read_text("utf-8")) for code in ("ru", "kk")
}
RULES = "3. Пчеловод подает в отдел заявление, отдел за неделю выдает справку о безвредности ульев.\n"


def cases(key: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{n}")
        for code in DATA
        for n, case in enumerate(DATA[code]["tests"][key], 1)
    ]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


@pytest.fixture(scope="module")
def detect(pack: Pack) -> Detector:
    return build(pack)


def register(*services: Service) -> Registers:
    return Registers(services=ServiceRegister(services, hashlib.sha256(repr(services).encode()).hexdigest()))


def said(detect: Detector, pack: Pack, text: str, code: str = "ru", registers: Registers | None = None) -> Detected:
    return detect(view_of_text(mini_act(text, code), pack, registers or Registers()))


@pytest.mark.parametrize(("code", "case"), cases("finds"))
def test_a_hidden_service_is_found_once_and_named(
    code: str, case: dict[str, Any], detect: Detector, pack: Pack
) -> None:
    (found,) = said(detect, pack, case["text"], code).observations
    assert found.blanks["name"][code] == case["name"]
    assert len(found.places) == case.get("places", len(found.places))
    assert found.kind is Kind.ATTENTION and found.text == "unchecked"
    reason = dict(found.reason)
    assert list(reason) == ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]
    assert reason["C7"].startswith("not checked")
    for place in found.places:
        assert place.provision.text[place.span.start : place.span.end].strip()


@pytest.mark.parametrize(("code", "text"), cases("passes"))
def test_what_is_no_hidden_service(code: str, text: str, detect: Detector, pack: Pack) -> None:
    assert said(detect, pack, text, code).observations == ()


@pytest.mark.parametrize(("code", "case"), cases("names"))
def test_names_are_compared_by_what_they_are_about(code: str, case: dict[str, str], pack: Pack) -> None:
    words = compile_words(code, DATA[code], pack.languages[code])
    score = likeness(content(case["norm"], words), content(case["register"], words), words)
    assert band_of(score, words) == case["band"], score


def test_both_languages_have_the_same_thresholds_and_enough_examples() -> None:
    assert DATA["ru"]["thresholds"] == DATA["kk"]["thresholds"]
    assert set(DATA["ru"]["excluded"]) == set(DATA["kk"]["excluded"])
    for data in DATA.values():
        assert min(len(data["tests"][key]) for key in ("finds", "passes")) >= 15


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("Выдача справок о безвредности ульев", "registered", Kind.ATTENTION),
        ("Выдача справки о безвредности меда и воска", "similar", Kind.ATTENTION),
        ("Выдача справки о судимости", "absent", Kind.REMARK),
    ],
)
def test_the_register_decides(name: str, text: str, kind: Kind, detect: Detector, pack: Pack) -> None:
    answer = said(detect, pack, RULES, registers=register(Service("00101001", name)))
    (found,) = answer.observations
    assert found.text == text and found.kind is kind
    assert found.settles == (text == "registered") == bool(answer.notices)


def test_a_register_without_names_in_the_language_was_not_asked(detect: Detector, pack: Pack) -> None:
    (found,) = said(detect, pack, RULES, registers=register(Service("1", name_kk="Анықтама беру"))).observations
    assert found.text == "unchecked"


def test_a_registered_service_takes_the_rules_finding_away(pack: Pack) -> None:
    act = f"Правила содержания пасек\n\n1. Пасека стоит у леса.\n2. Улей красят.\n{RULES}"
    table = "Код;Наименование услуги\n00101001;Выдача справки о безвредности ульев\n00101002;Выдача паспорта судна\n"

    def findings(registers: Registers) -> list[Any]:
        dossier = Dossier(ru=read_plain(act.encode(), "пасека.txt"))
        (report,) = Examiner(pack, registers=registers).examine(dossier, Options(force=True)).reports
        notices = [notice.code for notice in report.notices]
        assert ("examine.service_registered" in notices) == (registers.services is not None)
        return [finding for finding in report.findings if finding.factor == "hidden_service"]

    (unchecked,) = findings(Registers())
    assert "не проверялся" in unchecked.explanation
    assert {"hidden_service.ru.asks_and_gets", "services.unchecked_beside"} <= {e.detector for e in unchecked.evidence}
    assert findings(Registers(services=import_services(table.encode()).register)) == []


def test_the_wording_names_the_service_in_the_language_of_the_norm(pack: Pack) -> None:
    act = mini_act(DATA["kk"]["tests"]["finds"][1]["text"], "kk")
    dossier = Dossier(kk=read_plain(act.encode(), "акт.txt"))
    (report,) = Examiner(pack).examine(dossier, Options(force=True, report_language="ru")).reports
    found = [f for f in report.findings if any(e.detector.startswith("services.") for e in f.evidence)]
    assert found
    for finding in found:
        assert "{" not in finding.explanation + finding.risk
        assert finding.recommendation is not None and finding.recommendation.language == "kk"


def test_an_application_far_away_is_another_matter(detect: Detector, pack: Pack) -> None:
    between = "".join(f"{n}. Лодки красят весной.\n" for n in range(2, 9))
    text = (
        f"1. Гончар подает в отдел заявление.\n{between}9. По результатам рассмотрения документов отдел выдает справку."
    )
    assert said(detect, pack, text).observations == ()


def test_the_likest_name_is_found_over_a_large_register(pack: Pack) -> None:
    words = compile_words("ru", DATA["ru"], pack.languages["ru"])
    services = tuple(Service(f"{n:08}", f"Выдача справки о предмете{n}") for n in range(500))
    index = NameIndex(ServiceRegister((*services, Service("9", "Выдача справки о голубятнях")), ""), words)
    likest = index.likest("Выдача справки о голубятне")
    assert likest.service is not None and likest.service.code == "9" and likest.band == "same"
    assert index.likest("Выдача справки").service is None


@given(
    st.lists(st.sampled_from([c["text"] for d in DATA.values() for c in d["tests"]["finds"]] + ["«", "1)", "\n2. "]))
)
def test_any_mixture_is_told_with_places_inside_the_text(parts: list[str]) -> None:
    loaded = load_pack(kz_pack())
    for found in build(loaded)(view_of_text("\n".join(parts) or ".", loaded)).observations:
        for place in found.places:
            assert 0 <= place.span.start < place.span.end <= len(place.provision.text)


def test_texts_leave_no_blank_open() -> None:
    texts = yaml.safe_load((Path(kz_pack()) / "detectors" / NAME / "texts.yaml").read_text("utf-8"))
    known = {"unit", "apply", "result", "name", "service", "code", "criteria", "missing"}
    for entry in texts["observations"].values():
        for words in entry.values():
            for text in words.values():
                assert set(re.findall(r"\{(\w+)\}", text)) <= known
