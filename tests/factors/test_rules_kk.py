"""Kazakh rules of the six factors: their own tests, own variants of the methodology's norms, texts and proposals."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from nlp import language
from nlp.detection.engine import Engine, Judged
from nlp.detection.fusion import JudgedFactor, fuse
from nlp.detection.pack import Pack, load_pack
from nlp.detection.rule import Rule
from nlp.detection.rulecheck import check_pack, to_provision
from nlp.detection.wording import explain
from nlp.factors import kz_pack
from nlp.norms import ProvisionAnalysis, analyse
from nlp.rewriting import propose
from nlp.structure.act import Provision

SIX = (
    "broad_discretion",
    "permissive_power",
    "blanket_reference",
    "excessive_requirement",
    "vague_wording",
    "elastic_sanction",
    "no_competition",
    "selective_exception",
    "no_appeal",
    "no_transparency",
    "missing_procedure",
    "applicant_rights",
    "unjustified_cost",
    "administrative_barrier",
    "hidden_service",
    "improper_function",
    "no_control",
    "conflict_of_interest",
    "private_interest",
    "legal_gap",
    "ultra_vires",
    "gap_filling",
    "declarative",
)


@cache
def _pack() -> Pack:
    return load_pack(kz_pack())


@cache
def _engine() -> Engine:
    return Engine(_pack())


def _rules() -> list[Rule]:
    return [rule for rule in _pack().rules() if rule.language == "kk"]


def _judge(provision: Provision) -> tuple[ProvisionAnalysis, Judged, tuple[JudgedFactor, ...]]:
    analysis = analyse(provision, language.of("kk"))
    judged = _engine().judge(analysis)
    return analysis, judged, fuse(judged, analysis, _pack())


def _factors(text: str, lead: str = "") -> set[str]:
    return {factor.factor for factor in _judge(Provision("t", "kk", text, lead))[2]}


def test_every_rule_passes_its_own_tests_and_every_pattern_is_tested() -> None:
    kazakh = {rule.id for rule in _rules()}
    assert [problem for problem in check_pack(_pack()) if problem.rule in kazakh] == []


def test_every_factor_has_kazakh_rules() -> None:
    assert {rule.factor for rule in _rules()} == set(SIX)


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: rule.id)
def test_a_rule_is_tested_from_both_sides(rule: Rule) -> None:
    flags = [test for test in rule.tests if test.flags]
    assert len(flags) >= 2
    assert len(rule.tests) - len(flags) >= 2
    assert all(test.marked or test.marked_lead for test in flags)


def test_lists_and_texts_of_several_sentences_are_tested_for_every_factor() -> None:
    for factor in SIX:
        flags = [test for rule in _rules() if rule.factor == factor for test in rule.tests if test.flags]
        assert any(test.lead for test in flags), factor
    assert any(test.text.count(". ") for rule in _rules() for test in rule.tests if test.flags)


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: rule.id)
def test_texts_of_a_rule_are_filled_in_both_languages(rule: Rule) -> None:
    for test in (test for test in rule.tests if test.flags):
        analysis, judged, _ = _judge(to_provision(rule, test))
        mine = replace(judged, evidence=tuple(item for item in judged.evidence if item.detector == rule.id))
        (factor,) = fuse(mine, analysis, _pack())
        for code in ("ru", "kk"):
            words = explain(_pack(), factor, analysis, judged.frames, "сөз", code)
            for text in (words.explanation, words.risk):
                assert not re.search(r"[{}]", text), text
                assert text.endswith((".", "?")), text  # what only a person can judge is asked


# Own variants of the norms of methodology 8 and of their rewordings.
FLAWED = [
    ("broad_discretion", "Әкімдік өтінімді ақылға қонымды мерзімде қарайды.", ""),
    ("broad_discretion", "Комиссия жеткілікті негіздер болған кезде учаскені береді.", ""),
    ("broad_discretion", "Басқарма тариф мөлшерін он пайыздан жиырма пайызға дейінгі шекте айқындайды.", ""),
    ("permissive_power", "Кемшіліктер табылған жағдайда инспекция объектінің жұмысын тоқтатуға құқылы.", ""),
    ("permissive_power", "Лицензиар өтінішті қараусыз қалдыра алады.", ""),
    ("permissive_power", "құрылыс алаңындағы жұмысты тоқтата тұруға;", "Инспектор мыналарға құқылы:"),
    ("blanket_reference", "Квота бөлудің өлшемшарттарын министрлік айқындайды.", ""),
    ("blanket_reference", "Қазақстан Республикасының заңнамасында көзделген өзге де негіздер болғанда беріледі.", ""),
    ("excessive_requirement", "комиссияның сұрауы бойынша өзге де мәліметтер.", "Үміткер мыналарды ұсынады:"),
    ("excessive_requirement", "Өтінішке дипломның нотариат куәландырған көшірмесі қоса беріледі.", ""),
    ("vague_wording", "Талаптар өрескел түрде бұзылған жағдайда басқарма шаралар қабылдайды.", ""),
    ("vague_wording", "Сынаққа дәлелсіз себеппен келмеген үміткер тізімнен шығарылады.", ""),
    ("elastic_sanction", "Ережені бұзған тасымалдаушы маршруттан шеттетіледі немесе субсидиядан айырылады.", ""),
    ("elastic_sanction", "Инспектор рұқсаттың қолданысын бір жылға дейінгі мерзімге тоқтата тұрады.", ""),
]
SOUND = [
    ("Әкімдік өтінімді ол тіркелген күннен бастап он жұмыс күні ішінде қарайды.", ""),
    ("Осы Қағидалардың 9-тармағында көзделген кемшіліктер табылған жағдайда инспекция жұмысты бір айға тоқтатады.", ""),
    ("Құрылыс салушы жобаны өз қалауы бойынша таңдауға құқылы.", ""),
    ("Лауазымды адам көзделмеген құжаттарды талап етуге құқылы емес.", ""),
    ("Квота бөлудің өлшемшарттары осы Қағидаларға 2-қосымшада белгіленген.", ""),
    ("сот шешімінің көшірмесі.", "Үміткер мыналарды ұсынады:"),
    ("Сынаққа еңбекке жарамсыздық парағын ұсынбай келмеген үміткер келесі күнге жазылады.", ""),
    ("Рұқсат есеп екі рет қатарынан ұсынылмаған кезде бір айға тоқтатыла тұрады.", ""),
    ("Сот айыппұл салады немесе құқықтан айырады.", ""),
    ("Тиісті қаржы жылының бюджетінде қаражат көзделеді.", ""),
    ("Дүлей зілзала және өзге де төтенше жағдайлар кезінде орган қозғалысты шектейді.", ""),
    ("Шартты орындамаған немесе тиісінше орындамаған мердігермен орган шартты бұзады.", ""),
]


@pytest.mark.parametrize(("factor", "text", "lead"), FLAWED)
def test_flawed_norms_are_flagged_with_their_factor(factor: str, text: str, lead: str) -> None:
    assert factor in _factors(text, lead)


@pytest.mark.parametrize(("text", "lead"), SOUND)
def test_sound_wording_is_left_alone(text: str, lead: str) -> None:
    assert _factors(text, lead) == set()


@pytest.mark.parametrize("private", ["Өтініш беруші", "Лицензиат", "Банк", "Тұтынушы", "Мердігер"])
@pytest.mark.parametrize(
    "deed", ["шарттан бас тартуға құқылы.", "құжаттарды қабылдамауға құқылы.", "төлемді тоқтата алады."]
)
def test_rights_of_private_persons_are_not_powers(private: str, deed: str) -> None:
    assert _factors(f"{private} {deed}") == set()
    assert "permissive_power" in _factors(f"Уәкілетті орган {deed}")


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "Бұзушылық анықталған кезде инспектор рұқсатты тоқтата тұруға құқылы.",
            "Бұзушылық анықталған кезде инспектор рұқсатты тоқтата тұрады.",
        ),
        (
            "Қажет болған жағдайда комиссия құжаттардың түпнұсқаларын тексереді.",
            "___-тармақта көзделген жағдайларда комиссия құжаттардың түпнұсқаларын тексереді.",
        ),
        (
            "Өтінішке жарғының нотариат куәландырған көшірмесі қоса беріледі.",
            "Өтінішке жарғының электрондық көшірмесі қоса беріледі.",
        ),
        (
            "Инспектор рұқсаттың қолданысын алты айға дейінгі мерзімге тоқтата тұрады.",
            "Инспектор рұқсаттың қолданысын ___-қосымшада белгіленген өлшемшарттар бойынша "
            "алты айға дейінгі мерзімге тоқтата тұрады.",
        ),
        (
            "Кеден органының тауарды шығаруды тоқтата тұруға құқығы бар.",
            "___-тармақта көзделген негіздер болған кезде кеден органы тауарды шығаруды тоқтата тұрады.",
        ),
        (
            "Әкімдік жөндеу кезегін өзі дұрыс деп тапқан тәртіппен белгілейді.",
            "Әкімдік жөндеу кезегін ___-тармақта көзделген тәртіппен белгілейді.",
        ),
        (
            "Комиссия бұзушыға ескерту жасайды немесе оны тізілімнен шығарады.",
            "Комиссия бұзушыға ___ үшін ескерту жасайды, ал ___ үшін оны тізілімнен шығарады.",
        ),
        (
            "Сатып алуды ұйымдастырушы хабарландыруды өз қалауынша өзгертеді.",
            "Сатып алуды ұйымдастырушы хабарландыруды ___-тармақта көзделген негіздер бойынша өзгертеді.",
        ),
    ],
)
def test_proposed_wording_is_grammatical(text: str, wording: str) -> None:
    analysis, judged, factors = _judge(Provision("t", "kk", text))
    made = propose(analysis, judged.frames, factors[0], _pack(), lambda *_: "осы тармақ", "kk")
    assert made is not None
    assert made.wording == wording


@pytest.mark.shared
def test_rules_hold_their_precision_on_the_training_provisions(shared: Path) -> None:
    hits: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for line in (shared / "corpora" / "provisions-train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["lang"] != "kk":
            continue
        labels = {factor for factor, _, _ in row["labels"]}
        judged = _judge(Provision(row["id"], "kk", row["text"], row["lead"], row["heading"]))[1]
        for detector, factor in {(item.detector, item.factor) for item in judged.evidence}:
            hits[detector] += 1
            right[detector] += factor in labels
    often = {rule: right[rule] / count for rule, count in hits.items() if count >= 20}
    assert often and min(often.values()) >= 0.75
    assert sum(right.values()) / sum(hits.values()) >= 0.7


@pytest.mark.parametrize(
    ("lead", "text", "tail", "flagged"),
    [
        ("Уәкілетті орган:", "өтініш берушіден түсініктеме талап етуге;", "құқылы.", True),
        ("Инспектордың:", "өндірісті тоқтата тұруға;", "құқығы бар.", True),
        ("Комиссия:", "құжаттарды қараусыз қалдыра;", "алады.", True),
        ("Рұқсат беру органы:", "рұқсаттың қолданысын тоқтатуы;", "мүмкін.", True),
        ("Уәкілетті орган:", "рұқсаттың қолданысын тоқтата тұруға;", "міндетті.", False),
        ("Уәкілетті орган:", "рұқсаттың қолданысын тоқтата тұруға;", "құқылы емес.", False),
        ("Лицензиат:", "жұмысты тоқтата тұруға;", "құқылы.", False),
    ],
)
def test_items_closed_by_words_after_the_list(lead: str, text: str, tail: str, flagged: bool) -> None:
    found = {factor.factor for factor in _judge(Provision("t", "kk", text, lead, tail=tail))[2]}
    assert ("permissive_power" in found) == flagged


def _lead_proposed(lead: str, item: str) -> str:
    analysis, judged, factors = _judge(Provision("t", "kk", item, lead))
    made = propose(analysis, judged.frames, factors[0], _pack(), lambda *_: "осы тармақ", "kk")
    assert made is not None
    return made.wording


def test_a_lead_in_that_cannot_be_mended_keeps_its_words() -> None:
    """A sentence about the answer to be given would hang before the list: what is to be done is told in words."""
    assert _lead_proposed("Көрме авторларының пікірі ескеріледі:", "суреттерді ілу кезінде;") == ""


def test_the_words_of_a_lead_in_are_mended_in_place_and_keep_the_colon() -> None:
    lead = "Бақылау органы бұзушыға мынадай шаралардың бірін қолданады:"
    mended = "шаралардың ___-тармақта осы бұзушылық түрі үшін белгіленгенін қолданады:"
    assert _lead_proposed(lead, "ескерту;") == f"Бақылау органы бұзушыға мынадай {mended}"


HELD_OUT = [
    ("permissive_power", "Білім басқармасы балабақшаға мемлекеттік тапсырыс орналастырмауға құқылы."),
    ("permissive_power", "Қоғамдық көлік операторы маршрут нөмірін басқа тасымалдаушыға бере алады."),
    ("permissive_power", "Өтінім мамандардың шешімімен қайтарылуы мүмкін."),
    ("broad_discretion", "Инспекция қажет деп тапқан жағдайда қосымша зертханалық зерттеу тағайындайды."),
    ("broad_discretion", "Департамент ұйымды жыл ішінде кез келген уақытта тексереді."),
    ("broad_discretion", "Көмек мөлшері отбасының жағдайына қарай айқындалады."),
    ("broad_discretion", "Қор өтінімді бір айдан алты айға дейінгі мерзімде қарайды."),
    ("blanket_reference", "Спорт мектебіне қабылдау шарттары мектеп директорының бұйрығымен белгіленеді."),
    ("blanket_reference", "Тәртіп бұзғандарға қатысты белгіленген шаралар қолданылады."),
    ("excessive_requirement", "Аккредиттеуге тек республикалық қауымдастыққа мүше ұйымдар жіберіледі."),
    ("excessive_requirement", "Өнім беруші осы облыста соңғы он жыл жұмыс істегенін растайды."),
    ("vague_wording", "Едәуір мөлшерде берешегі бар абонентке су беру тоқтатылады."),
    ("vague_wording", "Жобаның тиімділігі жеткіліксіз болған жағдайда басқарма қаржыландырудан бас тартады."),
    ("elastic_sanction", "Қор алушыдан қаражатты толығымен не жартылай өндіріп алады."),
    ("elastic_sanction", "Табиғат пайдаланушының рұқсаты шектеледі немесе кері қайтарып алынады."),
]


@pytest.mark.parametrize(("factor", "text"), HELD_OUT)
def test_ordinary_wordings_of_a_factor(factor: str, text: str) -> None:
    assert factor in _factors(text)


@pytest.mark.parametrize(
    "text",
    [
        "Комиссия осы Қағидалардың 17-тармағында көзделген жағдайларда ғана өтінімді қайтаруға құқылы.",
        "Уәкілетті орган басқа мемлекеттік органдардан ақпарат сұратуға құқылы.",
        "Өтініш берушінің өтініші бойынша басқарма құжаттарды ұсыну мерзімін он күнге ұзартады.",
        "Осы Қағидаларда елеулі бұзушылық деп есепті екі рет ұсынбау түсініледі.",
        "Басқарма айыппұлды 5-қосымшадағы балдар бойынша есептейді: әрбір бұзушылық үшін екі балл.",
        "Тексеру мерзімі осы Кодекстің 148-бабында көзделген негіздер бойынша ғана бір рет он күнге ұзартылады.",
        "Азамат қажет болған жағдайда аудармашы тарта алады.",
    ],
)
def test_closed_grounds_cooperation_and_own_choice_are_left_alone(text: str) -> None:
    assert _factors(text) == set()
