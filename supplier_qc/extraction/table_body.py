"""Which lines under a header belong to its table, and which end it."""

import re
from collections.abc import Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.labels import hits_in
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Direction, Rule
from supplier_qc.extraction.table_headers import TableHeader, headers_at
from supplier_qc.extraction.vocabulary import Column, key, labels_of, vocabulary

LARGEST_GAP = 60.0  # points; farther down begins something else
FEW, LARGER = 2, 1.25  # phrases of a heading, and its print against the table's head
PROSE_WORDS = 8
SNAP = 2.0  # points
_PAGE_NUMBER = re.compile(r"^(?:page|seite|pagina|pag)\b\.?\s*:?\s*\d+")
_ADDRESS = re.compile(
    r"www\.|https?://|\S@\S+\.\S|\b(?:tel|fax|phone)\b\.?\s*:?\s*[+(\d]", re.IGNORECASE
)
_CLOSING = frozenset(
    {"conclusion", "conclusions", "remarks", "remark", "comments", "comment", "note", "notes",
     "disclaimer", "bemerkung", "bemerkungen", "remarques", "observaciones", "observacoes",
     "osservazioni"}
)  # fmt: skip


def body_of(
    lines: Sequence[Line],
    start: int,
    header: TableHeader,
    rules: Sequence[Rule] = (),
) -> list[Line]:
    """The lines from `start` that can belong to the table under `header`."""
    left, right = header.cells[0].x0, header.cells[-1].x1
    size = max(word.size for cell in header.cells for word in cell.words)
    body: list[Line] = []
    bottom = header.bottom
    for number in range(start, len(lines)):
        line = _between(lines[number], header.left, header.right)
        if line is None:
            continue
        if line.top - bottom > LARGEST_GAP or headers_at(lines, number):
            break
        if len(line.phrases) <= FEW and min(p.size for p in line.phrases) > LARGER * size:
            break  # the heading of what follows, with a mark or a date beside it
        walled = _is_walled(line, header, rules)
        if not walled and (is_prose(line, left, right) or ends_table(line)):
            break
        body.append(line)
        bottom = line.bottom
    return body


def _is_walled(line: Line, header: TableHeader, rules: Sequence[Rule]) -> bool:
    """Whether drawn rules enclose the line on both sides, together with the table's head."""
    middle = (line.top + line.bottom) / 2
    walls = [
        rule.at
        for rule in rules
        if rule.direction is Direction.VERTICAL and rule.start <= middle <= rule.end
    ]
    heads = [
        rule.at
        for rule in rules
        if rule.direction is Direction.VERTICAL and rule.start <= header.bottom <= rule.end + SNAP
    ]
    enclosing = [at for at in walls if any(abs(at - head) <= SNAP for head in heads)]
    first, last = header.cells[0], header.cells[-1]
    # A frame around the whole page encloses everything; a grid has walls between its columns.
    is_grid = any(first.x0 < at < last.x1 for at in enclosing)
    return is_grid and min(enclosing) <= line.x0 + SNAP and max(enclosing) >= line.x1 - SNAP


def _between(line: Line, left: float, right: float) -> Line | None:
    """The part of the line that stands between two walls."""
    inside = tuple(
        phrase for phrase in line.phrases if left <= (phrase.x0 + phrase.x1) / 2 <= right
    )
    if len(inside) == len(line.phrases):
        return line
    return Line(inside) if inside else None


def ends_table(line: Line) -> bool:
    """Whether the line begins what follows a table: signatures, remarks, a page number."""
    text = key(line.phrases[0].text)
    if _PAGE_NUMBER.match(folded(line.phrases[0].text)) or _ADDRESS.search(line.text):
        return True
    if len(line.phrases) == 1 and _is_labelled(line.phrases[0]):
        return True
    hits = hits_in(line.phrases[0])
    if not hits or hits[0].start or not (hits[0].with_colon or hits[0].closes_phrase):
        return False
    signs = any(label.field is HeaderField.SIGNATORY for label in hits[0].labels)
    return (signs or key(hits[0].text) in _CLOSING) and text not in vocabulary().columns


def is_prose(line: Line, left: float, right: float) -> bool:
    return any(
        len(phrase.words) >= PROSE_WORDS
        and phrase.x0 <= left + 0.25 * (right - left)
        and phrase.x1 - phrase.x0 > 0.55 * (right - left)
        for phrase in line.phrases
    )


def is_label_line(line: Line) -> bool:
    """Whether the line begins with a header field's label, as dates among the rows do."""
    if any(_is_labelled(phrase) for phrase in line.phrases):
        return True
    text = line.phrases[0].text
    known = any(label.field is not None and label.strong for label in labels_of(text))
    column = set(vocabulary().columns.get(key(text), ())) - {Column.SAMPLE, Column.IGNORED}
    return known and len(line.phrases) > 1 and not column


def _is_labelled(phrase: Phrase) -> bool:
    """A label and its value in one phrase ("Batch #: 7"), as headers and footers have it."""
    hits = hits_in(phrase)
    fields = {label.field for hit in hits[:1] for label in hit.labels} - {None}
    return bool(fields) and hits[0].start == 0 and hits[0].with_colon and not hits[0].closes_phrase
