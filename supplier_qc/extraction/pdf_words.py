"""PDF bytes into plain page facts; the only file that knows pdfplumber's objects.

Runs in a reading process only: pdfium is not thread-safe, and a small hostile file can make
pdfminer use hundreds of megabytes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
from pdfplumber.utils.text import extract_words

from supplier_qc.extraction.page_content import (
    Direction,
    FormValue,
    PageContent,
    Picture,
    Rule,
    Turn,
    Word,
)
from supplier_qc.extraction.sheet import Sheet, is_upside_down
from supplier_qc.extraction.shown_objects import ShownObjects, shown_objects

# A space as a share of the font size; the library's fixed default runs small print together.
# Where no spaces are stored, as in a text layer made from a scan, narrower gaps must do.
SPACE_RATIO, UNSTORED_SPACE_RATIO = 0.15, 0.1
STORED_SPACES = 0.03  # of all characters
DOUBLED_WITHIN = 0.12  # of the font size; the two l of "llama" are at least 0.18 apart
_UNNAMED_GLYPH = re.compile(r"\(cid:\d+\)")
LONGEST_MARK = 2.0  # points; a rectangle thinner than this is a line
SHORTEST_RULE = 8.0
RAISED_SIZE = 0.8  # a superscript is printed smaller than this share of its base
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_RAISED = re.compile(r"[+−–-]?\d{1,3}")
_Shape = Mapping[str, Any]


def read_pages(path: Path, *, at_most: int) -> Iterator[PageContent | tuple[int, Exception]]:
    """Yield each page's content, or its number and why it could not be read."""
    # pdfplumber leaves its own file open when it fails to open the document.
    with path.open("rb") as file, pdfplumber.open(file) as document:
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
    shown = shown_objects(page)
    sheet = Sheet(_turn_of(shown.chars), shown.width, shown.height)
    words = extract_words(
        struck_once([sheet.char(char) for char in shown.chars if sheet.reads(char)]),
        x_tolerance_ratio=_space_ratio(shown.chars),
        return_chars=True,
    )
    return PageContent(
        number=page.page_number,
        width=sheet.upright_width,
        height=sheet.upright_height,
        words=tuple(_raised_joined([_word(found) for found in words])),
        form_values=tuple(sheet.upright_form(value) for value in _form_values(page)),
        rules=tuple(sheet.upright_rule(rule) for rule in _rules(shown)),
        turn=sheet.turn,
        pictures=tuple(
            Picture(*sheet.upright((one["x0"], one["top"], one["x1"], one["bottom"])))
            for one in shown.images
        ),
    )


def _space_ratio(chars: Sequence[_Shape]) -> float:
    stored = sum(char["text"] == " " for char in chars)
    return SPACE_RATIO if stored >= STORED_SPACES * len(chars) else UNSTORED_SPACE_RATIO


def struck_once(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without those struck again almost at the same place, as bold is faked."""
    seen: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    kept = []
    for char in chars:
        reach = DOUBLED_WITHIN * char["size"] or 1.0
        column, row = int(char["x0"] // reach), int(char["top"] // reach)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in seen.get((char["text"], x, y), ())
        )
        if not any(_is_same_strike(char, other, reach) for other in near):
            kept.append(char)
            seen.setdefault((char["text"], column, row), []).append(char)
    return kept


def _is_same_strike(char: _Shape, other: _Shape, reach: float) -> bool:
    return bool(
        char["text"].strip()
        and abs(char["x0"] - other["x0"]) < reach
        and abs(char["top"] - other["top"]) < reach
        and abs(char["size"] - other["size"]) < 0.1 * char["size"]
    )


def _turn_of(chars: Sequence[_Shape]) -> Turn:
    """Turned when most of the page's text is, so that a stamp on the margin turns nothing."""
    sideways = [char for char in chars if not char.get("upright")]
    if len(sideways) <= len(chars) / 2:
        over = sum(is_upside_down(char) for char in chars)
        return Turn.OVER if over > len(chars) / 2 else Turn.NONE
    rising = sum(char["matrix"][1] > 0 for char in sideways)
    return Turn.UPWARDS if rising * 2 > len(sideways) else Turn.DOWNWARDS


def _word(found: _Shape) -> Word:
    sizes = [char["size"] for char in found["chars"]]
    size = max(sizes)
    return Word(
        text=_UNNAMED_GLYPH.sub("\ufffd", _with_superscripts(found["chars"], found["text"], size)),
        x0=float(found["x0"]),
        top=float(found["top"]),
        x1=float(found["x1"]),
        bottom=float(found["bottom"]),
        size=float(median(sizes)),
        bold="bold" in str(found["chars"][0].get("fontname", "")).lower(),
    )


def _raised_joined(words: list[Word]) -> list[Word]:
    """Join a small raised number that was stored as a word of its own to what it stands on."""
    raised = [word for word in words if _RAISED.fullmatch(word.text)]
    joined: dict[int, Word] = {}
    gone: set[int] = set()
    for small in raised:
        for number, base in enumerate(words):
            if _stands_on(small, base):
                text = base.text + small.text.translate(_SUPERSCRIPT)
                joined[number] = replace(base, text=text, x1=max(base.x1, small.x1))
                gone.add(id(small))
                break
    kept = [joined.get(number, word) for number, word in enumerate(words)]
    return [word for word in kept if id(word) not in gone]


def _stands_on(small: Word, base: Word) -> bool:
    return (
        small.size < RAISED_SIZE * base.size
        and base.text[-1:].isdigit()
        and abs(small.x0 - base.x1) < 0.25 * base.size
        and base.top - 0.6 * base.size < small.top
        and 0.2 * base.size < base.bottom - small.bottom < base.size
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


def _rules(shown: ShownObjects) -> Iterator[Rule]:
    limit = 0.9 * shown.width, 0.7 * shown.height
    for line in shown.lines:
        yield from _edges(line)
    for rectangle in shown.rects:
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
