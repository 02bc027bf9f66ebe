"""A page whose text runs sideways or upside down, turned upright to read and back to show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from supplier_qc.extraction.claims import Box
from supplier_qc.extraction.page_content import Direction, FormValue, Rule, Turn

_Rectangle = tuple[float, float, float, float]  # x0, top, x1, bottom
SIDEWAYS = frozenset({Turn.UPWARDS, Turn.DOWNWARDS})
_OTHER = {
    Direction.HORIZONTAL: Direction.VERTICAL,
    Direction.VERTICAL: Direction.HORIZONTAL,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Width and height are those of the page as it is displayed."""

    turn: Turn
    width: float
    height: float

    @property
    def upright_width(self) -> float:
        return self.height if self.turn in SIDEWAYS else self.width

    @property
    def upright_height(self) -> float:
        return self.width if self.turn in SIDEWAYS else self.height

    def upright(self, shown: _Rectangle) -> _Rectangle:
        x0, top, x1, bottom = shown
        if self.turn is Turn.UPWARDS:
            return self.height - bottom, x0, self.height - top, x1
        if self.turn is Turn.DOWNWARDS:
            return top, self.width - x1, bottom, self.width - x0
        if self.turn is Turn.OVER:
            return self.width - x1, self.height - bottom, self.width - x0, self.height - top
        return shown

    def shown(self, box: Box) -> Box:
        """The box of an upright reading where it stands on the displayed page."""
        if self.turn is Turn.UPWARDS:
            return Box(box.page, box.top, self.height - box.x1, box.bottom, self.height - box.x0)
        if self.turn is Turn.DOWNWARDS:
            return Box(box.page, self.width - box.bottom, box.x0, self.width - box.top, box.x1)
        if self.turn is Turn.OVER:
            return Box(box.page, *self.upright((box.x0, box.top, box.x1, box.bottom)))
        return box

    def reads(self, char: Mapping[str, Any]) -> bool:
        """Whether the character runs as most of the page's text does."""
        if self.turn in SIDEWAYS:
            return not char.get("upright")
        return bool(char.get("upright")) and is_upside_down(char) is (self.turn is Turn.OVER)

    def char(self, char: Mapping[str, Any]) -> dict[str, Any]:
        if self.turn is Turn.NONE:
            return dict(char)
        x0, top, x1, bottom = self.upright((char["x0"], char["top"], char["x1"], char["bottom"]))
        moved = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "upright": True}
        if self.turn is Turn.OVER:
            return {**char, **moved}
        # The library takes a sideways character's width for its size.
        return {**char, **moved, "width": x1 - x0, "height": bottom - top, "size": bottom - top}

    def upright_form(self, value: FormValue) -> FormValue:
        x0, top, x1, bottom = self.upright((value.x0, value.top, value.x1, value.bottom))
        return replace(value, x0=x0, top=top, x1=x1, bottom=bottom)

    def upright_rule(self, rule: Rule) -> Rule:
        if self.turn is Turn.NONE:
            return rule
        horizontal = rule.direction is Direction.HORIZONTAL
        if horizontal:
            shown = (rule.start, rule.at, rule.end, rule.at)
        else:
            shown = (rule.at, rule.start, rule.at, rule.end)
        x0, top, x1, bottom = self.upright(shown)
        if self.turn is Turn.OVER:
            at, start, end = (top, x0, x1) if horizontal else (x0, top, bottom)
            return Rule(rule.direction, at, start, end)
        if horizontal:
            return Rule(_OTHER[rule.direction], x0, top, bottom)
        return Rule(_OTHER[rule.direction], top, x0, x1)


def is_upside_down(char: Mapping[str, Any]) -> bool:
    matrix = char["matrix"]
    return bool(matrix[0] < 0 and matrix[3] < 0)
