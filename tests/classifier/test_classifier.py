"""The classifier of the product: what is read, what is refused, what is marked."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language as languages
from nlp.classifier.classifier import DESCRIPTION, WEIGHTS, Classifier
from nlp.classifier.features import PLACES, features
from nlp.classifier.network import NETWORK, TOKENIZER
from nlp.detection.pack import Pack, load_pack
from nlp.errors import ClassifierError
from nlp.factors import kz_pack
from nlp.norms import analyse, frames
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, NormFrame
from nlp.pipeline import Examiner
from nlp.structure.act import Provision
from saraptama.weights import NONE, SETTING, find_classifier, own_weights


@pytest.fixture(scope="module")
def folder() -> Path:
    found = own_weights()
    assert found is not None, "the product goes with weights"
    return found


@pytest.fixture(scope="module")
def classifier(folder: Path) -> Classifier:
    return Classifier(folder)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


Read = tuple[ProvisionAnalysis, tuple[NormFrame, ...]]


def read(pack: Pack, text: str, language: str = "ru", lead: str = "") -> Read:
    analysis = analyse(Provision("1", language, text, lead), languages.of(language))
    return analysis, frames(analysis, pack.languages[language].lexicon)


OPEN = {
    "ru": "Акимат вправе по своему усмотрению предоставить отсрочку отдельным лицам.",
    "kk": "Әкімдік өз қалауы бойынша жекелеген тұлғаларға мерзімін кейінге қалдыруға құқылы.",
}
CLOSED = {
    "ru": "Заявление регистрируется в день поступления.",
    "kk": "Өтініш келіп түскен күні тіркеледі.",
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_an_open_power_is_likelier_to_be_labelled_than_a_plain_norm(
    classifier: Classifier, pack: Pack, language: str
) -> None:
    said = classifier.score(*read(pack, OPEN[language], language))
    plain = classifier.score(*read(pack, CLOSED[language], language))
    assert said.as_provision > plain.as_provision
    assert said.as_pair > plain.as_pair
    assert said.network is not None and plain.network is not None
    assert said.network.some > plain.network.some


def test_scores_do_not_depend_on_what_was_read_before(classifier: Classifier, pack: Pack) -> None:
    first = classifier.score(*read(pack, OPEN["ru"]))
    classifier.score(*read(pack, CLOSED["ru"]))
    again = classifier.score(*read(pack, OPEN["ru"]))
    assert (first.as_provision, first.as_pair, first.which) == (again.as_provision, again.as_pair, again.which)
    assert first.network == again.network and first.network is not None


def test_marked_words_stand_in_the_norm_or_its_lead_in(classifier: Classifier, pack: Pack) -> None:
    analysis, made = read(pack, "приостановить действие разрешения;", lead="Акимат по своему усмотрению вправе:")
    scores = classifier.score(analysis, made)
    for factor in classifier.description.factors:
        for span in scores.words[factor]:
            words = analysis.string(span.field)
            assert span.field in {Field.TEXT, Field.LEAD}
            assert 0 <= span.start < span.end <= len(words)
            assert words[span.start].isalnum() and words[span.end - 1].isalnum()


@given(st.text(alphabet="абвгд ежзқғі.,;:()1234«»–\n", min_size=1, max_size=80))
@settings(max_examples=60)
def test_any_text_is_scored(classifier: Classifier, pack: Pack, text: str) -> None:
    analysis, made = read(pack, text)
    scores = classifier.score(analysis, made)
    assert set(scores.which) == set(classifier.description.factors)
    assert all(0 <= feature.place < PLACES for feature in features(analysis, made))
    assert len(scores.words["vague_wording"]) <= 1


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_judged_norm_has_a_chance_for_every_factor(folder: Path, pack: Pack, language: str) -> None:
    judged = Examiner(pack, classifier=Classifier(folder)).judge(Provision("1", language, OPEN[language]))
    assert set(judged.chances) == set(Classifier(folder).description.factors)
    assert all(0 <= chance <= 1 for chance in judged.chances.values())
    assert judged.factors


@pytest.mark.parametrize(("language", "text", "speaks"), [("ru", "т", True), ("kk", " ", False), ("en", "a", False)])
def test_only_words_in_a_learned_language_are_judged(
    classifier: Classifier, language: str, text: str, speaks: bool
) -> None:
    assert classifier.speaks(Provision("1", language, text)) is speaks


@pytest.mark.parametrize("name", [WEIGHTS, NETWORK, TOKENIZER])
def test_a_changed_or_missing_file_of_weights_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    copied = shutil.copytree(folder, tmp_path / "weights")
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)
    with pytest.raises(ClassifierError) as error:
        Classifier(copied)
    assert error.value.code == "classifier.changed"
    (copied / name).unlink()
    with pytest.raises(ClassifierError) as error:
        Classifier(copied)
    assert error.value.code == "classifier.unreadable"


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER])
def test_a_file_that_is_no_network_is_refused_though_its_hash_is_right(folder: Path, tmp_path: Path, name: str) -> None:
    copied = shutil.copytree(folder, tmp_path / "weights")
    (copied / name).write_bytes(b"no network")
    said = json.loads((copied / DESCRIPTION).read_text(encoding="utf-8"))
    said["network"][f"{Path(name).stem}_sha256"] = hashlib.sha256(b"no network").hexdigest()
    (copied / DESCRIPTION).write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(ClassifierError) as error:
        Classifier(copied)
    assert error.value.code == "classifier.unreadable"


def test_weights_without_a_network_are_read_and_have_another_name(folder: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(folder, tmp_path / "weights")
    said = json.loads((copied / DESCRIPTION).read_text(encoding="utf-8")) | {"network": None}
    (copied / DESCRIPTION).write_text(json.dumps(said), encoding="utf-8")
    assert Classifier(copied).name != Classifier(folder).name


def test_the_network_reads_a_long_norm_as_far_as_it_can(classifier: Classifier, pack: Pack) -> None:
    long = " ".join([OPEN["ru"]] * 200)
    first, more = (classifier.score(*read(pack, text)).network for text in (long, long + " Иное."))
    assert first is not None and first == more
    assert all(math.isfinite(value) for value in (first.some, *first.which.values()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 99}, "classifier.format"),
        ({"weighing": {}}, "classifier.unreadable"),
        ({"factors": None}, "classifier.unreadable"),
        ({"factors": ["vague_wording"]}, "classifier.unreadable"),
        ({"group_weights": []}, "classifier.unreadable"),
        ({"network": {"longest": 128}}, "classifier.unreadable"),
    ],
)
def test_a_description_of_another_shape_is_refused(
    folder: Path, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    copied = shutil.copytree(folder, tmp_path / "weights")
    said = json.loads((copied / DESCRIPTION).read_text(encoding="utf-8")) | change
    (copied / DESCRIPTION).write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(ClassifierError) as error:
        Classifier(copied)
    assert error.value.code == code


@pytest.mark.parametrize("content", [None, "", "[]", "{", "null"])
def test_a_folder_without_a_description_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / DESCRIPTION).write_text(content, encoding="utf-8")
    with pytest.raises(ClassifierError) as error:
        Classifier(tmp_path)
    assert error.value.code == "classifier.unreadable"


def test_none_means_rules_alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv(SETTING, NONE)
    assert find_classifier() is None
    found = find_classifier(str(folder))
    assert found is not None
    monkeypatch.delenv(SETTING)
    assert find_classifier() is not None
    assert found.name.startswith(found.description.version + "+")


def test_an_installation_without_weights_works_with_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> Path:
        raise ModuleNotFoundError(package)

    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr("saraptama.weights.files", missing)
    assert find_classifier() is None
