"""Everything that is wrong with corpora, not only the first thing: what ``saraptama corpus check`` tells.

Reads: corpora of one split and corpora that must share nothing with it. Writes: ``Problem``, in the order of files and
lines. A line that cannot be read tells every malformed field; when it can, all of its labels are judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from corpora.drafts import DRAFT, GOLD, is_draft, read_draft
from corpora.lines import Record, read_bytes, records, records_or_errors
from corpora.overlap import normalised, overlaps
from corpora.pairs import pair_of, wrong_pair
from corpora.provisions import check_new_id, checked_provision, wrong_provision
from corpora.quotes import find_quote
from corpora.reader import is_pair, is_provision
from corpora.records import AnnotatedProvision, NeutralNorm, Pair
from nlp.errors import CorpusError
from nlp.structure.act import Provision


@dataclass(frozen=True, slots=True)
class Problem:
    """A message code with its blanks. What is ``grave`` makes the corpus unfit; the rest is for a person to look at."""

    code: str
    params: Mapping[str, object]
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of a corpus with where it stands: ``role`` is the field of the line that holds it."""

    file: str
    line: int
    role: str
    language: str
    text: str


@dataclass
class Checked:
    """What one split holds, as far as it could be read."""

    texts: list[Placed] = field(default_factory=list)
    acts: dict[str, tuple[str, int]] = field(default_factory=dict)
    ids: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    provisions: int = 0
    pairs: int = 0
    neutrals: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """All problems, and how much was read of the first split and of the others."""

    problems: tuple[Problem, ...]
    splits: tuple[Checked, ...]

    @property
    def errors(self) -> int:
        """How many problems are grave."""
        return sum(problem.grave for problem in self.problems)


def check(
    paths: Sequence[Path], apart: Sequence[Sequence[Path]] = (), factors: Collection[str] | None = None
) -> Verdict:
    """Check corpora; ``paths`` are one split, each of ``apart`` another that may share neither acts nor texts with it.

    ``factors`` are the ids a label may have (None: any). Never raises for content: everything is a problem.
    """
    problems: list[Problem] = []
    splits = []
    for split in (paths, *apart):
        checked = Checked()
        for path in split:
            problems += _file(Path(path), checked, factors)
        problems += _repeated_texts(checked)
        splits.append(checked)
    for one, other in combinations(splits, 2):
        problems += _between(one, other)
    return Verdict(tuple(problems), tuple(splits))


def _file(path: Path, checked: Checked, factors: Collection[str] | None) -> list[Problem]:
    try:
        if path.is_dir():
            return _drafts(path, checked, factors)
        read_bytes(path)
    except CorpusError as error:
        return [_problem(error)]
    return _lines(path, checked, factors)


def _lines(path: Path, checked: Checked, factors: Collection[str] | None) -> list[Problem]:
    problems: list[Problem] = []
    kind, seen, pairs, ids = "", dict[str, AnnotatedProvision](), set[tuple[str, str]](), set[str]()
    for record in records_or_errors(path):
        if isinstance(record, CorpusError):
            problems.append(_problem(record))
            continue
        kind = kind or ("provision" if is_provision(record) else "pair" if is_pair(record) else "")
        if not kind:
            return [*problems, Problem("corpus_unknown_format", {"file": str(path), "line": record.line})]
        try:
            if kind == "provision":
                problems += _provision(record, checked_provision(record, seen, pairs), checked, factors)
            else:
                check_new_id(record, record.filled_text("id"), ids)
                problems += _pair(record, pair_of(record), checked, factors)
        except CorpusError as error:
            wrong = wrong_provision(record) if kind == "provision" else wrong_pair(record)
            problems += [_problem(each) for each in wrong or [error]]
    return problems


def _provision(
    record: Record, read: AnnotatedProvision, checked: Checked, factors: Collection[str] | None
) -> list[Problem]:
    if read.id not in checked.known:  # one text, however many annotators
        checked.known.add(read.id)
        checked.provisions += 1
        checked.texts.append(Placed(record.file, record.line, "text", read.language, read.text))
    checked.acts.setdefault(read.base_act, (record.file, record.line))
    problems = _known(record, {f"labels[{at}][0]": label.factor for at, label in enumerate(read.labels)}, factors)
    quotes = {f"labels[{at}][2]": label.quote for at, label in enumerate(read.labels)}
    whole = Provision(read.id, read.language, read.text, read.lead, read.heading)
    return [*problems, *_quoted(record, quotes, whole), *_new_id(record, (read.id, read.annotator), checked)]


