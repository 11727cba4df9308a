"""Prints become scans: rendered, blurred, tilted, dirtied, stamped and packed as scanners pack them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True)
class Scan:
    """How a page is scanned.

    ``skew``: degrees; ``noise``: standard deviation of the grey values; ``quality``: of JPEG, 0 for none; ``grey``: how
    much darker the paper is than white, more so at the lower edge; ``stamp``: a round one over the text;
    ``turn``: quarters against the clock.
    """

    dpi: int = 300
    skew: float = 0.0
    noise: float = 0.0
    quality: int = 0
    grey: int = 0
    stamp: bool = False
    turn: int = 0


def scan_images(pdf: bytes, scan: Scan, seed: int = 1) -> list[Image.Image]:
    """The pages of a print as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf)
    random = np.random.default_rng(seed)
    try:
        return [_scanned(page.render(scale=scan.dpi / 72, grayscale=True).to_pil(), scan, random) for page in document]
    finally:
        document.close()


def _scanned(image: Image.Image, scan: Scan, random: np.random.Generator) -> Image.Image:
    image = image.convert("L").filter(ImageFilter.GaussianBlur(scan.dpi / 300 * 0.6))
    white: int | tuple[int, int, int] = 255
    if scan.stamp:
        image, white = image.convert("RGB"), (255, 255, 255)
        _stamp(image, scan.dpi)
    if scan.skew:
        image = image.rotate(scan.skew, Image.Resampling.BICUBIC, fillcolor=white)
    pixels = np.asarray(image).astype(np.float32)
    if scan.grey:
        shade = np.linspace(scan.grey * 0.4, scan.grey, pixels.shape[0], dtype=np.float32)
        shade = shade.reshape(-1, *[1] * (pixels.ndim - 1))
        pixels = pixels * (1 - shade / 255)
    if scan.noise:
        pixels = pixels + random.normal(0, scan.noise, pixels.shape).astype(np.float32)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).rotate(90 * scan.turn, expand=True)
    if scan.quality:
        packed = BytesIO()
        image.save(packed, "JPEG", quality=scan.quality)
        packed.seek(0)
        image = Image.open(packed)
        image.load()
    return image


def _stamp(image: Image.Image, dpi: int) -> None:
    """A round blue stamp with a rim of letters, and a signature, over the lower part of the text."""
    draw = ImageDraw.Draw(image)
    blue = (60, 80, 180)
    x, y, radius = image.width * 0.62, image.height * 0.72, dpi * 0.75
    for part, width in ((1.0, 0.02), (0.68, 0.012)):
        box = (x - radius * part, y - radius * part, x + radius * part, y + radius * part)
        draw.ellipse(box, outline=blue, width=max(int(dpi * width), 1))
    for step in range(44):
        angle = step / 44 * 2 * np.pi
        letter = "•МИНИСТЕРСТВО•ҚАЗАҚСТАН РЕСПУБЛИКАСЫ•ОТДЕЛ•"[step % 43]
        draw.text((x + np.cos(angle) * radius * 0.84, y + np.sin(angle) * radius * 0.84), letter, fill=blue)
    points = [(x - radius * 2 + step * dpi / 40, y + np.sin(step * 1.7) * dpi * 0.12) for step in range(60)]
    draw.line(points, fill=(40, 50, 140), width=max(dpi // 100, 1))


def image_pdf(images: list[Image.Image], dpi: int) -> bytes:
    """A PDF whose pages are pictures."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for image in images:
        size = (image.width * 72 / dpi, image.height * 72 / dpi)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(image), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan_pdf(pdf: bytes, scan: Scan, pages: slice = slice(None)) -> bytes:
    """A print scanned into a PDF without a text layer."""
    return image_pdf(scan_images(pdf, scan)[pages], scan.dpi)
