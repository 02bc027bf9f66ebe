"""What a material costs a batch and a dose."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.cost import (
    BatchCost,
    Money,
    Need,
    Pack,
    UseCosts,
    added,
    batch_cost,
    product_cost,
    sum_words,
)


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("need", "pack", "packs", "whole", "a_batch", "opened", "a_dose"),
    [
        (Need(Decimal(750), "mL", 10), ("500", "mL", "240"), "1.5", 2, "360.00", "480.00", "36.00"),
        (Need(Decimal("0.5"), "L", 4), ("500", "mL", "240"), "1", 1, "240.00", "240.00", "60.00"),
        (Need(Decimal(10), "µg", 3), ("1", "mg", "900"), "0.01", 1, "9.00", "900.00", "3.00"),
        (Need(Decimal(2), "bags", 8), ("1", "bags", "31.20"), "2", 2, "62.40", "62.40", "7.80"),
    ],
)
def test_a_batch_costs_the_share_used_and_opens_whole_packs(
    need: Need,
    pack: tuple[str, str, str],
    packs: str,
    whole: int,
    a_batch: str,
    opened: str,
    a_dose: str,
) -> None:
    quantity, unit, price = pack
    cost = batch_cost(need, Pack(Decimal(quantity), unit, money(price)))
    assert cost.packs == Decimal(packs)
    assert cost.whole_packs == whole
    shown = [one.words for one in (cost.a_batch, cost.whole_packs_a_batch, cost.a_dose) if one]
    assert shown == [f"{a_batch} EUR", f"{opened} EUR", f"{a_dose} EUR"]
    assert cost.reasons == ()


@pytest.mark.parametrize(
    ("need", "pack", "words"),
    [
        (Need(Decimal(1), "mg", 1), Pack(Decimal(1), "mL", money("1")), "cannot be converted"),
        (Need(Decimal(1), "bag", 1), Pack(Decimal(1), "box", money("1")), "do not convert"),
        (Need(Decimal(1), "IU", 1), Pack(Decimal(1), "EU", money("1")), "cannot be converted"),
        (Need(Decimal(1), "mL", 1), Pack(Decimal(1), "mL"), "No price is recorded"),
        (Need(Decimal(1), "mL"), Pack(Decimal(1), "mL", money("1")), "How many doses"),
    ],
)
def test_what_cannot_be_computed_says_why_and_is_never_free(
    need: Need, pack: Pack, words: str
) -> None:
    cost = batch_cost(need, pack)
    assert cost.a_dose is None
    assert words in " ".join(cost.reasons)


def test_currencies_are_never_added() -> None:
    sums = added([money("1"), money("2.50", "USD"), money("3")])
    assert sums == (money("4"), money("2.50", "USD"))
    assert sum_words(sums) == "4.00 EUR and 2.50 USD; different currencies are not added"
    assert sum_words(sums[:1]) == "4.00 EUR"
    assert sum_words(()) == "nothing to add"


def test_less_than_a_cent_is_not_shown_as_nothing() -> None:
    assert money("0.0004").words == "4.0E-4 EUR"
    assert money("0").words == "0.00 EUR"


AMOUNTS = st.decimals("0.01", "10000", places=2)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.integers(1, 500))
def test_the_packs_opened_never_cost_less_than_the_share_used(
    amount: Decimal, quantity: Decimal, price: Decimal, doses: int
) -> None:
    cost = batch_cost(Need(amount, "mL", doses), Pack(quantity, "mL", Money(price, "EUR")))
    assert cost.a_batch is not None
    assert cost.whole_packs_a_batch is not None
    assert cost.a_batch.amount <= cost.whole_packs_a_batch.amount


def cost(amount: str | None, currency: str = "EUR", reason: str = "") -> BatchCost:
    money_of = None if amount is None else Money(Decimal(amount), currency)
    return BatchCost(a_batch=money_of, reasons=(reason,) if reason else ())


def test_the_cost_of_a_product_names_what_is_in_no_sum() -> None:
    found = product_cost(
        [
            UseCosts("Medium", (cost("30"), cost("40"))),
            UseCosts("Protease", (cost("5", "GBP"),)),
            UseCosts("Saline", (cost(None, reason="No price is recorded."),)),
            UseCosts("Albumin", (cost("9"), cost("8", "CZK"))),
            UseCosts("Enzyme", ()),
        ],
        10,
    )
    assert found.batch_words == (
        "30.00 EUR to 40.00 EUR and 5.00 GBP; different currencies are not added"
    )
    assert found.dose_words.startswith("3.00 EUR to 4.00 EUR and 0.50 GBP")
    assert not found.is_whole
    assert list(found.missing) == [
        "Saline: No price is recorded.",
        "Albumin: prices stand in CZK and EUR, which are not compared.",
        "Enzyme: Nobody who sells it is recorded.",
    ]
    whole = product_cost([UseCosts("Medium", (cost("30"),))], None)
    assert whole.is_whole
    assert whole.batch_words == "30.00 EUR"
    assert "not known" in whole.dose_words
