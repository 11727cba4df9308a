"""Hand-made contents of conclusions: two short texts, findings of the machine in them, decisions on these.

``python tests/expertise/conclusion_samples.py FOLDER`` writes the documents of every sample into FOLDER, to look at.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from expertise.case.conclusion import Material, Sat, content
from expertise.case.decided import Decided
from expertise.case.decisions import Decision, Said, Verdict
from expertise.people import Seat
from expertise.shown_text import ShownText, ShownUnit

NAMES = {
    "permissive_power": {
        "ru": "определение компетенции по формуле «вправе»", "kk": "құзыретті «құқылы» тұжырымы арқылы айқындау",
    },
    "excessive_requirement": {"ru": "завышенные требования к лицу", "kk": "тұлғаға қойылатын шамадан тыс талаптар"},
    "vague_wording": {"ru": "юридико-лингвистическая неопределённость", "kk": "заңдық-лингвистикалық айқынсыздық"},
    "hidden_service": {"ru": "скрытая государственная услуга", "kk": "мемлекеттік көрсетілетін жасырын қызмет"},
}  # fmt: skip
RU = (
    "Уполномоченный орган вправе приостановить действие разрешения.",
    "Заявитель представляет заявление, копию устава и иные документы.",
    "Решение принимается в разумный срок.",
    "Отдел по заявлению лица выдаёт справку в произвольной форме.",
)
KK = (
    "Уәкілетті орган рұқсаттың қолданылуын тоқтата тұруға құқылы.",
    "Өтініш беруші өтінішті, жарғының көшірмесін және өзге де құжаттарды ұсынады.",
    "Шешім ақылға қонымды мерзімде қабылданады.",
    "Бөлім тұлғаның өтініші бойынша еркін нысанда анықтама береді.",
)
MARKED = {
    ("ru", 1): ("permissive_power", "вправе"), ("ru", 2): ("excessive_requirement", "и иные документы"),
    ("ru", 3): ("vague_wording", "в разумный срок"), ("ru", 4): ("hidden_service", "выдаёт справку"),
    ("kk", 1): ("permissive_power", "құқылы"), ("kk", 2): ("excessive_requirement", "өзге де құжаттарды"),
    ("kk", 3): ("vague_wording", "ақылға қонымды мерзімде"), ("kk", 4): ("hidden_service", "анықтама береді"),
}  # fmt: skip
_INSTRUCTION = {
    "ru": "Пункт {} изложить в следующей редакции:",
    "kk": "{}-тармақ мынадай редакцияда жазылсын:",
}
_UNCHANGED = Said()
REQUISITES = {
    "number": "15", "date": "2026-03-02", "letter_number": "12-3/450", "letter_date": "2026-02-20",
    "developer": "Министерство торговли", "pages": "12", "edition_date": "2026-02-18",
    "expert_post": "доктор юридических наук", "subject": "Проект определяет порядок выдачи разрешений.",
}  # fmt: skip


def shown(language: str, sentences: Sequence[str]) -> ShownText:
    """A text of numbered points."""
    units, words = [], ""
    for number, sentence in enumerate(sentences, start=1):
        start = len(words)
        words += f"{number}. {sentence}\n"
        own = (start + len(f"{number}. "), len(words) - 1)
        cited = {"ru": f"пункт {number} Правил", "kk": f"Қағидалардың {number}-тармағы"}
        units.append(
            ShownUnit(f"rules__p_{number}", "point", "norm", cited, f"{number}.", start, own[1], own, (0, 0), 1)
        )
    title = {"ru": "Об утверждении Правил", "kk": "Қағидаларды бекіту туралы"}[language]
    return ShownText(language, f"{language}.docx", language * 32, "docx", title, words, tuple(units), ())


def machine(text: ShownText, number: int, factor: str, quote: str, **other: Any) -> dict[str, Any]:
    """A finding of the machine in point ``number``, as the examination's JSON has it."""
    start = text.text.index(quote, text.units[number - 1].start)
    mine = text.language == "ru"
    mark = {
        "address": f"rules__p_{number}", "citation": text.units[number - 1].citation[text.language], "start": start,
        "end": start + len(quote), "quote": quote,
    }  # fmt: skip
    return {
        "factor": factor, "severity": "high", "language": text.language, "text_language": text.language,
        "text_sha256": text.sha256, "provision": mark["address"], "marks": [mark], "also_at": [], "change": None,
        "explanation": f"«{quote}» оставляет выбор за органом." if mine else f"«{quote}» таңдауды органға қалдырады.",
        "risk": "За решение можно вымогать вознаграждение." if mine else "Шешім үшін сыйақы талап етуге болады.",
        "recommendation": {
            "language": text.language, "action": "replace", "edits": [],
            "instruction": _INSTRUCTION[text.language].format(number),
            "wording": f"{number}. " + ("Новая редакция нормы." if mine else "Норманың жаңа редакциясы."),
        },
        "basis": [
            {"text": "АППК, статья 11", "mark": "R:19", "verified": "2026-01-10"},
            {"text": "НЕПРОВЕРЕННОЕ основание", "mark": "R:16", "verified": ""},
            {"text": "ДОКТРИНА", "mark": "D", "verified": "2026-01-10"},
            {"text": "БЕЗ ИСТОЧНИКА", "mark": "B", "verified": "2026-01-10"},
        ],
        **other,
    }  # fmt: skip


