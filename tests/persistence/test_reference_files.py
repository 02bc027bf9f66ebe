"""The shipped lists, and what the reader says of files that cannot be read."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from supplier_qc.domain.origin.reference import DatedRow, ReferenceLists
from supplier_qc.domain.origin.vocabulary import (
    Authority,
    BseStatus,
    DerivativeClass,
    ListAuthority,
    Mark,
)
from supplier_qc.persistence.reference_files import (
    SHIPPED,
    ReferenceFileUnreadable,
    read_reference_lists,
)


@pytest.fixture(scope="module")
def lists() -> ReferenceLists:
    return read_reference_lists()


NO_COUNTRY = "“Peru” is not a country code of two capital letters (ISO 3166-1)."
NO_NOTATION = (
    "“hopeful” does not read as “purpose: condition and condition”; "
    "the purpose is one of compliant, expected, evidence, virus."
)


def all_rows(lists: ReferenceLists) -> list[DatedRow]:
    return [
        *lists.country_lists, *lists.countries, *lists.targets, *lists.species, *lists.tissues,
        *lists.derivatives, *lists.agents, *lists.policies, *lists.bases,
    ]  # fmt: skip


def test_every_shipped_row_is_read(lists: ReferenceLists) -> None:
    lines = 0
    for path in SHIPPED.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            lines += len(list(csv.reader(file))) - 1

    assert len(all_rows(lists)) == lines


def test_every_shipped_row_names_its_source_and_how_well_it_was_checked(
    lists: ReferenceLists,
) -> None:
    for row in all_rows(lists):
        assert row.document
        assert row.source
        assert row.mark in Mark


def test_our_own_defaults_are_marked_as_conventions(lists: ReferenceLists) -> None:
    assert {row.mark for row in lists.policies} == {Mark.C}
    assert {row.mark for row in all_rows(lists) if row.document == "Site policy"} == {Mark.C}


def test_no_shipped_row_is_there_twice(lists: ReferenceLists) -> None:
    rows = all_rows(lists)

    assert len(rows) == len(set(rows))


def test_the_statuses_of_one_list_overlap_only_where_two_sources_differ(
    lists: ReferenceLists,
) -> None:
    overlapping = {
        (one.authority, one.country, one.zone)
        for one in lists.countries
        for other in lists.countries
        if one is not other
        and (one.authority, one.country, one.zone) == (other.authority, other.country, other.zone)
        and one.valid_from is not None
        and other.in_force(one.valid_from)
    }

    assert overlapping == {(ListAuthority.WOAH, "RO", None)}


def test_every_authority_goes_by_a_list_that_is_loaded(lists: ReferenceLists) -> None:
    loaded = {row.authority for row in lists.country_lists}

    assert {row.authority for row in lists.targets} == set(Authority)
    assert {row.list_authority for row in lists.targets} <= loaded


def test_no_row_of_a_list_says_less_than_its_coverage(lists: ReferenceLists) -> None:
    """A row that begins before its list does is a suspension that began earlier."""
    begin = {row.authority: row.valid_from for row in lists.country_lists}
    earlier = [
        row
        for row in lists.countries
        if row.valid_from is not None and row.valid_from < (begin[row.authority] or date.min)
    ]

    assert {(row.country, row.status) for row in earlier} == {("RO", BseStatus.CONTROLLED)}


def test_the_known_disagreement_on_mexico_is_in_the_lists(lists: ReferenceLists) -> None:
    on = date(2024, 5, 1)
    found = {
        authority: {row.status for row in lists.country_rows(authority, "MX", on)}
        for authority in ListAuthority
    }

    assert found == {
        ListAuthority.EU: {BseStatus.CONTROLLED},
        ListAuthority.WOAH: {BseStatus.NEGLIGIBLE},
        ListAuthority.USDA: set(),
    }


def test_a_status_ends_on_the_day_before_the_next_begins(lists: ReferenceLists) -> None:
    day, last = date(2016, 3, 25), date(2016, 3, 24)
    of_france = [
        {row.status for row in lists.country_rows(ListAuthority.WOAH, "FR", on)}
        for on in (last, day)
    ]

    assert of_france == [{BseStatus.NEGLIGIBLE}, {BseStatus.CONTROLLED}]


def test_every_way_to_process_tallow_is_in_the_lists(lists: ReferenceLists) -> None:
    rows = lists.derivative_rows(DerivativeClass.TALLOW_DERIVATIVE, date(2026, 6, 1))

    assert len(rows) == 5
    assert {row.clause for row in rows} == {"section 6.4"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "lists"))


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ReferenceFileUnreadable) as refused:
        read_reference_lists(folder)
    return refused.value.reasons


def append(folder: Path, name: str, line: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def test_every_problem_of_every_file_is_named_with_its_line(folder: Path) -> None:
    append(folder, "country_status.csv", "eu,Peru,,good,Decision,,2021,yesterday,,X,,")
    append(folder, "statement_policy.csv", "tse_statement,0,Site policy,,default,,,C,site,")
    append(folder, "statement_policy.csv", ",many,Site policy,,default,,,C,site,")
    append(folder, "species_scope.csv", "cattle,perhaps,EMA,,rev. 3,,,K,site,")
    append(folder, "derivative_rule.csv", "gelatin,hopeful,EMA,,rev. 3,,,K,site,")
    append(folder, "rule_basis.csv", "T99,EMA,,rev. 3,2026-01-02,2026-01-01,K,site,")

    assert problems(folder) == (
        f"country_status.csv line 172, country: {NO_COUNTRY}",
        f"country_status.csv line 172, status: “good” is not one of {', '.join(BseStatus)}.",
        "country_status.csv line 172, valid_from: “yesterday” is not a date such as 2026-03-31.",
        "country_status.csv line 172, mark: “X” is not one of V, V2, K, C.",
        "country_status.csv line 172, source: is empty.",
        "species_scope.csv line 14, is_tse_relevant: “perhaps” is neither true nor false.",
        f"derivative_rule.csv line 44, conditions: {NO_NOTATION}",
        "statement_policy.csv line 4, maximum_age_months: 0 is not positive.",
        "statement_policy.csv line 5, kind: is empty.",
        "statement_policy.csv line 5, maximum_age_months: “many” is not a whole number.",
        "rule_basis.csv line 44: valid_to is not after valid_from.",
    )


@pytest.mark.parametrize("line", ["T99,EMA", "T99,EMA,,rev. 3,,,K,site,,surplus"])
def test_a_line_with_the_wrong_number_of_cells_is_refused(folder: Path, line: str) -> None:
    append(folder, "rule_basis.csv", line)

    assert problems(folder) == ("rule_basis.csv line 44: the number of cells is not 9.",)


def test_a_file_with_other_columns_is_refused(folder: Path) -> None:
    (folder / "rule_basis.csv").write_text("rule,document\n", encoding="utf-8")

    (problem,) = problems(folder)

    assert problem.startswith("rule_basis.csv: the columns are not rule_id, document, clause,")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b'rule_id,"docu'])
def test_a_file_that_cannot_be_read_is_named(folder: Path, content: bytes | None) -> None:
    path = folder / "rule_basis.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    (problem,) = problems(folder)

    assert problem.startswith("rule_basis.csv: cannot be read (")
