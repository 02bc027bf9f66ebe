"""Words about how much a number of lots can bear; conventions, said as conventions."""

from dataclasses import dataclass
from enum import StrEnum

LEAST_FOR_LIMITS = 2  # one moving range
PROVISIONAL_BELOW = 8  # C: below it, "too few lots" stands beside every limit
PRELIMINARY_BELOW = 20  # C: the usual number before limits are frozen

# One-sided 95 % coverage, 95 % confidence factors (own calculation from the noncentral t;
# ISO 16269-6 tabulates the same quantity).
TOLERANCE_FACTORS: dict[int, str] = {3: "7.66", 5: "4.20", 8: "3.19", 10: "2.91", 15: "2.57"}


class DataAmount(StrEnum):
    NONE = "none"
    PROVISIONAL = "provisional"
    PRELIMINARY = "preliminary"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class AmountOfData:
    n: int
    amount: DataAmount
    words: str


def amount_of_data(n: int, *, frozen: bool = True) -> AmountOfData:
    """What `n` lots can bear, in words that stand beside the chart.

    `frozen`: the lots are a baseline; else they are all the lots there are so far.
    """
    noun = "baseline lot" if frozen else "lot so far"
    plural = "baseline lots" if frozen else "lots so far"
    lots = f"1 {noun}" if n == 1 else f"{n} {plural}"
    if n < LEAST_FOR_LIMITS:
        words = f"{lots}: limits are not defined. Three lots can set no limit either (convention)."
        return AmountOfData(n, DataAmount.NONE, words)
    if n < PROVISIONAL_BELOW:
        words = (
            f"{lots}: limits are provisional and prove little (convention: fewer than "
            f"{PROVISIONAL_BELOW} lots).{_tolerance_words(n)}"
        )
        return AmountOfData(n, DataAmount.PROVISIONAL, words)
    if n < PRELIMINARY_BELOW:
        words = (
            f"{lots}: limits are preliminary; review them at {PRELIMINARY_BELOW} lots "
            f"(convention).{_tolerance_words(n)}"
        )
        return AmountOfData(n, DataAmount.PRELIMINARY, words)
    words = f"{lots}: the usual number for control limits is reached (convention)."
    return AmountOfData(n, DataAmount.USUAL, words)


def _tolerance_words(n: int) -> str:
    known = [lots for lots in TOLERANCE_FACTORS if lots <= n]
    if not known:
        return ""
    lots = max(known)
    return (
        f" With {lots} lots a one-sided 95/95 tolerance limit lies "
        f"{TOLERANCE_FACTORS[lots]} standard deviations from the mean."
    )
