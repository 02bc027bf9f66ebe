"""What belongs to which kind of evidence: an audit has a manner, an agreement a notice period."""

from collections.abc import Iterator
from dataclasses import dataclass

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Region,
    label,
)

_K = EvidenceKind
_BELONGS_TO: dict[str, frozenset[EvidenceKind]] = {
    "result": frozenset({_K.QUESTIONNAIRE, _K.AUDIT_REPORT, _K.COA_VERIFICATION}),
    "manner": frozenset({_K.AUDIT_REPORT}),
    "consent": frozenset({_K.AUDIT_REPORT}),
    "region": frozenset({_K.LETTER_OF_AUTHORISATION}),
    "change_notice_months": frozenset({_K.QUALITY_AGREEMENT}),
    "lots": frozenset({_K.QUALIFICATION_LOTS}),
}
_NAMES = {
    "result": "A result",
    "manner": "A manner of audit",
    "consent": "A consent",
    "region": "A region",
    "change_notice_months": "A period of notice",
    "lots": "A number of lots",
}
MOST_LOTS, MOST_MONTHS = 1_000, 120


@dataclass(frozen=True, slots=True)
class EvidenceDetails:
    """The parts of a paper that only some kinds have; None where nothing was said."""

    result: EvidenceResult | None = None
    manner: AuditManner | None = None
    consent: str | None = None
    region: Region | None = None
    change_notice_months: int | None = None
    lots: int | None = None


NO_DETAILS = EvidenceDetails()


def detail_problems(kind: EvidenceKind, details: EvidenceDetails) -> Iterator[str]:
    """Every reason why these details cannot be kept with a paper of this kind."""
    for name, kinds in _BELONGS_TO.items():
        if getattr(details, name) is not None and kind not in kinds:
            belongs = " or ".join(sorted(label(one).lower() for one in kinds))
            yield f"{_NAMES[name]} goes with: {belongs}. Leave it blank for this kind."
    if details.manner is AuditManner.SHARED and details.consent is None:
        yield "A shared audit states whose consent there is to use it, and where it is written."
    yield from _out_of_range("The number of lots", details.lots, 1, MOST_LOTS)
    yield from _out_of_range("The period of notice", details.change_notice_months, 0, MOST_MONTHS)


def _out_of_range(what: str, found: int | None, least: int, most: int) -> Iterator[str]:
    if found is not None and not least <= found <= most:
        yield f"{what} lies between {least} and {most}."
