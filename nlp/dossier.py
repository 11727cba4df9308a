"""``dossier_of``: files as they were sent → a ``Dossier``.

Reads: ``SourceText``s in any order. Writes: the dossier with each authentic text in its place – the language is decided
by the words, never by a name – files with both texts parted, comparative tables told from drafts, and notices where the
two texts do not look like one act (DESIGN 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from nlp.bilingual import halves
from nlp.errors import DossierError
from nlp.examination import Dossier
from nlp.language.detect import leaning
from nlp.reading.excerpt import excerpt
from nlp.reading.source import Block, BlockKind, Notice, SourceText
from nlp.structure import structure
from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.comparative import has_comparative_table, is_comparative_row
from nlp.structure.comparative_layout import recognise
from nlp.structure.comparative_words import table_words
from nlp.structure.formulas import LANGUAGES

_MOST_TEXTS = 2
_TITLE_WITHIN = 8  # paragraphs above a comparative table in which its title stands
_FEW_UNITS = 3  # two authentic texts may differ by so many units of a kind without a word
_MANY_TIMES = 1.2  # … or by this ratio, whichever is more
_MIXED = 0.2  # of the words that tell: more of the other language than names and quotations ever are
_COMPARED = {UnitKind.ARTICLE: "articles", UnitKind.POINT: "points", UnitKind.ANNEX: "annexes", UnitKind.ROW: "rows"}


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a file: a draft or a comparative table."""

    act: Act
    is_table: bool
    language: str

    @property
    def source(self) -> SourceText:
        return self.act.source


def dossier_of(
    sources: Sequence[SourceText],
    table: SourceText | None = None,
    base: Sequence[SourceText] = (),
    note: SourceText | None = None,
    previous: SourceText | None = None,
) -> Dossier:
    """The dossier of one draft. ``sources`` are its files in any order: Russian, Kazakh or both in one.

    A comparative table among them is the dossier's table when there is a draft, and the draft itself when there is
    none. Raises ``DossierError``: ``dossier.no_text``, ``dossier.same_language``, ``dossier.too_many``,
    ``dossier.not_a_table``.
    """
    if not sources:
        raise DossierError("dossier.no_text")
    if len(sources) > _MOST_TEXTS + 1:
        raise DossierError("dossier.too_many", files=_names(sources))
    notices: list[Notice] = []
    texts = [text for source in sources for text in _texts(source, notices)]
    drafts = [text for text in texts if not text.is_table]
    tables = [text for text in texts if text.is_table]
    if table is not None:
        tables = [*tables, *_given_table(table)]
    own = _by_language(drafts or tables)
    beside = _by_language(tables) if drafts else {}
    notices += _unlike(own)
    return Dossier(
        ru=own["ru"].source if "ru" in own else None,
        kk=own["kk"].source if "kk" in own else None,
        table=_together([text.source for text in beside.values()]),
        base=tuple(base),
        note=note,
        previous=previous,
        notices=tuple(dict.fromkeys(notices)),
        acts=tuple(text.act for text in own.values()),
    )


def _names(sources: Iterable[SourceText]) -> str:
    return ", ".join(dict.fromkeys(source.name or "?" for source in sources))


def _by_language(texts: Sequence[_Text]) -> dict[str, _Text]:
    found: dict[str, _Text] = {}
    if len(texts) > _MOST_TEXTS:
        raise DossierError("dossier.too_many", files=_names(text.source for text in texts))
    for text in texts:
        other = found.get(text.language)
        if other is not None:
            raise DossierError("dossier.same_language", first=other.source.name, second=text.source.name)
        found[text.language] = text
    return found


# --- texts of one file -----------------------------------------------------------------------------------------------


def _texts(source: SourceText, notices: list[Notice]) -> list[_Text]:
    parted = halves(source)
    if parted is not None:
        notices += parted.notices
        notices.append(Notice("dossier.both_texts", (("file", source.name),)))
        return [*_draft_and_table(parted.ru, "ru"), *_draft_and_table(parted.kk, "kk")]
    found = _draft_and_table(source)
    if any(text.act.language == "mixed" for text in found) or _is_mixed(source.text):
        notices.append(Notice("dossier.not_parted", (("file", source.name),)))
    return found


def _is_mixed(text: str) -> bool:
    """Whether words of both languages stand in the same paragraphs all over the text."""
    russian, kazakh = leaning(text)
    return min(russian, kazakh) > _MIXED * (russian + kazakh)


