"""The two authentic texts are cured alike: no unit is struck out in one and re-worded in the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.detection.finding import Finding, Recommendation
from nlp.detection.pack import Pack, load_pack
from nlp.dossier import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.rewriting.agreed import agreed

RU = """Правила содержания причалов

1. К полномочиям местных исполнительных органов относятся:
1) осуществление учета причалов;
2) осуществление иных полномочий, предусмотренных законодательством Республики Казахстан.
"""
KK = """Айлақтарды ұстау қағидалары

1. Жергілікті атқарушы органдардың өкілеттіктеріне мыналар жатады:
1) айлақтардың есебін жүзеге асыру;
2) Қазақстан Республикасының заңнамасында көзделген өзге де өкілеттіктерді жүзеге асыру.
"""
GONE = Recommendation("kk", "delete", "2) тармақша алып тасталсын.", "")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


@pytest.fixture(scope="module")
def pair(pack: Pack) -> tuple[Finding, Finding]:
    """The Russian and the Kazakh finding of one defect."""
    ru, kk = (read_plain(text.encode(), name) for text, name in ((RU, "ru.txt"), (KK, "kk.txt")))
    reports = Examiner(pack).examine(Dossier(ru=ru, kk=kk), Options(force=True)).reports
    one, two = (next(each for each in report.findings if each.counterpart) for report in reports)
    assert (one.counterpart, two.counterpart) == (two.id, one.id)
    return one, two


def of(finding: Finding) -> Recommendation:
    assert finding.recommendation is not None
    return finding.recommendation


def test_powers_by_legislation_name_the_law_in_both_texts(pair: tuple[Finding, Finding]) -> None:
    one, two = (of(each) for each in pair)
    assert (one.action, two.action) == ("replace", "replace")
    assert one.wording == "осуществление полномочий, предусмотренных статьями ___ Закона Республики Казахстан «___»."
    assert two.wording == (
        "«___ туралы» Қазақстан Республикасы Заңының ___-бабында көзделген өкілеттіктерді жүзеге асыру."
    )


@pytest.mark.parametrize(("language", "begins"), [("ru", "Вместо слов «"), ("kk", "«заңнамасында")])
def test_what_the_other_text_keeps_is_not_struck_out(
    pair: tuple[Finding, Finding], pack: Pack, language: str, begins: str
) -> None:
    struck = replace(pair[1], recommendation=GONE)
    (made,) = agreed([struck], [pair[0]], pack, language)
    said = of(made)
    assert (said.action, said.wording, said.language) == ("supplement", "", "kk")
    assert said.instruction.startswith(begins) and "өзге де өкілеттіктерді" in said.instruction
    assert "{" not in said.instruction and made == replace(struck, recommendation=said)


def test_what_goes_with_the_other_text_stays_as_it_is(pair: tuple[Finding, Finding], pack: Pack) -> None:
    struck = replace(pair[1], recommendation=GONE)
    words = replace(pair[0], recommendation=Recommendation("ru", "supplement", "Указать полномочия.", ""))
    both = replace(pair[0], recommendation=replace(GONE, language="ru"))
    for other in ([both], [words], [], [replace(pair[0], recommendation=None)]):
        assert agreed([struck], other, pack, "kk") == (struck,)
    assert agreed([pair[0]], [struck], pack, "ru") == (pair[0],)
