"""Builds the numbering fixtures and asks LibreOffice for the numbers it prints.

``python -m tests.reading.docx.build_fixtures`` writes ``fixtures/NAME.docx`` and, where LibreOffice is installed,
``fixtures/NAME.expected.txt``: the lines of its own export to text. The texts are written for the tests.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.reading.docx.word_xml import (
    DELETED_MARK,
    abstract,
    cell,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    override,
    para,
    row,
    style,
    table,
)

FIXTURES = Path(__file__).with_name("fixtures")
# LibreOffice then prints the accepted view.
_CHANGES_HIDDEN = '<w:revisionView w:markup="0" w:comments="0" w:insDel="0" w:formatting="0"/>'
_NORMAL = style("Normal", default=True)

# 1. / 1) / а) – points, subpoints and sub-subpoints of Kazakhstan's acts.
_POINTS = (lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)"), lvl(2, "russianLower", "%3)"))
_DECIMAL = (lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."), lvl(2, "decimal", "%1.%2.%3."))


def restarts() -> bytes:
    """An order and the rules it approves: the second list begins anew by its own start."""
    body = [
        para("ПРИКАЗЫВАЮ:"),
        para("Утвердить прилагаемые Правила выдачи разрешений.", (1, 0)),
        para("Департаменту цифровизации обеспечить:", (1, 0)),
        para("размещение приказа на интернет-ресурсе министерства;", (1, 1)),
        para("направление копии приказа в территориальные подразделения.", (1, 1)),
        para("Контроль за исполнением приказа возложить на руководителя аппарата.", (1, 0)),
        para("Правила выдачи разрешений"),
        para("Разрешение выдается в течение пяти рабочих дней.", (2, 0)),
        para("Заявитель представляет:", (2, 0)),
        para("заявление по форме согласно приложению;", (2, 1)),
        para("документы, подтверждающие:", (2, 1)),
        para("право на помещение;", (2, 2)),
        para("квалификацию работников.", (2, 2)),
        para("Отказ в выдаче разрешения обжалуется в суд.", (2, 0)),
        para("Основания для отказа:", (2, 0)),
        para("недостоверность сведений.", (2, 1)),
    ]
    numbering = abstract(0, *_POINTS) + num(1, 0) + num(2, 0, override(0, 1) + override(1, 1) + override(2, 1))
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def multilevel() -> bytes:
    """Decimal numbers of three levels."""
    body = [
        para("Общие положения", (1, 0)),
        para("Настоящая Инструкция определяет порядок учета обращений.", (1, 1)),
        para("В Инструкции используются понятия:", (1, 1)),
        para("обращение – письменное или электронное заявление;", (1, 2)),
        para("заявитель – лицо, подавшее обращение.", (1, 2)),
        para("Порядок учета", (1, 0)),
        para("Обращение регистрируется в день поступления.", (1, 1)),
        para("Регистрация включает:", (1, 1)),
        para("присвоение номера;", (1, 2)),
        para("внесение в журнал.", (1, 2)),
        para("Срок рассмотрения – пятнадцать рабочих дней.", (1, 1)),
    ]
    return docx("".join(body), numbering=abstract(0, *_DECIMAL) + num(1, 0), styles=_NORMAL)


def articles_kk() -> bytes:
    """Kazakh law: chapters and articles by heading styles, articles counted on from chapter to chapter."""
    chapters = lvl(0, "decimal", "%1-тарау.", more='<w:pStyle w:val="Heading1"/>', suffix="space")
    articles = (
        lvl(0, "decimal", "%1-бап.", more='<w:pStyle w:val="Heading2"/>', suffix="space"),
        lvl(1, "decimal", "%2.", suffix="tab"),
        lvl(2, "decimal", "%3)"),
    )
    numbering = abstract(0, chapters) + abstract(1, *articles) + num(1, 0) + num(2, 1)
    styles = _NORMAL + _heading(1, 1) + _heading(2, 2)
    body = [
        para("ЖАЛПЫ ЕРЕЖЕЛЕР", style="Heading1"),
        para("Осы Заңда пайдаланылатын негізгі ұғымдар", style="Heading2"),
        para("Осы Заңда мынадай ұғымдар пайдаланылады:", (2, 1)),
        para("өтініш беруші – жеке немесе заңды тұлға;", (2, 2)),
        para("рұқсат – уәкілетті органның құжаты.", (2, 2)),
        para("Заңның мақсаты мен міндеттері", style="Heading2"),
        para("Заңның мақсаты – азаматтардың құқықтарын қорғау.", (2, 1)),
        para("Заңның міндеттері заң актілерінде айқындалады.", (2, 1)),
        para("МЕМЛЕКЕТТІК РЕТТЕУ", style="Heading1"),
        para("Уәкілетті органның құзыреті", style="Heading2"),
        para("Уәкілетті орган:", (2, 1)),
        para("рұқсаттарды береді;", (2, 2)),
        para("тізілімді жүргізеді.", (2, 2)),
        para("Өтініштерді қарау мерзімі", style="Heading2"),
    ]
    return docx("".join(body), numbering=numbering, styles=styles)


def articles_ru() -> bytes:
    """Russian law: sections in Roman figures, chapters, articles; the words belong to the number."""
    numbering = abstract(0, lvl(0, "upperRoman", "РАЗДЕЛ %1.", suffix="space"))
    numbering += abstract(1, lvl(0, "decimal", "Глава %1.", suffix="space"))
    numbering += abstract(2, lvl(0, "decimal", "Статья %1.", suffix="space"), lvl(1, "decimal", "%2."))
    numbering += num(1, 0) + num(2, 1) + num(3, 2)
    body = [
        para("ОБЩАЯ ЧАСТЬ", (1, 0)),
        para("Основные положения", (2, 0)),
        para("Законодательство о разрешениях", (3, 0)),
        para("Законодательство основывается на Конституции.", (3, 1)),
        para("Международные договоры имеют приоритет.", (3, 1)),
        para("Принципы деятельности", (3, 0)),
        para("Деятельность основывается на законности.", (3, 1)),
        para("Полномочия государственных органов", (2, 0)),
        para("Компетенция Правительства", (3, 0)),
        para("ОСОБЕННАЯ ЧАСТЬ", (1, 0)),
        para("Порядок выдачи разрешений", (2, 0)),
        para("Подача заявления", (3, 0)),
        para("Срок рассмотрения заявления", (3, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def style_inherited() -> bytes:
    """Numbers that come from styles through basedOn; numId 0 takes a style and a paragraph out of the list."""
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    second = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    none = '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    styles = _NORMAL + style("Point", numbered, based_on="Normal") + style("PointBold", based_on="Point")
    styles += style("Subpoint", second, based_on="Normal") + style("PointPlain", none, based_on="Point")
    body = [
        para("Лицензиат обязан соблюдать требования.", style="Point"),
        para("Требования устанавливаются уполномоченным органом:", style="PointBold"),
        para("к помещению;", style="Subpoint"),
        para("к оборудованию.", style="Subpoint"),
        para("Абзац без номера по стилю.", style="PointPlain"),
        para("Абзац без номера по прямому указанию.", (0, 0), style="Point"),
        para("Проверка проводится один раз в год.", style="Point"),
        para("Прямо названный второй уровень.", (1, 1), style="Point"),
        para("Проверка оформляется актом.", style="PointBold"),
    ]
    numbering = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)")) + num(1, 0)
    return docx("".join(body), numbering=numbering, styles=styles)


def format_none() -> bytes:
    """A level without figure: its words are printed, its count is kept."""
    levels = (lvl(0, "decimal", "%1."), lvl(1, "none", "Примечание."), lvl(2, "decimal", "%3)"))
    body = [
        para("Заявление подается через портал.", (1, 0)),
        para("Срок исчисляется со дня регистрации.", (1, 1)),
        para("при подаче в выходной день;", (1, 2)),
        para("при подаче в праздничный день.", (1, 2)),
        para("Заявление рассматривается в течение трех рабочих дней.", (1, 0)),
        para("Срок может быть продлен один раз.", (1, 1)),
        para("Результат направляется заявителю.", (1, 0)),
    ]
    return docx("".join(body), numbering=abstract(0, *levels) + num(1, 0), styles=_NORMAL)


def continued() -> bytes:
    """A list that goes on after paragraphs without numbers, after another list and in a second list of its kind."""
    numbering = abstract(0, *_POINTS) + abstract(1, lvl(0, "lowerLetter", "%1)"))
    numbering += num(1, 0) + num(2, 1) + num(3, 0)
    body = [
        para("Аукцион проводится в электронной форме.", (1, 0)),
        para("Объявление публикуется за десять рабочих дней.", (1, 0)),
        para("Абзац без номера между пунктами."),
        para("К участию допускаются:", (1, 0)),
        para("физические лица;", (2, 0)),
        para("юридические лица.", (2, 0)),
        para("Гарантийный взнос возвращается в течение трех рабочих дней.", (1, 0)),
        para("Победитель подписывает протокол.", (3, 0)),
        para("Протокол размещается на портале:", (3, 0)),
        para("в день подписания;", (3, 1)),
        para("на двух языках.", (1, 1)),
        para("Аукцион признается несостоявшимся при отсутствии заявок.", (1, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def in_tables() -> bytes:
    """Numbers in the first column of a table, with a merged row; the list of the text goes on after the table."""
    numbering = abstract(0, *_POINTS) + abstract(1, lvl(0, "decimal", "%1.")) + num(1, 0) + num(2, 1)
    wide = '<w:gridSpan w:val="3"/>'
    body = [
        para("Перечень разрешительных документов утверждается приказом.", (1, 0)),
        para("Сроки выдачи документов:", (1, 0)),
        table(
            row(cell(para("№")), cell(para("Документ")), cell(para("Срок"))),
            row(cell(para("", (2, 0))), cell(para("Лицензия")), cell(para("пятнадцать рабочих дней"))),
            row(cell(para("", (2, 0))), cell(para("Разрешение")), cell(para("пять рабочих дней"))),
            row(cell(para("Документы для иностранных лиц"), look=wide)),
            row(
                cell(para("", (2, 0))), cell(para("Аккредитация")), cell(para("Подается:"), para("заявление;", (1, 1)))
            ),
        ),
        para("Документ выдается в электронной форме.", (1, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def russian_letters() -> bytes:
    """Thirty subpoints in Russian letters (after «я» comes «аа»), then capital ones."""
    numbering = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "russianLower", "%2)"), lvl(2, "russianUpper", "%3."))
    body = [para("В паспорте объекта указываются:", (1, 0))]
    body += [para(f"показатель объекта под кодом {100 + index};", (1, 1)) for index in range(30)]
    body += [para("Сведения подтверждаются:", (1, 0))]
    body += [para(f"документом вида {index};", (1, 2)) for index in range(1, 12)]
    return docx("".join(body), numbering=numbering + num(1, 0), styles=_NORMAL)


def starts() -> bytes:
    """Lists with starts of their own: a second list from five, a level that is replaced, a third from ten."""
    replaced = lvl(0, "upperLetter", "%1.", start=3)
    numbering = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)"))
    numbering += num(1, 0) + num(2, 0, override(0, 5)) + num(4, 0, override(0, 10))
    numbering += abstract(1, lvl(0, "decimal", "%1.")) + num(3, 1, override(0, 3, replaced))
    body = [
        para("Орган ведет реестр выданных разрешений.", (1, 0)),
        para("Реестр является открытым.", (1, 0)),
        para("Из приложения 2:"),
        para("Заявитель уплачивает сбор.", (2, 0)),
        para("Сбор зачисляется в местный бюджет:", (2, 0)),
        para("по месту регистрации;", (2, 1)),
        para("по месту осуществления деятельности.", (2, 1)),
        para("Сведения о категориях:"),
        para("Объекты высокого риска.", (3, 0)),
        para("Объекты среднего риска.", (3, 0)),
        para("Из приложения 3:"),
        para("Проверка назначается приказом.", (4, 0)),
        para("в приказе указывается срок;", (4, 1)),
        para("в приказе указывается основание.", (4, 1)),
        para("Приказ вручается лицу.", (4, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def bullets() -> bytes:
    """Dashes and dots between numbered points; a paragraph that leaves the list."""
    numbering = abstract(0, lvl(0, "decimal", "%1)"), lvl(1, "bullet", "–"), lvl(2, "bullet", "•"))
    numbering += abstract(1, lvl(0, "bullet", "-")) + num(1, 0) + num(2, 1)
    body = [
        para("Субъект предпринимательства вправе:", (1, 0)),
        para("получать сведения о ходе проверки;", (1, 1)),
        para("присутствовать при проверке;", (1, 1)),
        para("лично;", (1, 2)),
        para("через представителя.", (1, 2)),
        para("Субъект предпринимательства обязан:", (1, 0)),
        para("обеспечить доступ;", (2, 0)),
        para("представить документы.", (2, 0)),
        para("Продолжение пункта без номера.", (0, 0)),
        para("Орган обязан соблюдать сроки.", (1, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def empty_paragraphs() -> bytes:
    """Empty paragraphs of a list are counted as well."""
    body = [
        para("Өтініш екі данада беріледі.", (1, 0)),
        para("", (1, 0)),
        para("Өтінішке мыналар қоса беріледі:", (1, 0)),
        para("жеке куәліктің көшірмесі;", (1, 1)),
        para("", (1, 1)),
        para("төлем туралы құжат.", (1, 1)),
        para(""),
        para("Өтініш тіркелген күні қаралады.", (1, 0)),
    ]
    return docx("".join(body), numbering=abstract(0, *_POINTS) + num(1, 0), styles=_NORMAL)


def numbering_style() -> bytes:
    """A definition that stands for a numbering style (numStyleLink, styleLink)."""
    linked = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = _NORMAL + style("Points", linked, kind="numbering")
    numbering = abstract(0, *_POINTS, more='<w:styleLink w:val="Points"/>')
    numbering += abstract(1, more='<w:numStyleLink w:val="Points"/>') + num(1, 0) + num(2, 1)
    body = [
        para("Конкурс объявляется приказом руководителя.", (2, 0)),
        para("В объявлении указываются:", (2, 0)),
        para("наименование должности;", (2, 1)),
        para("требования к кандидату:", (2, 1)),
        para("образование;", (2, 2)),
        para("стаж.", (2, 2)),
        para("Документы принимаются семь рабочих дней.", (2, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=styles)


def formats() -> bytes:
    """The formats of annexes and tables: Roman, Latin letters beyond z, figures with a zero."""
    kinds = (("upperRoman", "%1."), ("lowerRoman", "(%1)"), ("upperLetter", "%1."), ("decimalZero", "%1"))
    numbering = "".join(abstract(index, lvl(0, kind, text)) for index, (kind, text) in enumerate(kinds))
    numbering += "".join(num(index + 1, index) for index in range(len(kinds)))
    body = [para(f"Раздел отчета {index}", (1, 0)) for index in range(1, 15)]
    body += [para(f"показатель {index}", (2, 0)) for index in range(1, 10)]
    body += [para(f"Группа товаров {index}", (3, 0)) for index in range(1, 29)]
    body += [para(f"Строка {index}", (4, 0)) for index in range(1, 12)]
    return docx("".join(body), numbering=numbering, styles=_NORMAL)


def without_parents() -> bytes:
    """Second-level points before any first-level one."""
    body = [
        para("Вводный пункт второго уровня.", (1, 1)),
        para("Еще один вводный пункт.", (1, 1)),
        para("Общие положения", (1, 0)),
        para("Пункт после главы.", (1, 1)),
        para("Порядок выдачи", (1, 0)),
        para("Подпункт без пункта.", (1, 2)),
    ]
    return docx("".join(body), numbering=abstract(0, *_DECIMAL) + num(1, 0), styles=_NORMAL)


def tracked() -> bytes:
    """Deleted points are not counted, inserted ones are."""
    numbering = abstract(0, *_POINTS) + num(1, 0)
    body = [
        para("Заявление рассматривается в течение пяти рабочих дней.", (1, 0)),
        para("", (1, 0), look=DELETED_MARK, inner=deleted("Срок может продлеваться по усмотрению органа.")),
        para("В выдаче отказывается:", (1, 0)),
        para("при недостоверности сведений;", (1, 1)),
        para("", (1, 1), look=DELETED_MARK, inner=deleted("в иных случаях;")),
        para("", (1, 1), inner=inserted("по решению суда.")),
        para("Отказ обжалуется.", (1, 0)),
    ]
    return docx("".join(body), numbering=numbering, styles=_NORMAL, settings=_CHANGES_HIDDEN)


def _heading(level: int, num_id: int) -> str:
    inner = (
        f'<w:pPr><w:numPr><w:numId w:val="{num_id}"/></w:numPr>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr>'
    )
    return style(f"Heading{level}", inner, based_on="Normal", shown=f"heading {level}")


BUILDERS: tuple[Callable[[], bytes], ...] = (
    restarts,
    multilevel,
    articles_kk,
    articles_ru,
    style_inherited,
    format_none,
    continued,
    in_tables,
    russian_letters,
    starts,
    bullets,
    empty_paragraphs,
    numbering_style,
    formats,
    without_parents,
    tracked,
)


# Its export to text prints deleted text and one sign for all bullets; its pages show them as Word does.
_AS_PAGES = frozenset({"bullets", "tracked"})


def printed_by_libreoffice(files: list[Path], folder: Path) -> dict[str, list[str]]:
    """Lines that LibreOffice prints of each file, by the file's stem; runs of blanks are one, blank lines are left out.

    ``folder`` receives its profile and output. Raises ``subprocess.CalledProcessError`` when the conversion fails.
    """
    pages = [file for file in files if file.stem in _AS_PAGES]
    texts = [file for file in files if file.stem not in _AS_PAGES]
    _convert("pdf", pages, folder)
    _convert("txt:Text (encoded):UTF8", texts, folder)
    printed: dict[str, list[str]] = {}
    for file in texts:
        printed[file.stem] = _lines((folder / f"{file.stem}.txt").read_text(encoding="utf-8-sig"))
    for file in pages:
        command = ["pdftotext", "-layout", "-enc", "UTF-8", str(folder / f"{file.stem}.pdf"), "-"]
        printed[file.stem] = _lines(subprocess.run(command, check=True, capture_output=True).stdout.decode())
    return printed


def _convert(target: str, files: list[Path], folder: Path) -> None:
    if files:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=300
        )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.replace("\f", "\n").splitlines() if line.strip()]


def main() -> None:
    """Write the fixtures and what LibreOffice prints of them."""
    FIXTURES.mkdir(exist_ok=True)
    files = []
    for build in BUILDERS:
        file = FIXTURES / f"{build.__name__}.docx"
        file.write_bytes(build())
        files.append(file)
    if shutil.which("soffice") is None:
        raise SystemExit("LibreOffice (soffice) is needed to write what is expected")
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in printed_by_libreoffice(files, Path(folder)).items():
            (FIXTURES / f"{name}.expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
