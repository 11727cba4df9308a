"""The parts of a DOCX: an archive opened with limits, XML parsed without entities, network or external parts.

Reads: bytes of a file. Writes: parsed parts by their relationship. ISO/IEC 29500-2 (packages).
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib

from lxml import etree

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.archive import open_archive
from nlp.reading.ooxml import Element

_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_MAIN = "word/document.xml"


class Package:
    """A DOCX opened for reading.

    Raises ``ReadingError``: the codes of ``open_archive``, ``reading.docx_damaged`` when a part cannot be read or the
    main part is missing, ``reading.doctype`` for a document type declaration, ``reading.too_deep`` above
    ``limits.xml_depth``, ``reading.too_complex`` above ``limits.xml_tags``.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._archive = open_archive(data, limits)
        self._members = {_plain(member.filename): member for member in self._archive.infolist()}
        self.main = self._main_part()
        self._relations = self._related_to(self.main)
        self._pictures: dict[str, str] | None = None

    def document(self) -> Element:
        """Root of the main document part."""
        root = self._parsed(self.main)
        if root is None:
            raise ReadingError("reading.docx_damaged", part=self.main, detail="missing")
        return root

    def related(self, kind: str) -> list[Element]:
        """Roots of the parts that the document points to by a relationship kind: ``styles``, ``header`` …

        Missing parts are left out; the usual name is tried when the document names none.
        """
        paths = [path for relation, path in self._relations if relation == kind]
        roots = [self._parsed(path) for path in paths or [f"word/{kind}.xml"]]
        return [root for root in roots if root is not None]

    def picture(self, identifier: str) -> bytes | None:
        """Bytes of the picture that the document shows by this relationship; None where there is none."""
        if self._pictures is None:
            folder, name = posixpath.split(self.main)
            self._pictures = _picture_paths(self._parsed(posixpath.join(folder, "_rels", name + ".rels")), folder)
        member = self._members.get(_plain(self._pictures.get(identifier, "")))
        return None if member is None else self._unpacked(member, member.filename)

    def _main_part(self) -> str:
        root = self._parsed("_rels/.rels")
        for relation, path in _relations(root, ""):
            if relation == "officeDocument" and _plain(path) in self._members:
                return path
        if _MAIN not in self._members:
            raise ReadingError("reading.docx_damaged", part=_MAIN, detail="missing")
        return _MAIN

    def _related_to(self, part: str) -> list[tuple[str, str]]:
        folder, name = posixpath.split(part)
        return _relations(self._parsed(posixpath.join(folder, "_rels", name + ".rels")), folder)

    def _parsed(self, path: str) -> Element | None:
        member = self._members.get(_plain(path))
        if member is None:
            return None
        return parse_part(self._unpacked(member, path), path, self._limits)

    def _unpacked(self, member: zipfile.ZipInfo, path: str) -> bytes:
        try:
            with self._archive.open(member) as stream:
                return stream.read(self._limits.archive_unpacked_bytes + 1)
        except (*_DAMAGED, RuntimeError) as error:
            raise ReadingError("reading.docx_damaged", part=path, detail=type(error).__name__) from error


def parse_part(data: bytes, path: str, limits: Limits) -> Element:
    """Root element of one XML part.

    A document type declaration is refused before anything is expanded: WordprocessingML never has one, and it is the
    way in of entity bombs and external files. ``reading.too_complex`` is raised above ``limits.xml_tags`` tags.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise ReadingError("reading.doctype", part=path)
    if data.count(b"<") > limits.xml_tags:  # a tree takes many times the room of its text
        raise ReadingError("reading.too_complex", part=path, limit=limits.xml_tags)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "Excessive depth" in str(error):  # the parser's own limit, above ours only if ours is set very high
            raise ReadingError("reading.too_deep", part=path, limit=limits.xml_depth) from error
        if "Text node too long" in str(error):  # ten million bytes between two tags
            raise ReadingError("reading.too_complex", part=path, limit=limits.xml_tags) from error
        raise ReadingError("reading.docx_damaged", part=path, detail=str(error)[:200]) from error
    if root is None:
        raise ReadingError("reading.docx_damaged", part=path, detail="empty")
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadingError("reading.doctype", part=path)
    if _deeper_than(root, limits.xml_depth):
        raise ReadingError("reading.too_deep", part=path, limit=limits.xml_depth)
    return root


def _deeper_than(root: Element, limit: int) -> bool:
    """Whether some element has ``limit`` ancestors or more; one compiled path, so that it costs no Python loop."""
    return bool(etree.XPath("boolean(/" + "/".join("*" * (limit + 1)) + ")")(root))


def _relations(root: Element | None, folder: str) -> list[tuple[str, str]]:
    """(kind, path) of the inner relationships; kinds are the last word of the type, equal in both dialects."""
    if root is None:
        return []
    found: list[tuple[str, str]] = []
    for relation in root:
        kind = (relation.get("Type") or "").rpartition("/")[2]
        target = relation.get("Target") or ""
        if target and (relation.get("TargetMode") or "").lower() != "external":
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            found.append((kind, posixpath.normpath(path)))
    return found


def _picture_paths(root: Element | None, folder: str) -> dict[str, str]:
    """Identifier → path of the pictures among the inner relationships."""
    found: dict[str, str] = {}
    for relation in root if root is not None else ():
        inner = (relation.get("TargetMode") or "").lower() != "external"
        target = relation.get("Target") or ""
        if inner and target and (relation.get("Type") or "").endswith("/image"):
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            found.setdefault(relation.get("Id") or "", posixpath.normpath(path))
    return found


def _plain(path: str) -> str:
    """Part names are compared without case (ISO 29500-2, 6.2.2.3); some producers write backslashes."""
    return path.replace("\\", "/").lstrip("/").lower()
