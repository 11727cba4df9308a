"""Editors' notes, stamps and contents are recognised; norms that look like them are not."""

from __future__ import annotations

import pytest

from nlp.reading.noise import NoiseFilter, is_contents_title
from nlp.reading.source import DropReason

NOTE = DropReason.EDITOR_NOTE


@pytest.mark.parametrize(
    "text",
    [
        "Сноска. Статья 7 в редакции Закона РК от 01.02.2020 № 1-VI (вводится в действие с 01.03.2020).",
        "Сноска, Статья 8 с изменениями, внесенными законами РК от 01.02.2020 № 1-VI.",
        "Примечание. См. нормативное постановление Конституционного Суда РК от 01.02.2024 № 1-НП.",
        "Вниманию пользователей!",
        "Для удобства пользования РЦПИ создано Оглавление",
        'По всему тексту слова "инвалид" заменены словами "лицо с инвалидностью" Законом РК от 01.02.2022 № 1-VII.',
        "Пункт 3 предусматривается в редакции Закона РК от 09.01.2026 № 1-VIII.",
        "Утратил силу приказом Министра от 01.02.2020 № 1.",
        "2) исключен Законом РК от 01.02.2020 № 1-VI;",
        "6) - 6-2) исключены Законом РК от 24.10.2011 № 1-IV (вводится в действие с 01.01.2012);",
        "3) (исключен)",
        "Ескерту. 7-бапқа өзгеріс енгізілді – ҚР 01.02.2020 № 1-VI Заңымен.",
        "Ескерту. 12-бап жаңа редакцияда - ҚР 01.02.2020 № 1-VI Заңымен.",
        "Қолданушылар назарына!",
        "Қолданушыларға ыңғайлы болуы үшін ЗҚАИ мазмұнды жасады.",
        "3-1. Алып тасталды – ҚР 01.02.2020 № 1-VI Заңымен.",
        "5) алынып тасталды - ҚР 01.02.2020 № 1-VI Заңымен;",
        "2-тармаққа өзгеріс енгізу көзделген – ҚР 09.01.2026 № 1-VIII Заңымен.",
    ],
)
def test_editors_notes(text: str) -> None:
    assert NoiseFilter().reason(text) is NOTE


@pytest.mark.parametrize(
    "text",
    [
        "Примечание. Лицо, впервые совершившее такое деяние, освобождается от ответственности.",
        "Примечания.",
        "Ескерту. Осы бапта арнайы іс-шаралар деп жедел-іздестіру іс-шаралары түсініледі.",
        "Ескертулер мен қарсылықтар тексеру актісіне енгізіледі.",
        "1. Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его опубликования.",
        "Признать утратившим силу приказ Министра от 1 февраля 2020 года № 1.",
        "пункт 3 исключить;",
        "2-тармақ алып тасталсын;",
        "слова «по решению комиссии» заменить словами «на основании заявления»;",
        "Исключение из реестра производится по заявлению.",
        "Порядок введения в действие определяется Правительством.",
        "Для удобства граждан заявление подается через портал.",
        "Документ подписан уполномоченным лицом заявителя.",
        "Исходящий номер присваивается в день регистрации.",
        "",
    ],
)
def test_norms_are_kept(text: str) -> None:
    assert NoiseFilter().reason(text) is None


@pytest.mark.parametrize(
    ("opening", "text", "norm"),
    [
        ("Примечание ИЗПИ!", "Подпункт 3-2) вводится в действие с 01.07.2026.", "3-2) соблюдать требования закона;"),
        ("Примечание РЦПИ!", "Данная редакция пункта 4 действует с 01.01.2018.", "4. Предприятие создается актом."),
        ("ЗҚАИ-ның ескертпесі!", "3-тармақтың қолданысы тоқтатыла тұрады.", "3. Учаске ақылы негізде беріледі."),
        ("РҚАО-ның ескертпесі!", "Осы Заңның қолданысқа енгізілуін 5-баптан қараңыз.", "1. Заңның мақсаты."),
    ],
)
def test_an_opened_note_takes_its_text_and_no_more(opening: str, text: str, norm: str) -> None:
    noise = NoiseFilter()
    assert noise.reason(opening) is NOTE
    assert noise.reason(text) is NOTE
    assert noise.reason(norm) is None


def test_an_opened_note_leaves_a_norm_that_follows_at_once() -> None:
    noise = NoiseFilter()
    assert noise.reason("Примечание ИЗПИ!") is NOTE
    assert noise.reason("3. Комиссия рассматривает заявление в течение пяти рабочих дней.") is None


def test_a_note_with_a_colon_takes_its_items() -> None:
    noise = NoiseFilter()
    assert noise.reason("Сноска. По всему тексту Закона:") is NOTE
    assert noise.reason('слова "аула", "аулов" заменены словами "села", "сел";') is NOTE
    assert noise.reason('слова "села" исключены Законом РК от 01.02.2013 № 1-V.') is NOTE
    assert noise.reason("Настоящий Закон регулирует общественные отношения.") is None
    assert noise.reason('слова "аула" заменены словами "села";') is None  # the note is over


def test_a_tail_broken_off_by_a_hyperlink_belongs_to_the_note() -> None:
    noise = NoiseFilter()
    assert noise.reason("Сноска. Статья 5 с изменением, внесенным Законом РК от 01.02.2020") is NOTE
    assert noise.reason("№ 38-VI (вводится в действие с 01.03.2020).") is NOTE
    assert NoiseFilter().reason("№ 38-VI (вводится в действие с 01.03.2020).") is None


@pytest.mark.parametrize(
    "text",
    [
        "Копия электронного документа. Версия СЭД: Documentolog 7.20.0.",
        "Исх. № 8260 от 28.02.2022",
        "Шығ. № 12-34/567",
        "Электрондық құжаттың көшірмесі",
        "QR-код содержит данные ЭЦП должностного лица",
        "Согласовано. 18.02.2026 10:23 Иванов И.",
    ],
)
def test_stamps(text: str) -> None:
    assert NoiseFilter().reason(text) is DropReason.STAMP


@pytest.mark.parametrize("title", ["СОДЕРЖАНИЕ", "Оглавление", "МАЗМҰНЫ", "Мазмұны:"])
def test_titles_of_contents(title: str) -> None:
    assert is_contents_title(title)
    assert not is_contents_title(f"{title} общего имущества")
