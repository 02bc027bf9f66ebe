"""What a page shows of what its file holds: characters and rules within the visible page.

Text can be in a file and not on the page: outside the visible box, drawn without ink, white on
white, or under a patch. A reader who takes it reads what the maker removed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTLine, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter

NO_INK = frozenset({3, 7})  # render modes of ISO 32000-1, table 106: invisible, and clip only
WHITE, BLACK = 0.96, 0.04
MOSTLY_INVISIBLE = 0.5  # of the characters; such a page is a scan with a text layer behind it
_PLAIN_GREY = frozenset({"DeviceGray", "CalGray", "ICCBased", "G"})
BAND, MOST_BANDS = 12.0, 2000  # points; and bands above and below the page's foot
_CMYK = 4
_NO_INK = "no_ink"
_Object = dict[str, Any]


@dataclass(slots=True)
class ShownObjects:
    """Objects of one page as pdfplumber gives them, from the top left of the visible page."""

    width: float
    height: float
    chars: list[_Object] = field(default_factory=list)
    lines: list[_Object] = field(default_factory=list)
    rects: list[_Object] = field(default_factory=list)
    images: list[_Object] = field(default_factory=list)


class _InkAggregator(PDFPageAggregator):
    """Notes on each character whether it is drawn with ink."""

    _has_ink = True

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._has_ink = textstate.render not in NO_INK
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *arguments: Any, **named: Any) -> float:
        advance = super().render_char(*arguments, **named)
        if not self._has_ink:
            # pdfplumber's device marks what it has just drawn in the same way.
            setattr(self.cur_item._objs[-1], _NO_INK, True)  # noqa: SLF001 -- as its own device does
        return advance


@dataclass(frozen=True, slots=True)
class _Placed:
    """One object in the order of drawing."""

    order: int
    item: Any


def shown_objects(page: Any) -> ShownObjects:
    """Read one pdfplumber page; its objects are parsed here and nowhere else."""
    device = _InkAggregator(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    placed = [_Placed(order, item) for order, item in enumerate(_flat(device.get_result()))]
    frame = _frame(page)
    shown = ShownObjects(frame.width, frame.height)
    kept = {one.order for one in _visible_chars(placed, shades=_has_shading(page))}
    for one in placed:
        target = _target(one.item, shown)
        if target is None or (target is shown.chars and one.order not in kept):
            continue
        found = frame.placed(one.item)
        if target is not shown.chars:
            target.append(found)
        elif _is_inside(found, shown):
            target.append({**found, **_of_char(one.item)})
    return shown


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where pdfminer's coordinates lie on the visible page, measured from its top left."""

    left: float
    foot: float  # of pdfminer's origin, from the top
    width: float
    height: float

    def placed(self, item: Any) -> _Object:
        top, bottom = self.foot - item.y1, self.foot - item.y0
        return {
            "x0": item.x0 - self.left, "x1": item.x1 - self.left,
            "top": top, "bottom": bottom, "doctop": top,
            "width": item.width, "height": item.height,
        }  # fmt: skip


def _frame(page: Any) -> _Frame:
    left, top, right, bottom = _visible_box(page)
    origin_x, origin_top = (float(side) for side in page.mediabox[:2])
    return _Frame(
        left=left - origin_x,
        foot=float(page.height) + origin_top - top,
        width=right - left,
        height=bottom - top,
    )


def _of_char(char: LTChar) -> _Object:
    name = char.fontname
    return {
        "text": char.get_text(),
        "size": char.size,
        "upright": char.upright,
        "matrix": char.matrix,
        "fontname": name.decode("latin-1") if isinstance(name, bytes) else name,
    }


def _target(item: Any, shown: ShownObjects) -> list[_Object] | None:
    if isinstance(item, LTChar):
        return shown.chars
    if isinstance(item, LTLine):
        return shown.lines
    if isinstance(item, LTRect):
        return shown.rects
    # A signature is an image or a drawn curve.
    return shown.images if isinstance(item, LTImage | LTCurve) else None


