"""What the detector of powers puts into its blanks: the power in its norm's own words, units, sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.detection.act_view import ActView
from nlp.detection.detectors.power_gaps import Gap
from nlp.detection.observation import Blanks
from nlp.detection.observed import fill
from nlp.language import generate
from nlp.norms.frame import Field
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
_CASES = {"ru": ("gen", "loc"), "kk": ("gen", "abl")}

Both = Mapping[str, str]


def quoted(words: str) -> str:
    """Words on one line, a long text cut."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


class PowerBlanks:
    """Makes blanks for the powers of one text."""

    def __init__(self, view: ActView, index: ActIndex, texts: Mapping[str, Both]) -> None:
        self._view = view
        self._index = index
        self._texts = texts
        self._code = index.words.language

    def of(self, power: Power, core: Core, found: Sequence[Gap]) -> Blanks:
        """Blanks of a finding."""
        base = self._base(power, core)
        natural = sorted(found, key=lambda gap: _NATURAL.index(gap.element))
        return {
            **base,
            "missing": self._joined("; ", [self._missing(gap) for gap in found]),
            "found": self._found(power),
            "where": self._where(natural, power),
            "risk": self._filled(f"risk_{power.kind}", {**base, "gap_short": self._texts["gap_short"]}),
            "supplement": self._joined(" ", [self._supplement(gap, power, base) for gap in natural]),
        }

    def of_question(self, power: Power, core: Core, asked: Sequence[str]) -> Blanks:
        """Blanks of a question."""
        return {
            **self._base(power, core),
            "asked": self._joined(", ", [self._texts[f"element_{name}"] for name in asked]),
            "order": dict.fromkeys(LANGUAGES, _words(power.order) if power.order is not None else ""),
        }

    def _base(self, power: Power, core: Core) -> dict[str, Both]:
        deed, actor = self._deed(power, core), self._actor(power, core)
        made: dict[str, dict[str, str]] = {
            "here": {code: self._cite(power.core.address, code, "nom") for code in LANGUAGES},
            "deed": dict(deed),
            "actor": dict(actor),
        }
        for name, words in (("deed", deed), ("actor", actor)):
            for case in ("gen", "loc", "abl"):
                made[f"{name}_{case}"] = {
                    code: (generate.inflect(code, words[code], {case}) if case in _CASES[code] else None) or words[code]
                    for code in LANGUAGES
                }
        return dict(made)

    def _cite(self, address: str, code: str, case: str) -> str:
        return self._view.citations.cite(address, code, case)

    def _deed(self, power: Power, core: Core) -> Both:
        """The power by name; in the language of the norm by its own action and object."""
        words = dict(self._texts[f"kind_{power.kind}"])
        own = self._russian_deed(core) if self._code == "ru" else self._kazakh_deed(core)
        if own:
            words[self._code] = own
        return words

    def _russian_deed(self, core: Core) -> str:
        """«выдает разрешение» → «выдача разрешения»."""
        tokens = [
            t
            for t in self._index.analysis(self._index.provisions[core.at]).text
            if core.span.start <= t.start and t.end <= core.span.end
        ]
        nouns = self._index.words.nouns
        verb = next((n for n, t in enumerate(tokens) if any(lemma in nouns for lemma in t.lemmas)), -1)
        if verb < 0:
            return ""
        actor = core.frame.actor.span
        object_ = next(
            (
                t
                for t in (*reversed(tokens[verb + 1 :]), *tokens[:verb])
                if "noun" in t.tags
                and not (
                    actor is not None and actor.field is Field.TEXT and actor.start <= t.start and t.end <= actor.end
                )
            ),
            None,
        )
        words = generate.inflect("ru", object_.norm, {"gen"}) if object_ is not None else None
        noun = next(nouns[lemma] for lemma in tokens[verb].lemmas if lemma in nouns)
        return f"{noun} {words}" if words else ""

    def _kazakh_deed(self, core: Core) -> str:
        """«рұқсат береді» → «рұқсат беру»; the doer is left out, a converb is no name of an action."""
        actor = core.frame.actor.span
        tokens = [
            t
            for t in self._index.analysis(self._index.provisions[core.at]).text
            if core.span.start <= t.start
            and t.end <= core.span.end
            and not (actor is not None and actor.field is Field.TEXT and actor.start <= t.start and t.end <= actor.end)
        ]
        if len(tokens) < 2 or "verb" not in tokens[-1].tags or any(not t.text.isalpha() for t in tokens):
            return ""
        *before, last = tokens
        if "converb" in last.tags:
            return ""
        return " ".join([*(t.norm for t in before), last.lemma])

    def _actor(self, power: Power, core: Core) -> Both:
        words = dict(self._texts["body"])
        span, provision = core.frame.actor.span, power.core
        text = {Field.TEXT: provision.text, Field.LEAD: provision.lead, Field.HEADING: provision.heading}
        own = text[span.field][span.start : span.end] if span is not None else ""
        slot = power.slots[Element.WHO].words
        if not own and slot is not None:
            own = _words(slot)
        if own:
            own = self._whole_name(own, provision)
            own = generate.inflect(self._code, own, {"nom"}) or own
            words[self._code] = own[:1].lower() + own[1:]
        return words

    def _whole_name(self, own: str, provision: Provision) -> str:
        """«управление» of the norm with what tells it from others: «управление набережных», «жағалау басқармасы»."""
        analysis = self._index.analysis(provision)
        # A body is named in the norm, or in the lead-in or the heading that it stands under.
        fields = (Field.TEXT, Field.LEAD, Field.HEADING)
        field = next((each for each in fields if own in analysis.string(each)), Field.TEXT)
        tokens, whole = analysis.tokens(field), analysis.string(field)
        at = whole.find(own)
        named = [n for n, t in enumerate(tokens) if at >= 0 and at <= t.start and t.end <= at + len(own)]
        if not named:
            return " ".join(own.split())
        first, last = named[0], named[-1]
        if self._code == "ru" and last + 1 < len(tokens) and "gen" in tokens[last + 1].tags - {"participle"}:
            last += 1
        if self._code == "kk" and "poss" in tokens[last].tags and first and tokens[first - 1].text.isalpha():
            first -= 1
        return " ".join(whole[tokens[first].start : tokens[last].end].split())

    def _missing(self, gap: Gap) -> Both:
        if gap.words is None:
            return self._texts[f"absent_{gap.element}"]
        return self._filled(f"open_{gap.element}", {"words": dict.fromkeys(LANGUAGES, _words(gap.words))})

    def _found(self, power: Power) -> Both:
        """What there is and where, so that a reader sees what was looked at."""
        made: dict[str, list[str]] = {code: [] for code in LANGUAGES}
        for element, slot in power.slots.items():
            if element in (Element.WHO, Element.DECISIONS, Element.LIABILITY) or slot.words is None:
                continue
            if slot.state is State.PRESENT:
                for code in LANGUAGES:
                    name = self._texts[f"element_{element.value}"][code]
                    made[code].append(f"{name} – {self._cite(slot.words.provision.address, code, 'nom')}")
        if not made["ru"]:
            return dict.fromkeys(LANGUAGES, "")
        return self._filled("found", {"list": {code: "; ".join(made[code]) for code in LANGUAGES}})

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


def _words(words: Words) -> str:
    return quoted(words.provision.text[words.span.start : words.span.end])
