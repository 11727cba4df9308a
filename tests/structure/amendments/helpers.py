"""Amending drafts for tests and operations written short: «replace article 5/point 2 | … | …»."""

from __future__ import annotations

from nlp.structure import structure
from nlp.structure.act import Act
from nlp.structure.operations import Operation, Step
from tests.structure.helpers import source

HEAD = {
    "ru": "ПРИКАЗ\nО внесении изменений в некоторые приказы\nВ соответствии с Законом ПРИКАЗЫВАЮ:\n"
    "1. Внести в приказ Министра рек от 1 марта 2020 года № 5 «О лодках» следующие изменения и дополнения:\n",
    "kk": "БҰЙРЫҚ\nКейбір бұйрықтарға өзгерістер енгізу туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n"
    "1. «Қайықтар туралы» Өзендер министрінің 2020 жылғы 1 наурыздағы № 5 бұйрығына мынадай өзгерістер мен "
    "толықтырулар енгізілсін:\n",
}
TAIL = {
    "ru": "\n2. Настоящий приказ вводится в действие со дня подписания.",
    "kk": "\n2. Осы бұйрық қол қойылған күнінен бастап қолданысқа енгізіледі.",
}


def amending(body: str, language: str) -> Act:
    """An amending order with this body."""
    return structure(source(HEAD[language] + body + TAIL[language]))


def shown(act: Act) -> list[str]:
    """Every operation, short."""
    return [short(act, operation) for operation in act.operations]


def short(act: Act, operation: Operation) -> str:
    """Kind, target, words; flags where they are set."""
    parts = [f"{operation.kind} {path(operation.target)}".rstrip()]
    if operation.old != (0, 0) or operation.new != (0, 0):
        parts += [one_line(act.text(operation.old)), one_line(act.text(operation.new))]
    flags = [name for name in ("everywhere", "inflected", "before") if getattr(operation, name)]
    if operation.after:
        flags.append(f"after {path(operation.after)}")
    return " | ".join(parts) + "".join(f" +{flag}" for flag in flags)


def path(steps: tuple[Step, ...]) -> str:
    """«article 5/point 2»."""
    return "/".join(
        " ".join(filter(None, (step.kind, step.number, step.title and f"«{step.title}»"))) for step in steps
    )


def one_line(words: str) -> str:
    return " / ".join(words.split("\n"))
