"""PDF bytes into plain page facts; the only file that knows pdfplumber's objects.

Runs in a reading process only: pdfium is not thread-safe, and a small hostile file can make
pdfminer use hundreds of megabytes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber

from supplier_qc.extraction.page_content import Direction, FormValue, PageContent, Rule, Word

X_TOLERANCE_RATIO = 0.15  # of the font size; the fixed default runs small print together
LONGEST_MARK = 2.0  # points; a rectangle thinner than this is a line
SHORTEST_RULE = 8.0
RAISED_SIZE = 0.8  # a superscript is printed smaller than this share of its base
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_Shape = Mapping[str, Any]


def read_pages(path: Path, *, at_most: int) -> Iterator[PageContent | tuple[int, Exception]]:
    """Yield each page's content, or its number and why it could not be read."""
    with pdfplumber.open(path) as document:
        for page in document.pages[:at_most]:
            try:
                yield read_page(page)
            except MemoryError:
                raise
            except Exception as failure:  # noqa: BLE001  # pdfminer raises anything on hostile pages
                yield page.page_number, failure
            finally:
                page.close()


def read_page(page: Any) -> PageContent:
    """Read one pdfplumber page: words without doubled glyphs, form values and drawn rules."""
    upright = page.filter(_is_upright_or_no_text)
    words = upright.dedupe_chars(tolerance=1.5, extra_attrs=("size",)).extract_words(
        x_tolerance_ratio=X_TOLERANCE_RATIO,
        return_chars=True,
    )
    return PageContent(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        words=tuple(_word(found) for found in words),
        form_values=tuple(_form_values(page)),
        rules=tuple(_rules(page)),
    )


def _is_upright_or_no_text(item: _Shape) -> bool:
    return item["object_type"] != "char" or bool(item.get("upright"))


def _word(found: _Shape) -> Word:
    sizes = [char["size"] for char in found["chars"]]
    size = max(sizes)
    return Word(
        text=_with_superscripts(found["chars"], found["text"], size),
        x0=float(found["x0"]),
        top=float(found["top"]),
        x1=float(found["x1"]),
        bottom=float(found["bottom"]),
        size=float(median(sizes)),
        bold="bold" in str(found["chars"][0].get("fontname", "")).lower(),
    )


def _with_superscripts(chars: list[_Shape], text: str, size: float) -> str:
    """Print a raised small digit as a superscript: "10" and a raised "3" is 10³, never 103."""
    if all(char["size"] >= RAISED_SIZE * size for char in chars):
        return text
    base = max(char["bottom"] for char in chars if char["size"] >= RAISED_SIZE * size)
    return "".join(
        char["text"].translate(_SUPERSCRIPT) if _is_raised(char, size, base) else char["text"]
        for char in chars
    )


def _is_raised(char: _Shape, size: float, base: float) -> bool:
    return bool(char["size"] < RAISED_SIZE * size and base - char["bottom"] > 0.2 * size)


def _form_values(page: Any) -> Iterator[FormValue]:
    for annotation in page.annots:
        facts = annotation.get("data") or {}
        parent = _resolved(facts.get("Parent"))
        inherited = parent if isinstance(parent, Mapping) else {}
        value = facts.get("V", inherited.get("V"))
        kind = str(facts.get("FT", inherited.get("FT", "")))
        text = _decoded(value).strip()
        if text and ("Tx" in kind or "Ch" in kind):
            name = _decoded(facts.get("TU") or facts.get("T") or inherited.get("T"))
            yield FormValue(
                name=name,
                text=text,
                x0=float(annotation["x0"]),
                top=float(annotation["top"]),
                x1=float(annotation["x1"]),
                bottom=float(annotation["bottom"]),
            )


def _resolved(value: Any) -> Any:
    """What a PDF reference points to; anything else is itself."""
    return value.resolve() if hasattr(value, "resolve") else value


def _decoded(value: Any) -> str:
    """A PDF string: UTF-16 with its mark, else Latin-1, which PDFDocEncoding nearly is."""
    value = _resolved(value)
    if isinstance(value, bytes):
        marked = value.startswith((b"\xfe\xff", b"\xff\xfe"))
        return value.decode("utf-16" if marked else "latin-1", errors="replace")
    return value if isinstance(value, str) else ""


def _rules(page: Any) -> Iterator[Rule]:
    limit = 0.9 * float(page.width), 0.7 * float(page.height)
    for line in page.lines:
        yield from _edges(line)
    for rectangle in page.rects:
        is_background = rectangle["width"] > limit[0] and rectangle["height"] > limit[1]
        if not is_background:
            yield from _edges(rectangle)


def _edges(shape: _Shape) -> Iterator[Rule]:
    x0, x1, top, bottom = (float(shape[side]) for side in ("x0", "x1", "top", "bottom"))
    wide, high = x1 - x0, bottom - top
    if wide >= SHORTEST_RULE:
        levels = [(top + bottom) / 2] if high <= LONGEST_MARK else [top, bottom]
        yield from (Rule(Direction.HORIZONTAL, level, x0, x1) for level in levels)
    if high >= SHORTEST_RULE:
        columns = [(x0 + x1) / 2] if wide <= LONGEST_MARK else [x0, x1]
        yield from (Rule(Direction.VERTICAL, column, top, bottom) for column in columns)