def _flat(layout: LTContainer[Any] | Sequence[LTComponent]) -> Iterator[Any]:
    for item in layout:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _visible_box(page: Any) -> tuple[float, float, float, float]:
    """The crop box as far as it lies on the page, else the page."""
    media, crop = page.mediabox, page.cropbox
    box = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    left, top, right, bottom = box if box[0] < box[2] and box[1] < box[3] else media
    return float(left), float(top), float(right), float(bottom)


def _is_inside(found: Mapping[str, Any], shown: ShownObjects) -> bool:
    middle, level = (found["x0"] + found["x1"]) / 2, (found["top"] + found["bottom"]) / 2
    return bool(0 <= middle <= shown.width and 0 <= level <= shown.height)


def _has_shading(page: Any) -> bool:
    """Whether the page paints gradients, which stand behind text and are not seen here."""
    resources = getattr(page.page_obj, "resources", None) or {}
    return "Shading" in resources or "Pattern" in resources


def _visible_chars(placed: Sequence[_Placed], *, shades: bool) -> Iterator[_Placed]:
    chars = [one for one in placed if isinstance(one.item, LTChar)]
    inkless = sum(hasattr(one.item, _NO_INK) for one in chars)
    is_scan = inkless > MOSTLY_INVISIBLE * len(chars)
    fills = [one for one in placed if _is_fill(one.item)]
    patches = _by_band([one for one in fills if _is_patch(one.item)])
    for one in chars:
        if hasattr(one.item, _NO_INK):
            if is_scan:
                yield one
        elif not (
            (not shades and _is_white(one.item) and not _on_colour(one, fills))
            or _is_covered(one, patches)
        ):
            yield one


def _is_fill(item: Any) -> bool:
    return isinstance(item, LTImage) or (isinstance(item, LTCurve) and bool(item.fill))


def _is_patch(item: Any) -> bool:
    """A filled rectangle in the colour of paper or of ink; others may be transparent markers."""
    if not (isinstance(item, LTRect) and item.fill):
        return False
    parts = _parts(item.non_stroking_color)
    return bool(parts) and (_is_paper(parts) or _is_black(parts))


def _parts(colour: Any) -> tuple[float, ...]:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    numbers = tuple(float(part) for part in parts if isinstance(part, (int, float)))
    return numbers if len(numbers) == len(parts) else ()


def _is_paper(parts: Sequence[float]) -> bool:
    if len(parts) == _CMYK:
        return max(parts) <= BLACK
    return min(parts) >= WHITE


def _is_black(parts: Sequence[float]) -> bool:
    if len(parts) == _CMYK:
        return parts[3] >= WHITE
    return max(parts) <= BLACK


def _is_white(char: LTChar) -> bool:
    parts = _parts(char.graphicstate.ncolor)
    if len(parts) == 1 and getattr(char.ncs, "name", "") not in _PLAIN_GREY:
        return False  # a full tone of a named ink is not white
    return bool(parts) and _is_paper(parts)


def _covers(fill: Any, char: LTChar) -> bool:
    middle, level = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    return bool(fill.x0 <= middle <= fill.x1 and fill.y0 <= level <= fill.y1)


def _on_colour(char: _Placed, fills: Sequence[_Placed]) -> bool:
    """Whether something other than white was painted before the character, where it stands."""
    return any(
        fill.order < char.order
        and _covers(fill.item, char.item)
        and (
            isinstance(fill.item, LTImage)
            or not _is_paper(_parts(fill.item.non_stroking_color) or (0.0,))
        )
        for fill in fills
    )


def _by_band(patches: Sequence[_Placed]) -> dict[int, list[_Placed]]:
    """The patches by the bands of the page that they reach, so that each text asks few of them."""
    bands: dict[int, list[_Placed]] = {}
    for patch in patches:
        low, high = int(patch.item.y0 // BAND), int(patch.item.y1 // BAND)
        for band in range(max(low, -MOST_BANDS), min(high, MOST_BANDS) + 1):
            bands.setdefault(band, []).append(patch)
    return bands


def _is_covered(char: _Placed, patches: Mapping[int, Sequence[_Placed]]) -> bool:
    level = (char.item.y0 + char.item.y1) / 2
    return any(
        patch.order > char.order and _covers(patch.item, char.item)
        for patch in patches.get(int(level // BAND), ())
    )
