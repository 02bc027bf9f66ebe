"""What another edition changes: in the list, row by row, and in conclusions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_qc.domain.origin.editions import edition_sha256, row_sha256
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.list_differences import list_differences
from supplier_qc.domain.origin.list_impact import Reassessment, cause_words
from supplier_qc.domain.origin.reference import CountryStatusRow, ReferenceLists
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import (
    Authority,
    BseStatus,
    IndirectOrigin,
    Level,
    ListAuthority,
    SourceClass,
)
from tests.domain.origin.origin_facts import ON, components, shipped

STATUSES = ReferenceListKind.COUNTRY_STATUS
AUTHORITIES = (Authority.EU, Authority.US, Authority.JAPAN)


def with_statuses(changes: dict[str, BseStatus]) -> ReferenceLists:
    """The shipped lists with other statuses of countries, on every list and day."""
    rows = (
        replace(row, status=changes.get(row.country, row.status)) for row in shipped().countries
    )
    return replace(shipped(), countries=tuple(rows))


CHANGES = st.dictionaries(
    st.sampled_from(["AU", "FR", "GB", "CN", "MX"]), st.sampled_from(list(BseStatus))
)


def reassessment(after: ReferenceLists) -> Reassessment:
    return Reassessment(AUTHORITIES, shipped(), after, ON)


@settings(max_examples=40, deadline=None)
@given(st.lists(components(), min_size=1, max_size=4), st.integers(1, 4), CHANGES)
def test_many_lots_are_concluded_as_each_alone(
    facts: Sequence[OriginComponent], times: int, changes: dict[str, BseStatus]
) -> None:
    together = reassessment(with_statuses(changes))
    lots = [(component,) for component in facts] * times
    alone = [reassessment(with_statuses(changes)).alone(lot) for lot in lots]
    assert [together.of(lot) for lot in lots] == alone


@settings(max_examples=40, deadline=None)
@given(components())
def test_the_same_lists_change_no_conclusion(facts: OriginComponent) -> None:
    backwards = replace(shipped(), countries=shipped().countries[::-1])
    assert reassessment(backwards).of((facts,)) == ()


def test_facts_that_are_equal_and_read_differently_are_not_taken_for_each_other() -> None:
    one = OriginComponent(name="Serum", age_months=Decimal(30))
    other = replace(one, age_months=Decimal("30.0"))
    assert one == other
    together = reassessment(ReferenceLists())
    assert together.of((one,)) == together.alone((one,))
    assert together.of((other,)) == together.alone((other,))


def test_without_lists_everything_is_unknown_and_so_worse() -> None:
    salts = OriginComponent(
        name="Salts",
        source=SourceClass.SYNTHETIC_OR_MINERAL,
        indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
    )
    (change, *_) = reassessment(ReferenceLists()).of((salts,))
    assert (change.before.level, change.after.level) == (Level.NOT_APPLICABLE, Level.UNKNOWN)
    assert change.is_worse
    assert cause_words([change]) == "EU: not applicable before, unknown now, blocks"


def row(country: str = "AU", **changes: object) -> CountryStatusRow:
    made = CountryStatusRow(
        authority=ListAuthority.EU, country=country, zone=None, status=BseStatus.NEGLIGIBLE,
        document="Decision", clause=None, edition="2021", valid_from=date(2021, 8, 10),
        valid_to=None, mark=shipped().countries[0].mark, source="eur-lex",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


AU, FR = row(), row("FR")
AU_ENDED = row(valid_to=date(2027, 5, 1))
AU_LATER = row(status=BseStatus.CONTROLLED, valid_from=date(2027, 5, 1))


@pytest.mark.parametrize(
    ("before", "after", "added", "removed", "changed"),
    [
        ([AU, FR], [FR, AU], [], [], []),
        ([AU], [AU, FR], [FR], [], []),
        ([AU, FR], [FR], [], [AU], []),
        ([AU], [AU_ENDED, AU_LATER], [AU_LATER], [], [(AU, AU_ENDED, ("valid_to",))]),
        ([AU], [AU_LATER], [], [], [(AU, AU_LATER, ("valid_from", "status"))]),
        ([], [], [], [], []),
    ],
    ids=["another order", "a new country", "a country gone", "a status ends and another begins",
         "another status from another day", "nothing"],
)  # fmt: skip
def test_rows_about_the_same_thing_are_compared(
    before: list[CountryStatusRow],
    after: list[CountryStatusRow],
    added: list[CountryStatusRow],
    removed: list[CountryStatusRow],
    changed: list[tuple[CountryStatusRow, CountryStatusRow, tuple[str, ...]]],
) -> None:
    found = list_differences(STATUSES, before, after)
    assert (list(found.added), list(found.removed)) == (added, removed)
    assert [(one.before, one.after, one.columns) for one in found.changed] == changed
    assert bool(found) is bool(added or removed or changed)


@given(st.lists(st.sampled_from([AU, FR, AU_ENDED, AU_LATER]), unique=True),
       st.lists(st.sampled_from([AU, FR, AU_ENDED, AU_LATER]), unique=True))  # fmt: skip
def test_the_old_rows_with_the_differences_are_the_new_rows(
    before: list[CountryStatusRow], after: list[CountryStatusRow]
) -> None:
    found = list_differences(STATUSES, before, after)
    gone = {*found.removed, *(one.before for one in found.changed)}
    new = {*found.added, *(one.after for one in found.changed)}
    assert (set(before) - gone) | new == set(after)


@given(st.permutations(shipped().countries[:6]))
def test_the_checksum_of_an_edition_does_not_hang_on_the_order(
    rows: list[CountryStatusRow],
) -> None:
    assert edition_sha256(STATUSES, rows) == edition_sha256(STATUSES, shipped().countries[:6])


def test_two_rows_that_differ_in_one_cell_have_different_checksums() -> None:
    checksums = {row_sha256(one) for one in (AU, FR, AU_ENDED, AU_LATER, row(source="other"))}
    assert len(checksums) == 5
