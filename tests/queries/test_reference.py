"""The regulatory lists as tables, and what a filter leaves of them."""

from datetime import date

import pytest

from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import BseStatus, Mark
from supplier_qc.exports.reference_csv import reference_csv
from supplier_qc.persistence.reference_files import SHIPPED, read_reference_lists
from supplier_qc.queries.reference import (
    ReferenceFilter,
    get_reference_table,
    list_reference_lists,
)

LISTS = read_reference_lists()
STATUSES = ReferenceListKind.COUNTRY_STATUS


def statuses_of(code: str, authority: str, on: date) -> list[BseStatus | None]:
    wanted = ReferenceFilter(text=f"({code})", authority=authority, on=on)
    return [row.status for row in get_reference_table(LISTS, STATUSES, wanted).rows]


@pytest.mark.parametrize(
    ("code", "authority", "on", "expected"),
    [
        ("MX", "eu", date(2026, 1, 1), [BseStatus.CONTROLLED]),
        ("MX", "woah", date(2026, 1, 1), [BseStatus.NEGLIGIBLE]),
        ("FR", "woah", date(2019, 1, 1), [BseStatus.CONTROLLED]),
        ("FR", "woah", date(2023, 1, 1), [BseStatus.NEGLIGIBLE]),
    ],
)
def test_the_status_on_a_day_is_that_of_the_row_in_force(
    code: str, authority: str, on: date, expected: list[BseStatus]
) -> None:
    assert statuses_of(code, authority, on) == expected


def test_every_list_counts_its_marks() -> None:
    for row in list_reference_lists(LISTS):
        assert sum(row.marks.values()) == row.rows > 0
        assert row.unverified == row.marks.get(Mark.V2, 0) + row.marks.get(Mark.K, 0)
        assert row.editions


def test_a_mark_leaves_its_rows_alone() -> None:
    table = get_reference_table(LISTS, STATUSES, ReferenceFilter(mark=Mark.K))
    assert 0 < len(table.rows) < table.summary.rows
    assert {row.dated.mark for row in table.rows} == {Mark.K}


def test_an_authority_that_a_list_does_not_know_leaves_nothing() -> None:
    table = get_reference_table(LISTS, STATUSES, ReferenceFilter(authority="mars"))
    assert table.rows == ()


@pytest.mark.parametrize("kind", list(ReferenceListKind))
def test_the_download_of_a_list_is_the_shipped_file(kind: ReferenceListKind) -> None:
    table = get_reference_table(LISTS, kind)
    written = reference_csv(table.stored_columns, [row.stored for row in table.rows])
    shipped = (SHIPPED / f"{kind.value}.csv").read_bytes().replace(b"\r\n", b"\n")
    assert written == shipped
