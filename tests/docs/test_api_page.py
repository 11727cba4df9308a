"""The page on Python: its examples run, every public name is told and documented, spaCy does what is said."""

from __future__ import annotations

import doctest
import importlib.util
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable

import pytest

import saraptama
from tests.conftest import REPOSITORY
from tests.docs.pages import DOCS

PAGE = DOCS / "api.md"
needs_spacy = pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None, reason="spaCy is an optional extra: pip install 'saraptama[spacy]'"
)


def test_functions_are_called_as_the_page_says() -> None:
    told = dict(re.findall(r"^\| `(\w+)\((.*?)\)` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    functions = {name for name in saraptama.__all__ if inspect.isroutine(getattr(saraptama, name))}
    assert functions <= set(told) | {"examiner"}
    for name, shown in told.items():
        signature = inspect.signature(getattr(saraptama, name))
        bare = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()]
        expected = str(inspect.Signature(bare)).strip("()").replace("'", '"')
        assert shown == expected, name


def test_an_unknown_language_is_told_with_those_there_are() -> None:
    calls: list[Callable[[], object]] = [
        lambda: saraptama.judge("Акимат вправе отказать.", "en", model="none"),  # type: ignore[arg-type]
        lambda: saraptama.examine("examples/draft-ru.docx", language="en", model="none"),  # type: ignore[arg-type]
        lambda: saraptama.message(saraptama.SaraptamaError("reading.empty"), "en"),  # type: ignore[arg-type]
    ]
    for call in calls:
        with pytest.raises(saraptama.SaraptamaError, match=r"python\.language") as caught:
            call()
        assert "«en»" in saraptama.message(caught.value, "kk")


def test_examples_give_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 15 and not failed


def test_every_public_name_is_told_and_has_words_of_its_own() -> None:
    told = set(re.findall(r"`(\w+)", PAGE.read_text("utf-8")))
    assert set(saraptama.__all__) <= told
    assert set(saraptama.__all__) <= set(dir(saraptama))
    for name in set(saraptama.__all__) - {"__version__"}:
        assert inspect.getdoc(getattr(saraptama, name)), name
    with pytest.raises(AttributeError, match="no attribute 'exsamine'"):
        getattr(saraptama, "exsamine")  # noqa: B009


def test_it_is_loaded_when_it_is_asked_for_and_never_spacy() -> None:
    code = (
        "import sys, saraptama; assert 'nlp.pipeline' not in sys.modules; saraptama.examine; "
        "assert 'nlp.pipeline' in sys.modules and 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=REPOSITORY)


ALONE = {
    "ru": "Акимат вправе в отдельных случаях отказать заявителю.",
    "kk": "Әкімдік жекелеген жағдайларда бас тартуға құқылы.",
}
WORDS_ALONE = {"ru": "в отдельных случаях", "kk": "жекелеген жағдайларда"}


@needs_spacy
def test_the_component_of_spacy() -> None:
    import spacy
    from spacy.tokens import DocBin

    import saraptama.spacy_component as component

    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert declared["spacy_factories"] == {"saraptama": "saraptama.spacy_component:make"}
    assert declared["spacy_languages"] == {"kk": "saraptama.spacy_component:Kazakh"}
    texts = {
        "ru": "Правила\n\n 1. Орган  рассматривает заявление в разумный срок.\n2. Акимат вправе в отдельных случаях.",
        "kk": "Қағидалар\n1. Уәкiлетті орган өтінішті ақылға қонымды мерзімде қарайды.\n10-бабының 3-1-тармағы.",
    }
    words = {"ru": "в разумный срок", "kk": "ақылға қонымды мерзімде"}
    for code, text in texts.items():
        pipeline = spacy.blank(code)
        pipeline.add_pipe("saraptama", config={"model": "none", "spans_key": "law"})
        doc = pipeline(text)
        span = next(each for each in doc.spans["law"] if each.label_ == "broad_discretion")
        assert span.text == words[code]
        finding = next(each for each in doc._.saraptama if each["id"] == span.id_)
        assert words[code] in [text[start:end] for start, end in finding["places"]]
        assert finding["language"] == code and finding["wording"]
        stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
        (again,) = DocBin().from_bytes(stored).get_docs(pipeline.vocab)
        assert [each["id"] for each in again._.saraptama] == [each["id"] for each in doc._.saraptama]
        assert len(again.spans["law"]) == len(doc.spans["law"])
        sentence = pipeline(ALONE[code])  # not a word of it is a title
        assert ("selective_exception", WORDS_ALONE[code]) in {
            (each.label_, each.text) for each in sentence.spans["law"]
        }
        assert pipeline("")._.saraptama == pipeline(" \n ")._.saraptama == []
    assert [token.text for token in spacy.blank("kk")("10-бабының 3-1-тармағы.")] == ["10-бабының", "3-1-тармағы", "."]
    with pytest.raises(saraptama.SaraptamaError, match=r"pack\.unknown"):
        component.Component("nobody", "none", "law", "")
