"""Tesseract, the real one or one that says what a test wants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ocr_tesseract import TESSERACT, require_languages

Fake = Callable[[str], Path]


@pytest.fixture
def tesseract() -> None:
    """The test needs Tesseract with its Russian and Kazakh data, and is skipped where they are absent."""
    try:
        require_languages(Limits())
    except ReadingError as error:
        pytest.skip(f"{error.params['program']} is not installed: apt-get install {error.params['packages']}")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a shell script in the place of Tesseract; ``$LISTED`` of the script are the languages it has."""

    def install(script: str, languages: str = "kaz rus osd") -> Path:
        path = tmp_path / "tesseract"
        listed = "\\n".join(languages.split())
        path.write_text(
            f'#!/bin/sh\nif [ "$1" = --list-langs ]; then printf "List:\\n{listed}\\n"; exit; fi\n{script}\n',
            encoding="utf-8",
        )
        path.chmod(0o755)
        monkeypatch.setenv(TESSERACT.setting, str(path))
        return path

    return install


def hocr(*lines: str, top: int = 300, step: int = 62, turned: bool = False, confidence: int = 95) -> str:
    """A page of Tesseract for lines of text: 300 dots to the inch, 12 points, characters 22 dots wide."""
    parts = []
    for number, line in enumerate(lines):
        x, bottom = 290, top + step * number + 46
        words = []
        for word in line.split():
            chars = "".join(
                f"<span class='ocrx_cinfo' title='x_bboxes {x + 22 * at} {bottom - (32 if char.islower() else 42)}"
                f" {x + 22 * at + 20} {bottom - 8}; x_conf 99'>{char}</span>"
                for at, char in enumerate(word)
            )
            right = x + 22 * len(word)
            words.append(
                f"<span class='ocrx_word' id='w' title='bbox {x} {bottom - 36} {right} {bottom}; x_wconf {confidence}'>"
                f"{chars}</span>"
            )
            x = right + 16
        angle = " textangle 90;" if turned else ""
        parts.append(
            f"<span class='ocr_line' id='l' title=\"bbox 290 {bottom - 46} {x} {bottom};{angle} baseline 0 -8;"
            f' x_size 46; x_descenders 10; x_ascenders 10">{"".join(words)}</span>'
        )
    return f"<div class='ocr_page'>{''.join(parts)}</div>"
