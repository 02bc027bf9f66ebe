"""What one invented certificate says: header fields, tests, and the truth about both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from benchmarks.corpus.makers import MAKERS, METHODS, PEOPLE, PRODUCTS, Maker
from benchmarks.corpus.wording import LANGUAGES, Wording

DATE_FIELDS = ("manufacture_date", "test_date", "release_date", "expiry_date", "retest_date")
_T = TypeVar("_T")
HELD_BACK = 3  # every third way to say a thing is kept from the half for development


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """One row as printed; a column that the table lacks is simply not drawn."""

    kind: str
    name: str
    method: str
    specification: str
    spec_min: str
    spec_max: str
    result: str
    unit: str
    verdict: str

    @property
    def result_with_unit(self) -> str:
        return f"{self.result} {self.unit}" if self.unit else self.result

    @property
    def specification_with_unit(self) -> str:
        has_number = any(sign.isdigit() for sign in self.specification)
        return (
            f"{self.specification} {self.unit}" if self.unit and has_number else self.specification
        )


@dataclass(slots=True)
class Certificate:
    """`printed` holds (field, label, value) in the order of the page; `truth` what is right."""

    language: str
    maker: Maker
    title: str
    printed: list[tuple[str, str, str]]
    truth: dict[str, str]
    tests: list[PrintedTest]
    lots: list[str]
    day_first: bool = True
    columns: dict[str, str] = field(default_factory=dict)


class Choice:
    """Seeded choices; the half for development does not see every way to say a thing."""

    def __init__(self, seed: int, *, development: bool) -> None:
        self.random = Random(seed)  # noqa: S311  # drawing examples, not secrets
        self._development = development

    def of(self, options: Sequence[_T]) -> _T:
        if self._development and len(options) >= HELD_BACK:
            options = [one for number, one in enumerate(options, 1) if number % HELD_BACK]
        return self.random.choice(options)

    def chance(self, share: float) -> bool:
        return self.random.random() < share


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers, dates and limits are printed in one document."""

    decimal_comma: bool
    date_form: str
    full_signs: bool  # whether the typeface has ≤ and ≥


def number(value: float, places: int, style: Style) -> str:
    text = f"{value:,.{places}f}"
    if style.decimal_comma:
        return text.translate(str.maketrans(",.", ".,"))
    return text


def printed_date(day: date, style: Style, words: Wording) -> str:
    """The day in the document's form."""
    month = words.months[day.month - 1] if words.months else ""
    forms: dict[str, str] = {
        "iso": day.isoformat(),
        "dots": f"{day:%d.%m.%Y}",
        "slashes": f"{day:%d/%m/%Y}",
        "american": f"{day:%m/%d/%Y}",
        "words": f"{day.day} {month} {day.year}",
        "short words": f"{day:%d}-{month[:3]}-{day.year}",
        "capitals": f"{day:%d}{month[:3].upper()}{day.year}",
        "american words": f"{month} {day.day}, {day.year}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
    }
    return forms[style.date_form]


def certificate(choose: Choice, language: str, style: Style, tests: int) -> Certificate:
    words = LANGUAGES[language]
    maker = choose.of(MAKERS[language])
    lots = [_lot(choose) for _ in range(3)]
    printed, truth = _header(choose, words, maker, style, lots[0], language)
    drawn = [_test(choose, words, style, kind) for kind in _kinds(choose, tests)]
    return Certificate(
        language=language,
        maker=maker,
        title=choose.of(words.titles),
        printed=printed,
        truth=truth,
        tests=_distinct(drawn),
        lots=lots,
        columns={column: choose.of(options) for column, options in words.columns.items()},
    )


def _lot(choose: Choice) -> str:
    draw = choose.random
    return choose.of(
        [
            f"{draw.randint(0, 99999):07d}",
            f"{choose.of('ABKLMT')}{draw.randint(100, 999)}-{draw.randint(10, 99)}",
            f"{draw.randint(20, 26)}{choose.of('ABCXP')}{draw.randint(1000, 9999)}",
            f"LOT{draw.randint(1000, 9999)}",
            f"PL-{draw.randint(2023, 2026)}-{draw.randint(1, 99):03d}",
        ]
    )


