"""Rules and model weighed: what stays, what is added, what is never said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from nlp import language as languages
from nlp.classifier.classifier import Classifier, Description, Scores
from nlp.classifier.weighing import FEATURES, Heard, Weighing
from nlp.detection.finding import MODEL, Kind
from nlp.detection.fusion import JudgedFactor
from nlp.detection.modelled import chances_of
from nlp.detection.modelled import weighed as weighed_by
from nlp.detection.pack import Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.norms import ProvisionAnalysis, analyse, frames
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_bytes
from nlp.structure.act import Provision, Role

OPTION = "Управление вправе отказать в выдаче разрешения при наличии сомнений в достоверности сведений."
PLAIN = "Управление выдает разрешение в течение пяти рабочих дней со дня обращения."


def weighing(*, logit: float = 1.0, rule: float = 0.0, say: float = 0.5, keep: float = 0.2, most: int = 2) -> Weighing:
    """Probability = sigmoid(logit · which + rule · «a rule spoke»)."""
    row = tuple({"which": logit, "rule": rule}.get(name, 0.0) for name in FEATURES)
    both = {"ru": row, "kk": row}
    same = {"ru": 0.0, "kk": 0.0}
    return Weighing(
        both,
        same,
        {"ru": {}, "kk": {}},
        dict.fromkeys(same, say),
        dict.fromkeys(same, keep),
        dict.fromkeys(same, 0.9),
        most,
    )


def weighed(
    said: tuple[JudgedFactor, ...],
    thought: Scores,
    by: Weighing,
    version: str,
    analysis: ProvisionAnalysis,
    pack: Pack,
) -> tuple[JudgedFactor, ...]:
    chances = chances_of(said, thought, by, analysis.provision.language)
    made = frames(analysis, pack.languages[analysis.provision.language].lexicon)
    return weighed_by(said, chances, thought, by, version, analysis, made, pack)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


@pytest.fixture(scope="module")
def examiner(pack: Pack) -> Examiner:
    return Examiner(pack)


def judged(examiner: Examiner, text: str, role: Role = Role.NORM) -> tuple[ProvisionAnalysis, tuple[JudgedFactor, ...]]:
    provision = replace(Provision("1", "ru", text), role=role)
    return analyse(provision, languages.of("ru")), examiner.judge(provision).factors


def scores(pack: Pack, said: dict[str, tuple[float, int, int]]) -> Scores:
    """``said``: factor → (logit, start, end of its words); everything else is far from likely."""
    logits = dict.fromkeys(pack.factors, -9.0) | {factor: row[0] for factor, row in said.items()}
    spans = {factor: (FieldSpan(Field.TEXT, row[1], row[2]),) for factor, row in said.items()}
    return Scores(0.0, 0.0, logits, dict.fromkeys(logits, 0.0), spans)


def test_the_model_alone_asks_for_attention_and_never_remarks(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, PLAIN)
    assert not said
    made = weighed(said, scores(pack, {"missing_procedure": (3.0, 0, 10)}), weighing(), "v", analysis, pack)
    assert [(item.factor, item.kind, item.strength) for item in made] == [("missing_procedure", Kind.ATTENTION, 1)]
    assert made[0].evidence[0].detector == MODEL
    assert 0.9 < made[0].confidence < 1


@pytest.mark.parametrize(
    "text", ["заместитель начальника управления – председатель комиссии;", "копия устава заявителя;"]
)
def test_the_model_alone_says_nothing_of_words_that_order_nothing(pack: Pack, text: str) -> None:
    analysis = analyse(Provision("1", "ru", text), languages.of("ru"))
    assert not weighed((), scores(pack, {"declarative": (3.0, 0, 10)}), weighing(), "v", analysis, pack)


def test_what_is_not_likely_enough_is_not_said(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, PLAIN)
    assert not weighed(said, scores(pack, {"missing_procedure": (-0.1, 0, 10)}), weighing(), "v", analysis, pack)


def test_a_rule_is_dropped_when_both_together_hold_it_for_unlikely(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, OPTION)
    assert said
    assert not weighed(said, scores(pack, {}), weighing(), "v", analysis, pack)
    kept = weighed(said, scores(pack, {}), weighing(rule=12.0), "v", analysis, pack)
    assert [item.factor for item in kept] == [item.factor for item in said]
    assert [item.evidence for item in kept] == [item.evidence for item in said]


def test_a_remark_that_is_less_sure_becomes_a_mark_for_attention(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, OPTION)
    remarks = tuple(replace(item, kind=Kind.REMARK) for item in said)
    sure = weighed(remarks, scores(pack, {}), weighing(rule=12.0), "v", analysis, pack)
    unsure = weighed(remarks, scores(pack, {}), weighing(rule=10.0), "v", analysis, pack)
    assert {item.kind for item in sure} == {Kind.REMARK}
    assert {item.kind for item in unsure} == {Kind.ATTENTION}


def test_what_the_rule_said_keeps_its_words_and_tells_that_the_model_agrees(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, OPTION)
    factor = said[0].factor
    made = weighed(said, scores(pack, {factor: (2.0, 0, 5)}), weighing(rule=9.0), "v", analysis, pack)
    same = next(item for item in made if item.factor == factor)
    assert same.spans == said[0].spans
    assert same.leading.detector != MODEL
    assert [item.detector for item in same.evidence][-1] == MODEL


def test_a_definition_may_only_be_vague(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, PLAIN, Role.DEFINITION)
    heard = scores(pack, {"missing_procedure": (3.0, 0, 10), "vague_wording": (2.0, 11, 20)})
    assert [item.factor for item in weighed(said, heard, weighing(), "v", analysis, pack)] == ["vague_wording"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Должностные лица не вправе требовать от заявителя иные документы."),
        ("kk", "Лауазымды адамдар өтініш берушіден өзге құжаттарды талап етуге құқылы емес."),
    ],
)
def test_a_ban_on_officials_is_never_a_defect(pack: Pack, language: str, text: str) -> None:
    analysis = analyse(Provision("1", language, text), languages.of(language))
    heard = scores(pack, {"excessive_requirement": (3.0, 0, len(text) - 1)})
    assert not weighed((), heard, weighing(), "v", analysis, pack)


@pytest.mark.parametrize(
    ("language", "factor", "text", "act", "said"),
    [
        ("ru", "improper_function", "осуществляет иные полномочия, предусмотренные настоящим Законом.", "", False),
        ("ru", "improper_function", "осуществляет иные полномочия, предусмотренные законодательством.", "", True),
        ("ru", "blanket_reference", "Настоящие Правила определяют порядок пользования лодками.", "", False),
        ("kk", "blanket_reference", "Осы Қағидалар қайықтарды пайдалану тәртібін айқындайды.", "", False),
        ("ru", "permissive_power", "Владелец лодки вправе обжаловать отказ.", "", False),
        ("kk", "permissive_power", "Қайық иесі бас тартуға шағым жасауға құқылы.", "", False),
        ("ru", "ultra_vires", "Отдел обязывает владельца лодки платить за осмотр.", "law", False),
        ("ru", "ultra_vires", "Отдел обязывает владельца лодки платить за осмотр.", "rules", True),
    ],
)
def test_the_model_alone_is_silent_where_the_pack_says_so(
    pack: Pack, language: str, factor: str, text: str, act: str, said: bool
) -> None:
    """Closed references, scope clauses, a right to appeal, sub-law defects of a law."""
    analysis = analyse(Provision("1", language, text, act_form=act), languages.of(language))
    heard = scores(pack, {factor: (3.0, 0, len(text) - 1)})
    assert bool(weighed((), heard, weighing(), "v", analysis, pack)) is said


@pytest.mark.parametrize(("tail", "said"), [("айлақты жабуға құқылы.", False), ("", True)])
def test_a_kazakh_item_is_no_option_of_its_own(pack: Pack, tail: str, said: bool) -> None:
    text = "айлақты жабу себептері жойылмаған болуы мүмкін;"
    analysis = analyse(Provision("1", "kk", text, "Бөлім:", tail=tail), languages.of("kk"))
    heard = scores(pack, {"permissive_power": (3.0, 0, len(text) - 1)})
    assert bool(weighed((), heard, weighing(), "v", analysis, pack)) is said


def test_what_the_model_marks_is_a_whole_phrase(pack: Pack) -> None:
    text = "Отдел направляет заявку комиссией на повторную оценку."
    analysis = analyse(Provision("1", "ru", text), languages.of("ru"))
    start = text.index("комиссией")
    made = weighed((), scores(pack, {"missing_procedure": (3.0, start, start + 12)}), weighing(), "v", analysis, pack)
    assert [text[span.start : span.end] for span in made[0].spans] == ["комиссией на повторную оценку"]


def test_only_so_many_factors_are_raised_of_one_provision(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, PLAIN)
    heard = scores(pack, {"no_appeal": (3.0, 0, 10), "legal_gap": (2.0, 0, 10), "no_control": (1.0, 0, 10)})
    made = weighed(said, heard, weighing(most=2), "v", analysis, pack)
    assert {item.factor for item in made} == {"no_appeal", "legal_gap"}


def test_the_same_words_are_not_marked_by_two_factors_that_exclude_each_other(pack: Pack, examiner: Examiner) -> None:
    analysis, said = judged(examiner, PLAIN)
    heard = scores(pack, {"broad_discretion": (3.0, 0, 10), "vague_wording": (2.0, 0, 10)})
    made = weighed(said, heard, weighing(), "v", analysis, pack)
    assert [item.factor for item in made] == ["broad_discretion"]
    apart = scores(pack, {"broad_discretion": (3.0, 0, 10), "vague_wording": (2.0, 11, 20)})
    assert len(weighed(said, apart, weighing(), "v", analysis, pack)) == 2


def test_every_factor_of_rules_has_words_for_what_the_model_sees(pack: Pack) -> None:
    for factor in pack.factors.values():
        for code in ("ru", "kk"):
            assert "{quote}" in factor.explanation[code], factor.id
            assert factor.risk[code].strip(), factor.id


class Thinks:
    """A classifier that sees one factor in every norm that holds a word."""

    name = "test"

    def __init__(self, pack: Pack, word: str, factor: str) -> None:
        self._pack, self._word, self._factor = pack, word, factor
        self.description = Description("test", tuple(pack.factors), (1.0, 1.0, 1.0), "", weighing())

    def speaks(self, provision: Provision) -> bool:
        return bool(provision.text)

    def score_all(
        self, read: Sequence[tuple[ProvisionAnalysis, Sequence[NormFrame]]], remembered: object = None
    ) -> list[Scores]:
        return [self._scored(analysis) for analysis, _ in read]

    def _scored(self, analysis: ProvisionAnalysis) -> Scores:
        at = analysis.provision.text.find(self._word)
        return scores(self._pack, {self._factor: (3.0, at, at + len(self._word))} if at >= 0 else {})


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_finding_of_the_model_reads_in_both_languages_and_stands_in_its_unit(pack: Pack, language: str) -> None:
    text = f"Правила выдачи разрешений\n\n1. Настоящие Правила определяют порядок.\n2. {PLAIN}\n"
    source = read_bytes(text.encode(), "a.txt", Limits())
    with_model = Examiner(pack, classifier=cast(Classifier, Thinks(pack, "разрешение", "missing_procedure")))
    made = with_model.examine(Dossier(ru=source), Options(report_language=language, force=True))
    found = [each for each in made.reports[0].findings if each.factor == "missing_procedure"]
    assert len(found) == 1
    assert found[0].kind is Kind.ATTENTION
    assert found[0].explanation.startswith("«")
    assert "разрешение" in found[0].explanation
    assert pack.messages["seen_by_model"][language] in found[0].explanation  # nothing is claimed as checked
    assert "{" not in found[0].explanation + found[0].risk
    assert found[0].risk
    assert [source.text[mark.start : mark.end] for mark in found[0].marks] == ["разрешение"]
    assert "2" in found[0].marks[0].citation
    assert ("saraptama-classifier", "test") in made.versions.libraries


def test_probability_is_rounded_and_bounded() -> None:
    made = weighing(logit=50.0)
    assert made.probability("ru", "x", Heard(0.0, 0.0, 1000.0, 0.0, 0.0, 0, False)) <= 1.0
    assert made.probability("ru", "x", Heard(0.0, 0.0, float("-inf"), 0.0, 0.0, 0, False)) >= 0.0
    assert made.probability("kk", "x", Heard(0.0, 0.0, 0.0, 0.0, 0.0, 0, False)) == 0.5


def test_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="features"):
        Weighing.read({"weights": {"ru": [1.0]}})
