"""Pack: a methodology as data – manifest, factors, rules, lists, messages – loaded, checked and compiled.

Any pack is loaded the same way: ours, an organisation's, another country's. Files of a pack folder::

    manifest.yaml                          format, id, version, languages, factor order, precedence
    lists.<language>.yaml                  named lists for patterns (@name)
    norms.<language>.yaml                  words of actors, modality, actions, slots
    suppressions.<language>.yaml           idioms that are never findings, norms of which the model alone says nothing
    safeguards.<language>.yaml             what is missed when a draft takes it out, with tests (may be absent)
    closings.<language>.yaml               where an act closes its own words (may be absent)
    severity.yaml                          scales of probability and impact
    messages.yaml                          names of kinds, severities, actors in texts
    factors/<factor>/factor.yaml           names, code, definition, basis, default scales
    factors/<factor>/rules.<language>.yaml rules with their tests
    detectors/<detector>/texts.yaml        what a detector of the act says, in all languages
    detectors/<detector>/<language>.yaml   its words, in the form that the detector asks for
    detectors/<detector>/settings.yaml     thresholds and the like, the same in all languages (may be absent)
    detectors/<detector>/tests.yaml        small acts and what the detector says of them (may be absent)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp.detection.closing_words import ClosingWords, build_closing_words
from nlp.detection.layers import Layers
from nlp.detection.rule import Rule, build_rule
from nlp.detection.safeguard import Safeguard, build_safeguard
from nlp.detection.suppression import Suppression
from nlp.detection.suppression import build as build_suppressions
from nlp.errors import PackError
from nlp.garbage import collected_seldom
from nlp.norms.lexicon import NormLexicon, build_lexicon


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the typology.

    ``explanation`` and ``risk`` by language: what is said where the trained model alone saw it (else "");
    ``direction``: what to recommend in words where no wording of the norm can be proposed; ``flawed`` and ``sound``: a
    norm that shows the factor and one that does not, for readers.
    """

    id: str
    code: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    probability: int
    impact: int
    basis: tuple[Mapping[str, str], ...]
    explanation: Mapping[str, str] = field(default_factory=dict)
    risk: Mapping[str, str] = field(default_factory=dict)
    direction: Mapping[str, str] = field(default_factory=dict)
    flawed: Mapping[str, str] = field(default_factory=dict)
    sound: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackLanguage:
    """Everything of one language."""

    code: str
    lexicon: NormLexicon
    rules: tuple[Rule, ...]
    suppressions: tuple[Suppression, ...]
    quiet: tuple[Suppression, ...] = ()  # of which the trained model alone says nothing
    silent: tuple[Suppression, ...] = ()  # norms of which rules say nothing
    safeguards: tuple[Safeguard, ...] = ()
    lists: Mapping[str, list[str]] = field(default_factory=dict)  # for the patterns of detectors
    closings: ClosingWords = field(default_factory=ClosingWords)


@dataclass(frozen=True, slots=True)
class DetectorData:
    """What a pack gives a detector of the act: ``texts`` (``observations``, ``questions``), words by language and
    ``settings`` (thresholds, which factor for what) that no language changes; ``tests`` are small acts of its own."""

    texts: Mapping[str, Any]
    words: Mapping[str, Any]
    settings: Mapping[str, Any] = field(default_factory=dict)
    tests: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A loaded pack. ``sha256`` is over all its files: the same hash, the same judgement.

    ``factors`` have rules; ``change_factors`` are found only where a draft is compared with the wording in force,
    ``act_factors`` only by detectors of the act.
    """

    id: str
    version: str
    name: Mapping[str, str]
    sha256: str
    factors: Mapping[str, Factor]
    languages: Mapping[str, PackLanguage]
    precedence: tuple[tuple[str, str], ...]
    severity: Mapping[str, Any]
    messages: Mapping[str, Any]
    by_id: Mapping[str, Rule]
    change_factors: Mapping[str, Factor] = field(default_factory=dict)
    act_factors: Mapping[str, Factor] = field(default_factory=dict)
    detectors: Mapping[str, DetectorData] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()  # it was loaded from, the lowest first

    @property
    def all_factors(self) -> Mapping[str, Factor]:
        """Every factor a finding may bear."""
        return {**self.factors, **self.act_factors, **self.change_factors}

    def rules(self) -> tuple[Rule, ...]:
        """Rules of all languages in file order."""
        return tuple(rule for language in self.languages.values() for rule in language.rules)


def load_pack(folder: Path, overlays: Sequence[Path] = ()) -> Pack:
    """Load and compile a pack folder with overlay folders on it, the lowest first (``layers.py``).

    Raises ``PackError`` (code, file, what is wrong) for a missing or malformed file, an unknown format, a factor, list
    or language that does not exist, two rules with one id, something to remove that is not there.

    A pack whose files are byte for byte those of one loaded lately in this process is that one: it does not change, and
    compiling takes seconds.
    """
    folders = (folder, *overlays)
    return _loaded(folders, _fingerprint(folders))


def _fingerprint(folders: Sequence[Path]) -> str:
    """Hash over names and contents of all YAML files; "" stands for what cannot be read (loading then says so)."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            try:
                content = path.read_bytes()
            except OSError:
                content = b""
            digest.update(f"{path.relative_to(folder)}:{len(content)}:".encode() + content)
        digest.update(b"//")
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _loaded(folders: tuple[Path, ...], fingerprint: str) -> Pack:
    """``fingerprint`` only tells one content of the folders from another; what fails to load is not kept."""
    with collected_seldom():
        return _compiled(folders)


