"""The repeal of a whole act asks for no wording in force; the repeal of a unit does."""

from __future__ import annotations

import pytest

from nlp.changes.change import State
from nlp.changes.examining import rebuild_for
from nlp.structure import structure
from tests.structure.helpers import source

RU = (
    "ПРИКАЗ\nОб утверждении Правил сбора воды\nВ соответствии с законом ПРИКАЗЫВАЮ:\n"
    "1. Утвердить прилагаемые Правила сбора воды.\n"
    "2. Признать утратившим силу приказ Министра воды от 5 мая 2019 года № 12 «Об утверждении Правил черпания воды».\n"
)
RU_UNIT = (
    "3. Признать утратившим силу пункт 2 приказа Министра воды от 5 мая 2019 года № 14 «Об утверждении Правил замеров»."
)
KK = (
    "БҰЙРЫҚ\nСу жинау қағидаларын бекіту туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n"
    "1. Қоса беріліп отырған Су жинау қағидалары бекітілсін.\n"
    "2. «Су алу қағидаларын бекіту туралы» Су министрінің 2019 жылғы 5 мамырдағы № 12 бұйрығының күші жойылды деп "
    "танылсын.\n"
)


@pytest.mark.parametrize("text", [RU, KK])
def test_the_repeal_of_a_whole_act_needs_nothing(text: str) -> None:
    draft = structure(source(text))
    assert draft.operations
    assert rebuild_for(draft, draft.operations, ()).outcomes == ()


def test_the_repeal_of_a_unit_needs_the_wording_in_force() -> None:
    draft = structure(source(RU + RU_UNIT))
    outcomes = rebuild_for(draft, draft.operations, ()).outcomes
    assert [outcome.state for outcome in outcomes] == [State.NEEDS_WORDING]
    assert outcomes[0].operation.act.number == "14"
