"""Words of a vendor: taught once from a review, used at once, taken back, handed on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.learned_names import NameKind, TaughtName
from supplier_qc.domain.name_packs import (
    ImportState,
    NamePack,
    PackEntry,
    pack_file,
    pack_from_file,
)
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.extraction.claims import DocumentReading, HeaderField, RowClaim
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    LearnedName,
    ManufacturerItem,
    Organisation,
    SpecificationLine,
)
from supplier_qc.queries.certificate_header import review_header
from supplier_qc.queries.learned_names import get_learned_name, pack_of_vendor
from supplier_qc.queries.name_offers import get_certificate_names
from supplier_qc.queries.taught_names import names_of_vendor, taught_words
from supplier_qc.services.certificate_review import decide_field, decide_row
from supplier_qc.services.certificates import read_again
from supplier_qc.services.installation import Installation
from supplier_qc.services.learned_names import import_pack, plan_pack, teach_names, withdraw_name
from supplier_qc.services.organisation_merging import Merger, merge_organisations
from supplier_qc.services.proposing_again import propose_again
from supplier_qc.services.reading_queue import claim_next, record_reading
from tests.conftest import NOW, TODAY
from tests.factories import make_item, make_specification, make_vendor
from tests.lot_factories import (
    ANA,
    BEA,
    BEN,
    HEADER,
    claim,
    decision_of,
    document_reading,
    get_certificate,
    make_confirmed_lot,
    make_proposal,
    specified_item,
)

TEST, METHOD, UNIT = NameKind.TEST_NAME, NameKind.METHOD, NameKind.UNIT
HEADER_WORD, LETTERHEAD = NameKind.HEADER_WORD, NameKind.LETTERHEAD
LAL = TaughtName(TEST, "LAL assay", "Endotoxin")
METHOD_OF_OURS = TaughtName(METHOD, "EP 2.6.14", "Ph. Eur. 2.6.14")
UNIT_OF_OURS = TaughtName(UNIT, "EU/ml LAL", "EU/mL")


def strange_reading() -> DocumentReading:
    """A certificate whose maker has words of its own for a test, its method and its unit."""
    rows = (
        RowClaim(
            name=claim("LAL assay"),
            method=claim("EP 2.6.14"),
            specification=claim("NMT 0.5 EU/mL"),
            result=claim("0.05"),
            unit=claim("EU/ml LAL"),
        ),
        RowClaim(name=claim("pH"), specification=claim("7.0 - 7.6"), result=claim("7.3")),
    )
    return replace(document_reading(), rows=rows)


@pytest.fixture
def item_id(installation: Installation) -> int:
    return specified_item(installation.sessions)


@pytest.fixture
def certificate_id(installation: Installation, item_id: int) -> int:
    return make_proposal(installation, strange_reading(), item_id=item_id)


def teach(
    installation: Installation, certificate_id: int, *names: TaughtName, by: Actor = BEN
) -> int:
    return teach_names(installation.sessions, certificate_id, names, actor=by, now=NOW)


def vendor_of(installation: Installation, item_id: int) -> int:
    with reading(installation.sessions) as session:
        return session.get_one(ManufacturerItem, item_id).site.organisation_id


def first_row(installation: Installation, certificate_id: int) -> tuple[object, ...]:
    row = get_certificate(installation.sessions, certificate_id).rows[0]
    return (row.line.attribute if row.line else None), row.method, row.unit


def decide_first_row(installation: Installation, certificate_id: int) -> None:
    """The reviewer puts the row on our line and writes method and unit our way."""
    certificate = get_certificate(installation.sessions, certificate_id)
    row = certificate.rows[0]
    with reading(installation.sessions) as session:
        line_id = session.scalar(
            select(SpecificationLine.id).where(SpecificationLine.attribute == "Endotoxin")
        )
    decide_row(
        installation.sessions,
        certificate_id,
        row.id,
        decision_of(row, line_id, method="Ph. Eur. 2.6.14", unit="EU/mL"),
        version=row.version,
        actor=BEN,
        now=NOW,
    )


def test_a_review_offers_what_was_decided_otherwise_than_printed(
    installation: Installation, certificate_id: int
) -> None:
    assert first_row(installation, certificate_id) == (None, "EP 2.6.14", "EU/ml LAL")
    decide_first_row(installation, certificate_id)
    with reading(installation.sessions) as session:
        names = get_certificate_names(session, certificate_id)
    assert names is not None
    assert [offer.name for offer in names.teachable] == [LAL, METHOD_OF_OURS, UNIT_OF_OURS]


def test_what_is_taught_once_shapes_the_next_certificate_of_the_vendor(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    assert teach(installation, certificate_id, LAL, METHOD_OF_OURS, UNIT_OF_OURS) == 3
    following = make_proposal(installation, strange_reading(), item_id=item_id)
    assert first_row(installation, following) == ("Endotoxin", "Ph. Eur. 2.6.14", "EU/mL")
    row = get_certificate(installation.sessions, following).rows[0]
    assert row.literals["unit"]["literal"] == "EU/ml LAL"
    assert row.state is ClaimState.PROPOSED
    with reading(installation.sessions) as session:
        names = get_certificate_names(session, following)
    assert names is not None
    assert {use.kind for use in names.uses[row.id]} == {TEST, METHOD, UNIT}
    assert {use.taught_by for use in names.uses[row.id]} == {BEN.full_name}


def test_a_row_confirmed_as_it_was_proposed_with_taught_names_is_confirmed_and_not_corrected(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    teach(installation, certificate_id, LAL, METHOD_OF_OURS, UNIT_OF_OURS)
    following = make_proposal(installation, strange_reading(), item_id=item_id)
    row = get_certificate(installation.sessions, following).rows[0]
    decide_row(
        installation.sessions, following, row.id, decision_of(row), version=row.version,
        actor=BEN, now=NOW,
    )  # fmt: skip
    assert get_certificate(installation.sessions, following).rows[0].state is ClaimState.CONFIRMED


def test_another_vendor_and_another_item_are_left_alone(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    teach(installation, certificate_id, TaughtName(TEST, "LAL assay", "Endotoxin", item_id))
    other_vendor = specified_item(installation.sessions)
    with reading(installation.sessions) as session:
        site = session.get_one(ManufacturerItem, item_id).site_id
    sister = make_item(installation.sessions, site_id=site)
    make_specification(installation.sessions, sister)
    for other in (other_vendor, sister):
        following = make_proposal(installation, strange_reading(), item_id=other)
        assert first_row(installation, following)[0] is None


def test_a_row_with_our_own_name_goes_before_a_taught_one(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    teach(installation, certificate_id, LAL)
    both = document_reading(
        rows=(("LAL assay", "", "0.1 EU/mL"), ("Endotoxin", "", "0.2 EU/mL"), ("pH", "", "7"))
    )
    rows = get_certificate(
        installation.sessions, make_proposal(installation, both, item_id=item_id)
    ).rows
    assert [row.line.attribute if row.line else None for row in rows] == [None, "Endotoxin", "pH"]


def test_nothing_taught_changes_a_confirmed_record(
    installation: Installation, item_id: int
) -> None:
    make_confirmed_lot(installation, strange_reading(), item_id=item_id)
    tables = ("lot_result", "certificate_row", "certificate_field")

    def recorded() -> list[object]:
        with installation.engine.connect() as connection:
            return [
                connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()
                for table in tables
            ]

    before = recorded()
    assert before[0]
    teach(installation, 1, LAL, METHOD_OF_OURS, UNIT_OF_OURS)
    with pytest.raises(Refused, match="can be worked on only while"):
        propose_again(installation.sessions, 1, version=99, actor=BEN, now=NOW)
    assert recorded() == before


def test_proposing_again_changes_open_rows_and_leaves_decided_ones(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    waiting = make_proposal(installation, strange_reading(), item_id=item_id)
    ph = get_certificate(installation.sessions, waiting).rows[1]
    decide_row(
        installation.sessions, waiting, ph.id, decision_of(ph, result="7.4"), version=ph.version,
        actor=BEA, now=NOW,
    )  # fmt: skip
    teach(installation, certificate_id, LAL, UNIT_OF_OURS)
    with reading(installation.sessions) as session:
        names = get_certificate_names(session, waiting)
    assert names is not None
    assert names.pending == 1
    version = get_certificate(installation.sessions, waiting).version
    assert propose_again(
        installation.sessions, waiting, version=version, actor=BEN, now=NOW
    ) == 1  # fmt: skip
    rows = get_certificate(installation.sessions, waiting).rows
    assert first_row(installation, waiting) == ("Endotoxin", "EP 2.6.14", "EU/mL")
    assert (rows[1].result, rows[1].state) == ("7.4", ClaimState.CORRECTED)
    with pytest.raises(ChangedMeanwhile):
        propose_again(installation.sessions, waiting, version=version, actor=BEN, now=NOW)
    version = get_certificate(installation.sessions, waiting).version
    with pytest.raises(Refused, match="changes no open row"):
        propose_again(installation.sessions, waiting, version=version, actor=BEN, now=NOW)


def test_all_names_of_one_save_share_one_entry_of_the_audit_trail(
    installation: Installation, certificate_id: int
) -> None:
    teach(installation, certificate_id, LAL, METHOD_OF_OURS, UNIT_OF_OURS)
    with reading(installation.sessions) as session:
        (entry,) = session.scalars(
            select(AuditEntry).where(AuditEntry.action == AuditAction.NAMES_TAUGHT)
        )
    added = [change for change in entry.changes if change["table"] == "learned_name"]
    assert len(added) == 3
    assert "3 names" in entry.subject_label


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (TaughtName(TEST, "LAL assay", "Colour"), "no line of the specification"),
        (TaughtName(TEST, "Sterility", "Endotoxin"), "name of a line of ours"),
        (TaughtName(TEST, "LAL assay", "Endotoxin", 999), "own item"),
        (TaughtName(UNIT, "EU/ml LAL", "IU/mL"), "names EU"),
        (TaughtName(HEADER_WORD, "Partie", "weather"), "no field of a certificate's header"),
        (TaughtName(HEADER_WORD, "Lot No.", "lot_number"), "knows “Lot No.” as Lot number"),
        (TaughtName(LETTERHEAD, "Birch Biologics", ""), "is the letterhead of Birch Biologics"),
    ],
)
def test_what_would_mislead_is_refused_and_nothing_is_saved(
    installation: Installation, certificate_id: int, name: TaughtName, reason: str
) -> None:
    make_vendor(installation.sessions, name="Birch Biologics")
    with pytest.raises(Refused) as refusal:
        teach(installation, certificate_id, METHOD_OF_OURS, name)
    assert reason in str(refusal.value)
    with reading(installation.sessions) as session:
        assert session.scalars(select(LearnedName)).all() == []


def test_a_person_without_the_right_to_review_teaches_nothing(
    installation: Installation, certificate_id: int
) -> None:
    with pytest.raises(NotPermitted):
        teach(installation, certificate_id, LAL, by=ANA)


def test_a_word_taught_otherwise_is_a_conflict_that_names_who_taught_what(
    installation: Installation, certificate_id: int
) -> None:
    teach(installation, certificate_id, LAL)
    with pytest.raises(Refused) as refusal:
        teach(installation, certificate_id, TaughtName(TEST, "lal ASSAY", "Sterility"), by=BEA)
    for part in ("“LAL assay”", "Endotoxin", BEN.full_name, "2026-11-24", "Sterility"):
        assert part in str(refusal.value)
    with pytest.raises(Refused, match="known already"):
        teach(installation, certificate_id, LAL, by=BEA)


def test_of_two_who_teach_a_word_differently_at_once_one_is_told_of_the_other(
    installation: Installation, certificate_id: int
) -> None:
    meanings = {BEN.full_name: "Endotoxin", BEA.full_name: "Sterility"}

    def try_it(name: str) -> str:
        try:
            by = BEN if name == BEN.full_name else BEA
            teach(
                installation, certificate_id, TaughtName(TEST, "LAL assay", meanings[name]), by=by
            )
        except Refused as refusal:
            return str(refusal)
        return "taught"

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(meanings, pool.map(try_it, meanings), strict=True))
    assert sorted(answer == "taught" for answer in answers.values()) == [False, True]
    (winner,) = (name for name, answer in answers.items() if answer == "taught")
    (refused,) = (answer for answer in answers.values() if answer != "taught")
    assert f"was taught as {meanings[winner]} by {winner}" in refused


def test_a_withdrawn_name_is_used_no_more_and_may_be_taught_anew(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    teach(installation, certificate_id, LAL)
    with pytest.raises(Refused, match="Say why"):
        withdraw_name(installation.sessions, 1, version=1, reason=" ", actor=BEA, now=NOW)
    withdraw_name(installation.sessions, 1, version=1, reason="Wrong test.", actor=BEA, now=NOW)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_name(installation.sessions, 1, version=2, reason="Again.", actor=BEA, now=NOW)
    following = make_proposal(installation, strange_reading(), item_id=item_id)
    assert first_row(installation, following)[0] is None
    teach(installation, certificate_id, TaughtName(TEST, "LAL assay", "Sterility"))
    with reading(installation.sessions) as session:
        name = get_learned_name(session, 1)
    assert name is not None
    assert (name.withdrawn_by, name.withdrawal_reason) == (BEA.full_name, "Wrong test.")


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM learned_name", "never deleted"),
        ("UPDATE learned_name SET meaning = 'pH'", "stays as it was taught"),
        ("UPDATE learned_name SET printed = 'x', printed_key = 'x'", "stays as it was taught"),
        ("UPDATE learned_name SET withdrawn_by_id = 1", "withdrawn_in_full"),
    ],
)
def test_the_database_keeps_a_name_as_it_was_taught(
    installation: Installation, certificate_id: int, statement: str, message: str
) -> None:
    teach(installation, certificate_id, LAL)
    with (
        installation.engine.connect() as connection,
        pytest.raises(IntegrityError, match=message),
    ):
        connection.execute(text(statement))


def test_a_taught_letterhead_leads_to_the_item_and_is_no_finding(
    installation: Installation, item_id: int
) -> None:
    header = {**HEADER, HeaderField.ISSUER: "North Mill Works"}
    first = make_proposal(installation, document_reading(header=header), item_id=item_id)

    def findings() -> list[str]:
        with reading(installation.sessions) as session:
            certificate = get_certificate(installation.sessions, first)
            certificate = session.merge(certificate, load=False)
            review = review_header(session, certificate, TODAY)
            return [one.field for one in review.findings]

    assert "issuer" in findings()
    assert teach(installation, first, TaughtName(LETTERHEAD, "North Mill Works", "")) == 1
    assert "issuer" not in findings()


def test_a_letterhead_belongs_to_one_vendor(installation: Installation, item_id: int) -> None:
    one = make_proposal(installation, item_id=item_id)
    other = make_proposal(installation, item_id=specified_item(installation.sessions))
    teach(installation, one, TaughtName(LETTERHEAD, "North Mill Works", ""))
    with pytest.raises(Refused, match="is the letterhead of"):
        teach(installation, other, TaughtName(LETTERHEAD, "NORTH MILL works", ""))


def test_a_header_value_typed_by_hand_asks_for_its_label_and_the_reader_is_told_it(
    installation: Installation, item_id: int
) -> None:
    header = {HeaderField.EXPIRY_DATE: "2028-09-16"}
    number = make_proposal(installation, document_reading(header=header), item_id=item_id)
    certificate = get_certificate(installation.sessions, number)
    (lot,) = (field for field in certificate.fields if field.field == "lot_number")
    decide_field(
        installation.sessions, number, lot.id, "B-4711", version=lot.version, actor=BEN, now=NOW
    )
    with reading(installation.sessions) as session:
        names = get_certificate_names(session, number)
        assert names is not None
        assert [(offer.field, offer.value) for offer in names.labels] == [("lot_number", "B-4711")]
    teach(installation, number, TaughtName(HEADER_WORD, "Brew mark", "lot_number"))
    with reading(installation.sessions) as session:
        (word,) = taught_words(session)
        item = session.get_one(ManufacturerItem, item_id)
        assert (word.printed, word.field) == ("Brew mark", HeaderField.LOT_NUMBER)
        assert word.signs == (item.site.organisation.name, item.catalogue_number)


def test_a_file_read_again_forgets_which_names_its_old_rows_were_proposed_with(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    teach(installation, certificate_id, LAL)
    following = make_proposal(installation, strange_reading(), item_id=item_id)
    version = get_certificate(installation.sessions, following).version
    read_again(installation.sessions, following, version=version, actor=BEN, now=NOW)
    claimed = claim_next(installation.sessions, NOW)
    assert claimed is not None
    assert record_reading(installation.sessions, claimed, document_reading(), now=NOW)
    with reading(installation.sessions) as session:
        names = get_certificate_names(session, following)
    assert names is not None
    assert names.uses == {}


def test_a_pack_carries_the_names_of_a_vendor_to_another_and_back(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    narrowed = TaughtName(TEST, "Sterile?", "Sterility", item_id)
    teach(installation, certificate_id, LAL, METHOD_OF_OURS, UNIT_OF_OURS, narrowed)
    vendor = vendor_of(installation, item_id)
    with reading(installation.sessions) as session:
        pack = pack_of_vendor(session, vendor)
    assert pack is not None
    assert pack_from_file(pack_file(pack)) == pack
    assert b'"id"' not in pack_file(pack)
    other = make_vendor(installation.sessions)
    with reading(installation.sessions) as session:
        here = [one.state for one in plan_pack(session, vendor, pack)]
        there = [one.state for one in plan_pack(session, other, pack)]
    assert set(here) == {ImportState.SAME}
    assert there.count(ImportState.NEW) == 3
    assert there.count(ImportState.UNUSABLE) == 1  # it has no such item
    assert import_pack(installation.sessions, other, pack, {}, actor=BEN, now=NOW) == 3
    with pytest.raises(Refused, match="Nothing in the pack"):
        import_pack(installation.sessions, other, pack, {}, actor=BEN, now=NOW)


def test_a_person_chooses_each_conflict_of_a_pack_and_nothing_is_saved_before(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    teach(installation, certificate_id, LAL, UNIT_OF_OURS)
    vendor = vendor_of(installation, item_id)
    pack = NamePack(
        "Aspen",
        (
            PackEntry(TEST, "LAL assay", "Sterility"),
            PackEntry(UNIT, "EU/ml LAL", "EU/mL"),
            PackEntry(TEST, "Colour", "An attribute that stands nowhere yet"),
        ),
    )
    with pytest.raises(Refused, match="Choose for “LAL assay”"):
        import_pack(installation.sessions, vendor, pack, {}, actor=BEN, now=NOW)
    assert import_pack(installation.sessions, vendor, pack, {0: False}, actor=BEN, now=NOW) == 1
    assert import_pack(installation.sessions, vendor, pack, {0: True}, actor=BEA, now=NOW) == 1
    with reading(installation.sessions) as session:
        names = session.scalars(select(LearnedName).order_by(LearnedName.id)).all()
        live = {name.printed: name.meaning for name in names if name.withdrawn_at is None}
    assert live["LAL assay"] == "Sterility"
    assert names[0].withdrawal_reason == "Replaced by a pack of Aspen."


def test_two_records_of_one_vendor_are_merged_with_their_names(
    installation: Installation, certificate_id: int, item_id: int
) -> None:
    other_item = specified_item(installation.sessions)
    other = make_proposal(installation, strange_reading(), item_id=other_item)
    teach(installation, certificate_id, LAL, METHOD_OF_OURS)
    teach(installation, other, TaughtName(TEST, "LAL assay", "Sterility"), METHOD_OF_OURS)
    kept, merged = vendor_of(installation, item_id), vendor_of(installation, other_item)

    def merge() -> None:
        with reading(installation.sessions) as session:
            versions = [session.get_one(Organisation, one).version for one in (merged, kept)]
        merger = Merger(merged, versions[0], kept, versions[1], {})
        merge_organisations(installation.sessions, merger, reason="One maker.", actor=BEN, now=NOW)

    with pytest.raises(Refused, match="“LAL assay” is taught as Sterility and as Endotoxin"):
        merge()
    withdraw_name(installation.sessions, 3, version=1, reason="Wrong.", actor=BEN, now=NOW)
    merge()
    with reading(installation.sessions) as session:
        assert {name.organisation_id for name in session.scalars(select(LearnedName))} == {kept}
        assert len(names_of_vendor(session, kept)) == 2
