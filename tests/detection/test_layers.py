"""Overlays: what they add, re-word and remove, and what is refused."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.detection.engine import Engine
from nlp.detection.pack import Pack, load_pack
from nlp.detection.rulecheck import check_pack
from nlp.errors import PackError
from nlp.factors import kz_pack
from nlp.messages import LANGUAGES, catalogue
from nlp.norms.frame import ActorClass
from nlp.structure.act import Provision, Role
from saraptama.packs import find_pack

EXAMPLE = Path(__file__).parents[2] / "examples" / "overlay"
MANIFEST = {"format": 1, "id": "ours", "version": "7", "over": "kz", "name": {"ru": "наша", "kk": "біздің"}}


def written(folder: Path, files: dict[str, Any]) -> Path:
    """An overlay folder with these YAML files; the manifest unless another is given."""
    for name, data in {"overlay.yaml": MANIFEST, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def refused(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        find_pack(str(folder))
    for language in LANGUAGES:
        assert caught.value.code in catalogue(language)
    return caught.value


@cache
def ours() -> Pack:
    """Our pack without overlays."""
    return load_pack(kz_pack())


def some_rule() -> str:
    return next(rule.id for rule in ours().rules() if rule.factor == "broad_discretion")


def rule_file(rule: str) -> str:
    factor, language, _ = rule.split(".")
    return f"factors/{factor}/rules.{language}.yaml"


def test_the_example_is_sound_and_bears_both_names() -> None:
    pack = find_pack(str(EXAMPLE))
    assert check_pack(pack, ["broad_discretion.ru.water_season"]) == ()
    assert pack.id == "kz+water-agency"
    assert pack.version == ours().version + "+1"
    assert pack.name["ru"].startswith("Методика kz с дополнениями")
    assert pack.sha256 != ours().sha256


def test_an_added_rule_speaks_beside_those_beneath() -> None:
    text = "Бассейновая инспекция согласует условия водопользования до начала поливного сезона."
    provision = Provision("1", "ru", text, "", "", Role.NORM)
    with_it = Engine(find_pack(str(EXAMPLE))).analyse_and_judge(provision)
    without = Engine(ours()).analyse_and_judge(provision)
    assert "broad_discretion.ru.water_season" in {item.detector for item in with_it.evidence}
    assert "broad_discretion.ru.water_season" not in {item.detector for item in without.evidence}


def test_an_entry_with_a_known_id_changes_only_what_it_says(tmp_path: Path) -> None:
    id_ = some_rule()
    before = ours().by_id[id_]
    entry = {"id": id_, "strength": 2, "risk": {"ru": "Так пишем мы: {quote}."}}
    after = find_pack(str(written(tmp_path / "o", {rule_file(id_): [entry]}))).by_id[id_]
    assert after.strength == 2
    assert after.risk["ru"] == "Так пишем мы: {quote}."
    assert after.risk["kk"] == before.risk["kk"]
    assert (after.triggers, after.tests, after.rewrite) == (before.triggers, before.tests, before.rewrite)
    assert after.condition.frame == before.condition.frame
    assert len(after.condition.absent) == len(before.condition.absent)


def test_order_of_the_rules_beneath_is_kept(tmp_path: Path) -> None:
    id_ = some_rule()
    pack = find_pack(str(written(tmp_path / "o", {rule_file(id_): [{"id": id_, "strength": 2}]})))
    assert [rule.id for rule in pack.rules()] == [rule.id for rule in ours().rules()]


def test_a_rule_is_removed(tmp_path: Path) -> None:
    id_ = some_rule()
    pack = find_pack(str(written(tmp_path / "o", {"overlay.yaml": {**MANIFEST, "remove": {"rules": [id_]}}})))
    assert id_ not in pack.by_id
    assert len(pack.by_id) == len(ours().by_id) - 1


def test_a_factor_is_removed_with_its_rules_and_safeguards(tmp_path: Path) -> None:
    manifest = {**MANIFEST, "remove": {"factors": ["no_transparency"]}}
    pack = find_pack(str(written(tmp_path / "o", {"overlay.yaml": manifest})))
    assert "no_transparency" not in pack.all_factors
    assert all(rule.factor != "no_transparency" for rule in pack.rules())
    for language in pack.languages.values():
        assert all(safeguard.factor != "no_transparency" for safeguard in language.safeguards)


def test_a_factor_is_added(tmp_path: Path) -> None:
    factor = yaml.safe_load((kz_pack() / "factors/vague_wording/factor.yaml").read_text("utf-8"))
    rule = {
        "id": "house_rule.ru.stamp",
        "name": {"ru": "печать", "kk": "мөр"},
        "any": ["гербовый печать"],
        "explanation": {"ru": "печать", "kk": "мөр"},
        "risk": {"ru": "печать", "kk": "мөр"},
        "tests": {"flag": ["Отдел ставит [[гербовую печать]]."], "pass": ["Отдел ставит подпись."]},
    }
    files = {
        "overlay.yaml": {**MANIFEST, "factors": ["house_rule"]},
        "factors/house_rule/factor.yaml": factor,
        "factors/house_rule/rules.ru.yaml": [rule],
    }
    pack = find_pack(str(written(tmp_path / "o", files)))
    assert list(pack.factors)[-1] == "house_rule"
    assert check_pack(pack, ["house_rule.ru.stamp"]) == ()


def test_severity_and_words_of_bodies_are_changed(tmp_path: Path) -> None:
    files = {"severity.yaml": {"levels": {"high": 9}}, "norms.ru.yaml": {"actors": {"public": ["смотритель"]}}}
    pack = find_pack(str(written(tmp_path / "o", files)))
    assert pack.severity["levels"] == {"medium": ours().severity["levels"]["medium"], "high": 9}
    provision = Provision("1", "ru", "Смотритель вправе отказать в доступе.", "", "", Role.NORM)
    assert Engine(pack).analyse_and_judge(provision).frames[0].actor.kind is ActorClass.PUBLIC


def test_overlays_lie_on_overlays(tmp_path: Path) -> None:
    id_ = some_rule()
    written(tmp_path / "low", {rule_file(id_): [{"id": id_, "confidence": 0.11, "strength": 1}]})
    over = {**MANIFEST, "id": "upper", "over": "../low"}
    upper = written(tmp_path / "upper", {"overlay.yaml": over, rule_file(id_): [{"id": id_, "strength": 2}]})
    pack = find_pack(str(upper))
    assert (pack.by_id[id_].confidence, pack.by_id[id_].strength) == (0.11, 2)
    assert pack.id == "kz+ours+upper"


def test_a_circle_is_refused(tmp_path: Path) -> None:
    written(tmp_path / "a", {"overlay.yaml": {**MANIFEST, "over": "../b"}})
    written(tmp_path / "b", {"overlay.yaml": {**MANIFEST, "over": "../a"}})
    assert refused(tmp_path / "a").code == "pack.overlay_circle"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"overlay.yaml": {**MANIFEST, "remove": {"rules": ["broad_discretion.ru.never"]}}}, "pack.nothing_to_remove"),
        ({"overlay.yaml": {**MANIFEST, "remove": {"factors": ["never"]}}}, "pack.nothing_to_remove"),
        ({"overlay.yaml": {**MANIFEST, "remove": {"safeguards": ["never"]}}}, "pack.nothing_to_remove"),
        ({"overlay.yaml": {**MANIFEST, "over": "nowhere"}}, "pack.unknown"),
        ({"overlay.yaml": {**MANIFEST, "format": 99}}, "pack.format_unknown"),
        ({"overlay.yaml": {**MANIFEST, "extra": 1}}, "pack.malformed"),
        ({"overlay.yaml": ["list"]}, "pack.malformed"),
        ({"overlay.yaml": {**MANIFEST, "factors": ["unwritten"]}}, "pack.file_missing"),
        ({"factors/broad_discretion/rules.ru.yaml": [{"id": "broad_discretion.ru.new"}]}, "pack.malformed"),
        ({"factors/broad_discretion/rules.ru.yaml": ["a word"]}, "pack.malformed"),
        ({"factors/broad_discretion/rules.ru.yaml": {"id": "x"}}, "pack.malformed"),
        ({"lists.ru.yaml": ["a"]}, "pack.malformed"),
        ({"severity.yaml": {"levels": "none"}}, "pack.malformed"),
    ],
)
def test_what_is_refused(tmp_path: Path, files: dict[str, Any], code: str) -> None:
    assert refused(written(tmp_path / "o", files)).code == code


def test_a_spoilt_file_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "o", {})
    (folder / "lists.kk.yaml").write_bytes(b"a: [\xff\xfe")
    assert refused(folder).params["file"] == "lists.kk.yaml"


def test_an_overlay_does_not_change_the_pack_beneath(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(kz_pack(), tmp_path / "kz2"))
    before = load_pack(copy).sha256
    load_pack(copy, [EXAMPLE])
    assert load_pack(copy).sha256 == before


_DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "any", "levels", "factors", "remove", "ru", "kk", "actors", "public", "tests"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(
    name=st.sampled_from(
        ["overlay.yaml", "lists.ru.yaml", "norms.kk.yaml", "severity.yaml", "messages.yaml", "suppressions.ru.yaml",
         "safeguards.ru.yaml", "factors/broad_discretion/rules.ru.yaml", "factors/broad_discretion/factor.yaml"]
    ),
    data=_DATA,
)  # fmt: skip
def test_whatever_is_written_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: object
) -> None:
    folder = written(tmp_path_factory.mktemp("o"), {name: data})
    base = written(tmp_path_factory.mktemp("base"), {})
    _small(base)
    try:
        load_pack(base, [folder])
    except PackError as error:
        assert error.code in catalogue("ru")


def _small(folder: Path) -> None:
    """A pack of one rule: ours takes too long to load a hundred times."""
    (folder / "overlay.yaml").unlink()
    for name in ("norms.ru.yaml", "norms.kk.yaml"):
        (folder / name).write_text("{actors: {}, modality: {}, actions: {}, slots: {}}", encoding="utf-8")
    for name in ("lists.ru.yaml", "lists.kk.yaml"):
        (folder / name).write_text("{}", encoding="utf-8")
    for name in ("suppressions.ru.yaml", "suppressions.kk.yaml"):
        (folder / name).write_text("[]", encoding="utf-8")
    for name in ("severity.yaml", "messages.yaml", "factors/broad_discretion/factor.yaml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kz_pack() / name, path)
    manifest = {"format": 1, "id": "small", "version": "1", "name": {"ru": "м", "kk": "ш"}, "languages": ["ru", "kk"],
                "factors": ["broad_discretion"]}  # fmt: skip
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
