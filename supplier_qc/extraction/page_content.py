"""One page as plain facts: words, form values and rules, all in displayed page points."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space; `size` is the font size in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 10.0
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class FormValue:
    """The value of one AcroForm field where its widget stands; `name` is the field's own."""

    name: str
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Direction(StrEnum):
    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at `at` across its direction, from `start` to `end` along it."""

    direction: Direction
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The place of an image on the page, such as an emblem or a signature."""

    x0: float
    top: float
    x1: float
    bottom: float


class Turn(StrEnum):
    """How the page's text runs, where it does not run from left to right."""

    NONE = "none"
    UPWARDS = "upwards"
    DOWNWARDS = "downwards"
    OVER = "over"  # upside down


@dataclass(frozen=True, slots=True)
class PageContent:
    """Everything the pure reader sees of page `number` (1-based).

    Of a turned page (`turn`), everything is given as it stands once the page is turned upright;
    width and height are those of the upright page.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    form_values: tuple[FormValue, ...] = ()
    rules: tuple[Rule, ...] = ()
    turn: Turn = Turn.NONE
    pictures: tuple[Picture, ...] = ()
