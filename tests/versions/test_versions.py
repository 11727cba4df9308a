"""Two versions: the redline makes the later text of the earlier one, units are followed wherever they went."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertise.documents.versions_page import versions_page
from nlp.alignment import Change
from nlp.errors import DossierError
from nlp.reading.plain import read_plain
from nlp.structure import structure
from nlp.structure.act import Act
from nlp.versions import Op, Versions, apply, edits, pieces, versions
from nlp.versions.report import schema, to_dict, told

OLD = """Правила содержания пасек

Глава 1. Общие положения

1. Акимат ведет перечень пасек района.
2. Владелец пасеки уведомляет акимат о вывозе ульев за три дня.
3. Ветеринарный врач осматривает ульи весной и осенью.
4. Сведения об осмотре хранятся пять лет.

Глава 2. Ответственность

5. За несообщение о болезни пчел владелец отвечает по закону.
6. Спор о границах пасеки решает суд.
"""
NEW = """Правила содержания пасек

Глава 1. Общие положения

1. Пасека размещается не ближе ста метров от дороги.
2. Акимат ведет перечень пасек района.
3. Владелец пасеки уведомляет акимат о вывозе ульев за четыре дня.
4. Ветеринарный врач осматривает ульи весной и осенью. Сведения об осмотре хранятся пять лет.

Глава 2. Ответственность

5. Спор о границах пасеки решает суд.
"""
KK = """Омарталарды ұстау қағидалары

1. Әкімдік омарталардың тізбесін жүргізеді.
2. Омарта иесі әкімдікті хабардар етеді.
"""
WORDS = st.lists(st.sampled_from(["пасека", "улей", "акимат", "срок,", "«мед»", "\n", "  ", "5", "%", "<b>", "қант"]))


def act(text: str, name: str = "a.txt") -> Act:
    return structure(read_plain(text.encode(), name))


def changes(found: Versions) -> dict[str, Change]:
    return {address.rsplit("__", 1)[-1]: entry.change for entry in found.entries for address in entry.left}


@given(old=st.text(max_size=80) | WORDS.map(" ".join), new=st.text(max_size=80) | WORDS.map(" ".join))
def test_edits_make_the_later_wording_of_the_earlier_one(old: str, new: str) -> None:
    made = edits(old, new)
    assert apply(old, made) == new
    assert "".join(text for op, text in pieces(old, made) if op is not Op.NEW) == old
    assert all(one.end < two.start for one, two in pairwise(made))
    assert (not made) == (old == new)


def test_long_rewritten_wordings_stay_exact_and_bounded() -> None:
    old, new = " ".join(f"а{n}" for n in range(3000)), " ".join(f"б{n}" for n in range(3000))
    assert apply(old, edits(old, new)) == new
    assert apply(old, edits(old, old.replace("а1500", "в"))) == old.replace("а1500", "в")
    assert len(edits(old, old.replace("а1500", "в"))) == 1


def test_units_are_followed_through_numbers_merging_and_deletion() -> None:
    found = versions(act(OLD), act(NEW))
    told_of = changes(found)
    assert told_of["para_1"] is Change.RENUMBERED
    assert told_of["para_2"] is Change.RENUMBERED
    assert told_of["para_3"] is told_of["para_4"] is Change.MERGED
    assert told_of["para_5"] is Change.DELETED
    assert told_of["para_6"] is Change.RENUMBERED
    inserted = [entry for entry in found.entries if entry.change is Change.INSERTED]
    assert [entry.new for entry in inserted] == ["Пасека размещается не ближе ста метров от дороги."]
    changed = next(entry for entry in found.entries if "вывозе" in entry.new)
    assert [text for op, text in pieces(changed.old, changed.edits) if op is not Op.SAME] == ["три", "четыре"]
    assert not found.examined


UNITS = st.lists(
    st.sampled_from(["Акимат ведет перечень пасек.", "Врач осматривает ульи весной.", "Спор решает суд.",
                     "Мед хранится в погребе.", "Владелец уведомляет акимат.", "Пчелы зимуют в сарае."]),
    min_size=1, max_size=7,
)  # fmt: skip


@given(old=UNITS, new=UNITS)
def test_redline_has_every_unit_of_both_texts_once_and_gives_the_later(old: list[str], new: list[str]) -> None:
    one, two = (
        act("Правила о пасеках\n\n" + "\n".join(f"{n}. {words}" for n, words in enumerate(units, start=1)))
        for units in (old, new)
    )
    found = versions(one, two)
    right = [address for entry in found.entries for address in entry.right]
    left = [address for entry in found.entries for address in entry.left]
    assert len(right) == len(set(right))
    assert len(left) == len(set(left))
    assert all(apply(entry.old, entry.edits) == entry.new for entry in found.entries)
    words = [line for entry in found.entries for line in entry.new.split("\n") if line in new]
    assert sorted(words) == sorted(new)
    assert versions(one, one).entries == tuple(e for e in versions(one, one).entries if e.change is Change.SAME)


def test_a_norm_that_moved_to_an_annex_is_moved() -> None:
    old = (
        OLD
        + "\nПриложение 1\nк Правилам содержания пасек\n\nПеречень болезней\n\n1. Варроатоз подлежит лечению летом.\n"
    )
    moved = (
        old.replace("4. Сведения об осмотре хранятся пять лет.\n", "") + "2. Сведения об осмотре хранятся пять лет.\n"
    )
    entry = next(e for e in versions(act(old), act(moved)).entries if e.old.startswith("Сведения об осмотре"))
    assert entry.change is Change.MOVED
    assert "annex" in entry.right[0]


def test_texts_in_two_languages_are_refused() -> None:
    with pytest.raises(DossierError, match=r"versions\.other_language"):
        versions(act(OLD), act(KK))


@pytest.mark.parametrize("text", ["", "...", "1.\n2.\n3.", "<script>alert(1)</script>", "\u202e <b>&amp;", "№ " * 500])
def test_hostile_texts_give_a_redline_and_a_page(text: str) -> None:
    found = versions(act(f"Правила\n{text}"), act(OLD + text))
    assert all(apply(entry.old, entry.edits) == entry.new for entry in found.entries)
    page = versions_page([found], "ru", lambda factor, language: factor)
    assert "<script" not in page


class _Page(HTMLParser):
    """Anchors, links and whether tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value[1:] for name, value in attrs if name == "href" and value]
        self.foreign += [name for name in given if name in {"src", "onclick", "srcset"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_page_is_whole_by_itself(language: str) -> None:
    moved = NEW.replace("5. Спор о границах пасеки решает суд.\n", "").replace(
        "1. Пасека размещается", "1. Спор о границах пасеки решает суд.\n2. Пасека размещается"
    )
    page = versions_page([versions(act(OLD), act(moved))], language, lambda factor, language: factor)
    seen = _Page()
    seen.feed(page)
    assert seen.open == []
    assert seen.foreign == []
    assert len(seen.ids) == len(set(seen.ids))
    assert seen.links
    assert set(seen.links) <= set(seen.ids)
    assert "<del>три</del><ins>четыре</ins>" in page
    assert {"ru": "теперь:", "kk": "енді:"}[language] in page
    assert "http" not in page


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_report_keeps_its_schema_and_says_every_change(language: str) -> None:
    found = versions(act(OLD, "old.txt"), act(NEW, "new.txt"))
    jsonschema.Draft202012Validator(schema()).validate(to_dict([found]))
    lines = "\n".join(told(found, language))
    assert "old.txt" in lines
    assert "[-три-]{+четыре+}" in lines
