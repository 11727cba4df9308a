"""Layers: the files of a pack folder and of overlay folders on it, read as one pack (DESIGN 3.2).

Reads: YAML files, each checked by its JSON Schema. Writes: their merged data.

An overlay adds, removes and re-words by id:

* ``overlay.yaml`` – format, id, version, ``over`` (the pack beneath), name; further ``factors``, ``precedence``;
  ``remove: {factors, rules, safeguards, detectors}``
* rules and safeguards: an entry with a known id replaces the keys it has (texts by language), another id is a new one
* ``factor.yaml``, ``severity.yaml``, ``messages.yaml``: the keys given replace those beneath
* lists, words of norms, suppressions: added to those beneath
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from nlp.errors import PackError

FORMAT = 1
_Put = Callable[[dict[str, Any], Mapping[str, Any]], dict[str, Any]]
MANIFEST = "manifest.yaml"
OVERLAY = "overlay.yaml"


def is_overlay(folder: Path) -> bool:
    """Whether a folder is an overlay, not a pack of its own."""
    return (folder / OVERLAY).is_file()


def overlay_base(folder: Path) -> str:
    """What an overlay lies on: a name, or a folder relative to its own. Raises ``PackError``."""
    return str(_read(folder / OVERLAY, "overlay")["over"])


class Layers:
    """One pack out of its folder and overlays, the lowest first.

    Every method raises ``PackError`` (code, file, what is wrong) for a missing or malformed file.
    """

    def __init__(self, folder: Path, overlays: Sequence[Path] = ()) -> None:
        self._folder = folder
        self._overlays = tuple(overlays)
        self._manifests = [self._overlay(path) for path in self._overlays]
        self._removed = {kind: self._all_removed(kind) for kind in ("factors", "rules", "safeguards")}
        self._met: set[str] = set()

    def manifest(self) -> Mapping[str, Any]:
        """The pack's manifest with what overlays add and remove; id and version name every layer."""
        data: Mapping[str, Any] = _read(self._folder / MANIFEST, "manifest")
        _check_format(data)
        for over in self._manifests:
            removed = set(over.get("remove", {}).get("factors", ()))
            for unknown in removed - _all_factors(data):
                raise PackError("pack.nothing_to_remove", overlay=over["id"], what=unknown)
            data = {
                **data,
                "id": f"{data['id']}+{over['id']}",
                "version": f"{data['version']}+{over['version']}",
                "name": over["name"],
                "factors": _kept([*data["factors"], *over.get("factors", ())], removed),
                "factors_of_changes": _kept(data.get("factors_of_changes", ()), removed),
                "factors_of_act": _kept(data.get("factors_of_act", ()), removed),
                "detectors": _kept(data.get("detectors", ()), set(over.get("remove", {}).get("detectors", ()))),
                "precedence": [*data.get("precedence", ()), *over.get("precedence", ())],
            }
        return data

    def factor(self, name: str) -> Mapping[str, Any]:
        """``factor.yaml`` of one factor."""
        return self._replaced(f"factors/{name}/factor.yaml", "factor")

    def severity(self) -> Mapping[str, Any]:
        """Scales of probability and impact."""
        return self._replaced("severity.yaml", "severity")

    def messages(self) -> Mapping[str, Any]:
        """Names of kinds, severities and actors in texts."""
        return self._replaced("messages.yaml", "messages")

    def detector_texts(self, name: str) -> Mapping[str, Any]:
        """``texts.yaml`` of a detector of the act."""
        return self._replaced(f"detectors/{name}/texts.yaml", "texts")

    def detector_settings(self, name: str) -> Mapping[str, Any]:
        """``settings.yaml`` of a detector: what is the same in all languages; nothing where there is none."""
        where = f"detectors/{name}/settings.yaml"
        return self._replaced(where, f"detector_{name}_settings") if self._files(where, needed=False) else {}

    def detector_tests(self, name: str) -> Sequence[Mapping[str, Any]]:
        """``tests.yaml`` of a detector: small acts and what it says of them; none where there is no file."""
        where = f"detectors/{name}/tests.yaml"
        return self._replaced(where, "detector_tests")["tests"] if self._files(where, needed=False) else ()

    def detector_words(self, name: str, code: str) -> Mapping[str, Any]:
        """A detector's words in one language, in the form of its own schema."""
        return self._added(f"detectors/{name}/{code}.yaml", f"detector_{name}")

    def lists(self, code: str) -> Mapping[str, list[str]]:
        """Named lists for patterns."""
        return self._added(f"lists.{code}.yaml", "lists")

    def norms(self, code: str) -> Mapping[str, Any]:
        """Words of actors, modality, actions, slots."""
        return self._added(f"norms.{code}.yaml", "norms")

    def suppressions(self, code: str) -> list[Mapping[str, Any]]:
        """Idioms that are never findings."""
        found: list[Mapping[str, Any]] = []
        for path in self._files(f"suppressions.{code}.yaml", needed=True):
            found += _read(path, "suppressions")
        return found

    def closings(self, code: str) -> Mapping[str, Any]:
        """Where an act closes its own words; empty for a pack that has no such file."""
        name = f"closings.{code}.yaml"
        return self._added(name, "closings") if self._files(name, needed=False) else {}

    def rules(self, factor: str, code: str) -> list[tuple[Mapping[str, Any], Path]]:
        """Entries of one factor's rules in one language with the file each was last written in."""
        return self._entries(f"factors/{factor}/rules.{code}.yaml", "rules")

    def safeguards(self, code: str) -> list[tuple[Mapping[str, Any], Path]]:
        """Entries of safeguards in one language with the file each was last written in; none when there is no file."""
        return [
            (entry, path)
            for entry, path in self._entries(f"safeguards.{code}.yaml", "safeguards")
            if entry["factor"] not in self._removed["factors"]
        ]

    def check_removed(self) -> None:
        """Every rule and safeguard an overlay takes out was there. To be called when all of them have been read."""
        factors = self._removed["factors"]
        for kind in ("rules", "safeguards"):
            for id_ in sorted(self._removed[kind] - self._met):
                if id_.split(".")[0] not in factors:
                    raise PackError("pack.nothing_to_remove", overlay=self._manifests[-1]["id"], what=id_)

    def sha256(self) -> str:
        """Over all files of all layers: the same hash, the same judgement."""
        digest = hashlib.sha256()
        for layer in (self._folder, *self._overlays):
            for path in sorted(layer.rglob("*.yaml")):
                digest.update(path.relative_to(layer).as_posix().encode())
                digest.update(b"\0")
                digest.update(path.read_bytes())
                digest.update(b"\0")
        return digest.hexdigest()

    def _overlay(self, folder: Path) -> Mapping[str, Any]:
        data: Mapping[str, Any] = _read(folder / OVERLAY, "overlay")
        _check_format(data)
        return data

    def _all_removed(self, kind: str) -> set[str]:
        return {id_ for over in self._manifests for id_ in over.get("remove", {}).get(kind, ())}

    def _files(self, name: str, *, needed: bool) -> list[Path]:
        found = [path for layer in (self._folder, *self._overlays) if (path := layer / name).is_file()]
        return found or ([self._folder / name] if needed else [])

    def _replaced(self, name: str, schema: str) -> dict[str, Any]:
        """Mappings of the layers, the upper one's keys in place of those beneath."""
        return self._whole(name, schema, _over)

    def _added(self, name: str, schema: str) -> dict[str, Any]:
        """Mappings of the layers, lists in them joined."""
        return self._whole(name, schema, _joined)

    def _whole(self, name: str, schema: str, put: _Put) -> dict[str, Any]:
        """One mapping out of the layers' files, each put on those beneath; checked as a whole."""
        data: dict[str, Any] = {}
        files = self._files(name, needed=True)
        for path in files:
            data = put(data, _mapping(path))
        _check(data, schema, files[-1])
        return data

    def _entries(self, name: str, kind: str) -> list[tuple[Mapping[str, Any], Path]]:
        entries: list[tuple[Mapping[str, Any], Path]] = []
        for path in self._files(name, needed=False):
            beneath = {entry["id"]: entry for entry, _ in entries}
            listed = _listed(path)
            _check([_on(beneath, entry) for entry in listed], kind, path)
            for entry in listed:
                entries = _written(entries, entry["id"] in beneath, entry, path)
        removed = self._removed[kind]
        self._met |= {entry["id"] for entry, _ in entries} & removed
        return [(entry, path) for entry, path in entries if entry["id"] not in removed]


