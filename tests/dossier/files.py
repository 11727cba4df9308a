"""Files of dossiers for tests: both texts of a draft in one file, in the ways in which ministries send them."""

from __future__ import annotations

from functools import cache

from nlp.limits import Limits
from nlp.reading.child import read_here
from nlp.reading.source import SourceText
from tests.conftest import REPOSITORY
from tests.reading.docx.word_xml import cell, docx, para, row, table


@cache
def example(language: str) -> SourceText:
    """The example draft in one language."""
    name = f"draft-{language}.docx"
    return read_here((REPOSITORY / "examples" / name).read_bytes(), name, Limits())


def lines(language: str, count: int = 0) -> list[str]:
    """Paragraphs of the example draft (the first ``count``)."""
    found = example(language).text.split("\n")
    return found[:count] if count else found


def one_after_the_other(*languages: str) -> bytes:
    """A Word file with the texts one after the other."""
    return docx("".join(para(line) for language in languages for line in lines(language)))


def side_by_side(left: str = "ru", right: str = "kk") -> bytes:
    """A Word file with a table of two columns: a paragraph of each text in a row, the longer text alone at the end."""
    pairs = [(at, at) for at in range(max(len(lines(left)), len(lines(right))))]
    rows = [row(cell(para(_line(left, a))), cell(para(_line(right, b)))) for a, b in pairs]
    return docx(table(*rows) + para(""))


def in_two_cells() -> bytes:
    """A Word file with one row: all of the Russian text in one cell, all of the Kazakh one in the other."""
    return docx(table(row(cell(*map(para, lines("ru"))), cell(*map(para, lines("kk"))))) + para(""))


def in_turns() -> bytes:
    """A Word file in which each paragraph is followed by its counterpart."""
    pairs = zip(lines("ru"), lines("kk"), strict=False)
    return docx("".join(para(line) for pair in pairs for line in pair))


def _line(language: str, at: int) -> str:
    found = lines(language)
    return found[at] if at < len(found) else ""


def read(data: bytes, name: str = "draft.docx") -> SourceText:
    """The text of a file."""
    return read_here(data, name, Limits())


# A short act of our own in both authentic texts, paragraph by paragraph.
ACT_RU = """ПРОЕКТ
МИНИСТР СБОРОВ РЕСПУБЛИКИ КАЗАХСТАН
ПРИКАЗ
Об утверждении Правил взимания сбора
В соответствии с пунктом 2 статьи 5 Закона Республики Казахстан «О сборах» ПРИКАЗЫВАЮ:
1. Утвердить прилагаемые Правила взимания сбора.
2. Контроль за исполнением настоящего приказа возложить на руководителя аппарата.
3. Настоящий приказ вводится в действие по истечении десяти календарных дней после дня его первого опубликования.
Министр
А. Боев
Утверждены приказом Министра сборов от 1 марта 2026 года № 5
Правила взимания сбора
1. Настоящие Правила определяют порядок взимания сбора.
2. Уполномоченный орган вправе отказать заявителю в отсрочке сбора по своему усмотрению.
3. Заявитель представляет заявление и документ о доходе.
4. Срок рассмотрения заявления – десять рабочих дней.
5. Решение об отказе обжалуется в суд.""".splitlines()
ACT_KK = """ЖОБА
ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АЛЫМДАР МИНИСТРІ
БҰЙРЫҚ
Алым алу қағидаларын бекіту туралы
«Алымдар туралы» Қазақстан Республикасы Заңының 5-бабының 2-тармағына сәйкес БҰЙЫРАМЫН:
1. Қоса беріліп отырған Алым алу қағидалары бекітілсін.
2. Осы бұйрықтың орындалуын бақылау аппарат басшысына жүктелсін.
3. Осы бұйрық алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі.
Министр
А. Боев
Алымдар министрінің 2026 жылғы 1 наурыздағы № 5 бұйрығымен бекітілген
Алым алу қағидалары
1. Осы Қағидалар алым алу тәртібін айқындайды.
2. Уәкілетті орган өтініш берушіге алымды кейінге қалдырудан өз қалауы бойынша бас тартуға құқылы.
3. Өтініш беруші өтініш пен кірісі туралы құжатты ұсынады.
4. Өтінішті қарау мерзімі – он жұмыс күні.
5. Бас тарту туралы шешімге сотқа шағым жасалады.""".splitlines()
TABLE_HEAD = {
    "ru": ["№ п/п", "Структурный элемент", "Действующая редакция", "Предлагаемая редакция", "Обоснование"],
    "kk": ["Р/с №", "Құрылымдық элемент", "Қолданыстағы редакция", "Ұсынылатын редакция", "Негіздеме"],
}
TABLE_ROWS = {
    "ru": [
        ["1", "пункт 2 статьи 5", "2. Орган отказывает в отсрочке, если сведения недостоверны.",
         "2. Орган вправе отказать в отсрочке по своему усмотрению.", "Орган вправе по своему усмотрению."],
        ["2", "пункт 3 статьи 5", "3. Орган вправе продлить срок.", "3. Орган вправе продлить срок.", "Без перемен."],
    ],
    "kk": [
        ["1", "5-баптың 2-тармағы", "2. Мәліметтер дәйексіз болса, орган кейінге қалдырудан бас тартады.",
         "2. Орган кейінге қалдырудан өз қалауы бойынша бас тартуға құқылы.", "Қажет."],
        ["2", "5-баптың 3-тармағы", "3. Орган мерзімді ұзартуға құқылы.", "3. Орган мерзімді ұзартуға құқылы.", "Сол."],
    ],
}  # fmt: skip
TABLE_TITLE = {
    "ru": ["СРАВНИТЕЛЬНАЯ ТАБЛИЦА", "к проекту Закона Республики Казахстан «О внесении изменений в Закон «О сборах»»"],
    "kk": [
        "«Алымдар туралы» Заңға өзгерістер енгізу туралы» Қазақстан Республикасы Заңының жобасына",
        "САЛЫСТЫРМА КЕСТЕ",
    ],
}


def word(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    return docx("".join(map(para, paragraphs)))


def comparative(language: str, above: tuple[str, ...] = ()) -> bytes:
    """A comparative table in Word, below other paragraphs."""
    return docx(
        "".join(map(para, (*above, *TABLE_TITLE[language]))) + _ruled(TABLE_HEAD[language], *TABLE_ROWS[language])
    )


def bilingual_comparative() -> bytes:
    """A comparative table with a block of columns for each language."""
    pairs = zip(TABLE_ROWS["ru"], TABLE_ROWS["kk"], strict=True)
    head = [*TABLE_HEAD["ru"], *TABLE_HEAD["kk"][1:]]
    titles = "".join(map(para, (*TABLE_TITLE["ru"], *TABLE_TITLE["kk"])))
    return docx(titles + _ruled(head, *([*one, *other[1:]] for one, other in pairs)))


def _ruled(*rows: list[str]) -> str:
    return table(*(row(*(cell(para(text)) for text in texts)) for texts in rows)) + para("")
