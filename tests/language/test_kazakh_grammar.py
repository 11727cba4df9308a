"""Kazakh grammar slot by slot: every row is a form that another reading is near to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.language import of
from nlp.language.kazakh import Modality, dictionary_lemmas, morphs, verb_groups
from nlp.language.kazakh.analyser import candidates
from nlp.language.kazakh.lexicon import lexicon
from nlp.language.kazakh.phonology import attach
from nlp.language.kazakh.suffixes import suffixes

FORMS = [
    # case, number, possession
    ("тармағындағылардың", "тармақ", "plur poss gen", ""),
    ("үйімізге", "үй", "poss dat", "verb"),
    ("баламын", "бала", "pred 1", "verb"),
    ("баласымын", "бала", "poss pred 1", "verb"),
    ("қамқорлығынсыз", "қамқорлық", "poss", "verb"),
    ("баланікі", "бала", "gen", "verb"),
    ("шартындай", "шарт", "poss", "verb"),
    ("көрсетілгендей", "көрсету", "pass participle", ""),
    # tense, mood, person
    ("барамыз", "бару", "finite pres 1 plur", "noun"),
    ("көресің", "көру", "finite pres 2", "noun"),
    ("көрдік", "көру", "finite past 1 plur", ""),
    ("жаздыңыз", "жазу", "finite past 2", "noun"),
    ("барайық", "бару", "finite imp 1 plur", "noun"),
    ("бастайық", "бастау", "finite imp 1 plur", "noun"),
    ("айтайын", "айту", "finite imp 1", "noun"),
    ("айтыңыздар", "айту", "finite imp 2 plur", "noun"),
    ("айтқай", "айту", "finite imp", "noun"),
    ("айтқысы", "айту", "poss", "noun"),
    ("келмекші", "келу", "participle fut", "noun"),
    ("қамтиды", "қамту", "finite pres 3", "noun"),
    ("қамтымайды", "қамту", "finite pres 3 neg", "noun"),
    # voice
    ("сатқызылды", "сату", "caus pass finite past", "noun"),
    ("сатылмаған", "сату", "pass neg participle past", "noun"),
    ("регламенттелген", "регламенттеу", "pass participle", "noun"),
    # converbs
    ("тексергенше", "тексеру", "converb", "noun"),
    ("тексергелі", "тексеру", "converb", "noun"),
    ("тексермейінше", "тексеру", "converb neg", "noun"),
    ("тексере", "тексеру", "converb", "noun"),
    ("шындап", "шындау", "converb", "noun"),
    ("болғандықтан", "болу", "participle past abl", ""),
    # pronouns and numerals
    ("маған", "мен", "pron dat", "noun"),
    ("сіздерге", "сіздер", "pron dat", "verb"),
    ("кімнің", "кім", "pron gen", "verb"),
    ("ешкімге", "ешкім", "pron dat", "verb"),
    ("өзіміздің", "өз", "pron gen", "verb"),
    ("бесеуінің", "бесеу", "num gen", "verb"),
    ("екіншісіне", "екінші", "poss dat", "verb"),
    # shapes that no stem has
    ("жиырмасыншыға", "жиырмасыншы", "", "verb"),
    ("бағдаршамшы", "бағдаршамшы", "", "verb"),
    ("холдингін", "холдинг", "poss acc", "verb"),
    ("лагерьлермен", "лагерь", "plur ins", "verb"),
    ("моральдық", "моральдық", "", "verb"),
    ("педагогтерге", "педагог", "plur dat", "verb"),
    ("банкі", "банк", "poss", "verb"),
    ("рейтингін", "рейтинг", "poss acc", "verb"),
    ("отбасында", "отбасы", "loc", "verb"),
    ("желілерге", "желі", "plur dat", "verb"),
    ("мәселені", "мәселе", "acc", "adv"),
    ("бағалардың", "баға", "plur gen", "participle"),
]


@pytest.mark.parametrize(("word", "lemma", "tags", "absent"), FORMS, ids=[row[0] for row in FORMS])
def test_form(word: str, lemma: str, tags: str, absent: str) -> None:
    (token,) = of("kk").analyse(word)
    assert token.lemma == lemma
    assert set(tags.split()) <= token.tags
    assert not set(absent.split()) & token.tags


@pytest.mark.parametrize(
    ("word", "lemma", "tags"),
    [
        ("ЖШС-нің", "жшс", "abbr gen"),
        ("ҚР-ға", "қр", "abbr dat"),
        ("БАҚ-тар", "бақ", "abbr plur"),
        ("ҚРҰБ-мен", "қрұб", "abbr ins"),
        ("5-тармағында", "тармақ", "ordinal poss loc"),
        ("7-1-баптың", "бап", "ordinal gen"),
        ("2026-ға", "2026-ға", "num dat"),
        ("қару-жарағының", "қару-жарақ", "poss gen"),
        ("оқу-жаттығуларға", "оқу-жаттығу", "plur dat"),
        ("Қазақстaн", "қазақстан", "noun"),
        ("мемлекeттiк", "мемлекеттік", "adj"),
    ],
)
def test_abbreviations_numbers_compounds_and_latin_letters(word: str, lemma: str, tags: str) -> None:
    (token,) = of("kk").analyse(word)
    assert token.lemma == lemma
    assert set(tags.split()) <= token.tags


@pytest.mark.parametrize(
    ("text", "word", "lemma", "tag"),
    [
        ("Кеңес заңды сала алады.", "сала", "салу", "converb"),
        ("Бұл сала маңызды.", "сала", "сала", "noun"),
        ("Тәртіпті ескере, талапты ала отырып жасайды.", "ала", "алу", "converb"),
        ("Ол хат жазды.", "жазды", "жазу", "finite"),
        ("Жауынгер ержүрек қорғанды.", "қорғанды", "қорғану", "finite"),
        ("Күзгі жазды ұнатады.", "жазды", "жаз", "acc"),
        ("Сала алаңын көреді.", "Сала", "сала", "noun"),
    ],
)
def test_neighbours_settle_a_reading(text: str, word: str, lemma: str, tag: str) -> None:
    (token,) = [token for token in of("kk").analyse(text) if token.text == word]
    assert token.lemma == lemma
    assert tag in token.tags


GROUPS = [
    ("Орган рұқсат бере алады.", "беру", Modality.ABILITY, False),
    ("Орган рұқсат бере алмайды.", "беру", Modality.ABILITY, True),
    ("Шешімді өзгертуге құқылы емес.", "өзгерту", Modality.RIGHT, True),
    ("Шағым беруге құқылы.", "беру", Modality.RIGHT, False),
    ("Бұл жерге отырғызуға болмайды.", "отырғызу", Modality.PERMISSION, True),
    ("Тіркеуге болады.", "тіркеу", Modality.PERMISSION, False),
    ("Иесі хабарлауға тиіс.", "хабарлау", Modality.OBLIGATION, False),
    ("Құжат сақталуы керек.", "сақтау", Modality.OBLIGATION, False),
    ("Ол келуі мүмкін.", "келу", Modality.POSSIBILITY, False),
    ("Ол келмеуі мүмкін.", "келу", Modality.POSSIBILITY, True),
    ("Ол келмеуі мүмкін емес.", "келу", Modality.POSSIBILITY, False),
    ("Орган өтінішті қарайды.", "қарау", Modality.NONE, False),
    ("Орган өтінішті қарамайды.", "қарау", Modality.NONE, True),
    ("Келе де алады.", "келу", Modality.ABILITY, False),
]


@pytest.mark.parametrize(("text", "lemma", "modality", "negative"), GROUPS, ids=[row[0] for row in GROUPS])
def test_verb_group(text: str, lemma: str, modality: Modality, negative: bool) -> None:
    (group,) = verb_groups(of("kk").analyse(text))
    assert (group.lemma, group.modality, group.negative) == (lemma, modality, negative)


def test_a_possessed_modal_word_makes_no_group() -> None:
    assert not verb_groups(of("kk").analyse("өзгертуге мүмкіндігі"))
    (group,) = verb_groups(of("kk").analyse("Келісуі мүмкіндігінше сақталады."))
    assert (group.lemma, group.modality) == ("сақтау", Modality.NONE)


def test_readings_name_the_endings_from_the_stem_outward() -> None:
    first = morphs("берілмегендіктен")[0]
    assert (first.lemma, first.stem, first.known) == ("беру", "бер", True)
    assert first.endings == ("passive", "neg", "perfect", "fact", "abl")


def test_readings_of_a_word_that_can_be_two() -> None:
    lemmas = [item.lemma for item in morphs("жазды")]
    assert lemmas[0] == "жаз"
    assert "жазу" in lemmas


def test_an_unknown_word_is_marked_as_a_guess() -> None:
    assert not morphs("бракьёзларымен")[0].known
    assert morphs("баптарымен")[0].known


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_a_blank_word_is_refused(blank: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        morphs(blank)


@pytest.mark.parametrize(("word", "stem"), [("берді", "бер"), ("оқиды", "оқы"), ("шығады", "шық"), ("бабы", "бап")])
def test_dictionary_lemma_of_a_verb_is_its_stem(word: str, stem: str) -> None:
    assert dictionary_lemmas(word)[0] == stem


STEMS = sorted(stem for stem, pos in lexicon().nominal.items() if pos == {"noun"} and "-" not in stem)
CASES = ["gen", "dat", "acc", "loc", "abl", "ins"]
TEMPLATES = {suffix.name: suffix.template for suffix in suffixes()}


@given(st.sampled_from(STEMS), st.booleans(), st.sampled_from(CASES))
def test_what_was_put_on_a_noun_can_be_taken_off(stem: str, plural: bool, case: str) -> None:
    form = attach(stem, TEMPLATES["plural"])[0] if plural else stem
    form = attach(form, TEMPLATES[case])[0]
    assert any(item.stem == stem and item.root == "N" for item in candidates(form))


@given(st.text(alphabet="аәбвгғдеиіклмнңопқрстуұүхшыйюяьё-", min_size=1, max_size=24))
def test_any_word_has_readings_and_a_known_one_is_never_below_a_guess(word: str) -> None:
    found = morphs(word)
    assert found
    assert all(item.lemma for item in found)
    assert len({item.known for item in found}) == 1
