"""The checks around a certificate: its file, its item, its header, its end."""

from datetime import date
from typing import Any

import pytest

from supplier_qc.domain.certificate_checks import (
    ChosenItem,
    ConfirmationFacts,
    HeaderFacts,
    OnFile,
    OtherCertificate,
    confirmation_blockers,
    header_findings,
)
from supplier_qc.domain.certificates import confidence_level, may_be_confirmed_together
from supplier_qc.domain.covariates import parse_covariates, printed_covariates
from supplier_qc.domain.item_matching import ItemFacts, bare_number, propose_item
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.uploads import LARGEST_BYTES, shown_filename, upload_problems

TODAY = date(2026, 11, 24)

ITEMS = (
    ItemFacts(1, "PL-1000", ("Platelet lysate, 500 mL", "Platelet lysate"), "Aspen Reagents"),
    ItemFacts(2, "PL-1000", ("Lysate bag",), "Birch Biologics"),
    ItemFacts(3, "TR 25", ("Trypsin",), "Birch Biologics"),
)


@pytest.mark.parametrize(
    ("number", "name", "issuer", "item_id"),
    [
        ("TR-25", None, None, 3),
        ("tr25", None, None, 3),
        ("PL-1000", None, None, None),
        ("PL-1000", "lysate bag", None, 2),
        ("PL-1000", None, "Aspen Reagents GmbH, Bonn", 1),
        ("XX-1", "Trypsin", None, None),
        (None, "Trypsin", None, 3),
        ("", "TRYPSIN ", None, 3),
        (None, "Something else", None, None),
        (None, None, None, None),
    ],
)
def test_an_item_is_proposed_only_where_one_fits(
    number: str | None, name: str | None, issuer: str | None, item_id: int | None
) -> None:
    found = propose_item(ITEMS, catalogue_number=number, product_name=name, issuer=issuer)
    assert found.item_id == item_id
    assert found.reason.endswith(".")


def test_an_empty_catalogue_asks_for_an_item() -> None:
    found = propose_item((), catalogue_number="PL-1000", product_name=None, issuer=None)
    assert found.item_id is None
    assert "add it" in found.reason


@pytest.mark.parametrize(
    ("one", "other"), [("L24-0917", "l24 0917"), ("PL_1000", "PL1000"), ("A/B.1", "ab1")]
)
def test_separators_and_case_do_not_make_another_number(one: str, other: str) -> None:
    assert bare_number(one) == bare_number(other)


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("L0", "LO"), ("A1", "A11")])
def test_leading_zeros_and_letters_do(one: str, other: str) -> None:
    assert bare_number(one) != bare_number(other)


HEADER: dict[str, Any] = {
    "issuer": "Aspen Reagents GmbH",
    "product_name": "Platelet lysate",
    "catalogue_number": "PL 1000",
    "lot_number": "L24",
    "manufactured_on": date(2026, 9, 17),
    "expires_on": date(2028, 9, 16),
    "lots_seen": ("L-24",),
}
ITEM = ChosenItem("PL-1000", ("Platelet lysate",), "Aspen Reagents")


def findings(
    item: ChosenItem | None = ITEM, others: tuple[OtherCertificate, ...] = (), **changes: Any
) -> str:
    facts = HeaderFacts(**(HEADER | changes))
    return " ".join(found.words for found in header_findings(facts, item, others, TODAY))


def test_a_header_that_fits_has_no_finding() -> None:
    assert findings() == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": None}, "No item of ours is chosen; the certificate states catalogue number"),
        ({"item": None, "catalogue_number": None}, "states no catalogue number"),
        ({"catalogue_number": None}, "states no catalogue number"),
        ({"catalogue_number": "PL-2000"}, "is for catalogue number PL-2000"),
        ({"issuer": "Cedar Trading"}, "issued by Cedar Trading"),
        ({"lot_number": " "}, "There is no lot number"),
        ({"others": (OtherCertificate(7, is_confirmed=True),)}, "certificate 7 (confirmed)"),
        ({"others": (OtherCertificate(8, is_confirmed=False),)}, "certificate 8 (under review)"),
        ({"lots_seen": ("L24", "L25")}, "also names lot L25"),
        ({"expires_on": None}, "neither an expiry date nor a retest date"),
        ({"expires_on": date(2026, 9, 16)}, "lies before the manufacture"),
        ({"expires_on": date(2026, 11, 23), "manufactured_on": None}, "expired on 2026-11-23"),
    ],
)
def test_a_mismatch_is_named(changes: dict[str, Any], words: str) -> None:
    assert words in findings(**changes)


