"""versions_page(): two versions of an act as one page to read – contents, words marked, moved norms linked.

Reads: ``Versions``. Writes: HTML that needs nothing beside it: no script, no picture, no font, no address elsewhere.
``versions_body()`` is what stands on that page, without styles: a page of the service has its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from nlp.alignment import Change
from nlp.alignment.alignment import opening
from nlp.detection.finding import Finding
from nlp.messages import message
from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.citations import Citations
from nlp.versions import Op, Version, Versions, pieces

Names = Callable[[str, str], str]  # (factor, language) → its name

_LONGEST_LABEL = 40
_DEEPEST = 6
_SHOWN = 90  # characters of a norm in the contents
_PARTS = frozenset({UnitKind.ORDER, UnitKind.DOCUMENT, UnitKind.ANNEX, UnitKind.PART, UnitKind.SECTION,
                    UnitKind.SUBSECTION, UnitKind.CHAPTER, UnitKind.PARAGRAPH, UnitKind.ARTICLE})  # fmt: skip
_TAGS = {Op.GONE: "del", Op.NEW: "ins"}
_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 Georgia, "PT Serif", serif; max-width: 50rem; margin: 0 auto; padding: 1rem 1.25rem 4rem }
nav { font-size: .9rem; border: 1px solid #8888; border-radius: .4rem; padding: .5rem 1rem }
nav ul { margin: .25rem 0; padding-left: 1.25rem }
.unit { margin: .35rem 0; padding-left: .75rem; border-left: .25rem solid transparent; white-space: pre-wrap }
.unit:target { outline: .15rem solid #c80 }
.changed, .renumbered, .split, .merged { border-color: #b80 }
.moved { border-color: #07c } .inserted { border-color: #080 } .deleted { border-color: #c00 }
.part { font-weight: bold; margin-top: 1.25rem }
ins { background: #0801; color: #060; text-decoration: underline }
del { background: #c001; color: #a00; text-decoration: line-through }
.tag { font: .75rem/1 sans-serif; border: 1px solid; border-radius: .3rem; padding: .1rem .3rem; white-space: nowrap }
.finding { font: .85rem/1.4 sans-serif; border-left: .25rem solid #a0a; padding: .25rem .75rem }
.finding { margin: .35rem 0 .35rem 1rem }
.deep-1 { margin-left: 1rem } .deep-2 { margin-left: 2rem } .deep-3 { margin-left: 3rem }
.deep-4 { margin-left: 4rem } .deep-5 { margin-left: 5rem } .deep-6 { margin-left: 6rem }
@media (prefers-color-scheme: dark) { ins { color: #7d7 } del { color: #f99 } }
@media print { nav { display: none } }
"""


def versions_page(found: Sequence[Versions], language: str, factor_name: Names) -> str:
    """The page in one language of interface; the texts stay in their own."""
    title = " · ".join(_title(each, language) for each in found)
    body = "\n".join(versions_body(found, language, factor_name, "h1"))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def versions_body(found: Sequence[Versions], language: str, factor_name: Names, heading: str = "h2") -> Iterator[str]:
    """Lines of HTML: for each text its heading, counts, contents, and the norms with their words marked."""
    for number, each in enumerate(found):
        yield from _Text(each, language, number, factor_name).lines(heading)


def _title(found: Versions, language: str) -> str:
    return message("versions.title", language, {"old": found.old.source.name, "new": found.new.source.name})


