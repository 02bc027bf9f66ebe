"""What a cell of a spreadsheet becomes, and what is refused because it may have been rewritten."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import Grade, OrganisationRole
from supplier_qc.domain.imports.cells import Cell, CellRefused, Raw, Value, value_of
from supplier_qc.domain.imports.sheets import SHEETS, CellKind, Column, SheetKind, choice_words

CODE = Column("code", "Code", CellKind.CODE, is_required=True, longest=40)
GRADE = SHEETS[SheetKind.ITEMS].column("grade")
ROLES = SHEETS[SheetKind.VENDORS].column("roles")


def column(kind: CellKind) -> Column:
    return Column("field", "Field", kind)


@pytest.mark.parametrize(
    ("raw", "number_format", "text"),
    [
        ("00410-500", None, "00410-500"),
        (" 00410 ", "@", "00410"),
        (410, "General", "410"),
        (410.0, "General", "410"),
        (410, "00000", "00410"),
        (123456789012345, "General", "123456789012345"),
        ("12E5-7", None, "12E5-7"),
    ],
)
def test_a_code_keeps_what_was_typed(raw: Raw, number_format: str | None, text: str) -> None:
    assert value_of(CODE, Cell(raw, number_format=number_format)) == text


@pytest.mark.parametrize(
    ("raw", "number_format"),
    [
        (1.2, "General"),
        (1.2e20, "General"),
        (120000.0, "0.00E+00"),
        (410, "#,##0"),
        (-5, "General"),
        (True, "General"),
        (datetime(2026, 3, 4), "yyyy-mm-dd"),  # noqa: DTZ001 -- a spreadsheet knows no zone
        ("1.2E+05", None),
        ("1,2e05", None),
        ("5E7", None),
        ('="00410"', None),
    ],
)
def test_a_code_that_may_have_been_rewritten_is_refused_with_advice(
    raw: Raw, number_format: str | None
) -> None:
    with pytest.raises(CellRefused, match="Set the column to text"):
        value_of(CODE, Cell(raw, number_format=number_format))


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_a_blank_cell_is_no_value_and_refused_where_one_is_needed(raw: Raw) -> None:
    assert value_of(column(CellKind.TEXT), Cell(raw)) is None
    with pytest.raises(CellRefused, match="is empty"):
        value_of(CODE, Cell(raw))


def test_a_formula_is_refused_wherever_it_stands() -> None:
    for kind in CellKind:
        with pytest.raises(CellRefused, match="formula"):
            value_of(column(kind), Cell("=A1", is_formula=True))


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (CellKind.DATE, "2027-03-31", date(2027, 3, 31)),
        (CellKind.DATE, datetime(2027, 3, 31, 0, 0), date(2027, 3, 31)),  # noqa: DTZ001 -- a spreadsheet knows no zone
        (CellKind.DATE, date(2027, 3, 31), date(2027, 3, 31)),
        (CellKind.WHOLE_NUMBER, "24", 24),
        (CellKind.WHOLE_NUMBER, 24.0, 24),
        (CellKind.DECIMAL, "0.50", Decimal("0.50")),
        (CellKind.DECIMAL, 240.1, Decimal("240.1")),
        (CellKind.YES_NO, "Yes", True),
        (CellKind.YES_NO, False, False),
        (CellKind.COUNTRY, "de", "DE"),
        (CellKind.COUNTRY, "Germany", "DE"),
        (CellKind.CURRENCY, "eur", "EUR"),
        (CellKind.LONG_TEXT, "1 Mill Lane\r\n Marsh ", "1 Mill Lane\nMarsh"),
    ],
)
def test_a_value_is_read_as_its_column_says(kind: CellKind, raw: Raw, value: Value) -> None:
    assert value_of(column(kind), Cell(raw, number_format="General")) == value


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        (CellKind.DATE, "31.03.2027", "2027-03-31"),
        (CellKind.DATE, "2027-02-30", "no day"),
        (CellKind.DATE, 46112, "Write the date"),
        (CellKind.WHOLE_NUMBER, "2.5", "whole number"),
        (CellKind.DECIMAL, "1,5", "with a point"),
        (CellKind.DECIMAL, "NaN", "with a point"),
        (CellKind.DECIMAL, "1e999", "with a point"),
        (CellKind.DECIMAL, True, "no number"),
        (CellKind.YES_NO, "maybe", "yes or no"),
        (CellKind.COUNTRY, "Atlantis", "no country"),
        (CellKind.CURRENCY, "EURO", "no currency"),
    ],
)
def test_what_a_column_cannot_read_says_what_to_write(kind: CellKind, raw: Raw, words: str) -> None:
    with pytest.raises(CellRefused, match=words):
        value_of(column(kind), Cell(raw, number_format="General"))


@pytest.mark.parametrize("grade", Grade)
def test_a_choice_is_read_by_its_value_and_by_its_words(grade: Grade) -> None:
    for text in (grade.value, grade.value.upper(), choice_words(grade)):
        assert value_of(GRADE, Cell(text)) is grade


def test_several_choices_stand_between_semicolons() -> None:
    both = frozenset({OrganisationRole.MANUFACTURER, OrganisationRole.DISTRIBUTOR})
    assert value_of(ROLES, Cell("Manufacturer; distributor;")) == both
    with pytest.raises(CellRefused, match="none of: Manufacturer, Distributor"):
        value_of(ROLES, Cell("Manufacturer, maker"))


@given(st.text(alphabet="0123456789", min_size=1, max_size=12), st.booleans())
def test_a_number_of_digits_is_kept_digit_by_digit(digits: str, as_number: bool) -> None:  # noqa: FBT001 -- drawn by hypothesis
    raw, shown = (int(digits), "0" * len(digits)) if as_number else (digits, "@")
    assert value_of(CODE, Cell(raw, number_format=shown)) == digits
