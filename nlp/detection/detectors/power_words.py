"""What the detector of powers puts into its blanks: the power in its norm's own words, units, sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from nlp.detection.act_view import ActView
from nlp.detection.detectors.power_gaps import Gap
from nlp.detection.detectors.power_names import actor, deed
from nlp.detection.observation import Blanks
from nlp.detection.observed import fill
from nlp.detection.phrases import whole
from nlp.language import generate
from nlp.norms.powers import ActIndex, Core, Element, Power, State, Words
from nlp.norms.powers.index import article_of
from nlp.structure.act import Provision

LANGUAGES = ("ru", "kk")
_LONGEST = 120
_NATURAL = (
    "documents", "grounds", "decisions", "time_limit", "refusal_grounds", "composition", "notice", "publication",
    "appeal", "liability",
)  # fmt: skip
"""The order in which a norm would say it."""
_VOWELS = frozenset("аиоуэ")  # «об отказе», but «о юридическом»
_CASES = {"ru": ("gen", "loc"), "kk": ("gen", "abl")}

Both = Mapping[str, str]


def quoted(words: str) -> str:
    """Words on one line, a long text cut."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


class PowerBlanks:
    """Makes blanks for the powers of one text."""

    def __init__(self, view: ActView, index: ActIndex, texts: Mapping[str, Both], leaves_open: Sequence[str]) -> None:
        """``leaves_open``: factors of norms that settle nothing."""
        self._view = view
        self._index = index
        self._texts = texts
        self._open = frozenset(leaves_open)
        self._code = index.words.language

    def of(self, power: Power, core: Core, found: Sequence[Gap]) -> Blanks:
        """Blanks of a finding."""
        base = self._base(power, core)
        natural = sorted(found, key=lambda gap: _NATURAL.index(gap.element))
        return {
            **base,
            "missing": self._joined("; ", [self._missing(gap) for gap in found]),
            "found": self._found(power, core),
            "where": self._where(natural, power),
            "risk": self._filled(f"risk_{power.kind}", base),
            "supplement": self._joined(" ", [self._supplement(gap, power, base) for gap in natural]),
        }

    def of_question(self, power: Power, core: Core, asked: Sequence[str]) -> Blanks:
        """Blanks of a question."""
        return {
            **self._base(power, core),
            "asked": self._joined(", ", [self._texts[f"element_{name}"] for name in asked]),
            "order": dict.fromkeys(LANGUAGES, self._words(power.order) if power.order is not None else ""),
        }

    def _base(self, power: Power, core: Core) -> dict[str, Both]:
        named, who = self._deed(power, core), self._actor(power, core)
        made: dict[str, dict[str, str]] = {
            "here": {code: self._cite(power.core.address, code, "nom") for code in LANGUAGES},
            "deed": dict(named),
            "actor": dict(who),
        }
        for name, words in (("deed", named), ("actor", who)):
            for case in ("gen", "loc", "abl"):
                made[f"{name}_{case}"] = {
                    code: (generate.inflect(code, words[code], {case}) if case in _CASES[code] else None) or words[code]
                    for code in LANGUAGES
                }
        about = made["deed_loc"]
        made["about"] = {"ru": f"{'об' if about['ru'][:1] in _VOWELS else 'о'} {about['ru']}", "kk": named["kk"]}
        return dict(made)

    def _cite(self, address: str, code: str, case: str) -> str:
        return self._view.citations.cite(address, code, case)

    def _deed(self, power: Power, core: Core) -> Both:
        """The power by name; in the language of the norm by its own action and object."""
        named = self._index.analysis(power.core).text
        is_complaint = power.kind == "review" and any(
            lemma in self._index.words.complaints
            for token in named
            if core.span.start <= token.start and token.end <= core.span.end
            for lemma in token.lemmas
        )
        words = dict(self._texts["kind_review_complaint" if is_complaint else f"kind_{power.kind}"])
        own = deed(self._index, core)
        if own:
            words[self._code] = own
        return words

    def _actor(self, power: Power, core: Core) -> Both:
        words = dict(self._texts["body"])
        own = actor(self._index, core, power)
        if own:
            words[self._code] = own
        return words

    def _missing(self, gap: Gap) -> Both:
        if gap.words is None:
            return self._texts[f"absent_{gap.element}"]
        return self._filled(f"open_{gap.element}", {"words": dict.fromkeys(LANGUAGES, self._words(gap.words))})

    def _found(self, power: Power, core: Core) -> Both:
        """What there is and where, so that a reader sees what was looked at; no unit whose own words leave it open."""
        made: dict[str, list[str]] = {code: [] for code in LANGUAGES}
        for element, slot in power.slots.items():
            if element in (Element.WHO, Element.DECISIONS, Element.LIABILITY) or slot.words is None:
                continue
            if slot.state is State.PRESENT and self._is_near(slot.words.provision, core, power, element):
                for code in LANGUAGES:
                    name = self._texts[f"element_{element.value}"][code]
                    made[code].append(f"{name} – {self._cite(slot.words.provision.address, code, 'nom')}")
        if not made["ru"]:
            return dict.fromkeys(LANGUAGES, "")
        return self._filled("found", {"list": {code: "; ".join(made[code]) for code in LANGUAGES}})

    def _is_near(self, provision: Provision, core: Core, power: Power, element: Element) -> bool:
        """What a reader would take for this power's own: words of its article on the same thing, or a general norm on
        appeal."""
        if element is Element.APPEAL or provision.id == power.core.id:
            return True
        if article_of(provision) != article_of(power.core) or self._is_open(provision):
            return False
        return self._is_on_the_same(provision, power, core)

    def _is_open(self, provision: Provision) -> bool:
        """Whether words of the point leave something open («противоречит интересам района»), or rules say that they
        do."""
        index = self._index
        at = index.at[provision.id]
        point = index.points[at]
        sides = (range(at, -1, -1), range(at + 1, len(index.points)))
        near = [n for side in sides for n in takewhile(lambda n: index.points[n] == point, side)]
        if any(index.words.unsettling.find(index.analysis(index.provisions[n]).text) for n in near):
            return True
        told = (self._view.said(index.provisions[n]) for n in near)
        return any(each.factor in self._open for one in told if one is not None for each in one.factors)

    def _is_on_the_same(self, provision: Provision, power: Power, core: Core) -> bool:
        """Whether a norm speaks of what the power is about, or names no thing of its own («Основаниями для отказа
        являются: …»)."""
        index = self._index
        if index.points[index.at[provision.id]] == index.points[index.at[power.core.id]]:
            return True
        about, there = self._things(power.core, core), self._things(provision, core)
        return not there or bool(about & there)

    def _things(self, provision: Provision, core: Core) -> set[str]:
        """Nouns of a norm that tell one thing from another."""
        words = self._index.words
        return {
            token.lemma
            for token in self._index.analysis(provision).text
            if "noun" in token.tags and token.lemma not in words.stop and token.lemma not in core.kind.family
        }

    def _where(self, found: Sequence[Gap], power: Power) -> Both:
        """Where each is expected, elements of one place together."""
        by_place: dict[str, list[str]] = {}
        for gap in found:
            by_place.setdefault(gap.place, []).append(f"element_{gap.element}")
        return self._joined("; ", [self._place(place, names, power) for place, names in by_place.items()])

    def _place(self, place: str, names: Sequence[str], power: Power) -> Both:
        core = power.core
        known = self._view.citations.paths
        point = self._index.points[self._index.at[core.id]]
        unit = core.address if place == "own" or point not in known else point
        part = article_of(core) if article_of(core) in known else core.address
        elements = self._joined(", ", [self._texts[name] for name in names])
        made = {}
        for code in LANGUAGES:
            blanks = {
                "elements": elements[code],
                "unit_loc": self._cite(unit, code, "loc"),
                "unit_gen": self._cite(unit, code, "gen"),
                "unit_abl": self._cite(unit, code, "abl") if code == "kk" else "",
                "part_gen": self._cite(part, code, "gen"),
            }
            text = fill(
                self._texts[f"place_{place}"][code], {name: {code: value} for name, value in blanks.items()}, code
            )
            made[code] = text[:1].lower() + text[1:] if code == "ru" else text
        return made

    def _supplement(self, gap: Gap, power: Power, base: Blanks) -> Both:
        name = f"supplement_{gap.element}_{power.kind}"
        return self._filled(name if name in self._texts else f"supplement_{gap.element}", base)

    def _filled(self, name: str, blanks: Blanks) -> Both:
        texts = self._texts[name]
        made = {}
        for code in LANGUAGES:
            text = fill(texts[code], blanks, code)
            made[code] = (
                text if texts[code][:1].isupper() or texts[code].startswith("{") else text[:1].lower() + text[1:]
            )
        return made

    def _joined(self, by: str, parts: Sequence[Both]) -> Both:
        return {code: by.join(part[code] for part in parts) for code in LANGUAGES}

    def _words(self, words: Words) -> str:
        """Words as far as their phrase goes: «в порядке, определенном Законом «О …»» with the whole title."""
        span = whole(self._index.analysis(words.provision).text, words.span, self._code)
        return quoted(words.provision.text[span.start : span.end])
