"""A rule made from examples."""

from __future__ import annotations

import pytest
import yaml

from nlp.detection.pack import Pack, load_pack
from nlp.detection.scaffold import new_rule
from nlp.errors import PackError
from nlp.factors import kz_pack
from nlp.matching import parse_pattern


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def test_patterns_are_dictionary_forms_of_the_marked_words(pack: Pack) -> None:
    flags = ["Орган решает [[к ближайшим выходным]].", "Орган решает [[до 5 выходных дней]]."]
    entry = new_rule(pack, "broad_discretion.ru.weekend", flags, ["Орган решает за 3 дня."])
    assert entry["any"] == ["к близкий выходной", "до # выходной день"]
    assert entry["tests"] == {"flag": flags, "pass": ["Орган решает за 3 дня."]}
    assert "rewrite" not in entry


def test_kazakh_words_are_reduced_too(pack: Pack) -> None:
    flags = ["Инспекция шешімді [[қолайлы маусымдарда]] шығарады."]
    entry = new_rule(pack, "broad_discretion.kk.season", flags, ["Инспекция шешімді үш күнде шығарады."], "___ күнде")
    assert entry["any"] == ["қолайлы маусым"]
    assert entry["rewrite"] == [{"op": "replace", "with": "___ күнде"}]


def test_texts_leave_the_fields_of_the_norm_open(pack: Pack) -> None:
    entry = new_rule(pack, "vague_wording.ru.mood", ["Отдел решает [[по настроению]]."], ["Отдел решает."])
    for language in ("ru", "kk"):
        assert "{quote}" in entry["explanation"][language]
        assert "___" not in entry["explanation"][language] + entry["risk"][language]
        assert pack.factors["vague_wording"].definition[language] in entry["explanation"][language]


@pytest.mark.parametrize("marked", ["«а|б»", "отдел? <gen>", "@list", "{слово}", "=слово #"])
def test_marks_of_the_pattern_language_never_spoil_it(pack: Pack, marked: str) -> None:
    try:
        entry = new_rule(pack, "vague_wording.ru.marks", [f"Отдел решает [[{marked}]]."], ["Отдел решает."])
    except PackError as error:
        assert error.code == "pack.rule_no_words"
    else:
        for source in entry["any"]:
            parse_pattern(source, {})
        assert yaml.safe_load(yaml.safe_dump(entry, allow_unicode=True)) == entry


@pytest.mark.parametrize(
    ("rule", "flag", "code"),
    [
        ("broad_discretion.en.x", "Отдел [[решает]].", "pack.rule_id"),
        ("broad_discretion.ru.Большое", "Отдел [[решает]].", "pack.rule_id"),
        ("broad_discretion", "Отдел [[решает]].", "pack.rule_id"),
        ("unknown_factor.ru.x", "Отдел [[решает]].", "rules.unknown_factor"),
        ("broad_discretion.ru.x", "Отдел решает.", "pack.rule_no_mark"),
        ("broad_discretion.ru.x", "Отдел [[ ]] решает.", "pack.rule_no_mark"),
        ("broad_discretion.ru.x", "Отдел [[–]] решает.", "pack.rule_no_words"),
    ],
)
def test_what_cannot_be_made(pack: Pack, rule: str, flag: str, code: str) -> None:
    with pytest.raises(PackError) as caught:
        new_rule(pack, rule, [flag], ["Отдел решает за день."])
    assert caught.value.code == code


def test_a_name_that_is_taken(pack: Pack) -> None:
    taken = next(iter(pack.by_id))
    with pytest.raises(PackError) as caught:
        new_rule(pack, taken, ["Отдел [[решает]]."], ["Отдел решает за день."])
    assert caught.value.code == "pack.rule_exists"