def decided(finding: str, found: dict[str, Any], number: int = 1, said: Said = _UNCHANGED) -> Decided:
    """The first expert lets it stand, in other words where ``said`` has any."""
    verdict = Verdict.CONFIRMED if said.is_empty else Verdict.EDITED
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Decided(finding, found, Decision(finding, Seat.FIRST, verdict, said, "", "person", at, number=number))


def material(
    texts: Sequence[ShownText], standing: Sequence[Decided], requisites: dict[str, str] | None = None, **other: Any
) -> Material:
    """All that a conclusion is made of, with two experts and an adjudicator."""
    facts: dict[str, Any] = {
        "number": "2026-0001", "round": 1, "title": "Правила", "developer": "", "restricted": "",
        "experts": [Sat("first", "Айгүл Ахметова", "2026-02-21"), Sat("second", "Ерлан Қасымов", "2026-02-21")],
        "files": [("text", text.name, text.sha256) for text in texts] + [("note", "записка.docx", "0" * 64)],
        "forms": {text.language: "order" for text in texts}, "factors": NAMES,
        "versions": {"saraptama": "0.1.0", "pack": {"id": "kz", "version": "1", "sha256": "f" * 64}, "libraries": []},
        "audit_head": "ab" * 32, "looked_for_services": True, "texts_compared": len(texts) == 2,
    }  # fmt: skip
    return Material(
        requisites=REQUISITES if requisites is None else requisites,
        texts=texts,
        standing=standing,
        **{**facts, **other},
    )


def both(times: int = 1) -> dict[str, Any]:
    """The content with every finding in both texts, ``times`` over."""
    texts = [shown("ru", RU * times), shown("kk", KK * times)]
    standing = []
    for text in texts:
        for turn in range(times):
            for point in range(1, len(RU) + 1):
                factor, quote = MARKED[text.language, point]
                number = turn * len(RU) + point
                standing.append(
                    decided(f"{text.language}-{number}", machine(text, number, factor, quote), len(standing) + 1)
                )
    return content(material(texts, standing))


def nothing() -> dict[str, Any]:
    """The content when nothing stands and nobody filled anything in."""
    return content(material([shown("ru", RU)], [], {}))


def long() -> dict[str, Any]:
    """A norm of several thousand characters, a long title, reasons in several paragraphs."""
    tail = "с учётом объёма, сложности, срочности и общественной значимости рассматриваемого вопроса, "
    text = shown("ru", ["Уполномоченный орган " + tail * 40 + "вправе продлить срок рассмотрения."])
    said = Said(explanation="Первое основание.\nВторое основание.\n" + "Слова эксперта. " * 60)
    standing = [decided("long", machine(text, 1, "permissive_power", "вправе"), 1, said)]
    return content(material([text], standing, {**REQUISITES, "subject": "Предмет. " * 200}, title="Правила " * 60))


def main(folder: Path) -> None:
    """Write all samples."""
    from expertise.case.conclusion import content_hash
    from expertise.documents.conclusion import conclusion
    from expertise.documents.docx_writer import write_docx
    from expertise.documents.pdf_writer import write_pdf

    folder.mkdir(parents=True, exist_ok=True)
    for name, made in (("both", both()), ("many", both(9)), ("nothing", nothing()), ("long", long())):
        for language in ("ru", "kk"):
            document = conclusion(made, language, content_hash(made))
            (folder / f"{name}-{language}.docx").write_bytes(write_docx(document))
            (folder / f"{name}-{language}.pdf").write_bytes(write_pdf(document))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
