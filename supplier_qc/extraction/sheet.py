"""A page whose text runs sideways, turned upright for reading and back again for showing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from supplier_qc.extraction.claims import Box
from supplier_qc.extraction.page_content import Direction, FormValue, Rule, Turn

_Rectangle = tuple[float, float, float, float]  # x0, top, x1, bottom
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
        return self.width if self.turn is Turn.NONE else self.height

    @property
    def upright_height(self) -> float:
        return self.height if self.turn is Turn.NONE else self.width

    def upright(self, shown: _Rectangle) -> _Rectangle:
        x0, top, x1, bottom = shown
        if self.turn is Turn.UPWARDS:
            return self.height - bottom, x0, self.height - top, x1
        if self.turn is Turn.DOWNWARDS:
            return top, self.width - x1, bottom, self.width - x0
        return shown

    def shown(self, box: Box) -> Box:
        """The box of an upright reading where it stands on the displayed page."""
        if self.turn is Turn.UPWARDS:
            return Box(box.page, box.top, self.height - box.x1, box.bottom, self.height - box.x0)
        if self.turn is Turn.DOWNWARDS:
            return Box(box.page, self.width - box.bottom, box.x0, self.width - box.top, box.x1)
        return box

    def reads(self, char: Mapping[str, Any]) -> bool:
        return bool(char.get("upright")) is (self.turn is Turn.NONE)

    def char(self, char: Mapping[str, Any]) -> dict[str, Any]:
        if self.turn is Turn.NONE:
            return dict(char)
        x0, top, x1, bottom = self.upright((char["x0"], char["top"], char["x1"], char["bottom"]))
        moved = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "upright": True}
        # The library takes a sideways character's width for its size.
        return {**char, **moved, "width": x1 - x0, "height": bottom - top, "size": bottom - top}

    def upright_form(self, value: FormValue) -> FormValue:
        x0, top, x1, bottom = self.upright((value.x0, value.top, value.x1, value.bottom))
        return replace(value, x0=x0, top=top, x1=x1, bottom=bottom)

    def upright_rule(self, rule: Rule) -> Rule:
        if self.turn is Turn.NONE:
            return rule
        if rule.direction is Direction.HORIZONTAL:
            shown = (rule.start, rule.at, rule.end, rule.at)
        else:
            shown = (rule.at, rule.start, rule.at, rule.end)
        x0, top, x1, bottom = self.upright(shown)
        if rule.direction is Direction.HORIZONTAL:
            return Rule(_OTHER[rule.direction], x0, top, bottom)
        return Rule(_OTHER[rule.direction], top, x0, x1)