MADE_AT = ChosenItem("PL-1000", (), "Aspen Reagents", "Bonn plant, 1 Mill Lane, Bonn")
BROKERS = OnFile(brokers=("Cedar Trading",))


@pytest.mark.parametrize(
    ("changes", "on_file", "words"),
    [
        ({"site": "Mill Lane 1, 53111 Bonn"}, BROKERS, None),
        ({"site": "Aspen Reagents, Ghent"}, BROKERS, None),
        ({"site": None}, BROKERS, None),
        ({"site": "Dock Road 4, Ghent"}, BROKERS, "names the site “Dock Road 4, Ghent”"),
        ({"site": "c/o Cedar Trading, Bonn"}, BROKERS, "names Cedar Trading, which only"),
        ({"issuer": "CEDAR TRADING Ltd"}, BROKERS, "names Cedar Trading, which only"),
        ({"issuer": "Aspen Reagents, sold by Cedarwood"}, BROKERS, None),
        ({"lot_number": "L24O917"}, OnFile(lots=("L240917",)), "nearly L240917"),
        ({"lot_number": "L24"}, OnFile(lots=("L24", "L24A")), None),
    ],
)
def test_a_brokers_paper_another_plant_and_a_lot_nearly_on_file_are_named(
    changes: dict[str, Any], on_file: OnFile, words: str | None
) -> None:
    header = {**HEADER, "lots_seen": (), **changes}
    found = header_findings(HeaderFacts(**header), MADE_AT, (), TODAY, on_file)
    named = " ".join(one.words for one in found)
    assert (named == "") if words is None else (words in named)


def test_a_lot_that_expires_today_is_not_yet_expired() -> None:
    assert "expired" not in findings(expires_on=TODAY, manufactured_on=None)


@pytest.mark.parametrize(
    ("share", "is_printed_text", "allowed"),
    [
        (0.95, True, True),
        (0.949, True, False),
        (None, True, False),
        (0.99, False, False),
    ],
)
def test_only_clear_printed_text_is_confirmed_with_others_in_one_go(
    share: float | None,
    is_printed_text: bool,  # noqa: FBT001 -- a column of the table
    allowed: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    assert may_be_confirmed_together(share, is_printed_text=is_printed_text) is allowed


READY: dict[str, Any] = {
    "has_item": True,
    "lot_number": "L24",
    "expires_on": date(2028, 9, 16),
    "manufactured_on": date(2026, 9, 17),
    "open_fields": (),
    "open_rows": 0,
    "result_rows": 3,
    "is_specification_current": True,
}


def test_a_certificate_with_everything_decided_can_be_confirmed() -> None:
    assert confirmation_blockers(ConfirmationFacts(**READY)) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"has_item": False}, "No item"),
        ({"lot_number": None}, "no lot number"),
        ({"expires_on": None}, "neither an expiry"),
        ({"expires_on": date(2026, 1, 1)}, "before the manufacture"),
        ({"open_fields": ("Issuer", "Storage")}, "Issuer, Storage"),
        ({"open_rows": 1}, "1 row is not decided"),
        ({"open_rows": 2}, "2 rows are not decided"),
        ({"result_rows": 0}, "no result"),
        ({"is_specification_current": False}, "has changed since"),
    ],
)
def test_each_gap_blocks_by_itself(changes: dict[str, Any], words: str) -> None:
    (only,) = confirmation_blockers(ConfirmationFacts(**(READY | changes)))
    assert words in only


@pytest.mark.parametrize(
    ("share", "level"),
    [(None, None), (0.95, "high"), (0.9499, "medium"), (0.8, "medium"), (0.79, "low")],
)
def test_confidence_has_three_levels_and_a_gap(share: float | None, level: str | None) -> None:
    assert confidence_level(share) == level


def test_a_file_above_the_ceiling_is_refused_with_all_its_reasons() -> None:
    problems = upload_problems(b"x" * (LARGEST_BYTES + 1))
    assert len(problems) == 2


def test_a_name_of_nothing_printable_is_unnamed() -> None:
    assert shown_filename("///\x00") == "unnamed.pdf"


def test_covariates_come_back_as_they_were_typed() -> None:
    typed = "donor count: 120\npathogen reduction: none: yet"
    found = parse_covariates(f"\n  {typed}\n\n")
    assert found == {"donor count": "120", "pathogen reduction": "none: yet"}
    assert printed_covariates(found) == typed


def test_every_line_that_is_no_covariate_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        parse_covariates("donor count\n: 5\nage:\na: 1\na: 2")
    assert len(refusal.value.reasons) == 4
