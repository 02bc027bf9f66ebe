"""Lots of the story with their results, dispositions and the first baselines, as events."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.lysate_lots import BASELINE_LOTS
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.refusals import NotFound
from supplier_qc.queries.lot_review import get_lot_review
from supplier_qc.services.baselines import freeze_baseline
from supplier_qc.services.lot_disposition import reject_lot, release_lot
from supplier_qc.services.lots import (
    LotDraft,
    ResultDraft,
    add_lot_result,
    add_lot_with_results,
)

BASELINE_ATTRIBUTES = ("PDGF-AB", "TGF-b1", "Growth promotion, vs reference lot")


def identity_tests(story: records.Story) -> dict[str, list[str]]:
    """By item, the attributes that are tested here for each lot."""
    return {
        specification.item: [
            line.attribute for line in specification.lines if line.is_identity_test
        ]
        for specification in story.specifications
    }


def events(
    seeding: Seeding, story: records.Story, from_certificates: Collection[tuple[str, str]]
) -> Iterator[Event]:
    """`from_certificates` are items and lots whose results come from a reviewed certificate."""
    identity = identity_tests(story)
    for lot in story.lots:
        if (lot.item, lot.lot_number) in from_certificates:
            continue
        yield Event(lot.received_on, partial(_add, seeding, lot))
        if lot.disposition is not Disposition.QUARANTINE:
            yield Event(
                lot.received_on + timedelta(days=4),
                partial(dispose, seeding, lot, identity.get(lot.item, [])),
            )
    lysate = [lot for lot in story.lots if lot.item == "lysate"][:BASELINE_LOTS]
    yield Event(
        lysate[-1].received_on + timedelta(days=14),
        partial(_freeze, seeding, lysate),
    )


def _add(seeding: Seeding, lot: records.Lot, now: datetime) -> None:
    draft = LotDraft(
        item_id=seeding.items[lot.item],
        manufacturer_lot=lot.lot_number,
        expires_on=lot.expires_on,
        manufactured_on=lot.manufactured_on,
        received_on=lot.received_on,
        covariates=dict(lot.covariates),
    )
    results = [ResultDraft(result.attribute, result.raw, result.unit) for result in lot.results]
    seeding.lots[lot.item, lot.lot_number] = add_lot_with_results(
        seeding.sessions, draft, results, actor=seeding.actor("ben"), now=now
    )


def dispose(
    seeding: Seeding, lot: records.Lot, identity_tests: Sequence[str], now: datetime
) -> None:
    """Test identity here, then sign what the story says became of the lot."""
    number = seeding.lots[lot.item, lot.lot_number]
    for result in lot.results:
        if result.attribute in identity_tests and lot.disposition is Disposition.RELEASED:
            own = ResultDraft(
                result.attribute,
                result.raw,
                result.unit,
                tested_on=now.date(),
                source=ResultSource.OWN_TEST,
            )
            add_lot_result(seeding.sessions, number, own, actor=seeding.actor("ben"), now=now)
    sign, reason = _SIGNATURES[lot.disposition]
    sign(
        seeding.sessions,
        number,
        version=_version(seeding, number),
        reason=reason,
        password=seeding.password("bea"),
        actor=seeding.actor("bea"),
        now=now,
    )


_SIGNATURES = {
    Disposition.RELEASED: (release_lot, "All results meet our specification."),
    Disposition.REJECTED: (reject_lot, "Outside our limits; returned to the vendor."),
}


def _version(seeding: Seeding, lot_id: int) -> int:
    with seeding.installation.reading() as session:
        review = get_lot_review(session, lot_id)
    if review is None:
        raise NotFound("Lot", lot_id)
    return review.version


def _freeze(seeding: Seeding, lots: Sequence[records.Lot], now: datetime) -> None:
    numbers = [seeding.lots[lot.item, lot.lot_number] for lot in lots]
    for attribute in BASELINE_ATTRIBUTES:
        freeze_baseline(
            seeding.sessions,
            seeding.items["lysate"],
            attribute,
            numbers,
            reason="The first twelve lots, all used in manufacture without a finding.",
            actor=seeding.actor("ben"),
            now=now,
        )
