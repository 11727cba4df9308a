"""Pack: a methodology as data – manifest, factors, rules, lists, messages – loaded, checked and compiled.

Any pack is loaded the same way: ours, an organisation's, another country's. Files of a pack folder::

    manifest.yaml                          format, id, version, languages, factor order, precedence
    lists.<language>.yaml                  named lists for patterns (@name)
    norms.<language>.yaml                  words of actors, modality, actions, slots
    suppressions.<language>.yaml           idioms that are never findings
    safeguards.<language>.yaml             what is missed when a draft takes it out, with tests (may be absent)
    severity.yaml                          scales of probability and impact
    messages.yaml                          names of kinds, severities, actors in texts
    factors/<factor>/factor.yaml           names, code, definition, basis, default scales
    factors/<factor>/rules.<language>.yaml rules with their tests
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from nlp.detection.rule import Rule, build_rule
from nlp.detection.safeguard import Safeguard, build_safeguard
from nlp.errors import PackError
from nlp.matching import PatternSet, parse_pattern
from nlp.norms.lexicon import NormLexicon, build_lexicon

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the typology."""

    id: str
    code: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    probability: int
    impact: int
    basis: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Idioms that are never findings for these factors (all when empty); they act where they overlap the words."""

    factors: frozenset[str]
    patterns: PatternSet


@dataclass(frozen=True, slots=True)
class PackLanguage:
    """Everything of one language."""

    code: str
    lexicon: NormLexicon
    rules: tuple[Rule, ...]
    suppressions: tuple[Suppression, ...]
    safeguards: tuple[Safeguard, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A loaded pack. ``sha256`` is over all its files: the same hash, the same judgement.

    ``factors`` have rules; ``change_factors`` are found only where a draft is compared with the wording in force.
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

    @property
    def all_factors(self) -> Mapping[str, Factor]:
        """Every factor a finding may bear."""
        return {**self.factors, **self.change_factors}

    def rules(self) -> tuple[Rule, ...]:
        """Rules of all languages in file order."""
        return tuple(rule for language in self.languages.values() for rule in language.rules)


def load_pack(folder: Path) -> Pack:
    """Load and compile a pack folder.

    Raises ``PackError`` (code, file, what is wrong) for a missing or malformed file, an unknown format, a factor, list
    or language that does not exist, two rules with one id.
    """
    manifest = _read(folder / "manifest.yaml", "manifest")
    if manifest["format"] != FORMAT:
        raise PackError("pack.format_unknown", format=manifest["format"], known=FORMAT)
    factors = {name: _factor(folder, name) for name in manifest["factors"]}
    of_changes = {name: _factor(folder, name) for name in manifest.get("factors_of_changes", ())}
    known = {**factors, **of_changes}
    languages = {code: _language(folder, code, factors, known) for code in manifest["languages"]}
    return Pack(
        id=manifest["id"],
        version=str(manifest["version"]),
        name=manifest["name"],
        sha256=_hash(folder),
        factors=factors,
        languages=languages,
        precedence=tuple((pair[0], pair[1]) for pair in manifest.get("precedence", ())),
        severity=_read(folder / "severity.yaml", "severity"),
        messages=_read(folder / "messages.yaml", "messages"),
        by_id=_by_id(languages),
        change_factors=of_changes,
    )


def _by_id(languages: Mapping[str, PackLanguage]) -> Mapping[str, Rule]:
    """Rules of all languages by id; two of one id are refused."""
    found: dict[str, Rule] = {}
    for rule in (rule for language in languages.values() for rule in language.rules):
        if rule.id in found:
            raise PackError("pack.rule_twice", rule=rule.id)
        found[rule.id] = rule
    return found


def _factor(folder: Path, name: str) -> Factor:
    data = _read(folder / "factors" / name / "factor.yaml", "factor")
    return Factor(
        id=name,
        code=data["code"],
        name=data["name"],
        definition=data["definition"],
        probability=data["probability"],
        impact=data["impact"],
        basis=tuple(data.get("basis", ())),
    )


def _language(folder: Path, code: str, factors: Mapping[str, Factor], known: Mapping[str, Factor]) -> PackLanguage:
    lists = _read(folder / f"lists.{code}.yaml", "lists")
    rules = []
    for factor in factors:
        path = folder / "factors" / factor / f"rules.{code}.yaml"
        if path.exists():
            rules += [_rule(entry, factor, code, lists, path) for entry in _read(path, "rules")]
    suppressions = _read(folder / f"suppressions.{code}.yaml", "suppressions")
    return PackLanguage(
        code=code,
        lexicon=build_lexicon(code, _read(folder / f"norms.{code}.yaml", "norms"), lists),
        rules=tuple(rules),
        suppressions=tuple(
            Suppression(
                frozenset(entry.get("factors", ())),
                PatternSet([parse_pattern(source, lists) for source in entry["any"]]),
            )
            for entry in suppressions
        ),
        safeguards=_safeguards(folder, code, lists, known),
    )


def _safeguards(
    folder: Path, code: str, lists: Mapping[str, list[str]], known: Mapping[str, Factor]
) -> tuple[Safeguard, ...]:
    path = folder / f"safeguards.{code}.yaml"
    if not path.exists():
        return ()
    made: list[Safeguard] = []
    for entry in _read(path, "safeguards"):
        if entry["factor"] not in known:
            raise PackError("pack.unknown_label", section=path.name, label=entry["factor"])
        if any(entry["id"] == other.id for other in made):
            raise PackError("pack.rule_twice", rule=entry["id"])
        try:
            made.append(build_safeguard(entry, code, lists))
        except PackError as error:
            raise PackError(error.code, **{**error.params, "file": path.name, "rule": entry["id"]}) from error
    return tuple(made)


OPERATIONS = frozenset({"replace", "delete", "insert_before", "insert_after", "append", "duty", "exclude"})
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


def _read(path: Path, schema: str) -> Any:
    """One YAML file, checked by its JSON Schema."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PackError("pack.file_missing", file=path.name) from error
    try:
        data = yaml.load(text, Loader=_loader())
    except yaml.YAMLError as error:
        raise PackError("pack.not_yaml", file=path.name, problem=" ".join(str(error).split())) from error
    problem = next(iter(_validator(schema).iter_errors(data)), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path) or "/"
        raise PackError("pack.malformed", file=path.name, place=place, problem=problem.message[:200])
    return data


def _loader() -> Any:
    """The C loader is ten times faster; both read the safe subset only."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = resources.files("nlp.detection").joinpath("schema").joinpath(f"{name}.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(schema))


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()
