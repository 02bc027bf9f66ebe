"""Words taught about a vendor: what may be taught, and that a taught name only ever proposes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.learned_names import (
    NOTHING_TAUGHT,
    NameKind,
    PrintedRow,
    RecordedName,
    TaughtName,
    VendorNames,
    name_problems,
    names_for_item,
    propose_rows,
    same_name,
    unit_problems,
)
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.specification.matching import MatchKind, match_tests, normalised_name

TEST, METHOD, UNIT = NameKind.TEST_NAME, NameKind.METHOD, NameKind.UNIT
HEADER_WORD, LETTERHEAD = NameKind.HEADER_WORD, NameKind.LETTERHEAD
OURS = ("Endotoxin", "pH", "Total protein", "Sterility")


def vendor_names(*names: tuple[NameKind, str, str]) -> VendorNames:
    recorded = [RecordedName(*name, id=number) for number, name in enumerate(names, start=1)]
    return names_for_item(recorded, item_id=1)


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("EU/ml (LAL)", "EU/mL"),
        ("EU/mL LAL", "EU/mL"),
        ("mg Protein/ml", "mg/mL"),
        ("I.E./Amp.", "IU/vial"),
        ("Endotoxineinheiten/ml", "EU/mL"),
        ("KBE/Platte", "CFU/container"),
        ("TCID50/ml eq.", "TCID50/mL"),
        ("CFU/100 ml (membrane)", "CFU/100 mL"),
        ("prozentual", "%"),
    ],
)
def test_a_spelling_that_leaves_the_number_alone_may_be_taught(printed: str, meaning: str) -> None:
    assert list(unit_problems(printed, meaning)) == []


@pytest.mark.parametrize(
    ("printed", "meaning", "reason"),
    [
        ("mg/mL", "g/L", "is a unit already"),
        ("eu/ml", "EU/mL", "is a unit already"),
        ("EU/ml (LAL)", "IU/mL", "names EU"),
        ("EU/ml (LAL)", "EU/L", "names mL"),
        ("EU/ml (LAL)", "EU", "names mL"),
        ("mg Protein/ml", "g/mL", "names mg"),
        ("EU/ml (LAL)", "endotoxin things", "no unit of the unit table"),
        ("EU/10 ml (LAL)", "EU/mL", "changes the number"),
        ("cells/µL (x 1000)", "cells/µL", "changes the number"),
        ("thousand cells/µL", "cells/µL", "changes the number"),
        ("log CFU/mL", "CFU/mL", "changes the number"),
        ("Mio. Zellen/ml (viabel)", "cells/mL", "changes the number"),
        ("°C (Kerntemp.)", "K", "names °C"),
    ],
)
def test_a_unit_that_is_known_or_would_turn_a_number_is_refused(
    printed: str, meaning: str, reason: str
) -> None:
    assert reason in " ".join(unit_problems(printed, meaning))


UNITS = st.sampled_from(["EU/mL", "IU/mL", "mg/mL", "g/L", "CFU/100 mL", "%", "mOsm/kg", "kGy"])


@given(printed=UNITS, remark=st.sampled_from(["(LAL)", "eq.", "Probe", "by HPLC"]), meaning=UNITS)
def test_a_taught_unit_is_the_unit_that_is_printed_beside_its_remark(
    printed: str, remark: str, meaning: str
) -> None:
    one, other = parse_unit(printed), parse_unit(meaning)
    assert one is not None
    assert other is not None
    if not any(unit_problems(f"{printed} {remark}", meaning)):
        assert (one.dimension, one.factor) == (other.dimension, other.factor)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (TaughtName(TEST, "Endotoxins, LAL", "Endotoxin"), ""),
        (TaughtName(METHOD, "EP 2.6.14", "Ph. Eur. 2.6.14"), ""),
        (TaughtName(HEADER_WORD, "Partie", "lot_number"), ""),
        (TaughtName(TEST, " – ", "Endotoxin"), "no letter or figure"),
        (TaughtName(TEST, "LAL", " "), "Say what"),
        (TaughtName(TEST, "L" * 301, "Endotoxin"), "too long"),
        (TaughtName(TEST, "ENDOTOXIN:", "Endotoxin"), "same name already"),
        (TaughtName(HEADER_WORD, "Partie", "lot_number", 3), "whole vendor"),
        (TaughtName(LETTERHEAD, "Aspen", "Aspen Reagents", 3), "whole vendor"),
        (TaughtName(UNIT, "mg/mL", "g/L"), "unit already"),
    ],
)
def test_every_reason_against_a_name_is_said(name: TaughtName, reason: str) -> None:
    found = " ".join(name_problems(name))
    assert reason in found
    assert bool(found) == bool(reason)


def test_the_case_of_a_unit_tells_units_apart_and_that_of_a_name_does_not() -> None:
    assert not same_name(UNIT, "mM (calc.)", "mm (calc.)")
    assert same_name(TEST, "LAL-Test", "lal test")


def test_a_taught_name_puts_a_row_on_its_line_and_says_which_name_did_it() -> None:
    names = vendor_names((TEST, "LAL", "Endotoxin"), (METHOD, "EP 2.6.14", "Ph. Eur. 2.6.14"))
    (row,) = propose_rows(OURS, [PrintedRow("L.A.L.", "EP 2.6.14", "EU/mL")], names)
    assert row.attribute is None  # another name than the one taught
    (row,) = propose_rows(OURS, [PrintedRow("lal:", "EP 2.6.14", "EU/mL")], names)
    assert (row.attribute, row.method, row.unit) == ("Endotoxin", "Ph. Eur. 2.6.14", "EU/mL")
    assert {kind: name.id for kind, name in row.used.items()} == {TEST: 1, METHOD: 2}


def test_a_taught_unit_gives_way_to_the_table() -> None:
    recorded = RecordedName(UNIT, "mg/mL", "g/L", id=1)
    (row,) = propose_rows(OURS, [PrintedRow("X", None, "mg/mL")], names_for_item([recorded], 1))
    assert (row.unit, dict(row.used)) == ("mg/mL", {})


def test_a_name_of_the_item_goes_before_that_of_the_vendor() -> None:
    names = [
        RecordedName(TEST, "LAL", "Sterility", id=1),
        RecordedName(TEST, "lal", "Endotoxin", item_id=7, id=2),
        RecordedName(TEST, "LAL", "pH", item_id=8, id=3),
    ]
    for item_id, expected in ((7, "Endotoxin"), (8, "pH"), (9, "Sterility"), (None, "Sterility")):
        found = names_for_item(names, item_id).found(TEST, "LAL")
        assert found is not None
        assert found.meaning == expected


def test_an_alias_gives_way_to_a_row_with_our_own_name() -> None:
    matching = match_tests(["Endotoxin", "LAL units"], ["LAL", "Endotoxin"], {"LAL": "Endotoxin"})
    assert [(match.row, match.kind) for match in matching.matches] == [(1, MatchKind.EXACT)]
    assert (matching.extra, matching.duplicates) == ((0,), ())


def test_two_rows_under_taught_names_of_one_line_are_left_to_a_person() -> None:
    aliases = {"LAL": "Endotoxin", "Pyrogens": "Endotoxin"}
    matching = match_tests(["Endotoxin"], ["LAL", "Pyrogens"], aliases)
    assert matching.matches == ()
    assert matching.duplicates[0].rows == (0, 1)


ROW_NAMES = st.lists(
    st.sampled_from(["Endotoxin", "endotoxin:", "pH", "LAL", "Protein", "Total proteins", "X"]),
    max_size=6,
)
TAUGHT = st.dictionaries(
    st.sampled_from(["Endotoxin", "pH", "LAL", "Protein", "X"]),
    st.sampled_from([*OURS, "gone"]),
    max_size=4,
)


@given(rows=ROW_NAMES, taught=TAUGHT)
def test_nothing_taught_changes_a_row_whose_name_is_exactly_ours(
    rows: list[str], taught: dict[str, str]
) -> None:
    ours = {normalised_name(name) for name in OURS}
    without, aware = match_tests(OURS, rows), match_tests(OURS, rows, taught)
    for row, name in enumerate(rows):
        if normalised_name(name) in ours:
            assert [match for match in aware.matches if match.row == row] == [
                match for match in without.matches if match.row == row
            ]
            assert (row in aware.extra) == (row in without.extra)


@given(rows=ROW_NAMES, taught=TAUGHT)
def test_with_nothing_taught_a_proposal_is_what_is_printed(
    rows: list[str], taught: dict[str, str]
) -> None:
    printed = [PrintedRow(name, "USP <85>", "EU/mL") for name in rows]
    plain = propose_rows(OURS, printed, NOTHING_TAUGHT)
    assert all((row.method, row.unit, row.used) == ("USP <85>", "EU/mL", {}) for row in plain)
    names = vendor_names(*((TEST, name, meant) for name, meant in taught.items()))
    for row in propose_rows(OURS, printed, names):
        assert row.attribute in (None, *OURS)
        assert (row.method, row.unit) == ("USP <85>", "EU/mL")
