"""Units of two texts are aligned by number, order and words, whatever was inserted, moved or renumbered."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.alignment import Change, RussianKazakh, SameLanguage, align, nodes
from nlp.alignment.alignment import Alignment, Node
from nlp.reading.plain import read_plain
from nlp.structure import structure
from nlp.structure.act import UnitKind

RULES = """Правила учета лодок

1. Акимат ведет журнал лодок.
2. Владелец лодки подает заявление в течение десяти дней.
3. Инспектор осматривает мотор и весла.
4. Сведения о катере публикуются на сайте.
"""
WITHOUT = """Правила учета лодок

1. Акимат ведет журнал лодок.
2. Инспектор осматривает мотор и весла.
3. Сведения о катере публикуются на сайте.
"""
KAZAKH = """Қайықтарды есепке алу қағидалары

1. Әкімдік қайықтар журналын жүргізеді.
2. Қайық иесі он күн ішінде өтініш береді.
3. Инспектор моторды және ескекті қарайды.
4. Катер туралы мәліметтер сайтта жарияланады.
"""


def parsed(text: str) -> tuple[Node, ...]:
    return nodes(structure(read_plain(text.encode(), "a.txt")))


def changes(alignment: Alignment) -> dict[str, Change]:
    return {"|".join((*pair.left, *pair.right)): pair.change for pair in alignment.pairs}


def test_the_same_text_is_the_same() -> None:
    one = parsed(RULES)
    found = align(one, one, SameLanguage(one, one, "ru"))
    assert {pair.change for pair in found.pairs if pair.score > 0} == {Change.SAME}
    assert all(pair.left == pair.right for pair in found.pairs)


def test_units_after_one_that_is_gone_are_renumbered() -> None:
    one, two = parsed(RULES), parsed(WITHOUT)
    found = changes(align(one, two, SameLanguage(one, two, "ru")))
    assert found["doc_1__para_2"] is Change.DELETED
    assert found["doc_1__para_3|doc_1__para_2"] is Change.RENUMBERED
    assert found["doc_1__para_4|doc_1__para_3"] is Change.RENUMBERED


def test_a_new_unit_is_inserted() -> None:
    one, two = parsed(WITHOUT), parsed(RULES)
    found = changes(align(one, two, SameLanguage(one, two, "ru")))
    assert found["doc_1__para_2"] is Change.INSERTED


def test_two_languages_are_aligned_without_numbers() -> None:
    one, two = parsed(RULES), parsed(KAZAKH)
    bare = tuple(Node(n.address, n.kind, "", n.words, n.parent, n.children) for n in two)
    found = align(one, bare, RussianKazakh(one, bare))
    for number in range(1, 5):
        pair = found.of_left(f"doc_1__para_{number}")
        assert pair is not None and pair.right == (f"doc_1__para_{number}",)


words = st.sampled_from(["лодка мотор", "катер журнал учет", "весло", "сайт сведения срок", ""])
lists = st.lists(st.tuples(st.sampled_from(["", "1", "2", "3"]), words), max_size=6)


def tree(items: list[tuple[str, str]]) -> tuple[Node, ...]:
    children = tuple(range(1, len(items) + 1))
    made = [Node(f"u{at}", UnitKind.POINT, number, text, 0) for at, (number, text) in enumerate(items, start=1)]
    return (Node("act", UnitKind.ACT, "", "", -1, children), *made)


@given(lists, lists)
@example(
    [("1", "лодка мотор"), ("1", "лодка мотор"), ("2", "лодка мотор")], [("2", "лодка мотор"), ("1", "лодка мотор")]
)
@settings(max_examples=100)
def test_every_unit_is_in_exactly_one_entry(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> None:
    one, two = tree(left), tree(right)
    found = align(one, two, SameLanguage(one, two, "ru"))
    assert sorted(a for pair in found.pairs for a in pair.left) == sorted(node.address for node in one)
    assert sorted(a for pair in found.pairs for a in pair.right) == sorted(node.address for node in two)
