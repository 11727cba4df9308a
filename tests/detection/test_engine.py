"""The engine and fusion: where a rule speaks, where it keeps silent, what becomes one finding."""

from __future__ import annotations

import pytest

from nlp import language
from nlp.detection import engine
from nlp.detection.engine import Engine
from nlp.detection.finding import Kind, Severity
from nlp.detection.fusion import JudgedFactor, fuse, merge_spans
from nlp.detection.pack import Pack
from nlp.detection.rulecheck import check_pack
from nlp.detection.severity import level
from nlp.norms import analyse
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision, Role
from tests.detection.conftest import MakePack


def judge(pack: Pack, text: str, lead: str = "", heading: str = "", role: Role = Role.NORM) -> list[JudgedFactor]:
    analysis = analyse(Provision("1", "ru", text, lead, heading, role), language.of("ru"))
    return list(fuse(Engine(pack).judge(analysis), analysis, pack))


def quotes(found: list[JudgedFactor], text: str, lead: str = "") -> list[str]:
    strings = {Field.TEXT: text, Field.LEAD: lead}
    return [strings[s.field][s.start : s.end] for factor in found for s in factor.spans]


OPTION = {"any": ["вправе <infinitive>"], "strength": 2, "frame": {"modality": ["option"]}}


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Комиссия вправе отказать заявителю.", True),
        ("Заявитель вправе отозвать заявление.", False),
        ("Суд вправе снизить размер неустойки.", False),
        ("Комиссия не вправе требовать иные документы.", False),
        ("Заявитель, подавший документы в комиссию, вправе отозвать их.", False),
        ("Комиссия, получив документы от заявителя, вправе отказать ему.", True),
        ("Суд рассматривает спор; комиссия вправе отказать.", True),
        ("Комиссия рассматривает заявление, а заявитель вправе присутствовать.", False),
    ],
)
def test_actor_class_decides(make_pack: MakePack, text: str, speaks: bool) -> None:
    assert bool(judge(make_pack(permissive_power=[OPTION]), text)) is speaks


def test_an_item_takes_actor_and_modality_of_its_lead_in(make_pack: MakePack) -> None:
    rule = {"any": ["отказать|запросить"], "frame": {"actor": ["public"], "modality": ["option"]}}
    pack = make_pack(permissive_power=[rule])
    assert judge(pack, "отказать в выдаче;", lead="Комиссия вправе:")
    assert not judge(pack, "отказать в выдаче;", lead="Заявитель вправе:")
    assert not judge(pack, "отказать в выдаче;", lead="Комиссия не вправе:")
    assert not judge(pack, "отказать в выдаче;")


def test_lead_in_words_speak_only_where_the_rule_asks(make_pack: MakePack) -> None:
    lead = "Комиссия вправе отказать в случаях:"
    assert not judge(make_pack(permissive_power=[OPTION]), "неполноты документов;", lead)
    found = judge(make_pack(permissive_power=[OPTION | {"fields": ["text", "lead"]}]), "неполноты документов;", lead)
    assert quotes(found, "", lead) == ["вправе отказать"]


JUDGED = {Role.NORM, Role.QUOTED}


@pytest.mark.parametrize(("role", "speaks"), [(role, role in JUDGED) for role in Role])
def test_roles(make_pack: MakePack, role: Role, speaks: bool) -> None:
    assert bool(judge(make_pack(permissive_power=[OPTION]), "Комиссия вправе отказать.", role=role)) is speaks


def test_contexts(make_pack: MakePack) -> None:
    rule = OPTION | {"with": [{"in": "clause", "any": ["выдача"]}], "unless": [{"in": "after", "any": ["пункт #"]}]}
    pack = make_pack(permissive_power=[rule])
    assert judge(pack, "Комиссия вправе отказать в выдаче.")
    assert not judge(pack, "Комиссия вправе отказать.")
    assert not judge(pack, "Комиссия вправе отказать в выдаче по основаниям пункта 5.")
    assert judge(pack, "По жалобе согласно пункту 5 комиссия вправе отказать в выдаче.")


