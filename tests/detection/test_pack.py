"""The pack: what the loader accepts, what it refuses and how it says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from nlp.detection.pack import load_pack
from nlp.detection.rulecheck import check_pack
from nlp.errors import PackError
from nlp.factors import kz_pack
from nlp.messages import LANGUAGES, catalogue

RULES = "factors/broad_discretion/rules.ru.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our pack that may be spoilt."""
    return Path(shutil.copytree(kz_pack(), tmp_path / "pack"))


def change(folder: Path, name: str, **values: object) -> None:
    """Set top-level values of a YAML file; None removes one."""
    path = folder / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, value in values.items():
        if value is None:
            data.pop(key)
        else:
            data[key] = value
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def change_rule(folder: Path, **values: object) -> None:
    """Set fields of the first Russian rule of broad_discretion."""
    path = folder / RULES
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data[0].update(values)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def refused(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    for language in LANGUAGES:
        assert caught.value.code in catalogue(language)
    return caught.value


def test_our_pack_is_sound() -> None:
    """Every rule's own tests hold and every pattern is fired by one of them."""
    assert check_pack(load_pack(kz_pack())) == ()


def test_our_pack_speaks_both_languages_on_every_factor() -> None:
    pack = load_pack(kz_pack())
    for factor in pack.factors:
        for language in ("ru", "kk"):
            assert any(r.factor == factor for r in pack.languages[language].rules), (factor, language)


def test_every_rule_has_texts_and_says_what_to_do() -> None:
    pack = load_pack(kz_pack())
    for rule in pack.rules():
        for language in LANGUAGES:
            assert len(rule.explanation[language]) > 20, rule.id
            assert len(rule.risk[language]) > 20, rule.id
        told = rule.direction or pack.all_factors[rule.factor].direction
        assert rule.rewrite or set(told) == set(LANGUAGES), rule.id


def test_unverified_bases_say_so() -> None:
    """No basis of ours was checked by a lawyer yet: each carries its mark and no «verified»."""
    for factor in load_pack(kz_pack()).factors.values():
        assert factor.basis
        assert all(entry["mark"] and not entry.get("verified") for entry in factor.basis)


def test_hash_changes_with_any_file(folder: Path) -> None:
    before = load_pack(folder).sha256
    assert load_pack(folder).sha256 == before
    change_rule(folder, confidence=0.11)
    assert load_pack(folder).sha256 != before


def test_missing_file(folder: Path) -> None:
    (folder / "severity.yaml").unlink()
    error = refused(folder)
    assert (error.code, error.params["file"]) == ("pack.file_missing", "severity.yaml")


def test_not_yaml(folder: Path) -> None:
    (folder / RULES).write_text("- id: [", encoding="utf-8")
    assert refused(folder).code == "pack.not_yaml"


def test_a_list_that_stands_twice_is_refused(folder: Path) -> None:
    """The second would silently take the place of the first."""
    path = folder / "lists.ru.yaml"
    path.write_text(path.read_text("utf-8") + "\nofficials: [егерь]\nofficials: [лоцман]\n", encoding="utf-8")
    error = refused(folder)
    assert (error.code, error.params["key"]) == ("pack.key_twice", "officials")
    assert path.read_text("utf-8").splitlines()[int(str(error.params["line"])) - 1] == "officials: [лоцман]"


@pytest.mark.parametrize("text", ["? [a]\n: 1\n? [a]\n: 2\n", "{a: {b: 1}, c: {b: 2}}", "&x {a: 1}", "? {a: 1}\n: 2\n"])
def test_keys_that_are_no_words_and_equal_keys_of_two_mappings_are_not_called_twice(folder: Path, text: str) -> None:
    (folder / "lists.ru.yaml").write_text(text, encoding="utf-8")
    assert refused(folder).code != "pack.key_twice"


def test_unknown_format(folder: Path) -> None:
    change(folder, "manifest.yaml", format=99)
    assert refused(folder).code == "pack.format_unknown"


@pytest.mark.parametrize(
    "values",
    [
        {"strength": 3},
        {"any": []},
        {"fields": ["footnote"]},
        {"frame": {"actor": ["martian"]}},
        {"unless": [{"in": "nowhere", "any": ["вправе"]}]},
        {"tests": {"flag": ["Орган рассматривает в разумный срок."], "pass": []}},
        {"explanation": {"ru": "только по-русски"}},
        {"colour": "red"},
        {"id": "Без точек"},
    ],
)
def test_malformed_rules_name_the_place(folder: Path, values: dict[str, object]) -> None:
    change_rule(folder, **values)
    error = refused(folder)
    assert error.code == "pack.malformed"
    assert error.params["file"] == "rules.ru.yaml"
    assert error.params["place"]


def test_bad_pattern_names_rule_and_file(folder: Path) -> None:
    change_rule(folder, any=["@nothing вправе"])
    error = refused(folder)
    assert error.code == "pack.unknown_list"
    assert str(error.params["rule"]).startswith("broad_discretion.ru.")


def test_one_id_for_two_rules(folder: Path) -> None:
    path = folder / RULES
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump([*rules, rules[0]], allow_unicode=True), encoding="utf-8")
    assert refused(folder).code == "pack.rule_twice"


