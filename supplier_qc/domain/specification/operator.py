"""How a specification line compares a result with its limit. Stored by value; keep the values."""

from enum import StrEnum


class Operator(StrEnum):
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    GREATER_THAN = "greater_than"
    BETWEEN = "between"
    EQUALS_TEXT = "equals_text"
    REPORT_ONLY = "report_only"
