"""Drafts of one text are found to be one family; what is local does not count; families do not chain."""

from __future__ import annotations

import random

import pytest

from evaluation.similar.generator import families, labels
from evaluation.similar.scoring import adjusted_rand, score
from nlp.similarity import Index, Profile, Spread, clusters, fingerprint, likeness
from nlp.similarity.fingerprint import from_bytes, to_bytes
from nlp.similarity.index import numbered
from nlp.similarity.parameters import parameters
from nlp.similarity.words import plain

_ONE = (
    ("ru", ["Маслихат Аксуского района решил:", "маслихат города Сарань решил", "Аксуский районный маслихат решил",
            "МАСЛИХАТ ГОРОДА САРАНЬ РЕШИЛ", "12. Маслихат Абайского района Карагандинской области решил"]),
    ("ru", ["Срок составляет 5 рабочих дней со 2 мая 2026 года.", "Срок составляет десять рабочих дней с 14 июня."]),
    ("kk", ["Ақсу аудандық мәслихаты шешті:", "Саран қаласының мәслихаты шешті", "Ақсу ауданының мәслихаты шешті."]),
    ("kk", ["Мерзімі 2026 жылғы 3 мамырдағы 5 жұмыс күні.", "Мерзімі 2020 жылғы 12 маусымдағы он жұмыс күні."]),
)  # fmt: skip


@pytest.mark.parametrize(("language", "alike"), _ONE)
def test_names_numbers_and_dates_are_left_out(language: str, alike: list[str]) -> None:
    made = {plain(language).words(text) for text in alike}
    if "мая" in alike[0] or "мамыр" in alike[0]:  # an inflected name of a month, «со» and «с» stay
        assert all(abs(len(one) - len(two)) <= 1 for one in made for two in made)
    else:
        assert len(made) == 1 and next(iter(made))


def test_a_duty_and_its_opposite_are_not_one() -> None:
    one, two = (plain("ru").words(text) for text in ("Акимат обязан ответить", "Акимат вправе ответить"))
    assert one != two


@pytest.mark.parametrize("rewritten", [0.0, 0.3])
def test_families_are_found(rewritten: float) -> None:
    drafts = list(families(24, 360, seed=5, rewritten=rewritten))
    found = score(labels(drafts), clusters(fingerprint(draft.paragraphs, draft.language) for draft in drafts))
    assert found.rand >= 0.95, found


def test_a_row_of_drafts_is_no_family() -> None:
    """Each is a little unlike the one before; the first and the last have nothing in common."""
    chance = random.Random(3)
    words = [f"{a}{b}" for a in ("вода", "земля", "поле", "лес", "река", "сад", "дом") for b in ("вой", "ний", "ская")]
    norms = [" ".join(chance.choices(words, k=9)) for _ in range(60)]
    drafts = [norms[n : n + 10] for n in range(0, 50)]
    prints = [fingerprint(draft, "ru") for draft in drafts]
    found = clusters(prints)
    assert found[0] != found[-1] and len(set(found)) >= 4
    for family in set(found):
        members = [n for n, each in enumerate(found) if each == family]
        assert max(members) - min(members) < 15, members  # a window of ten norms, with room for the middle of a family


def test_fingerprints_are_kept_as_bytes() -> None:
    draft = next(families(1, 2, seed=2))
    made = fingerprint(draft.paragraphs, draft.language)
    again = from_bytes(to_bytes(made), draft.language)
    assert again.bands == made.bands and len(made.bands) == parameters().bands
    assert [(u.hash, u.place, u.keys) for u in again.units] == [(u.hash, u.place, u.keys) for u in made.units]
    empty = fingerprint(["1.", "Глава 2"], "ru")
    assert from_bytes(to_bytes(empty), "ru").units == () and not empty.bands
    with pytest.raises(ValueError):
        from_bytes(b"\x63", "ru")


def test_likeness_of_a_family() -> None:
    drafts = [draft for draft in families(2, 12, seed=4) if draft.family == 0]
    one, *others = (fingerprint(draft.paragraphs, draft.language) for draft in drafts)
    profile = Profile(others)
    assert likeness(one, profile, Spread(2)) > 0.8
    assert likeness(fingerprint(["Совсем другая норма о другом предмете"], "ru"), profile, Spread(2)) == 0.0
    assert likeness(fingerprint([], "ru"), Profile(), Spread()) == 0.0


def test_nothing_to_compare_stands_alone() -> None:
    index = Index()
    assert [index.add(fingerprint([], "ru")) for _ in range(2)] == [0, 1]
    assert index.nearest(fingerprint(["Норма о предмете спора сторон"], "ru")) is None and len(index) == 2
    assert numbered([7, 7, 3, 7]) == [1, 1, 2, 1]


def test_adjusted_rand() -> None:
    assert adjusted_rand([1, 1, 2, 2], ["a", "a", "b", "b"]) == 1.0
    assert adjusted_rand([1, 1, 2, 2], [1, 2, 1, 2]) < 0
    assert adjusted_rand([1, 2, 3], [1, 2, 3]) == 1.0
    with pytest.raises(ValueError):
        score([1], [])