def _pair(record: Record, read: Pair | NeutralNorm, checked: Checked, factors: Collection[str] | None) -> list[Problem]:
    problems = _new_id(record, (read.id, ""), checked)
    if isinstance(read, NeutralNorm):
        checked.neutrals += 1
        checked.texts.append(Placed(record.file, record.line, "neutral", read.language, read.text))
        return problems
    checked.pairs += 1
    for role, text in (("flawed", read.flawed), ("sound", read.sound)):
        checked.texts.append(Placed(record.file, record.line, role, read.language, text))
    problems += _known(record, {f"labels[{at}]": factor for at, factor in enumerate(read.labels)}, factors)
    whole = Provision(read.id, read.language, read.flawed, read.lead, read.heading)
    problems += _quoted(record, {f"spans[{at}]": quote for at, quote in enumerate(read.spans)}, whole)
    if normalised(read.flawed) == normalised(read.sound):
        problems.append(_problem(record.wrong("corpus_pair_equal", "sound")))
    return problems


def _drafts(folder: Path, checked: Checked, factors: Collection[str] | None) -> list[Problem]:
    folders = [folder] if is_draft(folder) else sorted(child for child in folder.iterdir() if is_draft(child))
    if not folders:
        return [Problem("corpus_no_draft", {"file": str(folder)})]
    problems: list[Problem] = []
    for each in folders:
        try:
            case = read_draft(each)
            text = (each / DRAFT).read_text(encoding="utf-8")
        except CorpusError as error:
            problems.append(_problem(error))
            continue
        except (OSError, UnicodeDecodeError) as error:
            shown = {"file": str(each / DRAFT), "reason": type(error).__name__}
            problems.append(Problem("corpus_file_unreadable", shown))
            continue
        checked.drafts += 1
        whole = Provision(case.id, case.language, text)
        for record, gold in zip(records(each / GOLD), case.gold, strict=True):
            problems += _known(record, {"factor": gold.factor}, factors)
            problems += _quoted(record, {"quote": gold.quote}, whole)
    return problems


def _known(record: Record, said: Mapping[str, str], factors: Collection[str] | None) -> list[Problem]:
    return [
        _problem(record.wrong("corpus_factor_unknown", place, value=factor))
        for place, factor in said.items()
        if factors is not None and factor not in factors
    ]


def _quoted(record: Record, quotes: Mapping[str, str], whole: Provision) -> list[Problem]:
    problems = []
    for place, quote in quotes.items():
        spans = find_quote(quote, whole)
        if not spans:
            problems.append(_problem(record.wrong("corpus_quote_absent", place, value=_shown(quote))))
            continue
        words = {"text": whole.text, "lead": whole.lead, "heading": whole.heading}[spans[0].field.value]
        if words[spans[0].start : spans[0].end] != quote:
            loose = record.wrong("corpus_quote_loose", place, value=_shown(quote))
            problems.append(Problem(loose.code, loose.params, grave=False))
    return problems


def _new_id(record: Record, name: tuple[str, str], checked: Checked) -> list[Problem]:
    file, line = checked.ids.setdefault(name, (record.file, record.line))
    if file == record.file:
        return []
    return [_problem(record.wrong("corpus_id_elsewhere", "id", value=name[0], other=file, other_line=line))]


def _repeated_texts(checked: Checked) -> list[Problem]:
    """Texts that stand more than once in one split: told for each file once, since formulas do that."""
    seen: dict[tuple[str, str, tuple[str, ...]], Placed] = {}
    repeated: dict[str, list[int]] = {}
    for placed in checked.texts:
        first = seen.setdefault((placed.role, placed.language, normalised(placed.text)), placed)
        if (first.file, first.line) != (placed.file, placed.line):
            repeated.setdefault(placed.file, []).append(placed.line)
    return [
        Problem(
            "corpus_texts_repeated",
            {"file": file, "count": len(lines), "lines": ", ".join(map(str, lines[:5])) + (" …" if lines[5:] else "")},
            grave=False,
        )
        for file, lines in repeated.items()
    ]


def _between(one: Checked, other: Checked) -> list[Problem]:
    problems = [
        Problem(
            "corpus_act_in_splits",
            {"act": act, "file": other.acts[act][0], "line": other.acts[act][1], "other": place[0],
             "other_line": place[1]},
        )
        for act, place in one.acts.items()
        if act in other.acts
    ]  # fmt: skip
    problems += [
        Problem(
            "corpus_id_in_splits",
            {"value": name[0], "file": other.ids[name][0], "line": other.ids[name][1], "other": place[0],
             "other_line": place[1]},
        )
        for name, place in one.ids.items()
        if name in other.ids
    ]  # fmt: skip
    found = overlaps(_keyed(one.texts), _keyed(other.texts))
    return problems + [
        Problem(
            "corpus_texts_overlap",
            {"file": each.second.file, "line": each.second.line, "field": each.second.role, "other": each.first.file,
             "other_line": each.first.line, "percent": int(100 * each.likeness)},
        )
        for each in found
    ]  # fmt: skip


def _keyed(texts: Iterable[Placed]) -> list[tuple[Placed, str]]:
    return [(placed, placed.text) for placed in texts]


def _problem(error: CorpusError) -> Problem:
    return Problem(error.code, error.params)


def _shown(quote: str) -> str:
    """A quote on one line, not too long for a message."""
    words = " ".join(quote.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
