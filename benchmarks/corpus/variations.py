"""The corpus: which variations there are, and how each one is drawn from its seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER, landscape

from benchmarks.corpus.certificates import Certificate, Choice, PrintedTest, Style, certificate
from benchmarks.corpus.drawing import FACES, MARGIN, Paper, coloured
from benchmarks.corpus.headers import HEADERS, letterhead
from benchmarks.corpus.page_boxes import cropped, turned, turned_and_back
from benchmarks.corpus.tables import COLUMNS, RULES, draw_table
from benchmarks.corpus.wording import LANGUAGES

DATE_FORMS = ("iso", "dots", "slashes", "american", "words", "short words", "capitals",
              "american words")  # fmt: skip
TROUBLES = (
    "none", "turned 90", "turned 180", "turned 270", "turned and back", "landscape",
    "struck twice", "spaces lost", "white text", "covered text", "outside the page",
    "invisible text", "cropped", "over pages", "several lots", "sections", "footnotes", "noise",
    "small print", "letter paper", "wrapped cells",
)  # fmt: skip
RESTORED = frozenset({"turned 90", "turned 180", "turned 270", "turned and back", "cropped"})
"""Made from the finished file, whose form would be lost."""
FIRST_SEED = 4000


@dataclass(frozen=True, slots=True)
class Variation:
    """What is special about one document; `development` tells the two halves apart."""

    seed: int
    language: str
    face: str
    header: str
    columns: str
    rules: str
    dates: str
    trouble: str
    place: str
    development: bool

    @property
    def name(self) -> str:
        return f"{self.seed}"


@dataclass(frozen=True, slots=True)
class DrawnDocument:
    """A PDF and what a person reads from it, in the shape of a truth file."""

    variation: Variation
    pdf: bytes
    truth: dict[str, Any]


def variations(count: int = 400) -> Iterator[Variation]:
    """Each dimension deals its values from a shuffled pack of its own, so that all pairs meet."""
    packs = {
        "language": ("English",) * 5 + tuple(set(LANGUAGES) - {"English"}),
        "face": ("Helvetica", "Times", "Vera", "Courier", "Vera"),
        "header": tuple(HEADERS),
        "columns": tuple(COLUMNS),
        "rules": (*RULES, "ruled"),
        "dates": DATE_FORMS,
        "trouble": TROUBLES,
        "place": ("left", "centre", "right", "left", "left"),
    }
    dealt = {name: _dealt(name, sorted(pack)) for name, pack in packs.items()}
    for number in range(count):
        drawn = {name: next(pack) for name, pack in dealt.items()}
        yield _consistent(Variation(FIRST_SEED + number, development=number % 2 == 0, **drawn))


def _dealt(name: str, pack: list[str]) -> Iterator[str]:
    draw = Random(name)  # noqa: S311  # drawing examples, not secrets
    while True:
        draw.shuffle(pack)
        yield from pack


def _consistent(one: Variation) -> Variation:
    """Leave out what no maker does, such as American dates in a German certificate."""
    if one.language == "Chinese":
        dates = "chinese" if one.seed % 2 else "iso"
        header = "two columns" if one.header in {"form fields", "run-in lines"} else one.header
        one = replace(one, face="Song", dates=dates, header=header)
    elif one.language != "English" and one.dates in {"american", "american words", "capitals"}:
        one = replace(one, dates="dots" if one.language == "German" else "slashes")
    elif one.language not in {"English", "German"} and one.dates == "short words":
        one = replace(one, dates="words")
    if one.trouble == "several lots" and one.columns in {"two lots", "lot column"}:
        one = replace(one, columns="name, specification, result")
    if one.trouble in RESTORED and one.header == "form fields":
        one = replace(one, header="one column")
    return one


def draw(one: Variation) -> DrawnDocument:
    choose = Choice(one.seed, development=one.development)
    words = LANGUAGES[one.language]
    face = FACES[one.face]
    style = Style(words.decimal_comma, one.dates, face.full_signs)
    count = 42 if one.trouble == "over pages" else choose.random.randint(4, 9)
    points = {"small print": 7.0, "wrapped cells": 10.5}.get(one.trouble, 9.0)
    paper = Paper(_size(one), face, points)
    paper.struck_twice = one.trouble == "struck twice"
    paper.lost_spaces = one.trouble == "spaces lost"
    certificates = _certificates(one, choose, style, count)
    foot = choose.of(words.notes)
    paper.before_page = lambda: _foot(paper, foot, choose, noisy=one.trouble == "noise")
    truth: dict[str, Any] = dict(certificates[0].truth)
    rows: list[dict[str, Any]] = []
    for number, each in enumerate(certificates):
        if number:
            paper.turn_page()
        found = _document(paper, each, choose, one)
        if len(certificates) > 1:
            found = [{**row, "lot": each.truth["lot_number"]} for row in found]
        rows.extend(found)
    truth["tests"] = rows
    return DrawnDocument(one, _turned(paper.done(), one), truth)


def _certificates(
    one: Variation, choose: Choice, style: Style, count: int
) -> Sequence[Certificate]:
    first = certificate(choose, one.language, style, count)
    if one.trouble == "wrapped cells":
        first.tests = [_wordy(test, LANGUAGES[one.language].appearance) for test in first.tests]
    if one.trouble == "over pages":
        first.tests = [
            replace(test, name=f"{test.name} {number + 1}")
            for number, test in enumerate(first.tests * 6)
        ][:count]
    if one.columns == "two lots":
        first.truth["lot_number_alt"] = first.lots[1]
    if one.trouble != "several lots":
        return [first]
    second = certificate(choose, one.language, style, count)
    for field in ("issuer", "product_name", "catalog_number", "country_of_origin"):
        _copy(first, second, field)
    second.maker, second.title = first.maker, first.title
    return [first, second]


def _wordy(test: PrintedTest, appearance: Sequence[str]) -> PrintedTest:
    """A test whose specification takes several lines."""
    if test.kind != "text":
        return replace(test, method=f"{test.method}, {test.method} mod.")
    longer = ", ".join((appearance[0], *(text.lower() for text in appearance[1:])))
    return replace(test, specification=longer)


def _copy(first: Certificate, second: Certificate, field: str) -> None:
    """Both lots are of one product of one maker."""
    kept = [pair for pair in second.printed if pair[0] != field]
    second.printed = [pair for pair in first.printed if pair[0] == field] + kept


def _size(one: Variation) -> tuple[float, float]:
    if one.trouble == "landscape":
        return landscape(A4)  # type: ignore[no-any-return]
    american = one.trouble == "letter paper" or one.dates in {"american", "american words"}
    return LETTER if american else A4  # type: ignore[no-any-return]


def _document(paper: Paper, drawn: Certificate, choose: Choice, one: Variation) -> list[Any]:
    words = LANGUAGES[one.language]
    letterhead(paper, drawn, choose, one.place)
    _hidden(paper, drawn, choose, one)
    HEADERS[one.header](paper, drawn, choose)
    if one.trouble == "noise":
        _noise(paper, choose)
    rows = draw_table(
        paper, drawn, choose, one.columns, one.rules,
        sections=words.sections if one.trouble == "sections" else (),
        footnotes=one.trouble == "footnotes",
        lot_head=choose.of(words.labels["lot_number"]),
    )  # fmt: skip
    if one.trouble == "footnotes":
        paper.y += 14
        paper.text(MARGIN, paper.y, f"* {choose.of(words.notes)}", paper.points - 1.5)
    for name, label, value in drawn.printed:
        if name == "signatory":
            paper.y += 30
            paper.text(MARGIN, paper.y, f"{label}: {value}")
    return rows


def _hidden(paper: Paper, drawn: Certificate, choose: Choice, one: Variation) -> None:
    """Text that the page does not show, where a careless reader would take it."""
    lot_label = next(label for name, label, _ in drawn.printed if name == "lot_number")
    stale = f"{lot_label}: OLD-{choose.random.randint(1000, 9999)}"
    y = paper.y + 2
    if one.trouble == "white text":
        with coloured(paper, 1.0):
            paper.text(MARGIN, y, stale)
            paper.text(MARGIN + 200, y, stale)
        paper.y += 14
    elif one.trouble == "covered text":
        paper.text(MARGIN, y, stale)
        paper.text(MARGIN + 200, y, stale)
        paper.fill(MARGIN - 4, y - 12, paper.width - 2 * MARGIN, 17, 1.0)
        paper.y += 14
    elif one.trouble == "outside the page":
        paper.text(paper.width + 20, y + 60, stale)
        paper.text(MARGIN, paper.height + 30, stale)
    elif one.trouble == "invisible text":
        paper.canvas.saveState()
        text = paper.canvas.beginText(MARGIN, paper.height - y - paper.step)
        text.setTextRenderMode(3)
        text.setFont(paper.face.plain, paper.points)
        text.textOut(f"{stale}   {stale}")
        paper.canvas.drawText(text)
        paper.canvas.restoreState()


def _noise(paper: Paper, choose: Choice) -> None:
    draw = choose.random
    lines = (
        f"Customer No. {draw.randint(10000, 99999)}   Delivery {draw.randint(80000000, 89999999)}",
        f"CAS No.: 9002-07-7   Net weight: {draw.randint(1, 25)} kg",
        f"Certificate No.: C-{draw.randint(10000, 99999)}",
    )
    for line in lines:
        paper.y += paper.step
        paper.text(MARGIN, paper.y, line)
    paper.y += 14


def _foot(paper: Paper, note: str, choose: Choice, *, noisy: bool) -> None:
    y = paper.height - 40
    paper.text(MARGIN, y, note, paper.points - 2)
    number = paper.pages + 1
    paper.text(paper.right, y + 12, f"Page {number}", paper.points - 2, align="right")
    if noisy:
        phone = f"Tel. +49 30 555 {choose.random.randint(1000, 9999)}, ISO 9001:2015 Reg. No. 4711"
        paper.text(MARGIN, y + 12, phone, paper.points - 2)


def _turned(pdf: bytes, one: Variation) -> bytes:
    """The finished pages turned, or cut to a smaller box, as a printer's driver stores them."""
    if one.trouble not in RESTORED:
        return pdf
    if one.trouble == "cropped":
        return cropped(pdf)
    if one.trouble == "turned and back":
        return turned_and_back(pdf)
    return turned(pdf, int(one.trouble.split()[1]))
