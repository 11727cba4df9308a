"""Cleaning of one line: what converters and typists leave in a text is mended, and every character keeps its origin.

Reads: one original line (a line of a text file, the accepted text of a Word paragraph). Writes: ``CleanLine``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nlp.reading.data import load
from nlp.reading.lookalikes import ADDRESS, CAPITALS, CYRILLIC, FOREIGN_CYRILLIC, GREEK, SMALL, mend_lookalikes
from nlp.reading.source import Segment
from nlp.reading.spaced import spaced_words
from nlp.reading.tape import Edit, Tape


@dataclass(frozen=True, slots=True)
class CleanLine:
    """``text`` is the clean line; ``segments`` map it piecewise to the original line.

    In a segment clean and original characters stand one to one. A letter replaced by its look-alike or a no-break
    blank replaced by a plain one keeps its position, so it is inside a segment although the character differs.
    """

    text: str
    segments: tuple[Segment, ...]


BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
_INVISIBLE += "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
_BULLETS = {"\uf0b7": "•", "\uf0a7": "•", "\uf02d": "–", "\uf0d8": "•"}
# A dash is read as the hyphen or the dash of acts: «7‑бап», «органа −».
_HYPHENS, _DASHES = "\u2010\u2011\u2043\ufe63\uff0d", "\u2012\u2015\u2212\ufe58"
_PLAIN = str.maketrans(_BULLETS | dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_DASHES, "–"))

# One character class decides for almost every line that there is nothing to do.
_RARE_CHARACTERS = "\u0301\u0306\u0308\u2160-\u217f\ue000-\uf8ff\ufb00-\ufb06"
_MISTYPING = r"[^\W\d_][,;][^\W\d_]|[^\W\d_][.:][^\W_]|\d\)[^\W\d_]|^\d+ \)|[ОOЗ]\d|\d[ОO]|\d [⁰¹²³⁴-⁹]"
_SUSPICIOUS = re.compile(
    rf"[A-Za-zËëƏəƟɵ\[<&*\\_`~>{BLANKS}{_INVISIBLE}{_HYPHENS}{_DASHES}{GREEK}{FOREIGN_CYRILLIC}{_RARE_CHARACTERS}]"
    rf"|^ |  | $|{_MISTYPING}"
)
_RARE = re.compile(f"[{_RARE_CHARACTERS}]")
_MISTYPED = re.compile(_MISTYPING)
_SPACED_HINT = re.compile(r" [^\W\d_] [^\W\d_](?!\w)")
_BLANK = re.compile(f"[{BLANKS}]")
_BLANK_RUN = re.compile("^ +| {2,}| +$")
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
# Letters written as a letter and its mark, stressed vowels, ligatures, Roman figures of one character.
_COMPOSED = re.compile("[иИеЕ][\u0306\u0308]|[аеёиоуыэюяАЕЁИОУЫЭЮЯ]\u0301|[\u2160-\u217f\ufb00-\ufb06]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MISSING_BLANK = re.compile(
    rf"(?<=[{CYRILLIC}]{{2}})[,;](?=[{CYRILLIC}]{{2}})"  # «срока,если»
    rf"|(?<=[{SMALL}]{{3}})[.](?=[{CAPITALS}][{SMALL}]{{2}})"  # «жизни.Тайна»
    rf"|(?<=[{SMALL}]{{4}})[.](?=[{SMALL}]{{4}})"  # «бекітілсін.өзгерістер»: a word that a hyperlink displaced
    rf"|(?<=[{SMALL}]{{4}}):(?=[{CYRILLIC}]{{4}}|\d+-[{SMALL}]{{3}})"
    rf"|(?:(?<=^\d)|(?<=^\d\d)|(?<=^\d\d\d))\)(?=[{CYRILLIC}]{{2}})"  # «2)военных»
    r"|(?<=\d)\)(?=(?:под)?пункт|тарма[қғ])"  # «3)тармақшасын»
)
_GAP = re.compile(
    r"(?<=^\d) (?=\))|(?<=^\d\d) (?=\))|(?<=^\d\d\d) (?=\))"  # «1 ) акимат»
    r"|(?<=\d) +(?=[⁰¹²³⁴-⁹]+(?![⁰¹²³⁴-⁹]*\d))"  # «статья 37 ¹»
)
_LETTER_FOR_FIGURE = re.compile(
    r"(?<![^\W_])З(?=\d{1,3} (?:рабоч|календ|дн|ле|мес|час|мин|тыс|проц|күн|жұм|ай|жыл|сағ|мың|пай))"
    r"|(?<=\d)З(?=\d)|(?<=\d)[ОO](?=[\dОO])|(?<=\d[ОO])[ОO](?![^\W_])"
)
_MARKUP_HINT = re.compile(r"[\[<&*\\_`~>]")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|td|th|h[1-6])>", re.IGNORECASE)
# Marks of Markdown around words: «*курсив*», «_курсив_», «`код`», «~~зачёркнуто~~», «[слова][ссылка]».
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\1(?![\w*])"
    r"|(?<![\w])(_{1,2})(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s_])\3(?![\w])"
    r"|(?<!`)(`{1,2})(?=[^`])([^`\n]{1,400}?)\5(?!`)|(~~)(?=\S)([^~\n]{1,400}?)(?<=\S)~~"
    r"|(\[)([^\[\]\n]{1,400})\]\[[^\W\d][\w-]{0,40}\]"
)
_LINK = re.compile(r"\[([^\[\]\n]{0,1000})\]\([^()\s]{0,500}\)")
_SUPERSCRIPT = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_SUPERSCRIPT_FIGURES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z][A-Za-z0-9]{1,9});")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|>~-])")


def clean_line(text: str) -> CleanLine:
    """Clean one line; exact, total, and idempotent on its own output for ordinary text.

    Mended: Latin look-alikes in Cyrillic words, letter-spaced words, invisible characters, exotic and repeated blanks,
    decomposed ``й``/``ё``, stresses, ligatures, rests of markup (bookmarks, links, bold marks, tags, entities), blanks
    missing after a comma or a label, letters in place of figures («2О26»). Quotes stay as they are; of dashes rare
    ones become usual ones. Line ends and tabs inside ``text`` become blanks.
    """
    if not _SUSPICIOUS.search(text) and not _SPACED_HINT.search(text):
        return CleanLine(text, (Segment(0, len(text), 0),) if text else ())
    tape = Tape(text)
    if _MARKUP_HINT.search(text):
        _remove_markup(tape)
    _plain_blanks(tape)
    _apply(tape, [(m.start(), m.end(), "") for m in _DROPPED.finditer(tape.text)])
    if _RARE.search(tape.text):
        _apply(tape, [(m.start(), m.end(), _composed(m.group())) for m in _COMPOSED.finditer(tape.text)])
        _apply(tape, [_private(m) for m in _PRIVATE.finditer(tape.text)])
    if _SPACED_HINT.search(tape.text):
        _apply(tape, spaced_words(tape.text))
    _apply(tape, [_one_blank(m) for m in _BLANK_RUN.finditer(tape.text)])
    if _MISTYPED.search(tape.text):
        _apply(tape, [(m.start(), m.end(), "") for m in _GAP.finditer(tape.text)])
        tape.overwrite(_LETTER_FOR_FIGURE.sub(_figure, tape.text))
        _apply(tape, [(m.end(), m.end(), " ") for m in _missing_blanks(tape.text)])
    tape.overwrite(mend_lookalikes(tape.text))
    return CleanLine(tape.text, tape.segments())


def _apply(tape: Tape, edits: list[Edit]) -> None:
    if edits:
        tape.apply(edits)


def _plain_blanks(tape: Tape) -> None:
    tape.overwrite(_BLANK.sub(" ", tape.text).translate(_PLAIN))


def _one_blank(match: re.Match[str]) -> Edit:
    """A run inside the line keeps its first blank; runs at the ends go."""
    at_end = match.start() == 0 or match.end() == len(match.string)
    return (match.start() if at_end else match.start() + 1, match.end(), "")


def _composed(piece: str) -> str:
    """«и» and its mark → «й»; a stress goes; a ligature or a Roman figure of one character → its letters."""
    if piece[-1] == "\u0301":
        return piece[0]
    return unicodedata.normalize("NFKC", piece)


def _private(match: re.Match[str]) -> Edit:
    """A character that only its font explains: at the head of a line it is a bullet, elsewhere nothing is known."""
    head = match.start() == 0 and match.string[1:2] == " "
    return (match.start(), match.end(), "•" if head else "")


def _figure(match: re.Match[str]) -> str:
    return "3" if match.group() == "З" else "0"


def _missing_blanks(text: str) -> list[re.Match[str]]:
    found = list(_MISSING_BLANK.finditer(text))
    if not found:
        return []
    addresses = [address.span() for address in ADDRESS.finditer(text)]
    return [m for m in found if not any(start <= m.start() < end for start, end in addresses)]


def _remove_markup(tape: Tape) -> None:
    _apply(
        tape,
        [(m.start(), m.end(), m.group(1).translate(_SUPERSCRIPT_FIGURES)) for m in _SUPERSCRIPT.finditer(tape.text)],
    )
    _apply(tape, [(m.start(), m.end(), " ") for m in _BREAK.finditer(tape.text)])
    _apply(tape, _without_marks(tape.text))
    _apply(tape, [(m.start(), m.end(), "") for m in _markup().finditer(tape.text)])
    edits: list[Edit] = []
    for match in _LINK.finditer(tape.text):
        edits.append((match.start(), match.start(1), ""))
        edits.append((match.end(1), match.end(), ""))
    _apply(tape, edits)
    _apply(tape, [(m.start(), m.end(), "") for m in _ESCAPE.finditer(tape.text)])
    _apply(tape, [(m.start(), m.end(), html.unescape(m.group())) for m in _ENTITY.finditer(tape.text)])


def _without_marks(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for match in _EMPHASIS.finditer(text):
        group = next(number for number in range(2, 11, 2) if match.group(number) is not None)
        edits.append((match.start(), match.start(group), ""))
        edits.append((match.end(group), match.end(), ""))
    return edits


@lru_cache(maxsize=1)
def _markup() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("markup.yaml")["remove"]), re.IGNORECASE)
