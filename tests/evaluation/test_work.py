"""Speed without a clock: calls that an examination takes. Fails when the work for a text grows by more than 15 %.

Calls are counted, not timed, so a loaded machine changes nothing. What the network does is one call; its operations are
counted by themselves. Where more work is meant – a new detector, a larger network – put the new figure here and say so
in the commit; where it is not, look for what is done twice.
"""

from __future__ import annotations

import pytest

from evaluation.bench_drafts import EXAMPLES, long_draft
from evaluation.classifier_bench import network_operations
from evaluation.clock import WEIGHTS
from evaluation.work import calls, exponent
from nlp.classifier.classifier import Classifier, read_description
from nlp.classifier.network import Network
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import JUDGED_ROLES, Examiner
from nlp.reading.docx import read_docx
from nlp.reading.source import SourceText
from nlp.structure import provisions, structure

ALLOWED = 1.15
EXPONENT = 1.05
CALLS_A_CHARACTER = {"ru": 22.9, "kk": 26.8}
CALLS_WITH_CLASSIFIER = {"ru": 28.6, "kk": 33.4}
MILLION_OPERATIONS_A_NORM = {"ru": 139.3, "kk": 114.1}
PAGES = (5, 20)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def draft(code: str, pages: int) -> SourceText:
    return read_docx(long_draft(EXAMPLES / f"draft-{code}.docx", pages), "draft.docx", Limits())


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_work_for_a_text_has_not_grown(code: str, pack: Pack) -> None:
    examiner = Examiner(pack)
    drafts = [draft(code, pages) for pages in PAGES]
    sizes = [len(draft.text) for draft in drafts]
    counted = [calls(examiner, code, draft) for draft in drafts]
    a_character = counted[-1] / sizes[-1]
    assert a_character <= ALLOWED * CALLS_A_CHARACTER[code], f"{a_character:.2f} calls for a character"
    assert exponent(sizes, counted) <= EXPONENT


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_work_of_the_classifier_has_not_grown(code: str, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    given = draft(code, PAGES[0])
    runs: list[int] = []
    run = Network._run

    def noted(network: Network, ids: list[int], kinds: list[int]) -> object:
        runs.append(len(ids))
        return run(network, ids, kinds)

    monkeypatch.setattr(Network, "_run", noted)
    a_character = calls(Examiner(pack, classifier=Classifier(WEIGHTS)), code, given) / len(given.text)
    assert a_character <= ALLOWED * CALLS_WITH_CLASSIFIER[code], f"{a_character:.2f} calls for a character"
    norms = [each for each in provisions(structure(given)) if each.role in JUDGED_ROLES]
    assert 0 < len(runs) <= len(norms)  # no norm is read twice, nor again in the second examination
    network = read_description(WEIGHTS).network
    assert network is not None
    millions = network_operations(norms, network.longest) / len(norms) / 1e6
    assert millions <= ALLOWED * MILLION_OPERATIONS_A_NORM[code], f"{millions:.1f} million operations for a norm"


def test_exponent() -> None:
    sizes = [10, 100, 2_000]
    assert exponent(sizes, [3 * size for size in sizes]) == pytest.approx(1)
    assert exponent(sizes, [0.5 * size**2 for size in sizes]) == pytest.approx(2)
