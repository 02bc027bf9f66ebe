"""Controlled values that tell items of one name apart: what for, how made, how poisonous."""

from enum import StrEnum


class IntendedUse(StrEnum):
    """What the manufacturer states in writing that the item is for."""

    NOT_STATED = "not_stated"
    AS_LICENSED = "as_licensed"  # a licensed medicine or device, used in its marketed form
    FOR_FURTHER_MANUFACTURE = "for_further_manufacture"
    DIAGNOSTIC = "diagnostic"
    RESEARCH = "research"


class Toxicity(StrEnum):
    """Whether the material is a known toxin, such as cholera toxin or methotrexate."""

    NOT_RECORDED = "not_recorded"
    TOXIC = "toxic"
    NOT_TOXIC = "not_toxic"


class Preparation(StrEnum):
    """How the item is prepared, where that pulls a further material in."""

    NOT_RECORDED = "not_recorded"
    OTHER = "other"
    LYSATE_DEPLETED = "lysate_depleted"  # platelet lysate, fibrinogen removed
    LYSATE_NOT_DEPLETED = "lysate_not_depleted"
    LYSATE_NOT_STATED = "lysate_not_stated"


PREPARATION_WORDS = {
    Preparation.NOT_RECORDED: "Not recorded",
    Preparation.OTHER: "Anything but platelet lysate",
    Preparation.LYSATE_DEPLETED: "Platelet lysate, fibrinogen removed",
    Preparation.LYSATE_NOT_DEPLETED: "Platelet lysate, fibrinogen not removed",
    Preparation.LYSATE_NOT_STATED: "Platelet lysate, removal of fibrinogen not stated",
}