def test_strong_when_raises_the_strength(make_pack: MakePack) -> None:
    rule = OPTION | {"strength": 1, "strong_when": {"frame": {"grounds": ["absent", "open"]}}}
    pack = make_pack(permissive_power=[rule])
    assert judge(pack, "Комиссия вправе отказать.")[0].strength == 2
    assert judge(pack, "Комиссия вправе отказать в случаях, предусмотренных пунктом 5.")[0].strength == 1


def test_suppressed_idioms_act_on_their_words_only(make_pack: MakePack) -> None:
    pack = make_pack(
        suppressions=[{"id": "s", "why": "идиома", "any": ["соответствующий финансовый год"]}],
        vague_wording=[{"any": ["соответствующий"]}],
    )
    assert not judge(pack, "Орган утверждает план на соответствующий финансовый год.")
    text = "Орган на соответствующий финансовый год принимает соответствующие меры."
    assert quotes(judge(pack, text), text) == ["соответствующие"]


def test_rules_say_nothing_of_a_silent_norm(make_pack: MakePack) -> None:
    tests = {"silent": ["Стоянка влечет штраф."], "speaks": ["Стоянка запрещена."]}
    silent = {
        "id": "s",
        "of": "norm",
        "why": "состав",
        "any": ["=влечет штраф"],
        "unless": ["инспекция"],
        "tests": tests,
    }
    pack = make_pack(suppressions=[silent], vague_wording=[{"any": ["существенный"]}])
    assert not judge(pack, "Комиссия оценивает существенный вред. Стоянка влечет штраф.")
    assert judge(pack, "Комиссия оценивает существенный вред.")
    assert judge(pack, "Инспекция решает, что существенный вред влечет штраф.")
    assert not [problem for problem in check_pack(pack) if problem.rule == "s"]
    about = make_pack(suppressions=[silent | {"factors": ["no_appeal"]}], vague_wording=[{"any": ["существенный"]}])
    assert judge(about, "Комиссия оценивает существенный вред. Стоянка влечет штраф.")


def test_the_same_marker_twice_is_one_finding(make_pack: MakePack) -> None:
    pack = make_pack(vague_wording=[{"any": ["существенный"]}])
    text = "Комиссия оценивает существенные нарушения и существенный вред."
    found = judge(pack, text)
    assert len(found) == 1
    assert quotes(found, text) == ["существенные", "существенный"]


def test_one_provision_may_carry_two_factors_and_precedence_keeps_the_specific_one(make_pack: MakePack) -> None:
    pack = make_pack(
        permissive_power=[OPTION],
        excessive_requirement=[{"any": ["иной документ"]}],
        vague_wording=[{"any": ["иной"]}, {"any": ["существенный"]}],
    )
    text = "Комиссия вправе запросить иные документы."
    assert [f.factor for f in judge(pack, text)] == ["permissive_power", "excessive_requirement"]
    text = "Комиссия вправе запросить иные документы при существенном вреде."
    assert [f.factor for f in judge(pack, text)] == ["permissive_power", "excessive_requirement", "vague_wording"]


def test_a_marker_alone_is_never_a_remark(make_pack: MakePack) -> None:
    weak = make_pack(vague_wording=[{"any": ["существенный"], "strength": 1}])
    assert judge(weak, "Комиссия оценивает существенный вред.")[0].kind is Kind.ATTENTION
    strong = make_pack(vague_wording=[{"any": ["существенный"], "strength": 2}])
    assert judge(strong, "Комиссия оценивает существенный вред.")[0].kind is Kind.REMARK
    bounded = "Комиссия в течение пяти дней в случае пожара оценивает существенный вред."
    assert judge(strong, bounded)[0].kind is Kind.ATTENTION


def test_severity_is_probability_by_impact(make_pack: MakePack) -> None:
    pack = make_pack(permissive_power=[OPTION])
    high = judge(pack, "Комиссия вправе отказать в предоставлении субсидии.")[0]
    assert (high.probability, high.impact, high.severity) == (3, 3, Severity.HIGH)
    bounded = "Комиссия в случае пожара в течение пяти дней вправе проветрить помещение."
    low = judge(pack, bounded)[0]
    assert (low.probability, low.impact, low.severity) == (1, 2, Severity.LOW)
    assert [str(level(pack.severity, points)) for points in (1, 2, 3, 4, 6, 9)] == [
        "low", "low", "medium", "medium", "high", "high",
    ]  # fmt: skip


