"""Powers: one finding names all that is missing; settled, private, court and competence norms are left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.detection.act_view import ActView
from nlp.detection.detectorcheck import check_detectors
from nlp.detection.detectors import powers
from nlp.detection.observation import Detected
from nlp.detection.pack import Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.result import to_dict
from nlp.structure import provisions, structure

RU = "Правила пользования лодочными причалами\n\n"
KK = "Қайық айлақтарын пайдалану қағидалары\n\n"
BARE = RU + "1. Управление набережных выдает разрешение на стоянку лодки.\n2. Владелец лодки содержит ее в чистоте.\n"
BARE_KK = KK + "1. Жағалау басқармасы қайық тұрағына рұқсат береді.\n2. Қайық иесі оны таза ұстайды.\n"
SETTLED = (
    RU
    + """1. Управление набережных выдает разрешение на стоянку лодки при наличии свободного места у причала.
2. Для получения разрешения владелец лодки представляет следующие документы: заявление и судовой билет.
3. Решение о выдаче разрешения принимается в течение пяти рабочих дней со дня подачи заявления.
4. Основаниями для отказа в выдаче разрешения являются: непредставление документов и отсутствие свободных мест.
5. Мотивированный отказ в выдаче разрешения направляется заявителю в письменной форме.
6. Решение об отказе в выдаче разрешения может быть обжаловано в вышестоящий орган и в суд.
"""
)
SILENT = {
    "private": "1. Владелец лодки вправе потребовать от владельца причала плату за хранение весел.\n",
    "court": "1. Суд вправе приостановить действие разрешения на стоянку.\n",
    "competence": "1. Управление набережных разрабатывает и утверждает правила выдачи разрешений на стоянку.\n",
    "definition": "1. В настоящих Правилах используются следующие понятия:\n"
    "1) разрешение – документ, который выдает управление;\n2) лодка – судно.\n",
    "ban": "1. Управление набережных не вправе требовать от владельца лодки дополнительные документы.\n",
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


@pytest.fixture(scope="module")
def examiner(pack: Pack) -> Examiner:
    return Examiner(pack)


def found(examiner: Examiner, text: str, language: str = "") -> list[dict[str, Any]]:
    source = read_plain(text.encode(), "причалы.txt")
    dossier = Dossier(kk=source) if text.startswith(KK) else Dossier(ru=source)
    return [f for f in said(examiner, dossier, language)["findings"] if _of_power(f)]


def said(examiner: Examiner, dossier: Dossier, language: str = "") -> dict[str, Any]:
    text: dict[str, Any] = to_dict(examiner.examine(dossier, Options(report_language=language, force=True)))["texts"][0]
    return text


def _of_power(finding: dict[str, Any]) -> bool:
    return any(evidence["detector"] == "powers.incomplete" for evidence in finding["evidence"])


def missing(finding: dict[str, Any]) -> dict[str, str]:
    (evidence,) = [e for e in finding["evidence"] if e["detector"] == "powers.incomplete"]
    return {each["key"]: each["value"] for each in evidence["reason"] if each["key"] != "power"}


def detected(pack: Pack, text: str) -> Detected:
    act = structure(read_plain(text.encode(), "а.txt"))
    return powers.build(pack)(ActView(act, provisions(act), (), pack))


def test_one_finding_names_all_that_is_missing(examiner: Examiner) -> None:
    (finding,) = found(examiner, BARE)
    assert {"time_limit", "refusal_grounds", "notice", "appeal"} <= set(missing(finding))
    assert "выдача разрешения" in finding["explanation"] and "управление набережных" in finding["explanation"]
    assert "в пункте 1" in finding["recommendation"]["instruction"]
    wording = finding["recommendation"]["wording"]
    assert "Решение о выдаче разрешения принимается в течение ___ рабочих дней" in wording
    assert "Основаниями для отказа в выдаче разрешения" in wording


def test_kazakh_says_the_same(examiner: Examiner) -> None:
    (finding,) = found(examiner, BARE_KK)
    assert {"time_limit", "refusal_grounds", "notice", "appeal"} <= set(missing(finding))
    assert "рұқсат беру" in finding["explanation"] and "жағалау басқармасы" in finding["explanation"]
    assert "Рұқсат беруден бас тарту негіздері мыналар:" in finding["recommendation"]["wording"]


def test_a_settled_power_is_left_alone(examiner: Examiner) -> None:
    assert found(examiner, SETTLED) == []


@pytest.mark.parametrize("gone", ["3. Решение", "4. Основаниями", "6. Решение"])
def test_every_element_is_looked_for_in_the_whole_act(examiner: Examiner, gone: str) -> None:
    lines = [line for line in SETTLED.splitlines() if not line.startswith((gone, "5. "))]
    text = "\n".join(lines)
    if gone == "6. Решение":  # notice and appeal alone are for the general law: asked, not found missing
        assert found(examiner, text) == []
        dossier = Dossier(ru=read_plain(text.encode(), "причалы.txt"))
        (question,) = said(examiner, dossier)["questions"]
        assert question["detector"] == "powers" and "обжалован" in question["text"]["ru"]
    else:
        (finding,) = found(examiner, text)
        assert len(missing(finding)) == 2


@pytest.mark.parametrize("kind", sorted(SILENT))
def test_no_power_over_a_person(examiner: Examiner, kind: str) -> None:
    assert found(examiner, RU + SILENT[kind]) == []


def test_reports_in_the_other_language_name_the_power_too(examiner: Examiner) -> None:
    (finding,) = found(examiner, BARE, language="kk")
    assert "құқық беру" in finding["explanation"]
    assert "выдаче разрешения" in finding["recommendation"]["wording"]


def test_two_powers_never_read_the_same(examiner: Examiner) -> None:
    text = BARE + "3. Инспектор приостанавливает действие разрешения на стоянку.\n"
    one, two = found(examiner, text)
    assert (
        one["explanation"] != two["explanation"]
        and one["recommendation"]["wording"] != two["recommendation"]["wording"]
    )


def test_what_named_rules_order_is_asked(examiner: Examiner) -> None:
    text = BARE.replace("лодки.\n2", "лодки в порядке, определенном Правилами выдачи разрешений.\n2", 1)
    source = read_plain(text.encode(), "причалы.txt")
    result = to_dict(examiner.examine(Dossier(ru=source), Options(force=True)))
    asked = [q for q in result["texts"][0]["questions"] if q["detector"] == "powers"]
    assert asked and "срок" in asked[0]["text"]["ru"] and "Правилами" in asked[0]["text"]["ru"]


def test_questions_are_few(pack: Pack) -> None:
    assert detected(pack, RU + "1. Управление выдает пропуск владельцу лодки.\n").questions == ()


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(BARE.split() + SETTLED.split() + BARE_KK.split() + ["1.", "\n", "1)", ";", "Статья 1."]),
        min_size=1,
        max_size=60,
    )
)
def test_any_text_is_read(words: list[str]) -> None:
    pack = load_pack(kz_pack())
    assert detected(pack, " ".join(words)) == detected(pack, "x " + " ".join(words))


def test_small_acts_of_the_detectors_hold(pack: Pack) -> None:
    tested = {name for name, data in pack.detectors.items() if data.tests}
    assert {"powers", "references"} <= tested
    assert check_detectors(pack) == ()


def test_a_failing_small_act_is_told(pack: Pack) -> None:
    data = pack.detectors["powers"]
    wrong = [
        {"act": BARE, "says": []},
        {"act": RU + SILENT["private"], "says": ["incomplete"]},
        {"act": BARE, "says": ["incomplete"], "words": ["луна"], "not_words": ["выдача разрешения"]},
    ]
    problems = check_detectors(replace(pack, detectors={"powers": replace(data, tests=wrong)}))
    assert [problem.code for problem in problems] == [
        "rules.test_flagged",
        "rules.test_missed",
        "rules.test_missed",
        "rules.test_flagged",
    ]
