"""The head of a certificate: letterhead, title and header fields, in one of several layouts."""

from collections.abc import Callable, Sequence

from benchmarks.corpus.certificates import Certificate, Choice
from benchmarks.corpus.drawing import MARGIN, Paper, columns_at

Pairs = Sequence[tuple[str, str]]


def letterhead(paper: Paper, paper_of: Certificate, choose: Choice, place: str) -> None:
    maker = paper_of.maker
    x, align = {
        "left": (MARGIN, "left"),
        "centre": (paper.width / 2, "centre"),
        "right": (paper.right, "right"),
    }[place]
    paper.y += 14
    paper.text(x, paper.y, maker.name, paper.points + 4, bold=True, align=align)
    for line in (*maker.address, maker.web):
        paper.y += paper.points * 1.2
        paper.text(x, paper.y, line, paper.points - 1.5, align=align)
    paper.y += paper.points + 20
    title_x, title_align = choose.of(((paper.width / 2, "centre"), (MARGIN, "left")))
    paper.text(title_x, paper.y, paper_of.title, paper.points + 6, bold=True, align=title_align)
    paper.y += 22


def _pairs(paper_of: Certificate) -> list[tuple[str, str]]:
    """Signatories stand at the foot, not among the header fields."""
    return [(label, value) for name, label, value in paper_of.printed if name != "signatory"]


def _columns(paper: Paper, pairs: Pairs, count: int, colon: str) -> None:
    widest = max(paper.measured(label + colon) for label, _ in pairs)
    longest = max(paper.measured(word) for _, value in pairs for word in value.split(" "))
    while count > 1 and widest + longest + 30 > (paper.right - MARGIN) / count:
        count -= 1  # nothing may run into the next column
    rows = -(-len(pairs) // count)
    lefts = columns_at(MARGIN, paper.right, [1] * count)
    top = lowest = paper.y
    for column in range(count):
        part = pairs[column * rows : (column + 1) * rows]
        if not part:
            continue
        wide = max(paper.measured(label + colon) for label, _ in part) + 14
        y = top
        for label, value in part:
            y += paper.step
            paper.text(lefts[column], y, label + colon)
            room = lefts[column + 1] - lefts[column] - wide - 12
            for number, line in enumerate(paper.wrapped(value, room)):
                y += paper.points * 1.15 if number else 0
                paper.text(lefts[column] + wide, y, line)
        lowest = max(lowest, y)
    paper.y = lowest + 14


def one_column(paper: Paper, paper_of: Certificate, choose: Choice) -> None:
    _columns(paper, _pairs(paper_of), 1, choose.of((":", "", " :")))


def two_columns(paper: Paper, paper_of: Certificate, choose: Choice) -> None:
    _columns(paper, _pairs(paper_of), 2, choose.of((":", "")))


def three_columns(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    paper.points -= 1.5
    _columns(paper, _pairs(paper_of), 3, ":")
    paper.points += 1.5


def bold_labels(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    """A bold label and its value run on, with a colon between."""
    for label, value in _pairs(paper_of):
        paper.y += paper.step
        paper.text(MARGIN, paper.y, f"{label}:", bold=True)
        paper.text(MARGIN + paper.measured(f"{label}: ", bold=True), paper.y, value)
    paper.y += 14


def label_above(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    """Three to a line, each label in small print over its value."""
    pairs = _pairs(paper_of)
    edges = columns_at(MARGIN, paper.right, [1, 1, 1])
    for start in range(0, len(pairs), 3):
        part = pairs[start : start + 3]
        paper.y += 8
        for number, (label, _value) in enumerate(part):
            paper.text(edges[number], paper.y + 8, label, paper.points - 1.5)
        depth = 0
        for number, (_label, value) in enumerate(part):
            lines = paper.wrapped(value, edges[1] - edges[0] - 14, bold=True)
            for row, line in enumerate(lines):
                y = paper.y + 9 + paper.points * 1.2 * (row + 1)
                paper.text(edges[number], y, line, bold=True)
            depth = max(depth, len(lines))
        paper.y += 10 + paper.points * 1.2 * depth
    paper.y += 12


def ruled_grid(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    """Label and value twice in each row of a ruled table."""
    pairs = _pairs(paper_of)
    edges = columns_at(MARGIN, paper.right, [1.15, 1.5, 1.15, 1.3])
    top = paper.y
    for start in range(0, len(pairs), 2):
        cells = [text for pair in pairs[start : start + 2] for text in pair]
        wrapped = [
            paper.wrapped(cell, edges[number + 1] - edges[number] - 9, bold=number % 2 == 0)
            for number, cell in enumerate(cells)
        ]
        high = paper.points * 1.2 * max(map(len, wrapped)) + 7
        for number, lines in enumerate(wrapped):
            for row, line in enumerate(lines):
                y = paper.y + 3 + paper.points * (1 + 1.2 * row)
                paper.text(edges[number] + 4, y, line, bold=number % 2 == 0)
        paper.line(edges[0], paper.y, edges[-1], paper.y)
        paper.y += high
    paper.line(edges[0], paper.y, edges[-1], paper.y)
    for edge in edges:
        paper.line(edge, top, edge, paper.y)
    paper.y += 14


def heads_over_values(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    """A small table: up to four labels in a shaded row and the values under them."""
    pairs = _pairs(paper_of)
    for start in range(0, len(pairs), 4):
        part = pairs[start : start + 4]
        edges = columns_at(MARGIN, paper.right, [1] * len(part))
        high = paper.points + 8
        paper.fill(MARGIN, paper.y, paper.right - MARGIN, high, 0.88)
        for number, (label, _value) in enumerate(part):
            paper.text(edges[number] + 4, paper.y + paper.points + 2, label, paper.points - 1,
                       bold=True)  # fmt: skip
        paper.y += high
        depth = 1
        for number, (_label, value) in enumerate(part):
            lines = paper.wrapped(value, edges[1] - edges[0] - 10)
            depth = max(depth, len(lines))
            for row, line in enumerate(lines):
                paper.text(edges[number] + 4, paper.y + paper.points * (1.2 * row + 1) + 2, line)
        paper.y += paper.points * 1.2 * depth + 10
    paper.y += 8


def run_in_lines(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    """Two facts to a line, parted by a semicolon."""
    pairs = _pairs(paper_of)
    for start in range(0, len(pairs), 2):
        line = "; ".join(f"{label}: {value}" for label, value in pairs[start : start + 2])
        paper.y += paper.step
        paper.text(MARGIN, paper.y, line)
    paper.y += 14


def form_fields(paper: Paper, paper_of: Certificate, _: Choice) -> None:
    """Labels in print, values in the fields of a form."""
    pairs = _pairs(paper_of)
    wide = max(paper.measured(label) for label, _ in pairs) + 20
    for number, (label, value) in enumerate(pairs):
        paper.y += 20
        paper.text(MARGIN, paper.y, label)
        paper.canvas.acroForm.textfield(
            name=f"Text{number}", value=value, x=MARGIN + wide, y=paper.height - paper.y - 4,
            width=260, height=15, fontSize=9, borderWidth=0, fontName="Helvetica",
        )  # fmt: skip
    paper.y += 16


HEADERS: dict[str, Callable[[Paper, Certificate, Choice], None]] = {
    "one column": one_column,
    "two columns": two_columns,
    "three columns": three_columns,
    "bold labels": bold_labels,
    "label above": label_above,
    "ruled grid": ruled_grid,
    "heads over values": heads_over_values,
    "run-in lines": run_in_lines,
    "form fields": form_fields,
}
