"""What contradicts itself within one certificate; what is not certain is a question."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    PrintedField,
    PrintedTest,
)
from supplier_qc.domain.certificate_changes.identity import other_substance
from supplier_qc.domain.certificate_changes.inconsistencies import PageFacts, inconsistencies

TODAY = date(2026, 11, 24)
PASSING = PrintedTest(
    "Endotoxin", limit="NMT 0.5 EU/mL", result="< 0.05", unit="EU/mL", supplier_verdict="Pass"
)


def told(
    *tests: PrintedTest, pages: PageFacts | None = None, lot: str = "L1", **header: Any
) -> list[tuple[str, str]]:
    """Rule and severity of each finding."""
    facts = CertificateFacts(
        id=1,
        lot=lot,
        on=TODAY,
        fields={field: PrintedField(value, value) for field, value in header.items()},
        tests=tests or (PASSING,),
    )
    found = inconsistencies(facts, pages or PageFacts(), TODAY)
    return [(one.rule, one.severity.value) for one in found]


@pytest.mark.parametrize(
    ("result", "mark", "expected"),
    [
        ("< 0.05", "Pass", []),
        ("0.7", "Pass", [("S-20", "critical")]),
        ("0.1", "Fail", [("S-20", "critical")]),
        ("0.7", "Fail", []),
        ("< 5", "Pass", []),  # proves nothing either way
    ],
)
def test_a_pass_mark_against_its_own_limit_is_critical(
    result: str, mark: str, expected: list[tuple[str, str]]
) -> None:
    test = PrintedTest(
        "Endotoxin", limit="NMT 0.5 EU/mL", result=result, unit="EU/mL", supplier_verdict=mark
    )
    assert told(test) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"manufacture_date": "2026-03-01", "expiry_date": "2028-03-01"}, []),
        ({"manufacture_date": "2026-03-01", "expiry_date": "2025-03-01"}, [("S-21", "major")]),
        ({"manufacture_date": "2026-03-01", "test_date": "2026-02-01"}, [("S-22", "major")]),
        ({"test_date": "2026-03-05", "release_date": "2026-03-01"}, [("S-23", "major")]),
        ({"test_date": "2027-03-05"}, [("S-24", "major")]),
        ({"received_date": "2026-03-05", "test_date": "2026-03-01"}, [("C-01", "major")]),
        ({"received_date": "2026-03-01", "test_date": "2026-03-05"}, []),
        ({"retest_date": "2029-03-05", "expiry_date": "2028-03-01"}, [("C-02", "major")]),
        ({"retest_date": "2027-03-05", "expiry_date": "2028-03-01"}, []),
        ({"retest_date": "2027-03-05"}, []),
        ({"manufacture_date": "12 Janaury 2026"}, [("C-03", "notice")]),
        ({"manufacture_date": "31/02/2026"}, [("C-03", "notice")]),
        ({"manufacture_date": "03/04/2026"}, []),  # two days are not an unreadable one
        ({"expiry_date": "n/a"}, []),
    ],
)
def test_dates_that_contradict_one_another_or_cannot_be_read_are_shown(
    header: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert told(**header) == expected


def test_a_mark_on_the_page_is_shown_once() -> None:
    assert told(pages=PageFacts(marks=("SPECIMEN", "SPECIMEN"))) == [("C-04", "major")]
    assert told(pages=PageFacts()) == []


@pytest.mark.parametrize(
    ("lot", "seen", "expected"),
    [
        ("0L7O1", ["0L7O1"], []),
        ("AB1001", ["AB10O1"], [("C-05", "major")]),  # letter O for zero
        ("0042", ["42"], [("C-05", "major")]),
        ("AB-12", ["AB 12"], [("C-05", "notice")]),
        ("AB12", ["CD34"], []),  # another lot: said by the header's own check
    ],
)
def test_a_lot_printed_in_two_ways_is_shown(
    lot: str, seen: Sequence[str], expected: list[tuple[str, str]]
) -> None:
    assert told(lot=lot, pages=PageFacts(lots_seen=seen)) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["0,52", "0.25"], [("C-06", "major")]),
        (["0.52", "1,234.5"], []),
        (["0,52", "0,25"], []),
        (["1,234"], []),
    ],
)
def test_both_decimal_signs_in_one_document_are_shown(
    numbers: Sequence[str], expected: list[tuple[str, str]]
) -> None:
    assert told(pages=PageFacts(numbers=numbers)) == expected


@pytest.mark.parametrize(
    ("name", "limit", "expected"),
    [
        ("Assay", "NMT 98 %", [("C-07", "notice")]),
        ("Assay", "NLT 98 %", []),
        ("Assay", "98 - 102 %", []),
        ("Endotoxin", "NLT 0.5 EU/mL", [("C-07", "notice")]),
        ("Residual heparin", "≥ 3 %", [("C-07", "notice")]),
        ("Total impurities", "≤ 3 %", []),
        ("Impurity A", "NLT 3 %", [("C-07", "notice")]),
        ("pH", "NMT 8", []),
    ],
)
def test_a_limit_in_an_odd_direction_is_a_question(
    name: str, limit: str, expected: list[tuple[str, str]]
) -> None:
    assert told(PrintedTest(name, limit=limit, result="Conforms")) == expected


@pytest.mark.parametrize(
    ("limit", "unit", "expected"),
    [
        ("NMT 0.5 EU/mL", "EU/mL", []),
        ("NMT 0.5 EU/mL", "EU/L", [("C-08", "notice")]),
        ("NMT 0.5 EU/mL", "EU/mg", [("C-08", "major")]),
        ("NMT 0.5", "EU/mL", []),
    ],
)
def test_a_result_in_another_unit_than_its_limit_is_shown(
    limit: str, unit: str, expected: list[tuple[str, str]]
) -> None:
    test = PrintedTest("Endotoxin", limit=limit, result="0.1", unit=unit, supplier_verdict="Noted")
    assert told(test) == expected


@pytest.mark.parametrize(
    ("result", "names", "expected"),
    [
        ("Dextran sulfate", ["Heparin sodium"], "Dextran sulfate"),
        ("Identified as trypsin", ["Heparin sodium"], "trypsin"),
        ("Heparin", ["Heparin sodium"], None),
        ("Heparinum", ["Heparin sodium"], None),
        ("Conforms", ["Heparin sodium"], None),
        ("Positive", ["Heparin sodium"], None),
        ("Conforms to reference spectrum", ["Heparin sodium"], None),
        ("98.2", ["Heparin sodium"], None),
        ("Dextran sulfate", ["HS"], None),  # too little known of the product
        ("Bovine", ["Foetal bovine serum"], None),
        (None, ["Heparin sodium"], None),
    ],
)
def test_an_identity_that_names_another_substance_is_asked_about(
    result: str | None, names: list[str], expected: str | None
) -> None:
    assert other_substance("Identity (IR)", result, names) == expected
    assert other_substance("Appearance", result, names) is None


def test_the_question_about_identity_reaches_the_certificate() -> None:
    test = PrintedTest("Identity", result="Dextran sulfate", supplier_verdict="Pass")
    assert told(test, product_name="Heparin sodium") == [("C-09", "notice")]
    known = PageFacts(material_names=("Dextran",))
    assert told(test, product_name="Heparin sodium", pages=known) == []


def test_a_certificate_without_any_conclusion_is_asked_about() -> None:
    bare = PrintedTest("Endotoxin", limit="NMT 0.5 EU/mL", result="0.1", unit="EU/mL")
    assert told(bare) == [("C-10", "notice")]
    assert told(bare, conclusion="The lot conforms.") == []
    assert told(PrintedTest("Appearance", result="Complies")) == []


TEXTS = st.one_of(st.none(), st.text("abcdef <≤0123456789.,/%-", max_size=14))


@given(
    st.lists(
        st.builds(PrintedTest, st.text(max_size=9), st.none(), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
    ),
    st.dictionaries(st.sampled_from(["expiry_date", "test_date", "retest_date"]), TEXTS),
    st.lists(st.text(max_size=9)),
)
def test_no_text_breaks_the_check_and_every_finding_is_a_sentence(
    tests: list[PrintedTest], header: dict[str, str | None], words: list[str]
) -> None:
    fields = {name: PrintedField(value, value) for name, value in header.items()}
    facts = CertificateFacts(1, "L1", TODAY, fields, tuple(tests))
    for one in inconsistencies(facts, PageFacts(lots_seen=words, numbers=words), TODAY):
        assert one.sentence.endswith((".", "?"))
