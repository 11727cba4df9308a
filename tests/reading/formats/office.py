"""Files of other word processors for tests: a draft written here, saved by LibreOffice in every format that is read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest

from tests.reading.docx.word_xml import (
    abstract,
    cell,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    para,
    row,
    run,
    style,
    table,
)

SAVED_AS = {
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "ott": "ott:writer8_template",
    "rtf": "rtf:Rich Text Format",
    "fodt": "fodt:OpenDocument Text Flat XML",
}
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def draft() -> bytes:
    """A draft with all that has to survive: numbers, tracked changes, a table, a note, superscripts, Kazakh letters."""
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Сноска автора проекта.</w:t></w:r></w:p></w:footnote>'
    body = [
        para("О выдаче разрешений", look='<w:jc w:val="center"/>'),
        para("ПРИКАЗЫВАЮ:"),
        para("Утвердить прилагаемые Правила.", (1, 0)),
        para("", (1, 0), inner=run("Срок – ") + deleted("10") + inserted("30") + run(" рабочих дней.")),
        para("Комитет обеспечивает:", (1, 0)),
        para("размещение приказа на портале;", (1, 1)),
        para("учёт по статье 37", (1, 1), inner=run("1", '<w:vertAlign w:val="superscript"/>') + run(" Кодекса.")),
        para("Өңірлік комиссия шешімді үш жұмыс күні ішінде қабылдайды", inner=_NOTE_REFERENCE + run(".")),
        table(
            row(cell(para("Услуга")), cell(para("Срок"))),
            row(cell(para("Рұқсат беру")), cell(para("", inner=run("5") + inserted(" рабочих") + run(" дней")))),
        ),
        para("Отказ обжалуется в суд.", (1, 0)),
    ]
    numbering = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)")) + num(1, 0)
    return docx(
        "".join(body),
        numbering=numbering,
        styles=style("Normal", default=True),
        notes={"footnotes": note},
    )


_NOTE_REFERENCE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'


@lru_cache(maxsize=16)
def saved(data: bytes, ending: str) -> bytes:
    """A DOCX saved by LibreOffice with this ending."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "draft.docx").write_bytes(data)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
        command += [SAVED_AS[ending], "--outdir", folder, f"{folder}/draft.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / f"draft.{ending}").read_bytes()
