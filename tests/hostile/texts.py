"""Text files: encodings, invisible signs, food for careless expressions, masses of marks and labels."""

# ruff: noqa: E501 - a table: one file a line

from __future__ import annotations

from random import Random

from tests.hostile.case import READ, Case, case
from tests.hostile.zips import NORM

_KK = "Уәкілетті орган өтінішті бес жұмыс күні ішінде қарайды."
DRAFT = (
    "ПРИКАЗ\nОб утверждении Правил учёта заявлений\n\nВ соответствии со статьёй 7 Закона ПРИКАЗЫВАЮ:\n"
    "1. Утвердить прилагаемые Правила.\n2. Приказ вводится в действие со дня опубликования.\nМинистр А. Боев\n\n"
    "Утверждены приказом Министра от 1 марта 2026 года № 5\nПравила учёта заявлений\n"
)


def _encoded(text: str, encoding: str) -> bytes:
    return (text * 3).encode(encoding)


def _broken(random: Random) -> bytes:
    """Every fortieth byte of a UTF-8 text is another."""
    data = bytearray((NORM + "\n").encode() * 50)
    for at in range(0, len(data), 40):
        data[at] = random.randrange(128, 256)
    return bytes(data)


def repeated(piece: str, size: int, before: str = DRAFT) -> bytes:
    """A draft whose body is ``piece`` again and again, about ``size`` characters."""
    return (before + piece * (size // len(piece))).encode()


# Food for expressions that go back: names of pieces and the pieces, repeated without end on one line or on many.
FOOD: dict[str, str] = {
    "figures": "1",
    "figures-end": "1" * 999 + "х",
    "dots": ".",
    "dotted": ". ",
    "dots-letter": "." * 999 + "а",
    "blanks": " " * 999 + "а",
    "tabs": "\t",
    "brackets": "(",
    "brackets-closed": ")",
    "numbered-brackets": "1)",
    "dashes": "1-",
    "labels": "1-1-1-1-1-1-1-1-1-1. ",
    "dotted-labels": "1.1.1.1.1.1.1.1.1.1.",
    "raised": "1¹",
    "quotes": "«",
    "quotes-closed": "»",
    "quotes-straight": '"',
    "quotes-pairs": "«а» ",
    "bars": " | ",
    "stars": "*",
    "hashes": "# ",
    "underlines": "_",
    "commas": ",",
    "colons": ": ",
    "semicolons": "; ",
    "letters": "а",
    "letters-dash": "а-",
    "capitals": "А",
    "spaced": "а б в г д ",
    "mixed": "аa",
    "hyphens": "-\n",
    "articles": "статьи 7 ",
    "articles-list": "статей 1, ",
    "points": "подпункта 1) пункта 2 статьи 3 ",
    "points-kk": "3-бабының 2-тармағының 1) тармақшасы ",
    "numbers-sign": "№ ",
    "dates": "1 марта 2026 года ",
    "initials": "А. ",
    "opens": "изложить в следующей редакции: «",
    "opens-kk": "мынадай редакцияда жазылсын: «",
    "words-replaced": "слова «а» заменить словами «б», ",
    "and": "и ",
    "or-other": "или иной ",
    "may": "вправе ",
    "may-kk": "құқылы ",
    "needed": "при необходимости ",
    "etc": "и т.д. ",
    "zero": "\u200b",
    "joiners": "а\u0301",
    "entities": "&amp;",
    "tags": "<p>",
    "urls": "http://a.b/",
    "roman": "IVX",
    "article-head": "Статья 1. ",
    "article-head-kk": "1-бап. ",
    "annex": "Приложение 1 к ",
    "approved": "Утверждены приказом ",
}
LINES: dict[str, str] = {
    "number": "1\n",
    "point": "1. Норма.\n",
    "subpoint": "1) норма;\n",
    "letter": "а) норма;\n",
    "list": "1) список:\n",
    "colon": "список:\n",
    "quote": "«Плата\n",
    "quote-straight": '"Плата\n',
    "new-wording": "изложить в следующей редакции:\n«Плата\n",
    "quoted-point": "«1. Плата\n",
    "article": "Статья 1. Плата\n",
    "article-kk": "1-бап. Төлем\n",
    "chapter": "Глава 1. Плата\n",
    "section": "Раздел 1\n",
    "annex": "Приложение 1\n",
    "annex-to": "Приложение 1 к Правилам\n",
    "approved": "Утверждены приказом Министра от 1 марта 2026 года № 5\n",
    "form": "Форма\n",
    "signature": "Министр А. Боев\n",
    "agreed": "СОГЛАСОВАНО\n",
    "title": "Правила сбора\n",
    "contents": "СОДЕРЖАНИЕ\n",
    "contents-lines": "СОДЕРЖАНИЕ\nГлава 1 ...... 5\n",
    "row": "а | б | в\n",
    "tabbed": "а\tб\tв\n",
    "note": "Примечание ИЗПИ. А\n",
    "footnote": "Сноска. А\n",
    "heading": "ОБЩИЕ ПОЛОЖЕНИЯ\n",
    "definition": "сбор – плата;\n",
    "dash": "- слово:\n",
    "deep-number": "1.1.1.1.1.1 А\n",
    "word": "а\n",
    "amendment": "1) в статье 7 слова «а» заменить словами «б»;\n",
    "amendment-kk": "1) 7-бапта «а» деген сөз «б» деген сөзбен ауыстырылсын;\n",
    "increasing": "",
    "kk-list": "1) өтінішті қабылдайды;\n",
    "kk-closing": "1) өтінішті қабылдауға тиіс\n",
}


def _one_line(name: str, size: int) -> bytes:
    return repeated(FOOD[name], size, DRAFT + "1. Орган ")


def _food(name: str) -> Case:
    return case(
        f"text-food-{name}.txt",
        f"{FOOD[name][:12]!r} 100,000 letters long",
        lambda _: _one_line(name, 100_000),
        READ,
        "not_text",
    )


def _lines(name: str) -> Case:
    return case(
        f"text-lines-{name}.txt",
        f"{LINES[name][:20]!r} again and again",
        lambda _: repeated(lines_piece(name), 60_000),
        READ,
    )


def lines_piece(name: str) -> str:
    """The piece that is repeated; for ``increasing`` a run of numbered points."""
    return LINES[name] or "".join(f"{n}. Норма.\n" for n in range(1, 300))


CASES: list[Case] = [
    case("text-empty.txt", "no bytes", b"", "empty"),
    case("text-blank.txt", "blanks and line ends", b" \r\n\t\x0c" * 1000, "empty"),
    case("text-byte.txt", "one byte", b"a", READ),
    case("text-byte-ff.txt", "one byte that is no text", b"\xff", "not_text", "empty"),
    case("text-nul.txt", "NULs", bytes(5000), "empty", "not_text"),
    case("text-mark-only.txt", "a byte order mark and nothing else", b"\xef\xbb\xbf", "empty", READ, "not_text"),
    case("text-utf16.txt", "UTF-16 without a mark", lambda _: _encoded(NORM + "\n", "utf-16-le"), READ, holds=NORM),
    case("text-utf16-big.txt", "UTF-16, the other order", lambda _: _encoded(_KK + "\n", "utf-16-be"), READ, holds=_KK),
    case("text-utf16-odd.txt", "UTF-16 cut inside a letter", lambda _: ("\ufeff" + NORM).encode("utf-16-le")[:-1], READ, "not_text"),
    case("text-utf16-half.txt", "halves of letters in UTF-16", lambda _: b"\xff\xfe" + b"\x00\xd8" * 500, READ, "not_text"),
    case("text-utf32.txt", "UTF-32", lambda _: _encoded(NORM, "utf-32"), READ, "not_text"),
    case("text-windows.txt", "Windows-1251", lambda _: _encoded(NORM + "\n", "cp1251"), READ, holds=NORM),
    case("text-kazakh-windows.txt", "the Kazakh variant of Windows-1251", lambda _: _encoded(_KK + "\n", "kz1048"), READ, holds=_KK),
    case("text-koi.txt", "KOI8-R", lambda _: _encoded(NORM + "\n", "koi8-r"), READ, holds=NORM),
    case("text-dos.txt", "the encoding of DOS", lambda _: _encoded(NORM + "\n", "cp866"), READ, holds=NORM),
    case("text-broken.txt", "UTF-8 with spoiled bytes", _broken, READ, "not_text"),
    case("text-noise.txt", "noise", lambda random: random.randbytes(50_000), "not_text"),
    case("text-controls.txt", "every control character between the letters", lambda _: "".join(chr(c) + "аб" for c in (*range(1, 32), *range(127, 160))).encode(), READ, "not_text"),
    case("text-invisible.txt", "zero-width signs between all letters", lambda _: ("\u200b\u2060\u00ad".join(NORM) + "\n").encode(), READ, holds=NORM),
    case("text-turned.txt", "right-to-left marks between all letters", lambda _: ("\u202e\u202c\u2066\u200f".join(NORM) + "\n").encode(), READ, holds=NORM),
    case("text-marks.txt", "100,000 accents on one letter", lambda _: ("а" + "\u0301" * 100_000).encode(), READ),
    case("text-private.txt", "letters outside all planes", lambda _: "".join(map(chr, range(0xE000, 0xE800))).encode() + "".join(map(chr, range(0x1F000, 0x1F800))).encode(), READ),
    case("text-line-ends.txt", "all line ends there are", lambda _: "\n".join([NORM]).encode() + "\r\u2028\u2029\x85\x0b\x0c\n\r".encode() * 2000, READ, holds=NORM),
    *(_food(name) for name in FOOD),
    *(_lines(name) for name in LINES),
    # heavy ones
    case("text-one-line.txt", "a line of 19 MB", lambda _: (NORM + " ").encode() * (19 * 10**6 // 108), READ, slow=True),
    case("text-too-long.txt", "21 million letters", lambda _: ("а" * 100 + "\n").encode() * 210_000, "too_long", slow=True),
    case("text-only-numbers.txt", "a million lines of numbers", lambda _: b"".join(b"%d\n" % n for n in range(10**6)), READ, "timeout", "too_many_blocks", slow=True),
    case("text-million-quotes.txt", "a million quotation marks", lambda _: _one_line("quotes", 10**6), READ, slow=True),
    case("text-million-lines.txt", "a million opened quotations", lambda _: repeated("«а\n", 3 * 10**6), READ, "timeout", "too_many_blocks", slow=True),
    case("text-million-brackets.txt", "a million brackets", lambda _: _one_line("brackets", 10**6), READ, slow=True),
    case("text-million-figures.txt", "a million figures", lambda _: _one_line("figures", 10**6), READ, slow=True),
    case("text-million-dots.txt", "a million dots", lambda _: _one_line("dots-letter", 10**6), READ, slow=True),
    case("text-million-blanks.txt", "a million blanks in a line", lambda _: ("а" + " " * 10**6 + "б").encode(), READ, slow=True),
]  # fmt: skip
