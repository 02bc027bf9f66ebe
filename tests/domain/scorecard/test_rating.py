"""Points, score and band: few cases are not rated, and nothing is 100 by default."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.scorecard.cases import Judged, Outcome
from supplier_qc.domain.scorecard.policy import Band, Measure, MeasureTarget, ScoreBand
from supplier_qc.domain.scorecard.rating import (
    LEAST_CASES,
    Scorecard,
    proposed_months,
    rank_key,
    rate,
    scorecard,
)

FROM = date(2026, 1, 1)
WEIGHTS = {
    Measure.LOT_ACCEPTANCE: (30, "98", "80"),
    Measure.COA_RIGHT_FIRST_TIME: (15, "95", "70"),
    Measure.FINDINGS: (15, "1", "10"),
    Measure.CHANGE_NOTIFIED: (15, "100", "50"),
    Measure.CORRECTIVE_ACTION: (10, "90", "50"),
    Measure.DELIVERY: (10, "95", "70"),
    Measure.RESPONSIVENESS: (5, "10", "45"),
}
TARGETS = {
    one: MeasureTarget(one, weight, Decimal(target), Decimal(worst), FROM, "C", "shipped")
    for one, (weight, target, worst) in WEIGHTS.items()
}
BANDS = tuple(
    ScoreBand(band, least, Decimal(factor), FROM, "C", "shipped")
    for band, least, factor in (
        (Band.A, 90, "1.25"),
        (Band.B, 75, "1"),
        (Band.C, 60, "0.75"),
        (Band.D, 0, "0.5"),
    )
)


def judged(good: int = 0, bad: int = 0, open_: int = 0) -> list[Judged]:
    return [
        *[Judged(Outcome.GOOD, "")] * good,
        *[Judged(Outcome.NOT_GOOD, "")] * bad,
        *[Judged(Outcome.NOT_JUDGED, "")] * open_,
    ]


def answers(*days: int) -> list[Judged]:
    return [Judged(Outcome.COUNTED, "", one) for one in days]


def lots(count: int, findings: int) -> list[Judged]:
    return [*[Judged(Outcome.COUNTED, "")] * count, *judged(bad=findings)]


@pytest.mark.parametrize("measure", Measure)
def test_nothing_on_file_is_not_rated_and_never_full_marks(measure: Measure) -> None:
    found = rate(measure, (), TARGETS[measure])
    assert (found.n, found.value, found.points) == (0, None, None)
    assert found.reason == "No case; 3 are needed."


def test_a_supplier_without_a_case_has_no_score_and_no_band() -> None:
    card = scorecard({}, TARGETS, BANDS)
    assert (card.score, card.band, card.letter) == (None, None, "not rated")


def test_what_could_not_be_judged_is_counted_apart_and_rates_nothing() -> None:
    found = rate(Measure.DELIVERY, judged(good=2, open_=9), TARGETS[Measure.DELIVERY])
    assert (found.n, found.not_judged, found.points) == (2, 9, None)
    assert found.reason == "2 cases and 9 that could not be judged; 3 are needed."


@pytest.mark.parametrize(
    ("measure", "cases", "value", "interval", "points"),
    [
        # Intervals: 8 of 10 by Wilson is 49.0 to 94.3 %; 3 of 3 is 43.9 to 100 %.
        (Measure.LOT_ACCEPTANCE, judged(8, 2), "80.0", ("49.0", "94.3"), "0.0"),
        (Measure.LOT_ACCEPTANCE, judged(3), "100.0", ("43.9", "100.0"), "30.0"),
        (Measure.LOT_ACCEPTANCE, judged(8, 1), "88.9", ("56.5", "98.0"), "14.8"),
        # 2 findings over 40 lots: 5 per 100; Garwood's 0.2422 and 7.2247 over 40.
        (Measure.FINDINGS, lots(40, 2), "5.0", ("0.6", "18.1"), "8.3"),
        (Measure.FINDINGS, lots(4, 0), "0.0", ("0.0", "92.2"), "15.0"),
        (Measure.RESPONSIVENESS, answers(5, 20, 50), "20.0", (None, None), "3.6"),
        (Measure.RESPONSIVENESS, answers(1, 2, 3, 4, 5, 6), "3.5", ("1.0", "6.0"), "5.0"),
    ],
)
def test_a_measure_has_its_value_interval_and_points_on_the_line(
    measure: Measure,
    cases: Sequence[Judged],
    value: str,
    interval: tuple[str | None, str | None],
    points: str,
) -> None:
    found = rate(measure, cases, TARGETS[measure])
    ends = tuple(None if end is None else str(end) for end in (found.lower, found.upper))
    assert (str(found.value), ends, str(found.points)) == (value, interval, points)


def test_a_measure_without_a_target_in_force_is_not_rated() -> None:
    found = rate(Measure.DELIVERY, judged(9), None)
    assert (found.points, found.reason) == (
        None,
        "No weight and target of this measure is in force.",
    )


def test_the_score_is_over_the_rated_measures_alone_and_says_so() -> None:
    card = scorecard(
        {
            Measure.LOT_ACCEPTANCE: judged(10),
            Measure.COA_RIGHT_FIRST_TIME: judged(6, 4),
            Measure.FINDINGS: lots(10, 0),
            Measure.DELIVERY: judged(2),
        },
        TARGETS,
        BANDS,
    )
    # 30 of 30, 0 of 15 and 15 of 15 points: 45 of 60.
    assert (card.score, card.letter) == (Decimal("75.0"), "B")
    assert (card.rated_weight, card.total_weight) == (60, 100)
    assert card.reason.startswith("Rated over 60 of 100 points of weight")
    assert [str(card.weight_of(one)) for one in card.ratings[:4]] == [
        "50.0",
        "25.0",
        "25.0",
        "None",
    ]


@pytest.mark.parametrize(
    ("rated", "has_score"),
    [
        ((Measure.LOT_ACCEPTANCE, Measure.COA_RIGHT_FIRST_TIME), False),  # 45 of 100
        ((Measure.LOT_ACCEPTANCE, Measure.CORRECTIVE_ACTION, Measure.DELIVERY), True),  # 50 of 100
    ],
)
def test_there_is_no_score_while_less_than_half_of_the_weight_is_rated(
    *, rated: Sequence[Measure], has_score: bool
) -> None:
    card = scorecard({one: judged(5) for one in rated}, TARGETS, BANDS)
    assert (card.score is not None) is has_score
    assert (card.band is not None) is has_score


def test_what_is_not_rated_stands_last_in_the_list() -> None:
    worst = scorecard({one: judged(bad=5) for one in Measure}, TARGETS, BANDS)
    none = scorecard({}, TARGETS, BANDS)
    assert sorted([none, worst], key=rank_key) == [worst, none]


@pytest.mark.parametrize(("months", "band", "proposed"), [(12, 0, 15), (24, 2, 18), (1, 3, 1)])
def test_the_band_proposes_an_interval_in_whole_months(
    months: int, band: int, proposed: int
) -> None:
    assert proposed_months(months, BANDS[band]) == proposed
    assert proposed_months(months, None) is None


counts = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 4))


@given(st.dictionaries(st.sampled_from(Measure), counts))
def test_a_score_lies_between_0_and_100_and_rests_on_rated_measures(
    found: dict[Measure, tuple[int, int, int]],
) -> None:
    card = scorecard({one: judged(*case) for one, case in found.items()}, TARGETS, BANDS)
    assert card.score is None or 0 <= card.score <= 100
    assert all(one.n >= LEAST_CASES for one in card.ratings if one.is_rated)
    assert (card.score is None) == (2 * card.rated_weight < card.total_weight or not _rated(card))


def _rated(card: Scorecard) -> list[Measure]:
    return [one.measure for one in card.ratings if one.is_rated]


@given(st.integers(3, 30), st.integers(0, 30))
def test_one_more_good_case_never_costs_points(good: int, bad: int) -> None:
    target = TARGETS[Measure.LOT_ACCEPTANCE]
    before = rate(Measure.LOT_ACCEPTANCE, judged(good, bad), target)
    after = rate(Measure.LOT_ACCEPTANCE, judged(good + 1, bad), target)
    assert before.points is not None
    assert after.points is not None
    assert after.points >= before.points
