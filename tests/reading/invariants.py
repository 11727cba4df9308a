"""What holds of every SourceText, whatever the file was."""

from __future__ import annotations

from nlp.reading import wire
from nlp.reading.source import SourceText


def check_source(source: SourceText) -> None:
    """Blocks in order, one line end apart; spans, segments and boxes inside them; the wire loses nothing."""
    end = -1
    for block in source.blocks:
        assert block.start == end + 1, "one line end between blocks"
        assert block.end >= block.start
        end = block.end
        at = block.start
        for segment in block.segments:
            assert at <= segment.start and segment.length > 0 and segment.source >= 0
            at = segment.start + segment.length
        assert at <= block.end
        at = block.start
        for box in block.boxes:
            assert at <= box.start < box.end <= block.end and box.page >= 1
            at = box.start
        assert source.text.startswith(block.number, block.start)
        place = block.place
        assert place.paragraph >= 0 and min(place.table, place.row, place.column) >= -1 and place.page >= 0
    assert end == (len(source.text) if source.blocks else -1)
    assert source.blocks or not source.text
    for item in source.dropped:
        assert isinstance(item.text, str)
    for notice in source.notices:
        assert notice.code.startswith("reading.")
    if len(source.text) < 100_000:
        again = wire.decode_answer(wire.encode_source(source), source.name, source.sha256)
        assert (again.text, again.blocks, again.dropped) == (source.text, source.blocks, source.dropped)
