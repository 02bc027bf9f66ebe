"""Printed dates: one meaning is read, two are shown, none is invented."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.measurement.dates import (
    DatePrecision,
    as_expiry,
    decide_day_order,
    read_date,
)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2025-03-14", "2025-03-14"), ("2025/3/14", "2025-03-14"), ("20250314", "2025-03-14"),
        ("14.03.2025", "2025-03-14"), ("14 - 03 - 2025", "2025-03-14"),
        ("04/13/2025", "2025-04-13"), ("25.12.24", "2024-12-25"), ("05/05/2025", "2025-05-05"),
        ("DEC 26, 2024", "2024-12-26"), ("26-Dec-24", "2024-12-26"), ("13JUL2024", "2024-07-13"),
        ("13. Juli 2024", "2024-07-13"), ("1er mars 2024", "2024-03-01"),
        ("13 de julio de 2024", "2024-07-13"), ("1º de maio de 2024", "2024-05-01"),
        ("5 febbraio 2024", "2024-02-05"), ("2024 Jul 13", "2024-07-13"),
        ("13th July 2024", "2024-07-13"), ("2025年3月14日", "2025-03-14"),
        ("2025年3月4日", "2025-03-04"), ("2025 年 12 月 31 日", "2025-12-31"),
        ("2025-03-14T10:32:00Z", "2025-03-14"), ("03/14/2025 10:22 AM", "2025-03-14"),
        ("Friday, 13 June 2025", "2025-06-13"), ("29 Feb 2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_a_date_with_one_meaning_is_read(printed: str | None, day: str) -> None:
    read = read_date(printed)
    assert (read.day, read.literal) == (date.fromisoformat(day), printed)
    assert as_expiry(read) == read.day


@pytest.mark.parametrize(
    ("printed", "alternatives"),
    [
        ("03/04/2025", ["2025-03-04", "2025-04-03"]),
        ("03.04.2025", ["2025-03-04", "2025-04-03"]),
        ("25-03-04", ["2004-03-25", "2025-03-04"]),
    ],
)
def test_a_date_with_two_meanings_shows_both_and_is_no_expiry(
    printed: str | None, alternatives: list[str]
) -> None:
    read = read_date(printed)
    assert read.ambiguous
    assert [day.isoformat() for day in read.alternatives] == alternatives
    assert (read.day, as_expiry(read)) == (None, None)
    assert (read.earliest, read.latest) == (read.alternatives[0], read.alternatives[-1])


@pytest.mark.parametrize(
    ("printed", "day_first", "day"),
    [
        ("03/04/2025", True, "2025-04-03"),
        ("03/04/2025", False, "2025-03-04"),
        ("13/04/2025", False, "2025-04-13"),
        ("04/13/2025", True, "2025-04-13"),
        ("25/03/04", True, "2004-03-25"),
    ],
)
def test_the_order_of_the_document_decides_but_never_overrules_the_calendar(
    printed: str | None, *, day_first: bool | None, day: str
) -> None:
    assert read_date(printed, day_first=day_first).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("printed", "precision", "expiry"),
    [
        ("2026-03", DatePrecision.MONTH, "2026-03-31"),
        ("03/2026", DatePrecision.MONTH, "2026-03-31"),
        ("02.2028", DatePrecision.MONTH, "2028-02-29"),
        ("03/26", DatePrecision.MONTH, "2026-03-31"),
        ("JANUARY, 2025", DatePrecision.MONTH, "2025-01-31"),
        ("Mar-26", DatePrecision.MONTH, "2026-03-31"),
        ("06.2024", DatePrecision.MONTH, "2024-06-30"),
        ("2026-02", DatePrecision.MONTH, "2026-02-28"),
        ("Mar '26", DatePrecision.MONTH, "2026-03-31"),
        ("2025年3月", DatePrecision.MONTH, "2025-03-31"),
        ("2026", DatePrecision.YEAR, "2026-12-31"),
    ],
)
def test_a_month_expires_at_its_end(
    printed: str | None, precision: DatePrecision, expiry: str
) -> None:
    read = read_date(printed)
    assert read.precision is precision
    assert as_expiry(read) == date.fromisoformat(expiry)
    assert read.day is None
    assert "Only the" in read.note


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("n/a", "no date"), ("-", "no date"), ("", ""), (None, ""), ("See label", "no date"),
        ("31/02/2025", "does not exist"), ("30 Feb 2025", "does not exist"),
        ("2025-13-01", "does not exist"), ("29.02.2025", "does not exist"),
        ("13/2025", "does not exist"), ("5/2200", "does not exist"),
        ("Janaury 5, 2025", "perhaps january"), ("5 Sepember 2025", "perhaps september"),
        ("pass", "not written as a date"), ("5", "not written as a date"),
        ("12.5", "not written as a date"), ("Jan", "not written as a date"),
        ("May May 2025", "not written as a date"), ("1.2.3", "no year"),
        ("25 janvier", "not written as a date"), ("February 23", "not written as a date"),
        ("February 23,", "not written as a date"), ("26 Mar", "not written as a date"),
        ("Januray 2025", "perhaps january"),
        ("Mar 5 6 2025", "not written as a date"), ("1850", "not a year"),
        ("June 5, 2025 lot 7", "not written as a date"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_reason(printed: str | None, words: str) -> None:
    read = read_date(printed)
    assert (read.earliest, read.latest, read.precision) == (None, None, None)
    assert words in read.note
    assert as_expiry(read) is None


@pytest.mark.parametrize(
    ("texts", "day_first", "words"),
    [
        (["03/04/2025", "25/04/2025"], True, "25/04/2025"),
        (["03/04/2025", "04/25/2025"], False, "04/25/2025"),
        (["25/04/2025", "04/25/2025"], None, "Both orders"),
        (["03.04.2025", "2025-01-01"], True, "convention"),
        (["03/04/2025", "13/13/2025", "July 2024"], None, "No printed date"),
        (["03/04/25"], None, "No printed date"),
    ],
)
def test_a_document_proves_its_own_order(
    texts: list[str], *, day_first: bool | None, words: str
) -> None:
    evidence = decide_day_order(texts)
    assert evidence.day_first is day_first
    assert words in evidence.note


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_from_its_unambiguous_forms(day: date) -> None:
    for form in (f"{day:%Y-%m-%d}", f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day:%Y}"):
        assert read_date(form).day == day
    numeric = read_date(f"{day:%d/%m/%Y}")
    assert day in (*numeric.alternatives, numeric.day)


@given(st.text(max_size=30))
def test_any_text_is_read_without_error_and_its_literal_kept(printed: str | None) -> None:
    read = read_date(printed)
    assert read.literal == printed
    assert (read.earliest is None) == (read.latest is None)
    if read.earliest is not None and read.latest is not None:
        assert timedelta(0) <= read.latest - read.earliest
