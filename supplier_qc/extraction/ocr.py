"""Words of a page image by optical character recognition, locally and without a network.

RapidOCR with the models of its own wheel. Loaded only where a page needs it, and only in a
reading process: it takes several hundred megabytes.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import numpy as np

from supplier_qc.extraction.ocr_gaps import LineBox, with_edges_of_ink
from supplier_qc.extraction.ocr_pages import OcrPage, Placement, turned_point
from supplier_qc.extraction.ocr_signs import mended
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.page_image import Image, drawn, levelled, rules_in, turned

THREADS = 2
LEAST_SCORE = 0.5  # a line recognised with less is a picture or a signature
POOR_SCORE = 0.80  # of a page; it may stand on its head
TALL_SHARE = 0.6  # of the boxes; the page lies on its side
LEAST_TILT = 0.15  # degrees; a smaller tilt moves nothing
MOST_TILT = 8.0
STANDING_OUT = 1.6  # times the usual height of a line
_BOX_MARGIN = 0.12  # of its height: how far a box reaches beyond the ink
_INK_TO_SIZE = 0.95  # font size as a share of the height of a box without its margin

# Signs that a recogniser for Chinese and Latin writes for the ASCII sign of the same shape.
_SAME_SHAPE = str.maketrans({"≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "‘": "'", "’": "'", "－": "-"})


@dataclass(frozen=True, slots=True)
class _Line:
    """One recognised run of text in pixels of the upright image."""

    text: str
    score: float
    corners: np.ndarray[Any, np.dtype[np.float64]]  # 4 × 2, clockwise from the top left
    words: tuple[tuple[str, float, float], ...]  # text, left and right edge in pixels

    @property
    def height(self) -> float:
        return float(np.ptp(self.corners[:, 1]))

    @property
    def is_tall(self) -> bool:
        (x0, y0), (x1, y1) = self.corners.min(axis=0), self.corners.max(axis=0)
        return bool(len(self.text) > 1 and y1 - y0 > 1.5 * (x1 - x0))


def read_by_ocr(page: Any, number: int) -> OcrPage:
    """Recognise a pypdfium2 page. A page without any text gives content without words."""
    sheet = drawn(page)
    lines, quarters = _upright_lines(sheet.pixels)
    image = turned(sheet.pixels, quarters)
    tilt = _tilt(lines)
    if tilt:
        image = levelled(image, tilt)
        lines = [_level(line, image, tilt) for line in lines]
    height, width = image.shape[0] / sheet.scale, image.shape[1] / sheet.scale
    across = _of_the_text([line for line in lines if not line.is_tall])
    words = [found for line in across for found in _words(line, image, sheet.scale)]
    content = PageContent(
        number=number,
        width=width,
        height=height,
        words=tuple(word for word, _ in words),
        rules=tuple(rules_in(image, sheet.scale)),
    )
    scores = tuple(score for _, score in words)
    return OcrPage(content, scores, Placement(quarters, tilt, width, height))


# --- recognition ---------------------------------------------------------------------------------


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _recognised(image: Image) -> list[_Line]:
    result = _engine()(image, use_cls=False, return_word_box=True)
    if result.boxes is None or result.txts is None:
        return []
    found = []
    for place, (corners, text, score) in enumerate(
        zip(result.boxes, result.txts, result.scores, strict=True)
    ):
        plain = _plain(text)
        if score >= LEAST_SCORE and plain:
            parts = result.word_results[place] if result.word_results else ()
            box = np.asarray(corners, dtype=np.float64)
            found.append(_Line(plain, float(score), box, _word_edges(plain, parts, box)))
    return found


def _plain(text: str) -> str:
    """Full-width forms of Latin signs as the signs that they are; nothing else is changed."""
    signs = (
        unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" else sign
        for sign in text
    )
    return mended(" ".join("".join(signs).translate(_SAME_SHAPE).split()))


def _word_edges(
    text: str, parts: Sequence[Any], box: np.ndarray[Any, np.dtype[np.float64]]
) -> tuple[tuple[str, float, float], ...]:
    """The words of a line with their edges: from the recogniser's own where they agree."""
    words = text.split()
    edges = _edges_of_parts(words, parts)
    if edges is not None:
        return edges
    left, right = float(box[:, 0].min()), float(box[:, 0].max())
    step = (right - left) / max(1, len(text))
    found, place = [], 0
    for word in words:
        start = text.index(word, place)
        place = start + len(word)
        found.append((word, left + start * step, left + place * step))
    return tuple(found)


