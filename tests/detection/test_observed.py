"""Observations of detectors of the act become findings; questions are asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from nlp.detection.act_view import ActView
from nlp.detection.detectors import BUILDERS, detectors_of
from nlp.detection.finding import Edit, Kind, Mark, Severity
from nlp.detection.joining import Told
from nlp.detection.observation import Detected, Observation, Place, Question
from nlp.detection.observed import asked, with_observations
from nlp.detection.pack import DetectorData, Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.norms.frame import Field, FieldSpan
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.reading.source import Notice
from nlp.result import schema, to_dict
from nlp.structure.act import Provision

RULES = """Правила ведения учета лодок

1. Акимат ведет журнал лодок.
2. Акимат вправе отказать в записи в случае необходимости.
3. Владелец лодки подает заявление в акимат.
"""
TEXTS: dict[str, Any] = {
    "name": {"ru": "проба", "kk": "сынақ"},
    "observations": {
        "lacks": {
            "explanation": {"ru": "норма «{words}» молчит о сроке", "kk": "«{words}» нормасында мерзім жоқ"},
            "risk": {"ru": "ждать можно сколько угодно", "kk": "шексіз күтуге болады"},
            "instruction": {"ru": "дополнить сроком", "kk": "мерзіммен толықтырылсын"},
            "wording": {"ru": "срок – ___ дней", "kk": "мерзімі – ___ күн"},
        }
    },
    "questions": {"term": {"ru": "назван ли срок?", "kk": "мерзімі аталған ба?"}},
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return replace(load_pack(kz_pack()), detectors={"probe": DetectorData(TEXTS, {})})


def observation(provision: Provision, *further: Provision, **more: Any) -> Observation:
    places = tuple(Place(p, FieldSpan(Field.TEXT, 0, len(p.text))) for p in (provision, *further))
    blanks = {"words": {"ru": provision.text, "kk": provision.text}}
    return Observation("probe", "lacks", "missing_procedure", places, blanks=blanks, **more)


def found(
    monkeypatch: pytest.MonkeyPatch, pack: Pack, detect: Any, text: str = RULES, language: str = ""
) -> dict[str, Any]:
    monkeypatch.setattr("nlp.detection.detectors.BUILDERS", {"probe": lambda _: detect})
    source = read_plain(text.encode(), "лодки.txt")
    examination = Examiner(pack).examine(Dossier(ru=source), Options(report_language=language, force=True))
    result = to_dict(examination)
    jsonschema.Draft202012Validator(schema()).validate(result)
    return result


def by_detector(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [f for f in result["texts"][0]["findings"] if any(e["detector"] == "probe.lacks" for e in f["evidence"])]


def test_an_observation_is_a_finding_with_all_its_places(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    def detect(view: ActView) -> Detected:
        first, _, third = view.provisions[-3:]
        return Detected((observation(third, first, kind=Kind.REMARK, strength=2, probability=3, impact=3),))

    (finding,) = by_detector(found(monkeypatch, pack, detect))
    assert [mark["quote"] for mark in finding["marks"]] == [
        "Владелец лодки подает заявление в акимат.", "Акимат ведет журнал лодок.",
    ]  # fmt: skip
    assert finding["also_at"] == [finding["marks"][1]["address"]]
    assert finding["kind"] == "remark" and finding["severity"] == Severity.HIGH
    assert finding["explanation"].startswith("Норма «Владелец")
    assert finding["recommendation"]["instruction"] == "Дополнить сроком"
    assert finding["recommendation"]["wording"] == "Срок – ___ дней"
    for mark in finding["marks"]:
        assert RULES[mark["start"] : mark["end"]].strip() in RULES


def test_reasons_are_of_the_report_and_the_wording_of_the_norm(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    result = found(monkeypatch, pack, lambda view: Detected((observation(view.provisions[-1]),)), language="kk")
    (finding,) = by_detector(result)
    assert finding["risk"] == "Шексіз күтуге болады"
    assert finding["recommendation"]["wording"] == "Срок – ___ дней"


def test_what_a_rule_has_said_is_joined_not_repeated(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    def detect(view: ActView) -> Detected:
        second = view.provisions[-2]
        return Detected((replace(observation(second), factor="broad_discretion"),))

    before = found(monkeypatch, pack, lambda view: Detected())["texts"][0]["findings"]
    (rule,) = [f for f in before if f["factor"] == "broad_discretion"]
    after = found(monkeypatch, pack, detect)["texts"][0]["findings"]
    assert len(after) == len(before)
    (joined,) = [f for f in after if f["factor"] == "broad_discretion"]
    assert joined["id"] == rule["id"]
    assert joined["explanation"].startswith(rule["explanation"]) and "молчит о сроке" in joined["explanation"]
    assert joined["evidence"][-1]["detector"] == "probe.lacks"
    assert joined["recommendation"] == rule["recommendation"]


def test_edits_reword_the_norm(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    def detect(view: ActView) -> Detected:
        third = view.provisions[-1]
        at = third.text.index("акимат.") + len("акимат")
        edits = (
            Edit(FieldSpan(Field.TEXT, at, at), " в течение ___ дней"),
            Edit(FieldSpan(Field.TEXT, 0, len("Владелец")), "Собственник"),
        )
        return Detected((observation(third, edits=edits),))

    (finding,) = by_detector(found(monkeypatch, pack, detect))
    assert finding["recommendation"]["wording"] == "Собственник лодки подает заявление в акимат в течение ___ дней."
    assert finding["recommendation"]["action"] == "replace"


def test_ids_differ_for_equal_norms(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    text = RULES + "4. Владелец лодки подает заявление в акимат.\n"
    result = found(monkeypatch, pack, lambda v: Detected(tuple(observation(p) for p in v.provisions[-2:])), text)
    made = by_detector(result)
    assert len({f["id"] for f in made}) == len(made) == 2


def test_questions_and_notices(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    def detect(view: ActView) -> Detected:
        third = view.provisions[-1]
        place = Place(third, FieldSpan(Field.TEXT, 0, 8))
        question = Question("probe", "time_limit", "term", place)
        return Detected((), (question, question), (Notice("examine.rule_exhausted", (("rule", "x"),)),) * 2)

    text = found(monkeypatch, pack, detect)["texts"][0]
    (question,) = text["questions"]
    assert question["text"] == {"ru": "Назван ли срок?", "kk": "Мерзімі аталған ба?"}
    assert question["mark"]["quote"] == "Владелец" and question["mark"]["citation"]
    assert [n["code"] for n in text["notices"]].count("examine.rule_exhausted") == 1


def test_a_pack_without_detectors_asks_none(pack: Pack) -> None:
    assert detectors_of(replace(pack, detectors={})) == ()
    known = {*BUILDERS, "parity"}  # parity reads two texts, not one (``both_texts.py``)
    assert set(load_pack(kz_pack()).detectors) <= known, "a pack may only name detectors that exist"


def test_an_observation_is_compared_with_the_findings_near_it_only(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    """Counts comparisons of marks over four times as many norms: an act of thousands of points must stay quick."""
    compared: list[int] = []
    overlaps = Told._overlaps

    def counting(self: Told, number: int, mark: Mark, stretch: int) -> bool:
        compared.append(number)
        return overlaps(self, number, mark, stretch)

    def detect(view: ActView) -> Detected:
        first = [observation(p) for p in view.provisions]
        further = [
            observation(after, before) for before, after in zip(view.provisions[:-2], view.provisions[2:], strict=True)
        ]
        settled = [observation(p, settles=True) for p in view.provisions[-2:]]
        return Detected((*first, *further, *settled))

    def work(points: int) -> tuple[int, int]:
        compared.clear()
        text = RULES + "".join(f"{n}. Владелец лодки подает заявление {n}.\n" for n in range(4, points))
        return len(by_detector(found(monkeypatch, pack, detect, text))), len(compared)

    monkeypatch.setattr(Told, "_overlaps", counting)
    (few, little), (many, much) = work(50), work(200)
    assert many == few + 150  # each norm has its finding, the last two are settled
    assert little > 0 and much < 6 * little


def test_nothing_said_changes_nothing(pack: Pack) -> None:
    assert with_observations((), (), None, pack, "ru", {}) == ()  # type: ignore[arg-type]
    assert asked((), None, pack, "ru") == ()  # type: ignore[arg-type]