def test_unknown_operation_is_refused(folder: Path) -> None:
    change_rule(folder, rewrite=[{"op": "explode"}])
    error = refused(folder)
    assert error.code == "pack.unknown_operation"


def test_yaml_cannot_run_code(folder: Path) -> None:
    (folder / RULES).write_text("- !!python/object/apply:os.system ['true']\n", encoding="utf-8")
    assert refused(folder).code == "pack.not_yaml"


def test_failing_and_untested_rules_are_reported(folder: Path) -> None:
    change_rule(
        folder,
        any=["в разумный срок", "слово которого нет"],
        tests={
            "flag": ["Орган рассматривает заявление в [[разумный срок]].", "Здесь ничего нет."],
            "pass": ["Комиссия рассматривает заявление в разумный срок."],
        },
    )
    first = load_pack(folder).languages["ru"].rules[0].id
    codes = sorted(problem.code for problem in check_pack(load_pack(folder)) if problem.rule == first)
    assert codes == ["rules.pattern_untested", "rules.test_flagged", "rules.test_missed", "rules.test_span"]


def test_features_that_no_word_of_the_language_bears_are_reported(folder: Path) -> None:
    """Such a pattern would be silent for ever: in a trigger, in a condition, inside an entry of a list."""
    tests = {
        "flag": ["Орган рассматривает заявление в [[разумный срок]]."],
        "pass": ["Орган рассматривает заявление в течение пяти рабочих дней."],
    }
    lists = folder / "lists.ru.yaml"
    lists.write_text(lists.read_text("utf-8") + '\nby_mistake: ["давать<finate> ответ", "орган"]\n', encoding="utf-8")
    absent = [{"in": "clause", "any": ["@by_mistake ..2 суд<loc>", "отказать<!neg>"]}]
    change_rule(folder, any=["разумный<adj+masc> срок"], tests=tests, unless=absent)
    first = load_pack(folder).languages["ru"].rules[0].id
    found = [p for p in check_pack(load_pack(folder)) if p.rule == first]
    assert {p.code for p in found} == {"rules.feature_unknown"}
    assert sorted(p.text.split(",")[0] for p in found) == ["<finate>", "<neg>"]


def test_overlapping_words_of_two_patterns_are_one_marked_place(folder: Path) -> None:
    tests = {
        "flag": ["Орган рассматривает заявление [[в разумный срок со дня подачи]]."],
        "pass": ["Орган рассматривает заявление в течение пяти рабочих дней."],
    }
    change_rule(folder, any=["в разумный срок", "срок со день подача"], tests=tests)
    first = load_pack(folder).languages["ru"].rules[0].id
    assert [problem for problem in check_pack(load_pack(folder)) if problem.rule == first] == []
    for wrong in ("[[в разумный срок]] со дня подачи", "в [[разумный срок со дня подачи]]"):
        flags = [f"Орган рассматривает заявление {wrong}."]
        change_rule(folder, any=["в разумный срок", "срок со день подача"], tests={**tests, "flag": flags})
        codes = [problem.code for problem in check_pack(load_pack(folder)) if problem.rule == first]
        assert codes == ["rules.test_span"]


def test_a_pack_is_loaded_anew_when_a_file_of_it_changed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kz_pack(), tmp_path / "pack"))
    first = load_pack(folder)
    assert load_pack(folder) is first
    manifest = folder / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace('"2026.1"', '"2026.2"'), encoding="utf-8")
    assert load_pack(folder).version == "2026.2"
    manifest.unlink()
    with pytest.raises(PackError):
        load_pack(folder)