def _header(
    choose: Choice,
    words: Wording,
    maker: Maker,
    style: Style,
    lot: str,
    language: str,
) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    made = date(2024, 1, 1) + timedelta(days=choose.random.randint(0, 700))
    made = made.replace(day=choose.random.randint(13, 28))  # proves the order of day and month
    tested = made + timedelta(days=choose.random.randint(3, 20))
    released = tested + timedelta(days=choose.random.randint(1, 9))
    last = made.replace(year=made.year + choose.random.randint(1, 4))
    ends = "expiry_date" if choose.chance(0.75) else "retest_date"
    days = {"manufacture_date": made, ends: last}
    if choose.chance(0.4):
        days["test_date"] = tested
    if choose.chance(0.7):
        days["release_date"] = released
    values = {
        "product_name": choose.of(PRODUCTS[language]),
        "lot_number": lot,
        **{name: printed_date(day, style, words) for name, day in days.items()},
    }
    others: dict[str, Callable[[], str]] = {
        "catalog_number": lambda: (
            f"{choose.of(('HB', 'PX', 'K'))}-{choose.random.randint(1000, 99999)}"
        ),
        "country_of_origin": lambda: maker.country,
        "storage": lambda: choose.of(words.storage),
        "purchase_order": lambda: f"45{choose.random.randint(10000000, 99999999)}",
        "site": lambda: f"{maker.name.split()[0]} {choose.of(('Werk 2', 'Plant 2', 'North'))}",
        "signatory": lambda: choose.of(PEOPLE),
    }
    shares = {"catalog_number": 0.8, "country_of_origin": 0.5, "storage": 0.6,
              "purchase_order": 0.2, "site": 0.15, "signatory": 0.5}  # fmt: skip
    for name, draw in others.items():
        if words.labels[name] and choose.chance(shares[name]):
            values[name] = draw()
    printed = [(name, choose.of(words.labels[name]), value) for name, value in values.items()]
    truth = {"issuer": maker.name, **values}
    for name, day in days.items():
        truth[name] = day.isoformat()
    truth["expiry_or_retest_date"] = truth.pop(ends)
    return printed, truth


def _kinds(choose: Choice, tests: int) -> list[str]:
    weights = {"text": 1, "range": 2, "maximum": 4, "minimum": 2, "absence": 2, "report": 1}
    return choose.random.choices(list(weights), list(weights.values()), k=tests * 2)[:tests]


def _distinct(tests: Sequence[PrintedTest]) -> list[PrintedTest]:
    by_name: dict[str, PrintedTest] = {}
    for test in tests:
        by_name.setdefault(test.name, test)
    return list(by_name.values())


def _limit(choose: Choice, patterns: Sequence[str], value: str, style: Style) -> str:
    usable = [one for one in patterns if style.full_signs or not set(one) & set("≤≥")]
    return choose.of(usable or patterns).format(value)


def _test(choose: Choice, words: Wording, style: Style, kind: str) -> PrintedTest:
    name, draw = choose.of(words.tests[kind]), choose.random
    low = high = unit = ""
    verdict = choose.of(words.passed)
    if kind == "text":
        spec = choose.of(words.appearance)
        result = choose.of((spec, verdict))
    elif kind == "absence":
        spec = choose.of(words.absent)
        result = spec
    elif kind == "report":
        unit = choose.of(("mg/mL", "g/L", "mg/dL"))
        spec, result = choose.of(words.report), number(draw.uniform(1, 90), 1, style)
    elif kind == "range":
        start = draw.uniform(6.2, 7.2)
        low, high = number(start, 1, style), number(start + 0.8, 1, style)
        spec = choose.of((f"{low} - {high}", f"{low} – {high}", f"{low}-{high}"))
        result = number(start + draw.uniform(0.1, 0.7), choose.of((1, 2)), style)
    elif kind == "minimum":
        unit = choose.of(("%", "U/mg", "IU/mL"))
        floor = choose.of((95.0, 98.0, 90.0))
        low = number(floor, 1, style)
        spec = _limit(choose, words.at_least, low, style)
        result = number(floor + draw.uniform(0.2, 1.9), 1, style)
    else:
        # The Chinese typeface of the library lacks the Greek letter.
        unit = choose.of(
            ("EU/mL", "ppm", "CFU/mL", "%", "ng/mg", "µg/g" if words.months else "g/L")
        )
        ceiling = choose.of((0.5, 1.0, 10.0, 5.0))
        high = number(ceiling, 1, style)
        spec = _limit(choose, words.at_most, high, style)
        below = number(ceiling * draw.uniform(0.1, 0.9), 2, style)
        result = choose.of((below, f"< {below}", f"<{below}", below))
    return PrintedTest(kind, name, choose.of(METHODS), spec, low, high, result, unit, verdict)