def _draft_and_table(source: SourceText, language: str = "") -> list[_Text]:
    """A comparative table behind the draft, in the same file, is a text of its own."""
    start = _table_start(source)
    if start:
        draft = structure(excerpt(source, source.blocks[:start]))
        table = structure(excerpt(source, source.blocks[start:]))
        if draft.is_act and has_comparative_table(table.root):
            return [_Text(act, act is table, language or _main(act)) for act in (draft, table)]
    act = structure(source)
    return [_Text(act, has_comparative_table(act.root), language or _main(act))]


def _main(act: Act) -> str:
    """The language of a text; of a mixed one that of most of its words."""
    if act.language in LANGUAGES:
        return act.language
    russian, kazakh = leaning(act.source.text)
    return "kk" if kazakh > russian else "ru"


def _table_start(source: SourceText) -> int:
    """Index of the block with which a comparative table (its title) begins; 0 when there is none behind a text."""
    at = 0
    for table, group in groupby(source.blocks, key=lambda b: b.place.table if b.kind is BlockKind.CELL else -1):
        blocks = list(group)
        if table >= 0 and recognise(_rows(source.text, blocks)) is not None:
            above = source.blocks[max(at - _TITLE_WITHIN, 0) : at]
            titles = [n for n, b in enumerate(above, at - len(above)) if table_words().is_title(_words(source, b))]
            return titles[0] if titles else at
        at += len(blocks)
    return 0


def _words(source: SourceText, block: Block) -> str:
    return source.text[block.start : block.end]


def _rows(text: str, blocks: Sequence[Block]) -> list[dict[int, str]]:
    rows = []
    for _, group in groupby(blocks, key=lambda block: block.place.row):
        cells: dict[int, str] = {}
        for block in group:
            column, words = block.place.column, text[block.start : block.end]
            cells[column] = f"{cells[column]} {words}" if column in cells else words
        rows.append(cells)
    return rows


def _given_table(source: SourceText) -> list[_Text]:
    parted = halves(source)
    found = [structure(half) for half in ((parted.ru, parted.kk) if parted else (source,))]
    if not all(has_comparative_table(act.root) for act in found):
        raise DossierError("dossier.not_a_table", file=source.name)
    return [_Text(act, True, _main(act)) for act in found]


def _together(tables: Sequence[SourceText]) -> SourceText | None:
    """One text of the tables of both languages: beside a draft they are read, never marked."""
    if len(tables) < _MOST_TEXTS:
        return tables[0] if tables else None
    first, second = tables
    shift = 1 + max((block.place.table for block in first.blocks), default=-1)
    text = f"{first.text}\n{second.text}"
    whole = replace(second, text=text, blocks=tuple(_shifted(b, len(first.text) + 1, shift) for b in second.blocks))
    return replace(first, text=text, blocks=(*first.blocks, *whole.blocks))


def _shifted(block: Block, by: int, tables: int) -> Block:
    table = block.place.table
    place = replace(block.place, table=table + tables if table >= 0 else table)
    segments = tuple(replace(segment, start=segment.start + by) for segment in block.segments)
    return replace(block, start=block.start + by, end=block.end + by, place=place, segments=segments)


# --- are they one act? ------------------------------------------------------------------------------------------------


def _unlike(texts: dict[str, _Text]) -> list[Notice]:
    """What the two authentic texts say differently of themselves, and units that only one of them has."""
    if len(texts) < _MOST_TEXTS:
        return []
    ru, kk = texts["ru"].act, texts["kk"].act
    found: list[Notice] = []
    for name in ("form", "approved_form", "date", "number"):
        one, other = getattr(ru.requisites, name), getattr(kk.requisites, name)
        if one and other and one != other:
            code = "dossier.forms_differ" if name.endswith("form") else f"dossier.{name}s_differ"
            found.append(Notice(code, () if name.endswith("form") else (("ru", one), ("kk", other))))
    counts = {code: _counts(text.act) for code, text in texts.items()}
    for name in _COMPARED.values():
        less, more = sorted(counts[code][name] for code in counts)
        if more - less > _FEW_UNITS and more > _MANY_TIMES * less:
            params = tuple((code, str(counts[code][name])) for code in ("ru", "kk"))
            found.append(Notice(f"dossier.{name}_differ", params))
    return found


def _counts(act: Act) -> Counter[str]:
    found = Counter[str]()
    queue: list[Unit] = [act.root]
    while queue:
        unit = queue.pop()
        if unit.role in (Role.QUOTED, Role.CURRENT):
            continue
        if unit.kind in _COMPARED and (unit.kind is not UnitKind.ROW or is_comparative_row(unit)):
            found[_COMPARED[unit.kind]] += 1
        queue.extend(unit.children)
    return found
