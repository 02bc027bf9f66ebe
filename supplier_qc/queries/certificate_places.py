"""Where a certificate's values stand on its pages: boxes to light up, and clips of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.queries.certificate_labels import FIELD_LABELS

_MARGIN = 3.0
"""Points of paper around a clip, so that no letter touches its edge."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, in points; `row_id` is the element it belongs to."""

    row_id: str
    x0: float
    top: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class ReviewedPage:
    number: int
    width: float
    height: float
    boxes: tuple[PageBox, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """The part of a page that holds a row, in points; the page's own size beside it."""

    page: int
    page_width: float
    page_height: float
    x0: float
    top: float
    width: float
    height: float


def clip_of_row(row: CertificateRow, page_sizes: Sequence[Sequence[float]]) -> Clip | None:
    """The paper around the row's boxes on the page where its name or result stands."""
    boxes = [part["box"] for part in row.literals.values() if part and part.get("box")]
    if not boxes or not 1 <= boxes[0]["page"] <= len(page_sizes):
        return None
    page = boxes[0]["page"]
    own = [box for box in boxes if box["page"] == page]
    x0 = min(box["x0"] for box in own) - _MARGIN
    top = min(box["top"] for box in own) - _MARGIN
    width, height = page_sizes[page - 1]
    return Clip(
        page=page,
        page_width=width,
        page_height=height,
        x0=round(x0, 1),
        top=round(top, 1),
        width=round(max(box["x1"] for box in own) + _MARGIN - x0, 1),
        height=round(max(box["bottom"] for box in own) + _MARGIN - top, 1),
    )


def reviewed_pages(certificate: Certificate) -> Iterator[ReviewedPage]:
    boxes = list(_boxes(certificate))
    for number, (width, height) in enumerate(certificate.page_sizes, start=1):
        own = tuple(box for page, box in boxes if page == number)
        yield ReviewedPage(number, width, height, own)


def _boxes(certificate: Certificate) -> Iterator[tuple[int, PageBox]]:
    for field in certificate.fields:
        if field.box:
            yield page_box(f"field-{field.id}", field.box, FIELD_LABELS[field.field])
    for row in certificate.rows:
        for name, part in row.literals.items():
            if part and part.get("box"):
                yield page_box(
                    f"row-{row.id}", part["box"], f"{row.name}: {name.replace('_', ' ')}"
                )


def page_box(row_id: str, box: Mapping[str, Any], label: str) -> tuple[int, PageBox]:
    x0, top = round(box["x0"] - 1, 1), round(box["top"] - 1, 1)
    width, height = round(box["x1"] - x0 + 1, 1), round(box["bottom"] - top + 1, 1)
    return box["page"], PageBox(row_id, x0, top, width, height, label)
