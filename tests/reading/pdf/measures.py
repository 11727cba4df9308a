"""How far a text that was read is from the text that was printed."""

from __future__ import annotations

from nlp.reading.source import Block, SourceText


def edit_distance(one: str, other: str) -> int:
    """Levenshtein distance, by bit vectors (Myers; Hyyrö): long integers hold a whole column of the table."""
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for position, char in enumerate(one):
        places[char] = places.get(char, 0) | (1 << position)
    full, high = (1 << len(one)) - 1, 1 << (len(one) - 1)
    plus, minus, score = full, 0, len(one)
    for char in other:
        equal = places.get(char, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | (full & ~(horizontal | plus))
        down = plus & horizontal
        score += bool(up & high) - bool(down & high)
        up, down = ((up << 1) | 1) & full, (down << 1) & full
        plus = down | (full & ~(vertical | up))
        minus = up & vertical
    return score


def character_error(printed: list[str], read: list[str]) -> float:
    """Share of wrong characters; blanks and paragraph ends count alike as one blank."""
    source, result = (" ".join(" ".join(texts).split()) for texts in (printed, read))
    return edit_distance(source, result) / max(len(source), 1)


def block_texts(source: SourceText, column: int | None = None) -> list[str]:
    """Texts of the blocks, of one column only where one is named."""
    return [text_of(source, block) for block in source.blocks if column is None or block.style.column == column]


def text_of(source: SourceText, block: Block) -> str:
    """Clean text of one block."""
    return source.text[block.start : block.end]


def kept_whole(printed: list[str], read: list[str]) -> float:
    """Share of printed paragraphs that came back as one block each."""
    blocks = {" ".join(text.split()) for text in read}
    return sum(1 for text in printed if " ".join(text.split()) in blocks) / max(len(printed), 1)
