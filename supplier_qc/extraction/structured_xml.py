"""Results as XML. Entities and document types are refused: no file reaches out or swells."""

from dataclasses import dataclass, field
from xml.parsers import expat

from supplier_qc.extraction.structured_cells import (
    FORMAT,
    MOST_TESTS,
    Cell,
    Problem,
    StructureBroken,
    StructuredFile,
    StructuredTest,
)

_ROOT, _HEADER, _TESTS, _TEST = "lot-results", "header", "tests", "test"
_PLACES = {
    (): {_ROOT},
    (_ROOT,): {_HEADER, _TESTS},
    (_ROOT, _TESTS): {_TEST},
}


def read_xml(content: bytes) -> StructuredFile:
    """Raises StructureBroken where the bytes are no XML, or not of our format."""
    builder = _Builder()
    parser = expat.ParserCreate()
    builder.watch(parser)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise StructureBroken(broken.lineno, "The XML is not well formed here.") from broken
    except (LookupError, ValueError) as unknown:
        raise StructureBroken(1, "The encoding of the XML is not known; use UTF-8.") from unknown
    return StructuredFile(builder.header, tuple(builder.tests), tuple(builder.problems))


@dataclass(slots=True)
class _Builder:
    header: dict[str, Cell] = field(default_factory=dict)
    tests: list[StructuredTest] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _cells: dict[str, Cell] = field(default_factory=dict)
    _text: list[str] = field(default_factory=list)
    _line: int = 1
    _parser: expat.XMLParserType | None = None

    def watch(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        path = tuple(self._path)
        if path in _PLACES and name not in _PLACES[path]:
            raise StructureBroken(self._at(), f"<{name}> does not belong here.")
        if path not in _PLACES and len(path) > (2 if path[1] == _HEADER else 3):
            raise StructureBroken(self._at(), f"<{name}> is nested too deep.")
        if name == _ROOT and attributes.get("format") != FORMAT:
            words = f"The format attribute has to be “{FORMAT}”; other formats are not read."
            raise StructureBroken(self._at(), words)
        if name == _TEST:
            self._begin_test()
        self._path.append(name)
        self._text.clear()
        self._line = self._at()

    def _begin_test(self) -> None:
        if len(self.tests) >= MOST_TESTS:
            raise StructureBroken(self._at(), f"There are more than {MOST_TESTS} tests.")
        self._cells = {}
        self.tests.append(StructuredTest(self._at(), self._cells))

    def _end(self, name: str) -> None:
        self._path.pop()
        path = tuple(self._path)
        text = "".join(self._text).strip()
        if path == (_ROOT, _HEADER):
            self._keep(self.header, name, text)
        elif path == (_ROOT, _TESTS, _TEST):
            self._keep(self._cells, name, text)
        elif text:
            self.problems.append(Problem(self._line, f"Text beside the values: “{text[:40]}”."))
        self._text.clear()

    def _keep(self, cells: dict[str, Cell], name: str, text: str) -> None:
        if name in cells:
            self.problems.append(Problem(self._line, f"<{name}> stands twice."))
        elif text:
            cells[name] = Cell(text, self._line)

    def _at(self) -> int:
        return self._parser.CurrentLineNumber if self._parser else 1

    def _refuse(self, *_declared: object) -> int:
        raise StructureBroken(
            self._at(), "A document type or an entity is declared; such files are not read."
        )
