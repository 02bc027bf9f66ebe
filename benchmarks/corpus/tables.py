"""The table of results: its columns, its rules, and how its cells are set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.corpus.certificates import Certificate, Choice, PrintedTest
from benchmarks.corpus.drawing import MARGIN, Paper, columns_at

COLUMNS: dict[str, tuple[str, ...]] = {
    "name, specification, result": ("name", "specification", "result"),
    "name, method, specification, result": ("name", "method", "specification", "result"),
    "result before specification": ("name", "result", "specification", "method"),
    "method first": ("method", "name", "specification", "result"),
    "name and result only": ("name", "result"),
    "unit column": ("name", "unit", "specification", "result"),
    "minimum and maximum": ("name", "unit", "spec_min", "spec_max", "result"),
    "verdict column": ("name", "specification", "result", "verdict"),
    "unit in the head": ("name", "specification", "result"),
    "unit behind the result": ("name", "method", "specification", "result"),
    "two lots": ("name", "specification", "result", "result"),
    "lot column": ("lot", "name", "specification", "result"),
}
RULES = ("ruled", "unruled", "lines between rows", "line under the head", "zebra", "columns only")
_SHARES = {"name": 1.7, "method": 1.2, "specification": 1.5, "result": 1.3, "unit": 0.8,
           "spec_min": 0.8, "spec_max": 0.8, "verdict": 1.1, "lot": 1.1}  # fmt: skip
Row = dict[str, Any]


@dataclass(slots=True)
class Drawing:
    """One table in the making."""

    paper: Paper
    columns: tuple[str, ...]
    heads: Sequence[str]
    edges: list[float]
    rules: str
    centred: bool
    head_style: str

    def cell_lines(self, cells: Sequence[str], *, bold: bool = False) -> list[list[str]]:
        return [
            self.paper.wrapped(cell, self.edges[number + 1] - self.edges[number] - 9, bold=bold)
            for number, cell in enumerate(cells)
        ]

    def height(self, lines: Sequence[Sequence[str]]) -> float:
        return self.paper.points * 1.18 * max(map(len, lines)) + 6.5

    def put(self, lines: Sequence[Sequence[str]], *, bold: bool = False) -> None:
        paper = self.paper
        for number, cell in enumerate(lines):
            left, right = self.edges[number], self.edges[number + 1]
            for row, line in enumerate(cell):
                y = paper.y + 2.5 + paper.points * (1 + 1.18 * row)
                if self.centred and number:
                    paper.text((left + right) / 2, y, line, bold=bold, align="centre")
                else:
                    paper.text(left + 4, y, line, bold=bold)

    def head(self) -> None:
        paper = self.paper
        lines = self.cell_lines(self.heads, bold=True)
        high = self.height(lines)
        if self.head_style == "shaded":
            paper.fill(self.edges[0], paper.y, self.edges[-1] - self.edges[0], high, 0.85)
        self.put(lines, bold=True)
        self._rule(high, head=True)
        paper.y += high

    def row(self, cells: Sequence[str], number: int) -> None:
        paper = self.paper
        lines = self.cell_lines(cells)
        high = self.height(lines)
        if paper.y + high > paper.height - 96:
            paper.turn_page()
            self.head()
        if self.rules == "zebra" and number % 2:
            paper.fill(self.edges[0], paper.y, self.edges[-1] - self.edges[0], high, 0.94)
        self.put(lines)
        self._rule(high, head=False)
        paper.y += high

    def _rule(self, high: float, *, head: bool) -> None:
        paper, left, right = self.paper, self.edges[0], self.edges[-1]
        if head and self.rules in {"ruled", "columns only"}:
            paper.line(left, paper.y, right, paper.y)
        if self.rules in {"ruled", "lines between rows"} or (
            head and self.rules in {"line under the head", "columns only"}
        ):
            paper.line(left, paper.y + high, right, paper.y + high)
        if self.rules in {"ruled", "columns only"}:
            for edge in self.edges:
                paper.line(edge, paper.y, edge, paper.y + high)

    def section(self, text: str) -> None:
        """A heading that runs across the columns."""
        paper = self.paper
        high = paper.points + 8
        if paper.y + high > paper.height - 110:
            paper.turn_page()
            self.head()
        paper.text(self.edges[0] + 4, paper.y + paper.points + 3, text, bold=True)
        if self.rules in {"ruled", "lines between rows"}:
            paper.line(self.edges[0], paper.y + high, self.edges[-1], paper.y + high)
        if self.rules in {"ruled", "columns only"}:
            for edge in (self.edges[0], self.edges[-1]):
                paper.line(edge, paper.y, edge, paper.y + high)
        paper.y += high


def draw_table(
    paper: Paper,
    paper_of: Certificate,
    choose: Choice,
    kind: str,
    rules: str,
    *,
    sections: Sequence[str] = (),
    footnotes: bool = False,
    lot_head: str = "",
) -> list[Row]:
    """Draw the results at the cursor; the rows as a person reads them."""
    columns = COLUMNS[kind]
    heads = _heads(paper_of, columns, kind, lot_head)
    drawing = Drawing(
        paper, columns, heads,
        columns_at(MARGIN, paper.right, [_SHARES[column] for column in columns]),
        rules, choose.chance(0.3), choose.of(("plain", "shaded")),
    )  # fmt: skip
    drawing.head()
    rows: list[Row] = []
    every = max(2, len(paper_of.tests) // (len(sections) or 1))
    for number, test in enumerate(paper_of.tests):
        if sections and number % every == 0 and number // every < len(sections):
            drawing.section(sections[number // every])
        mark = "*" if footnotes and number == 1 else ""
        rows.extend(_draw_row(drawing, paper_of, test, kind, number, mark))
    return rows


def _heads(paper_of: Certificate, columns: Sequence[str], kind: str, lot_head: str) -> list[str]:
    printed = {**paper_of.columns, "lot": lot_head}
    heads = [printed[column] for column in columns]
    if kind == "unit in the head":
        heads[-1] = f"{heads[-1]} ({_head_unit(paper_of)})"
    if kind == "two lots":
        heads[-2:] = [f"{lot_head} {lot}" for lot in paper_of.lots[:2]]
    return heads


def _head_unit(paper_of: Certificate) -> str:
    return next((test.unit for test in paper_of.tests if test.unit), "%")


def _draw_row(
    drawing: Drawing,
    paper_of: Certificate,
    test: PrintedTest,
    kind: str,
    number: int,
    mark: str,
) -> list[Row]:
    texts = {
        "name": test.name + mark, "method": test.method, "specification": test.specification,
        "result": test.result, "unit": test.unit or "-", "spec_min": test.spec_min or "-",
        "spec_max": test.spec_max or "-", "verdict": test.verdict, "lot": paper_of.lots[0],
    }  # fmt: skip
    if kind not in {"unit column", "minimum and maximum", "unit in the head"}:
        texts["specification"] = test.specification_with_unit
        texts["result"] = test.result_with_unit
    cells = [texts[column] for column in drawing.columns]
    read: Row = {column: text for column, text in texts.items() if column in drawing.columns}
    read["name"] = test.name
    if mark:
        read["name_alt"] = [test.name + mark]
    read.pop("verdict", None)
    if kind == "unit in the head" and test.unit:
        read["unit"] = _head_unit(paper_of)
    for column in ("unit", "spec_min", "spec_max"):
        if read.get(column) == "-":
            del read[column]
    if kind != "two lots":
        drawing.row(cells, number)
        return [read]
    cells[-1] = other = test.specification_with_unit if test.kind == "absence" else test.verdict
    drawing.row(cells, number)
    first, second = paper_of.lots[:2]
    return [{**read, "lot": first}, {**read, "result": other, "lot": second}]
