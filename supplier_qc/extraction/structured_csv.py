"""Results as CSV: one line a test; the header's values are repeated or stand on the first."""

import csv
from collections.abc import Sequence

from supplier_qc.extraction.structured_cells import (
    HEADER_NAMES,
    MOST_TESTS,
    Cell,
    Problem,
    StructureBroken,
    StructuredFile,
    StructuredTest,
)

_DELIMITERS = (",", ";", "\t")


def read_csv(text: str) -> StructuredFile:
    """Raises StructureBroken where the text is no table of ours."""
    lines = text.splitlines(keepends=True)
    first = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header: dict[str, Cell] = {}
    tests: list[StructuredTest] = []
    problems: list[Problem] = []
    begin = 1
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        _refuse_names(names)
        begin = reader.line_num + 1
        for values in reader:
            if any(value.strip() for value in values):
                problems += _take(names, values, begin, header, tests)
            begin = reader.line_num + 1
    except csv.Error as broken:
        raise StructureBroken(begin, f"The line is no CSV ({broken}).") from broken
    return StructuredFile(header, tuple(tests), tuple(problems))


def _refuse_names(names: Sequence[str]) -> None:
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise StructureBroken(1, f"A column stands twice: {', '.join(sorted(twice))}.")


def _take(
    names: Sequence[str],
    values: Sequence[str],
    line: int,
    header: dict[str, Cell],
    tests: list[StructuredTest],
) -> list[Problem]:
    if len(tests) >= MOST_TESTS:
        raise StructureBroken(line, f"There are more than {MOST_TESTS} tests.")
    if len(values) > len(names):
        return [Problem(line, "The line has more values than there are columns; it is not taken.")]
    problems, cells = [], {}
    for name, value in zip(names, values, strict=False):
        text = value.strip()
        if not text:
            continue
        if name not in HEADER_NAMES:
            cells[name] = Cell(text, line)
        elif name not in header:
            header[name] = Cell(text, line)
        elif header[name].text != text:
            problems.append(_contradiction(name, header[name], text, line))
    tests.append(StructuredTest(line, cells))
    return problems


def _contradiction(name: str, before: Cell, text: str, line: int) -> Problem:
    hint = " One file holds one lot; send one for each." if name == "lot_number" else ""
    return Problem(
        line, f"{name} is “{text}” here and “{before.text}” in line {before.line}.{hint}"
    )
