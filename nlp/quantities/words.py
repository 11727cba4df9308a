"""Words of numbers and units of one language, compiled from ``data/<language>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

# Endings with which a Kazakh number or its figure is declined: «беске», «5-тен», «5-ші», «5-күндік» keep the number.
_KAZAKH_ENDING = "(?:[тдн][аеә]н|[ғгқк][ае]|[ндт][ыі]|[ндт][ыі]ң|[ае]?у[іы]?|[мпб]ен|[іы]?н[шщ][іы])?"


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """What is looked up: ``units`` and ``between`` match at the beginning of a text."""

    numbers: Mapping[str, float]
    times: Mapping[str, float]
    whole: Mapping[str, float]
    parts: Mapping[str, float]
    fraction_by: Mapping[str, float]
    units: Sequence[tuple[str, re.Pattern[str]]]
    between: Sequence[tuple[str, re.Pattern[str]]]
    before: Sequence[tuple[str, re.Pattern[str]]]
    joined: re.Pattern[str] | None
    joined_values: Mapping[str, float]
    cited_after: re.Pattern[str] | None
    cited_before: re.Pattern[str] | None
    months: Sequence[re.Pattern[str]]
    year: re.Pattern[str]


@lru_cache(maxsize=2)
def words_of(language: str) -> QuantityWords:
    """The words of ru or kk."""
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / f"{language}.yaml").read_text("utf-8"))
    joined = _joined(data)
    return QuantityWords(
        numbers=_values(data["numbers"]),
        times=_values(data["times"]),
        whole=_values(data["whole"]),
        parts=_values(data["parts"]),
        fraction_by=_values(data["fraction_by"]),
        units=[(unit, _any(words, r"[\s\-]*")) for unit, words in _longest_first(data["units"])],
        between=[(sort, _any(words, r"\s+")) for sort, words in data["between"].items()],
        before=[(sort, _any(words, "", r"\s+$")) for sort, words in data.get("before", {}).items()],
        joined=re.compile(f"(?:{'|'.join(sorted(joined, key=len, reverse=True))})(?=\\w)") if joined else None,
        joined_values=joined,
        cited_after=_any(data["cited_after"], "", r"\s*$") if data["cited_after"] else None,
        cited_before=_any(data["cited_before"], r"[\s\-)]*") if data["cited_before"] else None,
        months=[_any([month], r"\s+") for month in data["months"]],
        year=_any(data["year_words"], r"[\s\-]*"),
    )


def _longest_first(units: Mapping[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Units of several words before those of one: «месячный расчетный показатель» is no month."""
    return sorted(units.items(), key=lambda item: -max(word.count(" ") for word in item[1]))


def _joined(data: Mapping[str, Any]) -> dict[str, float]:
    """First parts of compound words: genitives of numbers («двух», «десяти») and the data's own; none in Kazakh."""
    own = _values(data["joined"])
    return {**_values(data["numbers"]), **own} if own else {}


def _values(table: Mapping[float, list[str]]) -> dict[str, float]:
    return {word: float(value) for value, words in table.items() for word in words}


def _any(words: Sequence[str], before: str, after: str = "") -> re.Pattern[str]:
    found = "|".join(_one(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"{before}(?:{found}){after}")


def _one(word: str) -> str:
    """«месячн* расчетн*» → words in a row; «*» stands for any letters."""
    made = r"\s+".join(re.escape(part).replace(r"\*", r"\w*").replace(r"\?", r"\w") for part in word.split())
    start = r"(?<!\w)" if word[:1].isalnum() else ""
    return f"{start}{made}" + (r"(?!\w)" if word[-1:].isalnum() else "")


def kazakh_number(word: str, numbers: Mapping[str, float]) -> float | None:
    """The value of a declined number: «беске», «онға»; «оған», «онда» (of *ол*) and «жүзеге» are none."""
    for stem, value in numbers.items():
        if word.startswith(stem) and word not in _OTHER and re.fullmatch(_KAZAKH_ENDING, word[len(stem) :]):
            return value
    return None


_OTHER = frozenset({"онда", "онды", "оны", "оның", "онымен", "онан"})  # forms of *ол*, not of *он*