def test_a_language_the_pack_does_not_speak_is_left_alone(make_pack: MakePack) -> None:
    pack = make_pack(permissive_power=[OPTION])
    analysis = analyse(Provision("1", "mixed", "Комиссия вправе отказать."), language.of("ru"))
    assert Engine(pack).judge(analysis).evidence == ()


def test_empty_provision(make_pack: MakePack) -> None:
    assert judge(make_pack(permissive_power=[OPTION]), "") == []


def test_spans_merge_within_a_field() -> None:
    text, lead = Field.TEXT, Field.LEAD
    spans = [FieldSpan(text, 5, 9), FieldSpan(text, 0, 6), FieldSpan(lead, 0, 3), FieldSpan(text, 20, 22)]
    assert merge_spans(spans) == (FieldSpan(lead, 0, 3), FieldSpan(text, 0, 9), FieldSpan(text, 20, 22))


@pytest.mark.parametrize(
    ("text", "heading", "form", "speaks"),
    [
        ("Взимается плата.", "", "decision", True),
        ("Взимается плата.", "", "law", False),
        ("Взимается плата.", "", "", False),
        ("Взимается плата.", "Решение маслихата", "", True),
        ("За нарушение настоящего решения взимается плата.", "", "", True),
        ("За нарушение настоящего решения взимается плата.", "", "code", False),
    ],
)
def test_a_rule_for_kinds_of_acts(make_pack: MakePack, text: str, heading: str, form: str, speaks: bool) -> None:
    acts = {"forms": ["decision", "order"], "any": ["решение маслихат", "настоящий решение"]}
    pack = make_pack(ultra_vires=[{"any": ["взиматься плата"], "acts": acts}])
    analysis = analyse(Provision("1", "ru", text, heading=heading, act_form=form), language.of("ru"))
    assert bool(Engine(pack).judge(analysis).evidence) is speaks


@pytest.mark.parametrize(
    ("beside", "text", "asked"),
    [
        ({"with": [{"in": "clause", "any": ["суд"]}]}, "Комиссия вправе отказать заявителю.", False),
        ({"with": [{"in": "clause", "any": ["суд"]}]}, "Комиссия вправе отказать; суд решает.", True),
        ({"unless": [{"in": "overlap", "any": ["отказать ..2 заявитель"]}]}, "Она вправе отказать заявителю.", False),
        ({"unless": [{"in": "clause", "any": ["заявитель"]}]}, "Комиссия вправе отказать; заявитель ждёт.", True),
        ({"unless": [{"in": "sentence", "any": ["заявитель"]}]}, "Комиссия вправе отказать; заявитель ждёт.", False),
        ({"unless": [{"in": "lead", "any": ["суд"]}]}, "Комиссия вправе отказать.", False),
    ],
)
def test_frames_are_made_only_where_a_hit_may_still_hold(
    make_pack: MakePack, monkeypatch: pytest.MonkeyPatch, beside: dict[str, object], text: str, asked: bool
) -> None:
    made: list[str] = []
    monkeypatch.setattr(engine, "frames", lambda analysis, lexicon: made.append(analysis.provision.text) or ())
    judge(make_pack(permissive_power=[OPTION | beside]), text, lead="Суд проверяет:")
    assert bool(made) is asked


def test_a_rule_given_up_is_named_where_nothing_else_is_found(make_pack: MakePack) -> None:
    text = "10 " + "орган " * 60
    pack = make_pack(permissive_power=[{"any": ["орган ..20 орган ..20 орган ..20 #"]}])
    judged = Engine(pack, steps=50).judge(analyse(Provision("1", "ru", text), language.of("ru")))
    assert not judged.evidence
    assert judged.exhausted == (pack.languages["ru"].rules[0].id,)
