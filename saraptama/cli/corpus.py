"""What the commands of ``saraptama corpus`` do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from corpora.agreement import corpus_agreement
from corpora.annotators import by_annotator
from corpora.check import check
from corpora.docbin import docbin, read_docbin
from corpora.drafts import is_draft
from corpora.reader import read_corpus
from corpora.records import AnnotatedProvision
from corpora.splitting import Part, equal_shares, split
from corpora.statistics import statistics
from corpora.webanno import documents
from corpora.webanno_reader import read_webanno
from corpora.writing import provision_lines
from nlp.errors import CorpusError
from saraptama.cli.codes import Exit
from saraptama.cli.corpus_files import named_parts, part_files, put, put_all, take_out_earlier
from saraptama.cli.corpus_tables import lines_of
from saraptama.cli.words import Words
from saraptama.packs import find_pack

_COUNTED = ("provisions", "pairs", "neutrals", "drafts")


def check_corpora(words: Words, paths: Sequence[Path], apart: Sequence[Path], pack: str) -> int:
    """Tell every problem, one a line; what is grave makes the exit code that of a malformed input."""
    found = find_pack(pack)
    verdict = check(corpus_files(paths), [corpus_files([each]) for each in apart], {*found.factors, *found.act_factors})
    for problem in verdict.problems:
        text = words(problem.code, **problem.params)
        click.echo(text if problem.grave else words("corpus.look", text=text), err=problem.grave)
    counts = {name: sum(getattr(each, name) for each in verdict.splits) for name in _COUNTED}
    click.echo(words("corpus.checked", errors=verdict.errors, notes=len(verdict.problems) - verdict.errors, **counts))
    return Exit.INPUT if verdict.errors else Exit.OK


def show_statistics(words: Words, paths: Sequence[Path], as_json: bool) -> int:
    """Tables, or one JSON object with the same rows."""
    found = statistics([read_corpus(path) for path in corpus_files(paths)])
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return Exit.OK
    for title, rows in asdict(found).items():
        if rows and (title != "annotators" or any(row["annotator"] for row in rows)):
            _table(words, title, rows)
    return Exit.OK


def split_corpora(
    words: Words, paths: Sequence[Path], out: Path, folds: int | None, parts: Sequence[str], seed: int
) -> int:
    """Write a folder a part, in it the lines of every file as they stand, and ``split.json`` beside them."""
    if (folds is None) == (not parts):
        raise click.UsageError(words("corpus.folds_or_parts"))
    files = corpus_files(paths)
    shares = named_parts(parts) if folds is None else equal_shares(folds)
    found = split(files, shares, seed)
    made = part_files(files, found, seed)
    take_out_earlier(out, made, files)
    put_all(out, made)
    _table(words, "parts", [_part_row(part) for part in found])
    click.echo(f"→ {out}")
    verdict = check([*_written(out, files, found[0])], [_written(out, files, part) for part in found[1:]])
    like = sum(problem.code == "corpus_texts_overlap" for problem in verdict.problems)
    if like:
        click.echo(words("corpus.split_overlap", count=like), err=True)
    return Exit.OK


def convert_corpora(words: Words, paths: Sequence[Path], to: str, out: Path, annotator: str) -> int:
    """From JSON Lines, WebAnno TSV or DocBin (by the ending of the name) to one of them."""
    files = corpus_files(paths)
    provisions = [each for path in files for each in _read(path, annotator or _annotator(path, len(files)))]
    if to == "webanno":
        stem = files[0].stem
        named = {f"{stem}.{name}.tsv" if name else f"{stem}.tsv": text for name, text in documents(provisions)}
        written = put_all(out, {_safe(name): text.encode("utf-8") for name, text in named.items()})
    else:
        content = docbin(provisions) if to == "docbin" else provision_lines(provisions).encode("utf-8")
        written = [put(out, content)]
    for path in written:
        click.echo(f"→ {path}")
    click.echo(words("corpus.converted", provisions=len(provisions)))
    return Exit.OK


def show_agreement(words: Words, paths: Sequence[Path], as_json: bool) -> int:
    """Coefficients of all annotators by factor, then of every two."""
    found = corpus_agreement(by_annotator({path: _read(path, "") for path in corpus_files(paths)}))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return Exit.OK
    click.echo(
        words("corpus.agreement", names=", ".join(found.annotators), shared=found.shared, common=found.common,
              unlocated=found.unlocated, strength=_shown(found.strength_alpha))
    )  # fmt: skip
    whole = words("corpus.any")
    _table(words, "agreement_all", [{**asdict(row), "factor": row.factor or whole} for row in found.factors])
    rows = [{**asdict(row), "factor": row.factor or whole} for row in found.pairs]
    _table(words, "agreement_pairs", rows)
    return Exit.OK


def corpus_files(paths: Iterable[Path]) -> list[Path]:
    """The corpora named; a folder that holds no draft but JSON Lines files stands for these."""
    found: list[Path] = []
    for path in paths:
        drafts = path.is_dir() and (is_draft(path) or any(is_draft(each) for each in path.iterdir() if each.is_dir()))
        inside = sorted(path.glob("*.jsonl")) if path.is_dir() and not drafts else []
        found += inside or [path]
    return found


def _read(path: Path, annotator: str) -> Sequence[AnnotatedProvision]:
    if path.suffix == ".tsv":
        return read_webanno(path, annotator)
    if path.suffix == ".spacy":
        return read_docbin(path)
    corpus = read_corpus(path)
    if corpus.pairs or corpus.neutrals or corpus.drafts:
        raise CorpusError("corpus_only_provisions", file=str(path))
    return corpus.provisions


def _annotator(path: Path, files: int) -> str:
    """Of several TSV files each is one annotator's, named as ``document.name.tsv`` or ``name.tsv``."""
    return path.stem.rpartition(".")[2] if files > 1 else ""


def _safe(name: str) -> str:
    return name.replace("/", "_").replace("\\", "_")


def _written(out: Path, files: Sequence[Path], part: Part) -> list[Path]:
    return [out / part.name / files[at].name for at in part.lines]


def _part_row(part: Part) -> dict[str, object]:
    languages = {name: int(part.counts.get(name, 0)) for name in ("ru", "kk")}
    labelled = {f"{name}_labelled": int(part.counts.get(f"{name} labelled", 0)) for name in languages}
    return {"part": part.name, "share": round(part.share, 4), "groups": len(part.groups),
            "texts": int(part.counts.get("texts", 0)), **languages, **labelled}  # fmt: skip


def _table(words: Words, title: str, rows: Sequence[Mapping[str, object]]) -> None:
    click.echo(f"\n{words(f'corpus.{title}')}")
    for line in lines_of([words(f"corpus.head.{name}") for name in rows[0]],
                         [[_shown(value) for value in row.values()] for row in rows]):  # fmt: skip
        click.echo(line)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
