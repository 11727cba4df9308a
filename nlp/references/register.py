"""The register of acts that an operator loads: which acts there are, which have lost force, what replaced them.

Reads: JSON made by ``saraptama acts import``. Without a register nothing is claimed about other acts.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import jsonschema

from nlp.errors import SaraptamaError
from nlp.references.citation import CitedAct
from nlp.structure.wording import fold

FORMAT = 1


class RegisterError(SaraptamaError):
    """A register, or the table it is made of, is malformed."""


class Status(StrEnum):
    """Whether an act is in force."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class RegisteredAct:
    """One act; "" where the register says nothing. Dates are ISO; ``replaced_by`` is written as the register has it."""

    name_ru: str
    name_kk: str
    form: str
    date: str
    number: str
    status: Status
    repealed: str = ""
    replaced_by: str = ""

    def name(self, language: str) -> str:
        """The name in a language, or in the other one."""
        return (self.name_kk or self.name_ru) if language == "kk" else (self.name_ru or self.name_kk)


class ActsRegister:
    """Acts looked up by number and date, or by name."""

    def __init__(self, acts: Sequence[RegisteredAct], sha256: str) -> None:
        self.acts = tuple(acts)
        self.sha256 = sha256
        self._by_number: dict[str, list[RegisteredAct]] = defaultdict(list)
        self._by_name: dict[str, list[RegisteredAct]] = defaultdict(list)
        self._by_day: dict[tuple[str, str], list[RegisteredAct]] = defaultdict(list)
        for act in self.acts:
            self._by_number[plain_number(act.number)].append(act)
            self._by_day[act.form, act.date].append(act)
            for name in {act.name_ru, act.name_kk} - {""}:
                self._by_name[plain_name(name)].append(act)

    def find(self, cited: CitedAct) -> tuple[RegisteredAct, ...]:
        """Acts that a citation names: number and date agree, or the whole name does. Forms must not differ."""
        if cited.number:
            found = [a for a in self._by_number.get(plain_number(cited.number), ()) if cited.date in ("", a.date)]
        else:
            found = self._by_name.get(plain_name(cited.name), []) if cited.name else []
        return tuple(act for act in found if cited.form in ("", act.form) or not act.form)

    def same_day(self, cited: CitedAct) -> tuple[RegisteredAct, ...]:
        """Acts of the cited form and date, whatever their number."""
        return tuple(self._by_day.get((cited.form, cited.date), ())) if cited.form and cited.date else ()


def plain_number(number: str) -> str:
    """«77-V» and «77 – В», «77/НҚ» and «77/нқ» are one number."""
    kept = "".join(char for char in fold(number) if char.isalnum() or char in "-/")
    return kept.replace("v", "в")


def plain_name(name: str) -> str:
    """A name as letters and figures only."""
    return "".join(char for char in fold(name) if char.isalnum())


def load_acts(data: bytes, file: str = "") -> ActsRegister:
    """The register in a JSON file; raises ``RegisterError`` (``register.malformed``) naming what is wrong."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise RegisterError("register.malformed", file=file, place="/", problem="JSON") from None
    problem = next(iter(_validator().iter_errors(content)), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path) or "/"
        raise RegisterError("register.malformed", file=file, place=place, problem=problem.message[:200])
    return ActsRegister([_act(row) for row in content["acts"]], hashlib.sha256(data).hexdigest())


def dump_acts(acts: Sequence[RegisteredAct]) -> bytes:
    """Canonical JSON: the same acts, the same bytes."""
    rows = sorted((_row(act) for act in acts), key=lambda row: (row["date"], row["number"], row["name_ru"]))
    content = {"format": FORMAT, "kind": "acts", "acts": rows}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _act(row: Mapping[str, Any]) -> RegisteredAct:
    return RegisteredAct(**{**row, "status": Status(row["status"])})


def _row(act: RegisteredAct) -> dict[str, str]:
    return {name: str(getattr(act, name)) for name in RegisteredAct.__dataclass_fields__}


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = resources.files("nlp.references").joinpath("data/register_acts.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(schema))
