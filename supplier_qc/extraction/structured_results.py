"""Results sent as data become the same proposal as a page that was read, and no more than that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from supplier_qc.domain.reported_results import reading as reading_of
from supplier_qc.domain.uploads import CSV, JSON, XML, media_type_of
from supplier_qc.extraction.claims import (
    DATE_FIELDS,
    Claim,
    DocumentReading,
    HeaderField,
    RowClaim,
    TextLayer,
)
from supplier_qc.extraction.structured_cells import (
    HEADER_NAMES,
    LONGEST_VALUE,
    RULE,
    TEST_NAMES,
    Cell,
    Problem,
    StructureBroken,
    StructuredFile,
    StructuredTest,
)
from supplier_qc.extraction.structured_csv import read_csv
from supplier_qc.extraction.structured_json import read_json
from supplier_qc.extraction.structured_xml import read_xml

CONFIDENCE = 0.99
"""The literal is the file's own; that its sender wrote the right value is not known."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONFORMANCE = ("conforms", "does_not_conform", "not_stated")
_COMPARATORS = {"low_comparator": (">=", ">"), "high_comparator": ("<=", "<")}
_NOTED = (("replicate", "replicate"), ("stage", "stage"), ("test_site", "tested at"))


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with everything that is to be said about it; without `reading` it is broken."""

    problems: tuple[Problem, ...]
    reading: DocumentReading | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.is_error)


def check_structured(content: bytes) -> Checked:
    """Take a file apart and judge each value; what is wrong is named by its line.

    A file with errors that can be taken apart still gives a reading: a person decides.
    """
    try:
        found = _take_apart(content)
    except StructureBroken as broken:
        return Checked((broken.problem,))
    problems = [*found.problems, *_header_problems(found), *_test_problems(found)]
    ordered = tuple(sorted(set(problems), key=lambda one: (one.line, one.words)))
    return Checked(ordered, _reading(found, ordered))


def read_structured(content: bytes) -> DocumentReading:
    """The proposal of a file of results; a broken one says where, and is entered by hand."""
    checked = check_structured(content)
    if checked.reading is None:
        words = [f"Line {one.line}: {one.words}" for one in checked.problems]
        note = "The file is not read. Ask the sender for another one, or enter the values by hand."
        return DocumentReading(TextLayer.DAMAGED, notes=(*words, note))
    return checked.reading


def _take_apart(content: bytes) -> StructuredFile:
    media_type = media_type_of(content)
    if media_type == XML:
        return read_xml(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        raise StructureBroken(line, "The file is not written in UTF-8.") from broken
    if media_type == JSON:
        return read_json(text)
    if media_type == CSV:
        return read_csv(text)
    raise StructureBroken(1, "The file is neither JSON, XML nor CSV of results.")


def _header_problems(found: StructuredFile) -> Iterator[Problem]:
    for name in ("lot_number", "manufacturer"):
        if name not in found.header:
            yield Problem(1, f"{name} is missing.")
    if not {"material", "catalogue_number"} & found.header.keys():
        yield Problem(1, "material and catalogue_number are both missing.")
    if not found.tests:
        yield Problem(1, "There is no test.")
    for name, cell in found.header.items():
        if name not in HEADER_NAMES:
            yield Problem(cell.line, f"“{name}” is not known and not taken.", is_error=False)
        yield from _too_long(name, cell)
        if HEADER_NAMES.get(name) in DATE_FIELDS and _day(cell.text) is None:
            yield _no_day(name, cell)


def _test_problems(found: StructuredFile) -> Iterator[Problem]:
    for test in found.tests:
        yield from _one_test(test)
        for name, cell in test.cells.items():
            if name not in TEST_NAMES:
                yield Problem(cell.line, f"“{name}” is not known and not taken.", is_error=False)
            yield from _too_long(name, cell)


def _one_test(test: StructuredTest) -> Iterator[Problem]:
    cells = test.cells
    if "test_name" not in cells:
        yield Problem(test.line, "test_name is missing.")
    told = {"result_text", "value"} & cells.keys()
    if not told and "absent_reason" not in cells:
        yield Problem(test.line, "There is neither result_text, value nor absent_reason.")
    if told and "absent_reason" in cells:
        yield Problem(cells["absent_reason"].line, "A test has a result or an absent_reason.")
    for name in ("value", "low", "high"):
        if name in cells and not _NUMBER.fullmatch(cells[name].text):
            words = f"{name} is “{cells[name].text}”; write a number with a decimal point."
            yield Problem(cells[name].line, words)
    for name, allowed in (*_COMPARATORS.items(), ("conformance", _CONFORMANCE)):
        if name in cells and cells[name].text not in allowed:
            yield Problem(cells[name].line, f"{name} takes {' or '.join(allowed)}.")
    if "test_date" in cells and _day(cells["test_date"].text) is None:
        yield _no_day("test_date", cells["test_date"])
    yield from _contradictions(test)


def _contradictions(test: StructuredTest) -> Iterator[Problem]:
    low, high = _number(test, "low"), _number(test, "high")
    if low is not None and high is not None and low > high:
        yield Problem(test.cells["low"].line, f"low {low} is above high {high}.")
    bounds = [test.cells.get(name) for name in _COMPARATORS]
    strict = [cell for cell in bounds if cell and cell.text in {"<", ">"}]
    if strict and low is not None and high is not None and "specification_text" not in test.cells:
        words = "Two limits of which one is excluded need specification_text beside them."
        yield Problem(strict[0].line, words)
    value = _number(test, "value")
    if value is not None and "result_text" in test.cells:
        unit = test.cells.get("unit")
        printed = reading_of(test.cells["result_text"].text, unit.text if unit else None).value
        if printed is not None and printed != value:
            words = f"value is {value}, result_text says {printed}."
            yield Problem(test.cells["value"].line, words)


def _too_long(name: str, cell: Cell) -> Iterator[Problem]:
    if len(cell.text) > LONGEST_VALUE:
        yield Problem(cell.line, f"{name} has more than {LONGEST_VALUE} characters.")


def _no_day(name: str, cell: Cell) -> Problem:
    return Problem(cell.line, f"{name} is “{cell.text}”; write year-month-day.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _number(test: StructuredTest, name: str) -> Decimal | None:
    cell = test.cells.get(name)
    if cell is None or not _NUMBER.fullmatch(cell.text):
        return None
    try:
        return Decimal(cell.text)
    except InvalidOperation:  # an exponent beyond what a Decimal holds
        return None


def _reading(found: StructuredFile, problems: tuple[Problem, ...]) -> DocumentReading:
    wrong = [f"Line {one.line}: {one.words}" for one in problems if one.is_error]
    fields = {
        HEADER_NAMES[name]: _claim(cell)
        for name, cell in found.header.items()
        if name in HEADER_NAMES and len(cell.text) <= LONGEST_VALUE
    }
    dated = [test.cells["test_date"] for test in found.tests if "test_date" in test.cells]
    days = {cell.text for cell in dated}
    if len(days) == 1:
        fields[HeaderField.TEST_DATE] = _claim(dated[0])
    lot = found.header.get("lot_number")
    return DocumentReading(
        TextLayer.STRUCTURED,
        fields=fields,
        rows=tuple(_row(test) for test in found.tests),
        decimal_comma=False,
        day_first=None,
        notes=(*wrong, *_notes(found, days)),
        lots_seen=(lot.text,) if lot else (),
        producer="structured results",
    )


def _notes(found: StructuredFile, days: set[str]) -> Iterator[str]:
    """What a row of a certificate has no place for; said in words, so that nothing is lost."""
    for test in found.tests:
        parts = [f"{word} {_text(test, name)}" for name, word in _NOTED if _text(test, name)]
        if len(days) > 1 and _text(test, "test_date"):
            parts.append(f"tested on {_text(test, 'test_date')}")
        if _text(test, "absent_reason"):
            parts.append(f"no result: {_text(test, 'absent_reason').rstrip('.')}")
        if parts:
            yield f"{_text(test, 'test_name') or 'A test'} (line {test.line}): {', '.join(parts)}."


def _row(test: StructuredTest) -> RowClaim:
    cells = {name: cell for name, cell in test.cells.items() if len(cell.text) <= LONGEST_VALUE}
    row = RowClaim(
        name=_claim_of(cells, "test_name"),
        method=_claim_of(cells, "method"),
        result=_claim_of(cells, "result_text") or _claim_of(cells, "value"),
        unit=_claim_of(cells, "unit"),
        supplier_verdict=_claim_of(cells, "conformance"),
    )
    if "specification_text" in cells:
        return replace(row, specification=_claim(cells["specification_text"]))
    bound = _one_bound(cells)
    if bound is not None:
        return replace(row, specification=bound)
    return replace(row, spec_min=_claim_of(cells, "low"), spec_max=_claim_of(cells, "high"))


def _one_bound(cells: dict[str, Cell]) -> Claim | None:
    """One limit that is excluded, as in "< 0.5"; the sign is the file's own."""
    for name, sign in (("low", "low_comparator"), ("high", "high_comparator")):
        other = "high" if name == "low" else "low"
        excluded = sign in cells and cells[sign].text in {"<", ">"}
        if excluded and name in cells and other not in cells:
            return _claim(Cell(f"{cells[sign].text} {cells[name].text}", cells[name].line))
    return None


def _claim_of(cells: dict[str, Cell], name: str) -> Claim | None:
    return _claim(cells[name]) if name in cells else None


def _claim(cell: Cell) -> Claim:
    return Claim(cell.text, None, CONFIDENCE, f"{RULE}{cell.line}")


def _text(test: StructuredTest, name: str) -> str:
    cell = test.cells.get(name)
    return cell.text if cell else ""