class _Text:
    """The lines of one text. ``number`` keeps the anchors of several texts apart."""

    def __init__(self, found: Versions, language: str, number: int, factor_name: Names) -> None:
        self.found, self.language, self.number, self.factor_name = found, language, number, factor_name
        self.old = {unit.address: unit for unit in found.old.root.walk()}
        self.new = {unit.address: unit for unit in found.new.root.walk()}
        self.cited = (Citations(found.old), Citations(found.new))
        self.depth = {**_depths(found.old.root), **_depths(found.new.root)}
        self.findings = self._findings()
        self.left_here = self._stubs()

    def lines(self, heading: str) -> Iterator[str]:
        yield f"<{heading}>{escape(_title(self.found, self.language))}</{heading}>"
        counts = Counter(entry.change for entry in self.found.entries)
        told = [f"{self._say(f'versions.{change}')} – {counts[change]}" for change in Change]
        yield f"<p>{escape('; '.join(told))}.</p>"
        last = (
            self._say("versions.new_findings", count=len(self.found.new_findings)) if self.found.examined
            else self._say("versions.not_examined")
        )  # fmt: skip
        yield f"<p>{escape(self._say('versions.legend'))} {escape(last)}</p>"
        yield from self._contents()
        yield f'<article class="redline" lang="{self.found.language}">'
        for entry in self._shown():
            yield from self._unit(entry)
        yield "</article>"

    def _shown(self) -> Iterator[Version]:
        return (entry for entry in self.found.entries if entry.old or entry.new)

    def _contents(self) -> Iterator[str]:
        """Parts of the act, below each the norms that are not as they were."""
        named = escape(self._say("versions.contents"))
        yield f'<nav aria-label="{named}"><strong>{named}</strong><ul>'
        inside = False
        for entry in self._shown():
            unit = self._of(entry)
            if unit.kind in _PARTS:
                yield "</ul></li>" * inside
                inside = True
                yield f"<li>{self._link(entry)}<ul>"
            elif entry.change is not Change.SAME:
                yield f"<li>{self._link(entry)} {self._tag(entry)}</li>"
        yield "</ul></li>" * inside + "</ul></nav>"

    def _link(self, entry: Version) -> str:
        words = " ".join(f"{_label(*self._side(entry))} {entry.new or entry.old}".split())
        words = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
        return f'<a href="#{self._anchor(entry)}">{escape(words)}</a>'

    def _unit(self, entry: Version) -> Iterator[str]:
        unit = self._of(entry)
        part = " part" if unit.kind in _PARTS or unit.role is Role.TITLE else ""
        indent = max(self.depth.get(unit.address, 1) - 2, 0)
        tag = "" if entry.change is Change.SAME else f" {self._tag(entry)}"
        words = "".join(_marked(op, text) for op, text in pieces(entry.old, entry.edits))
        yield (
            f'<div class="unit {entry.change.value}{part} deep-{min(indent, _DEEPEST)}" id="{self._anchor(entry)}">'
            f"{self._labels(entry)}{words}{tag}{self._elsewhere(entry)}</div>"
        )
        for address in entry.right:
            for finding in self.findings.get(address, ()):
                yield self._finding(finding)
        for moved in self.left_here.get(self._anchor(entry), ()):
            yield self._stub(moved)

    def _stub(self, entry: Version) -> str:
        """What stands where a norm stood that has moved: a link to where it is now."""
        unit = self.cited[1].cite(entry.right[0], self.language)
        label = _label(self.found.old, self.old[entry.left[0]])
        told = escape(self._say("versions.to", unit=unit))
        gone = f"<del>{escape(label)}</del> " if label else ""
        return f'<div class="unit moved">{gone}<a class="tag" href="#{self._anchor(entry)}">{told}</a></div>'

    def _stubs(self) -> Mapping[str, list[Version]]:
        """Moved norms by the anchor of the norm after which they stood."""
        order = {address: n for n, address in enumerate(self.old)}
        found: dict[str, list[Version]] = defaultdict(list)
        before = ""
        for entry in sorted((e for e in self._shown() if e.left), key=lambda e: order[e.left[0]]):
            if entry.change is Change.MOVED:
                found[before].append(entry)
            else:
                before = self._anchor(entry)
        return found

    def _labels(self, entry: Version) -> str:
        old = " ".join(filter(None, (_label(self.found.old, self.old[address]) for address in entry.left)))
        new = " ".join(filter(None, (_label(self.found.new, self.new[address]) for address in entry.right)))
        if old == new:
            return f"{escape(new)} " if new else ""
        gone = f"<del>{escape(old)}</del> " if old else ""
        return gone + (f"<ins>{escape(new)}</ins> " if new else "")

    def _elsewhere(self, entry: Version) -> str:
        """Where a norm stood that has moved: its old place keeps a link to the new one."""
        if entry.change not in {Change.MOVED, Change.SPLIT, Change.MERGED, Change.RENUMBERED}:
            return ""
        units = ", ".join(self.cited[0].cite(address, self.language) for address in entry.left)
        return f' <span class="tag">{escape(self._say("versions.from", unit=units))}</span>'

    def _tag(self, entry: Version) -> str:
        return f'<span class="tag">{escape(self._say(f"versions.{entry.change}"))}</span>'

    def _finding(self, finding: Finding) -> str:
        name = self.factor_name(finding.factor, self.language)
        quote = finding.marks[0].quote
        return (
            f'<div class="finding"><strong>{escape(self._say("versions.finding_new"))}: {escape(name)}.</strong> '
            f"<mark>«{escape(quote)}»</mark> {escape(finding.explanation)}</div>"
        )

    def _findings(self) -> Mapping[str, list[Finding]]:
        """New findings by the unit that has an entry; a first paragraph stands for its unit."""
        shown = {address for entry in self.found.entries for address in entry.right}
        above = {child.address: unit.address for unit in self.new.values() for child in unit.children}
        made: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.found.new_findings:
            address = finding.marks[0].address
            while address not in shown and address in above:
                address = above[address]
            made[address].append(finding)
        return made

    def _side(self, entry: Version) -> tuple[Act, Unit]:
        return (self.found.new if entry.right else self.found.old), self._of(entry)

    def _of(self, entry: Version) -> Unit:
        return self.new[entry.right[0]] if entry.right else self.old[entry.left[0]]

    def _anchor(self, entry: Version) -> str:
        side = "n" if entry.right else "o"
        return escape(f"{side}{self.number}-{(entry.right or entry.left)[0]}", quote=True)

    def _say(self, code: str, **params: object) -> str:
        return message(code, self.language, params)


def _marked(op: Op, text: str) -> str:
    tag = _TAGS.get(op)
    return f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)


def _label(act: Act, unit: Unit) -> str:
    """The number with which a unit begins, as it is written: «12.», «3)», «Глава 2.»."""
    first = opening(act, unit)
    start = unit.heading[0] if unit.heading != (0, 0) else first.own[0]
    words = act.text((unit.span[0], start)).strip() if unit.number else ""
    return words if len(words) <= _LONGEST_LABEL else ""


def _depths(root: Unit) -> dict[str, int]:
    found: dict[str, int] = {}
    waiting = [(root, 0)]
    while waiting:
        unit, depth = waiting.pop()
        found[unit.address] = depth
        waiting.extend((child, depth + 1) for child in unit.children)
    return found
