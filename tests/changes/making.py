"""Hand-made drafts, acts in force and operations for the tests of changes: words are pointed at, not counted."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.changes.bases import base_of
from nlp.changes.norms import lines_source
from nlp.changes.rebuild import Rebuilding, rebuild
from nlp.structure import structure
from nlp.structure.act import Act, Span, UnitKind
from nlp.structure.operations import AmendedAct, Operation, OperationKind, Step

KINDS = {
    "art": UnitKind.ARTICLE,
    "para": UnitKind.POINT,
    "subpara": UnitKind.SUBPOINT,
    "clause": UnitKind.CLAUSE,
    "indent": UnitKind.INDENT,
    "chp": UnitKind.CHAPTER,
    "annex": UnitKind.ANNEX,
}

ACT = AmendedAct("order", "Об утверждении Правил выдачи разрешений на лов", "2024-03-12", "77", "rules")

BASE_RU = """ПРИКАЗ
Министра озёр Республики Казахстан
от 12 марта 2024 года № 77
Об утверждении Правил выдачи разрешений на лов
В соответствии с Законом ПРИКАЗЫВАЮ:
1. Утвердить прилагаемые Правила выдачи разрешений на лов.
2. Настоящий приказ вводится в действие со дня опубликования.
Министр А. Озеров
Утверждены
приказом Министра
от 12 марта 2024 года № 77
Правила выдачи разрешений на лов
Глава 1. Общие положения
1. Настоящие Правила определяют порядок выдачи разрешений.
2. Разрешение выдаётся на один год.
Срок продлевается один раз.
Отказ оформляется письменно.
Глава 2. Порядок выдачи
3. Для получения разрешения заявитель представляет:
1) заявление;
2) копию паспорта судна.
Копия заверяется.
4. Услугодатель в течение пяти рабочих дней рассматривает заявление и выдаёт разрешение либо мотивированный отказ.
5. К заявлению прилагаются бумаги:
паспорт судна;
свидетельство капитана;
карта.
6. Решение уполномоченного органа обжалуется в суд. Уполномоченный орган ведёт журнал."""


def act(text: str) -> Act:
    """A text as an act, a line a paragraph."""
    return structure(lines_source(text))


def path(words: str) -> tuple[Step, ...]:
    """«para_3/subpara_2» → steps."""
    steps = []
    for part in filter(None, words.split("/")):
        kind, _, number = part.partition("_")
        steps.append(Step(KINDS[kind], number))
    return tuple(steps)


def operation(
    draft: str,
    kind: OperationKind,
    target: str,
    instruction: str,
    old: str = "",
    new: str = "",
    amended: AmendedAct = ACT,
    units: Sequence[str] = (),
    everywhere: bool = False,
    inflected: bool = False,
    before: bool = False,
    after: str = "",
) -> Operation:
    """An operation of ``draft``; its words are given as they stand there, behind the instruction."""
    at = draft.index(instruction)

    def where(words: str) -> Span:
        return (0, 0) if not words else (draft.index(words, at), draft.index(words, at) + len(words))

    return Operation(
        kind,
        "order__para_1",
        (at, at + len(instruction)),
        amended,
        path(target),
        where(old),
        where(new),
        tuple(units),
        everywhere,
        inflected,
        before,
        path(after),
    )


def rebuilt(draft: str, operations: Sequence[Operation], *bases: str, language: str = "ru") -> Rebuilding:
    """The operations on the bases."""
    return rebuild(
        act(draft), operations, [base_of(act(text), n) for n, text in enumerate(bases)], lambda _: language, structure
    )
