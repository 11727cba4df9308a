"""Words that agree with the body a text names: «{может|могут}» – for one, for several.

Reads: a text of the pack, the name that stands in its blank {actor}. Writes: the text with one of the words. Kazakh
verbs do not change with the number of their subject, so its texts need no such pairs.
"""

from __future__ import annotations

import re

from nlp import language as languages

_PAIR = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


def agreeing(text: str, actor: str) -> str:
    """``text`` with every pair settled by the number of the Russian name ``actor``."""
    if "|" not in text:
        return text
    several = is_several(actor)
    return _PAIR.sub(lambda pair: pair.group(2 if several else 1), text)


def is_several(name: str) -> bool:
    """Whether a Russian name in the nominative is plural by its first noun: «органы валютного контроля»."""
    if not name:
        return False
    first = next((token for token in languages.of("ru").analyse(name) if "noun" in token.tags), None)
    return first is not None and {"nom", "plur"} <= first.tags
