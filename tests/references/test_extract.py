"""Citations in all forms of methodology 5.4: what is cited, where the words end, in both languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.references import Citation, citations

SHORT = {"article": "art", "point": "p", "subpoint": "sub", "clause": "part", "indent": "ind", "annex": "annex",
         "chapter": "chp", "section": "sec", "paragraph": "par", "sentence": "sent"}  # fmt: skip


def told(citation: Citation) -> str:
    """«internal art_5/p_2 …», inner numbers of ranges in brackets."""
    paths = ["/".join(f"{SHORT[step.kind.value]}_{step.number}" for step in target.path) for target in citation.targets]
    inner = [f"({path})" if target.inner else path for path, target in zip(paths, citation.targets, strict=True)]
    return " ".join([citation.kind.value, *inner])


def read(text: str, language: str) -> list[str]:
    return [told(citation) for citation in citations(text, language)]


RUSSIAN = [
    ("в соответствии с подпунктом 3) пункта 2 статьи 7 настоящего Закона", ["internal art_7/p_2/sub_3"]),
    ("пунктами 1, 2 и 4 настоящей статьи", ["internal art_this/p_1 art_this/p_2 art_this/p_4"]),
    ("статьями 27 и 37 настоящего Кодекса", ["internal art_27 art_37"]),
    ("статьи 5 – 8 настоящего Закона", ["internal art_5 (art_6) (art_7) art_8"]),
    ("подпунктах 1) – 3) пункта 1", ["internal p_1/sub_1 (p_1/sub_2) p_1/sub_3"]),
    ("пунктом 3-1 и пунктом 3¹ статьи 5", ["internal art_5/p_3-1 art_5/p_3¹"]),
    ("частью второй статьи 12, частью первой статьи 13 настоящего Кодекса", ["internal art_12/part_2 art_13/part_1"]),
    ("частями первой, 6-1 и седьмой статьи 5", ["internal art_5/part_1 art_5/part_6-1 art_5/part_7"]),
    ("абзацем вторым части первой пункта 2 настоящей статьи", ["internal art_this/p_2/part_1/ind_2"]),
    ("второй части настоящего пункта", ["internal p_this/part_2"]),
    ("частью двадцать первой статьи 40", ["internal art_40/part_21"]),
    ("статьями 11 (частью первой), 12 (частями второй и третьей), 13 настоящего Кодекса",
     ["internal art_11/part_1 art_12/part_2 art_12/part_3 art_13"]),
    ("согласно приложению 1 к настоящим Правилам", ["internal annex_1"]),
    ("согласно приложению к настоящему приказу", ["internal annex_"]),
    ("главой 5 настоящего Кодекса", ["internal chp_5"]),
    ("разделом II настоящих Правил", ["internal sec_II"]),
    ("статьями 16, 17 и главой 4 настоящего Кодекса", ["internal art_16 art_17 chp_4"]),
    ("ст. 5 настоящего Закона и п. 3 настоящих Правил", ["internal art_5", "internal p_3"]),
    ("пунктом 5 Правил", ["internal p_5"]),
    ("настоящим Законом", ["self"]),
    ("статьей 160 Гражданского кодекса Республики Казахстан", ["external art_160"]),
    ("Законом Республики Казахстан от 2 мая 2010 года № 12-V «О голубятнях»", ["external"]),
    ("приказом Министра рыб Республики Казахстан от 5 мая 2020 года № 123/НҚ", ["external"]),
    ("Кодексом Республики Казахстан «О налогах» (Налоговый кодекс)", ["external"]),
    ("статьи 5 указанного Закона", ["external art_5"]),
    ("пунктом 5 Договора", ["external p_5"]),
    ("в порядке, установленном законодательством Республики Казахстан о рыболовстве", ["blanket"]),
    ("иными законодательными актами", ["blanket"]),
    ("в случаях, предусмотренных законами Республики Казахстан", ["blanket"]),
]  # fmt: skip
KAZAKH = [
    ("осы Заңның 7-бабы 2-тармағының 3) тармақшасында", ["internal art_7/p_2/sub_3"]),
    ("осы баптың 1, 2 және 4-тармақтарында", ["internal art_this/p_1 art_this/p_2 art_this/p_4"]),
    ("осы Кодекстің 27, 37-баптарында", ["internal art_27 art_37"]),
    ("осы Заңның 5 – 8-баптары", ["internal art_5 (art_6) (art_7) art_8"]),
    ("1-тармақтың 1) – 3) тармақшалары", ["internal p_1/sub_1 (p_1/sub_2) p_1/sub_3"]),
    ("5-баптың 3-1-тармағы", ["internal art_5/p_3-1"]),
    ("7 бабының 1 тармағына", ["internal art_7/p_1"]),
    ("2-тармағының 3)тармақшасын", ["internal p_2/sub_3"]),
    ("осы тармақтың екінші бөлігінде", ["internal p_this/part_2"]),
    ("12-баптың бірінші және екінші бөліктері", ["internal art_12/part_1 art_12/part_2"]),
    ("осы баптың 2-тармағы бірінші бөлігінің екінші абзацы", ["internal art_this/p_2/part_1/ind_2"]),
    ("осы Заңның 11-бабы 3-тармағында, 12-бабында", ["internal art_11/p_3 art_12"]),
    ("осы баптың 1-тармағында, 28-бабында", ["internal art_this/p_1", "internal art_28"]),
    ("осы Қағидаларға 1-қосымшаға сәйкес", ["internal annex_1"]),
    ("осы бұйрыққа қосымшаға сәйкес", ["internal annex_"]),
    ("осы Кодекстің 5-тарауында", ["internal chp_5"]),
    ("осы Қағидалардың II бөлімінде", ["internal sec_II"]),
    ("осы Заңда", ["self"]),
    ("осы бапта", ["internal art_this"]),
    ("Қазақстан Республикасы Азаматтық кодексінің 160-бабына", ["external art_160"]),
    ("«Көгершінханалар туралы» Қазақстан Республикасының 2010 жылғы 2 мамырдағы № 12-V Заңы", ["external"]),
    ("«Көгершінханалар туралы» Қазақстан Республикасы Заңының 5-бабы 2-тармағы", ["external art_5/p_2"]),
    ("Әкімшілік құқық бұзушылық туралы Қазақстан Республикасының Кодексіне", ["external"]),
    ("Шарттың 5-тармағында", ["external p_5"]),
    ("Қазақстан Республикасының балық аулау туралы заңнамасында", ["blanket"]),
    ("Қазақстан Республикасының заңнамалық актілерінде", ["blanket"]),
    ("заңда белгіленген жағдайларда", ["blanket"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian(text: str, expected: list[str]) -> None:
    assert read(text, "ru") == expected


@pytest.mark.parametrize(("text", "expected"), KAZAKH)
def test_kazakh(text: str, expected: list[str]) -> None:
    assert read(text, "kk") == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Участник части проекта передает статью расходов.", "ru"),
        ("в течение пяти рабочих дней, в размере 15 процентов, часть работников", "ru"),
        ("Ведомости Парламента, 2010 г., № 5, ст. 23; 2011 г., № 1, ст. 2", "ru"),
        ("обратная сила закона, закон о рыбах обсуждается", "ru"),
        ("глава государства; раздел имущества; пункт пропуска", "ru"),
        ("жердің бір бөлігі, бөлім басшысы, 15 пайызы", "kk"),
        ("заңды тұлға, заңды өкіл, заңсыз әрекет", "kk"),
    ],
)
def test_no_citation(text: str, language: str) -> None:
    assert read(text, language) == []


def test_the_words_end_where_the_citation_does() -> None:
    text = "указанные в пункте 2 статьи 7 настоящего Закона, представляются"
    (found,) = citations(text, "ru")
    assert text[slice(*found.span)] == "пункте 2 статьи 7 настоящего Закона"
    text = "осы Заңның 7-бабының 2-тармағына сәйкес беріледі"
    (found,) = citations(text, "kk")
    assert text[slice(*found.span)] == "осы Заңның 7-бабының 2-тармағына"


def test_acts_bear_their_requisites() -> None:
    (found,) = citations("Законом Республики Казахстан от 2 мая 2010 года № 12-V «О голубятнях»", "ru")
    assert found.act is not None
    assert (found.act.form, found.act.name, found.act.date, found.act.number) == (
        "law", "О голубятнях", "2010-05-02", "12-V",
    )  # fmt: skip
    (found,) = citations("«Көгершінханалар туралы» Қазақстан Республикасының 2010 жылғы 2 мамырдағы № 12-V Заңы", "kk")
    assert found.act is not None and (found.act.date, found.act.number) == ("2010-05-02", "12-V")


PIECES = st.sampled_from(
    ["статьи", "пункта", "подпунктом", "3)", "1-1", "5", "–", ",", "и", "настоящего", "Закона", "(", ")", "«", "»", '"',
     "осы", "баптың", "7-бабы", "тармағының", "екінші", "бөлігінде", "Қазақстан", "Республикасының", "заңнамасында",
     "Кодекстің", "туралы", "части", "второй", "приложению", "к", "Правилам", "№", "ст.", "\n", "II"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map(" ".join)), st.sampled_from(["ru", "kk"]))
def test_any_text_gives_spans_in_order(text: str, language: str) -> None:
    end = 0
    for found in citations(text, language):
        start, stop = found.span
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    ("piece", "language"),
    [("«", "ru"), ("5 (часть ", "ru"), ("1, ", "kk"), ("пункта 1 ", "ru"), ("осы ", "kk"), ("туралы ", "kk"),
     ("Гражданского ", "ru"), ("екінші ", "kk"), ("второй ", "ru"), ("1) ", "ru"), ("\" ", "ru"),
     ("статьи 1, ", "ru"), ("қазақстан республикасының ", "kk")],
)  # fmt: skip
def test_work_grows_with_the_length_only(piece: str, language: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        begun = time.process_time()
        citations(text, language)
        return time.process_time() - begun

    def steady() -> bool:
        return min(seconds(20_000) for _ in range(2)) < 12 * min(seconds(5_000) for _ in range(2)) + 0.5

    seconds(200)
    assert any(steady() for _ in range(3))  # measured up to three times: a process with much in memory may stumble
