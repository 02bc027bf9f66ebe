"""Few lots are called few."""

import pytest

from supplier_qc.domain.statistics.amount_of_data import DataAmount, amount_of_data


@pytest.mark.parametrize(
    ("n", "amount", "words"),
    [
        (0, DataAmount.NONE, "not defined"),
        (1, DataAmount.NONE, "1 baseline lot:"),
        (2, DataAmount.PROVISIONAL, "provisional"),
        (3, DataAmount.PROVISIONAL, "7.66 standard deviations"),
        (7, DataAmount.PROVISIONAL, "With 5 lots"),
        (8, DataAmount.PRELIMINARY, "review them at 20"),
        (19, DataAmount.PRELIMINARY, "With 15 lots"),
        (20, DataAmount.USUAL, "usual number"),
    ],
)
def test_the_words_are_honest_about_few_lots(n: int, amount: DataAmount, words: str) -> None:
    found = amount_of_data(n)
    assert (found.n, found.amount) == (n, amount)
    assert words in found.words
    assert "convention" in found.words


@pytest.mark.parametrize(
    ("n", "begins"), [(1, "1 lot so far: "), (12, "12 lots so far: "), (30, "30 lots so far: ")]
)
def test_lots_that_nobody_froze_are_not_called_a_baseline(n: int, begins: str) -> None:
    assert amount_of_data(n, frozen=False).words.startswith(begins)
