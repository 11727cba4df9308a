"""A Word file rewritten part by part: what is not touched stays byte for byte.

Reads: bytes of a DOCX. Writes: the same archive with some parts replaced or added. ISO/IEC 29500-2 (packages).
"""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from expertise.documents.ooxml import Element, member
from nlp.limits import Limits
from nlp.reading.docx_package import Package, parse_part

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"


class WordFile:
    """A Word file open for rewriting.

    Raises ``ReadingError`` (codes of ``nlp.reading.docx_package``) for what the reader would refuse too.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self.main = Package(data, limits).main
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._members = {_plain(info.filename): info for info in self._archive.infolist()}
        self._changed: dict[str, bytes] = {}

    def part(self, path: str) -> Element | None:
        """Root of a part as it stands in the file, comments and processing instructions included; None if absent."""
        info = self._members.get(_plain(path))
        if info is None:
            return None
        data = self._archive.read(info)
        parse_part(data, path, self._limits)  # refuses what must not be parsed
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        return etree.fromstring(data, parser)

    def main_part(self) -> Element:
        """Root of the main document part."""
        root = self.part(self.main)
        assert root is not None  # Package has found it
        return root

    def replace(self, path: str, root: Element) -> None:
        """Write this part anew, or add it."""
        tree = root.getroottree()
        standalone = True if tree.docinfo.standalone is None else tree.docinfo.standalone
        buffer = io.BytesIO()
        tree.write(buffer, xml_declaration=True, encoding=tree.docinfo.encoding or "UTF-8", standalone=standalone)
        self._changed[_plain(path)] = buffer.getvalue()
        if _plain(path) not in self._members:
            info = member(path)
            self._members[_plain(path)] = info

    def related(self, kind: str) -> str | None:
        """Path of the part that the main part points to by this relationship kind («comments»)."""
        root = self.part(self._relations_of_main())
        for relation in root if root is not None else ():
            target = relation.get("Target") or ""
            if (relation.get("Type") or "").rpartition("/")[2] == kind and target:
                joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(self.main), target)
                return posixpath.normpath(joined).lstrip("/")
        return None

    def relate(self, kind: str, path: str, content_type: str) -> None:
        """Point from the main part to a new part beside it and name its type."""
        self._add_relation(kind, path)
        self._add_type(path, content_type)

    def _relations_of_main(self) -> str:
        folder, name = posixpath.split(self.main)
        return posixpath.join(folder, "_rels", name + ".rels")

    def _add_relation(self, kind: str, path: str) -> None:
        place = self._relations_of_main()
        root = self.part(place)
        if root is None:
            root = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        taken = {relation.get("Id") for relation in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", self._relation_type(kind))
        relation.set("Target", posixpath.relpath(path, posixpath.dirname(self.main) or "."))
        self.replace(place, root)

    def _relation_type(self, kind: str) -> str:
        strict = "purl.oclc.org" in str(self.main_part().tag)
        base = "http://purl.oclc.org/ooxml" if strict else "http://schemas.openxmlformats.org"
        return f"{base}/officeDocument/{'' if strict else '2006/'}relationships/{kind}"

    def _add_type(self, path: str, content_type: str) -> None:
        root = self.part(_TYPES_PART)
        if root is None:
            root = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
        override = etree.SubElement(root, f"{{{_TYPES}}}Override")
        override.set("PartName", "/" + path)
        override.set("ContentType", content_type)
        self.replace(_TYPES_PART, root)

    def save(self) -> bytes:
        """The archive: members in their order and with their dates, new ones at the end."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for path, info in self._members.items():
                target.writestr(_copy(info), self._changed[path] if path in self._changed else self._archive.read(info))
        return buffer.getvalue()


def _copy(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copied = member(info.filename)
    copied.date_time = info.date_time
    copied.external_attr = info.external_attr
    copied.create_system = info.create_system
    copied.compress_type = zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    return copied


def _plain(path: str) -> str:
    """Part names are compared without case (ISO 29500-2, 6.2.2.3)."""
    return path.replace("\\", "/").lstrip("/").lower()
