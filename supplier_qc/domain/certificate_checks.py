"""What has to be looked at before a certificate is taken: its header against our records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.lot_numbers import near_misses
from supplier_qc.domain.specification.matching import normalised_name

_LONG_WORD = 4
"""Letters from which on a word says something about a place (C)."""


@dataclass(frozen=True, slots=True)
class OtherCertificate:
    """Another certificate, not rejected, that names the same lot of the same item."""

    id: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """The header as it stands in the review; dates are None where none is decided or readable."""

    issuer: str | None
    product_name: str | None
    catalogue_number: str | None
    lot_number: str | None
    manufactured_on: date | None
    expires_on: date | None
    lots_seen: Sequence[str]
    site: str | None = None


@dataclass(frozen=True, slots=True)
class ChosenItem:
    """`site` is the manufacturing site in our records: its name and address.

    `letterheads` are what was taught as printed by the maker.
    """

    catalogue_number: str
    names: tuple[str, ...]
    maker: str
    site: str = ""
    letterheads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnFile:
    """What our records hold beside the item: its lots, and organisations that only distribute."""

    lots: Sequence[str] = ()
    brokers: Sequence[str] = ()


NOTHING_ON_FILE = OnFile()


@dataclass(frozen=True, slots=True)
class HeaderFinding:
    """`field` is the header field concerned, as in `certificate_field`."""

    field: str
    words: str


def header_findings(
    header: HeaderFacts,
    item: ChosenItem | None,
    others: Sequence[OtherCertificate],
    today: date,
    on_file: OnFile = NOTHING_ON_FILE,
) -> tuple[HeaderFinding, ...]:
    """Every mismatch of the header, the ones that may mean a wrong article or lot first."""
    return (
        *_item_findings(header, item),
        *_site_findings(header, item, on_file.brokers),
        *_lot_findings(header, others),
        *_near_lots(header.lot_number, on_file.lots),
        *_date_findings(header, today),
    )


def _item_findings(header: HeaderFacts, item: ChosenItem | None) -> Iterator[HeaderFinding]:
    printed = header.catalogue_number
    if item is None:
        stated = f"catalogue number {printed}" if bare_number(printed) else "no catalogue number"
        yield HeaderFinding(
            "catalog_number", f"No item of ours is chosen; the certificate states {stated}."
        )
        return
    if not bare_number(printed):
        yield HeaderFinding(
            "catalog_number",
            f"The certificate states no catalogue number; ours is {item.catalogue_number}.",
        )
    elif bare_number(printed) != bare_number(item.catalogue_number):
        yield HeaderFinding(
            "catalog_number",
            f"The certificate is for catalogue number {printed}; the chosen item is "
            f"{item.catalogue_number}.",
        )
    if normalised_name(header.issuer or "") not in map(normalised_name, item.letterheads):
        yield from _issuer_findings(header.issuer, item.maker)


def is_named_after(issuer: str | None, maker: str) -> bool:
    """Whether the printed issuer and the maker share their name, or one of them is not known."""
    printed, ours = normalised_name(issuer or ""), normalised_name(maker)
    return not printed or not ours or ours in printed or printed in ours


def _issuer_findings(issuer: str | None, maker: str) -> Iterator[HeaderFinding]:
    if not is_named_after(issuer, maker):
        yield HeaderFinding(
            "issuer",
            f"The certificate is issued by {issuer}; the manufacturer of the item is {maker}. "
            "A distributor's certificate does not stand for the manufacturer's.",
        )


def _site_findings(
    header: HeaderFacts, item: ChosenItem | None, brokers: Sequence[str]
) -> Iterator[HeaderFinding]:
    """A broker's letterhead or address where the manufacturer's belongs, or another plant."""
    printed = {"issuer": header.issuer, "site": header.site}
    for field, words in printed.items():
        for broker in brokers:
            if words and _names(words, broker):
                yield HeaderFinding(
                    field,
                    f"“{words}” names {broker}, which only distributes by our records; the "
                    "certificate has to come from the manufacturer's site.",
                )
    if item is not None and header.site and item.site and not _share_words(header.site, item):
        yield HeaderFinding(
            "site",
            f"The certificate names the site “{header.site}”; by our records the item is made at "
            f"{item.site}.",
        )


def _names(words: str, organisation: str) -> bool:
    ours = normalised_name(organisation)
    return bool(ours) and f" {ours} " in f" {normalised_name(words)} "


def _share_words(printed: str, item: ChosenItem) -> bool:
    """Whether a word of the site or of the maker stands in what is printed."""
    ours = _long_words(f"{item.site} {item.maker}")
    return bool(ours & _long_words(printed))


def _long_words(text: str) -> set[str]:
    return {word for word in normalised_name(text).split() if len(word) >= _LONG_WORD}


def _near_lots(printed: str | None, lots: Sequence[str]) -> Iterator[HeaderFinding]:
    for found in near_misses(printed, lots):
        yield HeaderFinding(
            "lot_number",
            f"Lot {printed} is nearly {found.lot}, which is on file for this item: only "
            f"{found.why} sets them apart. Compare it with the page and the label.",
        )


def _lot_findings(
    header: HeaderFacts, others: Sequence[OtherCertificate]
) -> Iterator[HeaderFinding]:
    if not bare_number(header.lot_number):
        yield HeaderFinding("lot_number", "There is no lot number.")
    for other in others:
        state = "confirmed" if other.is_confirmed else "under review"
        yield HeaderFinding(
            "lot_number",
            f"Lot {header.lot_number} of this item already has certificate {other.id} ({state}): "
            "a re-issue, or a lot number carried over by mistake.",
        )
    further = [
        lot for lot in header.lots_seen if bare_number(lot) != bare_number(header.lot_number)
    ]
    if further:
        yield HeaderFinding(
            "lot_number",
            f"The document also names {_listed(further)}. Confirm only the rows of this lot.",
        )


def _date_findings(header: HeaderFacts, today: date) -> Iterator[HeaderFinding]:
    made, expires = header.manufactured_on, header.expires_on
    if expires is None:
        yield HeaderFinding("expiry_date", "There is neither an expiry date nor a retest date.")
        return
    if made is not None and expires < made:
        yield HeaderFinding(
            "expiry_date",
            f"The expiry {expires.isoformat()} lies before the manufacture {made.isoformat()}.",
        )
    if expires < today:
        yield HeaderFinding("expiry_date", f"The lot expired on {expires.isoformat()}.")


def _listed(lots: Sequence[str]) -> str:
    word = "lot" if len(lots) == 1 else "lots"
    return f"{word} {', '.join(lots)}"


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """What stands between a certificate under review and its lot."""

    has_item: bool
    lot_number: str | None
    expires_on: date | None
    manufactured_on: date | None
    open_fields: Sequence[str]
    open_rows: int
    result_rows: int
    is_specification_current: bool


def confirmation_blockers(facts: ConfirmationFacts) -> tuple[str, ...]:
    """Every reason why the certificate cannot be confirmed yet; empty when it can."""
    return tuple(_confirmation_blockers(facts))


def _confirmation_blockers(facts: ConfirmationFacts) -> Iterator[str]:
    if not facts.has_item:
        yield "No item is chosen."
    if not facts.is_specification_current:
        yield "Our specification of the item has changed since; take the version in force first."
    if facts.open_fields:
        yield f"Not decided yet in the header: {', '.join(facts.open_fields)}."
    if not bare_number(facts.lot_number):
        yield "There is no lot number."
    if facts.expires_on is None:
        yield "There is neither an expiry date nor a retest date."
    elif facts.manufactured_on is not None and facts.expires_on < facts.manufactured_on:
        yield "The expiry lies before the manufacture."
    if facts.open_rows:
        yield (
            "1 row is not decided yet."
            if facts.open_rows == 1
            else f"{facts.open_rows} rows are not decided yet."
        )
    if not facts.open_rows and not facts.result_rows:
        yield "There is no result; add rows by hand beside the image, or reject the certificate."