def _edges_of_parts(
    words: Sequence[str], parts: Sequence[Any]
) -> tuple[tuple[str, float, float], ...] | None:
    """None where the recogniser's parts do not make up the words sign by sign."""
    found, part, rest = [], 0, ""
    for word in words:
        left, right, got = math.inf, -math.inf, rest
        while len(got) < len(word) and part < len(parts):
            text, _, corners = parts[part]
            got += "".join(_plain(text).split())
            xs = [corner[0] for corner in corners]
            left, right = min(left, *xs), max(right, *xs)
            part += 1
        if got != word or not left < right:
            return None
        found.append((word, float(left), float(right)))
        rest = ""
    return tuple(found) if part == len(parts) else None


# --- upright and level ---------------------------------------------------------------------------


def _upright_lines(image: Image) -> tuple[list[_Line], int]:
    """The lines, and how many quarters the image was turned clockwise for them to be read."""
    lines = _recognised(image)
    if lines and _is_on_its_side(lines):
        turns: tuple[int, ...] = (1, 3)
    elif not lines or _quality(lines) < POOR_SCORE:
        turns = (2,)
    else:
        return lines, 0
    tried = [(_recognised(turned(image, quarters)), quarters) for quarters in turns]
    return max([(lines, 0), *tried], key=lambda one: _evidence(one[0]))


def _is_on_its_side(lines: Sequence[_Line]) -> bool:
    longer = [line for line in lines if len(line.text) > 2]
    return sum(line.is_tall for line in longer) > TALL_SHARE * len(longer)


def _quality(lines: Sequence[_Line]) -> float:
    """The mean score, by the length of the lines."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / max(1, letters)


def _evidence(lines: Sequence[_Line]) -> float:
    """How much was read how surely, of lines that run across."""
    return sum(line.score**4 * len(line.text) for line in lines if not line.is_tall)


def _tilt(lines: Sequence[_Line]) -> float:
    """Degrees by which the lines fall to the right; 0 where it is too small or too strange."""
    slopes = []
    for line in lines:
        (x0, y0), (x1, y1) = line.corners[0], line.corners[1]
        if x1 - x0 > 6 * abs(line.corners[3][1] - y0):
            slopes.append(math.degrees(math.atan2(y1 - y0, x1 - x0)))
    if len(slopes) < 3:
        return 0.0
    tilt = median(slopes)
    return tilt if LEAST_TILT <= abs(tilt) <= MOST_TILT else 0.0


def _level(line: _Line, image: Image, degrees: float) -> _Line:
    """The line where it stands once the image is turned."""
    height, width = image.shape[:2]
    corners = np.array([turned_point(x, y, width, height, degrees) for x, y in line.corners])
    middle = float(line.corners[:, 1].mean())
    words = []
    for text, left, right in line.words:
        x0, _ = turned_point(left, middle, width, height, degrees)
        x1, _ = turned_point(right, middle, width, height, degrees)
        words.append((text, x0, x1))
    return _Line(line.text, line.score, corners, tuple(words))


def _of_the_text(lines: Sequence[_Line]) -> list[_Line]:
    """Without a sign or two that stand out: strokes of a logo or of a mark laid over the page."""
    usual = median([line.height for line in lines]) if lines else 0.0
    return [line for line in lines if len(line.text) > 2 or line.height <= STANDING_OUT * usual]


# --- words ---------------------------------------------------------------------------------------


def _words(line: _Line, image: Image, scale: float) -> list[tuple[Word, float]]:
    upper = float(np.mean(np.sort(line.corners[:, 1])[:2]))
    lower = float(np.mean(np.sort(line.corners[:, 1])[2:]))
    left, right = max(0.0, float(line.corners[:, 0].min())), float(line.corners[:, 0].max())
    words = with_edges_of_ink(line.words, image, LineBox(left, max(0.0, upper), right, lower))
    top, bottom = upper / scale, lower / scale
    margin = _BOX_MARGIN * (bottom - top)
    size = (bottom - top - 2 * margin) * _INK_TO_SIZE
    return [
        (Word(text, start / scale, top + margin, end / scale, bottom - margin, size), line.score)
        for text, start, end in words
    ]
