"""A reader and an exporter for Saraptama, as an example: Akoma Ntoso in, a CSV of findings out (docs/plugins.md)."""

from __future__ import annotations

import csv
import io

from lxml import etree

import saraptama

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LINES = frozenset(f"{{{_NAMESPACE}}}{name}" for name in ("num", "heading", "p", "eol"))
_META = f"{{{_NAMESPACE}}}meta"
_COLUMNS = ("id", "factor", "kind", "severity", "citation", "words", "explanation", "wording")


class AkomaNtoso:
    """Reads an act out of Akoma Ntoso: a line for each ``p`` and ``heading``, after its ``num``."""

    @staticmethod
    def recognises(data: bytes, name: str) -> bool:
        """By the namespace; called with any file that Saraptama does not read itself."""
        return _NAMESPACE.encode() in data[:4096]

    @staticmethod
    def read(data: bytes, name: str, limits: saraptama.Limits) -> saraptama.SourceText:
        """The text. Runs in the confined child; whatever is raised here is told to the user with the plug-in's name."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        lines = [""]
        outside = False
        for event, node in etree.iterwalk(etree.fromstring(data, parser), events=("start", "end")):
            if node.tag == _META:
                outside = event == "start"
            if outside:
                continue
            if event == "start" and node.tag in _LINES:
                after_number = lines[-1].endswith("\0")
                lines[-1] = lines[-1].rstrip("\0")
                lines += [] if after_number else [""]
            lines[-1] += (node.text if event == "start" else node.tail) or "" if _is_mixed(node, event) else ""
            if event == "end" and node.tag == f"{{{_NAMESPACE}}}num":
                lines[-1] += "\0"
        return saraptama.plain_text("\n".join(lines).replace("\0", ""), name, limits)


def _is_mixed(node: etree._Element, event: str) -> bool:
    """Whether text here is of the act, and not a line break between elements."""
    return any(each.tag in _LINES for each in ([node] if event == "start" else []) + list(node.iterancestors()))


def findings_as_csv(examination: saraptama.Examination, language: str) -> dict[str, bytes]:
    """One row a finding; a value that a spreadsheet would take for a formula gets an apostrophe."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    for finding in examination.findings():
        proposed = finding.recommendation
        mark = finding.marks[0]
        values = (finding.id, finding.factor, finding.kind.value, finding.severity.value, mark.citation, mark.quote,
                  finding.explanation, proposed.wording if proposed else "")  # fmt: skip
        rows.writerow(["'" + value if value[:1] in "=+-@\t\r" and value else value for value in values])
    return {"findings.csv": table.getvalue().encode("utf-8-sig")}
