"""A certificate against the last one: each kind of change, its absence, and what cannot be said."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.certificate_changes.comparison import Comparison, compare
from supplier_qc.domain.certificate_changes.document import columns_in_order, labels_in_order
from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    DocumentFacts,
    Place,
    PrintedField,
    PrintedTest,
)
from supplier_qc.domain.certificate_changes.findings import Finding, Standing

ENDOTOXIN = PrintedTest(
    "Endotoxin", "Endotoxin", "Ph. Eur. 2.6.14", "NMT 0.5 EU/mL", "< 0.05", "EU/mL", row_id=1
)
PH = PrintedTest("pH", "pH", "Ph. Eur. 2.2.3", "7.0 - 7.6", "7.3", None, row_id=2)
STERILITY = PrintedTest("Sterility", "Sterility", None, "No growth", "No growth", row_id=3)

HEADER = {
    "site": "Plant 2, Ghent",
    "issuer": "Aspen Reagents NV",
    "country_of_origin": "Belgium",
    "storage": "2 to 8 °C",
    "signatory": "R. Vale",
    "product_name": "Heparin sodium",
    "catalog_number": "HEP-100",
    "manufacture_date": "2026-01-01",
    "expiry_date": "2028-01-01",
}
PAPER = DocumentFacts(
    "text", "Aspen Forms 3", ((595.0, 842.0),), ("issuer", "lot_number"), ("name", "result")
)


def certificate(
    *tests: PrintedTest,
    number: int = 1,
    on: str = "2026-01-10",
    document: DocumentFacts | None = PAPER,
    decimal_comma: bool | None = False,
    **header: Any,
) -> CertificateFacts:
    """A certificate of the tests named, of the usual three where none is; `header` changes it."""
    values = {**HEADER, **header}
    return CertificateFacts(
        id=number,
        lot=f"L{number}",
        on=date.fromisoformat(on),
        fields={name: PrintedField(value) for name, value in values.items()},
        tests=tests or (ENDOTOXIN, PH, STERILITY),
        document=document,
        decimal_comma=decimal_comma,
    )


def _header(changes: dict[str, str | None]) -> dict[str, Any]:
    return dict(changes)


def found(before: CertificateFacts, after: CertificateFacts) -> list[Finding]:
    return list(compare(after, [before]).findings)


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.standing.value, one.severity.value) for one in findings]


def endotoxin(**changes: str | None) -> PrintedTest:
    values = {
        "name": "Endotoxin",
        "attribute": "Endotoxin",
        "method": "Ph. Eur. 2.6.14",
        "limit": "NMT 0.5 EU/mL",
        "result": "< 0.05",
        "unit": "EU/mL",
    } | changes
    return PrintedTest(**values, row_id=1)  # type: ignore[arg-type]  # name is never None here


@pytest.mark.parametrize(
    ("before", "after", "standing", "severity", "words"),
    [
        # positive
        ("NMT 0.5 EU/mL", "NMT 1.0 EU/mL", "found", "critical", "wider than before"),
        ("NMT 0.5 EU/mL", "NMT 0.25 EU/mL", "found", "major", "tighter than before"),
        ("NMT 0.5 EU/mL", "NMT 500 EU/mL", "found", "critical", "wider than before"),
        ("10 - 20 EU/mL", "15 - 25 EU/mL", "found", "critical", "has moved"),
        ("NMT 0.5 EU/mL", "Report", "found", "critical", "wider than before"),
        ("Report", "NMT 0.5 EU/mL", "found", "major", "tighter than before"),
        # another spelling of the same limit
        ("NMT 0.5 EU/mL", "≤ 0.50 EU/mL", "wording", "notice", "means the same"),
        ("NMT 0.5 EU/mL", "max. 500 EU/L", "wording", "notice", "means the same"),
        # not comparable
        ("NMT 0.5 EU/mL", "0.5", "not_comparable", "major", "cannot be compared"),
        ("NMT 0.5 EU/mL", "NMT 0.5 EU/mg", "not_comparable", "major", "cannot be compared"),
        ("No growth", "Negative", "not_comparable", "major", "cannot be compared"),
        ("NMT 0.5 EU/mL", None, "not_comparable", "major", "no longer printed"),
        (None, "NMT 0.5 EU/mL", "not_comparable", "notice", "for the first time"),
    ],
)
def test_a_changed_supplier_limit_is_wider_tighter_moved_or_not_comparable(
    before: str | None, after: str | None, standing: str, severity: str, words: str
) -> None:
    [finding] = found(certificate(endotoxin(limit=before)), certificate(endotoxin(limit=after)))
    assert told([finding]) == [("supplier_limit", standing, severity)]
    assert words in finding.sentence
    assert (finding.before, finding.after) == (before, after)


@pytest.mark.parametrize("limit", ["NMT 0.5 EU/mL", "0.5", "see monograph", None])
def test_an_equal_limit_is_no_finding_even_where_it_cannot_be_read(limit: str | None) -> None:
    assert found(certificate(endotoxin(limit=limit)), certificate(endotoxin(limit=limit))) == []


def test_a_limit_is_read_in_the_notation_of_its_own_document() -> None:
    german = certificate(endotoxin(limit="max. 0,5 EU/mL"), decimal_comma=True)
    english = certificate(endotoxin(limit="max. 0.5 EU/mL"), decimal_comma=False)
    assert told(found(german, english)) == [("supplier_limit", "wording", "notice")]
    thousand = certificate(endotoxin(limit="max. 1,500 EU/mL"), decimal_comma=False)
    one_and_a_half = certificate(endotoxin(limit="max. 1,500 EU/mL"), decimal_comma=True)
    [finding] = found(one_and_a_half, thousand)
    assert "wider" in finding.sentence


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Ph. Eur. 2.6.14", "USP <85>", ("method", "found", "major")),
        ("Ph. Eur. 2.6.14", "EP 2.6.14", ("method", "wording", "notice")),
        ("Ph. Eur. 2.6.14", None, ("method", "not_comparable", "major")),
        (None, "Ph. Eur. 2.6.14", ("method", "not_comparable", "notice")),
    ],
)
def test_a_changed_method_is_told(
    before: str | None, after: str | None, expected: tuple[str, str, str]
) -> None:
    old, new = certificate(endotoxin(method=before)), certificate(endotoxin(method=after))
    assert told(found(old, new)) == [expected]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("EU/mL", "EU/mg", ("unit", "found", "major")),
        ("EU/mL", "EU/L", ("unit", "found", "notice")),
        ("EU/mL", "EU / ml", ("unit", "wording", "notice")),
        ("EU/mL", None, ("unit", "not_comparable", "major")),
    ],
)
def test_a_changed_unit_is_told_with_whether_it_converts(
    before: str | None, after: str | None, expected: tuple[str, str, str]
) -> None:
    old = certificate(endotoxin(unit=before, result="0.05"))
    new = certificate(endotoxin(unit=after, result="0.05"))
    assert told(found(old, new)) == [expected]


def test_another_code_for_the_same_sign_is_not_even_another_wording() -> None:
    micro, greek = "\u00b5g/mL", "\u03bcg/mL"
    old = certificate(endotoxin(unit=micro, method="Test – A", result="5"))
    new = certificate(endotoxin(unit=greek, method="Test - A", result="5"))
    assert found(old, new) == []


def test_ph_may_lose_its_unit_and_a_text_result_needs_none() -> None:
    with_unit = certificate(PrintedTest("pH", "pH", None, "7.0 - 7.6", "7.3", "pH"))
    without = certificate(PrintedTest("pH", "pH", None, "7.0 - 7.6", "7.3", None))
    assert found(with_unit, without) == []
    number = certificate(endotoxin(unit="EU/mL"))
    text = certificate(endotoxin(unit=None, result="Not detected"))
    assert told(found(number, text)) == [("unit", "not_comparable", "notice")]


def test_a_dropped_test_is_critical_and_an_added_one_a_notice() -> None:
    dropped = found(certificate(ENDOTOXIN, PH), certificate(ENDOTOXIN))
    assert told(dropped) == [("test_dropped", "found", "critical")]
    assert dropped[0].sentence == "pH is no longer reported; the last certificate had it."
    added = found(certificate(ENDOTOXIN), certificate(ENDOTOXIN, PH))
    assert told(added) == [("test_added", "found", "notice")]


def test_a_row_without_a_result_counts_as_a_dropped_test() -> None:
    [finding] = found(certificate(ENDOTOXIN), certificate(endotoxin(result="not tested")))
    assert told([finding]) == [("test_dropped", "found", "critical")]
    assert "still has a row but no result" in finding.sentence


def test_a_test_is_the_same_by_our_line_whatever_the_supplier_calls_it() -> None:
    renamed = endotoxin(name="Bacterial endotoxins (LAL)")
    [finding] = found(certificate(ENDOTOXIN), certificate(renamed))
    assert told([finding]) == [("test_name", "wording", "notice")]
    assert compare(certificate(renamed), [certificate(ENDOTOXIN)]).changes == ()


def test_tests_that_a_code_tells_apart_are_never_taken_for_one_another() -> None:
    before, after = PrintedTest("PDGF-AB", result="12"), PrintedTest("PDGF-BB", result="12")
    kinds = {one.kind.value for one in found(certificate(before), certificate(after))}
    assert kinds == {"test_dropped", "test_added"}


@pytest.mark.parametrize(
    ("field", "after", "expected"),
    [
        ("site", "Plant 7, Cork", ("site", "found", "critical")),
        ("site", "PLANT 2 - Ghent", ("site", "wording", "notice")),
        ("site", None, ("site", "not_comparable", "major")),
        ("issuer", "Birch Trading BV", ("issuer", "found", "major")),
        ("issuer", "ASPEN REAGENTS N.V.", ("issuer", "found", "major")),
        ("issuer", "Aspen  Reagents, NV", ("issuer", "wording", "notice")),
        ("issuer", None, ("issuer", "not_comparable", "notice")),
        ("country_of_origin", "China", ("country_of_origin", "found", "critical")),
        ("country_of_origin", "BE", ("country_of_origin", "wording", "notice")),
        ("country_of_origin", None, ("country_of_origin", "not_comparable", "major")),
        ("storage", "Below 25 °C", ("storage", "found", "major")),
        ("storage", "2 - 8 °C", ("storage", "wording", "notice")),
        ("storage", None, ("storage", "not_comparable", "notice")),
        ("signatory", "T. Roe", ("signatory", "found", "notice")),
        ("signatory", None, ("signatory", "not_comparable", "notice")),
        ("product_name", "Heparin sodium, low molecular", ("product_name", "found", "notice")),
        ("product_name", "HEPARIN SODIUM", ("product_name", "wording", "notice")),
        ("catalog_number", "HEP-200", ("catalogue_number", "found", "major")),
        ("catalog_number", "HEP 100", ("catalogue_number", "wording", "notice")),
    ],
)
def test_a_changed_header_value_is_told_with_its_weight(
    field: str, after: str | None, expected: tuple[str, str, str]
) -> None:
    [finding] = found(certificate(), certificate(**_header({field: after})))
    assert told([finding]) == [expected]
    assert finding.spot_after.field == field


@pytest.mark.parametrize(
    "field", ["site", "issuer", "country_of_origin", "storage", "signatory", "product_name"]
)
def test_what_is_stated_for_the_first_time_has_nothing_to_compare_with(field: str) -> None:
    [finding] = found(certificate(**_header({field: None})), certificate())
    assert (finding.standing, finding.severity.value) == (Standing.NOT_COMPARABLE, "notice")
    assert "for the first time" in finding.sentence


@pytest.mark.parametrize(
    ("header", "expected", "words"),
    [
        ({"expiry_date": "2027-01-01"}, [("shelf_life", "found", "major")], "12 months instead"),
        ({"expiry_date": "2029-01-01"}, [("shelf_life", "found", "major")], "longer"),
        ({"expiry_date": "2028-01-31"}, [], ""),  # printed as a month
        ({"expiry_date": "2028-02-15"}, [("shelf_life", "found", "major")], "longer"),
        ({"manufacture_date": None}, [("shelf_life", "not_comparable", "notice")], "cannot be"),
        (
            {"expiry_date": None, "retest_date": "2028-01-01"},
            [("shelf_life", "not_comparable", "major")],
            "a retest date, the last one an expiry",
        ),
    ],
)
def test_shelf_life_is_compared_by_its_length_with_a_months_tolerance(
    header: dict[str, Any], expected: list[tuple[str, str, str]], words: str
) -> None:
    findings = found(certificate(), certificate(**header))
    assert told(findings) == expected
    assert all(words in one.sentence for one in findings)


def test_a_short_shelf_life_has_a_short_tolerance() -> None:
    before = certificate(manufacture_date="2026-01-01", expiry_date="2026-02-10")
    after = certificate(manufacture_date="2026-01-01", expiry_date="2026-02-20")
    assert "50 days instead of 40 days" in found(before, after)[0].sentence


@pytest.mark.parametrize(
    ("changes", "expected", "words"),
    [
        (
            {"producer": "Birch 9"},
            ("pdf_producer", "found"),
            "“Birch 9” instead of “Aspen Forms 3”",
        ),
        ({"producer": None}, ("pdf_producer", "not_comparable"), "names none"),
        ({"text_layer": "scan"}, ("document_layout", "found"), "is a scan; the last one was text"),
        ({"page_sizes": ((595.0, 842.0),) * 2}, ("document_layout", "found"), "2 pages instead"),
        ({"page_sizes": ((612.0, 792.0),)}, ("document_layout", "found"), "another size"),
        ({"labels": ("lot_number", "issuer")}, ("document_layout", "found"), "another order"),
        ({"columns": ("result", "name")}, ("document_layout", "found"), "columns are result, name"),
        (
            {"labels": (), "columns": ()},
            ("document_layout", "not_comparable"),
            "cannot be compared",
        ),
    ],
)
def test_another_paper_is_a_notice(
    changes: dict[str, Any], expected: tuple[str, str], words: str
) -> None:
    [finding] = found(certificate(), certificate(document=replace(PAPER, **changes)))
    assert told([finding]) == [(*expected, "notice")]
    assert words in finding.sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"page_sizes": ((594.0, 841.0),)},
        {"labels": ("issuer", "storage", "lot_number")},
        {"producer": "Aspen Forms 3"},
    ],
)
def test_the_same_paper_with_one_more_field_or_a_hair_of_size_is_no_change(
    changes: dict[str, Any],
) -> None:
    assert found(certificate(), certificate(document=replace(PAPER, **changes))) == []


def test_labels_and_columns_follow_the_page_from_top_to_bottom_and_left_to_right() -> None:
    fields = {
        "lot_number": PrintedField("L1", place=Place(1, 300.0, 101.0, 340.0, 110.0)),
        "issuer": PrintedField("Aspen", place=Place(1, 50.0, 100.0, 90.0, 110.0)),
        "storage": PrintedField("Cold", place=Place(2, 50.0, 20.0, 90.0, 30.0)),
        "site": PrintedField("Ghent"),
    }
    assert labels_in_order(fields) == ("issuer", "lot_number", "storage")
    full = {"result": Place(1, 200.0, 0, 1, 1), "name": Place(1, 50.0, 0, 1, 1)}
    assert columns_in_order([{"name": Place(1, 50.0, 0, 1, 1)}, full]) == ("name", "result")
    assert columns_in_order([]) == ()


def test_the_first_certificate_of_an_item_is_compared_with_nothing() -> None:
    assert compare(certificate(), []) == Comparison(None, ())


def test_the_worst_comes_first_and_what_cannot_be_compared_before_wording() -> None:
    before = certificate(ENDOTOXIN, PH)
    after = certificate(
        endotoxin(limit="≤ 0.5 EU/mL", method="USP <85>"), site="Plant 7, Cork", signatory=None
    )
    severities = [one.severity.value for one in found(before, after)]
    assert severities == ["critical", "critical", "major", "notice", "notice"]
    assert found(before, after)[-1].standing is Standing.WORDING


def history_of(limits: list[str], now: str) -> str:
    """`limits` from the newest earlier certificate to the oldest."""
    earlier = [
        certificate(endotoxin(limit=limit), number=9 - age, on=f"2026-01-{20 - age}")
        for age, limit in enumerate(limits)
    ]
    [finding] = compare(certificate(endotoxin(limit=now)), earlier).findings
    return finding.history


@pytest.mark.parametrize(
    ("limits", "now", "words"),
    [
        (
            ["NMT 0.5 EU/mL", "≤ 0.50 EU/mL", "NMT 500 EU/L", "NMT 2 EU/mL"],
            "NMT 1 EU/mL",
            "Before, it was so in the last 3 certificates, since 2026-01-18.",
        ),
        (
            ["NMT 0.5 EU/mL", "NMT 1 EU/mL"],
            "NMT 1 EU/mL",
            (
                "Before, it was so in the last certificate alone (2026-01-20). "
                "It was like it is now in certificate 8 of lot L8 (2026-01-19)."
            ),
        ),
    ],
)
def test_the_history_tells_a_new_state_from_a_return_to_an_old_one(
    limits: list[str], now: str, words: str
) -> None:
    assert history_of(limits, now) == words


def test_the_history_of_a_dropped_test_counts_the_certificates_that_had_it() -> None:
    earlier = [certificate(ENDOTOXIN, PH, number=9 - age, on="2026-01-10") for age in range(4)]
    [finding] = compare(certificate(ENDOTOXIN), earlier).findings
    assert finding.history == "Before, it was so in the last 4 certificates, since 2026-01-10."


def test_the_history_follows_the_header_and_the_shelf_life() -> None:
    earlier = [
        certificate(number=3, site="Plant 2, Ghent", expiry_date="2028-01-01"),
        certificate(number=2, site="Plant 7, Cork", expiry_date="2027-01-01"),
    ]
    after = certificate(number=4, site="Plant 7, Cork", expiry_date="2027-01-05")
    histories = {one.kind.value: one.history for one in compare(after, earlier).findings}
    assert "certificate 2 of lot L2" in histories["site"]
    assert "certificate 2 of lot L2" in histories["shelf_life"]


TEXTS = st.text("abcdefgh <≤0123456789.,/", max_size=12)
TESTS = st.builds(
    PrintedTest,
    name=TEXTS,
    attribute=st.one_of(st.none(), TEXTS),
    method=st.one_of(st.none(), TEXTS),
    limit=st.one_of(st.none(), TEXTS),
    result=st.one_of(st.none(), TEXTS),
    unit=st.one_of(st.none(), st.sampled_from(["EU/mL", "EU/mg", "%", "qq"])),
)
CERTIFICATES = st.builds(
    CertificateFacts,
    id=st.integers(1, 9),
    lot=st.one_of(st.none(), TEXTS),
    on=st.just(date(2026, 1, 1)),
    fields=st.dictionaries(st.sampled_from(sorted(HEADER)), st.builds(PrintedField, TEXTS)),
    tests=st.lists(TESTS, max_size=6).map(tuple),
    document=st.one_of(st.none(), st.just(PAPER)),
    decimal_comma=st.sampled_from([None, True, False]),
)


@given(CERTIFICATES)
def test_a_certificate_compared_with_itself_has_no_change(facts: CertificateFacts) -> None:
    assert compare(facts, [facts]).findings == ()


@given(CERTIFICATES, CERTIFICATES, st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    before: CertificateFacts, after: CertificateFacts, chance: Random
) -> None:
    shuffled = list(after.tests)
    chance.shuffle(shuffled)
    straight = compare(after, [before]).findings
    turned = compare(replace(after, tests=tuple(shuffled)), [before]).findings
    assert sorted(map(repr, straight)) == sorted(map(repr, turned))


@given(CERTIFICATES)
def test_one_more_row_is_exactly_one_added_test(facts: CertificateFacts) -> None:
    more = replace(facts, tests=(*facts.tests, PrintedTest("Zeta qx 77", result="1")))
    assert [one.kind.value for one in compare(more, [facts]).findings] == ["test_added"]


@given(CERTIFICATES, CERTIFICATES)
def test_every_finding_is_a_whole_sentence(
    before: CertificateFacts, after: CertificateFacts
) -> None:
    for finding in compare(after, [before]).findings:
        assert finding.sentence.endswith(".")