def _written(
    entries: list[tuple[Mapping[str, Any], Path]], known: bool, entry: Mapping[str, Any], path: Path
) -> list[tuple[Mapping[str, Any], Path]]:
    """Entries with one more, or with the ``known`` one of a lower layer re-worded in its place."""
    if not known:
        return [*entries, (entry, path)]
    return [(_over(dict(other), entry), path) if other["id"] == entry["id"] else (other, at) for other, at in entries]


def _on(beneath: Mapping[str, Mapping[str, Any]], entry: Any) -> Any:
    """An entry on the one of its id, if there is one: what has to satisfy the schema."""
    if not isinstance(entry, Mapping) or entry.get("id") not in beneath:
        return entry
    return _over(dict(beneath[entry["id"]]), entry)


def _over(beneath: dict[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of ``upper`` in place of those beneath; mappings in them likewise (texts by language, scales)."""
    made = dict(beneath)
    for key, value in upper.items():
        old = made.get(key)
        made[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, Mapping) else value
    return made


def _joined(beneath: dict[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings joined; lists of the same key one after the other."""
    made = dict(beneath)
    for key, value in upper.items():
        old = made.get(key)
        if isinstance(old, dict) and isinstance(value, Mapping):
            made[key] = _joined(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            made[key] = [*old, *value]
        else:
            made[key] = value
    return made


def _all_factors(data: Mapping[str, Any]) -> set[str]:
    lists = ("factors", "factors_of_changes", "factors_of_act")
    return {name for key in lists for name in data.get(key, ())}


def _kept(names: Iterable[str], removed: set[str]) -> list[str]:
    return [name for name in names if name not in removed]


def _check_format(data: Mapping[str, Any]) -> None:
    if data["format"] != FORMAT:
        raise PackError("pack.format_unknown", format=data["format"], known=FORMAT)


def _mapping(path: Path) -> Mapping[str, Any]:
    data = _load(path)
    if not isinstance(data, Mapping):
        raise PackError("pack.malformed", file=path.name, place="/", problem="object")
    return data


def _listed(path: Path) -> list[Any]:
    data = _load(path)
    if not isinstance(data, list):
        raise PackError("pack.malformed", file=path.name, place="/", problem="array")
    return data


def _read(path: Path, schema: str) -> Any:
    data = _load(path)
    _check(data, schema, path)
    return data


def _load(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError("pack.file_missing", file=path.name) from error
    try:
        return yaml.load(text, Loader=_loader())
    except _TwiceError as error:
        raise PackError("pack.key_twice", file=path.name, key=error.key, line=error.line) from None
    except yaml.YAMLError as error:
        raise PackError("pack.not_yaml", file=path.name, problem=" ".join(str(error).split())) from error


def _check(data: Any, schema: str, path: Path) -> None:
    problem = next(iter(_validator(schema).iter_errors(data)), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path) or "/"
        raise PackError("pack.malformed", file=path.name, place=place, problem=problem.message[:200])


class _TwiceError(Exception):
    """A key stands twice in one mapping: the second would silently take the place of the first."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key, line)
        self.key, self.line = key, line


@cache
def _loader() -> Any:
    """The C loader is ten times faster; both read the safe subset only. Keys that stand twice are refused."""
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
                if key.value in seen:
                    raise _TwiceError(key.value, key.start_mark.line + 1)
                seen.add(key.value)
            made: dict[Any, Any] = super().construct_mapping(node, deep)
            return made

    return Loader


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = resources.files("nlp.detection").joinpath("schema").joinpath(f"{name}.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(schema))
