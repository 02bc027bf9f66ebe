"""Results as JSON, with the line of every value: what Python's own reader does not tell."""

import json
import re
from dataclasses import dataclass
from typing import Any

from supplier_qc.extraction.structured_cells import (
    FORMAT,
    MOST_TESTS,
    Cell,
    Problem,
    StructureBroken,
    StructuredFile,
    StructuredTest,
)

_DEEPEST = 6
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class _Node:
    """A value and its line; a list or an object holds nodes, anything else its own text."""

    value: Any
    line: int


def read_json(text: str) -> StructuredFile:
    """Raises StructureBroken where the text is no JSON or not of our format."""
    root = _Reader(text).read()
    members = _members(root, "The file")
    form = members.get("format")
    if form is None or form.value != FORMAT:
        raise StructureBroken(
            form.line if form else 1, f"“format” has to be “{FORMAT}”; other formats are not read."
        )
    header, problems = _cells(_members(members.get("header", root), "“header”"))
    tests = members.get("tests")
    if tests is None or not isinstance(tests.value, list):
        raise StructureBroken(root.line, "“tests” has to be a list of tests.")
    if len(tests.value) > MOST_TESTS:
        raise StructureBroken(tests.line, f"There are more than {MOST_TESTS} tests.")
    found = []
    for node in tests.value:
        cells, wrong = _cells(_members(node, "A test"))
        problems += wrong
        found.append(StructuredTest(node.line, cells))
    problems += [
        Problem(node.line, f"“{name}” is not known and not taken.", is_error=False)
        for name, node in members.items()
        if name not in {"format", "header", "tests"}
    ]
    return StructuredFile(header, tuple(found), tuple(problems))


def _members(node: _Node, what: str) -> dict[str, _Node]:
    if not isinstance(node.value, dict):
        raise StructureBroken(node.line, f"{what} has to be an object with names.")
    return node.value


def _cells(members: dict[str, _Node]) -> tuple[dict[str, Cell], list[Problem]]:
    cells, problems = {}, []
    for name, node in members.items():
        if isinstance(node.value, dict | list):
            problems.append(Problem(node.line, f"“{name}” has to be a text or a number."))
        elif node.value not in ("", None):
            cells[name] = Cell(str(node.value), node.line)
    return cells, problems


class _Reader:
    """Takes a text apart; strings and numbers are left to the standard library."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._scalars = json.JSONDecoder(parse_constant=_refuse_constant)

    def read(self) -> _Node:
        found = self._value(0)
        self._skip()
        if self._place < len(self._text):
            raise self._broken("There is something after the end of the object.")
        return found

    def _value(self, depth: int) -> _Node:
        if depth > _DEEPEST:
            raise self._broken("The file is nested too deep.")
        self._skip()
        line, sign = self._line(), self._sign()
        if sign == "{":
            return _Node(self._object(depth), line)
        if sign == "[":
            return _Node(self._list(depth), line)
        return _Node(self._scalar(), line)

    def _object(self, depth: int) -> dict[str, _Node]:
        members: dict[str, _Node] = {}
        while self._goes_on("}", is_first=not members):
            self._skip()
            name = self._scalar() if self._sign() == '"' else None
            if name is None:
                raise self._broken("A name in quotation marks is missing.")
            if name in members:
                raise self._broken(f"“{name}” stands twice.")
            self._expect(":")
            members[name] = self._value(depth + 1)
        return members

    def _list(self, depth: int) -> list[_Node]:
        found: list[_Node] = []
        while self._goes_on("]", is_first=not found):
            found.append(self._value(depth + 1))
        return found

    def _goes_on(self, end: str, *, is_first: bool) -> bool:
        """Past the opening sign or a comma; False at the closing one."""
        if is_first:
            self._place += 1
        self._skip()
        if self._sign() == end:
            self._place += 1
            return False
        if not is_first:
            self._expect(",")
        return True

    def _scalar(self) -> Any:
        begin = self._place
        try:
            value, self._place = self._scalars.raw_decode(self._text, begin)
        except (ValueError, RecursionError):
            raise self._broken("A value cannot be read.") from None
        if isinstance(value, bool):
            raise self._broken("Yes and no are written as words in quotation marks.")
        return value if value is None or isinstance(value, str) else self._text[begin : self._place]

    def _expect(self, sign: str) -> None:
        self._skip()
        if self._sign() != sign:
            raise self._broken(f"“{sign}” is missing.")
        self._place += 1

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._place)
        self._place = match.end() if match else self._place

    def _sign(self) -> str:
        return self._text[self._place : self._place + 1]

    def _line(self) -> int:
        return self._text.count("\n", 0, self._place) + 1

    def _broken(self, words: str) -> StructureBroken:
        return StructureBroken(self._line(), words)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