def _compiled(folders: tuple[Path, ...]) -> Pack:
    folder, *overlays = folders
    layers = Layers(folder, overlays)
    manifest = layers.manifest()
    factors = {name: _factor(layers, name) for name in manifest["factors"]}
    of_changes = {name: _factor(layers, name) for name in manifest.get("factors_of_changes", ())}
    of_act = {name: _factor(layers, name) for name in manifest.get("factors_of_act", ())}
    known = {**factors, **of_act, **of_changes}
    languages = {code: _language(layers, code, factors, known) for code in manifest["languages"]}
    layers.check_removed()
    return Pack(
        id=manifest["id"],
        version=str(manifest["version"]),
        name=manifest["name"],
        sha256=layers.sha256(),
        factors=factors,
        languages=languages,
        precedence=tuple((pair[0], pair[1]) for pair in manifest.get("precedence", ())),
        severity=layers.severity(),
        messages=layers.messages(),
        by_id=_by_id(languages),
        change_factors=of_changes,
        act_factors=of_act,
        detectors={name: _detector(layers, name, languages) for name in manifest.get("detectors", ())},
        folders=folders,
    )


def _detector(layers: Layers, name: str, languages: Iterable[str]) -> DetectorData:
    words = {code: layers.detector_words(name, code) for code in languages}
    return DetectorData(layers.detector_texts(name), words, layers.detector_settings(name), layers.detector_tests(name))


def _by_id(languages: Mapping[str, PackLanguage]) -> Mapping[str, Rule]:
    """Rules of all languages by id; two of one id are refused."""
    found: dict[str, Rule] = {}
    for rule in (rule for language in languages.values() for rule in language.rules):
        if rule.id in found:
            raise PackError("pack.rule_twice", rule=rule.id)
        found[rule.id] = rule
    return found


def _factor(layers: Layers, name: str) -> Factor:
    data = layers.factor(name)
    return Factor(
        id=name,
        code=data["code"],
        name=data["name"],
        definition=data["definition"],
        probability=data["probability"],
        impact=data["impact"],
        basis=tuple(data.get("basis", ())),
        explanation=data.get("model", {}).get("explanation", {}),
        risk=data.get("model", {}).get("risk", {}),
        direction=data.get("direction", {}),
        flawed=data.get("examples", {}).get("flag", {}),
        sound=data.get("examples", {}).get("pass", {}),
    )


def _language(layers: Layers, code: str, factors: Mapping[str, Factor], known: Mapping[str, Factor]) -> PackLanguage:
    lists = layers.lists(code)
    suppressions, quiet, silent = build_suppressions(layers.suppressions(code), lists)
    return PackLanguage(
        code=code,
        lexicon=build_lexicon(code, layers.norms(code), lists),
        rules=tuple(
            _rule(entry, factor, code, lists, path) for factor in factors for entry, path in layers.rules(factor, code)
        ),
        suppressions=suppressions,
        quiet=quiet,
        silent=silent,
        safeguards=_safeguards(layers, code, lists, known),
        lists=lists,
        closings=build_closing_words(layers.closings(code)),
    )


def _safeguards(
    layers: Layers, code: str, lists: Mapping[str, list[str]], known: Mapping[str, Factor]
) -> tuple[Safeguard, ...]:
    made: list[Safeguard] = []
    for entry, path in layers.safeguards(code):
        if entry["factor"] not in known:
            raise PackError("pack.unknown_label", section=path.name, label=entry["factor"])
        if any(entry["id"] == other.id for other in made):
            raise PackError("pack.rule_twice", rule=entry["id"])
        try:
            made.append(build_safeguard(entry, code, lists))
        except PackError as error:
            raise PackError(error.code, **{**error.params, "file": path.name, "rule": entry["id"]}) from error
    return tuple(made)


OPERATIONS = frozenset(
    {"replace", "delete", "insert_before", "insert_after", "append", "affirm", "open", "duty", "exclude", "keep", "sub"}
)
"""What ``rewrite`` may ask for; ``nlp.rewriting`` carries them out."""


def _rule(entry: Mapping[str, Any], factor: str, code: str, lists: Mapping[str, list[str]], path: Path) -> Rule:
    for edit in entry.get("rewrite", ()):
        if edit["op"] not in OPERATIONS:
            known = ", ".join(sorted(OPERATIONS))
            raise PackError("pack.unknown_operation", rule=entry["id"], op=edit["op"], known=known)
    try:
        return build_rule(entry, factor, code, lists)
    except PackError as error:
        raise PackError(error.code, **{**error.params, "file": path.name, "rule": entry["id"]}) from error
