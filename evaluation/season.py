"""A season of generated drafts, to measure batches on: ``python -m evaluation.season --out DIR [--drafts N]``.

Reads: the words of ``evaluation.similar`` (local acts) and the project's own written norms (acts of ministries).
Writes: Word files of 4 to 60 pages and ``season.csv``, a list for ``saraptama batch``. Of 11,200 drafts 59 % are
local; the first N are a fair sample, whatever N. Same seed, same drafts.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import click
import docx

from evaluation.similar.generator import families

SEASON = 11_200
LOCAL = 0.59
PAGE_CHARACTERS = 2_500
FEWEST_PAGES, MOST_PAGES = 4, 60
_WRITTEN = Path(__file__).resolve().parent.parent / "corpora" / "own" / "written"
_FAMILIES, _MEMBERS = 40, 1_200
_CHAPTER_POINTS = 12
_REGIONS = ("Алматы", "Астана", "Шымкент", "Абай", "Жетісу", "Ұлытау", "Қостанай", "Павлодар")
_HEADS = {
    "ru": ("Проект", "МИНИСТЕРСТВО ТРУДА И СОЦИАЛЬНОЙ ЗАЩИТЫ", "ПРИКАЗ",
           "Об утверждении Правил приёма и рассмотрения заявлений",
           "В соответствии с законодательством Республики Казахстан ПРИКАЗЫВАЮ:",
           "1. Утвердить прилагаемые Правила приёма и рассмотрения заявлений.",
           "2. Настоящий приказ вводится в действие по истечении десяти календарных дней после дня его первого "
           "официального опубликования.", "Утверждены приказом Министра от «__» ________ 2026 года № ___",
           "Правила приёма и рассмотрения заявлений", "Глава {n}. Порядок рассмотрения"),
    "kk": ("Жоба", "ЕҢБЕК ЖӘНЕ ХАЛЫҚТЫ ӘЛЕУМЕТТІК ҚОРҒАУ МИНИСТРЛІГІ", "БҰЙРЫҚ",
           "Өтініштерді қабылдау және қарау қағидаларын бекіту туралы",
           "Қазақстан Республикасының заңнамасына сәйкес БҰЙЫРАМЫН:",
           "1. Қоса беріліп отырған Өтініштерді қабылдау және қарау қағидалары бекітілсін.",
           "2. Осы бұйрық алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі.",
           "Министрдің 2026 жылғы «__» ________ № ___ бұйрығымен бекітілген",
           "Өтініштерді қабылдау және қарау қағидалары", "{n}-тарау. Қарау тәртібі"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """A draft that is to be: its number, what it is, its length."""

    number: int
    local: bool
    language: str
    pages: int

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.number:05d}-{'local' if self.local else 'central'}-{self.language}.docx"


def season(drafts: int = SEASON, seed: int = 1) -> Iterator[Planned]:
    """The first drafts of the season. Lengths are log-uniform: most drafts are short."""
    chance = random.Random(seed)
    for number in range(drafts):
        length = FEWEST_PAGES * (MOST_PAGES / FEWEST_PAGES) ** chance.random()
        yield Planned(number, chance.random() < LOCAL, ("ru", "kk")[number % 2], round(length))


def paragraphs(planned: Planned, seed: int = 1) -> list[str]:
    """The text of a draft."""
    chance = random.Random(f"{seed}-{planned.number}")
    lines, norms = _beginning(planned, chance), _norms(planned, chance)
    written, point = 0, 0
    while written < planned.pages * PAGE_CHARACTERS:
        if point % _CHAPTER_POINTS == 0:
            lines.append(_HEADS[planned.language][-1].format(n=point // _CHAPTER_POINTS + 1))
        point += 1
        norm = next(norms)
        lines.append(f"{point}. {norm}")
        written += len(norm)
    return lines


def write(folder: Path, drafts: int, seed: int = 1) -> None:
    """Word files and their list."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "season.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("path", "id", "body", "region", "kind", "language"))
        for planned in season(drafts, seed):
            document = docx.Document()
            for line in paragraphs(planned, seed):
                document.add_paragraph(line)
            document.save(str(folder / planned.name))
            region = _REGIONS[planned.number % len(_REGIONS)] if planned.local else ""
            body = "Маслихат" if planned.local else "Министерство"
            kind = "local" if planned.local else "central"
            table.writerow((planned.name, f"{planned.number:05d}", body, region, kind, planned.language))


def _beginning(planned: Planned, chance: random.Random) -> list[str]:
    if planned.local:
        return list(chance.choice(_local()[planned.language])[:2])
    return list(_HEADS[planned.language][:-1])


def _norms(planned: Planned, chance: random.Random) -> Iterator[str]:
    """Norms without end: a number of the draft's own in each, so that no two are the same."""
    local = planned.local
    for turn in count(1):
        if local:
            norms: Sequence[str] = [text.partition(". ")[2] for text in chance.choice(_local()[planned.language])[2:]]
        else:
            norms = chance.sample(_central()[planned.language], 40)
        for at, norm in enumerate(norms):
            yield f"{norm.rstrip('.')} ({planned.number}-{turn}-{at})."


@cache
def _local() -> Mapping[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {"ru": [], "kk": []}
    for draft in families(_FAMILIES, _MEMBERS, rewritten=0.3):
        found[draft.language].append(draft.paragraphs)
    return found


@cache
def _central() -> Mapping[str, list[str]]:
    """Both versions of the written pairs: norms with a defect and without."""
    found: dict[str, list[str]] = {"ru": [], "kk": []}
    for path in sorted(_WRITTEN.glob("pairs-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if not record["lead"]:  # items of lists make no points
                found[record["lang"]] += [record[name] for name in ("flawed", "sound") if record.get(name)]
    return found


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--drafts", default=150, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(out: Path, drafts: int, seed: int) -> None:
    """Write a season, or the first drafts of it."""
    write(out, drafts, seed)


if __name__ == "__main__":
    main()
