"""A drawing as a PNG for Word, made by Typst from the same SVG that stands in the PDF.

Reads: SVG, the fonts of documents. Writes: PNG bytes; same drawing and fonts, same bytes.
"""

from __future__ import annotations

import typst

from expertise.documents.fonts import font_files

_INCH = 25.4
_DOTS = 200  # an inch
_PAGE = (
    "#set page(width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0mm)\n"
    '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)\n'
)


def png(svg: str, width: float, height: float) -> bytes:
    """The drawing at this size in millimetres. Raises ``FontsMissingError``."""
    made = typst.compile(
        _PAGE.encode(),
        sys_inputs={"svg": svg, "width": f"{width:g}", "height": f"{height:g}"},
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=float(_DOTS),
    )
    return bytes(made)


def fonts() -> typst.Fonts:
    """The fonts of documents and no others. Raises ``FontsMissingError``."""
    folders = sorted({str(path.parent) for path in font_files()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
