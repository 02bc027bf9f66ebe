"""One finding on a statement of origin, and the four lights that findings add up to."""

from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """Declared from harmless to worst."""

    STANDS = "stands"
    UNKNOWN = "unknown"  # something cannot be judged; that is never good
    WEAK = "weak"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """`item` is the label of the item concerned, "" for the paper as a whole; `component` the name
    of the recorded part concerned, "" where it is about no single one.
    """

    rule_id: str
    light: Light
    sentence: str
    item: str = ""
    component: str = ""
