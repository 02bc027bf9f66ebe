"""A page as an office scanner leaves it: an image, a little askew, with grain and no text."""

import hashlib
from io import BytesIO

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_DPI = 200
_POINTS_AN_INCH = 72
_TILT_DEGREES = 0.7
_GRAIN = 0.07  # share of noise in the picture
_PAPER = 252  # grey of the paper, 255 is white


def scanned(pdf: bytes) -> bytes:
    """The first page of `pdf` as a PDF of one grey picture; equal input gives equal bytes."""
    picture = _grainy(_tilted(_rendered(pdf)))
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=60, dpi=(_DPI, _DPI))
    jpeg.seek(0)
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setProducer("Demo certificate, fictional")
    canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def _rendered(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[0].render(scale=_DPI / _POINTS_AN_INCH).to_pil()
    finally:
        document.close()
    return picture.convert("L")


def _tilted(picture: Image.Image) -> Image.Image:
    toned = picture.point(lambda grey: 38 + grey * (_PAPER - 38) // 255)
    return toned.rotate(_TILT_DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER)


def _grainy(picture: Image.Image) -> Image.Image:
    """The grain is a hash stretched over the page, so that it is the same every time."""
    width, height = picture.size
    noise = hashlib.shake_256(b"grain of the paper").digest(width * height)
    return Image.blend(picture, Image.frombytes("L", picture.size, noise), _GRAIN)
